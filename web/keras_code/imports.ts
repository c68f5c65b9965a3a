// What imports bring, under one path for each thing: Keras has been at many addresses.
import type { Machine } from './machine.ts';
import { childrenOf, itemsOf, type Node } from './tree.ts';
import { Ref, type Scope } from './values.ts';

/** Adds the names to the scope; nothing is loaded. */
export function importNames(m: Machine, node: Node, scope: Scope): void {
  const children = childrenOf(node);
  const at = children.findIndex((child) => child.name === 'import');
  if (children[0]!.name === 'from') {
    const from = children.slice(1, at).map((child) => m.textOf(child));
    for (const item of itemsOf(children.slice(at + 1))) {
      const [name, , as] = item;
      if (name!.name === '*') star(scope, canonical(from.join('')));
      else {
        const path = canonical([...from, m.textOf(name!)].join('.').replace(/\.\.+/g, '.'));
        scope.names.set(m.textOf(as ?? name!), new Ref(path));
      }
    }
    return;
  }
  for (const item of itemsOf(children.slice(at + 1))) {
    const as = item.findIndex((child) => child.name === 'as');
    const names = item.slice(0, as < 0 ? undefined : as).filter(({ name }) => name !== '.');
    const path = names.map((name) => m.textOf(name));
    if (as >= 0) scope.names.set(m.textOf(item[as + 1]!), new Ref(canonical(path.join('.'))));
    else scope.names.set(path[0]!, new Ref(canonical(path[0]!)));
  }
}

/** The modules that a star brought, under a name that no script has. */
export const STARS = '*';

function star(scope: Scope, path: string): void {
  const before = scope.names.get(STARS);
  const known = Array.isArray(before) ? before : [];
  scope.names.set(STARS, [...known, new Ref(path)]);
}

/** `tensorflow.python.keras.layers.core.Dense` → `keras.layers.Dense` */
export function canonical(path: string): string {
  let out = path
    .replace(/^tensorflow(?=\.|$)/, 'tf')
    .replace(/^tf\.(?:compat\.v[12]|python|_api\.v[12]|contrib)(?=\.)/, 'tf')
    .replace(
      /^tf\.keras(?=\.|$)|^tf_keras(?=\.|$)|^keras\.(?:api|src|_tf_keras\.keras)(?=\.|$)/,
      'keras',
    )
    .replace(
      /^tf\.(optimizers|losses|metrics|initializers|regularizers)\.(?=[A-Z])/,
      (_, room: string) => `keras.${room}.`,
    )
    .replace(/^np(?=\.|$)/, 'numpy');
  const last = out.split('.').at(-1)!;
  const room =
    /^keras\.(layers|optimizers|callbacks|losses|initializers|regularizers|constraints|metrics)\./;
  const [, kind] = room.exec(out) ?? [];
  // Layers have stood in files of their own: keras.layers.convolutional.Conv2D.
  if (kind && /^[A-Za-z]/.test(last)) out = `keras.${kind}.${last}`;
  if (/^keras\.(?:models|engine(?:\.\w+)?)\.(?:Sequential|Model|Input)$/.test(out))
    return `keras.${last}`;
  if (/^keras\.(?:layers|engine\.\w+)\.Input$/.test(out)) return 'keras.Input';
  if (/^keras\.optimizers\.Adam[A-Za-z]*Optimizer$/.test(out)) return 'keras.optimizers.Adam';
  if (/^tf\.train\.(\w+)Optimizer$/.test(out)) return OLD_OPTIMIZERS[last] ?? out;
  if (/(?:^|\.)(?:np_utils|utils)\.to_categorical$/.test(out)) return 'keras.utils.to_categorical';
  return out;
}

const OLD_OPTIMIZERS: Readonly<Record<string, string>> = {
  AdamOptimizer: 'keras.optimizers.Adam',
  GradientDescentOptimizer: 'keras.optimizers.SGD',
  RMSPropOptimizer: 'keras.optimizers.RMSprop',
  AdadeltaOptimizer: 'keras.optimizers.Adadelta',
  AdagradOptimizer: 'keras.optimizers.Adagrad',
};
