/** What the built app weighs and what it must not hold. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from './ready.mjs'

const app = join(root, 'dist', 'app')

/** Bytes after gzip, as a server with compression sends them: what the first screen loads, and the workers. */
export function measureBundle() {
  const page = readFileSync(join(app, 'index.html'), 'utf8')
  const initial = withStaticImports(namedIn(page))
  const worker = withImportsOfText(readdirSync(join(app, 'assets')).filter((name) => /worker.*\.js$/.test(name)))
  return {
    initial: sum(initial.map(compressed)),
    initialFiles: initial,
    worker: sum(worker.map(compressed)),
    workerFiles: worker,
  }
}

/**
 * What a page on a document needs before it can draw: the files that the page itself names, and those that it does not,
 * which wait for one that does. Bytes after gzip.
 */
export function measureChain() {
  const page = readFileSync(join(app, 'index.html'), 'utf8')
  const [, early = ''] = /<script>(.*?)<\/script>/s.exec(page) ?? []
  const worker = early.match(/assets\/engine-worker-[^"'`]+\.js/g) ?? []
  const shown = early.match(/assets\/workspace-[^"'`]+\.(js|css)/g) ?? []
  const named = new Set([...namedIn(page), ...worker, ...shown])
  const needed = new Set([
    ...withStaticImports([...named].filter((name) => !worker.includes(name))),
    ...withImportsOfText(worker.map((name) => name.replace('assets/', ''))),
  ])
  const late = [...needed].filter((name) => !named.has(name))
  return { files: needed.size + 1, bytes: gzipSync(page).length + sum([...needed].map(compressed)), late }
}

/** One line for each way in which the page needs more before its picture than it may. */
export function checkChain() {
  const { pictureFiles, pictureKilobytes } = JSON.parse(readFileSync(join(root, '.ci', 'budgets.json'), 'utf8'))
  const { files, bytes, late } = measureChain()
  const problems = late.map((name) => `${name} is needed for the picture, and the page does not name it`)
  if (files > pictureFiles) problems.push(`a picture needs ${files} files of the app, the budget is ${pictureFiles}`)
  if (bytes > pictureKilobytes * 1000) {
    problems.push(`a picture needs ${kB(bytes)} of the app gzipped, the budget is ${pictureKilobytes} kB`)
  }
  return {
    problems,
    summary: `Before a picture: ${files} files of the app, ${kB(bytes)} gzipped, ${late.length} of them late`,
  }
}

/** One line for each way in which the built app breaks its promises. */
export function checkBundle() {
  const budgets = JSON.parse(readFileSync(join(root, '.ci', 'budgets.json'), 'utf8'))
  const { initial, initialFiles, worker, workerFiles } = measureBundle()
  const problems = []
  if (!initialFiles.some((name) => name.startsWith('assets/'))) problems.push('index.html loads no script of the build')
  if (workerFiles.length === 0) problems.push('there is no worker')
  const limit = (what, bytes, kilobytes) => {
    if (bytes > kilobytes * 1000) problems.push(`${what} is ${kB(bytes)} gzipped, the budget is ${kilobytes} kB`)
  }
  limit('the first load', initial, budgets.initialKilobytes)
  limit('the code of the workers', worker, budgets.workerKilobytes)
  for (const name of workerFiles) {
    if (/react|createElement/i.test(read(name))) problems.push(`the worker ${name} holds React`)
  }
  for (const name of readdirSync(app, { recursive: true }).filter((file) =>
    /\.(js|css|html|json|svg|webmanifest)$/.test(file),
  )) {
    for (const host of foreignHosts(read(name))) problems.push(`${name} names another host: ${host}`)
  }
  const page = read('index.html')
  const inline = [...page.matchAll(/<script(?![^>]*\bsrc=)[^>]*>(.*?)<\/script>/gs)].map(([, code]) => code)
  if (inline.length !== 1) problems.push(`index.html holds ${inline.length} inline scripts, there is one`)
  for (const code of inline) {
    const hash = createHash('sha256').update(code).digest('base64')
    if (!page.includes(`'sha256-${hash}'`)) problems.push('the policy of index.html does not allow its inline script')
  }
  return { problems, summary: `first load ${kB(initial)}, workers ${kB(worker)} gzipped` }
}

/**
 * Addresses that are only names (XML namespaces, a format's schema), that React prints in its error messages, that a
 * package's notice of copyright holds, or links that the reader may follow to Go's source: never loaded.
 */
const harmless =
  /^https?:\/\/(www\.w3\.org\/|www\.speedscope\.app\/file-format-schema|go\.dev\/src\/|react\.dev\/errors|react\.dev\/link|github\.com\/le0pard\/re2js#readme)/

function foreignHosts(text) {
  return new Set(
    (text.match(/\bhttps?:\/\/[a-z0-9-]+\.[a-z0-9.-]+[^\s"'`)\\]*/gi) ?? []).filter((url) => !harmless.test(url)),
  )
}

/** Scripts and styles that the tags of a page name. */
function namedIn(page) {
  return [...page.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="\.?\/?([^"]+\.(?:js|css))"/g)].map((m) => m[1])
}

/** The files and all that they import while loading, each once. */
function withStaticImports(names) {
  const manifest = Object.values(JSON.parse(read('.vite/manifest.json')))
  const byFile = new Map(manifest.map((chunk) => [chunk.file, chunk]))
  const byKey = JSON.parse(read('.vite/manifest.json'))
  const all = new Set()
  const add = (name) => {
    if (all.has(name)) return
    all.add(name)
    const chunk = byFile.get(name)
    for (const key of chunk?.imports ?? []) add(byKey[key].file)
    for (const css of chunk?.css ?? []) add(css)
  }
  for (const name of names) add(name)
  return [...all]
}

/** The same for workers, which the manifest does not know: by what stands in their files. */
function withImportsOfText(names) {
  const all = new Set()
  const add = (name) => {
    if (all.has(name)) return
    all.add(name)
    const imports = read(name).matchAll(/(?:^|[;}])import\b[^'"()]*["']\.\/([^"']+)["']/g)
    for (const [, file] of imports) add(`assets/${file}`)
  }
  for (const name of names) add(`assets/${name}`)
  return [...all]
}

function read(name) {
  return readFileSync(join(app, name), 'utf8')
}

function compressed(name) {
  return gzipSync(readFileSync(join(app, name)), { level: 9 }).length
}

function sum(numbers) {
  return numbers.reduce((a, b) => a + b, 0)
}

function kB(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`
}
