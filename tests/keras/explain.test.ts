// What explain() says of random places of random layers is what Keras computes there, and what it lists as weights are Keras's own
// slopes of the number in the layer's inputs.
import { expect } from 'vitest';
import { explain } from '../../web/api/explain.ts';
import { describe } from '../../web/keras/model.ts';
import { toKeras } from '../../web/keras/specs.ts';
import { EXPLAINED } from '../support/explained_models.ts';
import { within } from '../support/measured.ts';
import { realCore } from '../support/trainer_harness.ts';
import { ask, floats, type Numbers, withKeras } from './judge.ts';
import { noise } from './noise.ts';

const PLACES = 40;

interface Judged {
  weights: Numbers;
  before: number[];
  after: number[];
  slopes: Numbers[];
}

withKeras(
  `${PLACES * Object.keys(EXPLAINED).length} random places, layers and models`,
  async () => {
    const core = await realCore();
    const image = noise(784, 3).map(Math.abs);
    let most = 0;
    for (const [number, specs] of Object.values(EXPLAINED).entries()) {
      const { config, layers } = describe(toKeras('model', specs()));
      const random = noise(3 * PLACES, number + 1).map((n) => (n + 1) / 2);
      const places = Array.from({ length: PLACES }, (_, i) => {
        const layer = Math.floor(random[3 * i]! * layers.length);
        const size = layers[layer]!.outputShape.reduce((n, d) => n * d, 1);
        return [layer, Math.floor(random[3 * i + 1]! * size)] as const;
      });
      const args = { config, image: floats(image, [28, 28, 1]), places };
      const judged = await ask<Judged>('explained', args);
      const model = core.createModel(JSON.stringify(config), 1);
      model.setParameters(judged.weights.values);
      const inspection = { weights: model.parameters(), activations: model.activations(image) };
      model.delete();
      for (const [i, [layer, index]] of places.entries()) {
        const shape = layers[layer]!.outputShape;
        const channels = shape.at(-1)!;
        const width = shape.length === 3 ? shape[1]! : 1;
        const cell = Math.floor(index / channels);
        const place = { layer, channel: index % channels };
        const at = { ...place, row: Math.floor(cell / width), column: cell % width };
        const handle = { layersInfo: layers, config: () => config };
        const e = explain(handle, image, inspection, at);
        const where = `${layers[layer]!.className} ${JSON.stringify(at)}`;
        most = Math.max(most, Math.abs(e.activation - judged.after[i]!));
        if (e.rule === 'moved' || e.rule === 'each') continue;
        most = Math.max(most, Math.abs(e.preActivation - judged.before[i]!));
        if (e.places.includes(-1) && e.className === 'SeparableConv2D') continue;
        const slopes = new Float32Array(judged.slopes[i]!.values.length);
        for (const [k, from] of e.places.entries()) if (from >= 0) slopes[from]! += e.kernel[k]!;
        for (const [k, slope] of slopes.entries()) {
          expect(Math.abs(slope - judged.slopes[i]!.values[k]!), where).toBeLessThan(1e-5);
        }
      }
    }
    within('explain: 240 random places of 6 models', most, 1e-4);
  },
);
