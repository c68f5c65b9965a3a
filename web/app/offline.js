// The service worker of the lab's page alone: once visited, it opens without a connection. Nothing needs it.
// The build puts the list of the site's files and its hash in the two names below. A new build waits until the last tab of the
// old one is closed, so that files of two builds never meet.
const cacheName = `ziffer ${registration.scope} ${ZIFFER_VERSION}`;
const files = new Set(ZIFFER_FILES.map((path) => new URL(path, registration.scope).href));
const pages = ['', 'index.html'].map((path) => new URL(path, registration.scope).href);

addEventListener('install', (event) => {
  const fresh = [...files].map((url) => new Request(url, { cache: 'no-cache' }));
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(fresh)));
});

addEventListener('activate', (event) => {
  const ours = `ziffer ${registration.scope} `;
  const forget = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith(ours) && name !== cacheName);
    await Promise.all(old.map((name) => caches.delete(name)));
  };
  event.waitUntil(forget());
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = withoutQuery(request.url);
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') {
    if (pages.includes(url)) event.respondWith(kept(pages[1], request));
  } else if (files.has(url)) event.respondWith(answer(event, url));
});

/**
 * The lab's page and the workers that it has started, which are known by the end of their address, get the build that the page
 * was opened with; other pages the network. Firefox and WebKit do not tell a worker's address: such a one gets the network, or without
 * a connection what is kept.
 */
async function answer({ clientId, request }, url) {
  const client = await clients.get(clientId);
  if (client?.type === 'window') {
    return pages.includes(withoutQuery(client.url)) ? kept(url, request) : fetch(request);
  }
  if (client?.url.endsWith('?kept')) return kept(url, request);
  return fetch(request).catch(() => kept(url, request));
}

async function kept(url, request) {
  const cache = await caches.open(cacheName);
  return (await cache.match(url)) ?? fetch(request);
}

function withoutQuery(url) {
  return url.replace(/[?#].*$/s, '');
}
