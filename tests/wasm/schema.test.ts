// The page's descriptors of layers, optimizers, losses and callbacks say what the core's say. Ranges of numbers that need not be whole
// are not compared.
import { expect, it } from 'vitest';
import { CALLBACKS } from '../../web/keras/callbacks.ts';
import type { Field as AnyField } from '../../web/keras/fields.ts';
import { LAYERS } from '../../web/keras/layers.ts';
import { LOSSES } from '../../web/keras/losses.ts';
import { METRICS } from '../../web/keras/metrics.ts';
import { snakeCase } from '../../web/keras/names.ts';
import { OPTIMIZERS } from '../../web/keras/optimizers.ts';
import { ConfigReader } from '../../web/keras/reader.ts';
import { type Field, SCHEMA, type Schema } from '../support/core_schema.ts';

const KINDS: Readonly<Record<string, string>> = {
  integer: 'whole',
  number: 'number',
  flag: 'flag',
  word: 'word',
  extent: 'extent',
  wholes: 'wholes',
  numbers: 'numbers',
  sides: 'sides',
  interval: 'interval',
  seed: 'seed',
};

/** Held to their ranges by the name of the setting. */
const RANGED = ['whole', 'extent', 'sides'];

type PageFields = Readonly<Record<string, AnyField>>;

/** A setting as both sides say it. */
interface Told {
  readonly name: string;
  readonly type: string;
  /** Left out: a call must give it. */
  readonly default?: unknown;
  readonly words?: readonly string[];
  /** Of whole numbers and extents. */
  readonly low?: number;
  readonly high?: number;
}

const byName = (list: readonly Told[]) => [...list].sort((a, b) => (a.name < b.name ? -1 : 1));

/** What the core has to know of them: all but the page's own functions and what has one value. */
function told(fields: PageFields): Told[] {
  const list = Object.entries(fields).flatMap(([name, field]) => {
    const type = KINDS[field.kind];
    if (field.fixed || !type) return [];
    const ranged = RANGED.includes(type);
    return {
      name,
      type,
      words: field.choices,
      default: field.required ? undefined : usual(name, field, fields),
      ...(ranged && { low: field.min, high: field.max }),
    };
  });
  return byName(list);
}

function toldByCore(core: readonly Field[], page: PageFields): Told[] {
  const list = core.map(({ name, type, default: usually, words, low, high }) => {
    const ranged = RANGED.includes(type);
    const required = page[name]?.required;
    const otherwise = required ? undefined : usually;
    return { name, type, words, default: otherwise, ...(ranged && { low, high }) };
  });
  return byName(list);
}

it('page and core list the same layers with the same settings, kinds, ranges, words and defaults', () => {
  const layers = Object.values(LAYERS);
  expect(layers.map(({ className }) => className).sort()).toEqual(
    SCHEMA.layers.map(({ class_name }) => class_name).sort(),
  );
  for (const { className, fields } of layers) {
    const core = SCHEMA.layers.find(({ class_name }) => class_name === className)!;
    expect(toldByCore(core.fields, fields), className).toEqual(told(fields));
  }
});

/** Under the names by which the core is told of them. */
const CONCEPTS: Readonly<
  Record<Exclude<keyof Schema, 'layers'>, readonly (readonly [string, PageFields])[]>
> = {
  optimizers: Object.entries(OPTIMIZERS).map(([name, { fields }]) => [name, fields]),
  losses: Object.entries(LOSSES).map(([name, { fields }]) => [name, fields]),
  // What has no numbers of its own is the core's metric of another name.
  metrics: Object.entries(METRICS)
    .filter(([, { as }]) => !as)
    .map(([name, { fields }]) => [name, fields]),
  // What the page does by itself has no settings that the core must know.
  callbacks: Object.entries(CALLBACKS)
    .map(([kind, { fields }]) => [snakeCase(kind), fields as PageFields] as const)
    .filter(([, fields]) => told(fields).length > 0),
};

it.each(Object.entries(CONCEPTS))('page and core list the same %s', (concept, page) => {
  const core = SCHEMA[concept as keyof typeof CONCEPTS];
  expect(page.map(([name]) => name).sort()).toEqual(core.flatMap(({ names }) => names).sort());
  for (const [name, fields] of page) {
    const own = core.find(({ names }) => names.includes(name))!;
    expect(toldByCore(own.fields, fields), name).toEqual(told(fields));
  }
});

/** What the page takes where the setting is not given. */
function usual(name: string, field: AnyField, fields: Readonly<Record<string, AnyField>>): unknown {
  const nothing = new ConfigReader({}, 'layer');
  const before: Record<string, unknown> = {};
  for (const [key, other] of Object.entries(fields)) {
    if (key === name) break;
    if (!other.fixed && !other.required) before[key] = other.read(nothing, key, before);
  }
  return field.read(nothing, name, before);
}
