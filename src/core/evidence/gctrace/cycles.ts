/**
 * What GODEBUG=gctrace=1 writes of each collection (runtime: mgc.go, gcMarkTermination), in columns. Amounts of memory are whole
 * MiB, as the runtime rounds them; times have two or three significant digits.
 */
import { DoubleColumn, IntColumn } from '../../model/columns.ts'
import type { CyclesRequest } from './orders.ts'

const INTEGERS = [
  /** Of the cycle since the start of the process, from 1. */
  'number',
  /** Part of the processors that collections took since the start, in per cent. */
  'gcPercent',
  /** MiB: when the cycle began, when marking ended, what was found live, and what the heap should not have passed. */
  'start',
  'end',
  'live',
  'goal',
  /** MiB that were scanned besides the heap; 0 before Go 1.18, which does not say it. */
  'stacks',
  'globals',
  /** GOMAXPROCS. */
  'procs',
  /** 1 = asked for by runtime.GC or debug.FreeOSMemory. */
  'forced',
  /** 1 = looked for leaked goroutines as well (Go 1.26). */
  'leakCheck',
  /** Process that wrote it, from 0. */
  'run',
  /** Of the file, from 1. */
  'line',
] as const

const NUMBERS = [
  /** Since the start of the process. */
  'seconds',
  /** Milliseconds by the clock: the two times in which everything stands still, and the marking between them, which stops nobody. */
  'sweepTerm',
  'mark',
  'markTerm',
  /** Milliseconds of processors: of the pauses, and of marking by those who allocate, in the background, and where nothing else ran. */
  'cpuSweepTerm',
  'assist',
  'background',
  'idle',
  'cpuMarkTerm',
] as const

type IntegerName = (typeof INTEGERS)[number]
type NumberName = (typeof NUMBERS)[number]

export interface Cycles extends Readonly<Record<IntegerName, Int32Array>>, Readonly<Record<NumberName, Float64Array>> {
  readonly length: number
}

export type Cycle = Record<IntegerName | NumberName, number>

const columns = <Name extends string, Column>(names: readonly Name[], make: (name: Name) => Column) =>
  Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Column>

export class CycleColumns {
  private readonly integers = columns(INTEGERS, () => new IntColumn())
  private readonly numbers = columns(NUMBERS, () => new DoubleColumn())
  private count = 0

  push(cycle: Cycle): void {
    for (const name of INTEGERS) this.integers[name].push(cycle[name])
    for (const name of NUMBERS) this.numbers[name].push(cycle[name])
    this.count++
  }

  /** The cycles of each run one after the other, in the order of their runs. */
  finish(): Cycles {
    const all: Cycles = {
      length: this.count,
      ...columns(INTEGERS, (name) => this.integers[name].finish()),
      ...columns(NUMBERS, (name) => this.numbers[name].finish()),
    }
    const { run } = all
    if (!run.some((of, i) => i > 0 && of < run[i - 1])) return all
    return rowsOf(
      all,
      Uint32Array.from(run.keys()).sort((a, b) => run[a] - run[b] || a - b),
    )
  }
}

function rowsOf(cycles: Cycles, rows: Uint32Array): Cycles {
  return {
    length: rows.length,
    ...columns(INTEGERS, (name) => Int32Array.from(rows, (row) => cycles[name][row])),
    ...columns(NUMBERS, (name) => Float64Array.from(rows, (row) => cycles[name][row])),
  }
}

/** Some cycles of a log. */
export interface CycleRows {
  /** Rows of the log, in the order asked for. */
  rows: Uint32Array
  /** Of those rows. */
  cycles: Cycles
  /** How many the log has. */
  all: number
}

/** The first `most`, in the order of the log or largest first. */
export function pickCycles(cycles: Cycles, { order, most }: CyclesRequest): CycleRows {
  const rows = Uint32Array.from({ length: cycles.length }, (_, row) => row)
  if (order !== '') {
    const by = cycles[order]
    rows.sort((a, b) => by[b] - by[a] || a - b)
  }
  const shown = rows.slice(0, most)
  return { rows: shown, cycles: rowsOf(cycles, shown), all: cycles.length }
}

/** Several files one after the other; their runs stay apart. */
export function joinCycles(parts: readonly Cycles[]): Cycles {
  const [only] = parts
  if (only && parts.length === 1) return only
  const all = new CycleColumns()
  let runs = 0
  for (const part of parts) {
    let last = -1
    for (let i = 0; i < part.length; i++) {
      last = Math.max(last, part.run[i])
      all.push({ ...cycleAt(part, i), run: part.run[i] + runs })
    }
    runs += last + 1
  }
  return all.finish()
}

export function cycleAt(cycles: Cycles, i: number): Cycle {
  return Object.fromEntries([...INTEGERS, ...NUMBERS].map((name) => [name, cycles[name][i]])) as Cycle
}
