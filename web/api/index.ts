// What `import … from './ziffer.js'` gives a page author.
export type {
  Hint,
  HintCode,
  KerasReading,
  Note,
  ReadCallback,
  ReadCompile,
  ReadData,
  ReadFit,
  ReadKerasOptions,
  ReadModel,
} from '../keras_code/types.ts';
export { ERROR_CODES, type ErrorCode, ZifferError } from '../protocol/errors.ts';
export * from './callbacks.ts';
export {
  concat,
  fromPictures,
  fromStrokes,
  loadIdx,
  loadIdxSets,
  loadMnist,
  loadModel,
  normalizePicture,
  normalizeStrokes,
  readKeras,
} from './calls.ts';
export { configure } from './configure.ts';
export { FitControl, type FitState } from './fit_control.ts';
export * from './layers.ts';
export { sequential } from './model.ts';
export { type PresetName, presetLayers, presets } from './presets.ts';
export { schedules } from './schedules.ts';
export type * from './types.ts';
