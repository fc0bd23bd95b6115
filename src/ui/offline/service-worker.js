/**
 * Keeps the built app for times without a network, and nothing else: no profile, no answer of a server. The build
 * (vite.config.ts) puts this in front: VERSION, which differs with every change of the app, and FILES, the addresses of
 * its files relative to the page.
 */
/* global FILES, VERSION */
const { scope } = self.registration
// One host may have several Hotzones, each below its own path.
const ours = `hotzone ${scope} `
const name = ours + VERSION
const assets = `${scope}assets/`
const known = new Set(FILES.map((file) => new URL(file, scope).href))

self.addEventListener('install', (event) => {
  // Names of built files carry a hash of their content; the others have to be asked for anew.
  const fresh = (url) => new Request(url, { cache: url.startsWith(assets) ? 'default' : 'reload' })
  event.waitUntil(caches.open(name).then((cache) => cache.addAll([...known].map(fresh))))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOlder())
})

/** Tabs of the last version stay open beside the new one, and load what they need later: that one is kept. */
async function forgetOlder() {
  const others = (await caches.keys()).filter((key) => key.startsWith(ours) && key !== name)
  for (const key of others.slice(0, -1)) await caches.delete(key)
}

self.addEventListener('message', ({ data }) => {
  if (data === 'use this version') self.skipWaiting()
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  // A link to a view is the page, whatever its query says of the profile.
  if (request.mode === 'navigate') url.search = ''
  url.hash = ''
  const address = url.href === `${scope}index.html` ? scope : url.href
  if (request.method === 'GET' && (known.has(address) || address.startsWith(assets))) {
    event.respondWith(answer(address, request))
  }
})

async function answer(address, request) {
  const cache = await caches.open(name)
  return (await cache.match(address)) ?? (await caches.match(address)) ?? fetch(request)
}
