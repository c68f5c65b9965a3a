// Names that a fragment uses and a script would have said: a course's page shows the model, not the imports and the data.
import type { Machine } from './machine.ts';
import { load } from './pictures.ts';
import type { Node } from './tree.ts';
import { Data, Ref, type Value } from './values.ts';

const MODULES: Readonly<Record<string, string>> = {
  keras: 'keras',
  layers: 'keras.layers',
  tf: 'tf',
  np: 'numpy',
};
const PICTURES = ['x_train', 'y_train', 'x_test', 'y_test'];

/** What is usually meant by a name that is nowhere set, which is said; undefined for other names. */
export function unsaid(m: Machine, name: string, node: Node): Value | undefined {
  const module = Object.hasOwn(MODULES, name) ? MODULES[name] : undefined;
  if (module) {
    m.remark(node, `${name} is nowhere imported; it is taken as ${module}`);
    return new Ref(module);
  }
  if (!PICTURES.includes(name)) return undefined;
  m.remark(node, `${name} is nowhere set; it is taken as MNIST’s, with pixels from 0 to 1`);
  const sets = load(m, 'mnist', { list: [], named: new Map(), at: node });
  const data = (sets as Value[]).flat().find((one) => one instanceof Data && nameOf(one) === name);
  return data instanceof Data && data.kind === 'x' ? data.with({ scale: 1 / 255 }) : data;
}

function nameOf({ kind, part }: Data): string {
  return `${kind}_${part}`;
}
