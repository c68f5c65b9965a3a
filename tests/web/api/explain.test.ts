// What explain() says adds up to the core's own numbers, to the last bit.
import { beforeAll, expect, it, describe as suite } from 'vitest';
import { explain } from '../../../web/api/explain.ts';
import { layers as makers } from '../../../web/api/layers.ts';
import type { ExplainPlace } from '../../../web/api/types.ts';
import { describe } from '../../../web/keras/model.ts';
import { toKeras } from '../../../web/keras/specs.ts';
import type { Core } from '../../../web/worker/core.ts';
import { EXPLAINED } from '../../support/explained_models.ts';
import { realCore } from '../../support/trainer_harness.ts';

let core: Core;
const image = Uint8Array.from({ length: 784 }, (_, i) => (i * i * 31) % 256);

beforeAll(async () => {
  core = await realCore();
});

function opened(specs: Parameters<typeof toKeras>[1]) {
  const { config, layers } = describe(toKeras('model', specs));
  const model = core.createModel(JSON.stringify(config), 7);
  const weights = model.parameters().map((w, i) => Math.abs(w + Math.sin(i) / 8) - 0.2);
  model.setParameters(weights);
  const inspection = { weights, activations: model.activations(image) };
  model.delete();
  const handle = { layersInfo: layers, config: () => config };
  return {
    layers,
    inspection,
    at: (place: ExplainPlace) => explain(handle, image, inspection, place),
  };
}

/** Some places of a shape, its corners among them. */
function* placesOf(layer: number, shape: readonly number[]) {
  const [rows, columns] = [shape.length > 1 ? shape[0]! : 1, shape.length > 2 ? shape[1]! : 1];
  const few = (n: number) => [...new Set([0, Math.floor(n / 3), n - 1])];
  for (const row of few(rows)) {
    for (const column of few(columns)) {
      for (const channel of few(shape.at(-1)!)) yield { layer, row, column, channel };
    }
  }
}

suite('each number is the sum of what is said of it', () => {
  for (const [name, specs] of Object.entries(EXPLAINED)) {
    it(name, () => {
      const { layers, at } = opened(specs());
      for (const [i, info] of layers.entries()) {
        for (const place of placesOf(i, info.outputShape)) {
          const e = at(place);
          const where = `${info.name} ${JSON.stringify(place)}`;
          expect(e.layer, where).toBe(info.name);
          const { activationName: f, preActivation: z } = e;
          const direct = { linear: z, relu: Math.max(0, z) }[f as string];
          const capped = info.className === 'ReLU' ? Math.min(2, direct!) : direct;
          if (capped !== undefined) expect(e.activation, where).toBe(capped);
          if (e.rule === 'sum') expect(Math.abs(e.sum + e.bias - z), where).toBeLessThan(1e-4);
          if (e.logits && info.className !== 'Softmax') expect(e.logits[place.channel]).toBe(z);
        }
      }
    });
  }
});

it('a convolution says its window, its kernel and each product', () => {
  const { inspection, layers, at } = opened(EXPLAINED['simple CNN']!());
  const e = at({ layer: 'conv2d', row: 10, column: 9, channel: 3 });
  expect(e.shape).toEqual([3, 3, 1]);
  for (let i = 0; i < 9; i++) {
    const [y, x] = [Math.floor(i / 3), i % 3];
    expect(e.places[i]).toBe((10 + y) * 28 + 9 + x);
    expect(e.inputs[i]).toBe(Math.fround(image[(10 + y) * 28 + 9 + x]! / 255));
    expect(e.kernel[i]).toBe(inspection.weights[i * 8 + 3]);
    expect(e.products[i]).toBe(Math.fround(e.inputs[i]! * e.kernel[i]!));
  }
  expect(e.bias).toBe(inspection.weights[layers[0]!.regions[1]!.offset + 3]);
});

it('a maximum keeps one place of its window, the first of equal ones', () => {
  const { at } = opened(EXPLAINED['simple CNN']!());
  const e = at({ layer: 1, row: 2, column: 3, channel: 1 });
  expect([...e.kernel].filter((k) => k === 1)).toHaveLength(1);
  expect(e.inputs[e.kernel.indexOf(1)]).toBe(e.activation);
  expect(e.inputs.indexOf(e.activation)).toBe(e.kernel.indexOf(1));
});

it('what lies beyond the input under padding "same" is nothing: neither in a sum nor in a mean', () => {
  const { at } = opened(EXPLAINED['strides, padding and dilation']!());
  expect([...at({ layer: 0, row: 0 }).places].some((p) => p === -1)).toBe(true);
  const mean = at({ layer: 1, row: 6, column: 4 });
  const inside = [...mean.places].filter((p) => p >= 0).length;
  expect([...mean.kernel].filter((k) => k > 0)).toHaveLength(inside);
});

it('a place that is not there is refused with what there is', () => {
  const { at } = opened(EXPLAINED['simple CNN']!());
  expect(() => at({ layer: 'conv' })).toThrow(/'conv2d', 'max_pooling2d'/);
  expect(() => at({ layer: 5 })).toThrow(/number from 0/);
  expect(() => at({ layer: 0, row: 26 })).toThrow(/row to be a whole number from 0 to 25/);
  expect(() => at({ layer: 3, row: 1 })).toThrow(/from 0 to 0/);
  expect(() => at({ layer: 4, channel: 10 })).toThrow(/channel .* from 0 to 9/);
  expect(() => at(null as never)).toThrow(/expected a place/);
});

it('a layer that takes another than the one before it is explained by what it takes', () => {
  const { layers, at } = opened([
    makers.conv2d({ filters: 3, kernelSize: 3, padding: 'same', name: 'a' }),
    makers.conv2d({
      filters: 3,
      kernelSize: 5,
      padding: 'same',
      name: 'b',
      inbound: ['input_layer'],
    }),
    makers.add({ name: 'sum', inbound: ['a', 'b'] }),
    makers.conv2d({ filters: 2, kernelSize: 3, name: 'c', inbound: ['a'] }),
    makers.globalAveragePooling2d({ name: 'mean', inbound: ['sum'] }),
    makers.globalMaxPooling2d({ name: 'most', inbound: ['c'] }),
    makers.concatenate({ name: 'both', inbound: ['mean', 'most'] }),
    makers.dense({ units: 10, name: 'd' }),
  ]);
  for (const [layer, { name, outputShape }] of layers.entries()) {
    if (!['b', 'c', 'd', 'mean', 'most'].includes(name)) continue;
    for (const place of placesOf(layer, outputShape)) {
      const { activation, preActivation } = at(place);
      expect(preActivation, `${name} ${JSON.stringify(place)}`).toBe(activation);
    }
  }
});
