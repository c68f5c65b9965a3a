// ImageDataGenerator is a layer here and stands beside the model in Keras: code is written so that Keras runs it.
import { expect, it } from 'vitest';
import { layers, presetLayers } from '../../../web/api/index.ts';
import { codeAfter, says } from '../../../web/elements/plan/code_after.ts';
import { defaultSettings } from '../../../web/elements/plan/settings.ts';
import { readKeras } from '../../../web/keras_code/read_keras.ts';
import { modelCode } from '../../../web/keras_code/write_keras.ts';

const generator = layers.imageDataGenerator({
  rotationRange: 10,
  zoomRange: 0.1,
  inputShape: [28, 28, 1],
});
const list = [generator, ...presetLayers('simple-cnn')];

it.each([0, 0.1])(
  'is no layer in the program, and read back to the same with validation split %s',
  (validationSplit) => {
    const settings = {
      ...defaultSettings('simple-cnn'),
      validationSplit,
      patience: null,
      checkpoint: false,
    };
    const wanted = { layers: list, settings };
    const code = codeAfter(null, undefined, wanted);
    expect(code).not.toContain('layers.ImageDataGenerator');
    expect(code).toContain('datagen = ImageDataGenerator(rotation_range=10.0, zoom_range=');
    expect(code).toContain('datagen.flow(x_train, y_train');
    expect(says(readKeras(code), wanted)).toBe(true);
  },
);

it('stands beside the model that toKeras writes', () => {
  const code = modelCode(list, [28, 28, 1], null);
  expect(code).not.toContain('layers.ImageDataGenerator');
  expect(code).toContain('datagen = ImageDataGenerator(');
});
