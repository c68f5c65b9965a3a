// `readKeras`: the models of a script or notebook, without running it. It is not Python: what is not understood is said, line by line.
import { ZifferError } from '../protocol/errors.ts';
import { argument } from './arguments.ts';
import { callFunction, methodOf, takes } from './functions.ts';
import { hintsOf } from './hints.ts';
import { Interpreter } from './interpreter.ts';
import { TooMuch } from './machine.ts';
import { compileOf, nameOf } from './read_compile.ts';
import { type Fitted, fitOf } from './read_fit.ts';
import { layersOf } from './read_layers.ts';
import { sourceOf } from './source.ts';
import { run } from './statements.ts';
import { type Node, parsed, statementsOf } from './tree.ts';
import type { KerasReading, Note, ReadKerasOptions, ReadModel, ReadPlaces } from './types.ts';
import {
  type Args,
  type Layer,
  Made,
  type Model,
  type Scope,
  Tensor,
  Unknown,
  type Value,
} from './values.ts';

/** Errors: `invalid_argument` for what is no text or no notebook, or is too long, or a model's name that is not there. */
export function readKeras(given: unknown, { model: wanted }: ReadKerasOptions = {}): KerasReading {
  const source = sourceOf(given);
  const m = new Interpreter(source);
  const top = parsed(source.text);
  const stopped = evaluateAll(m, top);
  for (const line of source.magics) m.skipLine(line, 'for the notebook, not for Python');
  const own = m.models.filter((model) => model.layers.length + model.fits.length > 0 || model.cls);
  const shown = own.filter((model) => !model.used || model.fits.length > 0);
  nameAll(shown);
  const read = shown.map((model) => readModel(m, model));
  const { unread, skipped } = m.notes();
  if (stopped) unread.push(stopped);
  const models = read.map((one) => ({ ...one, unread: merged(unread, one.unread) }));
  const chosen = choice(models, shown, wanted);
  if (chosen) return { ...chosen, models, skipped };
  const reason = 'there is no Keras model in it that can be read';
  const none: Note = { ...source.place(1), text: '', reason, blocking: true };
  return {
    name: '',
    line: 1,
    layers: [],
    compile: null,
    fit: null,
    data: null,
    hints: [],
    places: { layers: [], compile: null, fit: null },
    unread: [...unread, none],
    models,
    skipped,
  };
}

/** A note where the reading ended early. */
function evaluateAll(m: Interpreter, top: Node): Note | null {
  const scope: Scope = { names: new Map<string, Value>([['__name__', '__main__']]), outer: null };
  let last = top;
  try {
    for (const statement of statementsOf(top)) {
      last = statement;
      run(m, [statement], scope);
    }
    // Functions that only a search for settings calls.
    for (const func of m.models.length === 0 ? m.functions : []) {
      if (!func.called && /Sequential|Model\(/.test(m.textOf(func.node))) {
        callFunction(m, func, { list: [], named: new Map(), at: func.node });
      }
    }
    return null;
  } catch (error) {
    if (!(error instanceof TooMuch) && !(error instanceof RangeError)) throw error;
    const line = m.lineOf(last);
    const reason =
      error instanceof TooMuch ? error.message : 'it is nested deeper than is read here';
    return { ...m.source.place(line), text: '', reason, blocking: true };
  }
}

function nameAll(models: readonly Model[]): void {
  const times = new Map<string, number>();
  for (const model of models) {
    const base = model.name || 'model';
    const nth = (times.get(base) ?? 0) + 1;
    times.set(base, nth);
    model.name = nth === 1 ? base : `${base}_${nth}`;
  }
}

function readModel(m: Interpreter, model: Model): ReadModel {
  const { value, unread } = m.collect(() => {
    // Nothing of it counts once it is trained.
    if (model.fits.length === 0) for (const reason of model.touched) m.block(reason);
    const fitted = fittedOf(m, model);
    if (model.cls) follow(m, model, fitted?.data?.shape ?? null);
    const layers = layersOf(m, model, fitted?.data?.shape ?? null);
    const compiled = model.compiles.at(-1);
    const compile = compiled ? compileOf(m, compiled) : null;
    const optimizer = compiled ? (argument(compiled, 0, 'optimizer') ?? 'rmsprop') : null;
    const loss = compiled ? (argument(compiled, 1, 'loss') ?? null) : null;
    const hints = hintsOf(m, {
      layers,
      compile,
      data: fitted?.data ?? null,
      validation: fitted?.validation ?? null,
      optimizer: nameOf(optimizer)?.toLowerCase() ?? null,
      rated: optimizer instanceof Made && isRated(optimizer.args),
      loss: nameOf(loss),
      metrics: compile?.metrics ?? [],
      at: {
        model: model.at,
        last: model.layers.at(-1)?.args.at ?? model.at,
        compile: compiled?.at ?? model.at,
        fit: model.fits[0]?.args.at ?? model.at,
      },
    });
    const { fit = null, data = null } = fitted ?? {};
    return { layers, compile, fit, data, hints, places: placesOf(model) };
  });
  return { name: model.name, ...m.source.place(m.lineOf(model.at)), ...value, unread };
}

function placesOf({ layers, compiles, fits }: Model): ReadPlaces {
  const span = (args: Args | undefined) => (args ? { from: args.at.from, to: args.at.to } : null);
  return {
    layers: layers.map(({ args: { at } }) => ({ from: at.from, to: at.to })),
    compile: span(compiles.at(-1)),
    fit: span(fits[0]?.args),
  };
}

/** Whether an optimizer was told its rate, which is its first argument. */
function isRated({ list, named }: Args): boolean {
  return list.length > 0 || named.has('lr') || named.has('learning_rate');
}

/** Of several fits of one model, which go on where the last ended: their epochs together, where all else is the same. */
function fittedOf(m: Interpreter, model: Model): Fitted | null {
  const all = model.fits.map((fit) => fitOf(m, fit));
  const [first, ...rest] = all;
  if (!first) return null;
  const like = (one: Fitted) => JSON.stringify([{ ...one.fit, epochs: 0 }, one.data]);
  if (rest.some((one) => like(one) !== like(first))) {
    m.block(model.fits[1]!.args.at, 'it is fitted again in another way');
  }
  const epochs = all.reduce((sum, { fit }) => sum + fit.epochs, 0);
  return { ...first, fit: { ...first.fit, epochs } };
}

/** The layers of a subclass: where its `call` leads a picture. */
function follow(m: Interpreter, model: Model, shape: readonly number[] | null): void {
  const call = methodOf(model, 'call');
  if (!call) {
    if (model.layers.length === 0) m.block(model.at, `${model.cls!.name} has no call`);
    return;
  }
  const input = new Tensor(model.input ?? shape, []);
  const through = (training: boolean) => {
    const named = new Map<string, Value>(
      takes(call, 'training', (node) => m.textOf(node)) ? [['training', training]] : [],
    );
    return callFunction(m, call, { list: [input], named, at: model.at });
  };
  try {
    const [out, later] = [through(true), through(false)];
    if (out instanceof Tensor && later instanceof Tensor) {
      model.layers.splice(0, model.layers.length, ...out.layers);
      model.edges = out.edges;
      if (!isAlike(out.layers, later.layers))
        m.block(model.at, `${model.cls!.name} computes something else in training`);
    } else if (out instanceof Unknown) m.block(out);
    else m.block(model.at, `what ${model.cls!.name} does with a picture is not read`);
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    m.block(model.at, error.message);
  }
}

/** Layers that do nothing but in training. */
const IDLE = /^(?:\w*Dropout\w*|Gaussian\w+|Random\w+|ActivityRegularization)$/;

/** Whether a picture goes the same way in training and after it, but for layers that are idle then. */
function isAlike(training: readonly Layer[], after: readonly Layer[]): boolean {
  const way = (layers: readonly Layer[]) =>
    layers
      .filter(({ className }) => !IDLE.test(className))
      .map(({ className, args: { at } }) => `${className} ${at.from}`)
      .join();
  return way(training) === way(after);
}

function merged(all: readonly Note[], own: readonly Note[]): Note[] {
  return [...all, ...own].sort((a, b) => a.line - b.line);
}

function choice(models: readonly ReadModel[], made: readonly Model[], wanted: string | undefined) {
  if (wanted !== undefined) {
    const found = models.find(({ name }) => name === wanted);
    if (found) return found;
    const known = models.map(({ name }) => name).join(', ') || 'none';
    const message = `readKeras: there is no model "${wanted.slice(0, 64)}". Its models: ${known}.`;
    throw new ZifferError('invalid_argument', message);
  }
  const last = (is: (model: Model) => boolean) => models[made.map(is).lastIndexOf(true)];
  return (
    last(({ fits }) => fits.length > 0) ??
    last(({ compiles }) => compiles.length > 0) ??
    models.at(-1)
  );
}
