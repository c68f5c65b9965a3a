// What the page is told when data do not come as they should, and that it can go on.
import type { BrowserContext, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Site } from '../../support/api_site.ts';

let site: Site;

beforeAll(async () => {
  site = await Site.open();
});
afterAll(() => site?.close());

const respond = (status: number, body = '') => ({ status, body, contentType: 'text/html' });

/** loadMnist with `file` answered by `answer`; then again without it. */
async function loadTwice(file: string, answer: (route: Route) => Promise<void>) {
  const context = await site.context((c) => c.route(`**/data/mnist/${file}`, answer));
  const page = await site.page(context);
  const load = () =>
    page.evaluate(async () => {
      try {
        const { train, test } = await ziffer.loadMnist({ trainCount: 6000 });
        await train.ready;
        await test.load();
        return { code: 'none', message: '', first: await train.label(0) };
      } catch (error) {
        const { code, message } = error as InstanceType<typeof ziffer.ZifferError>;
        return { code, message, first: -1 };
      }
    });
  const failed = await load();
  await context.unroute(`**/data/mnist/${file}`);
  const again = await load();
  await context.close();
  return { failed, again };
}

describe('loading fails with a clear code, and can be tried again', () => {
  const html = '<!doctype html><title>Welcome</title>';
  it.each([
    ['manifest.json', 'data_missing', (r: Route) => r.fulfill(respond(404))],
    ['manifest.json', 'data_forbidden', (r: Route) => r.fulfill(respond(403))],
    ['manifest.json', 'data_unreachable', (r: Route) => r.fulfill(respond(500))],
    ['manifest.json', 'data_unreachable', (r: Route) => r.abort('internetdisconnected')],
    ['manifest.json', 'data_corrupt', (r: Route) => r.fulfill(respond(200, html))],
    ['train-labels.idx.gz', 'data_missing', (r: Route) => r.fulfill(respond(404))],
    ['train-images-00.idx.gz', 'data_corrupt', (r: Route) => r.fulfill(respond(200, html))],
    ['train-images-00.idx.gz', 'data_corrupt', (r: Route) => r.fulfill(respond(200, 'PNG?'))],
    ['train-images-01.idx.gz', 'data_corrupt', (r: Route) => truncated(r)],
    ['test-images-00.idx.gz', 'data_missing', (r: Route) => r.fulfill(respond(404))],
  ])('%s: %s', async (file, code, answer) => {
    const { failed, again } = await loadTwice(file, answer);
    expect(failed.code).toBe(code);
    expect(failed.message).toContain(file);
    expect(again).toEqual({ code: 'none', message: '', first: 5 });
  });
});

async function truncated(route: Route): Promise<void> {
  const response = await route.fetch();
  const body = await response.body();
  await route.fulfill({ response, body: body.subarray(0, body.length - 1000) });
}

/** A page on which one file waits until it is released. */
async function withHeld(file: string, test: (page: Page, release: () => void) => Promise<void>) {
  let release = () => {};
  const held = new Promise<void>((done) => {
    release = done;
  });
  const hold = (c: BrowserContext) =>
    c.route(`**/data/mnist/${file}`, async (route) => {
      await held;
      await route.continue().catch(() => {});
    });
  const context = await site.context(hold);
  await test(await site.page(context), release).finally(release);
  await context.close();
}

describe('the training set arrives piece by piece', () => {
  it('a fit trains on what it needs and waits for its validation data only at the end of the epoch', async () => {
    await withHeld('train-images-01.idx.gz', async (page, release) => {
      const fit = page.evaluate(async () => {
        const { train } = await ziffer.loadMnist({ trainCount: 10_000 });
        const model = ziffer.presets['softmax-regression']();
        const seen = { steps: 0, readyAt: -1, progress: [] as number[] };
        Object.assign(window, { seen });
        train.ready.then(() => (seen.readyAt = seen.steps));
        const onStep = ({ totalStep }: { totalStep: number }) => (seen.steps = totalStep);
        const history = await model.fit(train, { batchSize: 100, validationSplit: 0.5, onStep });
        return { ...seen, history };
      });
      const steps = () =>
        page.evaluate(() => (window as unknown as { seen?: { steps: number } }).seen?.steps ?? 0);
      await expect.poll(steps, { timeout: 5000 }).toBe(50);
      await new Promise((done) => setTimeout(done, 100));
      release();
      const { readyAt, history } = await fit;
      expect(readyAt).toBe(50);
      expect(history.history.val_loss).toHaveLength(1);
    });
  });

  it('the result does not depend on when the pieces come', async () => {
    const weights = (page: Page) =>
      page.evaluate(async () => {
        const { train } = await ziffer.loadMnist({ trainCount: 6000 });
        const model = ziffer.presets['softmax-regression']();
        await model.fit(train, { batchSize: 100 });
        return [...(await model.weights())];
      });
    const page = await site.freshPage();
    const expected = await weights(page);
    await page.context().close();
    await withHeld('train-images-00.idx.gz', async (late, release) => {
      setTimeout(release, 400);
      expect(await weights(late)).toEqual(expected);
    });
  });

  it('reports its progress up to the end, and is shared by who asks twice', async () => {
    const requests: string[] = [];
    const listen = async (c: BrowserContext) => {
      c.on('request', (request) => requests.push(request.url().replace(/.*\//, '')));
    };
    const context = await site.context(listen);
    const page = await site.page(context);
    const last = await page.evaluate(async () => {
      let last = { loadedBytes: 0, totalBytes: 0, loadedImages: 0, totalImages: 0 };
      const onProgress = (progress: typeof last) => (last = { ...progress });
      const sets = await Promise.all([
        ziffer.loadMnist({ trainCount: 12_000, onProgress }),
        ziffer.loadMnist({ trainCount: 12_000 }),
      ]);
      await Promise.all(sets.map(({ train }) => train.ready));
      return last;
    });
    expect(last).toMatchObject({ loadedImages: 12_000, totalImages: 12_000 });
    expect(last.loadedBytes).toBe(last.totalBytes);
    const pieces = requests.filter((name) => name.startsWith('train-'));
    expect(pieces.sort()).toEqual([
      'train-images-00.idx.gz',
      'train-images-01.idx.gz',
      'train-images-02.idx.gz',
      'train-labels.idx.gz',
    ]);
    expect(requests.filter((name) => name.startsWith('test-'))).toEqual([]);
    await context.close();
  });

  it('can be aborted, before and after the first piece, and loaded again', async () => {
    await withHeld('train-images-01.idx.gz', async (page, release) => {
      const codes = await page.evaluate(async () => {
        const code = (error: { code: string }) => error.code;
        const early = AbortSignal.abort();
        const first = await ziffer.loadMnist({ signal: early }).catch(code);
        const late = new AbortController();
        const { train } = await ziffer.loadMnist({ trainCount: 6000, signal: late.signal });
        const ready = train.ready.then(() => 'ready', code);
        late.abort();
        Object.assign(window, { train });
        return [first, await ready];
      });
      expect(codes).toEqual(['aborted', 'aborted']);
      release();
      const count = await page.evaluate(async () => {
        const { train } = window as unknown as {
          train: Awaited<ReturnType<typeof ziffer.loadIdx>>;
        };
        await train.load();
        return (await train.labels()).length;
      });
      expect(count).toBe(6000);
    });
  });
});

describe('a dataset', () => {
  it('gives images and labels, refuses what it does not have, and is gone when disposed', async () => {
    const page = await site.freshPage();
    const seen = await page.evaluate(async () => {
      const code = (error: { code: string }) => error.code;
      const { train, test } = await ziffer.loadMnist({ trainCount: 100 });
      const pair = await train.images([3, 0]);
      const third = await train.image(3);
      const out = {
        count: [train.count, test.count],
        shape: [...train.shape, train.classes],
        same: third.every((v, i) => v === pair[i]),
        length: pair.length,
        labels: [await train.label(0), await test.label(0), (await test.labels()).length],
        outside: [await train.image(100).catch(code), await train.label(-1).catch(code)],
        gone: '',
      };
      train.dispose();
      out.gone = (await train.image(0).catch(code)) as string;
      return out;
    });
    expect(seen).toEqual({
      count: [100, 10_000],
      shape: [28, 28, 1, 10],
      same: true,
      length: 1568,
      labels: [5, 7, 10_000],
      outside: ['invalid_argument', 'invalid_argument'],
      gone: 'disposed',
    });
    await page.context().close();
  });

  it('of IDX files says what is wrong with them', async () => {
    const page = await site.freshPage();
    const codes = await page.evaluate(async () => {
      const code = (error: { code: string }) => error.code;
      const images = new Uint8Array([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4]);
      const labels = (count: number) =>
        new Uint8Array([0, 0, 8, 1, 0, 0, 0, count, 0, 1].slice(0, 8 + count));
      return [
        (await ziffer.loadIdx(images, labels(2))).classes,
        await ziffer.loadIdx(images, labels(1)).catch(code),
        await ziffer.loadIdx(labels(2), labels(2)).catch(code),
        await ziffer.loadIdx(images.slice(0, 18), labels(2)).catch(code),
        await ziffer.loadIdx('nowhere.idx', labels(2)).catch(code),
        await ziffer.loadMnist({ trainCount: 0 }).catch(code),
      ];
    });
    const invalid = 'idx_invalid';
    expect(codes).toEqual([
      2,
      'shape_mismatch',
      invalid,
      invalid,
      'data_missing',
      'invalid_argument',
    ]);
    await page.context().close();
  });
});
