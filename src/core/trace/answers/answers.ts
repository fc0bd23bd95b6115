/** What held a program up, read from the tables of its trace. Rows of the longest sum come first. */
import { STATES, type State, type Trace } from '../trace.ts'
import { type Annotated, annotated } from './annotations.ts'
import { type Collector, collectorOf, type HeldUp, heldUp, type Pause, pausesOf } from './collector.ts'
import { Look, type Within } from './look.ts'
import {
  type Idle,
  idleWhileWork,
  type Latency,
  latency,
  type NeverEnded,
  neverEnded,
  type Storm,
  storms,
} from './scheduling.ts'
import { type Block, blocks, type Contended, contended, type Syscall, syscalls } from './waits.ts'

export interface TimeInState {
  state: State
  reason: string
  count: number
  totalNs: number
}

/** Data alone: it can be sent, and written as JSON. */
export interface TraceAnswers {
  /** Since the trace started. */
  fromNs: number
  durationNs: number
  pauses: Pause[]
  heldUp: HeldUp[]
  latency: Latency[]
  idle: Idle
  contended: Contended[]
  blocks: Block[]
  syscalls: Syscall[]
  annotated: Annotated[]
  neverEnded: NeverEnded[]
  storms: Storm[]
  collector: Collector
  states: TimeInState[]
}

/**
 * Of the whole trace, or of what lies between two times of its clock: then times are cut to it, and `open` still is what
 * had not ended when the trace did.
 */
export function answersOf(trace: Trace, within: Within | null = null): TraceAnswers {
  const look = new Look(trace, within)
  return {
    fromNs: look.from - trace.started,
    durationNs: look.durationNs,
    pauses: pausesOf(look),
    heldUp: heldUp(look),
    latency: latency(look),
    idle: idleWhileWork(look),
    contended: contended(look),
    blocks: blocks(look),
    syscalls: syscalls(look),
    annotated: annotated(look),
    neverEnded: neverEnded(look),
    storms: storms(look),
    collector: collectorOf(look),
    states: timeInStates(look),
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
