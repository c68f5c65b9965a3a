// Emscripten's glue, as load_core.ts uses it; it is a build product, so that its own declarations may not be there yet.
declare module 'ziffer-core' {
  export default function createCore(options: {
    /** Instead of fetching: must call `done` with the instance. */
    instantiateWasm(
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance) => void,
    ): object;
    locateFile(name: string): string;
  }): Promise<import('./core.ts').Core>;
}
