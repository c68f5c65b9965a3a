// What the reading of Keras scripts says has German words: each hint, and each sentence that the code has.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HINT_CODES } from '../../../web/keras_code/types.ts';
import { inLanguage } from '../../../web/locales/code_words.ts';
import { de } from '../../../web/locales/de_code.ts';

/** The sentences of a source: what `block`, `skip`, `remark`, `unknown` and the lab's `say` are given. */
function sentencesOf(source: string): string[] {
  const calls = [...source.matchAll(/\b(?:block|skip|remark|unknown|skipLine|TooMuch|say)\(/g)];
  return calls.flatMap(({ index }) => {
    const call = source.slice(index, source.indexOf(');', index));
    return [...call.matchAll(/'([^'\n]* [^'\n]*)'|`([^`]*)`/g)].map(([, plain, template]) =>
      (plain ?? template!).replace(/\$\{[^}]*\}/g, 'X'),
    );
  });
}

const folder = 'web/keras_code';
const sources = readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
const plan = readFileSync('web/elements/plan/code_plan.ts', 'utf8');
const SENTENCES = [...new Set([...sources, plan].flatMap(sentencesOf))].filter(
  (text) => /[a-z]{2} [a-z]/.test(text) && !/^[-&:?|]|[-&:?|] $/.test(text.trim()),
);

describe('in German', () => {
  it('finds the sentences of the sources', () => expect(SENTENCES.length).toBeGreaterThan(60));

  it.each(SENTENCES)('%s', (text) => {
    expect(inLanguage('de', text)).not.toBeNull();
  });

  it('each hint has words', () => {
    expect(Object.keys(de.hints).sort()).toEqual([...HINT_CODES].sort());
  });

  it('names stand where they stood, and a reason within another is said, too', () => {
    expect(inLanguage('de', 'Lambda layers are not supported')).toBe(
      'Lambda-Schichten gibt es hier nicht',
    );
    const inner = 'the name n is not known here';
    expect(
      inLanguage('de', `whether this holds is known only when the script runs: ${inner}`),
    ).toMatch(/^ob das gilt.*: der Name n ist hier nicht bekannt$/);
    expect(inLanguage('de', 'no such sentence')).toBeNull();
    expect(inLanguage('en', 'any sentence')).toBe('any sentence');
  });

  it('both languages have the same places in a sentence', () => {
    for (const [english, german] of Object.entries(de.reasons)) {
      const places = (text: string) => [...text.matchAll(/\{\d\}/g)].map(String).sort();
      expect(places(german), english).toEqual(places(english));
    }
  });
});
