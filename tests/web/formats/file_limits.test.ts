// What stands in a model's file decides neither how long it is read nor what it fetches.
import { expect, it } from 'vitest';
import { layers, sequential } from '../../../web/api/index.ts';
import { chainOf } from '../../../web/formats/chain.ts';
import { read, tfjsFiles } from '../../../web/formats/tfjs.ts';

const model = sequential({
  layers: [layers.flatten({ inputShape: [4, 4, 1] }), layers.dense({ units: 3 })],
});
const weights = Float32Array.from({ length: model.parameterCount }, (_, i) => i);
type Root = ReturnType<typeof JSON.parse>;

function opened(change: (root: Root) => void, values = weights) {
  const saved = tfjsFiles(model, values);
  const root: Root = JSON.parse(saved['model.json']);
  change(root);
  const wanted: { path: string; most: number }[] = [];
  const bytes = new TextEncoder().encode(JSON.stringify(root));
  const files = {
    name: 'model.json',
    bytes,
    beside: async (list: readonly { path: string; most: number }[]) => {
      wanted.push(...list);
      return list.map(() => saved.bytes);
    },
  };
  return { result: read(files), wanted };
}

it('a file of weights has at most what the manifest says of it, and is fetched once', async () => {
  const { result, wanted } = opened(() => {});
  await result;
  expect(wanted).toHaveLength(1);
  expect(wanted[0]!.most).toBeLessThan(weights.byteLength + 2 ** 13);
});

it.each<[string, (root: Root) => void]>([
  ['a file named twice', ({ weightsManifest: [g] }) => g.paths.push(g.paths[0])],
  [
    '300 files',
    ({ weightsManifest: [g] }) => (g.paths = Array.from({ length: 300 }, (_, i) => `${i}`)),
  ],
  [
    'weights that no layer takes',
    ({ weightsManifest: [g] }) => g.weights.push({ name: 'x', shape: [2 ** 28], dtype: 'float32' }),
  ],
  ['a shape of words', ({ weightsManifest: [g] }) => (g.weights[0].shape = ['16', 3])],
  ['a type that is no word', ({ weightsManifest: [g] }) => (g.weights[0].dtype = { toString: 1 })],
])('%s is refused before anything is fetched', async (_, change) => {
  const { result, wanted } = opened(change);
  await expect(result).rejects.toMatchObject({ code: 'invalid_model' });
  expect(wanted).toEqual([]);
});

it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  'a weight that is %f is refused by its name',
  async (wrong) => {
    const broken = weights.slice();
    broken[broken.length - 1] = wrong;
    const { result } = opened(() => {}, broken);
    await expect(result).rejects.toMatchObject({
      code: 'invalid_model',
      message: expect.stringMatching(/dense\/bias/),
    });
  },
);

it('how a file was trained is told where it is not kept', async () => {
  const train = (loss: unknown, class_name = 'Adam') =>
    opened(({ modelTopology }) => {
      modelTopology.training_config = { loss, optimizer_config: { class_name, config: {} } };
    }).result;
  expect((await train('categorical_crossentropy')).notKept).toEqual([]);
  expect((await train('categorical_crossentropy')).compile).not.toBeNull();
  expect((await train('hinge')).notKept).not.toEqual([]);
  expect((await train('categorical_crossentropy', 'Ftrl')).notKept).not.toEqual([]);
});

it('layers are counted before any is read, and axes cost no more than layers', () => {
  const normalization = (i: number) => ({
    class_name: 'BatchNormalization',
    config: { name: `n${i}`, axis: 3, junk: 'x'.repeat(10_000) },
  });
  const chain = (n: number) => {
    const input = { class_name: 'InputLayer', config: { batch_shape: [null, 4, 4, 1] } };
    const list = [input, ...Array.from({ length: n }, (_, i) => normalization(i))];
    return () => chainOf({ class_name: 'Sequential', config: { layers: list } });
  };
  expect(chain(257)).toThrow(expect.objectContaining({ code: 'model_too_large' }));
  const layers = chain(256)().config.layers as { config: { axis: number } }[];
  expect(layers[256]!.config.axis).toBe(-1);
});

it('values that refuse to become words are no words', () => {
  const hostile = { toString: 1, valueOf: 1 };
  for (const key of ['name', 'kernel_initializer', 'activation', 'class_name']) {
    const dense = { class_name: 'Dense', config: { name: 'd', units: 2, [key]: hostile } };
    const functional = {
      class_name: 'Functional',
      config: { layers: [{ ...dense, name: hostile, inbound_nodes: [[[hostile, 0, 0]]] }] },
    };
    for (const root of [{ class_name: 'Sequential', config: { layers: [dense] } }, functional]) {
      try {
        chainOf(root);
      } catch (error) {
        expect(error).toMatchObject({ name: 'ZifferError' });
      }
    }
  }
});
