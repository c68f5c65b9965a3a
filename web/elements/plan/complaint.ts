// What an address, a query or an attribute says that the lab does not understand: it is said in the lab and on the console.
import { nearest } from '../../keras/nearest.ts';

export interface Complaint {
  readonly name: string;
  readonly text: string;
  /** What it may say instead; null where there is no such name. */
  readonly expected: string | null;
}

/** What was meant, as far as one can guess: one of the names, or of the words that were expected. */
export function meant(
  { name, text, expected }: Complaint,
  names: readonly string[],
): string | null {
  if (expected === null) return nearest(name, names);
  const words = expected.split(/[\s,;]+/).filter(Boolean);
  const odd = text.split(/[\s,;]+/).filter((word) => word && !words.includes(word));
  for (const word of odd) {
    const found = nearest(word.replace(/:.*/, ''), words);
    if (found) return found;
  }
  return null;
}

/** HTML's own names, and those that frameworks leave in a page. */
const FOREIGN =
  /^((data|aria|v|x|ng|hx)-.*|on.*|item.*|id|class|style|slot|part|exportparts|lang|dir|title|hidden|inert|tabindex|role|is|nonce|translate|contenteditable|draggable|spellcheck|autofocus|accesskey|popover|key|ref)$/;

/** The attributes of a tag that mean nothing to it. */
export function unknownAttributes(
  given: Iterable<readonly [name: string, text: string]>,
  names: readonly string[],
): Complaint[] {
  return [...given]
    .filter(([name]) => /^[a-z][a-z-]*$/.test(name) && !names.includes(name) && !FOREIGN.test(name))
    .map(([name, text]) => ({ name, text, expected: null }));
}
