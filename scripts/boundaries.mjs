/**
 * Who may import whom, checked by reading every module with the compiler of the build. core knows nothing of
 * browsers; ui -> state -> engine -> core; ui -> draw -> core; nothing imports ui. Imports of types count: two
 * modules that need each other's types are one module.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, relative, sep } from 'node:path'
import { parseSync } from 'vite'
import { root } from './ready.mjs'

/**
 * For each folder, longest first: what its modules may import, as folders or files and as packages. Paths begin in src, or
 * at the root for what lies beside src.
 */
const layers = [
  { from: 'core/model', to: ['core/model'], packages: ['@noble/hashes'] },
  {
    from: 'core/formats',
    // A dump of goroutines is a profile too, and so is what goroutines waited for in a trace.
    to: ['core/model', 'core/formats', 'core/evidence/goroutines/profile.ts', 'core/trace'],
    packages: ['pako', '@noble/hashes', 'gecko-profiler-demangle'],
  },
  { from: 'core/query', to: ['core/model', 'core/query'], packages: ['re2js'] },
  { from: 'core/compare', to: ['core/model', 'core/query', 'core/zones', 'core/compare'] },
  { from: 'core/zones', to: ['core/model', 'core/query', 'core/zones'] },
  { from: 'core/where', to: ['core/model', 'core/query', 'core/zones', 'core/where'] },
  { from: 'core/shape', to: ['core/model', 'core/query', 'core/zones', 'core/shape'] },
  // The languages that there are.
  { from: 'core/benchmark', to: ['core/zones', 'core/benchmark'] },
  {
    from: 'core/evidence',
    to: ['core/model', 'core/formats', 'core/query', 'core/zones', 'core/compare', 'core/joins', 'core/evidence'],
  },
  // What a text says of a line, and what a profile charges to it.
  { from: 'core/joins', to: ['core/model', 'core/query', 'core/joins'] },
  { from: 'core/view', to: ['core/model', 'core/query', 'core/documents', 'core/view'] },
  { from: 'core/documents', to: ['core/model', 'core/formats', 'core/documents'], packages: ['fflate', 'nanotar'] },
  // What services are asked for, and what is said where they do not answer.
  { from: 'core/live', to: ['core/zones', 'core/live'] },
  { from: 'core/service', to: ['core/service', 'core/live'] },
  // Its tables are those of other reports, in the same languages.
  {
    from: 'core/trace',
    to: ['core/model', 'core/zones/words/languages.ts', 'core/evidence/memory/text.ts', 'core/trace'],
  },
  { from: 'core/story', to: ['core/model', 'core/compare', 'core/zones', 'core/evidence', 'core/story'] },
  {
    from: 'core/export',
    to: ['core/model', 'core/query', 'core/compare', 'core/zones', 'core/layout', 'core/export'],
  },
  { from: 'core/layout', to: ['core/model', 'core/query', 'core/compare', 'core/zones', 'core/view', 'core/layout'] },
  { from: 'engine', to: ['core', 'engine'], packages: ['@hpcc-js/wasm-graphviz'] },
  { from: 'draw', to: ['core', 'draw'], packages: ['d3'] },
  // What runs before the app's code: it has to be small.
  { from: 'early', to: ['early'] },
  {
    from: 'state',
    to: ['core', 'early', 'state', 'engine/client.ts', 'engine/protocol.ts'],
    packages: ['zustand', 'idb', '@noble/hashes'],
  },
  // The layout of the call graph is no question to a document, so no engine answers it.
  {
    from: 'ui/views/graph',
    to: ['core', 'draw/text-width.ts', 'state', 'ui', 'engine/graphviz.ts', 'engine/protocol.ts'],
    packages: ['react'],
  },
  // The looks of components and what they are made of meet here alone.
  { from: 'ui/parts', to: ['core', 'ui/parts', 'ui/words'], packages: ['react', 'radix-ui'] },
  {
    from: 'ui',
    to: ['core', 'draw', 'state', 'ui'],
    packages: ['react', 'react-dom', 'd3', 'uplot', 'zustand', 'cmdk', '@lezer/go', '@lezer/highlight'],
  },
  {
    from: 'node',
    to: [
      'core',
      'engine/engine.ts',
      'engine/benchmarks.ts',
      'engine/evidence.ts',
      'engine/first-picture.ts',
      'engine/story.ts',
      'server',
      'node',
    ],
    packages: ['node:', '@modelcontextprotocol/sdk', 'zod'],
  },
  // What answers over HTTP. It knows the page by its files alone.
  {
    from: 'server',
    to: ['core', 'engine/engine.ts', 'early/body.ts', 'server'],
    packages: ['node:', 'hono', '@hono/node-server', 'aws4fetch', 'http-proxy-agent', 'https-proxy-agent'],
  },
  // A session without a browser, for tests of state and ui.
  { from: 'testing/session', to: ['core', 'engine', 'state', 'testing'], packages: ['fake-indexeddb'] },
  { from: 'testing', to: ['core', 'testing'], packages: ['node:', 'fast-check', 'pprof-format'] },
  {
    from: 'bench',
    to: ['core', 'testing', 'server/server.ts', 'e2e/browser.mjs', 'bench'],
    packages: ['node:', 'playwright', 'pprof-format', 'd3', 'sirv'],
  },
  // Journeys know of the page what it says, in its catalogues of messages.
  {
    from: 'e2e',
    to: ['core', 'engine/engine.ts', 'engine/first-picture.ts', 'server', 'testing', 'ui', 'scripts/rgw.mjs', 'e2e'],
    packages: ['node:', 'playwright', '@playwright/test', 'axe-core', 'fflate', 'ws', '@modelcontextprotocol/sdk'],
  },
  {
    from: 'scripts',
    to: ['e2e/browser.mjs', 'dist/node/hotzone.js', 'scripts'],
    packages: ['node:', 'vite', 'playwright', 'pprof-format', 'fflate'],
  },
]

/** Folders beside src; their subfolders are projects of their own (bench/peers) or what a run left behind. */
const besides = ['bench', 'e2e', 'scripts']

/** What tests may import besides what the modules beside them may. */
const forTests = {
  to: ['core', 'testing', 'scripts/rgw.mjs'],
  packages: ['vitest', 'fast-check', 'node:', 'pprof-format'],
}

/** Reads all modules. Returns what checkModules finds, and how many were read. */
export function checkBoundaries() {
  const paths = [...modulesIn('src', true), ...besides.flatMap((folder) => modulesIn(folder, false))].sort()
  const modules = new Map(paths.map((path) => [shortPath(path), importsOf(join(root, path))]))
  return { modules: modules.size, problems: checkModules(modules) }
}

/** Paths from the root. */
function modulesIn(folder, recursive) {
  return readdirSync(join(root, folder), { recursive, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.d)\.(tsx?|mjs)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
}

const shortPath = (path) => path.replace(/^src\//, '')

/** Module -> what it names, as written. One line for each import that crosses a border, for each circle, and for a module that no layer owns. */
export function checkModules(modules) {
  const problems = []
  /** Module -> modules it imports. */
  const graph = new Map()
  for (const [file, targets] of modules) {
    const edges = []
    const folder = posix.dirname(besides.some((beside) => file.startsWith(`${beside}/`)) ? file : `src/${file}`)
    for (const target of targets) {
      if (!target.startsWith('.')) {
        if (!allowed(file, target, 'packages')) problems.push(`${file} must not import the package ${target}`)
        continue
      }
      const path = shortPath(posix.join(folder, target.split('?')[0]))
      if (/\.(css|json)$/.test(path)) continue
      if (!modules.has(path) && !path.startsWith('dist/'))
        problems.push(`${file} imports ${target}, which is not there`)
      else edges.push(path)
      if (!allowed(file, path, 'to')) problems.push(`${file} must not import ${path}`)
    }
    if (!layerOf(file)) problems.push(`${file} lies in no folder that scripts/boundaries.mjs knows`)
    graph.set(file, edges)
  }
  for (const circle of circles(graph)) problems.push(`circle: ${circle.join(' -> ')}`)
  return problems
}

/** Everything a module names: imports and re-exports, of values and types, import() and workers' addresses. */
function importsOf(path) {
  const source = readFileSync(path, 'utf8')
  const { module, errors } = parseSync(path, source)
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0].message}`)
  const names = new Set()
  for (const { moduleRequest } of module.staticImports) names.add(moduleRequest.value)
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest } of entries) if (moduleRequest) names.add(moduleRequest.value)
  }
  for (const [, name] of source.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)) names.add(name)
  for (const [, name] of source.matchAll(/\bnew URL\(\s*['"](\.[^'"]+\.tsx?)['"],\s*import\.meta\.url/g))
    names.add(name)
  return names
}

function layerOf(file) {
  return layers.find(({ from }) => file.startsWith(`${from}/`))
}

function allowed(file, target, kind) {
  const list = [...(layerOf(file)?.[kind] ?? []), ...(/\.test\.(tsx?|mjs)$/.test(file) ? forTests[kind] : [])]
  return list.some((name) => target === name || target.startsWith(name.endsWith(':') ? name : `${name}/`))
}

/** Each circle once, found by walking depth first. */
function circles(graph) {
  const found = []
  const done = new Set()
  const path = []
  const walk = (file) => {
    const at = path.indexOf(file)
    if (at >= 0) return void found.push([...path.slice(at), file])
    if (done.has(file)) return
    path.push(file)
    for (const next of graph.get(file) ?? []) walk(next)
    path.pop()
    done.add(file)
  }
  for (const file of graph.keys()) walk(file)
  return found
}
