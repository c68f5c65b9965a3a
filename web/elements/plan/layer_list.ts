// Editing a model as a list of layers: what can be added, which fields a layer has, and the first layer that does not fit.
import {
  type LayerClass,
  type LayerInfo,
  type LayerSpec,
  type Sequential,
  sequential,
  ZifferError,
} from '../../api/index.ts';
import type { Field as KerasField } from '../../keras/fields.ts';
import { isGraph, leadingTo, sourcesOf, withSources } from '../../keras/inbound.ts';
import { CLASS_NAMES, LAYERS, layerNamed } from '../../keras/layers.ts';
import { camelCase } from '../../keras/names.ts';
import { ConfigReader } from '../../keras/reader.ts';
import type { Sides } from '../../keras/types.ts';

const INPUT_SHAPE = [28, 28, 1];
const CLASSES = 10;

/** What "+ Layer" offers, each with usual settings. */
export const NEW_LAYERS: readonly LayerSpec[] = Object.values(LAYERS).flatMap(
  ({ className, offered }) => (offered ? ({ className, config: offered } as LayerSpec) : []),
);

export type Field =
  | {
      readonly name: string;
      readonly kind: 'integer';
      readonly min: number;
      readonly max: number;
      /** It may be another at each side of an image. */
      readonly sides: boolean;
    }
  | {
      readonly name: string;
      /** `interval`: two numbers, or one that stands for two. */
      readonly kind: 'number' | 'interval';
      readonly min: number;
      readonly max: number;
    }
  | { readonly name: string; readonly kind: 'choice'; readonly choices: readonly string[] };

/** Below 1: a Dropout of 1 would drop everything. */
const LARGEST_SHARE = 0.99;

/** What the form of a layer's card shows. */
export const FIELDS = Object.fromEntries(
  CLASS_NAMES.map((className) => {
    const { fields } = layerNamed(className)!;
    const shown = Object.entries(fields).filter(([, { form }]) => form !== undefined);
    return [className, shown.map(([key, field]) => fieldOf(camelCase(key), field))];
  }),
) as unknown as Readonly<Record<LayerClass, readonly Field[]>>;

function fieldOf(name: string, { kind, choices, min = 1, form }: KerasField): Field {
  if (choices) return { name, kind: 'choice', choices };
  if (kind === 'number' || kind === 'interval') {
    return { name, kind, min: 0, max: form === true ? LARGEST_SHARE : Number(form) };
  }
  return { name, kind: 'integer', min, max: Number(form), sides: kind === 'sides' };
}

/** A field's value; of a pair that is no square, and of sides, the first number, of an interval that is not even the larger. */
export function fieldValue(spec: LayerSpec, name: string): string | number {
  const { fields } = layerNamed(spec.className)!;
  const key = Object.keys(fields).find((one) => camelCase(one) === name)!;
  const given = (spec.config as Record<string, unknown>)[name] as Sides | string | undefined;
  const field = fields[key]!;
  const value = given ?? usualValue(field);
  if (field.kind === 'interval')
    return Array.isArray(value) ? (value[1] as number) : Number(value ?? 0);
  return ([value] as readonly unknown[]).flat(2)[0] as string | number;
}

/** Keras's default; nothing where it has none. */
function usualValue(field: KerasField): Sides | string {
  if (field.required) return '';
  const usual = field.read(new ConfigReader({}, ''), '', {});
  return (field.short?.(usual) ?? usual) as Sides | string;
}

/** The layer with one field changed. */
export function withField(spec: LayerSpec, name: string, value: string | number): LayerSpec {
  return { ...spec, config: { ...spec.config, [name]: value } } as LayerSpec;
}

/**
 * Where a new layer goes: to the end of a list that is being built, as one writes a model. A list that ends with its ten probabilities
 * is complete: there pictures go before Flatten, and numbers before the layers that give the probabilities.
 */
export function placeFor(spec: LayerSpec, list: readonly LayerSpec[]): number {
  const output = outputFrom(list);
  // Pictures are changed before anything is made of them.
  const made = list.findIndex(({ className }) => !isBefore(className));
  if (layerNamed(spec.className)?.augments && made >= 0) return made;
  if (output < 0) return list.length;
  const flat = list.findIndex((l) => l.className === 'Flatten' || l.className === 'Dense');
  return /2D$/.test(spec.className) && flat >= 0 ? flat : output;
}

function isBefore(className: LayerClass): boolean {
  return className === 'Rescaling' || layerNamed(className)!.augments;
}

/** Where the layers begin that give the ten probabilities; −1 where the list does not end with them. */
function outputFrom(list: readonly LayerSpec[]): number {
  const at = list.length - 1;
  const [before, last] = [list[at - 1], list[at]];
  if (isTen(last) && softens(last)) return at;
  return isTen(before) && last?.className !== 'Dense' && softens(last) ? at - 1 : -1;
}

function isTen(spec: LayerSpec | undefined): boolean {
  return spec?.className === 'Dense' && spec.config.units === CLASSES;
}

function softens(spec: LayerSpec | undefined): boolean {
  const { activation } = (spec?.config ?? {}) as { activation?: string };
  return spec?.className === 'Softmax' || activation === 'softmax';
}

/** What takes another layer than the one before it goes on to take it. */
export function moved(list: readonly LayerSpec[], from: number, to: number): LayerSpec[] {
  const next = isGraph(list) ? withSources(list, sourcesOf(list)) : [...list];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

/** The list without one layer; the input stays as it is. What took the layer takes what that took first. */
export function without(list: readonly LayerSpec[], at: number): LayerSpec[] {
  const input = inputOf(list);
  const others = (_: unknown, i: number) => i !== at;
  if (!isGraph(list)) return withInput(list.filter(others), input);
  const all = sourcesOf(list);
  const instead = all[at]?.[0] ?? at;
  const own = list.map((_, i) =>
    (all[i] ?? [i]).map((place) => (place === at + 1 ? instead : place)),
  );
  const rest = own.filter(others).map((few) => few.map((place) => place - Number(place > at)));
  const named = withSources(list, all).map(({ className, config: { inbound: _, ...config } }) => ({
    className,
    config,
  }));
  return withInput(withSources(named.filter(others) as LayerSpec[], rest), input);
}

/** What goes in: 784 numbers in the shape that one of the layers says, such as a file's (784) or (28, 28). */
export function inputOf(list: readonly LayerSpec[]): readonly number[] {
  // Pictures have their channel.
  const first = list[0]?.className ?? '';
  if (/2D$/.test(first) || layerNamed(first)?.augments) return INPUT_SHAPE;
  const said = list.map(({ config }) => config.inputShape);
  return said.find((shape) => shape?.reduce((n, d) => n * d, 1) === 784) ?? INPUT_SHAPE;
}

/** The first layer carries the input's shape, whichever it is now; names are given anew. */
export function withInput(list: readonly LayerSpec[], input = inputOf(list)): LayerSpec[] {
  const own = list.map((spec, i) => {
    const { inputShape: _, name: __, ...config } = spec.config;
    return {
      ...spec,
      config: i === 0 ? { ...config, inputShape: [...input] } : config,
    } as LayerSpec;
  });
  return isGraph(list) ? withSources(own, sourcesOf(list)) : own;
}

export interface Checked {
  /** The whole model; null where it does not fit. */
  readonly model: Sequential | null;
  /** Of each layer up to the one that does not fit. */
  readonly infos: readonly LayerInfo[];
  readonly error: ZifferError | null;
  /** The layer that the error is about. */
  readonly errorAt: number;
}

/** Describes a list of layers. */
export function checkLayers(list: readonly LayerSpec[], seed: number): Checked {
  let last: Sequential | null = null;
  const infos: LayerInfo[] = [];
  for (let i = 0; i < list.length; i++) {
    try {
      const whole = i === list.length - 1;
      const model = sequential({ layers: whole ? list : leadingTo(list, i), seed });
      last?.dispose();
      last = model;
    } catch (error) {
      last?.dispose();
      return { model: null, infos, error: error as ZifferError, errorAt: i };
    }
    infos.push(last.layersInfo.at(-1)!);
  }
  const output = infos.at(-1)?.outputShape ?? [];
  if (output.length === 1 && output[0] === CLASSES) {
    return { model: last, infos, error: null, errorAt: -1 };
  }
  last?.dispose();
  const got = output.join(' × ') || '0';
  const error = new ZifferError(
    'shape_mismatch',
    `model: expected ${CLASSES} outputs, one a class, got ${got}. End with Dense(${CLASSES}, softmax).`,
  );
  return { model: null, infos, error, errorAt: list.length - 1 };
}
