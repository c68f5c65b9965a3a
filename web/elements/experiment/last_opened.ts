// The finished model that an earlier page has left, opened as if that page had never gone.
import { sequential } from '../../api/index.ts';
import { Curves } from '../runs/curves.ts';
import type { With } from './training.ts';

/** `clear` ends what the lab shows of anything else. */
export async function openLast(
  { bench, progress, keeping, troubles }: With,
  clear: () => void,
): Promise<void> {
  if (progress.busy) return;
  const last = keeping.last.take();
  if (!last) return;
  keeping.kept.forget();
  clear();
  bench.design.follow(last);
  const { layers, settings, name, weights, optimizer, compiled, loss } = last;
  const model = sequential({ layers, seed: settings.seed, name });
  bench.use(model, last.opened ? 'opened' : 'trained', last.notKept);
  progress.recall({ curves: Curves.from(last.curves), time: last.time });
  progress.outcome = last.outcome;
  progress.endedIn = last.lastEpoch;
  progress.evaluation = last.evaluation;
  progress.enter('finished');
  try {
    await model.setWeights(weights);
    model.compile({ optimizer: compiled, loss });
    await model.setOptimizerState(optimizer);
    if (bench.model === model) bench.digit.read();
  } catch (error) {
    if (bench.model !== model) return;
    bench.reset();
    troubles.fail('model', error, null);
  }
}
