// No C++ exception crosses to JavaScript: what is registered goes through src/bindings/exports.hpp, which guards it.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.[ch]pp$/.test(file))
  .map((file) => `src/${file.replaceAll('\\', '/')}`);

it('one header alone registers functions with Embind', () => {
  const registering = files.filter((file) =>
    /emscripten\/bind\.h|emscripten::function\b|emscripten::class_\b|optional_override/.test(
      readFileSync(file, 'utf8'),
    ),
  );
  expect(registering).toEqual(['src/bindings/exports.hpp']);
});

it('all that this header registers is the guarded form of a function', () => {
  const text = readFileSync('src/bindings/exports.hpp', 'utf8');
  const registered = [...text.matchAll(/(?:emscripten::|class_\.)function\(name, ([^,)]*)/g)];
  expect(registered.map(([, what]) => what)).toEqual(['&InGuard<kFunction', '&InGuard<kFunction']);
});
