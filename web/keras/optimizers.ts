// The optimizers there are: their settings with Keras's defaults and the core's ranges. A new one is an entry of this list.
import { type Field, flag, idle, number, readFields } from './fields.ts';
import { ConfigReader } from './reader.ts';

const rate = (usual: number) => number(usual, { min: 0, max: 1e6, always: true });
const share = (usual: number) => number(usual, { min: 0, max: 1 });
/** Of a moving mean that must forget. */
const decay = (usual: number) => number(usual, { min: 0, max: 0.9999999 });

/** What every optimizer of Keras has, where it says nothing. */
const UNUSED = {
  weight_decay: idle(null, 0),
  clipnorm: idle(null),
  clipvalue: idle(null),
  global_clipnorm: idle(null),
  use_ema: idle(false),
  ema_momentum: idle(0.99),
  ema_overwrite_frequency: idle(null),
  loss_scale_factor: idle(null),
  gradient_accumulation_steps: idle(null),
};

export interface Optimizer {
  readonly className: string;
  /** In the order of Keras's arguments. */
  readonly fields: Readonly<Record<string, Field<number> | Field<boolean> | Field<never>>>;
}

export const OPTIMIZERS = {
  adam: {
    className: 'Adam',
    fields: {
      learning_rate: rate(0.001),
      beta_1: decay(0.9),
      beta_2: decay(0.999),
      epsilon: share(1e-7),
      amsgrad: idle(false),
      ...UNUSED,
    },
  },
  sgd: {
    className: 'SGD',
    fields: { learning_rate: rate(0.01), momentum: share(0), nesterov: flag(false), ...UNUSED },
  },
  rmsprop: {
    className: 'RMSprop',
    fields: {
      learning_rate: rate(0.001),
      rho: share(0.9),
      momentum: share(0),
      epsilon: share(1e-7),
      centered: flag(false),
      ...UNUSED,
    },
  },
} as const satisfies Record<string, Optimizer>;

export type OptimizerName = keyof typeof OPTIMIZERS;
export const OPTIMIZER_NAMES = Object.keys(OPTIMIZERS) as readonly OptimizerName[];

/** Keras's defaults of the settings that Ziffer has, under Keras's names. */
export function usualSettings(name: OptimizerName): Record<string, number | boolean> {
  const nothing = new ConfigReader({}, name);
  return readFields(OPTIMIZERS[name].fields, nothing) as Record<string, number | boolean>;
}
