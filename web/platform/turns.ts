// Tasks between which messages get through.
import { isNode } from './node.ts';

/**
 * A function that runs `turn` as a task of its own, after the messages that wait now. Not a timer: hidden tabs slow timers
 * down to one a second, and training must go on there.
 */
export function macrotask(turn: () => void): () => void {
  // Node delivers up to a thousand messages of a port, also new ones, before anything else gets its turn.
  if (isNode) return () => setImmediate(turn);
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = turn;
  return () => port2.postMessage(null);
}
