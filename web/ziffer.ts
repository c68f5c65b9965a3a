// The entry of dist/ziffer.js: the API, the file formats, and the custom elements, which importing it registers.
import './formats/index.ts';
import { part } from './platform/parts.ts';

export * from './api/index.ts';
export type * from './elements/lab/lab_types.ts';

// Node has the API without the elements.
if ('customElements' in globalThis) {
  await part('ziffer: its elements', () => import('./elements/lab/ziffer_lab.ts'));
}
