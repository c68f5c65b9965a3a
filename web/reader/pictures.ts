// Reads pictures with a module of its own, which the first of them fetches.
import { part } from '../platform/parts.ts';
import type { PlainDigit } from '../protocol/messages.ts';
import type { FileJob } from '../protocol/reader.ts';
import type { CoreDigit } from '../worker/core.ts';
import { plainDigit } from '../worker/ink.ts';
import { compileModule, instantiate } from '../worker/wasm_module.ts';

/** The module. */
export interface PictureCore {
  normalizePicture(bytes: Uint8Array, optionsJson: string): CoreDigit;
}

type CreatePictureCore = typeof import('ziffer-picture').default;

type PictureJob = Extract<FileJob, { type: 'picture' }>;

export class PictureReader {
  #core: Promise<PictureCore> | null = null;

  constructor(private readonly load: typeof loadPictureCore) {}

  /** `begun` is called when the module is there. */
  async read(job: PictureJob, begun: () => void): Promise<PlainDigit> {
    const { glueUrl, wasmUrl, bytes, options } = job;
    this.#core ??= this.load(glueUrl, wasmUrl).catch((error) => {
      this.#core = null;
      throw error;
    });
    const core = await this.#core;
    begun();
    return plainDigit(core.normalizePicture(bytes, options));
  }
}

/** `glueUrl`: picture.js. Rejects with `data_unreachable` and the like where one of the two cannot be had. */
export async function loadPictureCore(glueUrl: string, wasmUrl: string): Promise<PictureCore> {
  const module = await compileModule(wasmUrl);
  return instantiate<PictureCore>(await importGlue(glueUrl), module);
}

async function importGlue(url: string): Promise<CreatePictureCore> {
  const glue = await part(
    `${url}: the script that reads pictures`,
    (): Promise<{ default: CreatePictureCore }> => import(/* @vite-ignore */ url),
  );
  return glue.default;
}
