// What <ziffer-lab> needs of the API before it is awake; the rest is fetched then.
export { ZifferError } from '../protocol/errors.ts';
export { configure } from './places.ts';
