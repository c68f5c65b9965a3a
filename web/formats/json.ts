// JSON from anywhere: its length and nesting are bounded before it is parsed, since what reads it walks it recursively.
import { ZifferError } from '../protocol/errors.ts';

/** In bytes. */
export const LONGEST_JSON = 2 ** 22;
const DEEPEST = 32;
const LONGEST_WORD = 256;

/** An object of JSON in UTF-8. `what` names it in errors, which are `invalid_model`. */
export function decodeObject(what: string, bytes: Uint8Array): Record<string, unknown> {
  if (bytes.length > LONGEST_JSON)
    fail(what, `expected at most ${LONGEST_JSON} bytes, got ${bytes.length}.`);
  return parseObject(what, new TextDecoder().decode(bytes));
}

/** An object of JSON text. `what` names it in errors, which are `invalid_model`. */
export function parseObject(what: string, text: string): Record<string, unknown> {
  if (text.length > LONGEST_JSON)
    fail(what, `expected at most ${LONGEST_JSON} characters, got ${text.length}.`);
  if (depth(text) > DEEPEST) fail(what, `it is nested more than ${DEEPEST} levels deep.`);
  try {
    const root: unknown = JSON.parse(text);
    if (isObject(root)) return root;
  } catch {
    // Said below.
  }
  return fail(what, 'expected a JSON object.');
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value that should be a word, for names and errors; an object can be made to refuse `String()`. */
export function wordOf(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, LONGEST_WORD);
  return typeof value === 'number' || typeof value === 'boolean' ? `${value}` : 'unnamed';
}

function depth(text: string): number {
  let deepest = 0;
  let now = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === '\\') i++;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === '[' || c === '{') deepest = Math.max(deepest, ++now);
    else if (c === ']' || c === '}') now--;
  }
  return deepest;
}

function fail(what: string, message: string): never {
  throw new ZifferError('invalid_model', `${what}: ${message}`);
}

/** JSON whose learning rates are real numbers in Python too: Keras's optimizers refuse `1`, and JavaScript writes `1.0` so. */
export function textForKeras(value: unknown): string {
  return JSON.stringify(value).replace(/"learning_rate":\d+(?=[,}])/g, '$&.0');
}
