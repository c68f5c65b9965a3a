// Drawn and photographed digits.
import type { Args, PlainDigit } from '../protocol/messages.ts';
import type { CoreDigit, PictureCore } from './core.ts';

/** A normalised digit of the core in the protocol's words. */
export function plainDigit({ image, empty, steps }: CoreDigit): PlainDigit {
  const { ink, box, fitted, centered } = steps;
  const { dx, dy, centre_x: centreX, centre_y: centreY } = centered;
  return { image, empty, steps: { ink, box, fitted, centered: { dx, dy, centreX, centreY } } };
}

/** Reads pictures with a module of its own, which the first of them fetches. */
export class PictureReader {
  #core: Promise<PictureCore> | null = null;

  constructor(private readonly load: (glueUrl: string, wasmUrl: string) => Promise<PictureCore>) {}

  async read({ glueUrl, wasmUrl, bytes, options }: Args<'ink.picture'>): Promise<PlainDigit> {
    this.#core ??= this.load(glueUrl, wasmUrl).catch((error) => {
      this.#core = null;
      throw error;
    });
    return plainDigit((await this.#core).normalizePicture(bytes, options));
  }
}
