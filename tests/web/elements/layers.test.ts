// Editing a list of layers: where a new one goes, and the input that an opened model brings along.
import { describe, expect, it } from 'vitest';
import { type LayerSpec, layers, presetLayers } from '../../../web/api/index.ts';
import { kerasCode } from '../../../web/elements/plan/keras_code.ts';
import {
  checkLayers,
  NEW_LAYERS,
  placeFor,
  withField,
  withInput,
  without,
} from '../../../web/elements/plan/layer_list.ts';
import { layersText, readLayers } from '../../../web/elements/plan/link.ts';
import { defaultSettings } from '../../../web/elements/plan/settings.ts';

const made = (className: string) => NEW_LAYERS.find((l) => l.className === className)!;
function added(list: readonly LayerSpec[], className: string): LayerSpec[] {
  const at = placeFor(made(className), list);
  return [...list.slice(0, at), made(className), ...list.slice(at)];
}
const named = (list: readonly LayerSpec[]) => list.map(({ className }) => className).join(' ');

describe('a new layer', () => {
  it('goes to the end of a list that is being built, in the order of the clicks', () => {
    const lenet =
      'Conv2D AveragePooling2D Conv2D AveragePooling2D Flatten Dense Dense Dense Dropout Conv2D';
    const list = lenet.split(' ').reduce(added, [] as LayerSpec[]);
    expect(named(list)).toBe(lenet);
  });

  it('goes before the probabilities of a complete list, pictures before Flatten', () => {
    const list = presetLayers('simple-cnn');
    expect(named(added(list, 'Conv2D'))).toBe('Conv2D MaxPooling2D Conv2D Flatten Dense Dense');
    expect(placeFor(made('Dropout'), list)).toBe(list.length - 1);
    const apart = [layers.flatten(), layers.dense({ units: 10 }), layers.softmax()];
    expect(placeFor(made('Dense'), apart)).toBe(1);
    expect(placeFor(made('Conv2D'), apart)).toBe(0);
    expect(placeFor(made('Dense'), [layers.flatten(), layers.dense({ units: 10 })])).toBe(2);
  });
});

describe.each([[[784]], [[28, 28]], [[28, 28, 1]]])('a model whose input is %j', (inputShape) => {
  const first =
    inputShape.length === 1
      ? layers.dense({ units: 32, activation: 'relu', inputShape })
      : layers.flatten({ inputShape });
  const list = [
    first,
    layers.dense({ units: 16 }),
    layers.dense({ units: 10, activation: 'softmax' }),
  ];
  const fits = (changed: readonly LayerSpec[]) => checkLayers(withInput(changed), 1);

  it('keeps it when a field is changed, a layer moved, added or removed', () => {
    const changes = [
      list.map((l) => (l.className === 'Dense' ? withField(l, 'activation', 'softmax') : l)),
      [list[0]!, made('Dropout'), ...list.slice(1)],
      without(list, 1),
      inputShape.length === 1 ? without(list, 0) : [...list],
      inputShape.length === 1 ? [list[1]!, list[0]!, list[2]!] : [...list],
    ];
    for (const changed of changes) {
      const { error, model } = fits(changed);
      expect(error).toBeNull();
      expect(model?.inputShape).toEqual(inputShape);
    }
  });

  it('goes through a link, and stands in the code', () => {
    const read = readLayers(layersText(list));
    const again = 'value' in read ? read.value : null;
    expect(fits(again ?? []).model?.inputShape).toEqual(inputShape);
    const comma = inputShape.length === 1 ? ',' : '';
    expect(kerasCode(list, defaultSettings('custom'))).toContain(
      `keras.Input(shape=(${inputShape.join(', ')}${comma}))`,
    );
  });
});

it('a picture layer put first takes pictures again', () => {
  const list = [made('Conv2D'), layers.dense({ units: 10, inputShape: [784] })];
  expect(checkLayers(withInput(list), 1).infos[0]?.outputShape).toEqual([26, 26, 8]);
});
