// Gzip from anywhere: it unpacks to what its own header says and what is known of it before, and no further.
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { unpack } from '../../../web/worker/unpack.ts';

const idx = (count: number, body: number) => {
  const bytes = Buffer.alloc(8 + body);
  bytes[2] = 8;
  bytes[3] = 1;
  bytes.writeUInt32BE(count, 4);
  return bytes;
};
const packed = (bytes: Buffer) => new Uint8Array(gzipSync(bytes));
const refused = { code: 'data_corrupt' };

it.each([1, 23, 24, 25, 100_000])('%i labels come out as they went in', async (n) => {
  expect(Buffer.from(await unpack(packed(idx(n, n)), 'l'))).toEqual(idx(n, n));
});

it('a bomb is stopped at what its header says, at what the manifest says, and where it is no IDX file', async () => {
  const bomb = packed(idx(1000, 2 ** 27));
  const before = process.memoryUsage().arrayBuffers;
  await expect(unpack(bomb, 'b')).rejects.toMatchObject(refused);
  await expect(unpack(packed(idx(2 ** 27, 2 ** 27)), 'b', { most: 500 })).rejects.toMatchObject(
    refused,
  );
  await expect(unpack(packed(Buffer.alloc(2 ** 27, 1)), 'b')).rejects.toMatchObject(refused);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 27);
});

it('gzip that is cut off or longer than the manifest says is refused', async () => {
  const whole = packed(idx(5000, 5000));
  await expect(unpack(whole.subarray(0, 20), 'c')).rejects.toMatchObject(refused);
  await expect(unpack(whole, 'c', { packed: 3 })).rejects.toMatchObject(refused);
});
