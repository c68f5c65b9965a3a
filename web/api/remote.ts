// What runtime.ts fetches, as one piece.
export { loadIdx, loadIdxSets, loadMnist } from './checked_calls.ts';
export { handleOf } from './dataset.ts';
export {
  compileOptionsInKeras,
  fitOptionsInKeras,
  noticesWanted,
  runFit,
  scheduled,
  turnsOf,
} from './fit.ts';
export { evaluateOptionsOf, fitOptionsOf, unwatched } from './fit_options.ts';
export { connect, hold, release } from './home.ts';
export { untilAborted } from './until_aborted.ts';
