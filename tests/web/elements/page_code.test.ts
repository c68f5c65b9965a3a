// What counts as code in a page, in an address and in what is pasted.
import { describe, expect, it } from 'vitest';
import { isCode } from '../../../web/elements/experiment/code.ts';
import { dedented, makesModel } from '../../../web/elements/lab/page_code.ts';

describe('an address is one of code by its path', () => {
  it.each(['homework.py', 'https://a.example/b/MY.IPYNB', 'a.py?v=2#top', 'data:text/x-python,1'])(
    '%s is',
    (address) => expect(isCode(address)).toBe(true),
  );
  it.each([
    'model.keras',
    'model.json?of=homework.py',
    'py',
    'data:application/json,{}',
    'blob:https://a.example/1-2',
  ])('%s is not', (address) => expect(isCode(address)).toBe(false));
});

it('code in a page loses the depth of the markup, and keeps its own', () => {
  expect(dedented('\n    if a:\n        b\n\n    c\n  ')).toBe('if a:\n    b\n\nc\n');
  expect(dedented('a\n  b')).toBe('a\n  b');
  expect(dedented('\t\ta\n\t\t\tb')).toBe('a\n\tb');
  expect(dedented('  \n  ')).toBe('');
});

it('what is pasted is code where it makes a model with Keras, and else the page’s', () => {
  expect(makesModel('import keras\nmodel = keras.Sequential()')).toBe(true);
  expect(makesModel('I like Keras and its Sequential models')).toBe(false);
  expect(makesModel('Sequential([Dense(10)])')).toBe(false);
});
