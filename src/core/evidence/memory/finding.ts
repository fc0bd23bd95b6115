/** What a GC log or reads of MemStats say: one finding, and the numbers its sentence is made of. */
import type { Course, CourseId } from './course.ts'

export type FindingId =
  | CourseId
  | 'overrun'
  | 'assist'
  | 'gc-share'
  | 'frequent'
  | 'pause'
  | 'forced'
  | 'restarts'
  | 'headroom'
  | 'alloc-rate'
  | 'fragmentation'
  | 'kept'
  | 'stacks'
  | 'goroutines'
  | 'outside'

/** How a number is written. Rates are by the minute. */
export type Quantity = 'bytes' | 'bytes-per-minute' | 'share' | 'milliseconds' | 'minutes' | 'count' | 'per-second'

export const FACTS = {
  first: 'bytes',
  last: 'bytes',
  peak: 'bytes',
  grown: 'bytes',
  limit: 'bytes',
  room: 'bytes',
  bytes: 'bytes',
  pace: 'bytes-per-minute',
  before: 'bytes-per-minute',
  share: 'share',
  worst: 'share',
  pause: 'milliseconds',
  usual: 'milliseconds',
  mark: 'milliseconds',
  span: 'minutes',
  until: 'minutes',
  cycles: 'count',
  of: 'count',
  cycle: 'count',
  runs: 'count',
  rate: 'per-second',
} as const satisfies Record<string, Quantity>

export type Fact = keyof typeof FACTS

/** Whether somebody has to act, should know, or need not care. */
export type Level = 'trouble' | 'notice' | 'fine'

export interface MemoryFinding {
  id: FindingId
  level: Level
  /** Else it is worth a look, and no more. */
  certain: boolean
  /** Row of the table that shows it, -1 = none. */
  row: number
  facts: Partial<Record<Fact, number>>
}

/** Courses of which it is worth seeing where they began. */
const HAS_BEGINNING: readonly CourseId[] = ['growing', 'burst', 'limit']

const LEVELS: Readonly<Record<CourseId, Level>> = {
  growing: 'trouble',
  limit: 'trouble',
  'levels-off': 'notice',
  burst: 'notice',
  'warm-up': 'fine',
  steady: 'fine',
  few: 'fine',
}

/**
 * What the live heap did, as the first of what is said. collections: how many it was told by; rowAt: the row of the table at a
 * minute of the course.
 */
export function courseFinding(course: Course, collections: number, rowAt: (minute: number) => number): MemoryFinding {
  const { id, certain, first, last, peak, bytesPerMinute, from, to, limit } = course
  return {
    id,
    level: LEVELS[id],
    certain,
    row: HAS_BEGINNING.includes(id) ? rowAt(from) : -1,
    facts: {
      first,
      last,
      peak,
      grown: last - first,
      pace: bytesPerMinute,
      span: to - from,
      cycles: collections,
      ...(limit === null ? {} : { limit }),
    },
  }
}
