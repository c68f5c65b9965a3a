// The trainer worker: dist/worker.js.
import {
  canStartWorkers,
  macrotask,
  startWorker,
  withOwnChannel,
} from '../protocol/environment.ts';
import { Dispatcher } from './dispatcher.ts';
import { compileCore, instantiateCore } from './load_core.ts';

withOwnChannel((channel) => {
  new Dispatcher({
    channel,
    load: async ({ wasmUrl }) => {
      const module = await compileCore(wasmUrl);
      return { core: await instantiateCore(module), module };
    },
    startCompute: canStartWorkers() ? startWorker : null,
    now: () => performance.now(),
    macrotask,
  });
});
