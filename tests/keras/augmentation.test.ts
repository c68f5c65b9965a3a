// Pictures changed by fixed factors are what Keras's layers make of them: every one that moves, with every fill, at odd sizes too.
import { beforeAll, expect } from 'vitest';
import { type LayerSpec, layers } from '../../web/api/layers.ts';
import { describe } from '../../web/keras/model.ts';
import { toKeras } from '../../web/keras/specs.ts';
import type { FillMode, Interval } from '../../web/keras/types.ts';
import type { Core } from '../../web/worker/core.ts';
import { realCore } from '../support/trainer_harness.ts';
import { ask, floats, type Numbers, withKeras } from './judge.ts';
import { noise } from './noise.ts';

/** Places are computed with 32-bit floats in another order: a pixel's value moves a little with them. */
const TOLERANCE = 2e-5;
const FILLS: readonly FillMode[] = ['constant', 'nearest', 'reflect', 'wrap'];
const SHAPES = [
  [28, 28, 1],
  [9, 14, 3],
] as const;
let core: Core;

beforeAll(async () => {
  core = await realCore();
});

/** The share of pixels that differ by more than the tolerance. */
async function differing(spec: LayerSpec, shape: readonly number[]): Promise<number> {
  const { config } = describe(toKeras('model', [spec]));
  const image = noise(
    shape.reduce((n, d) => n * d, 1),
    3,
  ).map((v) => Math.abs(v) % 1);
  const { outputs } = await ask<{ outputs: Numbers }>('augmented', {
    config,
    images: floats(image, [1, ...shape]),
  });
  const model = core.createModel(JSON.stringify(config), 1);
  const ours = model.augmented(image, 1, 1);
  model.delete();
  expect(ours).toHaveLength(outputs.values.length);
  return (
    ours.filter((v, i) => !(Math.abs(v - outputs.values[i]!) <= TOLERANCE)).length / ours.length
  );
}

const fixed = (n: number): Interval => [n, n];

/** Each moves by a fixed amount. */
function moving(fillMode: FillMode, inputShape: readonly number[]): LayerSpec[] {
  const more = { fillMode, fillValue: 0.25, inputShape };
  return [
    ...[0.03, -0.2, 0.5].map((n) => layers.randomRotation({ factor: fixed(n), ...more })),
    ...[
      [0.1, -0.23],
      [-0.9, 1],
    ].map(([y, x]) =>
      layers.randomTranslation({ heightFactor: fixed(y!), widthFactor: fixed(x!), ...more }),
    ),
    layers.randomZoom({ heightFactor: fixed(0.3), widthFactor: fixed(-0.4), ...more }),
    layers.randomZoom({ heightFactor: fixed(0.7), ...more }),
  ];
}

withKeras('pictures turned, moved and zoomed, beyond their edges too', async () => {
  for (const shape of SHAPES) {
    for (const fill of FILLS) {
      for (const spec of moving(fill, shape)) {
        expect(await differing(spec, shape), JSON.stringify(spec)).toBe(0);
      }
    }
  }
});

withKeras('contrast and brightness, held to the range of values', async () => {
  for (const inputShape of SHAPES) {
    const more = { valueRange: [0.1, 0.9] as const, inputShape };
    for (const spec of [
      layers.randomContrast({ factor: [0, 0], ...more }),
      layers.randomBrightness({ factor: fixed(0.2), ...more }),
      layers.randomBrightness({ factor: fixed(-0.3), ...more }),
    ]) {
      expect(await differing(spec, inputShape), JSON.stringify(spec)).toBe(0);
    }
  }
});

withKeras('of the nearest pixels the same ones, but where two are as near', async () => {
  const inputShape = [28, 28, 1] as const;
  for (const factor of [0.03, -0.21]) {
    const spec = layers.randomRotation({
      factor: fixed(factor),
      interpolation: 'nearest',
      inputShape,
    });
    expect(await differing(spec, inputShape)).toBeLessThan(0.01);
  }
});
