// `model.toKeras()` and `readKeras` are each other's inverse.
import { expect, test } from 'vitest';
import { layers, presetLayers, presets, readKeras, sequential } from '../../../web/api/index.ts';

for (const name of Object.keys(presets) as (keyof typeof presets)[]) {
  test(`${name}: its Keras code is read back to the same model`, async () => {
    const model = sequential({ layers: presetLayers(name) });
    model.compile({
      optimizer: { name: 'sgd', learningRate: 0.1, momentum: 0.9 },
      loss: { name: 'categorical_crossentropy', fromLogits: true },
    });
    const read = await readKeras(await model.toKeras());
    expect(read.unread).toEqual([]);
    const again = sequential({ layers: read.layers });
    expect(again.config()).toEqual(model.config());
    expect(read.compile).toMatchObject({
      optimizer: { name: 'sgd', learningRate: 0.1, momentum: 0.9 },
      loss: { name: 'categorical_crossentropy', fromLogits: true },
    });
  });
}

test('an uncompiled model has no compile; every setting that is not Keras’s default is written', async () => {
  const model = sequential([
    layers.conv2d(8, [3, 5], { strides: 2, padding: 'same', useBias: false, trainable: false }),
    layers.flatten(),
    layers.dense(10, { kernelInitializer: 'he_normal' }),
  ]);
  const code = await model.toKeras();
  expect(code).not.toContain('compile');
  const read = await readKeras(code);
  expect(sequential({ layers: read.layers }).config()).toEqual(model.config());
  await expect(readKeras(3 as never)).rejects.toMatchObject({ code: 'invalid_argument' });
});
