// What Keras's models do while a script builds them: `add`, layers called on tensors, `compile` and `fit` noted.
import { argument } from './arguments.ts';
import { joined } from './joins.ts';
import type { Machine } from './machine.ts';
import {
  type Args,
  Layer,
  Made,
  Model,
  type Shape,
  Tensor,
  Unknown,
  type Value,
} from './values.ts';

export function sequential(m: Machine, args: Args): Model {
  const model = new Model(args.at);
  m.models.push(model);
  const list = argument(args, 0, 'layers');
  if (Array.isArray(list)) for (const item of list) add(m, model, item, args);
  else if (list instanceof Unknown) m.block(list);
  return model;
}

export function add(m: Machine, model: Model, item: Value, args: Args): void {
  if (item instanceof Layer && item.className === 'InputLayer')
    model.input ??= inputShape(item.args);
  else if (item instanceof Layer) model.layers.push(item);
  else if (item instanceof Tensor) model.input ??= item.input;
  else if (item instanceof Model) {
    if (model.layers.length === 0) model.input ??= item.input;
    const before = model.layers.at(-1) ?? null;
    model.edges = new Map([...model.edges, ...edgesBehind(item, before)]);
    model.layers.push(...item.layers);
    item.used = item.fits.length === 0;
  } else if (item instanceof Unknown) m.block(item);
  else m.block(args.at, 'a layer is expected here');
}

/** `keras.Input(shape=…)` and InputLayer. */
export function inputShape(args: Args): Shape {
  const whole = argument(args, 0, 'shape', 'input_shape');
  const batch = args.named.get('batch_shape') ?? args.named.get('batch_input_shape');
  const shape = whole ?? (Array.isArray(batch) ? batch.slice(1) : null);
  return numbers(typeof shape === 'number' ? [shape] : shape);
}

export function numbers(value: Value | undefined): Shape {
  if (!Array.isArray(value) || value.some((n) => typeof n !== 'number')) return null;
  return value as number[];
}

/** `layer(x)`, `model(x)`, `Add()([x, y])`. */
export function apply(m: Machine, called: Layer | Model, args: Args): Value {
  const input = argument(args, 0, 'inputs');
  if (input instanceof Unknown) return input;
  const tensors = Array.isArray(input) ? input : [input];
  for (const one of tensors) if (one instanceof Unknown) return one;
  if (tensors.length === 0 || !tensors.every((one) => one instanceof Tensor)) {
    const reason =
      called instanceof Model
        ? 'what a model answers is known only when the script runs'
        : 'a layer of this is not read';
    return m.unknown(args.at, reason);
  }
  if (called instanceof Layer) return joined(m, called, tensors, args);
  if (tensors.length > 1) return m.unknown(args.at, 'models of several inputs are not read');
  called.used = called.fits.length === 0;
  const [before] = tensors as [Tensor];
  if (called.layers.some((layer) => before.layers.includes(layer)))
    return m.unknown(args.at, 'a model that is a part of another twice is not read');
  const edges = new Map([...before.edges, ...edgesBehind(called, before.last)]);
  return new Tensor(before.input, [...before.layers, ...called.layers], edges);
}

/** What a model's layers take where it stands behind another layer. */
function edgesBehind(model: Model, before: Layer | null): [Layer, (Layer | null)[]][] {
  return model.layers.map((layer, i) => {
    const taken = model.edges.get(layer) ?? [model.layers[i - 1] ?? null];
    return [layer, taken.map((one) => one ?? before)];
  });
}

/** `keras.Model(inputs, outputs)`. */
export function functional(m: Machine, args: Args): Value {
  const model = new Model(args.at);
  const only = (value: Value | undefined) =>
    Array.isArray(value) && value.length === 1 ? value[0] : value;
  const outputs = only(argument(args, 1, 'outputs', 'output'));
  const inputs = only(argument(args, 0, 'inputs', 'input'));
  if (outputs instanceof Unknown) m.block(outputs);
  else if (outputs instanceof Tensor && inputs instanceof Tensor) {
    const before = new Set(inputs.layers);
    const rest = outputs.layers.filter((layer) => !before.has(layer));
    model.layers.push(...rest);
    const inner = (one: Layer | null) => (one && before.has(one) ? null : one);
    model.edges = new Map(rest.map((one) => [one, outputs.edges.get(one)!.map(inner)]));
    model.input = outputs.input;
    // A model of a model's inner outputs is looked at, not trained.
  } else return m.unknown(args.at, 'a model of this is not read');
  m.models.push(model);
  return model;
}

/** What neither changes a model nor its training. */
const HARMLESS = new Set(
  `summary evaluate evaluate_generator predict predict_classes predict_proba predict_generator predict_on_batch save save_weights to_json
   to_yaml get_weights get_config count_params get_layer export test_on_batch plot`.split(/\s+/),
);

export function modelMethod(m: Machine, model: Model, name: string, args: Args): Value {
  if (HARMLESS.has(name)) {
    m.skip(args.at, `${name} is not needed to train`);
    return m.unknown(args.at, `what ${name} gives is known only when the script runs`);
  }
  switch (name) {
    case 'add':
      add(m, model, argument(args, 0, 'layer') ?? null, args);
      return null;
    case 'pop':
      return model.layers.pop() ?? null;
    case 'compile':
      model.compiles.push(args);
      model.stills = model.layers.map(({ trainable }) => trainable ?? model.trainable);
      return null;
    case 'fit':
    case 'fit_generator':
      for (const reason of model.touched.splice(0)) m.block(reason);
      model.fits.push({ args, method: name });
      return new Made('keras.callbacks.History', args);
    case 'load_weights':
    case 'set_weights':
    case 'load_model':
      m.skip(args.at, `${name} is not needed to train`);
      model.touched.push(m.unknown(args.at, 'weights of a file are not read: it is trained anew'));
      return null;
    case 'build': {
      const shape = argument(args, 0, 'input_shape', 'batch_input_shape');
      if (Array.isArray(shape)) model.input ??= numbers(shape.slice(1));
      return null;
    }
  }
  m.block(args.at, `${name} is not read`);
  return m.unknown(args.at, `${name} is not read`);
}
