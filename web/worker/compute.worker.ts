// A compute worker: dist/compute.js.
import { withOwnChannel } from '../protocol/environment.ts';
import { ComputeServer } from './compute_server.ts';
import { instantiateCore } from './load_core.ts';

withOwnChannel((channel) => {
  new ComputeServer(channel, instantiateCore);
});
