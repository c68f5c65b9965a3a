// The lecture's three models, ready made.
import { PRESETS } from '../keras/presets.ts';
import { shown } from '../keras/reader.ts';
import { PRESET_NAMES, type PresetName } from '../keras/recipes.ts';
import { ZifferError } from '../protocol/errors.ts';
import { guarded } from './border.ts';
import type { LayerSpec } from './layers.ts';
import { sequential } from './model.ts';
import type { Sequential } from './types.ts';

export type { PresetName };

/** Each call makes a new model; softmax regression has 7,850 parameters, the CNNs 21,898 and 34,826. */
export const presets = Object.fromEntries(
  PRESET_NAMES.map((name) => [
    name,
    guarded((seed?: number) => {
      const layers = presetLayers(name);
      return sequential(seed === undefined ? { layers } : { layers, seed });
    }),
  ]),
) as Record<PresetName, (seed?: number) => Sequential>;

/** A preset's layers, for editors. Errors: `invalid_argument`. */
export function presetLayers(name: PresetName): LayerSpec[] {
  if (PRESET_NAMES.includes(name)) return structuredClone(PRESETS[name].layers) as LayerSpec[];
  const expected = `one of ${PRESET_NAMES.join(', ')}`;
  const message = `presetLayers: expected ${expected}, got ${shown(name)}.`;
  throw new ZifferError('invalid_argument', message);
}
