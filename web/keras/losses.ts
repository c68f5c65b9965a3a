// The losses there are. Labels are class numbers here, and a loss sees them as Keras's does one-hot ones. A new loss is an
// entry of this list.
import { type Fields, flag, idle, number } from './fields.ts';
import { camelCase } from './names.ts';

export interface Loss {
  readonly className: string;
  /** In the order of Keras's arguments. */
  readonly fields: Fields;
  /** The loss that is the same where Keras is given one-hot labels; left out: it takes them itself. */
  readonly ofOneHot?: string;
  /** Keras's short words for it. */
  readonly aliases?: readonly string[];
}

const REDUCTION = idle('sum_over_batch_size', 'auto', 'mean', 'mean_with_sample_weight');
const LOGITS = { from_logits: flag(false) };
const SMOOTHED = { ...LOGITS, label_smoothing: number(0, { min: 0, max: 1 }), axis: idle(-1) };

/** Under Keras's names; the first is what `compile` takes where none is given. */
export const LOSSES = {
  categorical_crossentropy: {
    className: 'CategoricalCrossentropy',
    fields: { ...SMOOTHED, reduction: REDUCTION },
  },
  sparse_categorical_crossentropy: {
    className: 'SparseCategoricalCrossentropy',
    fields: { ...LOGITS, ignore_class: idle(null), reduction: REDUCTION, axis: idle(-1) },
    ofOneHot: 'categorical_crossentropy',
  },
  mean_squared_error: {
    className: 'MeanSquaredError',
    fields: { reduction: REDUCTION },
    aliases: ['mse', 'MSE'],
  },
  binary_crossentropy: {
    className: 'BinaryCrossentropy',
    fields: { ...SMOOTHED, reduction: REDUCTION },
    aliases: ['bce', 'BCE'],
  },
  mean_absolute_error: {
    className: 'MeanAbsoluteError',
    fields: { reduction: REDUCTION },
    aliases: ['mae', 'MAE'],
  },
  kl_divergence: {
    className: 'KLDivergence',
    fields: { reduction: REDUCTION },
    aliases: ['kld', 'KLD', 'kullback_leibler_divergence'],
  },
} as const satisfies Record<string, Loss>;

export type LossKey = keyof typeof LOSSES;
export const LOSS_NAMES = Object.keys(LOSSES) as readonly LossKey[];

export function lossOf(name: LossKey): Loss {
  return LOSSES[name];
}

/** A loss under any of its names: the function's, that in camel case, the class's, a short one. Null for others. */
export function lossNamed(word: string): LossKey | null {
  const is = (name: LossKey) => {
    const { className, aliases = [] } = lossOf(name);
    return [name, camelCase(name), className, ...aliases].includes(word);
  };
  return LOSS_NAMES.find(is) ?? null;
}
