/**
 * Courses of memory whose kind is known: logs and reads of a program that behaves in one of six ways for some seconds
 * (test/fixtures/evidence/main.go), and simulated ones of minutes to hours. Half of them, those of Go 1.19 and of odd seeds, were set
 * apart while the rules were written.
 */
import { readdirSync, readFileSync } from 'node:fs'
import type { Cycle } from '../core/evidence/gctrace/cycles.ts'
import { fixturePath } from './fixtures.ts'
import { gcLine } from './gc-lines.ts'
import { Random } from './random.ts'

export const KINDS = ['healthy', 'warm-up', 'cache', 'burst', 'leak', 'limit'] as const
export type CaseKind = (typeof KINDS)[number]

export interface MemoryCase {
  name: string
  kind: CaseKind
  part: 'gctrace' | 'memstats'
  isReal: boolean
  /** Not looked at while the rules were written. */
  apart: boolean
  text: string
}

export const memoryCases = (): MemoryCase[] => [...realCases(), ...simulatedCases()]

function realCases(): MemoryCase[] {
  const folder = fixturePath('evidence')
  return readdirSync(folder)
    .filter((name) => /\.(log|jsonl)$/.test(name))
    .sort()
    .map((name) => ({
      name,
      kind: KINDS.find((kind) => name.startsWith(kind)) ?? 'healthy',
      part: name.endsWith('.log') ? ('gctrace' as const) : ('memstats' as const),
      isReal: true,
      apart: name.includes('go1.19'),
      text: readFileSync(`${folder}/${name}`, 'utf8'),
    }))
}

const SEEDS = 8

function simulatedCases(): MemoryCase[] {
  return KINDS.flatMap((kind, k) =>
    Array.from({ length: SEEDS }, (_, i) => {
      const part = i < SEEDS / 2 ? ('gctrace' as const) : ('memstats' as const)
      const made = simulate(kind, new Random(1000 * (k + 1) + i))
      const text = part === 'gctrace' ? made.cycles.map(gcLine) : made.reads.map((read) => JSON.stringify(read))
      const name = `simulated ${kind} ${i}, ${part}`
      return { name, kind, part, isReal: false, apart: i % 2 === 1, text: `${text.join('\n')}\n` }
    }),
  )
}

const MIB = 2 ** 20
/** 2026-11-22T07:00:00Z */
const BEGAN = Date.UTC(2026, 10, 22, 7)

interface Made {
  cycles: Partial<Cycle>[]
  reads: object[]
}

/** MiB that are live at a part of the time, without the requests that are under way. */
type Held = (at: number) => number

/** A program under load, collected as the pacer does: the next goal is twice what is live, or the limit. */
function simulate(kind: CaseKind, random: Random): Made {
  // At a limit a program does not live long.
  const minutes = kind === 'limit' ? 1 + random.int(4) : 5 + random.int(115)
  const base = 20 + random.int(80)
  const size = base * (1 + 4 * random.next())
  const held = heldBy(kind, base, size, random)
  const limit = kind === 'limit' ? base + size * 1.03 : Number.POSITIVE_INFINITY
  // MiB by the second that become garbage, in waves; requests that are under way hold a part of the base.
  const load = ((1 + 3 * random.next()) * (base + size)) / ((minutes * 60) / (60 + random.int(200)))
  const [wave, phase] = [0.1 + 0.4 * random.next(), random.next() * 6]
  const waves = 1 + random.int(6)
  const noise = 0.02 + 0.08 * random.next()
  const procs = 2 ** (1 + random.int(4))
  const seconds = minutes * 60
  const every = seconds / (60 + random.int(120))
  const cycles: Partial<Cycle>[] = []
  const reads: object[] = []
  let [time, live, goal, number] = [0, 1, 4, 0]
  let [gcCpu, total, nextRead] = [0, 0, 0]
  while (time < seconds && cycles.length < 5000) {
    const busyness = 1 + wave * Math.sin(phase + (time / seconds) * waves * 6.28)
    const rate = load * busyness
    const grows = Math.max(0, held(Math.min(1, time / seconds)) - live) * 0.5
    const room = Math.max(0.1, goal - live)
    const passed = Math.min(120, Math.max(room / rate, 0.0008 * live))
    const made = Math.min(room, passed * rate)
    for (; nextRead <= time + passed && nextRead < seconds; nextRead += every) {
      const part = Math.max(0, (nextRead - time) / passed)
      const heap = live + part * (made + grows)
      reads.push({
        Time: new Date(BEGAN + nextRead * 1000).toISOString(),
        HeapAlloc: Math.round(heap * MIB),
        HeapInuse: Math.round(heap * 1.06 * MIB),
        HeapIdle: Math.round(Math.max(4, goal - heap) * MIB),
        HeapReleased: MIB,
        Sys: Math.round((goal * 1.1 + 10) * MIB),
        NextGC: Math.round(goal * MIB),
        NumGC: number,
        TotalAlloc: Math.round((total + part * made) * MIB),
        GCCPUFraction: Number((gcCpu / Math.max(1, nextRead)).toFixed(4)),
      })
    }
    time += passed
    total += made
    number++
    const start = live + made
    const mark = Math.max(0.3, start * (0.3 + 0.4 * random.next())) * (4 / procs) ** 0.5
    const requests = base * (0.05 + 0.25 * random.next()) * busyness
    const found = held(Math.min(1, time / seconds)) + requests * (1 + noise * (random.next() - 0.5))
    const next = Math.max(4, Math.min(2 * found, limit))
    gcCpu += (mark / 1000) * 0.25
    cycles.push({
      number,
      seconds: time,
      gcPercent: Math.min(99, Math.round((100 * gcCpu) / time)),
      sweepTerm: Number((0.02 + 0.2 * random.next()).toFixed(3)),
      mark: Number(mark.toFixed(1)),
      markTerm: Number((0.01 + 0.1 * random.next()).toFixed(3)),
      assist: Number((mark * 0.05 * random.next()).toFixed(2)),
      background: Number((mark * procs * 0.25).toFixed(2)),
      start: Math.round(start),
      end: Math.round(start * (1 + 0.05 * random.next())),
      live: Math.round(found),
      goal: Math.round(goal),
      procs,
    })
    live = found
    goal = next
    time += mark / 1000
  }
  return { cycles, reads }
}

function heldBy(kind: CaseKind, base: number, size: number, random: Random): Held {
  const [a, b] = [random.next(), random.next()]
  switch (kind) {
    case 'healthy':
      return (at) => base * Math.min(1, at / 0.01)
    case 'warm-up':
      return (at) => base * 0.1 + size * Math.min(1, at / (0.06 + 0.08 * a))
    case 'cache': {
      // Filled to the end by fewer and fewer misses, or at a steady pace up to its size.
      const tau = 0.18 + 0.1 * b
      return a < 0.5
        ? (at) => base * 0.5 + size * (1 - Math.exp(-at / tau))
        : (at) => base * 0.5 + size * Math.min(1, at / (0.4 + 0.2 * b))
    }
    case 'burst': {
      const from = 0.25 + 0.3 * a
      const long = 0.08 + 0.15 * b
      return (at) =>
        base * Math.min(1, at / 0.01) + (at > from && at < from + long ? size * Math.min(1, (at - from) / 0.04) : 0)
    }
    case 'leak':
      return (at) => base * Math.min(1, at / 0.02) + size * (0.3 + 0.7 * a) * at
    case 'limit':
      return (at) => base * 0.75 + size * Math.min(1, at / (0.5 + 0.2 * a))
  }
}
