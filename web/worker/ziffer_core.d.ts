// Emscripten's glue, as load_core.ts uses it; both are build products, so that declarations of their own may not be there yet.
type CreateModule<T> = (options: {
  /** Instead of fetching: must call `done` with the instance. */
  instantiateWasm(
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance) => void,
  ): object;
  locateFile(name: string): string;
}) => Promise<T>;

declare module 'ziffer-core' {
  const createCore: CreateModule<import('./core.ts').Core>;
  export default createCore;
}

declare module 'ziffer-picture' {
  const createPictureCore: CreateModule<import('./core.ts').PictureCore>;
  export default createPictureCore;
}
