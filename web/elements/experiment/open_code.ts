// A Keras script or notebook for the lab: its model, untrained, with the settings of its training.
import {
  type CompileOptions,
  type KerasReading,
  readKeras,
  type Sequential,
  sequential,
  ZifferError,
} from '../../api/index.ts';
import { absolute } from '../../api/places.ts';
import { fetchChecked } from '../../platform/fetch.ts';
import {
  type CodeNotes,
  notesOf,
  planOfCode,
  readableModel,
  requireRead,
} from '../plan/code_plan.ts';
import type { Settings } from '../plan/settings.ts';
import type { Code, Source } from './code.ts';
import { requireDigits } from './open_model.ts';

export interface OpenedCode {
  /** Compiled where the script compiles it. */
  readonly model: Sequential;
  readonly settings: Settings;
  readonly notes: CodeNotes;
  readonly code: Code;
}

/** Of a notebook with its pictures. */
const LARGEST = 2 ** 26;

/** Errors: those of a fetch; `invalid_model` where it is too large. */
export async function codeOf(from: File | Source, signal?: AbortSignal): Promise<Code> {
  if (typeof from === 'string') {
    const address = absolute(from);
    const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    const text = await fetchChecked(address, { signal, most: LARGEST }, decode);
    return { name: from.startsWith('data:') ? null : from, text };
  }
  if (!(from instanceof File)) return from;
  if (from.size > LARGEST) {
    const message = `${from.name}: expected at most ${LARGEST} bytes, got ${from.size}.`;
    throw new ZifferError('invalid_model', message);
  }
  return { name: from.name, text: await from.text() };
}

/**
 * Reads it; nothing of it is run. Errors: `unsupported_model` where a line would change the result and is not understood,
 * `invalid_model` where the model does not read digits, those of `readKeras` and of the model's layers.
 */
export async function openCode(code: Code): Promise<OpenedCode> {
  const name = code.name ?? 'the code';
  const reading = await readingOf(code);
  requireRead(name, reading);
  const { layers, settings, notes } = planOfCode(reading);
  const model = sequential({ layers, seed: settings.seed });
  requireDigits(model, name);
  // Checked by the reading as by the call.
  if (reading.compile) model.compile(reading.compile as CompileOptions);
  return { model, settings, notes: notesOf(code.name, reading, notes), code };
}

/** Of the model that is wanted; else of the last one, or of the last that is understood. */
async function readingOf({ text, model }: Code): Promise<KerasReading> {
  const reading = await readKeras(text, model === undefined ? {} : { model });
  const other = model === undefined ? readableModel(reading) : null;
  return other === null ? reading : readKeras(text, { model: other });
}
