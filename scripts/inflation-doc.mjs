/**
 * node scripts/inflation-doc.mjs GO...: writes docs/inflation.md from what `examples/ingest -inflate` prints, built by each of
 * the Go commands.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './ready.mjs'

const gos = process.argv.slice(2)
if (gos.length === 0) throw new Error('Usage: node scripts/inflation-doc.mjs GO...')

const MODES = {
  map: '`map[string]interface{}`',
  'generic-map': 'generic `map[string]V`, V concrete',
  struct: 'struct with all fields',
  raw: 'struct, the rest as `json.RawMessage`',
  generic: 'generic struct, read fields alone',
}

/** Rows of one Go version: { go, mode, json, kept, allocated, objects }, amounts in bytes. */
function measure(go) {
  // The toolchain that is named, not one that go.mod or the network chooses.
  const env = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod' }
  const text = execFileSync(go, ['run', '.', '-inflate'], {
    cwd: join(root, 'examples', 'ingest'),
    env,
    encoding: 'utf8',
  })
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

const amount = (bytes) => (bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`)

const rows = gos.flatMap(measure)
const versions = [...new Set(rows.map(({ go }) => go))]
const sizes = [...new Set(rows.map(({ json }) => amount(json)))]

const table = (version) => [
  `## ${version.replace(/^go/, 'Go ')}`,
  '',
  '| JSON | decoded into | kept | times the JSON | allocated on the way | objects |',
  '|---:|---|---:|---:|---:|---:|',
  ...rows
    .filter(({ go }) => go === version)
    .map(
      ({ json, mode, kept, allocated, objects }) =>
        `| ${amount(json)} | ${MODES[mode]} | ${amount(kept)} | ${(kept / json).toFixed(1)} | ${amount(allocated)} | ${objects.toLocaleString('en-US')} |`,
    ),
  '',
]

const of = (mode) => rows.filter((row) => row.mode === mode).map(({ kept, json }) => kept / json)
const span = (values) => `${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)}`

writeFileSync(
  join(root, 'docs', 'inflation.md'),
  [
    '# What JSON becomes in memory',
    '',
    'One order as JSON, decoded and kept in each of the ways of [examples/ingest](../examples/ingest/README.md). *Kept* is what',
    '`HeapAlloc` grew by, each time right after two collections; amounts are decimal. Made by `node scripts/inflation-doc.mjs GO...`,',
    `which runs \`go run . -inflate\` there with each Go version, for documents of ${sizes.join(', ')}.`,
    '',
    `Decoded into maps of \`interface{}\` a document takes ${span(of('map'))} times its own size, into maps of a concrete type ${span(of('generic-map'))} times, into a struct ${span(of('struct'))} times; what is not read`,
    'need not be kept at all. How much a map inflates depends on the document: many short values in small objects inflate most,',
    'since each object is a map of its own, each key and each value an allocation of its own. A size of four times that is often named',
    'is that of one document, not a rule.',
    '',
    ...versions.flatMap(table),
  ].join('\n'),
)
