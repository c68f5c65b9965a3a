// The optimizers there are: their settings with the core's ranges. A new one is an entry of this list and one of the defaults.
import { count, type Field, flag, idle, number } from './fields.ts';
import { OPTIMIZER_DEFAULTS, type OptimizerName } from './optimizer_defaults.ts';
import { isPlain } from './reader.ts';
import { oldDecay, type ScheduleSpec, scheduleOf } from './schedules.ts';

/** A number, or a schedule. */
function rate(usual: number): Field<number | ScheduleSpec> {
  const plain = number(usual, { min: 0, max: 1e6, always: true });
  const read: Field<number | ScheduleSpec>['read'] = (r, key, before) => {
    const value = r.value(key);
    return isPlain(value) ? scheduleOf(r.where, value) : plain.read(r, key, before);
  };
  return { ...plain, read };
}
const share = (usual: number) => number(usual, { min: 0, max: 1 });
/** Of a moving mean that must forget. */
const decay = (usual: number) => number(usual, { min: 0, max: 0.9999999 });
/** Keras's None is 0: nothing is clipped. */
const clip = number(0, { min: 0, max: 1e6, none: true });

/** What every optimizer has, in the order of Keras's arguments. */
const COMMON = {
  weight_decay: number(0, { min: 0, max: 1, none: true }),
  clipnorm: clip,
  clipvalue: clip,
  global_clipnorm: clip,
  use_ema: flag(false),
  ema_momentum: share(0.99),
  ema_overwrite_frequency: count(0, 1e9, 0, { none: true }),
  loss_scale_factor: idle(null),
  gradient_accumulation_steps: idle(null),
} as const;
const { weight_decay: _, ...OTHERS } = COMMON;

/** The same as Keras writes it where it says nothing. */
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

export interface Optimizer {
  readonly className: string;
  /** In the order of Keras's arguments. */
  readonly fields: Readonly<
    Record<string, Field<number> | Field<number | ScheduleSpec> | Field<boolean> | Field<never>>
  >;
}

const { adam, sgd, rmsprop, adamw, adadelta, adagrad, adamax, nadam, lion } = OPTIMIZER_DEFAULTS;

export const OPTIMIZERS = {
  adam: {
    className: 'Adam',
    fields: {
      learning_rate: rate(adam.learning_rate),
      beta_1: decay(adam.beta_1),
      beta_2: decay(adam.beta_2),
      epsilon: share(adam.epsilon),
      amsgrad: idle(false),
      ...COMMON,
    },
  },
  sgd: {
    className: 'SGD',
    fields: {
      learning_rate: rate(sgd.learning_rate),
      momentum: share(sgd.momentum),
      nesterov: flag(sgd.nesterov),
      ...COMMON,
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
      ...COMMON,
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
      ...OTHERS,
    },
  },
  adadelta: {
    className: 'Adadelta',
    fields: {
      learning_rate: rate(adadelta.learning_rate),
      rho: share(adadelta.rho),
      epsilon: share(adadelta.epsilon),
      ...COMMON,
    },
  },
  adagrad: {
    className: 'Adagrad',
    fields: {
      learning_rate: rate(adagrad.learning_rate),
      initial_accumulator_value: number(adagrad.initial_accumulator_value, { min: 0, max: 1e6 }),
      epsilon: share(adagrad.epsilon),
      ...COMMON,
    },
  },
  adamax: {
    className: 'Adamax',
    fields: {
      learning_rate: rate(adamax.learning_rate),
      beta_1: decay(adamax.beta_1),
      beta_2: decay(adamax.beta_2),
      epsilon: share(adamax.epsilon),
      ...COMMON,
    },
  },
  nadam: {
    className: 'Nadam',
    fields: {
      learning_rate: rate(nadam.learning_rate),
      beta_1: decay(nadam.beta_1),
      beta_2: decay(nadam.beta_2),
      epsilon: share(nadam.epsilon),
      ...COMMON,
    },
  },
  lion: {
    className: 'Lion',
    fields: {
      learning_rate: rate(lion.learning_rate),
      beta_1: number(lion.beta_1, { min: 1e-9, max: 1 }),
      beta_2: decay(lion.beta_2),
      ...COMMON,
    },
  },
} as const satisfies Record<OptimizerName, Optimizer>;

/** Other names that Keras and TensorFlow.js had for settings. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  lr: 'learning_rate',
  beta1: 'beta_1',
  beta2: 'beta_2',
};

/** Settings under today's names in Keras's spelling: `lr`, and `decay`, which made the rate smaller with every step. */
export function ofToday(
  name: OptimizerName,
  told: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(told)) {
    const today = Object.hasOwn(OLD_NAMES, key) ? OLD_NAMES[key]! : key;
    if (value !== undefined && out[today] === undefined) out[today] = value;
  }
  const { decay, ...rest } = out;
  if (typeof decay !== 'number') return out;
  const { learning_rate = OPTIMIZER_DEFAULTS[name].learning_rate } = rest;
  if (decay === 0 || typeof learning_rate !== 'number') return rest;
  return { ...rest, learning_rate: oldDecay(learning_rate, decay) };
}

/** Of these Keras takes one at most. */
const CLIPS = ['clipnorm', 'clipvalue', 'global_clipnorm'];

/** The settings that cannot be together, as words; null where all can. */
export function contradicted(told: Readonly<Record<string, unknown>>): string | null {
  const given = CLIPS.filter((key) => told[key] !== undefined && told[key] !== null);
  return given.length > 1 ? given.join(' and ') : null;
}
