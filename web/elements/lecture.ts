// "Train all three presets": the lecture's story in one press, one training after another.
import type { Experiment } from './experiment.ts';
import { PRESETS } from './settings.ts';

/** Resolves when the last one is done, or when one did not finish by itself: stopped, failed, or another model was chosen. */
export async function trainAllPresets(
  experiment: Experiment,
  began: (name: string) => void,
): Promise<void> {
  for (const preset of PRESETS) {
    experiment.choose(preset);
    began(preset);
    experiment.start();
    if (!(await finished(experiment, preset))) return;
  }
}

function finished(experiment: Experiment, preset: string): Promise<boolean> {
  return new Promise((done) => {
    const end = experiment.subscribe(() => {
      const { phase, modelName, outcome } = experiment;
      if (modelName === preset && phase !== 'idle' && phase !== 'finished') return;
      end();
      done(modelName === preset && phase === 'finished' && outcome !== 'stopped');
    });
  });
}
