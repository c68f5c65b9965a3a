// Calls and attributes by what they belong to: the script's own functions, Keras, pictures, or other libraries.
import { argument } from './arguments.ts';
import { flow, isGenerator } from './augmentation.ts';
import { callBuiltin, callMethod } from './builtins.ts';
import { evaluate } from './expressions.ts';
import { callPlaces, foldsOf, isFolds } from './folds.ts';
import { callFunction, construct, methodOf } from './functions.ts';
import { canonical } from './imports.ts';
import { joiningCall } from './joins.ts';
import { Machine } from './machine.ts';
import { apply, functional, inputShape, modelMethod, sequential } from './modeling.ts';
import { callModule, parserMethod } from './modules.ts';
import {
  attributeOf,
  binarized,
  dataset,
  datasetMethod,
  isBinarizer,
  joined,
  load,
  process,
  split,
  zipped,
} from './pictures.ts';
import { callSource, columnsOf, tableAttribute } from './sources.ts';
import { tensorFunction } from './tensors.ts';
import type { Node } from './tree.ts';
import {
  type Args,
  Bound,
  Class,
  Curried,
  Data,
  Dataset,
  Func,
  Instance,
  Layer,
  Made,
  Model,
  Ref,
  type Scope,
  Stat,
  Table,
  Tensor,
  Unknown,
  type Value,
} from './values.ts';

export class Interpreter extends Machine {
  evaluate(node: Node, scope: Scope): Value {
    return evaluate(this, node, scope);
  }

  attribute(value: Value, name: string, at: Node): Value {
    if (value instanceof Ref) return this.#path(canonical(`${value.path}.${name}`));
    if (value instanceof Data) return attributeOf(value, name) ?? new Bound(value, name);
    if (value instanceof Table) return tableAttribute(value, name);
    if (value instanceof Class) return value.members.get(name) ?? new Bound(value, name);
    if (value instanceof Instance || value instanceof Model) {
      const own =
        value.attributes.get(name) ?? methodOf(value, name) ?? value.cls?.members.get(name);
      if (own !== undefined) return own;
      if (value instanceof Instance) return new Bound(value, name);
      if (name === 'layers') return value.layers;
      if (name === 'name') return value.name;
      if (
        ['optimizer', 'history', 'input', 'output', 'inputs', 'outputs', 'weights'].includes(name)
      ) {
        return this.unknown(at, `${name} of a model is known only when the script runs`);
      }
    }
    if (value instanceof Layer && ['output', 'input', 'weights'].includes(name)) {
      return this.unknown(at, `${name} of a layer is known only when the script runs`);
    }
    return new Bound(value, name);
  }

  call(callee: Value, args: Args): Value {
    if (callee instanceof Func) return callFunction(this, callee, args);
    if (callee instanceof Class) return construct(this, callee, args);
    if (callee instanceof Bound) return this.#method(callee, args);
    if (callee instanceof Layer || callee instanceof Model) return apply(this, callee, args);
    if (callee instanceof Ref) return this.#library(callee.path, args);
    if (callee instanceof Curried) return this.#curried(callee, args);
    return this.#foreign(
      args,
      callee instanceof Unknown ? callee.reason : 'this is not called here',
    );
  }

  #path(path: string): Value {
    if (path === 'numpy.pi') return Math.PI;
    if (path === 'keras.__version__') return '3.0.0';
    if (path === 'tf.__version__') return '2.16.1';
    if (path === 'sys.argv') return ['script.py'];
    return new Ref(path);
  }

  /** What is said now goes before what was said. */
  #curried({ callee, args: { list, named } }: Curried, args: Args): Value {
    const all = { list: [...list, ...args.list], named: new Map([...named, ...args.named]) };
    return this.call(callee, { ...all, at: args.at });
  }

  #method({ self, name }: Bound, args: Args): Value {
    if (self instanceof Ref && self.path === 'super') return null;
    if (self instanceof Data) return process(this, name, self, args);
    if (self instanceof Stat || typeof self === 'number') {
      if (['astype', 'item', 'numpy', 'round'].includes(name)) return self;
    }
    if (self instanceof Dataset) return datasetMethod(this, self, name, args);
    if (self instanceof Model) return modelMethod(this, self, name, args);
    if (self instanceof Table) {
      return columnsOf(self, name, args) ?? this.#foreign(args, `${name} of a table is not read`);
    }
    if (self instanceof Made && isGenerator(self)) {
      if (name === 'fit') return null;
      if (name === 'flow') return flow(this, self, args);
    }
    if (self instanceof Made && isFolds(self)) {
      if (name === 'split') return foldsOf(this, self, args);
      return name === 'get_n_splits' ? (argument(self.args, 0, 'n_splits') ?? 5) : null;
    }
    if (self instanceof Made && self.path === 'argparse.ArgumentParser') {
      return parserMethod(this, self, name, args);
    }
    if (self instanceof Made && isBinarizer(self)) return binarized(this, self, name, args);
    if (self instanceof Layer && name === 'adapt') {
      const [data] = args.list;
      if (data instanceof Data) self.adapted = data;
      return null;
    }
    if (self instanceof Made || self instanceof Instance || self instanceof Layer) {
      return this.#foreign(args, `${name} is not read`);
    }
    return callMethod(this, self, name, args);
  }

  #library(path: string, args: Args): Value {
    const last = path.split('.').at(-1)!;
    if (path.startsWith('builtins.')) {
      if (last === 'super') return new Ref('super');
      return callBuiltin(this, last, args);
    }
    if (path.startsWith('super.')) return null;
    const join = joiningCall(this, path, args);
    if (join !== null) return join;
    const made = /^keras\./.test(path) ? this.#keras(path, last, args) : undefined;
    if (made !== undefined) return made;
    const known =
      callModule(this, path, args) ?? callSource(this, path, args) ?? callPlaces(this, path, args);
    if (known !== undefined) return known;
    if (isBinarizer(path)) return new Made(path, args);
    if (/^(?:os\.path\.(?:exists|isfile|isdir))$/.test(path)) return false;
    if (/(?:^|\.)train_test_split$/.test(path)) return split(this, args);
    if (/from_tensor_slices$/.test(path)) return dataset(this, args);
    if (/^tf\.data\.Dataset\.zip$/.test(path)) return zipped(this, args);
    const [first, ...rest] = args.list;
    if (first instanceof Tensor) return tensorFunction(this, last, first, { ...args, list: rest });
    if (first instanceof Table && /^numpy\./.test(path)) return first;
    if (first instanceof Data && /^(?:numpy|tf|pandas|keras)\b/.test(path)) {
      return process(this, last, first, { ...args, list: rest });
    }
    if (/^(?:numpy|tf)\./.test(path) && (Array.isArray(first) || typeof first === 'number')) {
      if (/^concatenate$|^concat$|stack$/.test(last) && Array.isArray(first)) {
        const all = joined(first);
        if (all) return all;
      }
      if (/^(?:array|float32|float64|int32|asarray)$/.test(last)) return first;
      if (last === 'prod' && Array.isArray(first))
        return first.reduce<number>((a, b) => a * Number(b), 1);
    }
    return this.#foreign(args, `${path} is not read`, path);
  }

  #keras(path: string, last: string, args: Args): Value | undefined {
    if (path === 'keras.Sequential') return sequential(this, args);
    if (path === 'keras.Model') return functional(this, args);
    if (path === 'keras.Input') return new Tensor(inputShape(args), []);
    if (/^keras\.datasets\.\w+\.load_data$/.test(path))
      return load(this, path.split('.')[2]!, args);
    if (last === 'to_categorical' && args.list[0] instanceof Data) {
      return process(this, last, args.list[0], { ...args, list: args.list.slice(1) });
    }
    if (/^keras\.backend\.(?:image_data_format|image_dim_ordering)$/.test(path)) {
      if (last === 'image_dim_ordering') return this.channelsFirst ? 'th' : 'tf';
      return this.channelsFirst ? 'channels_first' : 'channels_last';
    }
    if (/^keras\.(?:backend|config)\.set_image_d/.test(path)) {
      this.channelsFirst = ['th', 'channels_first'].includes(args.list[0] as string);
      return null;
    }
    if (/^keras\.layers\.[A-Z]/.test(path)) {
      // `MaxPooling2D()(x)` and `Add()([x, y])` differ by what they are called on.
      return new Layer(last, args, this.channelsFirst);
    }
    // Functions that make what a class makes: he_normal(), l2(0.01).
    if (/^keras\.(?:initializers|regularizers|constraints)\./.test(path))
      return new Made(path, args);
    if (/^keras\.activations\.|^keras\.losses\.[a-z]/.test(path) || /^[a-z]/.test(last))
      return undefined;
    return /^[A-Z]/.test(last) ? new Made(path, args) : undefined;
  }

  /** Nothing is known of it: a model that it gets may be another after it, unless it is a library that draws or writes. */
  #foreign(args: Args, reason: string, path = ''): Unknown {
    const unknown = this.unknown(args.at, reason);
    this.skip(args.at, reason);
    if (DRAWS.test(path)) return unknown;
    for (const value of [...args.list, ...args.named.values()]) {
      if (value instanceof Model) value.touched.push(unknown);
    }
    return unknown;
  }
}

const DRAWS =
  /plot_model|model_to_dot|^(?:matplotlib|tensorflowjs|coremltools|visualkeras|sys|os)\b|save|random|summary/;
