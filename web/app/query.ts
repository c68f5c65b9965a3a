// What embed.html takes from its address, which anybody may have written: texts of attributes, and no address of a program. What
// is fetched from other addresses is data that is checked as it is read, and texts are shown as texts.

import { LAB_ATTRIBUTES } from '../elements/attributes/attributes.ts';
import type { Complaint } from '../elements/plan/complaint.ts';

const PROGRAMS = ['worker-src', 'wasm-src'];
const ADDRESSES = ['src', 'data', 'poster'];
/** Of the query string alone. */
const OTHERS = ['origin', 'activity'];
const KNOWN = LAB_ATTRIBUTES.map(({ name }) => name).filter((name) => !PROGRAMS.includes(name));

/** Names and texts of attributes; what is unknown or not allowed is left out. */
export function attributesFrom(words: Iterable<readonly [string, string]>): [string, string][] {
  const taken: [string, string][] = [];
  for (const [name, text] of words) {
    if (!KNOWN.includes(name)) continue;
    if (ADDRESSES.includes(name) && !text.split(/\s+/).every(isWebAddress)) continue;
    taken.push([name, text]);
  }
  return taken;
}

/** What the query string says and the page does not take: names that there are not, and addresses that may not be. */
export function complaintsFrom(words: Iterable<readonly [string, string]>): Complaint[] {
  return [...words].flatMap(([name, text]): Complaint[] => {
    if (OTHERS.includes(name)) return [];
    if (!KNOWN.includes(name)) return [{ name, text, expected: null }];
    const taken = attributesFrom([[name, text]]).length > 0;
    return taken ? [] : [{ name, text, expected: 'an address with http or https' }];
  });
}

/** http and https, also relative; a `data:` or `blob:` would be the stranger's own bytes under our name. */
function isWebAddress(text: string): boolean {
  try {
    return /^https?:$/.test(new URL(text, document.baseURI).protocol);
  } catch {
    return false;
  }
}
