/** An execution trace: opening it, answers, profiles of it and of a part of its time, beside `go tool trace`. */
import { spawn } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { answersOf } from '../src/core/trace/answers/answers.ts'
import { traceProfile } from '../src/core/trace/profile.ts'
import { TraceReader } from '../src/core/trace/read.ts'
import { eventsOf } from '../src/core/trace/trace.ts'
import { MemoryWatch } from './memory.ts'
import { median, milliseconds, table } from './report.ts'
import type { TraceVisit } from './trace-page.ts'

const PIECE = 1 << 16
const HOTZONE = fileURLToPath(new URL('../dist/node/hotzone.js', import.meta.url))

interface Cost {
  wall: number
  /** Bytes of private memory at most; null = the system does not tell. */
  peak: number | null
}

/** A program that runs to its end; what it writes is not kept. */
function run(command: string, args: readonly string[]): Promise<Cost> {
  const began = performance.now()
  const child = spawn(command, args, { stdio: 'ignore' })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    const watch = new MemoryWatch(new Set([child.pid ?? 0]))
    child.on('exit', (code) => {
      const peak = watch.stop()
      if (code === 0) resolve({ wall: performance.now() - began, peak })
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}`))
    })
  })
}

/** Wall time and processor time of what runs in this process. */
function timed<T>(work: () => T): { result: T; wall: number; cpu: number } {
  const before = process.cpuUsage()
  const began = performance.now()
  const result = work()
  const { user, system } = process.cpuUsage(before)
  return { result, wall: performance.now() - began, cpu: (user + system) / 1000 }
}

function read(file: string) {
  const bytes = readFileSync(file)
  const reader = new TraceReader()
  for (let at = 0; at < bytes.length; at += PIECE) reader.feed(bytes.subarray(at, at + PIECE))
  return reader.finish()
}

/** visits: of the page, none where it was not opened. file: not gzipped. go: the command of a Go that reads the trace, null = there is none. */
export async function tracesTable(
  file: string,
  runs: number,
  go: string | null,
  visits: readonly TraceVisit[],
): Promise<string> {
  const programs: [string, string, string[]][] = [
    ['`hotzone trace FILE --json`', process.execPath, [HOTZONE, 'trace', file, '--json']],
    ['`hotzone trace FILE`', process.execPath, [HOTZONE, 'trace', file]],
    ['`hotzone trace FILE -pprof=sched`', process.execPath, [HOTZONE, 'trace', file, '-pprof=sched']],
  ]
  if (go) programs.push(['`go tool trace -pprof=sched FILE`', go, ['tool', 'trace', '-pprof=sched', file]])
  const rows: string[][] = []
  for (const [name, command, args] of programs) {
    const costs: Cost[] = []
    for (let i = 0; i < runs; i++) costs.push(await run(command, args))
    const peaks = costs.flatMap(({ peak }) => peak ?? [])
    const memory = peaks.length > 0 ? `${Math.round(median(peaks) / 1e6)} MB` : ''
    rows.push([name, milliseconds(median(costs.map(({ wall }) => wall))), '', memory])
  }
  const opened = timed(() => read(file))
  const trace = opened.result
  const { started, to } = trace
  const tenth = { from: started + (to - started) * 0.45, to: started + (to - started) * 0.55 }
  const steps: [string, () => unknown][] = [
    ['profile of the whole', () => traceProfile(trace, 1)],
    ['profile of a tenth of the time', () => traceProfile(trace, 1, tenth)],
    ['answers of the whole', () => answersOf(trace)],
    ['answers of a tenth of the time', () => answersOf(trace, tenth)],
  ]
  rows.push(['bytes to tables, in one process', milliseconds(opened.wall), milliseconds(opened.cpu), ''])
  for (const [name, work] of steps) {
    const costs = Array.from({ length: runs }, () => timed(work))
    const [wall, cpu] = [costs.map((cost) => cost.wall), costs.map((cost) => cost.cpu)].map(median)
    rows.push([name, milliseconds(wall), milliseconds(cpu), ''])
  }
  if (visits.length > 0) rows.push(...pageRows(visits))
  const size = `${(statSync(file).size / 1e6).toFixed(0)} MB`
  const about = `${size}, ${(eventsOf(trace) / 1e6).toFixed(1)} million events, ${trace.intervals.length} intervals of ${trace.goroutines.length} goroutines.`
  return [about, table(['What', 'Wall time', 'Processor time', 'Peak private memory'], rows)].join('\n\n')
}

function pageRows(visits: readonly TraceVisit[]): string[][] {
  const of = (value: (visit: TraceVisit) => number) => milliseconds(median(visits.map(value)))
  const peaks = visits.flatMap(({ memory }) => memory ?? [])
  const memory = peaks.length > 0 ? `${Math.round(median(peaks) / 1e6)} MB` : ''
  const frames = visits.flatMap(({ frame }) => frame ?? [])
  const frame = (value: (of: (typeof frames)[number]) => number) => `${median(frames.map(value)).toFixed(1)} ms`
  return [
    ['in the page, file to lanes', of(({ lanes }) => lanes), '', ''],
    ['in the page, file to answers', of(({ answers }) => answers), '', memory],
    ['own time of a frame, median', frame(({ median }) => median), '', ''],
    ['own time of a frame, p95', frame(({ p95 }) => p95), '', ''],
    ['range to flame graph', of(({ rangeToFlame }) => rangeToFlame), '', ''],
  ]
}
