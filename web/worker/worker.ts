// dist/worker.js: the trainer worker and its compute workers. One file for both, since most of it is Emscripten's glue; the
// first message tells which of the two this is.

import { type Channel, withOwnChannel } from '../platform/channel.ts';
import { canStartWorkers, startWorker } from '../platform/start_worker.ts';
import { macrotask } from '../platform/turns.ts';
import { isToCompute } from '../protocol/compute.ts';
import { ComputeServer } from './compute_server.ts';
import { Dispatcher } from './dispatcher.ts';
import { instantiateCore, loadCore } from './load_core.ts';

withOwnChannel((channel) => {
  channel.onMessage = (first) => {
    // Either takes the channel over.
    if (isToCompute(first)) new ComputeServer(channel, instantiateCore);
    else lead(channel);
    channel.onMessage(first);
  };
});

function lead(channel: Channel): void {
  new Dispatcher({
    channel,
    load: ({ wasmUrl, scalarWasmUrl }, onBytes) => loadCore(wasmUrl, scalarWasmUrl, { onBytes }),
    startCompute: canStartWorkers() ? startWorker : null,
    now: () => performance.now(),
    macrotask,
  });
}
