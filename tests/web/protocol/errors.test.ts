import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  asZifferError,
  ERROR_CODES,
  fromPlainError,
  toPlainError,
  ZifferError,
} from '../../../web/protocol/errors.ts';

const files = (folder: string, kind: RegExp) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    // The command line's errors never come to a page.
    .filter((name) => kind.test(name) && !name.startsWith('cli/'))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'));

it('every code that the C++ throws is one that the page knows', () => {
  const codes = new Set<string>();
  for (const text of files('src', /\.[ch]pp$/)) {
    for (const [, code] of text.matchAll(/(?:\bError\(\s*|\bcode = )"([a-z_]+)"/g))
      codes.add(code!);
  }
  expect(codes.size).toBeGreaterThan(10);
  expect([...codes].filter((code) => !Object.hasOwn(ERROR_CODES, code))).toEqual([]);
});

it('every code that the page knows is used', () => {
  const text = [...files('src', /\.[ch]pp$/), ...files('web', /\.ts$/)].join('\n');
  const unused = Object.keys(ERROR_CODES).filter(
    (code) => !new RegExp(`['"]${code}['"]`).test(text),
  );
  expect(unused).toEqual([]);
});

it('errors cross between threads with code, message and cause', () => {
  const cause = new TypeError('no network');
  const there = fromPlainError(
    structuredClone(toPlainError(new ZifferError('data_unreachable', 'x: no answer.', { cause }))),
  );
  expect(there).toBeInstanceOf(ZifferError);
  expect(there.code).toBe('data_unreachable');
  expect(there.message).toBe('x: no answer.');
  expect(String(there.cause)).toContain('no network');
});

it('what the core throws keeps its code, and anything else is a defect', () => {
  expect(asZifferError(Object.assign(new Error('m'), { code: 'shape_mismatch' })).code).toBe(
    'shape_mismatch',
  );
  expect(asZifferError(Object.assign(new Error('m'), { code: 'ENOENT' })).code).toBe('internal');
  expect(asZifferError('thrown text')).toMatchObject({ code: 'internal', message: 'thrown text' });
});
