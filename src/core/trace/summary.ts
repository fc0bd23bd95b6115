/** What a trace holds, in numbers. */
import { eventsOf, GC, type Missing, PAUSE, type Trace } from './trace.ts'

export interface PauseSum {
  /** What the world was stopped for: "GC mark termination", "start trace". */
  kind: string
  count: number
  totalNs: number
  maxNs: number
}

export interface TraceSummary {
  /** The format, as the version of Go that came with it: Go 1.27 writes that of 1.26. */
  goVersion: string
  events: number
  goroutines: number
  durationNs: number
  /** The longest in sum first. Those that go on when the trace ends count until then. */
  stw: PauseSum[]
  gcCycles: number
  missing: Missing | null
}

export function summaryOf(trace: Trace): TraceSummary {
  const { ranges, texts, version, goroutines, from, to, started, missing } = trace
  const pauses = new Map<string, PauseSum>()
  let gcCycles = 0
  for (let i = 0; i < ranges.length; i++) {
    if (ranges.kind[i] === GC) gcCycles++
    if (ranges.kind[i] !== PAUSE) continue
    const kind = texts[ranges.name[i]]
    const sum = pauses.get(kind) ?? { kind, count: 0, totalNs: 0, maxNs: 0 }
    const ns = ranges.to[i] - ranges.from[i]
    sum.count++
    sum.totalNs += ns
    sum.maxNs = Math.max(sum.maxNs, ns)
    pauses.set(kind, sum)
  }
  return {
    goVersion: `go${version}`,
    events: eventsOf(trace),
    goroutines: goroutines.length,
    durationNs: to - Math.max(from, started),
    stw: [...pauses.values()].sort((a, b) => b.totalNs - a.totalNs),
    gcCycles,
    missing,
  }
}
