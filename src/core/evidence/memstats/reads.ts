/**
 * Reads of the runtime's statistics of memory, in columns, whatever they were called where they were found: fields of
 * runtime.MemStats, names of runtime/metrics, or names of the Prometheus client.
 */
import { DoubleColumn } from '../../model/columns.ts'

/** NaN = not said. Bytes and counts as the runtime has them. */
const FIELDS = [
  /** Milliseconds since 1970: of the read, and of the last collection before it. */
  'time',
  'lastGC',
  /** Objects, reachable or not swept yet. */
  'heapAlloc',
  /** Pages with an object at least, pages without, and those of them that were given back. */
  'heapInuse',
  'heapIdle',
  'heapReleased',
  'heapObjects',
  /** Since the start. */
  'totalAlloc',
  'mallocs',
  'frees',
  /** All that came from the system, what was given back included. */
  'sys',
  'stackInuse',
  'stackSys',
  'mspanSys',
  'mcacheSys',
  'buckHashSys',
  'gcSys',
  'otherSys',
  /** Size of the heap at which the next collection is to be done, and what the last one found live. */
  'nextGC',
  'live',
  'numGC',
  'numForcedGC',
  'pauseTotalNs',
  /** Part of all processors since the start, 0 to 1. */
  'gcCpu',
  'goroutines',
  /** GOMEMLIMIT, and GOGC in per cent. */
  'limit',
  'gogc',
  /** Most that the system counted for the process. */
  'maxRss',
] as const

export type ReadField = (typeof FIELDS)[number]
export type Read = Record<ReadField, number>

export interface Reads extends Readonly<Record<ReadField, Float64Array>> {
  readonly length: number
}

/** Of one read, by the names that were found; later numbers are added or take the place of earlier ones (see NAMES). */
export type Found = Map<string, number>

/** What makes a field: the sum of all that is there of one of the alternatives. A name with - before it is taken off. */
const NAMES: Readonly<Record<ReadField, readonly (readonly string[])[]>> = {
  time: [['Time']],
  lastGC: [['LastGC']],
  heapAlloc: [['HeapAlloc'], ['/memory/classes/heap/objects:bytes'], ['go_memstats_heap_alloc_bytes']],
  heapInuse: [
    ['HeapInuse'],
    ['/memory/classes/heap/objects:bytes', '/memory/classes/heap/unused:bytes'],
    ['go_memstats_heap_inuse_bytes'],
  ],
  heapIdle: [
    ['HeapIdle'],
    ['/memory/classes/heap/free:bytes', '/memory/classes/heap/released:bytes'],
    ['go_memstats_heap_idle_bytes'],
  ],
  heapReleased: [['HeapReleased'], ['/memory/classes/heap/released:bytes'], ['go_memstats_heap_released_bytes']],
  heapObjects: [['HeapObjects'], ['/gc/heap/objects:objects'], ['go_memstats_heap_objects']],
  totalAlloc: [['TotalAlloc'], ['/gc/heap/allocs:bytes'], ['go_memstats_alloc_bytes_total']],
  mallocs: [['Mallocs'], ['/gc/heap/allocs:objects', '/gc/heap/tiny/allocs:objects'], ['go_memstats_mallocs_total']],
  frees: [['Frees'], ['/gc/heap/frees:objects', '/gc/heap/tiny/allocs:objects'], ['go_memstats_frees_total']],
  sys: [['Sys'], ['/memory/classes/total:bytes'], ['go_memstats_sys_bytes']],
  stackInuse: [['StackInuse'], ['/memory/classes/heap/stacks:bytes'], ['go_memstats_stack_inuse_bytes']],
  stackSys: [
    ['StackSys'],
    ['/memory/classes/heap/stacks:bytes', '/memory/classes/os-stacks:bytes'],
    ['go_memstats_stack_sys_bytes'],
  ],
  mspanSys: [
    ['MSpanSys'],
    ['/memory/classes/metadata/mspan/inuse:bytes', '/memory/classes/metadata/mspan/free:bytes'],
    ['go_memstats_mspan_sys_bytes'],
  ],
  mcacheSys: [
    ['MCacheSys'],
    ['/memory/classes/metadata/mcache/inuse:bytes', '/memory/classes/metadata/mcache/free:bytes'],
    ['go_memstats_mcache_sys_bytes'],
  ],
  buckHashSys: [['BuckHashSys'], ['/memory/classes/profiling/buckets:bytes'], ['go_memstats_buck_hash_sys_bytes']],
  gcSys: [['GCSys'], ['/memory/classes/metadata/other:bytes'], ['go_memstats_gc_sys_bytes']],
  otherSys: [['OtherSys'], ['/memory/classes/other:bytes'], ['go_memstats_other_sys_bytes']],
  nextGC: [['NextGC'], ['/gc/heap/goal:bytes'], ['go_memstats_next_gc_bytes']],
  live: [['/gc/heap/live:bytes'], ['go_gc_heap_live_bytes']],
  numGC: [['NumGC'], ['/gc/cycles/total:gc-cycles'], ['go_gc_duration_seconds_count']],
  numForcedGC: [['NumForcedGC'], ['/gc/cycles/forced:gc-cycles']],
  pauseTotalNs: [['PauseTotalNs']],
  gcCpu: [['GCCPUFraction'], ['go_memstats_gc_cpu_fraction']],
  goroutines: [['/sched/goroutines:goroutines'], ['go_goroutines']],
  limit: [['/gc/gomemlimit:bytes'], ['go_gc_gomemlimit_bytes']],
  gogc: [['/gc/gogc:percent'], ['go_gc_gogc_percent']],
  maxRss: [['MaxRSS']],
}

/** Parts of what the runtime says that fields are made of in another way than by adding up. */
const CPU = [
  '/cpu/classes/gc/total:cpu-seconds',
  '/cpu/classes/gc/mark/idle:cpu-seconds',
  '/cpu/classes/total:cpu-seconds',
]

/** All that a read can be made of. */
export const knownNames: ReadonlySet<string> = new Set([...Object.values(NAMES).flat(2), ...CPU])

/** Fields of other things are called Sys or Frees too: one of these names makes a read. */
const TELLING = /^(?:HeapAlloc$|\/|go_)/

/** math.MaxInt64, as which no limit is written. */
const NO_LIMIT = 2 ** 62

/** null: nothing is in it that tells anything. */
export function readOf(found: Found): Read | null {
  const read = Object.fromEntries(
    FIELDS.map((field) => {
      const names = NAMES[field].find(([first]) => first !== undefined && found.has(first))
      return [field, names ? names.reduce((sum, name) => sum + (found.get(name) ?? 0), 0) : Number.NaN]
    }),
  ) as Read
  if (read.lastGC > 0) read.lastGC /= 1e6
  else read.lastGC = Number.NaN
  if (read.limit > NO_LIMIT) read.limit = Number.NaN
  const [gc = Number.NaN, idle = 0, all = 0] = CPU.map((name) => found.get(name))
  if (Number.isNaN(read.gcCpu) && all > 0) read.gcCpu = (gc - idle) / all
  return [...found.keys()].some((name) => TELLING.test(name)) ? read : null
}

export class ReadColumns {
  private readonly columns = columns(() => new DoubleColumn(64))
  length = 0

  push(read: Read): void {
    for (const field of FIELDS) this.columns[field].push(read[field])
    this.length++
  }

  finish(): Reads {
    return { length: this.length, ...columns((field) => this.columns[field].finish()) }
  }
}

const columns = <Column>(make: (field: ReadField) => Column) =>
  Object.fromEntries(FIELDS.map((field) => [field, make(field)])) as Record<ReadField, Column>

export const pickReads = (reads: Reads, rows: ArrayLike<number>): Reads => ({
  length: rows.length,
  ...columns((field) => Float64Array.from(rows, (row) => reads[field][row])),
})

export const readAt = (reads: Reads, i: number): Read =>
  Object.fromEntries(FIELDS.map((field) => [field, reads[field][i]])) as Read

export interface JoinedReads {
  reads: Reads
  /** Whether reads say when they were made, at least by their last collection. */
  timed: boolean
  /** First row of each process. */
  runs: number[]
}

/** All reads in the order of their times; without times, in the order of their files. */
export function joinReads(parts: readonly Reads[]): JoinedReads {
  const all = parts.flatMap((part) => Array.from({ length: part.length }, (_, i) => readAt(part, i)))
  placeUntimed(all)
  const timed = all.every(({ time }) => Number.isFinite(time))
  if (timed) all.sort((a, b) => a.time - b.time || a.totalAlloc - b.totalAlloc || 0)
  const columns = new ReadColumns()
  for (const read of all) columns.push(read)
  const reads = columns.finish()
  const falls = (column: Float64Array, i: number) => column[i] < column[i - 1]
  const runs = Array.from({ length: reads.length }, (_, i) => i).filter(
    (i) => i === 0 || falls(reads.numGC, i) || falls(reads.totalAlloc, i),
  )
  return { reads, timed, runs }
}

/**
 * Gives reads that do not say their time the one of the last read that does, of the same cycle, and had allocated less; where
 * there is none, the time of the collection that they know of, than which they are no older.
 */
function placeUntimed(reads: readonly Read[]): void {
  const ofCycle = new Map<number, Read[]>()
  for (const read of reads) {
    if (Number.isNaN(read.time) || Number.isNaN(read.lastGC)) continue
    const cycle = Math.round(read.lastGC)
    const known = ofCycle.get(cycle)
    if (known) known.push(read)
    else ofCycle.set(cycle, [read])
  }
  for (const read of reads) {
    if (!Number.isNaN(read.time)) continue
    const earlier = (ofCycle.get(Math.round(read.lastGC)) ?? []).filter(
      ({ totalAlloc }) => totalAlloc <= read.totalAlloc,
    )
    read.time = earlier.reduce((last, { time }) => Math.max(last, time), read.lastGC)
  }
}
