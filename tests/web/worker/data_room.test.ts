// A data set that is given up while it opens settles whoever waits for it; what is never settled would keep the worker for ever.
import { afterEach, expect, it, vi } from 'vitest';
import type { Core } from '../../../web/worker/core.ts';
import { DataRoom } from '../../../web/worker/data_room.ts';

afterEach(() => void vi.unstubAllGlobals());

const piece = { file: 'a.gz', count: 1, bytes: 1 };
const split = { count: 1, images: [piece], labels: piece };
const manifest = { classes: ['0', '1'], shape: [28, 28, 1], train: split, test: split };

it.each([true, false])(
  'a set that is disposed before its manifest has come is told so (lazy: %s)',
  async (lazy) => {
    let answer = (_: Response) => {};
    const fetched = new Promise<Response>((resolve) => {
      answer = resolve;
    });
    vi.stubGlobal('fetch', () => fetched);
    const room = new DataRoom({} as Core, () => 0);
    const source = { kind: 'mnist', base: 'http://site/', set: 'train', count: 1 } as const;
    const opened = room.open(1, source, lazy, () => {}, new AbortController().signal);
    room.dispose(1);
    answer(new Response(JSON.stringify(manifest)));
    await expect(opened).rejects.toMatchObject({ code: 'disposed' });
  },
);
