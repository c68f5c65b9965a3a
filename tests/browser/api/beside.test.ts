// What a model's or a data set's file names is fetched as a stranger would fetch it: without the visitor's cookies, from its own host.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Site } from '../../support/api_site.ts';

let site: Site;
/** One host with files of a stranger, one with what they would like to read. */
let hosts: { url: string; asked: { path: string; cookie: string | undefined }[]; close(): void }[];
const files = new Map<string, string | Buffer>();

async function host(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: { path: string; cookie: string | undefined }[] = [];
  const server = createServer((request, response) => {
    asked.push({ path: request.url!, cookie: request.headers.cookie });
    // As a host that would let the page read with cookies, too.
    response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
    response.setHeader('Access-Control-Allow-Credentials', 'true');
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, () => done()));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://localhost:${port}/`, asked, close };
}

beforeAll(async () => {
  site = await Site.open();
  const other = await host((_, response) => response.end(Buffer.alloc(4 * 7850)));
  const first = await host(({ url }, response) => {
    const path = url!.slice(1);
    if (path.startsWith('away/') && !path.endsWith('.json')) {
      response.writeHead(302, { Location: `${other.url}private.bin` }).end();
    } else if (files.has(path)) response.end(files.get(path));
    else response.writeHead(404).end();
  });
  hosts = [first, other];
});
afterAll(async () => {
  for (const { close } of hosts ?? []) close();
  await site?.close();
});

it('models and data come without cookies; a file that another host answers is refused', async () => {
  const context = await site.context();
  const page = await site.page(context);
  const [stranger, other] = hosts as [(typeof hosts)[0], (typeof hosts)[0]];
  // Cookies are the same for all ports of a host.
  await context.addCookies([{ name: 'session', value: 'secret', url: site.server.url }]);
  expect(await page.evaluate(() => document.cookie)).toBe('session=secret');
  const saved = await page.evaluate(async () => {
    const zip = await ziffer.presets['softmax-regression']().save('tfjs');
    return [...new Uint8Array(await zip.arrayBuffer())];
  });
  for (const [name, bytes] of Object.entries(unzipSync(new Uint8Array(saved)))) {
    for (const folder of ['near', 'away']) files.set(`${folder}/${name}`, Buffer.from(bytes));
  }
  const piece = { file: 'labels.gz', count: 10, bytes: 18 };
  const split = {
    count: 10,
    images: [{ ...piece, file: 'images.gz', bytes: 7856 }],
    labels: piece,
  };
  const manifest = { classes: [...'0123456789'], shape: [28, 28, 1], train: split, test: split };
  files.set('away/manifest.json', JSON.stringify(manifest));

  const outcome = (what: 'model' | 'data', folder: string) =>
    page.evaluate(
      async ({ what, url }) => {
        try {
          if (what === 'model') {
            return (await (await ziffer.loadModel(`${url}model.json`)).weights()).length;
          }
          const { test } = await ziffer.loadIdxSets(`${url}manifest.json`);
          await test.load();
          return null;
        } catch (error) {
          const { code, message } = error as { code: string; message: string };
          return { code, message };
        }
      },
      { what, url: `${stranger.url}${folder}/` },
    );
  expect(await outcome('model', 'near')).toBe(7850);
  expect(await outcome('model', 'away')).toMatchObject({
    code: 'invalid_model',
    message: expect.stringContaining('Only what lies beside a file'),
  });
  expect(await outcome('data', 'away')).toMatchObject({
    code: 'data_corrupt',
    message: expect.stringContaining('expected files beside it'),
  });
  expect(stranger.asked.length).toBeGreaterThan(3);
  expect(other.asked.length).toBeGreaterThan(0);
  const cookies = [...stranger.asked, ...other.asked].map(({ cookie }) => cookie);
  expect(new Set(cookies)).toEqual(new Set([undefined]));
  await context.close();
});
