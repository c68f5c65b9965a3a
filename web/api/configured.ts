// What `configure` said of the places; where nothing is said, places.ts knows.
import type { Configuration } from './types.ts';

let told: Configuration = {};

/** Other places; call it before anything else, since what runs already stays where it is. */
export function configure(configuration: Configuration): void {
  told = { ...told, ...configuration };
}

export function configured(): Readonly<Configuration> {
  return told;
}
