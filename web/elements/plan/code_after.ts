// The code that says what the cards and the settings say, made of the code that said it before.
import type { CompileOptions, LayerSpec } from '../../api/index.ts';
import { sequential } from '../../api/index.ts';
import { readKeras } from '../../keras_code/read_keras.ts';
import type { KerasReading } from '../../keras_code/types.ts';
import { changedCode } from './changed_code.ts';
import { planOfCode } from './code_plan.ts';
import { kerasCode } from './keras_code.ts';
import type { Settings } from './settings.ts';

export interface Wanted {
  readonly layers: readonly LayerSpec[];
  readonly settings: Settings;
  readonly loss?: CompileOptions['loss'];
}

/** `code`: what said the model so far; null where it was never code. `model`: which of its models. */
export function codeAfter(code: string | null, model: string | undefined, wanted: Wanted): string {
  const { layers, settings, loss } = wanted;
  if (code !== null) {
    const read = (text: string) => readKeras(text, model === undefined ? {} : { model });
    const reading = read(code);
    if (says(reading, wanted)) return code;
    const changed = changedCode(code, reading, wanted);
    if (changed !== null && says(read(changed), wanted)) return changed;
  }
  return kerasCode(layers, settings, loss);
}

/** Whether code says these layers and settings. */
export function says(reading: KerasReading, { layers, settings }: Wanted): boolean {
  if (reading.unread.some(({ blocking }) => blocking)) return false;
  const plan = planOfCode(reading);
  return sameLayers(plan.layers, layers) && sameSettings(plan.settings, settings);
}

function sameLayers(a: readonly LayerSpec[], b: readonly LayerSpec[]): boolean {
  return JSON.stringify(described(a)) === JSON.stringify(described(b));
}

/** With all that follows from them; names are given anew. */
function described(layers: readonly LayerSpec[]) {
  const model = sequential({ layers });
  const plain = model.specs.map(({ className, config: { name: _, ...config } }) => {
    return [className, Object.entries(config).sort()];
  });
  model.dispose();
  return plain;
}

/** Seed and threads are the lab's. */
function sameSettings(a: Settings, b: Settings): boolean {
  const plain = ({ seed: _, threads: __, ...rest }: Settings) =>
    Object.entries(rest)
      .filter(([, value]) => value !== undefined)
      .sort();
  return JSON.stringify(plain(a)) === JSON.stringify(plain(b));
}
