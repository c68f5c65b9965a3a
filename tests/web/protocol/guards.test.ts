import { describe, expect, it } from 'vitest';
import { isFromWorker, isRequest, isToWorker } from '../../../web/protocol/guards.ts';
import type { Request } from '../../../web/protocol/messages.ts';

const REQUESTS: Request[] = [
  {
    kind: 'request',
    id: 1,
    type: 'start',
    wasmUrl: 'a',
    scalarWasmUrl: 'b',
    workerUrl: 'c',
    cores: 2,
    life: 'd',
  },
  { kind: 'request', id: 1, type: 'model.create', model: 1, config: '{}', seed: 1, weights: null },
  { kind: 'request', id: 1, type: 'model.weights', model: 1 },
  { kind: 'request', id: 1, type: 'model.setWeights', model: 1, weights: new Float32Array(1) },
  { kind: 'request', id: 1, type: 'model.reset', model: 1, seed: 1 },
  { kind: 'request', id: 1, type: 'model.compile', model: 1, options: '{}' },
  { kind: 'request', id: 1, type: 'model.optimizer', model: 1 },
  { kind: 'request', id: 1, type: 'model.snapshot', model: 1 },
  { kind: 'request', id: 1, type: 'model.setOptimizer', model: 1, state: { steps: 0, slots: [] } },
  { kind: 'request', id: 1, type: 'model.predict', model: 1, images: new Uint8Array(1), count: 1 },
  { kind: 'request', id: 1, type: 'model.activations', model: 1, image: new Float32Array(1) },
  {
    kind: 'request',
    id: 1,
    type: 'model.saliency',
    model: 1,
    image: new Uint8Array(1),
    classIndex: 0,
  },
  { kind: 'request', id: 1, type: 'model.dispose', model: 1 },
  {
    kind: 'request',
    id: 1,
    type: 'data.open',
    data: 1,
    source: { kind: 'mnist', base: 'x', set: 'train', count: 1 },
    lazy: false,
  },
  { kind: 'request', id: 1, type: 'data.ready', data: 1 },
  { kind: 'request', id: 1, type: 'data.images', data: 1, indices: new Uint32Array(1) },
  { kind: 'request', id: 1, type: 'data.labels', data: 1, first: 0, count: 1 },
  { kind: 'request', id: 1, type: 'data.dispose', data: 1 },
  {
    kind: 'request',
    id: 1,
    type: 'fit',
    model: 1,
    data: 1,
    validation: null,
    options: '{}',
    threads: 'auto',
    checkpoints: false,
    backups: true,
    from: new Uint8Array(1),
    actions: ['pause', 'step'],
  },
  { kind: 'request', id: 1, type: 'evaluate', model: 1, data: 1, threads: 2 },
  {
    kind: 'request',
    id: 1,
    type: 'ink.strokes',
    points: new Float32Array(3),
    lengths: new Uint32Array(1),
    options: '{}',
  },
];

describe('guards', () => {
  it.each(REQUESTS)('know the request $type', (request) => {
    expect(isToWorker(request)).toBe(true);
  });

  it.each(REQUESTS)(
    'refuse $type when any of its fields is missing or of another type',
    (request) => {
      for (const field of Object.keys(request)) {
        const { [field as 'id']: _gone, ...without } = request;
        expect(isRequest(without), `without ${field}`).toBe(false);
        expect(isRequest({ ...request, [field]: Symbol('other') }), `other ${field}`).toBe(false);
      }
    },
  );

  it.each([null, undefined, 7, 'start', [], {}, { kind: 'request', id: 1, type: 'toString' }])(
    'refuse what is no message: %j',
    (message) => {
      expect(isToWorker(message)).toBe(false);
      expect(isFromWorker(message)).toBe(false);
    },
  );

  it('know settlements, notices and wishes', () => {
    const error = { code: 'aborted', message: 'm' };
    expect(isFromWorker({ kind: 'reply', id: 1, value: undefined })).toBe(true);
    expect(isFromWorker({ kind: 'failure', id: 1, error })).toBe(true);
    expect(isFromWorker({ kind: 'failure', id: 1, error: { ...error, code: 'nonsense' } })).toBe(
      false,
    );
    expect(isFromWorker({ kind: 'notice', id: 1, type: 'warning', error })).toBe(true);
    expect(isFromWorker({ kind: 'notice', id: 1, type: 'warning', error: 'e' })).toBe(false);
    expect(isFromWorker({ kind: 'wish', type: 'compute.start', worker: 1 })).toBe(true);
    expect(isFromWorker({ kind: 'wish', type: 'compute.start' })).toBe(false);
  });
});
