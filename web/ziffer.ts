// The entry of dist/ziffer.js: the API, and the custom elements, which importing it registers.
export * from './api/index.ts';
