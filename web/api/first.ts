// What <ziffer-lab> needs of the API before it is awake; the rest is fetched then.
export { ZifferError } from '../protocol/ziffer_error.ts';
export { configure } from './configured.ts';
