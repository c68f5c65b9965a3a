// Rescaling: y = x · scale + offset.
import { number } from '../fields.ts';
import { layer } from '../layer.ts';
import type { LayerConfig } from '../types.ts';

export interface RescalingConfig extends LayerConfig {
  /** Default 1. */
  scale?: number;
  /** Default 0. */
  offset?: number;
}

export const rescaling = layer({
  className: 'Rescaling',
  fields: { scale: number(1, { leads: true }), offset: number(0) },
});
