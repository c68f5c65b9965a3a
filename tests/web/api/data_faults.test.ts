// What a server can do to each file of a data set: a clear error names the file, nothing is lost, and the next call succeeds.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadIdxSets } from '../../../web/api/data.ts';
import { FitControl } from '../../../web/api/fit_control.ts';
import { presets } from '../../../web/api/presets.ts';
import type { Dataset } from '../../../web/api/types.ts';
import { Threads } from '../../support/page_harness.ts';
import { idx, stripes } from '../../support/trainer_harness.ts';

let threads: Threads;
vi.mock('../../../web/platform/start_worker.ts', () => ({
  startWorker: async () => threads.startTrainer(),
  coreCount: () => 1,
  canStartWorkers: () => true,
}));

// ── A folder with a manifest: three pieces of training images, one of test images ──

const PIECE = 60;
const files = new Map<string, Uint8Array>();

function put(file: string, bytes: Uint8Array, count: number) {
  const packed = gzipSync(bytes);
  files.set(file, packed);
  return { file, count, bytes: packed.length };
}

function split(name: string, pieces: number) {
  const count = pieces * PIECE;
  const { images, labels } = stripes(count);
  const piece = (i: number) => {
    const part = images.subarray(i * PIECE * 784, (i + 1) * PIECE * 784);
    return put(`${name}-images-${i}.gz`, idx(part, PIECE, 28, 28), PIECE);
  };
  return {
    count,
    images: Array.from({ length: pieces }, (_, i) => piece(i)),
    labels: put(`${name}-labels.gz`, idx(labels, count), count),
  };
}

const manifest = {
  classes: [...'0123456789'],
  shape: [28, 28, 1],
  train: split('train', 3),
  test: split('test', 1),
};
files.set('manifest.json', new TextEncoder().encode(JSON.stringify(manifest)));

type Answer = (response: ServerResponse, bytes: Uint8Array) => unknown;

/** What is answered in place of a file, until it is taken out. */
const faults = new Map<string, Answer>();
const held: ServerResponse[] = [];
const server = createServer((request, response) => {
  const name = request.url!.slice(1);
  const bytes = files.get(name)!;
  const fault = faults.get(name);
  if (fault) fault(response, bytes);
  else response.end(bytes);
});
let base: string;
beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  threads = new Threads();
});
afterEach(async () => {
  faults.clear();
  for (const response of held.splice(0)) response.destroy();
  await threads.end();
});

const FAULTS: Record<string, { answer: Answer; code: RegExp }> = {
  missing: { answer: (r) => r.writeHead(404).end(), code: /^data_missing$/ },
  refused: { answer: (r) => r.writeHead(403).end(), code: /^data_forbidden$/ },
  failing: { answer: (r) => r.writeHead(503).end(), code: /^data_unreachable$/ },
  'cut short': { answer: (r, b) => r.end(b.subarray(0, b.length / 2)), code: /^data_corrupt$/ },
  'broken off': {
    answer: (r, b) => {
      r.writeHead(200, { 'Content-Length': b.length });
      r.write(b.subarray(0, b.length / 2), () => r.destroy());
    },
    code: /^data_unreachable$/,
  },
  changed: {
    answer: (r, b) => r.end(b.map((x, i) => (i === 30 ? x ^ 255 : x))),
    code: /^data_corrupt$|^idx_invalid$/,
  },
  'a page': { answer: (r) => r.end('<!doctype html>'), code: /^data_corrupt$/ },
  empty: { answer: (r) => r.end(), code: /^data_corrupt$/ },
  'silent from the start': { answer: (r) => held.push(r), code: /^data_unreachable$/ },
  'silent in the middle': {
    answer: (r, b) => {
      held.push(r);
      r.writeHead(200, { 'Content-Length': b.length });
      r.write(b.subarray(0, b.length / 2));
    },
    code: /^data_unreachable$/,
  },
};

/** A visit's weights and what it measures; every part of the data is used. */
async function visit(signal?: AbortSignal, control?: FitControl) {
  const held: Dataset[] = [];
  const model = presets['softmax-regression']();
  try {
    const { train, test } = await loadIdxSets(`${base}manifest.json`);
    held.push(train, test);
    const options = { epochs: 1, batchSize: 60, validationSplit: 0.3, signal, control };
    await model.fit(train, options);
    const { accuracy } = await model.evaluate(test, { signal });
    return { weights: await model.weights(), accuracy };
  } finally {
    model.dispose();
    for (const set of held) set.dispose();
  }
}

/** The seconds that a watchdog counts pass until it has settled. */
async function inTime<T>(work: Promise<T>): Promise<PromiseSettledResult<T>> {
  let over = false;
  const outcome = Promise.allSettled([work]).then(([result]) => {
    over = true;
    return result;
  });
  for (let s = 0; s < 90 && !over; s++) {
    await new Promise((later) => setTimeout(later, 5));
    await threads.pass(1);
  }
  expect(over, 'settled').toBe(true);
  return outcome;
}

let right: Awaited<ReturnType<typeof visit>>;

describe('a file that is', () => {
  for (const [what, { answer, code }] of Object.entries(FAULTS)) {
    it(`${what}: the error names it, and the next visit computes the same`, async () => {
      right ??= await visit();
      for (const name of files.keys()) {
        await threads.restart();
        faults.set(name, answer);
        const outcome = await inTime(visit());
        expect(outcome.status, name).toBe('rejected');
        const { reason } = outcome as PromiseRejectedResult;
        // A manifest that was changed may still be one, of files that are not there.
        if (name !== 'manifest.json' || what !== 'changed') {
          expect(reason.code, `${name}: ${reason.message}`).toMatch(code);
          expect(reason.message).toContain(name);
        }
        faults.delete(name);
        const healed = await inTime(visit());
        expect((healed as { value?: unknown }).value, name).toEqual(right);
      }
    });
  }

  it('late computes the same', async () => {
    right ??= await visit();
    for (const name of files.keys()) {
      faults.set(name, (r, b) => setTimeout(() => r.end(b), 60));
      expect(await visit(), name).toEqual(right);
      faults.delete(name);
    }
  });

  it('slow, but never silent, is waited for', async () => {
    right ??= await visit();
    faults.set('train-images-1.gz', (r, b) => {
      r.writeHead(200, { 'Content-Length': b.length });
      const send = (at: number) => {
        if (at >= b.length) return void r.end();
        r.write(b.subarray(at, at + 1500), () => setTimeout(() => send(at + 1500), 3));
      };
      send(0);
    });
    const outcome = visit();
    // Ten seconds pass with each part, some minutes in all.
    let over = false;
    void outcome.finally(() => {
      over = true;
    });
    while (!over) {
      await threads.pass(10);
      await new Promise((later) => setTimeout(later, 10));
    }
    expect(await outcome).toEqual(right);
  });
});

it('a file that arrived damaged is asked from the server the next time, not from a cache', async () => {
  for (const name of files.keys()) {
    await threads.restart();
    faults.set(name, (r) => r.end('<!doctype html>'));
    await expect(visit(), name).rejects.toThrow();
    faults.delete(name);
    const asked = vi.spyOn(globalThis, 'fetch');
    await visit();
    const how = (part: (url: string) => boolean) =>
      asked.mock.calls.filter(([url]) => part(url as string)).map(([, init]) => init?.cache);
    expect(
      how((url) => url.endsWith(name)),
      name,
    ).toEqual(['reload']);
    expect(new Set(how((url) => !url.endsWith(name)))).toEqual(new Set([undefined]));
    asked.mockRestore();
  }
});

describe('a silent server and a stop', () => {
  it('a load ends at once when it is aborted', async () => {
    for (const name of ['manifest.json', 'train-images-0.gz']) {
      await threads.restart();
      const abort = new AbortController();
      faults.set(name, (r) => held.push(r));
      const load = loadIdxSets(`${base}manifest.json`, { signal: abort.signal });
      while (held.length === 0) await new Promise((later) => setTimeout(later, 5));
      abort.abort();
      await expect(load, name).rejects.toMatchObject({ code: 'aborted' });
      for (const response of held.splice(0)) response.destroy();
      faults.delete(name);
    }
  });

  it('a fit and an evaluation end at once when they are aborted', async () => {
    for (const name of ['train-images-2.gz', 'test-images-0.gz']) {
      await threads.restart();
      const abort = new AbortController();
      faults.set(name, (r) => held.push(r));
      const outcome = visit(abort.signal).catch((error) => error.code);
      while (held.length === 0) await new Promise((later) => setTimeout(later, 5));
      await new Promise((later) => setTimeout(later, 60));
      abort.abort();
      expect(await outcome, name).toBe('aborted');
      for (const response of held.splice(0)) response.destroy();
      faults.delete(name);
    }
  });

  it('a fit that waits for its validation is stopped with what it has learned', async () => {
    faults.set('train-images-2.gz', (r) => held.push(r));
    const control = new FitControl();
    const outcome = visit(undefined, control);
    while (!control.begun) await new Promise((later) => setTimeout(later, 5));
    await new Promise((later) => setTimeout(later, 60));
    control.stop();
    expect((await outcome).weights).toHaveLength(7850);
  });
});
