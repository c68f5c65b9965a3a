// The oldest browsers that Ziffer names: the built scripts are read as the language they have, no newer API is called without
// a look whether it is there, and the same number stands wherever it is told.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'acorn';
import { expect, it } from 'vitest';
import { languages } from '../../../web/locales/index.ts';

/** Chrome and Edge: color-mix(); Firefox: :has(), which marks the chosen preset; Safari: DecompressionStream and class static blocks. */
const OLDEST = { chrome: '111', firefox: '121', safari: '16.4' };

/** What came later than one of them, as a property's name: [Chrome, Firefox, Safari] that have it. */
const LATER = [
  'withResolvers', // 119, 121, 17.4
  'fromAsync', // 121, 115, 16.4
  'groupBy', // 117, 119, 17.4
  'toHex', // 140, 133, 18.2
  'fromBase64', // 140, 133, 18.2
  'setHTMLUnsafe', // 124, 123, 17.4
  'showPopover', // 114, 125, 17
  'startViewTransition', // 111, 144, 18
  'isSubsetOf', // 122, 127, 17
  'isSupersetOf', // 122, 127, 17
  'isDisjointFrom', // 122, 127, 17
  'symmetricDifference', // 122, 127, 17
  'canParse', // 120, 115, 17
  'checkVisibility', // 105, 106, 17.4
  'toBase64', // 140, 133, 18.2
  'fromHex', // 140, 133, 18.2
  'togglePopover', // 114, 125, 17
  'hidePopover', // 114, 125, 17
  'requestClose', // 134, 139, 18.4
  'transferToFixedLength', // 114, 122, 17.4
  'waitAsync', // 87, 145, 16.4
  'moveBefore', // 133, 144, none
  'parseHTMLUnsafe', // 124, 128, 17.4
];

const dist = 'dist';
const scripts = existsSync(dist)
  ? readdirSync(dist).filter((name) => name.endsWith('.js') && name !== 'first.js')
  : [];

it.skipIf(scripts.length === 0).each(scripts)(
  '%s is ECMAScript 2022 and calls nothing newer',
  (name) => {
    const text = readFileSync(`${dist}/${name}`, 'utf8');
    const tree = parse(text, { ecmaVersion: 2022, sourceType: 'module' });
    expect([...namesCalled(tree)].filter((called) => LATER.includes(called))).toEqual([]);
  },
);

it('first.js is ECMAScript 5', () => {
  parse(readFileSync('web/app/first.js', 'utf8'), { ecmaVersion: 5 });
});

it('the number is the same in every text, and on the readme', () => {
  const first = readFileSync('web/app/first.js', 'utf8');
  const lacking = readFileSync('web/platform/lacking.ts', 'utf8');
  const pages = ['README.md', 'docs/EMBEDDING.md'].map((path) => readFileSync(path, 'utf8'));
  const words = languages.map(({ lacking }) => lacking.gzip);
  for (const text of [first, lacking, ...pages, ...words]) {
    expect(text).toMatch(new RegExp(`Edge (from|ab) ${OLDEST.chrome}\\b`));
    expect(text).toMatch(new RegExp(`Firefox (from|ab) ${OLDEST.firefox}\\b`));
    expect(text).toMatch(new RegExp(`Safari (from|ab) ${OLDEST.safari}\\b`));
  }
});

/** Names of methods that a script calls without `?.`. */
function* namesCalled(node: unknown): Generator<string> {
  if (Array.isArray(node)) for (const part of node) yield* namesCalled(part);
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
  const { type, callee, optional } = node as Record<string, unknown>;
  const { property, computed } = (callee ?? {}) as {
    property?: { name: string };
    computed?: boolean;
  };
  if (type === 'CallExpression' && !optional && property && !computed) yield property.name;
  for (const part of Object.values(node)) yield* namesCalled(part);
}
