// What the numbers of a model's last layer are, decided by its layers, and what the lab shows of them: probabilities always. Whatever
// shows, ranks or compares probabilities takes them from here.
import type { LayerSpec, Sequential } from '../../api/index.ts';

/** `probabilities`: a softmax made them · `separate`: sigmoids, each its own probability · `logits`: anything else. */
export type OutputKind = 'probabilities' | 'separate' | 'logits';

/** Layers that hand numbers on as they are when nothing trains. */
const PASSING = ['Flatten', 'Reshape', 'Dropout', 'GaussianNoise', 'GaussianDropout'];

export function outputKind(layers: readonly LayerSpec[]): OutputKind {
  const [last] = layers.filter(({ className }) => !PASSING.includes(className)).slice(-1);
  if (!last) return 'logits';
  const { activation } = last.config as { activation?: string };
  if (last.className === 'Softmax' || activation === 'softmax') return 'probabilities';
  return activation === 'sigmoid' ? 'separate' : 'logits';
}

/** A model's outputs as probabilities, `classes` a picture; logits go through softmax, as `from_logits=True` does in Keras. */
export function asProbabilities(
  kind: OutputKind,
  outputs: Float32Array,
  classes: number,
): Float32Array {
  if (kind !== 'logits') return outputs;
  const out = new Float32Array(outputs.length);
  for (let at = 0; at < outputs.length; at += classes) {
    const row = outputs.subarray(at, at + classes);
    const top = row.reduce((most, x) => Math.max(most, x), -Infinity);
    const powers = Float64Array.from(row, (x) => Math.exp(x - top));
    const sum = powers.reduce((total, x) => total + x, 0);
    powers.forEach((power, k) => {
      out[at + k] = power / sum;
    });
  }
  return out;
}

/** What a model says of pictures, as probabilities. */
export async function probabilitiesOf(model: Sequential, images: Uint8Array, count: number) {
  const outputs = await model.predict(images, count);
  return asProbabilities(outputKind(model.specs), outputs, model.classes);
}

/** Whether a verdict can be given: NaN is none. */
export function isVerdict(outputs: Float32Array): boolean {
  return outputs.length > 0 && outputs.every((x) => !Number.isNaN(x));
}
