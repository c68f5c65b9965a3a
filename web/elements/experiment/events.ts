// What an experiment tells the page around it.
import type { EpochReport, Evaluation, StepReport, ZifferError } from '../../api/index.ts';
import type { GoalReport } from '../plan/goal.ts';
import type { ModelName } from '../plan/plan.ts';
import type { EpochRow } from '../runs/curves.ts';
import type { Outcome } from '../runs/run_log.ts';
import type { Prediction } from './digit.ts';
import type { OwnChange } from './own_digits.ts';

export type { Outcome };

export interface ExperimentEvents {
  ready: { model: ModelName; pretrained: boolean };
  step: StepReport;
  epoch: EpochReport;
  trained: {
    history: readonly EpochRow[];
    bestEpoch: number;
    outcome: Outcome;
    test: Evaluation;
  };
  goal: GoalReport;
  predict: Prediction;
  digits: OwnChange;
  error: ZifferError;
}

export type Tell = <K extends keyof ExperimentEvents>(name: K, detail: ExperimentEvents[K]) => void;
