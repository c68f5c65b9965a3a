// What the panel Explain chooses to show, apart from how it looks.
import { expect, it } from 'vitest';
import { layers } from '../../../web/api/layers.ts';
import { sequential } from '../../../web/api/model.ts';
import { presets } from '../../../web/api/presets.ts';
import { shownNumber } from '../../../web/elements/explain/formula.ts';
import {
  carried,
  inMaps,
  nearest,
  onward,
  type Scene,
  strongestPlace,
} from '../../../web/elements/explain/scene.ts';
import { byChannel, strongest, unflattened } from '../../../web/elements/explain/terms.ts';
import { explainDe } from '../../../web/locales/explain_de.ts';
import { explainEn } from '../../../web/locales/explain_en.ts';
import { Format } from '../../../web/locales/format.ts';

it('the strongest terms come first, and with the rest as one they add up to all', () => {
  const values = [0.5, -3, 2, 0, 0.25, -1];
  const { shown, others, rest } = strongest(values, 3);
  expect(shown).toEqual([1, 2, 5]);
  expect(others).toBe(3);
  expect(shown.reduce((sum, i) => sum + values[i]!, rest)).toBe(values.reduce((a, b) => a + b));
});

it('one left over is shown by itself', () => {
  expect(strongest([1, 2, 3, 4], 3)).toEqual({ shown: [3, 2, 1, 0], others: 0, rest: 0 });
});

it('what each channel of a window adds makes the whole sum', () => {
  expect(byChannel([1, 10, 2, 20, 3, 30], 2)).toEqual([6, 60]);
});

it('a flattened number knows where it stood', () => {
  expect(unflattened((4 * 13 + 5) * 8 + 6, [13, 13, 8])).toEqual([4, 5, 6]);
});

const sceneAt = (model: Scene['model'], index: number, place: Scene['place']) =>
  ({ model, index, info: model.layersInfo[index]!, place }) as Scene;

it('a number is followed through pooling and Flatten to where it goes', () => {
  const model = presets['simple-cnn']();
  const place = { row: 24, column: 9, channel: 3 };
  const pooled = onward(sceneAt(model, 0, place));
  expect(pooled).toEqual({ row: 12, column: 4, channel: 3 });
  const flat = onward(sceneAt(model, 1, pooled!));
  expect(flat).toEqual({ row: 0, column: 0, channel: (12 * 13 + 4) * 8 + 3 });
  expect(inMaps(sceneAt(model, 3, place), flat!.channel)).toEqual(pooled);
  expect(onward(sceneAt(model, 4, place))).toBeNull();
});

it('a unit behind another Dense names no place in a map', () => {
  const model = presets['simple-cnn']();
  expect(inMaps(sceneAt(model, 4, nearest([10], { row: 0, column: 0, channel: 3 })), 2)).toBeNull();
});

it('a place that is carried to other maps lies in them', () => {
  const { layersInfo } = sequential([
    layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same' }),
    layers.upSampling2d({ size: [1, 3] }),
    layers.globalAveragePooling2d(),
  ]);
  const [small, wide, flat] = layersInfo;
  const corner = { row: 13, column: 13, channel: 2 };
  const there = carried(corner, small!, wide!)!;
  expect(nearest(wide!.outputShape, there)).toEqual(there);
  expect(carried(there, wide!, small!)).toEqual(corner);
  expect(carried(corner, small!, flat!)).toBeNull();
});

it('the largest number is where one begins, in outputs of every rank', () => {
  const values = Float32Array.of(1, 5, 2, 7, 7, 0);
  expect(strongestPlace([6], values)).toEqual({ row: 0, column: 0, channel: 3 });
  expect(strongestPlace([3, 2], values)).toEqual({ row: 1, column: 0, channel: 1 });
  expect(strongestPlace([1, 3, 2], values)).toEqual({ row: 0, column: 1, channel: 1 });
});

it('what is rounded to nothing has no sign, and a minus is a minus', () => {
  const f = new Format('en');
  expect(shownNumber(f, -0.0004)).toBe('0.000');
  expect(shownNumber(f, -0.0006)).toBe('−0.001');
  expect(shownNumber(f, 3.2e9)).toBe('3.2E9');
  expect(shownNumber(new Format('de'), -1.25)).toBe('−1,250');
});

it('both languages say something of the same layers', () => {
  expect(Object.keys(explainDe.about)).toEqual(Object.keys(explainEn.about));
  expect(Object.keys(explainDe.activations)).toEqual(Object.keys(explainEn.activations));
});
