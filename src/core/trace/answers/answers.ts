/** What held a program up, read from the tables of its trace. Rows of the longest sum come first. */
import { STATES, type State, type Trace } from '../trace.ts'
import { annotated } from './annotations.ts'
import { collectorOf, heldUp, pausesOf } from './collector.ts'
import { Look, type Within } from './look.ts'
import { idleWhileWork, latency, neverEnded, storms } from './scheduling.ts'
import { blocks, contended, syscalls } from './waits.ts'

export interface TimeInState {
  state: State
  reason: string
  count: number
  totalNs: number
}

const PARTS = {
  pauses: pausesOf,
  heldUp,
  latency,
  idle: idleWhileWork,
  contended,
  blocks,
  syscalls,
  annotated,
  neverEnded,
  storms,
  collector: collectorOf,
  states: timeInStates,
}

/** Data alone: it can be sent, and written as JSON. */
export type TraceAnswers = { [P in keyof typeof PARTS]: ReturnType<(typeof PARTS)[P]> } & {
  /** Since the trace started. */
  fromNs: number
  durationNs: number
}

/**
 * Of the whole trace, or of what lies between two times of its clock: then times are cut to it, and `open` still is what
 * had not ended when the trace did. Yields after each part, so that whoever has more to do can do it in between.
 */
export function* answering(trace: Trace, within: Within | null = null): Generator<undefined, TraceAnswers> {
  const look = new Look(trace, within)
  const answers: Record<string, unknown> = { fromNs: look.from - trace.started, durationNs: look.durationNs }
  for (const [name, part] of Object.entries(PARTS)) {
    yield
    answers[name] = part(look)
  }
  return answers as TraceAnswers
}

/** All of answering() at once. */
export function answersOf(trace: Trace, within: Within | null = null): TraceAnswers {
  const parts = answering(trace, within)
  for (;;) {
    const { done, value } = parts.next()
    if (done) return value
  }
}

function timeInStates(look: Look): TimeInState[] {
  const { intervals, texts } = look.trace
  const count = new Float64Array(STATES.length * texts.length)
  const totalNs = new Float64Array(count.length)
  for (let i = 0; i < intervals.length; i++) {
    const ns = look.ns(intervals.from[i], intervals.to[i])
    if (ns < 0) continue
    const code = intervals.state[i] * texts.length + intervals.reason[i]
    count[code]++
    totalNs[code] += ns
  }
  const rows: TimeInState[] = []
  for (const [code, times] of count.entries()) {
    if (times === 0) continue
    const state = STATES[Math.floor(code / texts.length)] as State
    rows.push({ state, reason: texts[code % texts.length], count: times, totalNs: totalNs[code] })
  }
  return rows.sort((a, b) => b.totalNs - a.totalNs)
}
