// Zips from anywhere: nothing in one costs more than its directory says, and that is bounded before.
import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { openZip } from '../../../web/formats/zip.ts';

const content = strToU8('weights '.repeat(1000));
const entries = { 'a.json': strToU8('{}'), 'b.bin': content };
const refused = expect.objectContaining({ code: 'invalid_model' });

/** The zip with a number of the record with this signature changed. */
function changed(signature: number, field: number, value: number, zip = zipSync(entries)) {
  const bytes = zip.slice();
  const view = new DataView(bytes.buffer);
  for (let at = 0; at + 4 <= bytes.length; at++) {
    if (view.getUint32(at, true) === signature) view.setUint32(at + field, value, true);
  }
  return bytes;
}
const CENTRAL = 0x02014b50;

it.each([0, 6] as const)(
  'what was packed at level %i comes out, and what is not there is null',
  (level) => {
    const zip = openZip('z', zipSync(entries, { level }));
    expect([...zip.paths].sort()).toEqual(['a.json', 'b.bin']);
    expect(zip.read('b.bin', content.length)).toEqual(content);
    expect(zip.read('c', 1)).toBeNull();
  },
);

it('an entry is refused that is larger than it may be, or than it says', () => {
  const read = (bytes: Uint8Array) => () => openZip('z', bytes).read('b.bin', content.length);
  expect(() => openZip('z', zipSync(entries)).read('b.bin', content.length - 1)).toThrow(refused);
  for (const size of [0, 1, content.length - 1, 2 ** 31, 2 ** 32 - 2]) {
    expect(read(changed(CENTRAL, 24, size))).toThrow(refused);
  }
});

it('a bomb is stopped where it exceeds what it says', () => {
  const bomb = zipSync({ 'b.bin': new Uint8Array(2 ** 26) });
  const before = process.memoryUsage().arrayBuffers;
  expect(() => openZip('z', changed(CENTRAL, 24, 100, bomb)).read('b.bin', 1000)).toThrow(refused);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 26);
});

it('bytes that are not what was packed are refused', () => {
  const bytes = zipSync(entries, { level: 0 });
  bytes[bytes.length - 300]! ^= 1;
  const at = Buffer.from(bytes).indexOf('weights ');
  bytes[at] = 0x57;
  expect(() => openZip('z', bytes).read('b.bin', content.length)).toThrow(refused);
});

it('entries of one name, over each other, or too many are refused', () => {
  const twice = Buffer.from(zipSync({ 'a.bin': content, 'b.bin': content }));
  for (let at = twice.indexOf('a.bin'); at >= 0; at = twice.indexOf('a.bin'))
    twice.write('b.bin', at);
  expect(() => openZip('z', new Uint8Array(twice))).toThrow(/twice/);
  expect(() => openZip('z', changed(CENTRAL, 42, 0))).toThrow(refused);
  expect(() => openZip('z', changed(CENTRAL, 20, 2 ** 20))).toThrow(/reaches into/);
  const many = Object.fromEntries(Array.from({ length: 1025 }, (_, i) => [`${i}`, content]));
  expect(() => openZip('z', zipSync(many))).toThrow(/1025 entries/);
});

it('whatever stands in it, a zip opens or is refused', () => {
  const whole = zipSync(entries);
  let state = 7;
  const random = (n: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) % n;
  };
  for (let i = 0; i < 500; i++) {
    const bytes = whole.slice(0, random(4) ? whole.length : random(whole.length));
    for (let k = random(4); k >= 0; k--) bytes[random(bytes.length || 1)] = random(256);
    try {
      const zip = openZip('z', bytes);
      for (const path of zip.paths) zip.read(path, content.length);
    } catch (error) {
      expect(error).toEqual(refused);
    }
  }
});
