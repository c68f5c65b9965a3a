// How many threads a model gains from.
import type { Threads } from '../protocol/messages.ts';
import type { CoreModel } from './core.ts';

const MOST_THREADS = 8;
/**
 * Multiplications of a step below which a second thread costs more than it saves. Measured on the simple CNN: exporting a
 * task, accepting its gradient and two messages cost about 0.2 ms a step, whose 2.3 million multiplications at batch 32 take
 * 0.3 ms, and whose 14 million at batch 200 take 2.9 ms.
 */
const LEAST_WORK = 5e6;
/** Multiplications an image below which moving it costs as much as computing it, whatever the batch. */
const LEAST_WORK_PER_IMAGE = 20e3;

/** `auto`: what the processor has, at most 8, and 1 for models too small to gain, such as softmax regression. */
export function resolveThreads(
  wanted: Threads,
  model: CoreModel,
  batchSize: number,
  cores: number,
): number {
  if (wanted !== 'auto') return Math.min(Math.max(1, Math.floor(wanted)), MOST_THREADS);
  const work = model.multiplications();
  if (work < LEAST_WORK_PER_IMAGE || work * batchSize < LEAST_WORK) return 1;
  return Math.min(cores, MOST_THREADS);
}
