// The API in this process, with the workers and the module of dist/.
import { pathToFileURL } from 'node:url';
import { configure } from '../../web/ziffer.ts';

export function useDist(): void {
  const dist = (path: string) => pathToFileURL(`dist/${path}`).href;
  configure({
    workerUrl: dist('worker.js'),
    wasmUrl: dist('ziffer-core.wasm'),
    pictureUrl: dist('picture.js'),
    pictureWasmUrl: dist('ziffer-picture.wasm'),
  });
}
