// What a file says of `compile`: as much of it as trains here, and the rest by name, so that nothing trains as if it were.
import { compiled, isTaken, lossInKeras } from '../api/optimizer.ts';
import type { CompileOptions, LossSpec, NotKept } from '../api/types.ts';
import type { Fields } from '../keras/fields.ts';
import { lossNamed, lossOf } from '../keras/losses.ts';
import { camelCase } from '../keras/names.ts';
import { OPTIMIZER_NAMES } from '../keras/optimizer_defaults.ts';
import { OPTIMIZERS, ofToday } from '../keras/optimizers.ts';
import { ConfigReader, shortest } from '../keras/reader.ts';
import { isObject, wordOf } from './json.ts';

export interface CompileInFile {
  /** Null where the file does not say. */
  readonly options: CompileOptions | null;
  readonly lost: readonly NotKept[];
  /** Whether the optimizer's variables mean here what they mean in the file. */
  readonly goesOn: boolean;
}

/** Of an optimizer: what says nothing about the training, or nothing without another setting that is named. */
const SILENT = ['name', 'jit_compile', 'is_legacy_optimizer', 'initial_decay'];

/** `training`: `compile`'s arguments in Keras's words, of any release and of TensorFlow.js. Never throws. */
export function compileInFile(
  config: unknown,
  training: Readonly<Record<string, unknown>>,
): CompileInFile {
  const { loss, loss_weights } = training;
  const said = isGiven(config) || isGiven(loss);
  if (!said) return { options: null, lost: [], goesOn: false };
  const ofOptimizer: NotKept[] = [];
  const optimizer = isGiven(config) ? optimizerIn(config, ofOptimizer) : null;
  const ofLoss: NotKept[] = [];
  const kept = lossIn(loss, ofLoss);
  if (!areOnes(loss_weights)) ofLoss.push(setting('loss_weights', loss_weights));
  const options: CompileOptions = { ...(optimizer && { optimizer }), ...(kept && { loss: kept }) };
  return {
    options: optimizer || kept ? options : null,
    lost: [...ofOptimizer, ...ofLoss],
    goesOn: optimizer !== null && ofOptimizer.length === 0,
  };
}

function optimizerIn(config: unknown, lost: NotKept[]): CompileOptions['optimizer'] | null {
  const { word, settings } = classIn(config);
  // Around another one, so that 16-bit gradients do not vanish.
  if (word === 'LossScaleOptimizer' && isObject(settings.inner_optimizer ?? settings.optimizer)) {
    lost.push({ what: 'setting', layer: null, name: word });
    return optimizerIn(settings.inner_optimizer ?? settings.optimizer, lost);
  }
  // "Custom>Adam" is Keras 2's, "rms_prop" TensorFlow.js's.
  const plain = word.replace('Custom>', '').replaceAll('_', '').toLowerCase();
  const name = OPTIMIZER_NAMES.find((n) => n === plain);
  if (!name) {
    lost.push({ what: 'optimizer', layer: null, name: word });
    return null;
  }
  const { fields } = OPTIMIZERS[name] as { fields: Fields };
  // TensorFlow.js has one "decay", which is Keras's rho; Keras 2's makes the learning rate smaller.
  const theirs = name === 'rmsprop' && !('rho' in settings) && 'decay' in settings;
  const spelled = Object.entries(settings).map(([key, value]) => [
    theirs && key === 'decay' ? 'rho' : snake(key),
    value,
  ]);
  const told = ofToday(name, Object.fromEntries(spelled));
  const kept: Record<string, unknown> = { name };
  for (const [key, value] of Object.entries(told)) {
    const field = Object.hasOwn(fields, key) ? fields[key]! : null;
    if (!field || field.fixed) {
      if (!SILENT.includes(key) && !isIdle(value)) lost.push(setting(key, value));
      continue;
    }
    const read = typeof value === 'number' ? shortest(value) : value;
    if (!isGiven(value) || read === usualOf(fields, key)) continue;
    const optimizer = { name, [camelCase(key)]: read };
    // A schedule is kept as compile has it.
    if (isTaken({ optimizer })) Object.assign(kept, compiled({ optimizer }).optimizer);
    else lost.push(setting(key, value));
  }
  return kept as CompileOptions['optimizer'];
}

function usualOf(fields: Fields, key: string): unknown {
  return fields[key]!.read(new ConfigReader({}, key), key, {});
}

function lossIn(loss: unknown, lost: NotKept[]): LossSpec | LossSpec['name'] | null {
  const one = onlyOf(loss);
  const { word, settings } = classIn(one);
  const name = lossNamed(word);
  if (!name) {
    lost.push({ what: 'loss', layer: null, name: isGiven(one) ? word : 'None' });
    return null;
  }
  const { fields } = lossOf(name);
  const usual: Record<string, unknown> = lossInKeras(name);
  const kept: Record<string, unknown> = {};
  for (const [given, value] of Object.entries(settings)) {
    const key = snake(given);
    if (!Object.hasOwn(fields, key) || !isGiven(value) || value === usual[key]) continue;
    const one = { [camelCase(key)]: value };
    if (!isTaken({ loss: { name, ...one } })) lost.push(setting(key, value));
    else if (!fields[key]!.fixed) Object.assign(kept, one);
  }
  return Object.keys(kept).length > 0 ? ({ name, ...kept } as LossSpec) : name;
}

/** Models here have one output: its loss may stand in a list or under its name. */
function onlyOf(loss: unknown): unknown {
  const named = isObject(loss) && !('class_name' in loss) && !('className' in loss);
  const list: unknown[] = Array.isArray(loss) ? loss : named ? Object.values(loss) : [loss];
  return list.length === 1 ? list[0] : loss;
}

/** A word, a class with its settings, or a function as Keras 3 writes it. */
function classIn(value: unknown): { word: string; settings: Record<string, unknown> } {
  if (!isObject(value)) return { word: wordOf(value), settings: {} };
  const { class_name = value.className, config } = value;
  if (class_name === 'function') return { word: wordOf(config), settings: {} };
  return { word: wordOf(class_name), settings: isObject(config) ? config : {} };
}

function setting(key: string, value: unknown): NotKept {
  const shown = isObject(value)
    ? wordOf(value.class_name ?? value.className)
    : Array.isArray(value)
      ? `[${value.slice(0, 8).map(wordOf).join(', ')}]`
      : wordOf(value);
  return { what: 'setting', layer: null, name: `${key.slice(0, 64)} = ${shown}` };
}

const isGiven = (value: unknown) => value !== undefined && value !== null;

const isIdle = (value: unknown) => !isGiven(value) || value === false || value === 0;

function areOnes(weights: unknown): boolean {
  if (!isGiven(weights)) return true;
  const list: unknown[] = isObject(weights) ? Object.values(weights) : [weights].flat();
  return list.every((weight) => weight === 1 || !isGiven(weight));
}

const snake = (key: string) => key.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
