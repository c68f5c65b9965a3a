// Which ready-made models have learned people's pens beside MNIST; the others are what the lecture trains, from MNIST alone.
import type { PresetName } from '../../api/index.ts';

export const LEARNED_PENS: readonly PresetName[] = ['simple-cnn', 'two-conv-cnn'];
