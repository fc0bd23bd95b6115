/**
 * Runs inside the page's head, before anything else is loaded: sets the theme, and begins all that the address will need,
 * so that nothing of it waits for the app's code: what shows a document, the engine, and the file itself, which the engine
 * reads as soon as both are there. That is at once, or when the picture that the page came with is drawn. Whatever goes
 * wrong here is done again, and said, by the app.
 */
import { type Begun, type ComingFile, DATABASE } from './begun.ts'
import { type Body, readBody } from './body.ts'

/** Files of the build; all of them empty while developing. Put in by vite.config.ts. */
declare const BUILT: {
  worker: string
  /** What shows a profile. */
  scripts: readonly string[]
  styles: readonly string[]
  /** Words, by language: the page itself speaks English. */
  words: Readonly<Record<string, string>>
}

/** Once, since the name is replaced wherever it stands. */
const built = BUILT

setTheme()
// A picture inside the page goes first: whatever is begun beside it takes its processor time.
if ('picture' in document.documentElement.dataset) globalThis.hotzoneBegin = begin
else begin()

function begin(): void {
  try {
    beginAddress()
  } catch {
    // The app does it all by itself.
  }
}

/** Before the first paint, so that a remembered dark theme never flashes white. */
function setTheme(): void {
  const choice = chosen('theme') ?? 'system'
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
}

/** A choice of the reader, as state/storage.ts keeps it; a blocked store only means that there is none. */
function chosen(key: string): string | null {
  try {
    return localStorage.getItem(`hotzone.${key}`)
  } catch {
    return null
  }
}

/** An address that is none, for instance: the app says so. */
const leaveToApp = () => undefined

function beginAddress(): void {
  const query = new URLSearchParams(location.search)
  const id = query.get('p') ?? ''
  const [source, ...others] = query.getAll('profile')
  const isCarried = /[#&]d=/.test(location.hash)
  if (id === '' && source === undefined && !query.has('base') && !isCarried) return

  const begun: Begun = { worker: startWorker(), files: new Map(), ahead: null }
  globalThis.hotzoneBegun = begun
  // Of several files the app makes one document, in an order that it knows.
  const address = source !== undefined && others.length === 0 && !query.has('base') ? source : null
  if (!isCarried && /^[\w-]{43}$/.test(id)) {
    expect(begun, id, keptFile(id))
      .then((body) => body ?? download(begun, address))
      .catch(leaveToApp)
  } else if (!isCarried && id === '') download(begun, address).catch(leaveToApp)
  hint()
}

function startWorker(): Worker | null {
  if (built.worker === '') return null
  const worker = new Worker(new URL(built.worker, document.baseURI), { type: 'module', name: 'engine' })
  worker.onerror = () => {
    // Whoever needs an engine starts another one, and hears what is wrong.
    if (globalThis.hotzoneBegun?.worker === worker) globalThis.hotzoneBegun.worker = null
  }
  return worker
}

/** Notes that a file is coming, and gives it to the worker when it is there. */
async function expect(
  begun: Begun,
  key: string,
  coming: Promise<Body | null>,
  more: Partial<ComingFile> = {},
): Promise<Body | null> {
  const body = coming.catch(() => null)
  // The app may have taken it when the file comes.
  const { worker } = begun
  begun.files.set(key, Object.assign(more, { body, onBytes: null, cancel: more.cancel ?? (() => {}) }))
  const file = (await body)?.file
  if (file && worker) {
    begun.ahead = file
    worker.postMessage({ ahead: { name: key, file } })
  }
  return body
}

async function download(begun: Begun, address: string | null): Promise<Body | null> {
  if (address === null) return null
  const url = new URL(address, location.href)
  if (!/^https?:$/.test(url.protocol)) return null
  const abort = new AbortController()
  const { signal } = abort
  const coming: Partial<ComingFile> = { cancel: () => abort.abort() }
  const read = async () => {
    const response = await fetch(url, { signal, credentials: 'same-origin', referrerPolicy: 'no-referrer' })
    return response.ok ? readBody(response, (bytes, total) => coming.onBytes?.(bytes, total)) : null
  }
  return expect(begun, url.href, read(), coming)
}

/** A file that this browser keeps; null when it does not. */
function keptFile(id: string): Promise<Body | null> {
  return new Promise((resolve) => {
    const opening = indexedDB.open(DATABASE.name, DATABASE.version)
    opening.onerror = () => resolve(null)
    // Nothing was kept yet: the app makes the database.
    opening.onupgradeneeded = () => opening.transaction?.abort()
    opening.onblocked = opening.onerror
    opening.onsuccess = () => {
      const database = opening.result
      if (!database.objectStoreNames.contains('files')) {
        database.close()
        resolve(null)
        return
      }
      const got = database.transaction('files').objectStore('files').get(id)
      got.onsuccess = () => resolve(got.result ? { file: got.result.file, head: new Uint8Array() } : null)
      got.onerror = () => resolve(null)
      got.transaction?.addEventListener('complete', () => database.close())
    }
  })
}

/** Names to the browser what will be imported. */
function hint(): void {
  const language =
    chosen('language') ??
    navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'en' || tag in built.words)
  const words = built.words[language ?? '']
  for (const href of [...built.scripts, ...(words ? [words] : [])]) link('modulepreload', href)
  for (const href of built.styles) link('preload', href, 'style')
}

function link(rel: string, href: string, as = ''): void {
  const made = document.createElement('link')
  made.rel = rel
  made.crossOrigin = ''
  if (as !== '') made.as = as
  made.href = href
  document.head.append(made)
}
