// Code as a person or a page gives it: a script's text or a notebook's, before anything of it is read.
import { absolute } from '../../api/places.ts';

/** A script's text; of a notebook its JSON. */
export interface Code {
  /** The file's; null for what stands in the page, or was pasted. */
  readonly name: string | null;
  readonly text: string;
  /** Which of its models; the last one where it is not said. */
  readonly model?: string;
}

/** Where a model comes from that is no preset's: an address, or the page's own code. */
export type Source = string | Code;

const ENDING = /\.(?:py|ipynb)$/i;

/** Whether a file, or what is at an address, is meant as code. */
export function isCode(file: File | string): boolean {
  if (typeof file !== 'string') return ENDING.test(file.name);
  const { protocol, pathname } = new URL(absolute(file));
  if (protocol === 'data:')
    return /^(?:text\/x-python|application\/x-ipynb\+json)\b/.test(pathname);
  return ENDING.test(pathname);
}
