// What is to be trained.
import type { LayerSpec, PresetName } from '../../api/index.ts';
import type { Settings } from './settings.ts';

export type ModelName = PresetName | 'custom';

export interface Plan {
  readonly modelName: ModelName;
  readonly layers: readonly LayerSpec[];
  readonly settings: Settings;
}
