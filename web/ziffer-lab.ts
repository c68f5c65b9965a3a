// The entry of dist/ziffer-lab.js: the element alone. Everything else is fetched when a lab is first seen or asked.

export type * from './elements/lab/lab_types.ts';
export { ZifferLab } from './elements/lab/ziffer_lab.ts';
