/*
 * Keeps the shell of the product (hashed files, the one page, icons) and nothing else, so that a reload without a network
 * still shows who we are and goes on when the line is back. Whatever the API says never passes through here: patients' data
 * is in no cache. The build puts the list of files and its fingerprint in place of the two words below.
 */
const files = __FILES__
const cacheName = 'shell-__VERSION__'
const page = '/index.html'

addEventListener('install', (event) => event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(files))))

// Begins its work only when no window runs on the files of the one before it; those are then of no use to anybody.
addEventListener('activate', (event) => event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name))))))

// A page that was loaded while this version waited may be of this version already; it asks by the name of its own first file.
addEventListener('message', (event) => event.ports[0]?.postMessage(files.includes(event.data)))

addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin || /^\/(api|dev|hooks|o)(\/|$)/.test(pathname)) return
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => kept(page, request)))
  else if (files.includes(pathname)) event.respondWith(kept(pathname, request))
})

/** From the cache; from the network where the browser has thrown it away. */
async function kept(path, request) {
  const cache = await caches.open(cacheName)
  return (await cache.match(path)) ?? fetch(request)
}
