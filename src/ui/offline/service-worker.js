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
/** Of a version that ran: when it began to. Never a file of the app. */
const began = `${scope}began-to-run`
const known = new Set(FILES.map((file) => new URL(file, scope).href))

self.addEventListener('install', (event) => {
  // Names of built files carry a hash of their content; the others have to be asked for anew.
  const fresh = (url) => new Request(url, { cache: url.startsWith(assets) ? 'default' : 'reload' })
  event.waitUntil(keep([...known].map(fresh)))
})

/** All of them or, where one is missing, nothing. */
async function keep(requests) {
  const cache = await caches.open(name)
  try {
    await cache.addAll(requests)
  } catch (error) {
    // A worker that changed and files that did not have one cache: what runs from it goes on.
    if ((await cache.keys()).length === 0) await caches.delete(name)
    throw error
  }
}

self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOlder())
})

/**
 * Tabs of the version that ran before stay open, and load what they need later: its files are kept. Versions that waited
 * and were replaced before anybody took them ran in no tab.
 */
async function forgetOlder() {
  await (await caches.open(name)).put(began, new Response(String(Date.now())))
  const others = (await caches.keys()).filter((key) => key.startsWith(ours) && key !== name)
  const times = await Promise.all(others.map(beganAt))
  const last = others[times.lastIndexOf(Math.max(...times))]
  // The next version may be on its way already, and has not run either.
  const { installing, waiting } = self.registration
  const gone = others.filter((key, i) => key !== last && (times[i] > 0 || !(installing ?? waiting)))
  await Promise.all(gone.map((key) => caches.delete(key)))
}

/** Milliseconds since 1970; 0 for one that never ran. */
async function beganAt(key) {
  const said = await (await caches.open(key)).match(began)
  return said ? Number(await said.text()) : 0
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
