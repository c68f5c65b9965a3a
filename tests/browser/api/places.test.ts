// Where course pages live: other origins, deep paths, wrong MIME types, strict policies, old browsers.
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serve } from '../../../scripts/serve.mjs';
import { type Server, Site } from '../../support/api_site.ts';

let site: Site;

beforeAll(async () => {
  site = await Site.open();
});
afterAll(() => site?.close());

/** Trains a little, with a compute worker, and gives the warnings back. */
async function trains(
  page: Page,
): Promise<{ accuracy: number; threads: number; warnings: string[] }> {
  return page.evaluate(async () => {
    const { train } = await ziffer.loadMnist({ trainCount: 5000 });
    const model = ziffer.presets['simple-cnn']();
    const warnings: string[] = [];
    let threads = 0;
    const options = {
      threads: 2,
      onStep: (report: { threads: number }) => (threads = Math.max(threads, report.threads)),
      onWarning: ({ message }: Error) => warnings.push(message),
    };
    const history = await model.fit(train, { ...options, epochs: 3 });
    // On a busy machine these epochs may be over before the second worker has started.
    for (let more = 0; threads < 2 && more < 30; more++) await model.fit(train, options);
    return { accuracy: history.history.accuracy[2] ?? 0, threads, warnings };
  });
}

const well = { accuracy: expect.closeTo(0.9, 1), threads: 2, warnings: [] };

async function elsewhere(
  options: Parameters<typeof serve>[1],
  test: (server: Server) => Promise<void>,
) {
  const server = await serve('dist', options);
  await test(server).finally(() => server.close());
}

/** Runs something in every worker before its script. */
const inWorkers = (code: string) => (context: BrowserContext) =>
  context.route('**/worker.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${code};${await response.text()}` });
  });

it('another origin: the workers start from blobs, and start none themselves, which may hang in Firefox', async () => {
  const headers = { 'Access-Control-Allow-Origin': '*' };
  await elsewhere({ headers }, async (server) => {
    const context = await site.context(
      inWorkers('self.Worker = class { constructor() { throw new Error("nested"); } }'),
    );
    const page = await site.page(context, server.url);
    expect(await trains(page)).toEqual(well);
    await context.close();
  });
});

it('a deep path, on a host that does not know .wasm', async () => {
  await elsewhere(
    { prefix: '/courses/ml/', wasmType: 'application/octet-stream' },
    async (server) => {
      const context = await site.context();
      const page = await context.newPage();
      await page.goto(`${server.url}ziffer.js`);
      await page.evaluate(`import('${server.url}ziffer.js').then((m) => { window.ziffer = m; })`);
      expect(await trains(page)).toEqual(well);
      await context.close();
    },
  );
});

it("a policy of 'self' and 'wasm-unsafe-eval', without blobs and eval", async () => {
  const policy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:";
  await elsewhere({ headers: { 'Content-Security-Policy': policy } }, async (server) => {
    const context = await site.context();
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) errors.push(message.text());
    });
    await page.goto(`${server.url}ziffer.js`);
    await page.evaluate(`import('${server.url}ziffer.js').then((m) => { window.ziffer = m; })`);
    expect(await trains(page)).toEqual(well);
    expect(errors).toEqual([]);
    await context.close();
  });
});

it('workers that cannot start workers: the page does it for them', async () => {
  const context = await site.context(inWorkers('delete self.Worker'));
  const page = await site.page(context);
  expect(await trains(page)).toEqual(well);
  await context.close();
});

it.each([
  ['worker.js', 'worker_failed'],
  ['ziffer-core.wasm', 'data_missing'],
])('without %s the page is told %s, and nothing hangs', async (file, code) => {
  const context = await site.context((c) =>
    c.route(`**/${file}`, (r) => r.fulfill({ status: 404 })),
  );
  const page = await site.page(context);
  const call = () =>
    page.evaluate(async () => {
      const model = ziffer.presets['simple-cnn']();
      const outcomes = await Promise.allSettled([
        model.predict(new Uint8Array(784)),
        model.weights(),
        ziffer.loadMnist(),
        ziffer.normalizeStrokes([[[1, 2]]]),
      ]);
      return outcomes.map((o) => (o.status === 'rejected' ? o.reason.code : 'ok'));
    });
  expect(await call()).toEqual([code, code, code, code]);
  await context.unroute(`**/${file}`);
  expect(await call()).toEqual(['ok', 'ok', 'ok', 'ok']);
  await context.close();
});

it('without a second worker the training goes on with one thread, and says so', async () => {
  const server = await serve('dist');
  const page = await (await site.context()).newPage();
  await page.goto(`${server.url}ziffer.js`);
  await page.evaluate(`import('${server.url}ziffer.js').then((m) => { window.ziffer = m; })`);
  const trainWith = (threads: number) =>
    page.evaluate(async (wanted) => {
      const { train } = await ziffer.loadMnist({ trainCount: 2000 });
      const warnings: string[] = [];
      let most = 0;
      await ziffer.presets['simple-cnn']().fit(train, {
        epochs: 2,
        threads: wanted,
        onStep: ({ threads }: { threads: number }) => (most = Math.max(most, threads)),
        onWarning: ({ message }: Error) => warnings.push(message),
      });
      return { threads: most, warnings: warnings.join() };
    }, threads);
  expect(await trainWith(1)).toEqual({ threads: 1, warnings: '' });
  await server.close();
  const warnings = expect.stringContaining('worker.js could not be loaded');
  expect(await trainWith(2)).toEqual({ threads: 1, warnings });
  await page.context().close();
});

it('configure() names other places', async () => {
  const headers = { 'Access-Control-Allow-Origin': '*' };
  await elsewhere({ prefix: '/elsewhere/', headers }, async ({ url }) => {
    const context = await site.context();
    const page = await site.page(context);
    const used: string[] = [];
    context.on('request', (request) => used.push(request.url()));
    await page.evaluate(
      (base) =>
        ziffer.configure({
          workerUrl: `${base}worker.js`,
          wasmUrl: `${base}ziffer-core.wasm`,
          dataUrl: `${base}data/mnist`,
        }),
      url,
    );
    expect(await trains(page)).toEqual(well);
    // The parts of ziffer.js itself, with a hash in their names, lie beside it.
    const own = /-[A-Z0-9]{8}\.js$/;
    const others = used.filter((u) => !u.startsWith(url) && !u.startsWith('blob:'));
    expect(others.filter((u) => !own.test(u))).toEqual([]);
    await context.close();
  });
});

it('ink is normalised, an empty pad is said to be empty, and no training data is loaded', async () => {
  const context = await site.context();
  const used: string[] = [];
  context.on('request', (request) => used.push(request.url()));
  const page = await site.page(context);
  const seen = await page.evaluate(async () => {
    const one = await ziffer.normalizeStrokes([
      [
        [10, 10],
        [12, 90],
      ],
    ]);
    const { fitted } = one.steps;
    const none = await ziffer.normalizeStrokes([]);
    const code = (error: { code: string }) => error.code;
    return {
      size: one.image.length,
      ink: one.image.some((v) => v > 200),
      longer: Math.max(fitted.width, fitted.height),
      empty: [one.empty, none.empty],
      picture: await ziffer.normalizePicture(new Blob(['no picture'])).catch(code),
    };
  });
  expect(seen).toEqual({
    size: 784,
    ink: true,
    longer: 20,
    empty: [false, true],
    picture: 'picture_unsupported',
  });
  expect(used.filter((url) => url.includes('/data/'))).toEqual([]);
  await context.close();
});

it('what reads pictures is fetched with the first picture, again after a failure, and by nothing else', async () => {
  const file = '**/ziffer-picture.wasm';
  const asked: string[] = [];
  let there = false;
  const context = await site.context((c) =>
    c.route(file, (route) => {
      asked.push(route.request().url());
      return there ? route.continue() : route.fulfill({ status: 404 });
    }),
  );
  const page = await site.page(context);
  expect(await trains(page)).toEqual(well);
  expect(asked).toEqual([]);
  const read = () =>
    page.evaluate(async () => {
      const canvas = new OffscreenCanvas(60, 60);
      const pen = canvas.getContext('2d')!;
      pen.fillStyle = 'white';
      pen.fillRect(0, 0, 60, 60);
      pen.fillStyle = 'black';
      pen.fillRect(28, 10, 5, 40);
      return ziffer.normalizePicture(await canvas.convertToBlob()).then(
        ({ empty, image }) => ({ empty, ink: image.some((v) => v > 200) }),
        ({ code }) => code,
      );
    });
  expect(await read()).toBe('data_missing');
  there = true;
  expect([await read(), await read()]).toEqual(Array(2).fill({ empty: false, ink: true }));
  expect(asked).toHaveLength(2);
  await context.close();
});

it('a model saved for TensorFlow.js comes back with the same bits', async () => {
  const page = await site.freshPage();
  const seen = await page.evaluate(async () => {
    const model = ziffer.presets['two-conv-cnn'](5);
    const blob = await model.save('tfjs');
    const loaded = await ziffer.loadModel(blob);
    const [a, b] = [await model.weights(), await loaded.weights()];
    const code = (error: { code: string }) => error.code;
    return {
      same: a.length === b.length && a.every((w, i) => w === b[i]),
      config: JSON.stringify(loaded.config()) === JSON.stringify(model.config()),
      summary: loaded.summary() === model.summary(),
      cut: await ziffer.loadModel(blob.slice(0, 9000)).catch(code),
      foreign: await ziffer.loadModel(new Blob(['hello'])).catch(code),
      unknown: await model.save('csv' as 'onnx').catch(code),
      missing: await ziffer.loadModel('nowhere/model.json').catch(code),
    };
  });
  expect(seen).toEqual({
    same: true,
    config: true,
    summary: true,
    cut: 'invalid_model',
    foreign: 'invalid_model',
    unknown: 'unsupported_format',
    missing: 'data_missing',
  });
  await page.context().close();
});
