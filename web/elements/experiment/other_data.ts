// Other pictures in a lab: with them comes what was kept of them, and what belongs to the last ones waits for their return.
import type { DataAddress } from './data_sets.ts';
import type { Lecture } from './lecture.ts';
import type { Parts } from './parts.ts';

export function useData(parts: Parts, lecture: Lecture, address: DataAddress): void {
  const { data, bench, keeping, training } = parts;
  if (!data.from(address)) return;
  training.takeOtherData();
  if (!bench.awake) return;
  keeping.leave();
  keeping.runs.clear();
  lecture.forget();
  bench.takeOtherData();
  keeping.look();
}
