// The few words that <ziffer-lab> has before it has loaded a language.
const WORDS = {
  en: {
    start: 'Start the lab',
    starting: 'Starting …',
    failed: 'The lab could not be loaded. Is the connection up?',
    retry: 'Try again',
    printed: (address: string) => `On screen, a network learns to read here: ${address}`,
  },
  de: {
    start: 'Labor starten',
    starting: 'Startet …',
    failed: 'Das Labor konnte nicht geladen werden. Besteht eine Verbindung?',
    retry: 'Noch einmal versuchen',
    printed: (address: string) => `Am Bildschirm lernt hier ein Netz lesen: ${address}`,
  },
};

export type FirstWords = (typeof WORDS)['en'];

/** The codes of the languages that have them; each language of index.ts does. */
export const firstWordsOf: readonly string[] = Object.keys(WORDS);

export function firstWords(tag: string): FirstWords {
  const [code = ''] = tag.toLowerCase().split('-');
  return Object.hasOwn(WORDS, code) ? WORDS[code as keyof typeof WORDS] : WORDS.en;
}
