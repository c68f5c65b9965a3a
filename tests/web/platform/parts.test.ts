// Whatever is fetched when it is first needed may fail, says so, and may come the next time.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { part } from '../../../web/platform/parts.ts';

const files = readdirSync('web', { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);
/** The way itself, Node's own modules, which nothing fetches, and the sleeping element, which has its own words and button. */
const OWN = ['platform/parts.ts', 'platform/node.ts', 'elements/lab/ziffer_lab.ts'];

it.each(files.filter((name) => !OWN.includes(name)))(
  '%s imports nothing lazily but as a part',
  (name) => {
    const text = readFileSync(`web/${name}`, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    for (const { index } of text.matchAll(/(?<!typeof\s|<)\bimport\(/g)) {
      // Types are no fetches: `typeof import()`, `Promise<import()>`.
      const before = text.slice(Math.max(0, index - 200), index);
      expect(before).toMatch(
        /\bpart\(\s*('[^']*'|"[^"]*"|`[^`]*`),\s*\([^()]*\)(: [\w<>{ }:.]+)? =>\s*$/,
      );
    }
  },
);

it('what cannot be fetched is named, with what to do; the next call tries again', async () => {
  const broken = new TypeError('Failed to fetch dynamically imported module: x');
  let calls = 0;
  const load = async () => {
    calls++;
    if (calls === 1) throw broken;
    return { answer: 42 };
  };
  await expect(part('the dialog', load)).rejects.toMatchObject({
    code: 'data_unreachable',
    message: 'the dialog could not be fetched; check the connection and try again.',
    cause: broken,
  });
  expect(await part('the dialog', load)).toEqual({ answer: 42 });
});
