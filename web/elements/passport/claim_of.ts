// The claim that a finished training makes, and the same again for who checks it: both are made by the one function here, from what
// was trained.
import type { CompileOptions, Evaluation, LayerSpec } from '../../api/index.ts';
import { version } from '../kit/define.ts';
import { judge, readGoal } from '../plan/goal.ts';
import type { Settings } from '../plan/settings.ts';
import type { EpochRow } from '../runs/curves.ts';
import { measuredOf } from '../runs/measured.ts';
import { type Claim, tidied, weightsDigest } from './passport.ts';

export interface Trained {
  readonly layers: readonly LayerSpec[];
  readonly loss: CompileOptions['loss'] | null;
  readonly settings: Settings;
  readonly parameters: number;
  readonly epochs: readonly EpochRow[];
  readonly bestEpoch: number;
  readonly test: Evaluation;
  readonly weights: Float32Array;
}

/** As it is read back from its file: what JSON leaves out is left out. */
export function claimOf(trained: Trained, student: string, goal: string, finished: string): Claim {
  const { layers, loss, parameters, epochs, bestEpoch, test, weights } = trained;
  const { threads: _, ...settings } = trained.settings;
  const measured = measuredOf(trained);
  const read = readGoal(goal);
  const claim: Claim = {
    student: tidied(student),
    finished,
    program: version,
    goal,
    score: 'value' in read ? judge(read.value, measured).score : 0,
    layers,
    loss: loss ?? null,
    settings,
    parameters,
    curves: epochs,
    bestEpoch,
    test: { loss: test.loss, accuracy: test.accuracy, misread: measured.misread ?? 0 },
    weights: weightsDigest(weights),
  };
  return JSON.parse(JSON.stringify(claim)) as Claim;
}

/** What of a claim is not so; the names of its parts. Nobody can train again when it was, and with which version. */
export function differences(claim: Claim, found: Claim): (keyof Claim)[] {
  const names = Object.keys({ ...claim, ...found }) as (keyof Claim)[];
  return names.filter(
    (name) =>
      !['finished', 'program'].includes(name) &&
      JSON.stringify(claim[name]) !== JSON.stringify(found[name]),
  );
}
