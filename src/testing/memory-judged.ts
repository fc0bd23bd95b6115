/** How well the courses of memory are told: by the rules, and by the thresholds that are often recommended, on the same cases. */

import { gctrace } from '../core/evidence/gctrace/index.ts'
import { LineSplitter } from '../core/evidence/lines.ts'
import type { CourseId } from '../core/evidence/memory/course.ts'
import { memstats } from '../core/evidence/memstats/index.ts'
import type { EvidenceCode } from '../core/evidence/reader.ts'
import { type CaseKind, KINDS, type MemoryCase } from './memory-cases.ts'

const KIND_OF: Readonly<Record<CourseId, CaseKind | null>> = {
  few: null,
  steady: 'healthy',
  'warm-up': 'warm-up',
  'levels-off': 'cache',
  burst: 'burst',
  growing: 'leak',
  limit: 'limit',
}

function tableOf<Table>(code: EvidenceCode<'gctrace' | 'memstats', Table>, text: string): Table {
  const reader = code.newReader()
  const splitter = new LineSplitter((line, number) => reader.line(line, number))
  splitter.push(text)
  splitter.end()
  const table = reader.end()
  if (table === null) throw new Error('A case holds nothing.')
  return table
}

/** null = it is not told. */
export function toldByRules({ part, text, name }: MemoryCase): CaseKind | null {
  if (part === 'gctrace') {
    const { runs, main } = gctrace.join([{ name, table: tableOf(gctrace, text) }]).info
    return KIND_OF[runs[main]?.course.id ?? 'few']
  }
  return KIND_OF[memstats.join([{ name, table: tableOf(memstats, text) }]).info.course.id]
}

const STEP = 20 * 2 ** 20
const NEAR_GOAL = 0.8
const SAME_GOAL = 5
const LONG_PAUSE = 100

/**
 * The thresholds of a well-known article: the heap in use grows by 20 MiB from one read to the next = growth; it is above
 * 0.8 of the goal, the goal stays the same for five reads, or a sweep termination takes 100 ms = the collector does not keep
 * up. In a GC log the heap at the start of a cycle stands for the heap that a read would find.
 */
export function toldByThresholds({ part, text }: MemoryCase): CaseKind | null {
  const rows =
    part === 'gctrace'
      ? (({ cycles }) =>
          Array.from(cycles.start, (start, i) => ({
            heap: start * 2 ** 20,
            inUse: start * 2 ** 20,
            goal: cycles.goal[i] * 2 ** 20,
            pause: cycles.sweepTerm[i],
          })))(tableOf(gctrace, text))
      : (({ reads }) =>
          Array.from(reads.heapAlloc, (heap, i) => ({
            heap,
            inUse: reads.heapInuse[i],
            goal: reads.nextGC[i],
            pause: 0,
          })))(tableOf(memstats, text))
  const grew = rows.some(({ inUse }, i) => i > 0 && inUse - rows[i - 1].inUse >= STEP)
  if (grew) return 'leak'
  const lags = rows.some(
    ({ heap, goal, pause }, i) =>
      heap > NEAR_GOAL * goal ||
      pause > LONG_PAUSE ||
      (i >= SAME_GOAL && rows.slice(i - SAME_GOAL, i).every((row) => row.goal === goal)),
  )
  return lags ? 'limit' : 'healthy'
}

export interface Score {
  precision: number
  recall: number
}

export interface Scores extends Record<CaseKind, Score> {
  /** A leak or a limit spiral, whichever of them. */
  trouble: Score
  /** Part of the cases that are told as what they are. */
  right: number
}

export const isTrouble = (kind: CaseKind | null) => kind === 'leak' || kind === 'limit'

export function scoreOf(cases: readonly MemoryCase[], told: (one: MemoryCase) => CaseKind | null): Scores {
  const pairs = cases.map((one) => [one.kind, told(one)] as const)
  const score = (counts: (kind: CaseKind | null) => boolean): Score => {
    const hits = pairs.filter(([is, said]) => counts(is) && counts(said)).length
    const said = pairs.filter(([, as]) => counts(as)).length
    return {
      precision: said === 0 ? Number.NaN : hits / said,
      recall: hits / pairs.filter(([is]) => counts(is)).length,
    }
  }
  const scores = Object.fromEntries(KINDS.map((kind) => [kind, score((of) => of === kind)])) as Record<CaseKind, Score>
  const right = pairs.filter(([is, said]) => is === said).length / pairs.length
  return { ...scores, trouble: score(isTrouble), right }
}
