// Files that a person opens in the lab: one at a time is read, and gives way to the next.
import type { Sequential } from '../../api/index.ts';
import { isCode, type OpenedCode, openCode } from './open_code.ts';
import { openModel, Reading, refuseWhileBusy } from './open_model.ts';
import type { Troubles } from './troubles.ts';

/** Who takes the model that was read. */
interface Owner {
  adopt(model: Sequential): void;
  adoptCode(code: OpenedCode): void;
}

export class ModelFiles {
  /** The file that is being read. */
  reading: Reading | null = null;

  constructor(
    private readonly owner: Owner,
    private readonly busy: () => boolean,
    private readonly troubles: Troubles,
    private readonly changed: () => void,
  ) {}

  /** Reads a model's file, a Keras script or a notebook; where it is none, the model in use stays. Resolves to whether it was taken. */
  async open(file: File, where: 'file' | 'drop'): Promise<boolean> {
    const { owner, troubles } = this;
    troubles.dismiss();
    this.stop();
    const reading = new Reading(file.name);
    this.reading = reading;
    this.changed();
    try {
      refuseWhileBusy(this.busy());
      if (isCode(file)) await this.#takeCode(file, reading);
      else {
        const model = await openModel(file, reading.signal);
        refuseWhileBusy(this.busy(), model);
        owner.adopt(model);
      }
      return !reading.signal.aborted;
    } catch (error) {
      if (!reading.signal.aborted) troubles.fail(where, error, null);
      return false;
    } finally {
      if (this.reading === reading) this.reading = null;
      this.changed();
    }
  }

  async #takeCode(file: File, { signal }: Reading): Promise<void> {
    const code = await openCode(file);
    if (signal.aborted) return code.model.dispose();
    refuseWhileBusy(this.busy(), code.model);
    this.owner.adoptCode(code);
  }

  /** Gives up the file that is being read; the model in use stays. */
  stop(): void {
    this.reading?.stop();
    this.reading = null;
    this.changed();
  }
}
