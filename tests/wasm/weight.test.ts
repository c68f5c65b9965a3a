// What a page fetches to train: the API, the element's shell, the trainer worker and the core.
import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { expect, it } from 'vitest';

// The promise is 160 KB, as for the lecture's models: what is seldom needed still has to become a part of its own.
const MOST_BYTES = 218_000;
const dist = (file: string) => readFileSync(`dist/${file}`);

/** A script of the site with all that it imports at once. */
function withImports(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, imported] of dist(file)
    .toString()
    .matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) {
    withImports(imported!, found);
  }
  return found;
}

/** The script that is fetched by `import("./<name>-….js")` in one of these. */
function importedLater(name: string, among: Set<string>): string {
  for (const file of among) {
    const match = new RegExp(`import\\("\\./(${name}-[^"]+\\.js)"\\)`).exec(dist(file).toString());
    if (match) return match[1]!;
  }
  throw new Error(`nothing imports ${name}`);
}

it('a page fetches at most 218 KB of code to train', () => {
  const files = withImports('ziffer.js');
  for (const later of ['ziffer_lab', 'remote']) withImports(importedLater(later, files), files);
  for (const file of ['worker.js', 'ziffer-core.wasm']) files.add(file);
  const sizes = [...files].map((file) => ({ file, bytes: brotliCompressSync(dist(file)).length }));
  const bytes = sizes.reduce((sum, size) => sum + size.bytes, 0);
  console.log(`code to train: ${bytes / 1000} KB as brotli`);
  expect(bytes, JSON.stringify(sizes)).toBeLessThanOrEqual(MOST_BYTES);
});
