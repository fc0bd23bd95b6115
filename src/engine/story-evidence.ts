/** What texts beside profiles tell a story: findings, and curves on the axis of time. */
import type { PartId } from '../core/evidence/document.ts'
import type { EscapeAnswer, EscapeRequest } from '../core/evidence/escapes/document.ts'
import type { CycleRows } from '../core/evidence/gctrace/cycles.ts'
import type { GcInfo } from '../core/evidence/gctrace/document.ts'
import type { DumpSummary } from '../core/evidence/goroutines/document.ts'
import type { MemInfo, ReadRows, Says } from '../core/evidence/memstats/document.ts'
import type { EvidencePart } from '../core/evidence/reader.ts'
import { beganByCollections } from '../core/story/axis.ts'
import type { CrashFact, Curve, EscapeFact, MemoryFact, RaceFact } from '../core/story/facts.ts'

/** A text that was read: its row among the files, and what it holds. */
export interface ReadText {
  row: number
  parts: ReadonlyMap<PartId, EvidencePart>
}

/** Points that a small chart draws of each. */
const MOST_POINTS = 300
/** Escapes that the story may need. */
const MOST_ESCAPES = 5
const MIB = 2 ** 20

/** A profile that escapes are weighed by. */
interface Weighing {
  row: number
  id: string
  name: string
  file: Blob
}

/** The escapes on the lines that allocate most; none without a profile of memory. */
export async function escapesOf(
  texts: readonly ReadText[],
  profile: Weighing | null,
): Promise<{ escapes: EscapeFact[]; readEscapes: boolean }> {
  const escapes: EscapeFact[] = []
  const told = texts.filter(({ parts }) => parts.has('escapes'))
  for (const { row, parts } of profile ? told : []) {
    const request: EscapeRequest = { why: '', text: '', most: MOST_ESCAPES, mapping: '', profile }
    const answer = (await parts.get('escapes')?.answer('table', request)) as EscapeAnswer | undefined
    const weighed = answer?.weighed
    if (!weighed || !profile) continue
    const { rows } = answer
    for (const { what, func, file, line, why, bytes, share, onLine } of rows) {
      if (bytes === null || share === null) continue
      const place = { func, file, line, value: bytes, share }
      escapes.push({ file: row, profile: profile.row, what, line: place, why, share, sampleType: weighed.type, onLine })
    }
  }
  return { escapes, readEscapes: told.length > 0 }
}

/** How programs died, and races, as dumps say. */
export async function crashesOf(texts: readonly ReadText[]): Promise<{ crashes: CrashFact[]; races: RaceFact[] }> {
  const crashes: CrashFact[] = []
  const races: RaceFact[] = []
  for (const { row, parts } of texts) {
    const summary = (await parts.get('goroutines')?.answer('summary', null)) as DumpSummary | undefined
    for (const file of summary?.files ?? []) {
      for (const { hot, ...verdict } of file.verdicts) crashes.push({ file: row, verdict, hot })
      for (const race of file.races) races.push({ file: row, race })
    }
  }
  return { crashes, races }
}

/** until: milliseconds since 1970 from which on there is the changed program, whose memory is not what the story is about. */
export function memoryOf(texts: readonly ReadText[], until: number): { memory: MemoryFact[]; curves: Curve[] } {
  const memory: MemoryFact[] = []
  const curves: Curve[] = []
  const reads = texts.flatMap(({ row, parts }) => {
    const part = parts.get('memstats')
    return part ? [{ row, info: part.info as MemInfo, part }] : []
  })
  for (const { row, info, part } of reads) {
    const { reads: columns, rows } = part.answer('rows', { most: MOST_POINTS }) as ReadRows
    const points = Array.from(rows, (_, i) => ({
      time: columns.time[i] as number,
      value: (columns.sys[i] as number) - (columns.heapReleased[i] as number),
    }))
    if ((points[0]?.time ?? 0) > until) continue
    const { findings } = part.answer('says', { limit: '' }) as Says
    memory.push({ file: row, part: 'memstats', findings })
    const timed = info.timed ? points.filter(({ time, value }) => time > 0 && value > 0) : []
    if (timed.length > 1)
      curves.push({ id: 'system', unit: 'bytes', points: timed, isPlaced: true, file: row, placedBy: null })
  }
  for (const { row, parts } of texts) {
    const part = parts.get('gctrace')
    if (!part) continue
    const { findings, runs, main } = part.info as GcInfo
    const told: MemoryFact = { file: row, part: 'gctrace', findings }
    const run = runs[main]
    if (!run) continue
    const { cycles } = part.answer('cycles', { order: '', most: Number.POSITIVE_INFINITY }) as CycleRows
    const of = <A extends Int32Array | Float64Array>(column: A) => column.subarray(run.from, run.to)
    const took = Float64Array.from(
      { length: run.to - run.from },
      (_, i) => (of(cycles.sweepTerm)[i] ?? 0) + (of(cycles.mark)[i] ?? 0) + (of(cycles.markTerm)[i] ?? 0),
    )
    const log = { number: of(cycles.number), seconds: of(cycles.seconds), took }
    let { began } = run
    let placedBy: number | null = null
    for (const read of reads) {
      if (began !== null) break
      const { reads: columns } = read.part.answer('rows', { most: Number.POSITIVE_INFINITY }) as ReadRows
      began = beganByCollections(log, columns)
      if (began !== null) placedBy = read.row
    }
    if (began !== null && began > until) continue
    memory.push(told)
    const start = began ?? 0
    const step = Math.max(1, Math.ceil(took.length / MOST_POINTS))
    const points = Array.from(took, (_, i) => ({
      time: start + (log.seconds[i] ?? 0) * 1000,
      value: (of(cycles.live)[i] ?? 0) * MIB,
    })).filter((_, i) => i % step === 0)
    if (points.length > 1)
      curves.push({ id: 'live', unit: 'bytes', points, isPlaced: began !== null, file: row, placedBy })
  }
  return { memory, curves }
}
