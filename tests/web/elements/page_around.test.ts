// What the element makes of the page around it: whether that is light or dark, and whose a key is.
import { expect, it } from 'vitest';
import { usesKey } from '../../../web/elements/kit/keys.ts';
import { brightness, schemeNamed } from '../../../web/elements/kit/scheme.ts';

it.each([
  ['rgb(0, 0, 0)', 0],
  ['rgb(255, 255, 255)', 1],
  ['rgba(255, 255, 255, 0.9)', 1],
  ['rgb(0, 0, 255)', 0.0722],
  ['oklch(0.21 0.034 264.665)', 0.21],
  ['oklab(0.98 0 0)', 0.98],
  ['lab(12 3 4)', 0.12],
  ['color(srgb 1 1 1)', 1],
  ['color(display-p3 0 0 0 / 0.8)', 0],
])('%s is %s bright', (color, expected) => {
  expect(brightness(color)).toBeCloseTo(expected, 3);
});

it.each(['rgba(0, 0, 0, 0)', 'rgba(0, 0, 0, 0.2)', 'oklch(0.2 0 0 / 0.1)', 'transparent', ''])(
  'what is behind %s shows through',
  (color) => expect(brightness(color)).toBeNull(),
);

it('themes are known by their names, and classes that only contain one are not', () => {
  expect(schemeNamed(['dark'], '')).toBe('dark');
  expect(schemeNamed(['', 'light'], '')).toBe('light');
  expect(schemeNamed(['slate'], '')).toBe('dark');
  expect(schemeNamed(['auto'], '')).toBeNull();
  for (const name of ['dark', 'quarto-dark', 'dark-mode', 'page theme-dark', 'vscode-dark wide']) {
    expect(schemeNamed([], name), name).toBe('dark');
  }
  expect(schemeNamed([], 'quarto-light')).toBe('light');
  for (const name of ['darkroom', 'highlight', 'no-darkness', '']) {
    expect(schemeNamed([], name), name).toBeNull();
  }
});

it('a key is the lab’s where something is done with it, and else the page’s', () => {
  const clicked = { byPointer: true };
  // After a stroke or a click the slides turn by every key.
  for (const key of ['PageDown', 'PageUp', 'ArrowRight', ' ', 'Escape', 'Home']) {
    expect(usesKey({ name: 'button', ...clicked }, key), key).toBe(false);
    expect(usesKey({ name: 'div', ...clicked }, key), key).toBe(false);
  }
  expect(usesKey({ name: 'button' }, ' ')).toBe(true);
  expect(usesKey({ name: 'button' }, 'PageDown')).toBe(false);
  expect(usesKey({ name: 'input', type: 'radio' }, 'ArrowRight')).toBe(true);
  // What is typed into a field turns no slide, however one came there.
  for (const key of ['5', 'ArrowLeft', ' ', 'n', 'Home']) {
    expect(usesKey({ name: 'input', type: 'number', ...clicked }, key), key).toBe(true);
    expect(usesKey({ name: 'select', ...clicked }, key), key).toBe(true);
  }
  expect(usesKey({ name: 'input', type: 'number' }, 'PageDown')).toBe(false);
  expect(usesKey({ name: 'select' }, 'PageDown')).toBe(true);
  expect(usesKey({ name: 'select', ...clicked }, 'PageDown')).toBe(false);
  expect(usesKey({ name: 'scrolls' }, 'PageDown')).toBe(true);
  expect(usesKey({ name: 'button', modified: true }, 'Enter')).toBe(false);
});
