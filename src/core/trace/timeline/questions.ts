/** What a page asks about an execution trace besides what it asks about a profile. */
import type { TraceAnswers } from '../answers/answers.ts'
import type { TraceSummary } from '../summary.ts'
import type { TimeWindow } from './camera.ts'
import type { IntervalDetails, RangeDetails, TraceLogs } from './details.ts'
import type { Lane } from './lane.ts'
import type { Timeline } from './lanes.ts'
import type { WindowAnswer, WindowRequest } from './window.ts'

/** Kind of the document. */
export const TRACE = 'trace'

/** What the document says of itself, beside what a profile says. */
export interface TraceHead {
  timeline: Timeline
  summary: TraceSummary
}

/** Of a document, undefined where it is no trace. */
export function traceOf(document: { kind: string; info: unknown }): TraceHead | undefined {
  return document.kind === TRACE ? (document.info as { trace?: TraceHead }).trace : undefined
}

/** By question: its arguments and its answer. */
export interface TraceQuestions {
  'trace.window': { args: WindowRequest; answer: WindowAnswer }
  /** Names of the groups that a search text finds; null = all, since it is empty or cannot be used. */
  'trace.groups': { args: { text: string }; answer: readonly string[] | null }
  /** Row of what a lane shows (tableOf()) at a time, or nearest to it; -1 = none. */
  'trace.at': { args: { lane: Lane; time: number }; answer: number }
  /** Null where there is no such row, or not in that lane. */
  'trace.interval': { args: { row: number; lane: Lane | null }; answer: IntervalDetails | null }
  'trace.range': { args: { row: number; lane: Lane | null }; answer: RangeDetails | null }
  /** What the program logged, in order; the first `most` of it. */
  'trace.logs': { args: { during: TimeWindow | null; most: number }; answer: TraceLogs }
  /** during: null = the whole trace. */
  'trace.answers': { args: { during: TimeWindow | null }; answer: TraceAnswers }
}
