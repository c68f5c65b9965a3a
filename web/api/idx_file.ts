// Bytes in LeCun's container, as src/data/idx.hpp reads it.

/** Bytes as an IDX file with so many of them along each side. */
export function idx(bytes: Uint8Array, ...sides: number[]): Blob {
  const header = new DataView(new ArrayBuffer(4 + 4 * sides.length));
  header.setUint32(0, 0x800 + sides.length);
  sides.forEach((side, i) => {
    header.setUint32(4 + 4 * i, side);
  });
  return new Blob([header, bytes as BlobPart]);
}
