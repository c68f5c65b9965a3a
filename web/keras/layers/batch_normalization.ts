// BatchNormalization keeps the shape; gamma, beta, moving_mean, moving_variance, each [channels].
import { flag, initializer, number, only } from '../fields.ts';
import { layer } from '../layer.ts';
import type { Initializer, LayerConfig } from '../types.ts';

export interface BatchNormalizationConfig extends LayerConfig {
  /** How much of themselves the moving statistics keep at each step; default 0.99. */
  momentum?: number;
  /** Added to the variance; default 0.001. */
  epsilon?: number;
  /** Whether it has beta; default true. */
  center?: boolean;
  /** Whether it has gamma; default true. */
  scale?: boolean;
  /** Default `zeros`. */
  betaInitializer?: Initializer;
  /** Default `ones`. */
  gammaInitializer?: Initializer;
  /** Default `zeros`. */
  movingMeanInitializer?: Initializer;
  /** Default `ones`. */
  movingVarianceInitializer?: Initializer;
}

export const batchNormalization = layer({
  className: 'BatchNormalization',
  offered: {},
  fields: {
    axis: only(-1),
    momentum: number(0.99),
    epsilon: number(0.001),
    center: flag(true),
    scale: flag(true),
    beta_initializer: initializer('zeros'),
    gamma_initializer: initializer('ones'),
    moving_mean_initializer: initializer('zeros'),
    moving_variance_initializer: initializer('ones'),
    renorm: only(false),
  },
  shape(at, { epsilon }) {
    at.require(epsilon >= 0, 'an epsilon of at least 0', 'a negative one');
    return [...at.input];
  },
  weights(at, { scale, center }) {
    const shape = [at.input.at(-1)!];
    const learned = [scale && 'gamma', center && 'beta'] as const;
    return [
      ...learned.filter((name) => name !== false).map((name) => ({ name, shape })),
      { name: 'moving_mean', shape, moving: true },
      { name: 'moving_variance', shape, moving: true },
    ];
  },
});
