// Drawn and photographed digits, as the modules hand them out.
import type { PlainDigit } from '../protocol/messages.ts';
import type { CoreDigit } from './core.ts';

/** A normalised digit of the core in the protocol's words. */
export function plainDigit({ image, empty, steps }: CoreDigit): PlainDigit {
  const { ink, box, fitted, centered, others, place } = steps;
  const { dx, dy, centre_x: centreX, centre_y: centreY } = centered;
  const placed = { dx, dy, centreX, centreY };
  return { image, empty, steps: { ink, box, fitted, centered: placed, others, place } };
}
