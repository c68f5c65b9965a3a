// dist/picture.js: Emscripten's glue of the module that reads pictures, which the worker imports with the first of them.
export { default } from 'ziffer-picture';
