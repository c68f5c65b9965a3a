// The parts of an experiment, put together: each knows the others by what it needs of them.
import { LabData } from './data_sets.ts';
import type { Tell } from './events.ts';
import { Keeping } from './keeping.ts';
import { ModelFiles } from './model_files.ts';
import { OwnDigits } from './own_digits.ts';
import { Progress } from './progress.ts';
import { Training, type With } from './training.ts';
import { Troubles } from './troubles.ts';
import { Workbench } from './workbench.ts';

export interface Parts extends With {
  readonly files: ModelFiles;
  readonly training: Training;
}

/** `place` tells this lab's runs from those of others; `changed` is called when what panels show has changed. */
export function assemble(tell: Tell, place: () => string, changed: () => void): Parts {
  const progress = new Progress(changed);
  const data = new LabData();
  data.subscribe(() => progress.changed());
  const keeping = new Keeping(place, changed);
  const troubles = new Troubles(tell, changed);
  const busy = () => progress.busy;
  const beside = {
    busy,
    unseen: () => data.own,
    clear: () => training.clear(),
    forget: () => keeping.kept.forget(),
  };
  const bench = new Workbench(beside, troubles, tell, changed);
  const files = new ModelFiles(bench, busy, troubles, changed);
  const own = new OwnDigits((change) => tell('digits', change));
  const having = { own, bench, progress, data, keeping, troubles, tell };
  const training = new Training(having);
  return { ...having, files, training };
}
