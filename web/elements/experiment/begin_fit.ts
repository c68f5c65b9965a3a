// What a training begins with: the plan as the data allow it, and the model that it is a fit of.
import { type FitControl, type Sequential, sequential } from '../../api/index.ts';
import type { Plan } from '../plan/plan.ts';
import { LIMITS, optimizerOf } from '../plan/settings.ts';
import type { KeptRun } from '../runs/kept_run.ts';
import { standingOf } from '../runs/train_on.ts';
import type { LabData } from './data_sets.ts';
import type { Workbench } from './workbench.ts';

export interface How {
  readonly oneStep?: boolean;
  /** An interrupted run. */
  readonly from?: KeptRun | null;
  /** The model goes on from the weights that it has. */
  readonly on?: boolean;
}

export interface Run {
  readonly abort: AbortController;
  readonly control: FitControl;
  /** Puts a model that was to be trained on back to where it stood. */
  goBack(): Promise<void>;
}

/** How many images a person asks for, where there turn out to be fewer. */
export class AskedImages {
  #asked: { readonly wanted: number; readonly got: number } | null = null;

  /** The plan with no more images than there are. */
  within(plan: Plan, bench: Workbench, { total }: LabData): Plan {
    const wanted = plan.settings.trainCount;
    // A setting has a least value; a set may have fewer images than that.
    const got = Math.max(total ?? wanted, LIMITS.trainCount.min);
    if (got >= wanted) return plan;
    this.#asked = { wanted, got };
    bench.set({ trainCount: got });
    return { ...plan, settings: { ...plan.settings, trainCount: got } };
  }

  /** Other data may have as many as were asked for. */
  askAgain(bench: Workbench): void {
    const asked = this.#asked;
    this.#asked = null;
    if (asked?.got === bench.design.settings.trainCount) bench.set({ trainCount: asked.wanted });
  }
}

/** The model in use, or a new one that takes its place. */
export async function modelFor(
  { layers, settings }: Plan,
  bench: Workbench,
  run: Run,
  { from, on }: How,
): Promise<Sequential> {
  if (on) {
    const model = bench.model!;
    run.goBack = await standingOf(model);
    return model;
  }
  const model = sequential({ layers, seed: settings.seed, name: from?.name });
  // Outputs that were logits to the loss are so when the same layers begin anew.
  const { loss } = bench;
  if (loss) model.compile({ optimizer: optimizerOf(settings), loss });
  bench.use(model, 'untrained', from?.notKept);
  return model;
}
