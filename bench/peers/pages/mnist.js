// MNIST's IDX files as every browser peer takes them: floats in [0, 1] and labels.

export async function load(name, count) {
  const [images, labels] = await Promise.all([
    bytes(`/mnist/${name}-images-idx3-ubyte`, 16, count * 784),
    bytes(`/mnist/${name}-labels-idx1-ubyte`, 8, count),
  ]);
  return { x: Float32Array.from(images, (v) => v / 255), labels: Int32Array.from(labels) };
}

async function bytes(url, header, size) {
  const all = new Uint8Array(await (await fetch(url)).arrayBuffer());
  return all.subarray(header, header + size);
}

/** The flat parameters cut into { shape, values }, in Keras's order and layout. */
export function splitWeights({ weights, regions }) {
  return regions.map(({ shape, offset }) => {
    const size = shape.reduce((n, d) => n * d, 1);
    return { shape, values: Float32Array.from(weights.slice(offset, offset + size)) };
  });
}

/** Runs whole epochs of `step(first)` over the images, and says how long each took; `end` waits for what still runs. */
export async function timedEpochs({ epochs, images, batchSize, steps }, step, end) {
  const seconds = [];
  const last = steps ? steps * batchSize : images;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const start = performance.now();
    for (let first = 0; first + batchSize <= last; first += batchSize) await step(first);
    await end();
    seconds.push((performance.now() - start) / 1000);
  }
  return seconds;
}
