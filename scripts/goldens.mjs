// Asks `go tool pprof` what it makes of every captured profile under every combination of options below, and keeps the
// answers in test/fixtures/goldens.json.br. src/engine/golden.test.ts gives the same answers to the unit, and
// src/node/compare.test.ts those of two profiles. Of the many combinations that cross every filter with every other,
// with every granularity and with -noinlines only a digest of the same text is kept.
//
//   node scripts/goldens.mjs            (needs Go; takes a few minutes)
//
// A tree report without trimming holds all there is: every node with flat and cum, as top prints it, and every edge, as
// peek prints it. Units are asked for by name, so that nothing is rounded.
import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompressSync, constants, gunzipSync } from 'node:zlib'
import { Profile } from 'pprof-format'

const run = promisify(execFile)
const fixtures = fileURLToPath(new URL('../test/fixtures/', import.meta.url))
const pprof = execFileSync('go', ['tool', '-n', 'pprof'], { encoding: 'utf8' }).trim()
const version = execFileSync('go', ['version'], { encoding: 'utf8' }).trim()

// Regular expressions hit something in every kind of captured profile.
const focus = 'encoding/json|main\\.main$|goroutine'
const ignore = '(?i)REFLECT|bytes|server'
const combos = [
  [],
  [`-focus=${focus}`],
  [`-ignore=${ignore}`],
  ['-hide=^runtime\\.|/reflect/'],
  ['-show=^main\\.|json|net/http'],
  ['-show_from=json|main\\.work|serve'],
  ['-prune_from=reflect|mallocgc|json'],
  ['-noinlines'],
  ['-lines'],
  ['-files'],
  ['-filefunctions'],
  ['-addresses'],
  [`-focus=${focus}`, '-hide=^runtime\\.', '-noinlines'],
  [`-focus=${focus}`, `-ignore=${ignore}`, '-lines'],
  ['-show_from=json|main\\.work|serve', '-hide=decode|Decode', '-files'],
  ['-prune_from=reflect|mallocgc|json', '-show=main|json|reflect', '-noinlines', '-lines'],
  ['-lines', '-noinlines'],
  ['-addresses', '-noinlines', '-ignore=runtime'],
]
const numbered = [['-tagfocus=bytes=:64b'], ['-tagfocus=1kb:64kb'], ['-tagignore=64b:', '-lines']]
const named = [
  ['-tagfocus=route|tenant|endpoint'],
  ['-tagignore=tenant=acme'],
  ['-tagfocus=route:/,tenant', '-noinlines'],
]

const filters = {
  focus: `-focus=${focus}`,
  ignore: `-ignore=${ignore}`,
  hide: '-hide=^runtime\\.|/reflect/',
  show: '-show=^main\\.|json|net/http',
  showFrom: '-show_from=json|main\\.work|serve',
  pruneFrom: '-prune_from=reflect|mallocgc|json',
  tagFocus: '-tagfocus=bytes=:64b',
}
const granularities = ['-functions', '-lines', '-files', '-filefunctions', '-addresses']

/** Every two options together: filter and granularity, with and without inlined calls in turn, and filter and filter. */
function crossings(filtersHere) {
  const list = []
  for (const filter of [null, ...filtersHere]) {
    for (const granularity of granularities) list.push(filter === null ? [granularity] : [filter, granularity])
  }
  filtersHere.forEach((a, i) => {
    for (const b of filtersHere.slice(i + 1)) list.push([a, b])
  })
  return list.map((options, i) => ((i + (i >> 1)) % 2 === 0 ? options : [...options, '-noinlines']))
}

// Profiles subtracted from each other, means and quotients.
const pairs = [
  ['go1.22/map/heap-0.pb.gz', 'go1.22/map/heap-3.pb.gz', 'inuse_space'],
  ['go1.22/map/heap-0.pb.gz', 'go1.22/map/heap-3.pb.gz', 'alloc_objects'],
  ['go1.27/map/cpu.pb.gz', 'go1.27/struct/cpu.pb.gz', 'cpu'],
]
const subtracted = [
  (base) => [`-base=${base}`],
  (base) => [`-diff_base=${base}`],
  (base) => [`-base=${base}`, '-normalize'],
  (base) => [`-diff_base=${base}`, '-normalize'],
  (base) => [`-diff_base=${base}`, `-focus=${focus}`, '-lines'],
  (base) => [`-base=${base}`, '-hide=^runtime\\.', '-noinlines'],
]
const averaged = [
  ['go1.22/map/heap.pb.gz', 'alloc_space', ['-mean']],
  ['go1.22/map/heap.pb.gz', 'alloc_space', ['-mean', '-lines', `-focus=${focus}`]],
  ['go1.22/map/mutex.pb.gz', 'delay', ['-mean']],
  ['go1.22/map/block.pb.gz', 'delay', ['-mean', '-noinlines']],
  ['go1.22/map/cpu.pb.gz', 'cpu', ['-mean']],
  ['go1.22/map/cpu.pb.gz', 'cpu', ['-divide_by=1000']],
  ['go1.22/map/heap.pb.gz', 'alloc_space', ['-divide_by=3']],
]

const units = { bytes: 'B', nanoseconds: 'ns', microseconds: 'us' }

/** Nodes "name flat cum" and edges "src dst weight inlined", tab-separated and sorted, and the total. */
function parseTree(text) {
  const total = /accounting for .* of (\S+) total/.exec(text)?.[1] ?? '0'
  const rows = new Set()
  const nodes = []
  const number = (s) => Number(s.replace(/[A-Za-z]+$/, ''))
  for (const block of text.split(/^-{10,}\+-+$/m).slice(2)) {
    let node = null
    const callers = []
    const callees = []
    for (const line of block.split('\n')) {
      const own = /^ *(\S+) +\S+% +\S+% +(\S+) +\S+% +\| (.*)$/.exec(line)
      const edge = /^ *(\S+) +\S+% \| {3}(.*)$/.exec(line)
      if (own) node = own
      else if (edge) (node ? callees : callers).push(edge)
    }
    if (!node) continue
    nodes.push(`${node[3]}\t${number(node[1])}\t${number(node[2])}`)
    const add = (src, dst, weight, inlined) => rows.add(`${src}\t${dst}\t${number(weight)}\t${inlined ? 1 : 0}`)
    const split = (name) => (name.endsWith(' (inline)') ? [name.slice(0, -9), true] : [name, false])
    for (const [, weight, name] of callers) {
      const [src, inlined] = split(name)
      add(src, node[3], weight, inlined)
    }
    for (const [, weight, name] of callees) {
      const [dst, inlined] = split(name)
      add(node[3], dst, weight, inlined)
    }
  }
  return { total: number(total), nodes: nodes.sort(), edges: [...rows].sort() }
}

/** pprof tells files apart by the line on which their functions start; without those lines it does not. */
function withoutStartLines(path, to) {
  const bytes = readFileSync(path)
  const profile = Profile.decode(new Uint8Array(bytes[0] === 0x1f ? gunzipSync(bytes) : bytes))
  for (const f of profile.function) f.startLine = 0
  writeFileSync(to, profile.encode())
}

const folder = mkdtempSync(join(tmpdir(), 'goldens-'))
const index = JSON.parse(readFileSync(join(fixtures, 'index.json'), 'utf8'))
const entries = index.files.filter(
  (f) => f.format === 'pprof' && f.oracle && f.counts?.samples > 0 && !f.file.startsWith('malformed'),
)
const jobs = []
for (const entry of entries) {
  const path = join(fixtures, entry.file)
  const plain = join(folder, `${jobs.length}.pb`)
  // pprof-format reads neither fields of tomorrow nor values beyond 2^53.
  const whole = !/kitchen-sink|huge-values/.test(entry.file)
  if (whole) withoutStartLines(path, plain)
  const types = entry.header.types
  const chosen = [...new Set([types.length - 1, types.length - 2, 0])].filter((t) => t >= 0).slice(0, 2)
  const tags = /heap|alloc|mem-/.test(entry.file) ? numbered : /labels|kitchen/.test(entry.file) ? named : []
  const { tagFocus, ...always } = filters
  const crossed = crossings(Object.values(tags === numbered ? { ...always, tagFocus } : always))
  chosen.forEach((type, i) => {
    const allowed = (options) => whole || !options.includes('-files')
    const add = (options, digest) =>
      jobs.push({
        file: entry.file,
        type: types[type],
        options,
        digest,
        source: [options.includes('-files') ? plain : path],
      })
    // The second type is another column of the same stacks: every third combination will do.
    const wanted = [...combos, ...tags].filter((o, c) => (i === 0 || c % 3 === 0) && allowed(o))
    for (const options of wanted) add(options, false)
    // Both types take turns, so that each meets every option.
    for (const options of crossed.filter((o, c) => (chosen.length === 1 || c % 2 === i) && allowed(o)))
      add(options, true)
  })
}
const typeOf = (file, name) => index.files.find((f) => f.file === file).header.types.find(([type]) => type === name)
for (const [base, file, type] of pairs) {
  for (const options of subtracted.map((make) => make(base))) {
    const source = [
      ...options.filter((o) => /base=/.test(o)).map((o) => o.replace('=', `=${fixtures}`)),
      join(fixtures, file),
    ]
    jobs.push({ file, type: typeOf(file, type), options, source, comparison: true })
  }
}
for (const [file, type, options] of averaged) {
  jobs.push({ file, type: typeOf(file, type), options, source: [join(fixtures, file)], comparison: true })
}

const answers = new Array(jobs.length)
let next = 0
async function worker() {
  while (next < jobs.length) {
    const i = next++
    const { file, type, options, source, digest, comparison } = jobs[i]
    const args = ['-tree', '-symbolize=none', '-nodecount=0', '-nodefraction=0', '-edgefraction=0']
    const unit = units[type[1]]
    args.push(`-sample_index=${type[0]}`, ...(unit ? [`-unit=${unit}`] : []))
    args.push(...options.filter((o) => !/base=/.test(o)), ...source)
    const { stdout } = await run(pprof, args, { cwd: '/', maxBuffer: 1 << 28 })
    const { total, nodes, edges } = parseTree(stdout)
    const said = { file, sampleType: type[0], options, total }
    const text = `${nodes.join('\n')}\0${edges.join('\n')}`
    answers[i] = digest
      ? { ...said, digest: createHash('sha256').update(text).digest('base64').slice(0, 12) }
      : { ...said, comparison, nodes, edges }
    if (i % 100 === 0) process.stderr.write(`${i} of ${jobs.length}\n`)
  }
}
await Promise.all([worker(), worker()])
rmSync(folder, { recursive: true })

/** By file, so that a file and a sample type are named once for hundreds of digests. */
const digests = {}
for (const { file, sampleType, options, total, digest } of answers.filter((a) => a.digest)) {
  digests[file] ??= {}
  digests[file][sampleType] ??= []
  digests[file][sampleType].push([options.join(' '), total, digest])
}
const text = JSON.stringify({
  made: `scripts/goldens.mjs with the pprof of ${version}`,
  answers: answers.filter((a) => !a.digest && !a.comparison),
  comparisons: answers.filter((a) => a.comparison),
  digests,
})
const packed = brotliCompressSync(text, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  },
})
writeFileSync(join(fixtures, 'goldens.json.br'), packed)
process.stderr.write(`${answers.length} answers, ${text.length} bytes as text, ${packed.length} packed\n`)
