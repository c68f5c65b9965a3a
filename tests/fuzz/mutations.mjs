// Damaged and hostile models' files: one for each number, the same on every machine, so that a finding can be seen again.
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

const LONG = 'Z'.repeat(100_000);
const VALUES = [
  ...[
    null,
    true,
    false,
    0,
    -0,
    1,
    -1,
    2,
    255,
    65536,
    2 ** 31,
    2 ** 32,
    2 ** 53,
    1e308,
    5e-324,
    0.5,
  ],
  ...['', 'x', 'softmax', 'Dense', 'Conv2D', '__proto__', 'constructor', '\u0000', '\ud800', LONG],
  ...[[], [null], [null, 28, 28, 1], [1, 1], [-1, -1], [1e9, 1e9], {}, { class_name: 'Zeros' }],
  ...[{ toString: 1, valueOf: 1 }, { toString: null }, { length: 3 }, '../x', 'http://[', '/etc/x'],
];
const RAW = [
  ...['1e999', '-1e999', '{"__proto__":{"polluted":1}}', `${'['.repeat(31)}${']'.repeat(31)}`],
  ...[`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`, '"\\ud800"', '{"then":1}', '{"toJSON":1}'],
];

/** Whole numbers below n, from a seed. */
function dice(seed) {
  let state = (Math.imul(seed, 2654435761) + 12345) >>> 0 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
  for (let i = 0; i < 5; i++) next();
  return (n) => next() % Math.max(1, n);
}

const pick = (roll, list) => list[roll(list.length)];

/** A file made of one of `seeds` ({ name, bytes }): what it was made of, and how. */
export function mutated(seeds, number) {
  const roll = dice(number);
  const { name, bytes } = pick(roll, seeds);
  const zip = bytes[0] === 0x50;
  const ways = zip ? [inEntry, inEntry, inRecords, twice, inBytes] : [inBytes, inJson];
  const way = pick(roll, ways);
  return { name, how: way.name, bytes: way(bytes, roll) };
}

/** Inside one of a zip's entries, which then has its right checksum. */
function inEntry(bytes, roll) {
  const entries = unzipSync(bytes);
  const path = pick(roll, Object.keys(entries));
  const json = path.endsWith('.json');
  entries[path] = json
    ? strToU8(changedJson(strFromU8(entries[path]), roll))
    : inBytes(entries[path], roll);
  return zipSync(entries, { level: pick(roll, [0, 6]) });
}

/** In the numbers of a zip's own records. */
function inRecords(bytes, roll) {
  const out = bytes.slice();
  const view = new DataView(out.buffer);
  const records = [];
  const lengths = { 33639248: 46, 67324752: 30, 101010256: 22 };
  for (let at = 0; at + 4 <= out.length; at++) {
    const length = lengths[view.getUint32(at, true)];
    if (length) records.push({ at, length });
  }
  for (let k = roll(3); k >= 0; k--) {
    const { at, length } = pick(roll, records);
    const field = at + 4 + roll(length - 6);
    const number = pick(roll, [0, 1, 8, 99, 0xffff, 0x7fffffff, 0xfffffffe, 0xffffffff, at]);
    if (roll(2) && field + 4 <= out.length) view.setUint32(field, number, true);
    else view.setUint16(field, number & 0xffff, true);
  }
  return out;
}

/** With a damaged twin of each entry under the same name. */
function twice(bytes, roll) {
  const twins = {};
  const twin = (path) => `${path.slice(0, -1)}~`;
  const entries = unzipSync(bytes);
  for (const [path, entry] of Object.entries(entries)) {
    twins[path] = entry;
    twins[twin(path)] = inBytes(entry, roll);
  }
  const text = Buffer.from(zipSync(twins, { level: 0 }));
  for (const path of Object.keys(entries)) {
    for (let at = text.indexOf(twin(path)); at >= 0; at = text.indexOf(twin(path))) {
      text.write(path, at, 'latin1');
    }
  }
  return new Uint8Array(text);
}

function inBytes(bytes, roll) {
  let out = bytes.slice();
  for (let k = roll(6); k >= 0; k--) {
    const at = roll(out.length);
    const ways = [
      () => out.fill(out[at] ^ (1 << roll(8)), at, at + 1),
      () => out.fill(pick(roll, [0, 0xff, 0x7f, 0x80, roll(256)]), at, at + pick(roll, [1, 4, 8])),
      () => out.copyWithin(at, roll(out.length), roll(out.length) + roll(64)),
      () => {
        if (roll(3) === 0) out = out.slice(0, at);
      },
      () => {
        out = Uint8Array.from([...out.subarray(0, at), ...out.subarray(at + roll(16))]);
      },
      () => {
        const more = new Uint8Array(roll(16));
        out = Uint8Array.from([...out.subarray(0, at), ...more, ...out.subarray(at)]);
      },
      () => {
        const number = pick(roll, [1, 2, 255, 65535, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1]);
        for (let i = 0; i < 4; i++) out[at + i] = (number >>> (8 * i)) & 255;
      },
    ];
    pick(roll, ways)();
  }
  return out;
}

/** In the JSON that an HDF5 file holds, which keeps its length. */
function inJson(bytes, roll) {
  const text = Buffer.from(bytes.slice());
  const at = text.indexOf('{"');
  let end = at;
  for (let depth = 0; at >= 0 && end < text.length; end++) {
    if (text[end] === 0x7b) depth++;
    if (text[end] === 0x7d && --depth === 0) break;
  }
  const length = end + 1 - at;
  if (at < 0) return inBytes(bytes, roll);
  const changed = changedJson(text.toString('latin1', at, end + 1), roll).slice(0, length);
  text.write(changed.padEnd(length, ' '), at, 'latin1');
  return new Uint8Array(text);
}

function changedJson(text, roll) {
  let root;
  try {
    root = JSON.parse(text);
  } catch {
    return text;
  }
  const raws = [];
  for (let k = roll(3); k >= 0; k--) {
    const places = placesIn(root);
    if (places.length === 0) break;
    const { owner, key } = pick(roll, places);
    const ways = [
      () => (Array.isArray(owner) ? owner.splice(key, 1) : delete owner[key]),
      () => {
        const other = pick(roll, places);
        owner[key] = structuredClone(other.owner[other.key] ?? null);
      },
      () => {
        const size = JSON.stringify(owner[key] ?? null).length;
        const times = Math.min(pick(roll, [1, 2, 300, 1100]), Math.floor(1e6 / size));
        if (Array.isArray(owner)) owner.push(...Array(times).fill(owner[key]));
      },
      () => {
        owner[key] = `@@${raws.push(pick(roll, RAW)) - 1}@@`;
      },
      () => {
        owner[key] = pick(roll, VALUES);
      },
    ];
    pick(roll, ways)();
  }
  let out = JSON.stringify(root);
  for (const [i, raw] of raws.entries()) out = out.replace(`"@@${i}@@"`, () => raw);
  return out;
}

function placesIn(value, found = []) {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push({ owner: value, key });
    placesIn(value[key], found);
  }
  return found;
}
