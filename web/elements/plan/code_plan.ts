// What a Keras script says, as the lab's layers and settings, and what of it the lab does not do.
import {
  type KerasReading,
  type LayerSpec,
  layers,
  type OptimizerSpec,
  ZifferError,
} from '../../api/index.ts';
import { isGraph, sourcesOf, withSources } from '../../keras/inbound.ts';
import { camelCase, snakeCase } from '../../keras/names.ts';
import { shown } from '../../keras/reader.ts';
import type { HintCode, Note, ReadModel } from '../../keras_code/types.ts';
import {
  allowed,
  defaultSettings,
  type NumberSetting,
  optimizerOf,
  optimizerSettings,
  type Settings,
} from './settings.ts';

/** What a script said besides its model, for its reader to see. */
export interface CodeNotes {
  /** The file's name; null for what stands in the page, or was pasted. */
  readonly name: string | null;
  /** The model that was taken. */
  readonly model: string;
  /** All of the script's models: more than one is a choice. */
  readonly models: readonly Pick<ReadModel, 'name' | 'line' | 'cell'>[];
  /** Words to the author, what was read otherwise than it says, and what the lab does otherwise; by their lines. */
  readonly notes: readonly CodeNote[];
  /** Lines on which nothing depends. */
  readonly skipped: readonly CodeNote[];
}

export interface CodeNote {
  /** From 1, of the code cells joined; null where it is no line's. */
  readonly line: number | null;
  /** In a notebook: which of its code cells, from 1. */
  readonly cell?: number | undefined;
  /** In English, as the reading says it. */
  readonly text: string;
  /** What is said of many scripts has a name. */
  readonly hint?: HintCode;
  /** The line itself. */
  readonly of?: string;
}

export interface CodePlan {
  readonly layers: readonly LayerSpec[];
  readonly settings: Settings;
  /** What the lab does otherwise. */
  readonly notes: readonly CodeNote[];
}

/** So many of the lines that stop a script are named in the error. */
const NAMED = 3;

const blocks = ({ unread }: ReadModel) => unread.some((note) => note.blocking);

/** Where the last model is not understood, and another one of the script is: that one's name. */
export function readableModel(reading: KerasReading): string | null {
  if (!blocks(reading)) return null;
  return reading.models.filter((model) => !blocks(model)).at(-1)?.name ?? null;
}

/** Errors: `unsupported_model` where something would change the result and was not understood. */
export function requireRead(name: string, { unread }: KerasReading): void {
  const blocking = unread.filter((note) => note.blocking);
  if (blocking.length === 0) return;
  const lines = blocking.slice(0, NAMED).map(({ line, cell, text, reason }) => {
    const where = cell === undefined ? `line ${line}` : `line ${line} (cell ${cell})`;
    return text ? `${where}: ${text} – ${reason}` : reason;
  });
  const more = blocking.length > NAMED ? `; and ${blocking.length - NAMED} more` : '';
  throw new ZifferError('unsupported_model', `${name}: ${lines.join('; ')}${more}.`);
}

/** `otherwise`: what the lab does otherwise. */
export function notesOf(
  name: string | null,
  { name: model, models, hints, unread, skipped }: KerasReading,
  otherwise: readonly CodeNote[],
): CodeNotes {
  const said = [
    ...hints.map(({ line, cell, code, text }): CodeNote => ({ line, cell, text, hint: code })),
    ...unread.map(noteOf),
  ];
  return {
    name,
    model,
    models: models.map(({ name, line, cell }) => ({
      name,
      line,
      ...(cell !== undefined && { cell }),
    })),
    notes: [...said.sort((a, b) => a.line! - b.line!), ...otherwise],
    skipped: skipped.map(noteOf),
  };
}

const noteOf = ({ line, cell, text, reason }: Note): CodeNote => ({
  ...{ line, cell, of: text },
  text: reason,
});

/** The pixels come as 0 to 1: what the script makes of them otherwise is a layer in front; what it does to pictures another. */
function withData({ layers: list, data }: KerasReading): readonly LayerSpec[] {
  const scale = (data?.scale ?? 1 / 255) * 255;
  const offset = data?.offset ?? 0;
  const [first, ...rest] = list;
  if (!first) return list;
  const { inputShape, ...config } = first.config as { inputShape?: readonly number[] };
  const front: LayerSpec[] = [];
  const [rows, columns] = data?.pad ?? [0, 0];
  const padded = rows + columns > 0;
  if (padded) front.push(layers.zeroPadding2d({ padding: [rows, columns] }));
  // What is padded has channels here, also where the script's has none.
  if (padded && inputShape?.length === 2) front.push(layers.reshape({ targetShape: inputShape }));
  if (Math.abs(scale - 1) >= 1e-9 || offset !== 0) front.push(layers.rescaling({ scale, offset }));
  if (data?.augmentation) front.push(layers.imageDataGenerator(data.augmentation));
  const [start, ...others] = behind(front, [{ ...first, config } as LayerSpec, ...rest]);
  const shape = inputShape && { inputShape: padded ? [28, 28, 1] : inputShape };
  return [{ ...start, config: { ...start!.config, ...shape } } as LayerSpec, ...others];
}

/** Layers behind others; what took the input takes the last of those. */
function behind(front: readonly LayerSpec[], list: readonly LayerSpec[]): LayerSpec[] {
  const all = [...front, ...list];
  if (front.length === 0 || !isGraph(list)) return all;
  const own = sourcesOf(list).map((places) => places?.map((place) => place + front.length) ?? null);
  return withSources(all, [...front.map(() => null), ...own]);
}

/** What the lab makes of a script. */
export function planOfCode(reading: KerasReading): CodePlan {
  const settings = { ...defaultSettings('custom'), patience: null, checkpoint: false };
  const notes: CodeNote[] = [];
  const say = (text: string) => notes.push({ line: null, text });
  takeOptimizer(reading, settings, say);
  takeFit(reading, settings, say);
  const { data } = reading;
  if (data) takeNumber(settings, 'trainCount', data.trainCount, say);
  if (data && data.source !== 'mnist') say(`${data.source}: this page trains on its own images`);
  return { layers: withData(reading), settings, notes };
}

function takeOptimizer(
  { compile }: KerasReading,
  settings: Settings,
  say: (text: string) => void,
): void {
  if (!compile) return;
  const told = compile.optimizer as OptimizerSpec;
  Object.assign(settings, optimizerSettings(told));
  const here = optimizerOf(settings) as unknown as Record<string, unknown>;
  for (const [key, value] of Object.entries(told)) {
    const other = here[camelCase(key)];
    if (JSON.stringify(other) !== JSON.stringify(value)) {
      say(`optimizer: ${key} = ${shown(value)} in the script, ${shown(other)} here`);
    }
  }
}

/** What fit is told in a script and the lab has no field for. */
const LEFT_OUT = [
  'classWeight',
  'initialEpoch',
  'stepsPerEpoch',
  'validationSteps',
  'validationBatchSize',
  'validationFreq',
];

function takeFit({ fit }: KerasReading, settings: Settings, say: (text: string) => void): void {
  if (!fit) return;
  takeNumber(settings, 'batchSize', fit.batchSize, say);
  takeNumber(settings, 'epochs', fit.epochs, say);
  takeNumber(settings, 'validationSplit', fit.validationSplit, say);
  if (fit.validationData === 'test') {
    say('validation_data: the test digits are read once, when the training has ended');
  }
  for (const key of LEFT_OUT) {
    const value = (fit as unknown as Record<string, unknown>)[key];
    if (value !== undefined) say(`${snakeCase(key)} = ${shown(value)} is left out`);
  }
  if (!fit.shuffle) say('shuffle=False: the images are shuffled before each epoch');
  for (const { kind, options } of fit.callbacks) {
    const watched = settings.validationSplit > 0 && (options.monitor ?? 'val_loss') === 'val_loss';
    if (kind === 'modelCheckpoint' && watched) settings.checkpoint = true;
    else if (kind === 'earlyStopping' && watched && !options.minDelta && !options.startFromEpoch) {
      takeNumber(settings, 'patience', Number(options.patience ?? 0), say);
      if (options.restoreBestWeights) settings.checkpoint = true;
    } else say(`${kind} is left out`);
  }
}

/** A number that the lab has no field for stays the lab's, and is said. */
function takeNumber(
  settings: Settings,
  name: NumberSetting,
  value: number,
  say: (text: string) => void,
): void {
  if (allowed(name, value)) Object.assign(settings, { [name]: value });
  else say(`${name} = ${value} is ${settings[name]} here`);
}
