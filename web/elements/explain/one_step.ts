// What a network would learn from one digit alone: the gradient of its loss, and the loss after one step of gradient descent. The
// core computes it, with a copy of the model that nobody else uses.
import {
  type CompileOptions,
  type LayerSpec,
  loadIdx,
  type Sequential,
  sequential,
} from '../../api/index.ts';

export interface OneStep {
  /** Laid out as the model's weights; 0 where a layer is frozen. */
  readonly gradient: Float32Array;
  /** Of the digit. */
  readonly lossBefore: number;
  readonly lossAfter: number;
}

const SIDE = 28;

/** `image`: one of 28 × 28 pixels. Errors: those of the model and of its worker. */
export async function oneStep(
  model: Pick<Sequential, 'specs' | 'inputShape'>,
  weights: Float32Array,
  image: Uint8Array,
  label: number,
  loss: CompileOptions['loss'],
  rate: number,
): Promise<OneStep> {
  const copy = sequential({ layers: steadyLayers(model.specs, model.inputShape) });
  const data = await loadIdx(idx([SIDE, SIDE], image), idx([], Uint8Array.of(label)), {
    classes: copy.classes,
  });
  try {
    copy.compile({ optimizer: { name: 'sgd', learningRate: 1 }, ...(loss ? { loss } : {}) });
    await copy.setWeights(weights);
    const { loss: lossBefore } = await copy.evaluate(data);
    // With a learning rate of 1 a step is the gradient itself.
    await copy.fit(data, { batchSize: 1, epochs: 1, shuffle: false, threads: 1 });
    const stepped = await copy.weights();
    const gradient = weights.map((w, i) => w - stepped[i]!);
    await copy.setWeights(weights.map((w, i) => w - rate * gradient[i]!));
    const { loss: lossAfter } = await copy.evaluate(data);
    return { gradient, lossBefore, lossAfter };
  } finally {
    copy.dispose();
    data.dispose();
  }
}

/** Nothing at random, and no statistics of a batch that is a single digit. */
export function steadyLayers(
  specs: readonly LayerSpec[],
  inputShape: readonly number[],
): LayerSpec[] {
  const steady = specs.filter(
    ({ className }) => !/Dropout|Noise|^Random|Generator/.test(className),
  );
  return steady.map((spec, i) => {
    const still = spec.className === 'BatchNormalization' ? { trainable: false } : {};
    const first = i === 0 ? { inputShape } : {};
    return { ...spec, config: { ...spec.config, ...still, ...first } } as LayerSpec;
  });
}

/** One item as an IDX file: of bytes, with these extents. */
function idx(extents: readonly number[], bytes: Uint8Array): Uint8Array {
  const sizes = [1, ...extents];
  const file = new Uint8Array(4 + 4 * sizes.length + bytes.length);
  const view = new DataView(file.buffer);
  view.setUint32(0, 0x800 + sizes.length);
  for (const [i, size] of sizes.entries()) view.setUint32(4 + 4 * i, size);
  file.set(bytes, 4 + 4 * sizes.length);
  return file;
}
