// A static server for dist/, for `npm start` and for tests, which also ask it for hostile conditions.
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, resolve, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Advice } from './command.mjs';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.gz': 'application/gzip', // never with Content-Encoding: the page unpacks it itself
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ts': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
};

/**
 * Serves a folder and resolves to { url, port, close }. Port 0 takes a free one.
 * @param {string} folder
 * @param {{ port?: number, host?: string, prefix?: string, headers?: Record<string, string>, wasmType?: string, compress?: boolean, cleanUrls?: boolean, onSent?: (file: string, bytes: number) => void }} [options]
 *   prefix: the path under which the folder appears, such as '/courses/ml/'; headers: added to every answer;
 *   wasmType: the MIME type for .wasm, to play a host that does not know it; compress: gzip text and wasm, as hosts do;
 *   cleanUrls: redirect "index.html" to its folder, as some hosts do; onSent: hears of each file that is sent, and its size on the disk
 */
export async function serve(folder, options = {}) {
  const {
    port = 0,
    host,
    prefix = '/',
    headers = {},
    wasmType = types['.wasm'],
    compress,
    cleanUrls,
    onSent,
  } = options;
  const base = resolve(folder);
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const url = request.url ?? '/';
    const index = cleanUrls ? /\/index\.html(?=$|[?#])/ : null;
    const found = index?.test(url)
      ? { status: 308, why: 'the folder', location: url.replace(index, '/') }
      : locate(base, prefix, url);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      refuse(response, 405, 'only GET and HEAD');
    else if (found.status !== 200) refuse(response, found.status, found.why, found.location);
    else {
      const type = found.type === types['.wasm'] ? wasmType : found.type;
      send(request, response, found, type, compress && /^text|json|wasm/.test(type));
      if (request.method === 'GET' && response.statusCode === 200)
        onSent?.(found.file, found.facts.size);
    }
  });
  await new Promise((done, failed) => {
    server.once('error', (error) => failed(explain(error, port)));
    server.listen(port, host, () => done(undefined));
  });
  const taken = /** @type {import('node:net').AddressInfo} */ (server.address()).port;
  const close = () =>
    new Promise((done) => {
      server.close(() => done(undefined));
      server.closeAllConnections();
    });
  return { url: `http://localhost:${taken}${prefix}`, port: taken, close };
}

/** Which file a request means; anything outside the folder is not found. */
function locate(base, prefix, url) {
  let path;
  try {
    path = decodeURIComponent(url.replace(/[?#].*$/s, ''));
  } catch {
    return { status: 400, why: 'malformed address' };
  }
  const missing = { status: 404, why: `no such file: ${path}` };
  if (!path.startsWith(prefix) || path.includes('\0')) return missing;
  let file = resolve(base, `./${path.slice(prefix.length)}`);
  if (file !== base && !file.startsWith(base + sep)) return missing;
  let facts = statSync(file, { throwIfNoEntry: false });
  if (facts?.isDirectory()) {
    if (!path.endsWith('/'))
      return { status: 301, why: 'a folder', location: `${encodeURI(path).replace(/^\/+/, '/')}/` };
    file = `${file}${sep}index.html`;
    facts = statSync(file, { throwIfNoEntry: false });
  }
  if (!facts?.isFile()) return missing;
  return { status: 200, file, facts, type: types[extname(file)] ?? 'application/octet-stream' };
}

function send(request, response, { file, facts }, type, compress) {
  const tag = `"${facts.size.toString(36)}-${Math.floor(facts.mtimeMs).toString(36)}"`;
  response.setHeader('Content-Type', type);
  response.setHeader('ETag', tag);
  response.setHeader('Cache-Control', type.startsWith('text/html') ? 'no-store' : 'no-cache');
  if (request.headers['if-none-match'] === tag) {
    response.writeHead(304).end();
    return;
  }
  if (compress && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
    const packed = gzipSync(readFileSync(file));
    response.setHeader('Content-Encoding', 'gzip').setHeader('Content-Length', packed.length);
    response.writeHead(200).end(request.method === 'HEAD' ? undefined : packed);
    return;
  }
  response.setHeader('Content-Length', facts.size);
  response.writeHead(200);
  if (request.method === 'HEAD') response.end();
  else
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response);
}

function refuse(response, status, why, location) {
  if (location) response.setHeader('Location', location);
  response
    .writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' })
    .end(`${status}: ${why}\n`);
}

function explain(error, port) {
  if (error.code === 'EADDRINUSE') {
    return new Advice(`Port ${port} is taken; choose another: PORT=${port + 1} npm start`);
  }
  return error;
}
