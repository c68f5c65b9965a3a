// Files of drawn digits, {"label": 0–9, "writer": "…", "strokes": [[[x, y], …], …]} each: read for `npm run pretrain` and
// `npm run accuracy`, and made into a mixture of many hands to train with.
import { existsSync, readFileSync } from 'node:fs';
import { Advice } from './command.mjs';
import { randomFrom, variantOf } from './stroke_variants.mjs';

/**
 * The paths of `--strokes A --strokes B`, `--strokes A,B` and `--strokes A B`.
 * @param {{ strokes?: string[] }} values
 * @param {string[]} positionals
 */
export function strokeFiles({ strokes = [] }, positionals) {
  if (strokes.length === 0 && positionals.length > 0) {
    throw new Advice(`Not understood: ${positionals.join(' ')}. Files of strokes: --strokes FILE`);
  }
  return [...strokes, ...positionals].flatMap((paths) => paths.split(',')).filter(Boolean);
}

/** The digits of a file. */
export function readStrokes(path) {
  if (!existsSync(path)) throw new Advice(`There is no file ${path}.`);
  let digits;
  try {
    digits = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new Advice(`${path} is no JSON.`);
  }
  const wrong = Array.isArray(digits) ? digits.findIndex((digit) => !isDrawn(digit)) : 0;
  if (wrong < 0) return digits;
  const form = '{"label": 0–9, "strokes": [[[x, y], …], …]}';
  throw new Advice(`${path}: expected a list of ${form}; digit ${wrong} is none.`);
}

function isDrawn(digit) {
  const { label, strokes } = digit ?? {};
  return Number.isInteger(label) && label >= 0 && label <= 9 && Array.isArray(strokes);
}

/**
 * `count` digits to train with: each of `digits` as it was drawn, then variants of it. A writer with four times as many digits as
 * another appears twice as often: one of few digits weighs more than by number, but is not repeated without end.
 */
export function mixture(digits, count, seed) {
  const perWriter = new Map();
  for (const { writer } of digits) perWriter.set(writer, (perWriter.get(writer) ?? 0) + 1);
  const weights = digits.map(({ writer }) => 1 / Math.sqrt(perWriter.get(writer)));
  const scale = count / weights.reduce((sum, weight) => sum + weight, 0);
  const mixed = [];
  let due = 0;
  digits.forEach(({ label, strokes }, i) => {
    const random = randomFrom(seed + 7919 * i);
    due += scale * weights[i];
    for (let copies = 0; mixed.length < Math.round(due); copies++) {
      const drawn = { label, strokes };
      mixed.push(copies === 0 ? drawn : { label, ...variantOf(drawn, random) });
    }
  });
  return mixed;
}
