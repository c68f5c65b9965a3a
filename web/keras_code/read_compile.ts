// `compile` as the API takes it: optimizers, losses and metrics in any of their spellings.

import type { Fields } from '../keras/fields.ts';
import { given } from '../keras/given.ts';
import { lossOf as lossEntry, lossNamed } from '../keras/losses.ts';
import { isMetricKey, METRICS, type MetricSpec, metricKey, metricNamed } from '../keras/metrics.ts';
import type { OptimizerName } from '../keras/optimizer_defaults.ts';
import { contradicted, OPTIMIZERS, ofToday } from '../keras/optimizers.ts';
import { ZifferError } from '../protocol/errors.ts';
import { argument } from './arguments.ts';
import type { Machine } from './machine.ts';
import type { ReadCompile } from './types.ts';
import { type Args, Made, Ref, Unknown, type Value } from './values.ts';
import { settingsOf, worded } from './words.ts';

/** What says nothing of the training. */
const SILENT = ['name', 'schedule_decay', 'jit_compile'];

export function compileOf(m: Machine, args: Args): ReadCompile {
  const optimizer = optimizerOf(m, argument(args, 0, 'optimizer') ?? 'rmsprop', args);
  const loss = lossOf(m, argument(args, 1, 'loss') ?? null, args);
  for (const key of ['loss_weights', 'sample_weight_mode', 'weighted_metrics']) {
    const value = args.named.get(key);
    if (value !== undefined && value !== null) m.block(args.at, `${key} is not read`);
  }
  return { optimizer, loss, metrics: metricsOf(m, argument(args, 2, 'metrics') ?? [], args) };
}

function optimizerOf(m: Machine, value: Value, args: Args): ReadCompile['optimizer'] {
  const word = nameOf(value);
  const wanted = word?.replaceAll('_', '').toLowerCase();
  const found = Object.entries(OPTIMIZERS).find(([name]) => name === wanted);
  if (!found) {
    if (value instanceof Unknown) m.block(value);
    m.block(args.at, `the optimizer ${word ?? 'here'} is not supported`);
    return { name: wanted ?? 'unknown' };
  }
  const [name, { className, fields }] = found;
  if (!(value instanceof Made)) return { name };
  const config: Record<string, unknown> = {};
  const told = settingsOf(value, Object.keys(fields));
  for (const [key, setting] of Object.entries(ofToday(name as OptimizerName, told))) {
    if (!SILENT.includes(key) && setting !== null) config[key] = setting;
  }
  for (const [key, setting] of Object.entries(told)) {
    if (setting === undefined && !SILENT.includes(key)) {
      m.block(value.args.at, `${key} is known only when the script runs`);
    }
  }
  if (told.decay)
    m.remark(value.args.at, 'decay makes the rate smaller as in Keras 2; Keras 3 ignores it');
  const both = contradicted(config);
  if (both) m.block(value.args.at, `Keras takes one of ${both}`);
  return { name, ...checked(m, className, fields as Fields, config, value.args) };
}

function lossOf(m: Machine, value: Value, args: Args): ReadCompile['loss'] {
  const word = nameOf(value);
  const name = word ? lossNamed(word) : null;
  if (!name) {
    if (value instanceof Unknown) m.block(value);
    m.block(args.at, `the loss ${word ?? 'here'} is not supported`);
    return word ?? 'unknown';
  }
  if (!(value instanceof Made)) return name;
  const told = settingsOf(value, Object.keys(lossEntry(name).fields));
  delete told.name;
  const settings = checked(m, word!, lossEntry(name).fields, told, value.args);
  return Object.keys(settings).length > 0 ? { name, ...settings } : name;
}

function checked(m: Machine, where: string, fields: Fields, config: object, { at }: Args) {
  try {
    return given(where, fields, [config], `${where}()`);
  } catch (error) {
    if (!(error instanceof ZifferError)) throw error;
    m.block(at, error.message);
    return {};
  }
}

/** A string, a function or an object by its name. */
export function nameOf(value: Value): string | null {
  if (typeof value === 'string') return value;
  return value instanceof Ref || value instanceof Made ? value.path.split('.').at(-1)! : null;
}

function metricsOf(m: Machine, value: Value, args: Args): ReadCompile['metrics'] {
  const list = Array.isArray(value) ? value.flat(2) : value === null ? [] : [value];
  const found = list.flatMap((metric) => {
    const word = nameOf(metric) ?? '';
    const plain = word.replaceAll('_', '').toLowerCase();
    // Keras's class of that name compares outputs with labels as they are.
    const ofOutputs = metric instanceof Made && plain === 'accuracy';
    if (!ofOutputs && /^(?:sparse)?(?:categorical)?acc(?:uracy)?$/.test(plain)) return ['accuracy'];
    const kind = ofOutputs ? null : metricNamed(word);
    const read = kind === null ? null : metricOf(metric, kind);
    if (read) return [read];
    m.remark(args.at, `the metric ${word || (worded(metric) ?? 'here')} is not computed`);
    return [];
  });
  return found.filter(
    (one, i) => i === found.findIndex((other) => metricKey(other) === metricKey(one)),
  );
}

/** As `compile` of the API takes it; null where a setting is not understood. */
function metricOf(value: Value, kind: string): string | MetricSpec | null {
  if (typeof value === 'string') return value;
  if (!(value instanceof Made)) return kind;
  const { name, dtype: _, ...told } = settingsOf(value, Object.keys(METRICS[kind]!.fields));
  try {
    const settings = given(kind, METRICS[kind]!.fields, [told], `${kind}()`);
    const own = typeof name === 'string' && isMetricKey(name) ? name : null;
    if (!own && Object.keys(settings).length === 0) return kind;
    return { metric: kind, ...settings, ...(own && { name: own }) };
  } catch {
    return null;
  }
}
