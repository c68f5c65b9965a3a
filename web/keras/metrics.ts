// The metrics there are besides the accuracy, which is always measured, under any of Keras's names. Labels are class numbers here, so
// that what Keras has for one-hot labels and for numbers is the same metric. Each loss is one, too.
import { count, type Fields, idle, number, readFields } from './fields.ts';
import { LOSS_NAMES, LOSSES, lossNamed } from './losses.ts';
import { camelCase, inSnakeCase } from './names.ts';
import { ConfigReader } from './reader.ts';

interface Metric {
  readonly className: string;
  readonly fields: Fields;
  /** What the core has for it; left out: its own name. */
  readonly as?: string;
  readonly aliases?: readonly string[];
}

const OWN: Readonly<Record<string, Metric>> = {
  categorical_accuracy: { className: 'CategoricalAccuracy', fields: {} },
  sparse_categorical_accuracy: {
    className: 'SparseCategoricalAccuracy',
    fields: {},
    as: 'categorical_accuracy',
  },
  binary_accuracy: {
    className: 'BinaryAccuracy',
    fields: { threshold: number(0.5, { min: -1e9, max: 1e9 }) },
  },
  top_k_categorical_accuracy: {
    className: 'TopKCategoricalAccuracy',
    fields: { k: count(1, 256, 5) },
    aliases: ['top_k_accuracy'],
  },
  sparse_top_k_categorical_accuracy: {
    className: 'SparseTopKCategoricalAccuracy',
    fields: { k: count(1, 256, 5), from_sorted_ids: idle(false) },
    as: 'top_k_categorical_accuracy',
  },
};

export const METRICS: Readonly<Record<string, Metric>> = { ...OWN, ...LOSSES };

/** A metric as `compile` takes it; `name`: of its numbers in logs and history. */
export interface MetricSpec {
  readonly metric: string;
  readonly name?: string;
  readonly [setting: string]: unknown;
}

/** What the core measures, and the name that its numbers have. */
export interface MetricTold {
  readonly key: string;
  readonly name: string;
  readonly [setting: string]: unknown;
}

/** A metric under any of its names: the function's, that in camel case, the class's, a short one. Null for others. */
export function metricNamed(word: string): string | null {
  const own = Object.entries(OWN).find(([name, { className, aliases = [] }]) =>
    [name, camelCase(name), className, ...aliases].includes(word),
  );
  return own?.[0] ?? lossNamed(word);
}

/** `accuracy` in the spellings that Keras makes the right one of. */
export const isAccuracy = (word: string) => /^acc(?:uracy)?$/i.test(word);

/** Names of metrics, for who misspells one. */
export const METRIC_WORDS = ['accuracy', ...Object.keys(OWN), ...LOSS_NAMES];

/** What logs and evaluations have besides. */
const TAKEN =
  /^(?:val_.*|loss|learning_rate|epoch|confusion|count|predicted|confidence|__proto__)$/;

/** The key of a metric's numbers, as Keras gives it: a word stands for itself, an object has its own name. */
export function metricKey(metric: string | MetricSpec): string {
  if (typeof metric === 'string') return metric;
  return metric.name ?? (isAccuracy(metric.metric) ? 'accuracy' : metricNamed(metric.metric)!);
}

export const isMetricKey = (key: string) => /^[\w .:()-]{1,64}$/.test(key) && !TAKEN.test(key);

/** As the core reads them: each key once, and without the accuracy, which it has anyway. */
export function metricsForCore(metrics: readonly (string | MetricSpec)[]): MetricTold[] {
  const out = new Map<string, MetricTold>();
  for (const metric of metrics) {
    const key = metricKey(metric);
    if (key === 'accuracy' || out.has(key)) continue;
    const {
      metric: word,
      name: _,
      ...told
    } = typeof metric === 'string' ? { metric, name: metric } : metric;
    const name = isAccuracy(word) ? 'categorical_accuracy' : metricNamed(word)!;
    const { fields, as = name } = METRICS[name]!;
    const r = new ConfigReader(inSnakeCase(told), `metric "${word}"`);
    out.set(key, { ...readFields(fields, r), key, name: as });
  }
  return [...out.values()];
}
