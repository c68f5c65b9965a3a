// ImageDataGenerator: what it does to the pictures that a model is fitted with, as the layer of that name has it.
import { given } from '../keras/given.ts';
import { LAYERS } from '../keras/layers.ts';
import { callFields } from '../keras/specs.ts';
import { ZifferError } from '../protocol/errors.ts';
import { argument } from './arguments.ts';
import type { Machine } from './machine.ts';
import { type Args, Data, Dataset, type Made, Unknown, type Value } from './values.ts';
import { settingsOf } from './words.ts';

const CLASS = 'ImageDataGenerator';
const { imageDataGenerator } = LAYERS;
/** Not what is done to pictures, but to their numbers or to the data set. */
const OF_DATA = ['rescale', 'validation_split', 'data_format', 'dtype', 'zca_epsilon'];

export function isGenerator(made: Made): boolean {
  return new RegExp(`(?:^|\\.)${CLASS}$`).test(made.path);
}

/** `datagen.flow(x, y, batch_size=…)`; with `subset` the part of the pictures that it names. */
export function flow(m: Machine, generator: Made, args: Args): Value {
  const size = argument(args, 2, 'batch_size') ?? 32;
  const subset = args.named.get('subset') ?? null;
  const share = Number(told(generator).validation_split ?? 0);
  const part = (value: Value): Value => {
    if (!(value instanceof Data) || subset === null) return value;
    const { from, to } = value.more;
    // Keras holds the first ones out.
    const cut = from + Math.floor((to - from) * share);
    return value.with(subset === 'validation' ? { to: cut } : { from: cut });
  };
  if (subset !== null && !(share > 0)) m.block(args.at, 'subset without a validation_split');
  const x = part(argument(args, 0, 'x') ?? null);
  const scaled = x instanceof Data ? rescaled(generator, x) : x;
  const y = part(argument(args, 1, 'y') ?? null);
  return new Dataset(scaled, y, typeof size === 'number' ? size : null, generator);
}

function told(generator: Made): Record<string, unknown> {
  return settingsOf(generator, Object.keys(imageDataGenerator.fields));
}

/** The numbers of pictures are multiplied after they were moved, which comes to the same. */
function rescaled(generator: Made, x: Data): Data {
  const by = told(generator).rescale;
  if (typeof by !== 'number' || by === 0) return x;
  return x.with({ scale: x.more.scale * by, offset: x.more.offset * by });
}

/** The settings of `layers.imageDataGenerator`; null where no picture is changed. */
export function augmentationOf(
  m: Machine,
  generator: Made | null,
): Readonly<Record<string, unknown>> | null {
  if (!generator) return null;
  const { at } = generator.args;
  const settings = told(generator);
  for (const value of [...generator.args.list, ...generator.args.named.values()]) {
    if (value instanceof Unknown) m.block(value);
  }
  for (const key of OF_DATA) delete settings[key];
  for (const [key, value] of Object.entries(settings)) {
    if (value === undefined) m.block(at, `${key} of ${CLASS} is known only when the script runs`);
    // 0, False and None change nothing.
    if (!value && key !== 'interpolation_order') delete settings[key];
  }
  if (settings.cval !== undefined) m.remark(at, 'cval is of the pixels after all scaling here');
  const changes = Object.keys(settings).some((key) => !IDLE.includes(key));
  return changes ? checked(m, settings, at) : null;
}

/** How pictures are moved, where they are. */
const IDLE = ['fill_mode', 'cval', 'interpolation_order'];

function checked(
  m: Machine,
  settings: Record<string, unknown>,
  at: Args['at'],
): Readonly<Record<string, unknown>> | null {
  try {
    return given(CLASS, callFields(imageDataGenerator), [settings], `${CLASS}()`);
  } catch (error) {
    if (!(error instanceof ZifferError)) throw error;
    m.block(at, error.message);
    return null;
  }
}
