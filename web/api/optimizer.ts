// `compile`'s settings: read from a call, and in Keras's words as the core reads them.
import { type Fields, idle, readFields } from '../keras/fields.ts';
import { given, reading } from '../keras/given.ts';
import { LOSS_NAMES, type LossKey, lossNamed, lossOf } from '../keras/losses.ts';
import {
  isAccuracy,
  isMetricKey,
  METRIC_WORDS,
  METRICS,
  type MetricSpec,
  metricKey,
  metricNamed,
} from '../keras/metrics.ts';
import { camelCase, inSnakeCase } from '../keras/names.ts';
import { nearest } from '../keras/nearest.ts';
import { OPTIMIZER_NAMES, type OptimizerName } from '../keras/optimizer_defaults.ts';
import { contradicted, OPTIMIZERS, ofToday } from '../keras/optimizers.ts';
import { ConfigReader, isPlain, shown } from '../keras/reader.ts';
import { isSchedule, scheduleInKeras } from '../keras/schedules.ts';
import type { CompileOptions, LossName, LossSpec, OptimizerSpec } from './types.ts';

const MOST_METRICS = 16;

const FIELDS: Fields = {
  optimizer: { kind: 'other', read: (r, key) => optimizerOf(r, r.value(key)) },
  loss: { kind: 'other', read: (r, key) => lossIn(r, r.value(key)) },
  metrics: { kind: 'other', none: true, read: (r, key) => metricsOf(r, r.value(key)) },
  loss_weights: idle(null),
  weighted_metrics: idle(null),
  run_eagerly: idle(false),
  steps_per_execution: idle(1),
  jit_compile: idle('auto', false, true),
  auto_scale_loss: idle(true),
};

const EXAMPLE = "compile({ optimizer: 'adam', loss: 'categorical_crossentropy' })";

/** What `compile` was given, checked and with the defaults filled in. Errors: `invalid_config`, `invalid_argument`. */
export function compiled(...args: readonly unknown[]): Required<CompileOptions> {
  return { ...USUAL, ...given('compile', FIELDS, args, EXAMPLE) } as Required<CompileOptions>;
}

/** Whether `compile` takes them as they are. */
export function isTaken(options: unknown): options is CompileOptions {
  try {
    return compiled(options) !== null;
  } catch {
    return false;
  }
}

const USUAL = { optimizer: 'adam', loss: 'categorical_crossentropy', metrics: ['accuracy'] };

/** The optimizer under Keras's names. */
export function optimizerInKeras(
  optimizer: OptimizerName | OptimizerSpec,
): Record<string, unknown> {
  if (typeof optimizer === 'string') return { name: optimizer };
  const out: Record<string, unknown> = { name: optimizer.name };
  for (const key of Object.keys(OPTIMIZERS[optimizer.name].fields)) {
    const value = (optimizer as unknown as Record<string, unknown>)[camelCase(key)];
    if (value !== undefined) out[key] = value;
  }
  return out;
}

function optimizerOf(r: ConfigReader, value: unknown): OptimizerName | OptimizerSpec {
  if (!isPlain(value)) {
    return oneNamed(r, 'optimizer', value, optimizerNamed, OPTIMIZER_NAMES) as OptimizerName;
  }
  const { name: word, ...told } = value;
  const name = oneNamed(r, 'optimizer', word, optimizerNamed, OPTIMIZER_NAMES) as OptimizerName;
  const where = `compile: optimizer "${name}"`;
  const settings = 'lr' in told || 'decay' in told ? ofToday(name, inSnakeCase(told)) : told;
  const both = contradicted(inSnakeCase(told));
  if (both) r.fail(`expected one of ${both}, got both.`);
  const { fields } = OPTIMIZERS[name];
  const example = `{ name: '${name}', learningRate: 0.001 }`;
  return { name, ...given(where, fields, [settings], example) } as OptimizerSpec;
}

function lossIn(r: ConfigReader, value: unknown): LossName | LossSpec {
  if (!isPlain(value)) return oneNamed(r, 'loss', value, lossAsWritten, LOSS_NAMES) as LossName;
  const { name: word, ...settings } = value;
  const name = oneNamed(r, 'loss', word, lossAsWritten, LOSS_NAMES) as LossName;
  const { fields } = lossOf(lossNamed(name)!);
  const own = Object.keys(fields).find((key) => !fields[key]!.fixed);
  const example = `{ name: '${name}'${own ? `, ${camelCase(own)}: …` : ''} }`;
  return { name, ...given(`compile: loss "${name}"`, fields, [settings], example) };
}

/** The optimizer as the core reads it, which is told a schedule apart from the rate. */
export function optimizerForCore(
  optimizer: OptimizerName | OptimizerSpec,
): Record<string, unknown> {
  const { learning_rate, ...rest } = optimizerInKeras(optimizer);
  if (!isSchedule(learning_rate))
    return { ...rest, ...(learning_rate !== undefined && { learning_rate }) };
  return { ...rest, schedule: { name: learning_rate.name, ...scheduleInKeras(learning_rate) } };
}

/** The loss under Keras's name, with all its settings. */
export function lossInKeras(
  loss: NonNullable<CompileOptions['loss']>,
): { name: LossKey } & Record<string, unknown> {
  const { name: word, ...told } = typeof loss === 'string' ? { name: loss } : loss;
  const name = lossNamed(word)!;
  const r = new ConfigReader(inSnakeCase(told), `loss "${name}"`);
  return { name, ...readFields(lossOf(name).fields, r) };
}

/** Keras takes the class's name too. */
const optimizerNamed = (word: string) =>
  OPTIMIZER_NAMES.find((name) => name === word.toLowerCase()) ?? null;

/** As it was written, where it is known. */
const lossAsWritten = (word: string) => {
  const loss = lossNamed(word);
  return loss && (word === loss || word === camelCase(loss) ? word : loss);
};

function metricsOf(r: ConfigReader, value: unknown): (string | MetricSpec)[] {
  return reading(r.where, () => {
    const list = Array.isArray(value) ? value : [value];
    if (list.length > MOST_METRICS) r.expected(`at most ${MOST_METRICS} words`, 'metrics');
    return Array.from(list, (metric) => metricOf(r, metric));
  });
}

function metricOf(r: ConfigReader, value: unknown): string | MetricSpec {
  const known = (word: string) => (isAccuracy(word) ? 'accuracy' : metricNamed(word));
  const named = (word: unknown) => oneNamed(r, 'metrics', word, known, METRIC_WORDS);
  if (!isPlain(value)) {
    named(value);
    return value as string;
  }
  const { metric = value.name, name, ...told } = value;
  const kind = named(metric);
  const { fields } = METRICS[kind === 'accuracy' ? 'categorical_accuracy' : kind]!;
  const settings = given(`compile: metric "${kind}"`, fields, [told], `{ metric: '${kind}' }`);
  const own = value.metric === undefined ? undefined : name;
  const key = own ?? metricKey({ metric: kind });
  const wrong = key === 'accuracy' && !/^(?:sparse_)?(?:categorical_)?accuracy$/.test(kind);
  if (typeof key !== 'string' || !isMetricKey(key) || wrong) {
    r.fail(`expected a metric's name that nothing else has, got ${shown(key)}.`);
  }
  return { metric: kind, ...settings, ...(own !== undefined && { name: key }) };
}

function oneNamed(
  r: ConfigReader,
  what: string,
  value: unknown,
  named: (word: string) => string | null,
  known: readonly string[],
): string {
  const found = typeof value === 'string' && value.length < 64 ? named(value) : null;
  if (found) return found;
  const near = typeof value === 'string' ? nearest(value, known) : null;
  const cure = near ? ` Did you mean ${near}?` : '';
  r.fail(`expected ${what} to be one of ${known.join(', ')}, got ${shown(value)}.${cure}`);
}
