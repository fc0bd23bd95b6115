/** The measurements of `npm run bench`; scripts/bench.mjs calls `bench` once the app is built. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright'
import sirv from 'sirv'
import { launchOptions } from '../e2e/browser.mjs'
import { serve } from '../src/node/server.ts'
import { actionsTable } from './actions.ts'
import { type BenchFile, madeFile, realFile } from './files.ts'
import { visit } from './measure.ts'
import { children } from './memory.ts'
import { type Measured, machine, movingTable, openingTable } from './report.ts'
import { app, peers, type Subject } from './subjects.ts'

const REAL = 'go1.27/map/heap.pb.gz'

const help = `Usage: npm run bench -- [options]

  --quick        a captured heap profile and the 100,000-sample one only
  --all          also three million samples and the shapes that hurt
  --files A,B    these instead: real, S, M, L, XL, recursion, functions, types, labels, names, identical
  --viewers A,B  default hotzone; "all", or some of: hotzone, gunzip, speedscope, d3-flame-graph, react-pprof,
                 flame-chart-js. The others must be built first, see bench/peers/README.md
  --runs N       visits per file and viewer, default 5; the median counts
  --timeout N    seconds a viewer may take for one file, default 300
  --record       also put the tables into docs/performance.md
`

/** What is taken from the built app besides time. */
export interface Bundle {
  summary: string
}

/** Runs the measurements that the arguments ask for, prints the tables, writes bench/results.md. */
export async function bench(args: readonly string[], bundle: Bundle): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean' },
      all: { type: 'boolean' },
      files: { type: 'string' },
      viewers: { type: 'string', default: 'hotzone' },
      runs: { type: 'string', default: '5' },
      timeout: { type: 'string', default: '300' },
      record: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) return void process.stdout.write(help)
  const runs = Math.max(1, Number(values.runs))
  const timeout = Number(values.timeout) * 1000
  const files = fileNames(values).map((name) => (name === 'real' ? realFile(REAL) : madeFile(name)))
  const subjects = viewers(values.viewers)
  const measured: Measured[] = []
  let version = ''
  for (const file of files) {
    for (const subject of subjects) {
      // A browser for each: one that a large file has crippled must not count against the next viewer.
      const before = children()
      const browser = await chromium.launch(launchOptions())
      version = browser.version()
      const roots = new Set([...children()].filter((id) => !before.has(id)))
      try {
        measured.push(await measure(browser, roots, subject, file, runs, timeout))
      } finally {
        await browser.close()
      }
    }
  }
  const text = [
    `Machine: ${machine(version)}.`,
    `Command: \`npm run bench${args.length > 0 ? ` -- ${args.join(' ')}` : ''}\`. Bundle: ${bundle.summary}.`,
    openingTable(measured),
    movingTable(measured),
    actionsTable(measured),
  ].join('\n\n')
  process.stdout.write(`\n${text}\n`)
  writeFileSync(new URL('./results.md', import.meta.url), `${text}\n`)
  if (values.record) recordInDocs(text)
}

function fileNames(values: { quick?: boolean; all?: boolean; files?: string }): string[] {
  if (values.files) return values.files.split(',')
  if (values.quick) return ['real', 'M']
  const usual = ['real', 'S', 'M', 'L']
  return values.all ? [...usual, 'XL', 'recursion', 'functions', 'types', 'labels', 'names', 'identical'] : usual
}

function viewers(asked: string): Subject[] {
  const all = [app, ...peers]
  const chosen = asked === 'all' ? all : asked.split(',').map((id) => all.find((subject) => subject.id === id) ?? id)
  return chosen.map((subject) => {
    if (typeof subject === 'string') throw new Error(`there is no viewer "${subject}"`)
    const page = fileURLToPath(new URL(`${subject.folder}/${subject.page || 'index.html'}`, import.meta.url))
    if (!existsSync(page)) throw new Error(`${subject.name} is not built; see bench/peers/README.md`)
    return subject
  })
}

async function measure(
  browser: Awaited<ReturnType<typeof chromium.launch>>,
  roots: ReadonlySet<number>,
  subject: Subject,
  file: BenchFile,
  runs: number,
  timeout: number,
): Promise<Measured> {
  const server = await serveSubject(subject)
  const result: Measured = { file, subject, visits: [], failure: null }
  try {
    for (let i = 0; i < runs; i++) {
      process.stderr.write(`${file.name}, ${subject.name}, ${i + 1} of ${runs}\n`)
      result.visits.push(await visit(browser, roots, subject, server.url, file, timeout))
    }
  } catch (error) {
    result.failure = (error as Error).message.split('\n', 1)[0] ?? 'failed'
    process.stderr.write(`${(error as Error).message}\n`)
  } finally {
    await server.close()
  }
  return result
}

/** The app comes from the server that ships; the peers from a plain one, since its policy would stop them. */
async function serveSubject(subject: Subject): Promise<{ url: string; close(): Promise<void> }> {
  const folder = fileURLToPath(new URL(`${subject.folder}/`, import.meta.url))
  if (subject === app) return serve({ app: folder, files: [], port: 0 })
  const files = sirv(folder)
  const server = createServer((request, response) => files(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function recordInDocs(text: string): void {
  const docs = new URL('../docs/performance.md', import.meta.url)
  const [before, , after] = readFileSync(docs, 'utf8').split(/<!-- results(?: end)? -->/)
  writeFileSync(docs, `${before}<!-- results -->\n\n${text}\n\n<!-- results end -->${after}`)
}
