// A Keras script or notebook for the lab: its model, untrained, with the settings of its training.
import {
  type CompileOptions,
  readKeras,
  type Sequential,
  sequential,
  ZifferError,
} from '../../api/index.ts';
import { type CodeNotes, planOfCode, requireRead } from '../plan/code_plan.ts';
import type { Settings } from '../plan/settings.ts';
import { requireDigits } from './open_model.ts';

export interface OpenedCode {
  /** Compiled where the script compiles it. */
  readonly model: Sequential;
  readonly settings: Settings;
  readonly notes: CodeNotes;
}

/** Of a notebook with its pictures. */
const LARGEST = 2 ** 26;

export function isCode(file: File): boolean {
  return /\.(py|ipynb)$/i.test(file.name);
}

/**
 * Reads it; nothing of it is run. Errors: `unsupported_model` where a line would change the result and is not understood,
 * `invalid_model` where the model does not read digits, those of `readKeras` and of the model's layers.
 */
export async function openCode(file: File): Promise<OpenedCode> {
  if (file.size > LARGEST) {
    const message = `${file.name}: expected at most ${LARGEST} bytes, got ${file.size}.`;
    throw new ZifferError('invalid_model', message);
  }
  const reading = await readKeras(await file.text());
  requireRead(file.name, reading);
  const { layers, settings, notes } = planOfCode(reading);
  const model = sequential({ layers, seed: settings.seed });
  requireDigits(model, file.name);
  const { compile, hints, skipped } = reading;
  // Checked by the reading as by the call.
  if (compile) model.compile(compile as CompileOptions);
  const said = hints.map(({ line, text }) => ({ line, text }));
  const left = skipped.map(({ line, reason }) => ({ line, text: reason }));
  const all = { name: file.name, notes: [...said, ...notes], skipped: left };
  return { model, settings, notes: all };
}
