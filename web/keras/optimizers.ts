// The optimizers there are: their settings with the core's ranges. A new one is an entry of this list and one of the defaults.
import { type Field, flag, idle, number } from './fields.ts';
import { OPTIMIZER_DEFAULTS, type OptimizerName } from './optimizer_defaults.ts';

const rate = (usual: number) => number(usual, { min: 0, max: 1e6, always: true });
const share = (usual: number) => number(usual, { min: 0, max: 1 });
/** Of a moving mean that must forget. */
const decay = (usual: number) => number(usual, { min: 0, max: 0.9999999 });

/** What every optimizer of Keras has and none here, with Keras's values where it says nothing. */
export const UNUSED = {
  weight_decay: null,
  clipnorm: null,
  global_clipnorm: null,
  clipvalue: null,
  use_ema: false,
  ema_momentum: 0.99,
  ema_overwrite_frequency: null,
  loss_scale_factor: null,
  gradient_accumulation_steps: null,
} as const;

/** Calls may give what says nothing. */
const unused = {
  ...(Object.fromEntries(
    Object.entries(UNUSED).map(([name, usual]) => [name, idle(usual)]),
  ) as Record<keyof typeof UNUSED, Field<never>>),
  weight_decay: idle(null, 0),
};

const { weight_decay: _, ...others } = unused;

export interface Optimizer {
  readonly className: string;
  /** In the order of Keras's arguments. */
  readonly fields: Readonly<Record<string, Field<number> | Field<boolean> | Field<never>>>;
}

const { adam, sgd, rmsprop, adamw } = OPTIMIZER_DEFAULTS;

export const OPTIMIZERS = {
  adam: {
    className: 'Adam',
    fields: {
      learning_rate: rate(adam.learning_rate),
      beta_1: decay(adam.beta_1),
      beta_2: decay(adam.beta_2),
      epsilon: share(adam.epsilon),
      amsgrad: idle(false),
      ...unused,
    },
  },
  sgd: {
    className: 'SGD',
    fields: {
      learning_rate: rate(sgd.learning_rate),
      momentum: share(sgd.momentum),
      nesterov: flag(sgd.nesterov),
      ...unused,
    },
  },
  rmsprop: {
    className: 'RMSprop',
    fields: {
      learning_rate: rate(rmsprop.learning_rate),
      rho: share(rmsprop.rho),
      momentum: share(rmsprop.momentum),
      epsilon: share(rmsprop.epsilon),
      centered: flag(rmsprop.centered),
      ...unused,
    },
  },
  adamw: {
    className: 'AdamW',
    fields: {
      learning_rate: rate(adamw.learning_rate),
      weight_decay: share(adamw.weight_decay),
      beta_1: decay(adamw.beta_1),
      beta_2: decay(adamw.beta_2),
      epsilon: share(adamw.epsilon),
      amsgrad: idle(false),
      ...others,
    },
  },
} as const satisfies Record<OptimizerName, Optimizer>;
