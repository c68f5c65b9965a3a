// A model's file for the lab: one that reads digits of 28 × 28 pixels and tells ten of them apart.
import { loadModel, type Sequential, ZifferError } from '../../api/index.ts';

/** From a file or an address. Errors: those of `loadModel`; `invalid_model` where it is no reader of digits. */
export async function openModel(file: File | string, signal?: AbortSignal): Promise<Sequential> {
  const model = await loadModel(file, { signal });
  requireDigits(model, typeof file === 'string' ? file : file.name);
  return model;
}

/** Throws where a model is no reader of digits, and ends it. */
export function requireDigits(model: Sequential, name: string): void {
  const inputs = model.inputShape.reduce((product, n) => product * n, 1);
  if (inputs === 784 && model.classes === 10) return;
  const got = `${model.inputShape.join(' × ')} in and ${model.classes} out`;
  model.dispose();
  const message = `${name}: expected a model with 28 × 28 inputs and 10 outputs, got ${got}.`;
  throw new ZifferError('invalid_model', message);
}

/** What trains is not thrown away for a file. */
export function refuseWhileBusy(busy: boolean, model?: Sequential): void {
  if (!busy) return;
  model?.dispose();
  throw new ZifferError('invalid_state', 'A training runs. Stop it first, then open the file.');
}

/** Whether a dropped file is meant as a picture of a digit. */
export function isPicture(file: File): boolean {
  return file.type.startsWith('image/') || /\.(png|jpe?g|bmp)$/i.test(file.name);
}

/** A file on its way from the disk to the model. */
export class Reading {
  readonly #stop = new AbortController();

  constructor(readonly name: string) {}

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  stop(): void {
    this.#stop.abort();
  }
}
