// The service worker on hosts and storages of every kind: the lab's page always opens, and never with files of two builds.
import { expect, it } from 'vitest';
import {
  type Host,
  redirected,
  SCOPE,
  Storage,
  siteOf,
  Worker,
} from '../../support/service_worker.ts';

const one = siteOf('one', { 'app.js': 'app 1', 'core.wasm': 'core 1', 'h5.js': 'h5' }, [
  'app.js',
  'core.wasm',
]);
const two = siteOf('two', { 'app.js': 'app 2', 'core.wasm': 'core 2', 'h5.js': 'h5' }, [
  'app.js',
  'core.wasm',
]);
const windows = {
  tab: SCOPE,
  'worker of tab': `${SCOPE}worker.js?kept`,
  frame: `${SCOPE}embed.html`,
};
const offline: Host = () => Promise.reject(new TypeError('offline'));
const text = async (answer: Promise<Response | null>) => (await answer)?.text();

async function installed(host: Host, storage = new Storage()) {
  const worker = new Worker(one.build, host, storage, null, windows);
  await worker.install();
  return worker;
}

const redirecting: Host = (path, request) => {
  if (path !== 'index.html') return one.host(path, request);
  return redirected(one.host('', request) as Response);
};

const HOSTS: Record<string, Host> = {
  'a plain host': one.host,
  'a host that redirects index.html to /': redirecting,
  'a host without an index for a folder': (path, request) =>
    path === '' ? new Response('', { status: 403 }) : one.host(path, request),
  'a host that redirects everything': (path, request) =>
    redirected(one.host(path, request) as Response),
  'a host that compresses': async (path, request) =>
    new Response(await (await one.host(path, request)).text(), {
      headers: { 'Content-Encoding': 'gzip', 'Content-Length': '3' },
    }),
  'a host whose answers vary with everything': async (path, request) =>
    new Response(await (await one.host(path, request)).text(), { headers: { Vary: '*' } }),
  'a host that calls its answers partial': async (path, request) =>
    new Response(await (await one.host(path, request)).text(), { status: 206 }),
  'a host that puts lines into pages': async (path, request) => {
    const answer = await (await one.host(path, request)).text();
    return new Response(
      path === '' ? answer.replace('</html>', '<script></script></html>') : answer,
    );
  },
};

it.each(Object.entries(HOSTS))(
  '%s: the page opens without a connection, by an answer of its own',
  async (_, host) => {
    const worker = await installed(host);
    expect(await worker.state()).toEqual({ opens: true, missing: [] });
    worker.host = offline;
    for (const path of ['', 'index.html', 'index.html?x=1']) {
      const page = (await worker.visit(path, 'tab'))!;
      expect(page.redirected).toBe(false);
      expect(page.headers.get('content-encoding')).toBeNull();
      expect(await page.text()).toContain('content="one"');
    }
    expect(await text(worker.get('core.wasm', 'worker of tab'))).toBe('core 1');
  },
);

it.each<[string, (path: string) => Response]>([
  ['refuses', () => new Response('', { status: 403 })],
  ['answers with a page and 200 for', () => new Response('<p>Not found</p>')],
  ['cuts off', () => new Response('h')],
])(
  'a host that %s a file: the rest is kept, and what is missing is said and asked for again',
  async (_, instead) => {
    const worker = await installed((path, r) =>
      path === 'h5.js' ? instead(path) : one.host(path, r),
    );
    expect(await worker.state()).toEqual({ opens: true, missing: ['h5.js'] });
    expect(await text(worker.visit('', 'tab'))).toBe(one.page);
    worker.host = one.host;
    expect(await worker.state()).toEqual({ opens: true, missing: [] });
  },
);

it('without a file that the page needs the network answers, all of it', async () => {
  const worker = await installed((path, r) =>
    path === 'core.wasm' ? new Response('', { status: 404 }) : one.host(path, r),
  );
  expect(await worker.state()).toEqual({ opens: false, missing: ['core.wasm'] });
  worker.host = two.host;
  expect(await text(worker.visit('', 'tab'))).toBe(two.page);
  expect(await text(worker.get('app.js', 'tab'))).toBe('app 2');
});

it('an interrupted visit has kept what had come, and the next one fetches the rest only', async () => {
  const storage = new Storage();
  await installed(
    (path, r) =>
      path === '' || path === 'app.js' ? one.host(path, r) : Promise.reject(new TypeError()),
    storage,
  );
  const next = await installed(one.host, storage);
  expect(next.asked).toEqual(['core.wasm', 'h5.js']);
  expect(await next.state()).toEqual({ opens: true, missing: [] });
});

it('of a new build only what has changed is fetched', async () => {
  const { storage } = await installed(one.host);
  const worker = new Worker(two.build, two.host, storage, {}, windows);
  await worker.install();
  expect(worker.asked).not.toContain('h5.js');
  expect([...storage.caches.keys()]).toEqual([`ziffer ${SCOPE} two`]);
});

it.each<[string, (storage: Storage) => void]>([
  ['denied', (storage) => (storage.denied = true)],
  ['cleared', (storage) => storage.caches.clear()],
  [
    'emptied',
    (storage) => {
      for (const cache of storage.caches.values()) cache.entries.clear();
    },
  ],
  [
    'broken',
    (storage) =>
      storage.caches.forEach((cache) => {
        for (const url of cache.entries.keys()) cache.entries.set(url, new Response('broken'));
      }),
  ],
  [
    'unreadable',
    (storage) =>
      storage.caches.forEach((cache) => {
        cache.match = () => Promise.reject(new Error('unreadable'));
      }),
  ],
])('where what was kept is %s the network answers', async (_, harm) => {
  const worker = await installed(one.host);
  harm(worker.storage);
  expect(await text(worker.visit('index.html', 'tab'))).toBe(one.page);
  expect(await text(worker.get('app.js', 'tab'))).toBe('app 1');
  expect(await text(worker.get('core.wasm', 'worker of tab'))).toBe('core 1');
});

it('where storage is full nothing is kept, which is said, and the network answers', async () => {
  const storage = new Storage();
  storage.full = true;
  const worker = await installed(one.host, storage);
  expect(await worker.state()).toMatchObject({ opens: false });
  expect(await text(worker.visit('', 'tab'))).toBe(one.page);
});

it('a page that was opened with one build gets no file of another, also when its storage is cleared', async () => {
  const worker = await installed(one.host);
  worker.host = two.host;
  expect(await text(worker.visit('', 'tab'))).toBe(one.page);
  expect(await text(worker.get('app.js', 'tab'))).toBe('app 1');
  worker.storage.caches.clear();
  expect((await worker.get('app.js', 'tab'))!.type).toBe('error');
  // The next visit is of the other build, whole.
  expect(await text(worker.visit('', 'next tab'))).toBe(two.page);
});

it('a new build that has half arrived leaves the old one in place', async () => {
  const { storage } = await installed(one.host);
  const half: Host = (path, r) => (path === 'core.wasm' ? one.host : two.host)(path, r);
  const worker = new Worker(two.build, half, storage, {}, windows);
  await expect(worker.fire('install')).rejects.toThrow('missing: core.wasm');
  expect([...storage.caches.keys()]).toContain(`ziffer ${SCOPE} one`);
});

it('a visitor whom a redirected page has locked out gets the new worker at once', async () => {
  const storage = new Storage();
  const old = await storage.open(`ziffer ${SCOPE} old`);
  old.entries.set(`${SCOPE}index.html`, redirected(new Response('old')));
  const worker = new Worker(one.build, redirecting, storage, {}, windows);
  await worker.install();
  expect(worker.skipped).toBe(true);
  expect(await text(worker.visit('', 'tab'))).toBe(one.page);
  expect(await worker.state()).toEqual({ opens: true, missing: [] });
});

it('pages around the lab get the network, and without a connection nothing else than the network has', async () => {
  const worker = await installed(one.host);
  worker.host = two.host;
  expect(await worker.visit('embed.html', 'frame')).toBeNull();
  expect(await text(worker.get('app.js', 'frame'))).toBe('app 2');
});
