// Pictures and labels for the tests: random, but the same in every run.

/** Uniform in [-1, 1). */
export function noise(count: number, seed: number): Float32Array {
  const random = generator(seed);
  return Float32Array.from({ length: count }, () => 2 * random() - 1);
}

/** Pictures of 28 × 28 bytes that can be learned: class c has a bright stripe in row 2c + 4, much is noise, and `wrong` labels are. */
export function stripes(
  count: number,
  seed: number,
  wrong = 0,
): { images: Uint8Array; labels: Uint8Array } {
  const random = generator(seed);
  const images = new Uint8Array(count * 784);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const label = Math.floor(random() * 10);
    labels[i] = random() < wrong ? Math.floor(random() * 10) : label;
    for (let p = 0; p < 784; p++) {
      const bright = Math.floor(p / 28) === 2 * label + 4 ? 120 : 0;
      images[i * 784 + p] = Math.floor(random() * 135) + bright;
    }
  }
  return { images, labels };
}

/** As the core reads bytes: divided by 255 in single precision. */
export function asFloats(images: Uint8Array): Float32Array {
  return Float32Array.from(images, (v) => Math.fround(v / 255));
}

function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
