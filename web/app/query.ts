// What embed.html takes from its address, which anybody may have written: texts of attributes, and no address of a program. What
// is fetched from other addresses is data that is checked as it is read, and texts are shown as texts.
import { LAB_ATTRIBUTES } from '../elements/attributes/attributes.ts';

const PROGRAMS = ['worker-src', 'wasm-src'];
const ADDRESSES = ['src', 'data', 'poster'];
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

/** http and https, also relative; a `data:` or `blob:` would be the stranger's own bytes under our name. */
function isWebAddress(text: string): boolean {
  try {
    return /^https?:$/.test(new URL(text, document.baseURI).protocol);
  } catch {
    return false;
  }
}
