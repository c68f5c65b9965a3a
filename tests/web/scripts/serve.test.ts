// The static server answers as hosts of course pages do, and gives out nothing from outside its folder.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, expect, it } from 'vitest';
import { serve } from '../../../scripts/serve.mjs';

const home = mkdtempSync(`${tmpdir()}/ziffer-serve-`);
mkdirSync(`${home}/dist/data`, { recursive: true });
mkdirSync(`${home}/dist-private`);
writeFileSync(`${home}/dist-private/secret.txt`, 'secret');
const files: Record<string, string | Uint8Array> = {
  'index.html': '<p>lab</p>',
  'ziffer.js': 'export {};',
  'ziffer-core.mjs': 'export {};',
  'ziffer-core.wasm': new Uint8Array([0, 0x61, 0x73, 0x6d]),
  'data/manifest.json': '{}',
  'data/train.idx.gz': gzipSync('idx'),
};
for (const [name, bytes] of Object.entries(files)) writeFileSync(`${home}/dist/${name}`, bytes);
afterAll(() => rmSync(home, { recursive: true }));

let server: Awaited<ReturnType<typeof serve>> | undefined;
afterEach(() => server?.close());

async function open(options?: Parameters<typeof serve>[1]): Promise<string> {
  server = await serve(`${home}/dist`, options);
  return server.url;
}

/** Asks for a path exactly as it is written; fetch would tidy it up first. */
function ask(path: string, method = 'GET'): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ port: server?.port, path, method }, (answer) => {
      let text = '';
      answer.on('data', (bytes) => {
        text += bytes;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    asked.on('error', reject).end();
  });
}

it.each([
  ['', 'text/html; charset=utf-8'],
  ['ziffer.js', 'text/javascript; charset=utf-8'],
  ['ziffer-core.mjs', 'text/javascript; charset=utf-8'],
  ['ziffer-core.wasm', 'application/wasm'],
  ['data/manifest.json', 'application/json; charset=utf-8'],
  ['data/train.idx.gz', 'application/gzip'],
])('/%s is %s, as it stands on the disk', async (name, type) => {
  const answer = await fetch((await open()) + name);
  expect(answer.headers.get('content-type')).toBe(type);
  expect(answer.headers.get('content-encoding')).toBeNull();
  const expected = files[name || 'index.html'];
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(
    new Uint8Array(
      typeof expected === 'string' ? new TextEncoder().encode(expected) : (expected ?? []),
    ),
  );
});

it.each([
  '/../dist-private/secret.txt',
  '/%2e%2e/dist-private/secret.txt',
  '/data/..%2f../../dist-private/secret.txt',
  '/..%5cdist-private/secret.txt',
  '/%2e%2e%2fdist-private%2fsecret.txt%00.html',
  '//etc/passwd',
])('%s is not found', async (path) => {
  await open();
  expect(await ask(path)).toMatchObject({
    status: 404,
    text: expect.not.stringContaining('secret\n'),
  });
});

it('a malformed address and another method are refused', async () => {
  await open();
  expect((await ask('/%E0%A4%A')).status).toBe(400);
  expect((await ask('/', 'POST')).status).toBe(405);
});

it('HEAD has no body, and a file that has not changed is not sent again', async () => {
  const url = `${await open()}ziffer.js`;
  const head = await fetch(url, { method: 'HEAD' });
  expect(head.headers.get('content-length')).toBe('10');
  expect(await head.text()).toBe('');
  const tag = head.headers.get('etag') ?? '';
  const again = await fetch(url, { headers: { 'If-None-Match': tag } });
  expect(again.status).toBe(304);
});

it('pages are never cached', async () => {
  const answer = await fetch(await open());
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

it('under a prefix, a folder leads to its index and nothing answers outside', async () => {
  const url = await open({ prefix: '/courses/ml/' });
  expect(await (await fetch(url)).text()).toBe('<p>lab</p>');
  expect((await ask('/ziffer.js')).status).toBe(404);
  const folder = await fetch(`${url}data`, { redirect: 'manual' });
  expect(folder.headers.get('location')).toBe('/courses/ml/data/');
});

it('a folder name that begins with slashes does not lead to another host', async () => {
  await open();
  mkdirSync(`${home}/dist/example.org`, { recursive: true });
  const answer = await ask('//example.org');
  expect(answer.status).not.toBe(200);
  expect(answer.text).not.toContain('//');
});

it('headers and a wrong type for WebAssembly can be asked for', async () => {
  const url = await open({
    headers: { 'Content-Security-Policy': "default-src 'self'" },
    wasmType: 'text/plain',
  });
  const answer = await fetch(`${url}ziffer-core.wasm`);
  expect(answer.headers.get('content-type')).toBe('text/plain');
  expect(answer.headers.get('content-security-policy')).toBe("default-src 'self'");
});

it('a taken port is said in one sentence', async () => {
  await open();
  await expect(serve(home, { port: server?.port })).rejects.toThrow(
    /is taken; choose another: PORT=\d+ npm start/,
  );
});
