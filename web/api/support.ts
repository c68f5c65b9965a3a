// For the lab, which says in words what the browser lacks.
export { lacking } from '../platform/lacking.ts';
