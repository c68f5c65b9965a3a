// Files that a person opens in the lab: one at a time is read, and gives way to the next.
import type { Sequential } from '../../api/index.ts';
import { part } from '../../platform/parts.ts';
import { type Code, isCode, type Source } from './code.ts';
import type { OpenedCode } from './open_code.ts';
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
  open(file: File, where: 'file' | 'drop'): Promise<boolean> {
    if (isCode(file)) return this.openCode(file, where);
    return this.#read(file.name, where, async ({ signal }) => {
      const model = await openModel(file, signal);
      refuseWhileBusy(this.busy(), model);
      this.owner.adopt(model);
    });
  }

  /** Reads code, from a file or as it is; where it is not understood, the model in use stays. Resolves to whether it was taken. */
  openCode(from: File | Code, where: 'file' | 'drop'): Promise<boolean> {
    return this.#read(from.name ?? '', where, async ({ signal }) => {
      const code = await readCode(from, signal);
      if (signal.aborted) return code.model.dispose();
      refuseWhileBusy(this.busy(), code.model);
      this.owner.adoptCode(code);
    });
  }

  async #read(
    name: string,
    where: 'file' | 'drop',
    take: (reading: Reading) => Promise<void>,
  ): Promise<boolean> {
    const { troubles } = this;
    troubles.dismiss();
    this.stop();
    const reading = new Reading(name);
    this.reading = reading;
    this.changed();
    try {
      refuseWhileBusy(this.busy());
      await take(reading);
      return !reading.signal.aborted;
    } catch (error) {
      if (!reading.signal.aborted) troubles.fail(where, error, null);
      return false;
    } finally {
      if (this.reading === reading) this.reading = null;
      this.changed();
    }
  }

  /** Gives up the file that is being read; the model in use stays. */
  stop(): void {
    this.reading?.stop();
    this.reading = null;
    this.changed();
  }
}

/** What reads code is fetched with the first. */
export async function readCode(from: File | Source, signal?: AbortSignal): Promise<OpenedCode> {
  const { codeOf, openCode } = await part('what reads Keras code', () => import('./open_code.ts'));
  return openCode(await codeOf(from, signal));
}
