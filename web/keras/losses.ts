// The losses and metrics there are. Labels are class numbers, so Keras's two cross-entropies are the same loss here.
import { type Fields, flag, idle } from './fields.ts';
import { camelCase } from './names.ts';

export const LOSSES = ['categorical_crossentropy', 'sparse_categorical_crossentropy'] as const;
export const METRICS = ['accuracy'] as const;

/** Both losses' settings. */
export const LOSS_FIELDS = {
  from_logits: flag(false),
  label_smoothing: idle(0),
  ignore_class: idle(null),
  axis: idle(-1),
  reduction: idle('sum_over_batch_size', 'auto', 'mean', 'mean_with_sample_weight'),
} satisfies Fields;

/** A loss under any of its names: the function's, that in camel case, the class's. Null for others. */
export function lossNamed(word: string): (typeof LOSSES)[number] | null {
  const names = (loss: string) => {
    return [loss, camelCase(loss), lossClass(loss)];
  };
  return LOSSES.find((loss) => names(loss).includes(word)) ?? null;
}

/** `CategoricalCrossentropy` */
export function lossClass(loss: string): string {
  const camel = camelCase(loss);
  return camel[0]!.toUpperCase() + camel.slice(1);
}
