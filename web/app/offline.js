// The service worker of the lab's page alone: once visited, it opens without a connection. Nothing needs it, so whatever fails here,
// the network answers. The build puts in which files the site has: of each its path, the SHA-256 of its bytes, and whether the page
// cannot open without it. What does not match is neither kept nor given out, so files of two builds never meet, and no host's page
// for what is missing, no cut-off answer and no broken entry is taken for a file. A new build waits until the last tab of the old one is closed.
const { version, files } = ZIFFER_BUILD;
const { scope } = registration;
const ours = `ziffer ${scope} `;
const cacheName = ours + version;
const addressOf = ({ path }) => new URL(path, scope).href;
const known = new Map(files.map((file) => [addressOf(file), file]));
/** Kept under the folder's own address: some hosts redirect "index.html" there, and a redirected answer opens no page. */
const page = files.find(({ path }) => path === '');
const indexAddress = new URL('index.html', scope).href;
const pages = [scope, indexAddress];

/** Fetched at once: more would only share the line. */
const PARALLEL = 4;
/** After so many milliseconds a silent host has not got the file. */
const PATIENCE = 120_000;

/** Windows that were opened with the kept page. */
const opened = new Set();

addEventListener('install', (event) => event.waitUntil(install()));
addEventListener('activate', (event) => event.waitUntil(forgetOthers()));

addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  const url = withoutQuery(request.url);
  if (request.mode === 'navigate') {
    if (pages.includes(url)) event.respondWith(open(event));
  } else if (known.has(url)) event.respondWith(answer(event, known.get(url)));
});

/** The page asks that what is missing be kept, and hears what still is. */
addEventListener('message', (event) => {
  const [port] = event.ports;
  if (event.data !== 'ziffer-keep' || !port) return;
  const tell = async () => {
    const missing = await keep();
    port.postMessage({ opens: !missing.some(isNeeded), missing: missing.map(({ path }) => path) });
  };
  event.waitUntil(tell());
});

// ── What is kept ─────────────────────────────────────────────────────────────

async function install() {
  if (await isLockedOut()) {
    // No window of theirs is open, so there is nothing to wait for.
    await skipWaiting();
    return;
  }
  const missing = await keep();
  // The build that works stays until the new one has arrived as a whole.
  if (registration.active && missing.some(isNeeded)) throw new Error(`missing: ${missing[0].path}`);
}

/** Earlier builds kept redirected answers: since then this visitor's browser has opened the page no more. */
async function isLockedOut() {
  try {
    for (const cache of await otherCaches()) {
      if ((await cache.match(indexAddress))?.redirected) return true;
    }
  } catch {}
  return false;
}

let keeping = null;

/** Keeps file by file what is not kept yet; resolves to the files that could not be. */
function keep() {
  keeping ??= keepMissing().finally(() => {
    keeping = null;
  });
  return keeping;
}

async function keepMissing() {
  try {
    const cache = await caches.open(cacheName);
    const others = await otherCaches();
    const left = await missingIn(cache);
    const next = async () => {
      for (let file = left.shift(); file; file = left.shift()) await keepOne(cache, file, others);
    };
    await Promise.all(Array.from({ length: PARALLEL }, next));
    return await missingIn(await caches.open(cacheName));
  } catch {
    // Storage is denied, or full.
    return files;
  }
}

async function missingIn(cache) {
  const there = new Set((await cache.keys()).map(({ url }) => url));
  return files.filter((file) => !there.has(addressOf(file)));
}

async function keepOne(cache, file, others) {
  try {
    const response = await find(file, others);
    if (response) await cache.put(addressOf(file), response);
  } catch {
    // No room; the next visit tries again.
  }
}

/** A file's right bytes: from another build's files, from the browser's own cache, where the page has just put them, or from the host. */
async function find(file, others) {
  for (const other of others) {
    const right = await checked(file, () => other.match(addressOf(file)));
    if (right) return right;
  }
  const addresses = file === page ? pages : [addressOf(file)];
  for (const cache of ['force-cache', 'reload']) {
    for (const url of addresses) {
      const right = await checked(file, () =>
        fetch(url, { cache, signal: AbortSignal.timeout(PATIENCE) }),
      );
      if (right) return right;
    }
  }
  return null;
}

async function otherCaches() {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith(ours) && name !== cacheName);
  return Promise.all(others.map((name) => caches.open(name)));
}

/** While this build is not whole, other builds' files may still be of use to it. */
async function forgetOthers() {
  if (!(await isWhole())) return;
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith(ours) && name !== cacheName);
  await Promise.all(others.map((name) => caches.delete(name)));
}

/** Whether the page opens from what is kept. */
async function isWhole() {
  try {
    return !(await missingIn(await caches.open(cacheName))).some(isNeeded);
  } catch {
    return false;
  }
}

function isNeeded({ needed }) {
  return needed;
}

// ── What is answered ─────────────────────────────────────────────────────────

/** The page as it is kept, if all that it needs is; otherwise the network's, or without a connection what there is. */
async function open({ request, resultingClientId }) {
  let found = (await isWhole()) ? await kept(page) : null;
  if (!found) {
    try {
      return await fetch(request);
    } catch (error) {
      found = await kept(page);
      if (!found) throw error;
    }
  }
  opened.add(resultingClientId);
  return found;
}

/**
 * The lab's page and the workers that it has started, which are known by the end of their address, get the build that the page
 * was opened with; other pages the network. Firefox and WebKit do not tell a worker's address: such a one gets the network, or without
 * a connection what is kept.
 */
async function answer({ clientId, request }, file) {
  const client = await clients.get(clientId).catch(() => null);
  const isWindow = client?.type === 'window';
  const isPage = isWindow
    ? pages.includes(withoutQuery(client.url))
    : client?.url.endsWith('?kept');
  if (isPage) {
    return opened.has(clientId) || (await isWhole()) ? ofThisBuild(file, request) : fetch(request);
  }
  if (isWindow) return fetch(request);
  return fetch(request).catch(async (error) => {
    const found = await kept(file);
    if (found) return found;
    throw error;
  });
}

/** What is kept, or the same bytes from the network. The host's may be another build's by now, which an open page must not get. */
async function ofThisBuild(file, request) {
  const found = (await kept(file)) ?? (await checked(file, () => fetch(request)));
  if (found) return found;
  // The next visit is the network's, whole.
  if (file.needed) await caches.delete(cacheName).catch(() => {});
  return Response.error();
}

/** Null where it is not kept, or no longer what it was. */
async function kept(file) {
  try {
    const cache = await caches.open(cacheName);
    const found = await cache.match(addressOf(file));
    if (!found) return null;
    const right = await checked(file, () => found);
    if (!right) await cache.delete(addressOf(file));
    return right;
  } catch {
    return null;
  }
}

/** What `get` brings as an answer of its own, neither redirected nor compressed; null where it is not the file. */
async function checked(file, get) {
  try {
    const response = await get();
    if (!response?.ok) return null;
    const body = await response.arrayBuffer();
    if (!(await isRight(file, body))) return null;
    const headers = new Headers(response.headers);
    for (const name of ['content-encoding', 'content-length', 'content-range', 'vary'])
      headers.delete(name);
    return new Response(body, { status: 200, headers });
  } catch {
    return null;
  }
}

/** Hosts put lines of their own into pages, so the page is known by the build's line in it; anything else by its bytes. */
async function isRight(file, body) {
  if (file === page) return new TextDecoder().decode(body).includes(file.mark);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
  return btoa(String.fromCharCode(...hash)) === file.sha256;
}

function withoutQuery(url) {
  return url.replace(/[?#].*$/s, '');
}
