// `compile`'s settings in Keras's words, as the core reads them.
import { ZifferError } from '../protocol/errors.ts';
import type { CompileOptions, OptimizerName, OptimizerSpec } from './types.ts';

const NAMES: readonly OptimizerName[] = ['adam', 'sgd', 'rmsprop'];
const KEYS: Record<string, string> = {
  learningRate: 'learning_rate',
  beta1: 'beta_1',
  beta2: 'beta_2',
  epsilon: 'epsilon',
  momentum: 'momentum',
  nesterov: 'nesterov',
  rho: 'rho',
  centered: 'centered',
};
const LOSSES = [
  'categorical_crossentropy',
  'sparse_categorical_crossentropy',
  'categoricalCrossentropy',
  'sparseCategoricalCrossentropy',
];

/** Fills in the defaults and checks the words; the core checks the numbers. Errors: `invalid_config`. */
export function compiled(options: CompileOptions): Required<CompileOptions> {
  const { optimizer = 'adam', loss = 'categorical_crossentropy', metrics = ['accuracy'] } = options;
  const name = typeof optimizer === 'string' ? optimizer : optimizer.name;
  requireWord('optimizer', name, NAMES);
  requireWord('loss', loss, LOSSES);
  for (const metric of metrics) requireWord('metrics', metric, ['accuracy']);
  return { optimizer, loss, metrics };
}

/** The optimizer as the core's options have it. Errors: `invalid_config` for a setting that no optimizer has. */
export function optimizerInKeras(
  optimizer: OptimizerName | OptimizerSpec,
): Record<string, unknown> {
  if (typeof optimizer === 'string') return { name: optimizer };
  const { name, ...settings } = optimizer;
  const out: Record<string, unknown> = { name };
  for (const [key, value] of Object.entries(settings)) {
    requireWord(`optimizer "${name}"`, key, Object.keys(KEYS));
    out[KEYS[key]!] = value;
  }
  return out;
}

function requireWord(where: string, got: unknown, known: readonly string[]): void {
  if (known.includes(got as string)) return;
  const message = `compile: expected ${where} to be one of ${known.join(', ')}, got ${JSON.stringify(got)}.`;
  throw new ZifferError('invalid_config', message);
}
