// The losses and metrics there are. Labels are class numbers, so Keras's two cross-entropies are the same loss here.
import { camelCase } from './names.ts';

export const LOSSES = ['categorical_crossentropy', 'sparse_categorical_crossentropy'] as const;
export const METRICS = ['accuracy'] as const;

/** A loss under any of its names: the function's, that in camel case, the class's. Null for others. */
export function lossNamed(word: string): (typeof LOSSES)[number] | null {
  const names = (loss: string) => {
    const camel = camelCase(loss);
    return [loss, camel, camel[0]!.toUpperCase() + camel.slice(1)];
  };
  return LOSSES.find((loss) => names(loss).includes(word)) ?? null;
}
