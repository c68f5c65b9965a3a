// What `import … from './ziffer.js'` gives a page author.
import { ZifferError } from '../protocol/errors.ts';
import type { LayerSpec } from './layers.ts';
import type {
  Callback,
  Configuration,
  Dataset,
  EarlyStoppingOptions,
  FileSource,
  LoadIdxOptions,
  LoadMnistOptions,
  ModelCheckpointOptions,
  NormalizedDigit,
  NormalizePictureOptions,
  NormalizeStrokesOptions,
  Sequential,
  SequentialOptions,
  StrokePoint,
} from './types.ts';

export { ERROR_CODES, type ErrorCode, ZifferError } from '../protocol/errors.ts';
export { FitControl, type FitState } from './fit_control.ts';
export * from './layers.ts';
export type * from './types.ts';

const soon = (name: string): never => {
  throw new ZifferError('internal', `${name}: not implemented yet.`);
};

/** MNIST's two sets. Resolves as soon as the manifest and the first piece are known to be good. */
export async function loadMnist(
  _options: LoadMnistOptions = {},
): Promise<{ train: Dataset; test: Dataset }> {
  return soon('loadMnist');
}

/** Any IDX or IDX.gz pair: Fashion-MNIST, EMNIST … */
export async function loadIdx(
  _images: FileSource,
  _labels: FileSource,
  _options: LoadIdxOptions = {},
): Promise<Dataset> {
  return soon('loadIdx');
}

/** A model from its layers; throws a ZifferError that names the layer where they do not fit. */
export function sequential(_options: SequentialOptions): Sequential {
  return soon('sequential');
}

export type PresetName = 'softmax-regression' | 'simple-cnn' | 'two-conv-cnn';

/** The lecture's three models, each made new by calling it. */
export const presets: Record<PresetName, (seed?: number) => Sequential> = {
  'softmax-regression': () => soon('presets'),
  'simple-cnn': () => soon('presets'),
  'two-conv-cnn': () => soon('presets'),
};

/** A preset's layers, for editors. */
export function presetLayers(_name: PresetName): LayerSpec[] {
  return soon('presetLayers');
}

/** A model from a file: the name of a preset (its pretrained model), or the URL of a TensorFlow.js model.json, or a zip of one. */
export async function loadModel(_source: PresetName | FileSource): Promise<Sequential> {
  return soon('loadModel');
}

export function earlyStopping(options: EarlyStoppingOptions = {}): Callback {
  return { kind: 'earlyStopping', options };
}

export function modelCheckpoint(options: ModelCheckpointOptions): Callback {
  return { kind: 'modelCheckpoint', options };
}

/** Strokes → a 28×28 digit exactly as MNIST's were made. */
export async function normalizeStrokes(
  _strokes: readonly (readonly StrokePoint[])[],
  _options: NormalizeStrokesOptions = {},
): Promise<NormalizedDigit> {
  return soon('normalizeStrokes');
}

/** A PNG, JPEG or BMP of one digit → 28×28. */
export async function normalizePicture(
  _picture: Blob,
  _options: NormalizePictureOptions = {},
): Promise<NormalizedDigit> {
  return soon('normalizePicture');
}

/** Other places of the workers, the module and the data; call it before anything else. */
export function configure(_configuration: Configuration): void {}
