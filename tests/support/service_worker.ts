// offline.js in Node: a browser's caches, clients and registration, as far as a service worker sees them, and a host to answer it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import vm from 'node:vm';

export const SCOPE = 'https://host.example/lab/';
export type Host = (path: string, request: Request | undefined) => Response | Promise<Response>;

/** A Response that says it was redirected, as one does that fetch has followed. */
export function redirected(response: Response): Response {
  Object.defineProperty(response, 'redirected', { value: true });
  return response;
}

class FakeCache {
  readonly entries = new Map<string, Response>();
  async match(url: string) {
    const found = this.entries.get(url);
    if (!found) return undefined;
    const copy = found.clone();
    return found.redirected ? redirected(copy) : copy;
  }
  async put(url: string, response: Response) {
    if (response.headers.get('vary') === '*' || response.status === 206) throw new TypeError('put');
    this.entries.set(url, response);
  }
  async keys() {
    return [...this.entries.keys()].map((url) => ({ url }));
  }
  async delete(url: string) {
    return this.entries.delete(url);
  }
}

/** One visitor's storage; service workers come and go over it. */
export class Storage {
  readonly caches = new Map<string, FakeCache>();
  denied = false;
  full = false;
  async open(name: string) {
    if (this.denied) throw new DOMException('denied', 'SecurityError');
    const cache = this.caches.get(name) ?? new FakeCache();
    if (this.full) {
      cache.put = async () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    }
    this.caches.set(name, cache);
    return cache;
  }
  async keys() {
    if (this.denied) throw new DOMException('denied', 'SecurityError');
    return [...this.caches.keys()];
  }
  async delete(name: string) {
    return this.caches.delete(name);
  }
}

/** A build of the site: its files by path, '' being the page. */
export function siteOf(version: string, texts: Record<string, string>, needed: string[]) {
  const mark = `<meta name="ziffer-build" content="${version}">`;
  const files = Object.entries(texts).map(([path, text]) => ({
    path,
    sha256: createHash('sha256').update(text).digest('base64'),
    needed: needed.includes(path),
  }));
  const page = `<html>${mark}</html>`;
  const all: Record<string, string> = { ...texts, '': page, 'index.html': page };
  const build = { version, files: [{ path: '', mark, needed: true }, ...files] };
  const host: Host = (path) =>
    Object.hasOwn(all, path) ? new Response(all[path]) : new Response('none', { status: 404 });
  return { build, host, page };
}

export class Worker {
  host: Host;
  skipped = false;
  readonly asked: string[] = [];
  readonly #listeners = new Map<string, (event: unknown) => void>();

  constructor(
    build: unknown,
    host: Host,
    readonly storage: Storage,
    active: unknown = null,
    windows: Record<string, string> = {},
  ) {
    this.host = host;
    const source = readFileSync('web/app/offline.js', 'utf8');
    vm.runInNewContext(
      source.replace('ZIFFER_BUILD', () => JSON.stringify(build)),
      {
        ...{ URL, Headers, Response, TextDecoder, Uint8Array, AbortSignal, crypto, btoa },
        registration: { scope: SCOPE, active },
        caches: storage,
        clients: {
          get: async (id: string) =>
            windows[id] && {
              url: windows[id],
              type: id.startsWith('worker') ? 'worker' : 'window',
            },
        },
        skipWaiting: async () => {
          this.skipped = true;
        },
        addEventListener: (type: string, listener: (event: unknown) => void) =>
          this.#listeners.set(type, listener),
        fetch: async (input: Request | string) => {
          const url = typeof input === 'string' ? input : input.url;
          const path = url.replace(SCOPE, '').replace(/\?.*/, '');
          this.asked.push(path);
          return this.host(path, typeof input === 'string' ? undefined : input);
        },
      },
    );
  }

  /** Resolves or rejects as the event's waitUntil does. */
  async fire(type: string, event: Record<string, unknown> = {}): Promise<void> {
    let waits: unknown;
    this.#listeners.get(type)?.({ ...event, waitUntil: (promise: unknown) => (waits = promise) });
    await waits;
  }

  async install(): Promise<void> {
    await this.fire('install');
    await this.fire('activate');
  }

  /** What a request of this client gets; null where the service worker leaves it alone. */
  async get(path: string, clientId: string, mode = 'no-cors'): Promise<Response | null> {
    let answer: Promise<Response> | null = null;
    const request = { url: SCOPE + path, method: 'GET', mode };
    const respondWith = (given: Promise<Response>) => {
      answer = given;
    };
    const event = { request, clientId, resultingClientId: clientId, respondWith };
    this.#listeners.get('fetch')?.(event);
    return answer;
  }

  visit(path: string, clientId: string): Promise<Response | null> {
    return this.get(path, clientId, 'navigate');
  }

  async state(): Promise<{ opens: boolean; missing: string[] }> {
    const told: { opens: boolean; missing: string[] }[] = [];
    const port = { postMessage: (state: (typeof told)[number]) => told.push(state) };
    await this.fire('message', { data: 'ziffer-keep', ports: [port] });
    return told[0]!;
  }
}
