// `configure` behind the reading of its argument; the element, which takes its own attributes, goes without.
import { type Fields, kindOf } from '../keras/fields.ts';
import { camelCase, snakeCase } from '../keras/names.ts';
import { options } from './arguments.ts';
import { guarded } from './border.ts';
import { configure as settle } from './configured.ts';
import { absolute, PLACE_NAMES } from './places.ts';
import type { Configuration } from './types.ts';

const isPlace = (value: unknown) => {
  if (!(value instanceof URL) && (typeof value !== 'string' || value.trim() === '')) return false;
  try {
    absolute(value);
    return true;
  } catch {
    return false;
  }
};
const PLACE = kindOf('a URL', isPlace);

const PLACES: Fields = Object.fromEntries(PLACE_NAMES.map((name) => [snakeCase(name), PLACE]));

/**
 * Other places; call it before anything else, since what runs already stays where it is. `undefined` goes back to beside ziffer.js.
 * Errors: `invalid_config` for unknown names, `invalid_argument` for what is no URL.
 */
export const configure: (configuration: Configuration) => void = guarded((configuration) => {
  const checked = options('configure', PLACES, configuration, "{ dataUrl: 'mnist/' }");
  const forgotten = Object.keys(configuration ?? {}).filter((key) => !(key in checked));
  const none = Object.fromEntries(forgotten.map((key) => [camelCase(key), undefined]));
  settle({ ...none, ...checked } as Configuration);
});
