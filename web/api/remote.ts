// What runtime.ts fetches, as one piece.
export { loadIdx, loadIdxSets, loadMnist } from './data.ts';
export { handleOf } from './dataset.ts';
export {
  checkedThreads,
  compileOptionsInKeras,
  fitOptionsInKeras,
  noticesWanted,
  runFit,
} from './fit.ts';
export { connect, hold, release } from './home.ts';
export { normalizePicture, normalizeStrokes } from './ink.ts';
export { loadModel } from './load_model.ts';
export { untilAborted } from './until_aborted.ts';
