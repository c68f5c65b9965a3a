// The public functions that need the trainer worker. Their code is fetched with the first call, so that a page which only shows
// a lab further down pays for none of it.

import type { KerasReading, ReadKerasOptions } from '../keras_code/types.ts';
import { part } from '../platform/parts.ts';
import { refuse } from './arguments.ts';
import { guarded } from './border.ts';
import type * as Data from './data.ts';
import type { Dataset, FromPicturesOptions, LabelledPicture } from './data_types.ts';
import type { DatasetHandle } from './dataset.ts';
import type * as Ink from './ink.ts';
import type * as Files from './load_model.ts';
import type * as Own from './own_digits.ts';
import { filesRuntime, runtime } from './runtime.ts';

/**
 * MNIST's two sets. Resolves as soon as the manifest and the first images are known to be good, or rejects (`data_missing`,
 * `data_forbidden`, `data_unreachable`, `data_corrupt`, …) and may be called again. The rest of the training set goes on
 * arriving: see `train.ready`; a fit begins when what it needs is there. The test set loads with its first use. Sets with the
 * same `trainCount` are shared; dispose both.
 */
export const loadMnist: typeof Data.loadMnist = guarded(async (...args) =>
  (await runtime()).loadMnist(...args),
);

/**
 * Any IDX or IDX.gz pair: Fashion-MNIST, EMNIST … Resolves when both files have been read.
 * Errors: `idx_invalid`, `shape_mismatch` (as many labels as images), and those of fetching.
 */
export const loadIdx: typeof Data.loadIdx = guarded(async (...args) =>
  (await runtime()).loadIdx(...args),
);

/**
 * The two sets of a data set: from its four files; from a folder that holds them under their usual names, with .gz or without;
 * or from the manifest.json of a folder made as data/mnist is. Resolves when they have been read (with a manifest: when training can
 * begin). Errors: as `loadIdx`.
 */
export const loadIdxSets: typeof Data.loadIdxSets = guarded(async (...args) =>
  (await runtime()).loadIdxSets(...args),
);

/**
 * Drawn digits as a data set, each in the form that the network knows (as `normalizeStrokes` makes it), ten classes. Resolves when all
 * are there. Errors: `ink_invalid`; `invalid_argument` for a label that is none and a digit without ink.
 */
export const fromStrokes: typeof Own.fromStrokes = guarded(async (...args) =>
  (await filesRuntime()).fromStrokes(...args),
);

/**
 * Pictures of one digit each (PNG, JPEG or BMP) as a data set, likewise. A file may stand for itself where its name or folder begins with
 * its digit: `7.png`, `7-anna.jpg`, `7/anna.png`. Errors: those of `normalizePicture`, and as `fromStrokes`.
 */
export const fromPictures: (
  pictures: Iterable<LabelledPicture | File>,
  options?: FromPicturesOptions,
) => Promise<Dataset> = guarded(async (...args) => (await filesRuntime()).fromPictures(...args));

/**
 * Several data sets as one, in their order: a fit's validation split is the end of the last. The parts may be disposed. Errors:
 * `shape_mismatch`, `invalid_argument`, `disposed`.
 */
export const concat: (...sets: Dataset[]) => Dataset = guarded((...sets) => {
  const [first] = sets as Partial<DatasetHandle>[];
  if (typeof first?.joined !== 'function') {
    return refuse('concat', 'datasets of loadMnist, loadIdx or fromStrokes', first);
  }
  return first.joined(sets);
});

/**
 * A model from a file: the name of a preset (its trained model on this site), the URL of a TensorFlow.js model.json, or the zip
 * that `save('tfjs')` made. Errors: `invalid_model`, `unsupported_layer`, `unsupported_format`, and those of fetching.
 */
export const loadModel: typeof Files.loadModel = guarded(async (...args) =>
  (await filesRuntime()).loadModel(...args),
);

/** Strokes → a 28×28 digit exactly as MNIST's were made. Errors: `ink_invalid`. */
export const normalizeStrokes: typeof Ink.normalizeStrokes = guarded(async (...args) =>
  (await filesRuntime()).normalizeStrokes(...args),
);

/** A PNG, JPEG or BMP of one digit → 28×28. Errors: `picture_unsupported`, `picture_invalid`, `picture_too_large`. */
export const normalizePicture: typeof Ink.normalizePicture = guarded(async (...args) =>
  (await filesRuntime()).normalizePicture(...args),
);

/**
 * The models of a Keras script or notebook (its text), read without running it: layers, compile and fit as this API takes them, what was
 * not understood (`unread`, line by line; `blocking` where it would change the result), and hints. Errors: `invalid_argument`.
 */
export const readKeras: (source: string, options?: ReadKerasOptions) => Promise<KerasReading> =
  guarded(async (source, options) =>
    (await part('what reads Keras code', () => import('../keras_code/read_keras.ts'))).readKeras(
      source,
      options,
    ),
  );
