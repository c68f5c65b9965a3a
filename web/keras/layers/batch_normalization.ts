// BatchNormalization keeps the shape; gamma, beta, moving_mean, moving_variance, each [channels]. It is never trained.
import { flag, initializer, number, only } from '../fields.ts';
import { layer } from '../layer.ts';
import type { Initializer, LayerConfig } from '../types.ts';

export interface BatchNormalizationConfig extends LayerConfig {
  /** Always false: it normalizes with its moving statistics, in training too. */
  trainable?: false;
  /** Kept for files; default 0.99. */
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
  frozen: true,
  // Penalties and constraints of gamma and beta have no say, as the layer is not trained.
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
    if (at.trainable) {
      const cure = 'Set trainable to false: it then normalizes with its moving statistics.';
      const message = `training with the statistics of each batch is not supported. ${cure}`;
      at.fail('unsupported_layer', message);
    }
    at.require(epsilon >= 0, 'an epsilon of at least 0', 'a negative one');
    return [...at.input];
  },
  weights(at, { scale, center }) {
    const shape = [at.input.at(-1)!];
    const has = { gamma: scale, beta: center, moving_mean: true, moving_variance: true };
    const names = Object.keys(has) as (keyof typeof has)[];
    return names.filter((name) => has[name]).map((name) => ({ name, shape }));
  },
});
