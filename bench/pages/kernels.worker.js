// Runs the kernel benchmark (build/wasm/ziffer_bench_worker.js) in a worker: its arguments come in the address, its lines
// go to the page.
self.Module = {
  arguments: new URL(location.href).searchParams.getAll('argument'),
  print: (line) => postMessage({ line }),
  printErr: (line) => postMessage({ error: line }),
  locateFile: (name) => `/wasm/${name}`,
  onAbort: () => postMessage({ code: 1 }),
  onExit: (code) => postMessage({ code }),
};
importScripts('/wasm/ziffer_bench_worker.js');
