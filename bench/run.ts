/** The measurements of `npm run bench`; scripts/bench.mjs calls `bench` once the app is built. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright'
import { launchOptions } from '../e2e/browser.mjs'
import { decodeTable, guard } from './decode.ts'
import { type BenchFile, madeFile, realFile } from './files.ts'
import { growthNames, growthPlot, growthTable } from './growth.ts'
import { visit } from './measure.ts'
import { children } from './memory.ts'
import { actionsTable, comparisonTable, type Measured, machine, movingTable, openingTable } from './report.ts'
import { app, comparison, command as opening, type Served, type Subject, subjects } from './subjects.ts'
import { timelineOf, timelineSvg } from './timeline.ts'
import { type TraceVisit, traceVisit } from './trace-page.ts'
import { tracesTable } from './traces.ts'

const REAL = 'go1.27/map/heap.pb.gz'
const REAL_CPU = 'go1.27/map/cpu.pb.gz'

const help = `Usage: npm run bench -- [options]

  --quick        no browser: reading against a loop over the same bytes, and the files and bytes of the app that a picture
                 needs; fails when reading has become several times slower, or the picture needs more (.ci/budgets.json)
  --decode       no browser: processor time of reading, of gunzip and of pprof-format
  --growth       10,000 to three million samples: time and memory as work grows; writes docs/growth.svg with --record
  --comparisons  comparing two files of 100,000 and of a million stacks, against opening one of them
  --timeline     what the browser does until the picture of a real heap profile; writes docs/timeline.svg with --record
  --traces FILE  an execution trace, opened, answered, made into profiles and shown, beside go tool trace where
                 HOTZONE_GO names a Go that reads it; bench/traced.go.txt makes one of 10 million events
  --all          also three million samples and the shapes that hurt
  --files A,B    these instead: real, cpu, S, M, L, XL, recursion, functions, types, labels, names, identical
  --viewers A,B  default hotzone; "all", or some of: ${subjects.map((subject) => subject.id).join(', ')}.
                 Pages of others must be built first, see bench/peers/README.md; pprof needs Go
  --runs N       visits per file and viewer, default 5; the viewers take turns, the median counts
  --timeout N    seconds a viewer may take for one file, default 300
  --record       also put the tables into docs/performance.md
`

/** What is taken from the built app besides time. */
export interface Bundle {
  summary: string
  /** What a page on a document needs before it can draw; problems: where that is more than it may be. */
  chain: { summary: string; problems: readonly string[] }
}

/**
 * Runs the measurements that the arguments ask for, prints the tables, writes them to bench/. build: called when the
 * built app is needed.
 */
export async function bench(args: readonly string[], build: () => Promise<Bundle>): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean' },
      decode: { type: 'boolean' },
      growth: { type: 'boolean' },
      comparisons: { type: 'boolean' },
      timeline: { type: 'boolean' },
      traces: { type: 'string' },
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
  if (values.quick) {
    guard()
    const { chain } = await build()
    for (const line of [chain.summary, ...chain.problems]) console.log(line)
    if (chain.problems.length > 0) process.exitCode = 1
    return
  }
  const runs = Math.max(1, Number(values.runs))
  const timeout = Number(values.timeout) * 1000
  // Where files lie on this machine is of no use to readers of the table.
  const said = args.map((arg) => basename(arg)).join(' ')
  const go = values.traces !== undefined && process.env.HOTZONE_GO ? 'HOTZONE_GO=… ' : ''
  const command = `Command: \`${go}npm run bench${said === '' ? '' : ` -- ${said}`}\`.`
  if (values.decode) {
    publish('decode', [command, await decodeTable(runs)].join('\n\n'), values.record)
    return
  }
  const bundle = await build()
  if (values.traces !== undefined) {
    const visits: TraceVisit[] = []
    const server = await app.serve(fileOf(REAL))
    const visitOnce = (browser: Browser, roots: ReadonlySet<number>) =>
      traceVisit(browser, roots, server.url, values.traces as string, timeout)
    try {
      for (let i = 0; i < runs; i++)
        await inBrowser(async (browser, roots) => void visits.push(await visitOnce(browser, roots)))
    } finally {
      await server.close()
    }
    const text = await tracesTable(values.traces, runs, process.env.HOTZONE_GO ?? null, visits)
    publish('traces', [command, text].join('\n\n'), values.record)
    return
  }
  if (values.growth) {
    const { measured, version } = await measureAll(growthNames.map(madeFile), [app], runs, timeout)
    const text = [`Machine: ${machine(version)}. ${command}`, growthTable(measured)].join('\n\n')
    publish('growth', text, values.record)
    if (values.record) writeFileSync(new URL('../docs/growth.svg', import.meta.url), growthPlot(measured))
    return
  }
  if (values.timeline) {
    const server = await opening.serve(fileOf(REAL))
    const svg = timelineSvg(await timelineOf(server.url, runs).finally(() => server.close()))
    if (values.record) writeFileSync(new URL('../docs/timeline.svg', import.meta.url), svg)
    else process.stdout.write(svg)
    return
  }
  if (values.comparisons) {
    const { measured, version } = await measureAll(['M', 'L'].map(madeFile), [opening, comparison], runs, timeout)
    const text = [`Machine: ${machine(version)}. ${command}`, comparisonTable(measured)].join('\n\n')
    publish('comparisons', text, values.record)
    return
  }
  const files = fileNames(values)
    .map((name) => realFiles[name] ?? name)
    .map(fileOf)
  const { measured, version } = await measureAll(files, viewers(values.viewers), runs, timeout)
  const text = [
    `Machine: ${machine(version)}.`,
    `${command} Bundle: ${bundle.summary}.`,
    openingTable(measured),
    movingTable(measured),
    actionsTable(measured),
  ].join('\n\n')
  publish('results', text, values.record)
}

/** Every file with every viewer; the viewers take turns, so that a machine that slows down slows all of them. */
async function measureAll(
  files: readonly BenchFile[],
  chosen: readonly Subject[],
  runs: number,
  timeout: number,
): Promise<{ measured: Measured[]; version: string }> {
  const measured: Measured[] = []
  let version = ''
  for (const file of files) {
    const turns = chosen.map((subject): Measured => {
      const { most } = subject
      const tooLarge = most !== undefined && file.rawBytes > most.rawBytes
      return { file, subject, visits: [], failure: tooLarge ? most.why : null }
    })
    measured.push(...turns)
    const served = new Map<Subject, Served>()
    try {
      for (let i = 0; i < runs; i++) {
        for (const [at, subject] of chosen.entries()) {
          const turn = turns[at] as Measured
          if (turn.failure !== null) continue
          process.stderr.write(`${file.name}, ${subject.name}, ${i + 1} of ${runs}\n`)
          try {
            const server = served.get(subject) ?? (await subject.serve(file))
            served.set(subject, server)
            version = await inBrowser(async (browser, roots) => {
              turn.visits.push(
                await visit(browser, roots, subject, server.url, file, { timeout, act: i < ACTION_RUNS }),
              )
            })
          } catch (error) {
            turn.failure = (error as Error).message.split('\n', 1)[0] ?? 'failed'
            process.stderr.write(`${(error as Error).message}\n`)
          }
        }
      }
    } finally {
      for (const server of served.values()) await server.close()
    }
  }
  return { measured, version }
}

type Browser = Awaited<ReturnType<typeof chromium.launch>>

/** A browser for each visit: one that a large file has crippled must not count against the next. Its version. */
async function inBrowser(use: (browser: Browser, roots: ReadonlySet<number>) => Promise<void>): Promise<string> {
  const before = children()
  const browser = await chromium.launch(launchOptions())
  const roots = new Set([...children()].filter((id) => !before.has(id)))
  try {
    await use(browser, roots)
    return browser.version()
  } finally {
    await browser.close()
  }
}

/** Visits in which actions are timed, one after the other: they take longer than all else. */
const ACTION_RUNS = 1

const realFiles: Readonly<Record<string, string>> = { real: REAL, cpu: REAL_CPU }
const fileOf = (name: string): BenchFile => (name.includes('/') ? realFile(name) : madeFile(name))

function fileNames(values: { all?: boolean; files?: string }): string[] {
  if (values.files) return values.files.split(',')
  const usual = ['real', 'S', 'M', 'L']
  return values.all ? [...usual, 'XL', 'recursion', 'functions', 'types', 'labels', 'names', 'identical'] : usual
}

function viewers(asked: string): Subject[] {
  const chosen = asked === 'all' ? subjects : asked.split(',').map((id) => subjects.find((s) => s.id === id) ?? id)
  return chosen.map((subject) => {
    if (typeof subject === 'string') throw new Error(`there is no viewer "${subject}"`)
    const { page } = subject
    if (page !== null && !existsSync(fileURLToPath(new URL(page, import.meta.url)))) {
      throw new Error(`${subject.name} is not built; see bench/peers/README.md`)
    }
    const lacks = subject.lacks()
    if (lacks !== '') throw new Error(`${subject.name}: ${lacks}`)
    return subject
  })
}

/** Prints a text, keeps it in bench/, and with `record` puts it between its marks in the documentation. */
function publish(part: 'results' | 'decode' | 'growth' | 'comparisons' | 'traces', text: string, record = false): void {
  process.stdout.write(`\n${text}\n`)
  writeFileSync(new URL(`./${part}.md`, import.meta.url), `${text}\n`)
  if (!record) return
  const docs = new URL('../docs/performance.md', import.meta.url)
  const pieces = readFileSync(docs, 'utf8').split(new RegExp(`<!-- ${part}(?: end)? -->`))
  if (pieces.length !== 3) throw new Error(`docs/performance.md has no place for ${part}`)
  writeFileSync(docs, `${pieces[0]}<!-- ${part} -->\n\n${text}\n\n<!-- ${part} end -->${pieces[2]}`)
}
