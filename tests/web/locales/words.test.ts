// Languages and their numbers, attributes, and links.
import { describe, expect, it } from 'vitest';
import { readPanels } from '../../../web/elements/attributes/attributes.ts';
import { layersText, readLayers } from '../../../web/elements/plan/link.ts';
import { readPreset, readSetting } from '../../../web/elements/plan/setting_texts.ts';
import { firstWordsOf } from '../../../web/locales/first_words.ts';
import { languages, localeFor, picturesIn } from '../../../web/locales/index.ts';

describe('languages', () => {
  it.each(languages)('$name has a text wherever English has one', (messages) => {
    const english = languages[0] as unknown as Record<string, unknown>;
    const compare = (a: Record<string, unknown>, b: Record<string, unknown>, path: string) => {
      expect(Object.keys(b).sort(), path).toEqual(Object.keys(a).sort());
      for (const [key, value] of Object.entries(a)) {
        expect(typeof b[key], `${path}.${key}`).toBe(typeof value);
        if (typeof value === 'string') expect(b[key], `${path}.${key}`).not.toBe('');
        if (value && typeof value === 'object') {
          compare(
            value as Record<string, unknown>,
            b[key] as Record<string, unknown>,
            `${path}.${key}`,
          );
        }
      }
    };
    compare(english, messages as unknown as Record<string, unknown>, messages.code);
  });

  it('each has the words that come before it is loaded', () => {
    expect(firstWordsOf).toEqual(languages.map(({ code }) => code));
  });

  it('are found by region, and English where there is none', () => {
    expect(localeFor('de-AT').t.code).toBe('de');
    expect(localeFor('fr').t.code).toBe('en');
    expect(localeFor('not a tag').t.code).toBe('en');
  });

  it('write numbers in their own form and read them back', () => {
    const { f } = localeFor('de');
    expect(f.fixed(0.9655, 4)).toBe('0,9655');
    expect(f.int(21_898)).toBe('21.898');
    expect(f.parse(f.plain(0.001))).toBe(0.001);
    expect(f.parse('')).toBeNaN();
  });
});

/** All texts of a language by their places; of functions their sources, which hold their words. */
function texts(messages: object, place = ''): [place: string, text: string][] {
  return Object.entries(messages).flatMap(([key, value]): [string, string][] =>
    value !== null && typeof value === 'object'
      ? texts(value, `${place}.${key}`)
      : [[`${place}.${key}`, String(value)]],
  );
}

describe('classes with names of their own', () => {
  const DIGIT = { en: /digit/i, de: /ziffer/i } as Record<string, RegExp>;

  it.each(languages)('$name says nothing of digits but in the name of the program', ({ code }) => {
    const { t } = localeFor(code, true);
    const said = texts(t).filter(([, text]) => DIGIT[code]!.test(text));
    // The panel of one's own digits is about digits whatever else is trained.
    const other = /^\.(app\.(title|lab)|digits\..*|tabs\.digits)$/;
    expect(said.filter(([place]) => !other.test(place))).toEqual([]);
  });

  it.each(languages)(
    '$name has as many words for them as for digits, and keeps the others',
    (own) => {
      const { t } = localeFor(own.code, true);
      expect(t).toBe(picturesIn[own.code]);
      expect(texts(t).map(([place]) => place)).toEqual(texts(own).map(([place]) => place));
      expect(t.compare.mcnemar).toBe(own.compare.mcnemar);
      expect(t.draw.steps.ink).toBe(own.draw.steps.ink);
      expect(localeFor(own.code).t).toBe(own);
    },
  );

  it.each(languages)('$name says what they are called', ({ code }) => {
    const { t, f } = localeFor(code, true);
    expect(t.sees.titleIn('boot')).toMatch(/boot/);
    expect(t.inside.saliencySub('boot')).toMatch(/boot/);
    expect(t.inside.occlusionSub(f, 4, 'boot', 0.9, 0.1)).toMatch(/boot/);
  });
});

it('numbers of pictures are those of the data, and none where they are not known', () => {
  for (const { code } of languages) {
    for (const named of [false, true]) {
      const { t, f } = localeFor(code, named);
      expect(t.train.evaluating(f, 200)).toMatch(/\b200\b/);
      expect(t.model.trainCountHint(f, 700)).toMatch(/\b700\b/);
      expect(t.train.evaluating(f, null)).not.toMatch(/\d/);
      expect(t.model.trainCountHint(f, null)).not.toMatch(/\d/);
      expect(texts(t).filter(([, text]) => /[16]0[.,]000/.test(text))).toEqual([]);
    }
  }
});

describe('attributes', () => {
  it('are read, or say what was expected', () => {
    expect(readPreset('simple-cnn')).toEqual({ value: 'simple-cnn' });
    expect(readPreset('vgg')).toHaveProperty('expected');
    expect(readPanels('train draw')).toEqual({ value: ['draw', 'train'] });
    expect(readPanels('train sing')).toHaveProperty('expected');
    expect(readSetting('batch-size', '128')).toEqual({ value: { batchSize: 128 } });
    expect(readSetting('batch-size', '1.5')).toHaveProperty('expected');
    expect(readSetting('patience', 'none')).toEqual({ value: { patience: null } });
    expect(readSetting('threads', 'auto')).toEqual({ value: { threads: 'auto' } });
    expect(readSetting('seed', '')).toHaveProperty('expected');
  });
});

/** Throws where the text is none. */
function layersFrom(text: string) {
  const read = readLayers(text);
  if ('expected' in read) throw new Error(read.expected);
  return read.value;
}

describe('layers in words', () => {
  it('keep a frozen layer frozen', () => {
    const text = 'Flatten;Dense:units=32,trainable=false;Dense:units=10,activation=softmax';
    const list = layersFrom(text);
    expect(list.map(({ config }) => config.trainable)).toEqual([undefined, false, undefined]);
    expect(layersText(list)).toBe(text);
    // What holds anyway is read and not written.
    expect(layersText(layersFrom('Dense:units=10,trainable=true'))).toBe('Dense:units=10');
    expect(readLayers('Dense:units=10,trainable=perhaps')).toHaveProperty('expected');
  });
});
