// What the public functions take, beside layers and settings: numbers, images, weights, files, options of loading.
import { type Field, type Fields, kindOf } from '../keras/fields.ts';
import { given, reading } from '../keras/given.ts';
import { isPlain, shown } from '../keras/reader.ts';
import { type ErrorCode, ZifferError } from '../protocol/errors.ts';
import type { Images } from './types.ts';

type More = Partial<Pick<Field, 'none' | 'required'>>;

export function refuse(
  where: string,
  expected: string,
  got: unknown,
  code: ErrorCode = 'invalid_argument',
): never {
  throw new ZifferError(code, `${where}: expected ${expected}, got ${shown(got)}.`);
}

/** An object of options, checked. Errors: `invalid_config`, `invalid_argument`. */
export function options(where: string, fields: Fields, value: unknown, example: string) {
  if (value === undefined) return {};
  return reading(where, () => {
    if (!isPlain(value)) refuse(where, `options such as ${example}`, value);
    return given(where, fields, [value], example);
  });
}

export const whole = (min: number, max = Number.MAX_SAFE_INTEGER, more: More = {}): Field => {
  const range =
    max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max.toString()}`;
  const is = (v: unknown) => Number.isSafeInteger(v) && Number(v) >= min && Number(v) <= max;
  return kindOf(`a whole number ${range}`, is, more);
};

const isThreads = (v: unknown) => v === 'auto' || (Number.isSafeInteger(v) && Number(v) >= 1);
export const THREADS = kindOf("'auto' or a whole number of at least 1", isThreads);

const isSignal = (v: unknown) => {
  const { aborted, addEventListener } = v as AbortSignal;
  return typeof aborted === 'boolean' && typeof addEventListener === 'function';
};
export const SIGNAL = kindOf('an AbortSignal', (v) => typeof v === 'object' && isSignal(v), {
  none: true,
});

export function requireSeed(where: string, seed: unknown): asserts seed is number {
  if (Number.isSafeInteger(seed) && Number(seed) >= 0) return;
  refuse(where, 'the seed to be a whole number of at least 0', seed);
}

const tagOf = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)!.get!;

/** `Float32Array` and the like, also of another frame; undefined for what is no typed array. */
export function typedArray(value: unknown): string | undefined {
  return tagOf.call(value);
}

/** Errors: `invalid_argument`. */
export function requireImages(where: string, images: unknown): asserts images is Images {
  const tag = typedArray(images);
  if (tag !== 'Uint8Array' && tag !== 'Float32Array') {
    refuse(where, 'pixels as a Uint8Array (0–255) or a Float32Array (0–1)', images);
  }
  const { buffer } = images as Images & { buffer: { detached?: boolean } };
  if (buffer.detached) refuse(where, 'pixels', 'an array whose buffer was transferred away');
}

export function requireFloats(where: string, what: string, values: unknown) {
  if (typedArray(values) !== 'Float32Array') refuse(where, `${what} as a Float32Array`, values);
}

/** A view into a large buffer would be cloned with all of it. */
export function tight(images: Images): Images {
  return images.byteLength === images.buffer.byteLength ? images : images.slice();
}
