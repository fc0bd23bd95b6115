/** All that a trace says of one interval of a goroutine, or of one range. Times: nanoseconds since the first event. */
import {
  isEnded,
  PAUSE,
  REGION,
  RUNNABLE,
  RUNNING,
  STATES,
  type State,
  SWEEP,
  TASK,
  type Trace,
  WAITING,
} from '../trace.ts'
import type { TimeWindow } from './camera.ts'
import type { Lane } from './lane.ts'
import type { TimelineWindows } from './window.ts'

export interface StackLine {
  function: string
  file: string
  line: number
}

export interface GoroutineName {
  row: number
  id: number
  function: string
}

export interface Cause {
  /** Null: no goroutine did, but the network poller, a timer or the scheduler. */
  by: GoroutineName | null
  at: number
  stack: StackLine[]
  /** The interval that it was in when it did, and the number of its processor; -1 = unknown. */
  interval: number
  processor: number
}

/** Whose stack that of an interval is: its own where it stopped running or where it began, or that of who woke or created its goroutine. */
export type StackOf = 'stopped' | 'begun' | 'woken' | 'created'

export interface IntervalDetails {
  row: number
  goroutine: GoroutineName
  state: State
  /** Why it stopped running; of a wait, what it waited for. '' = nothing is said. */
  reason: string
  from: number
  to: number
  /** False: it goes on when the trace ends. */
  isEnded: boolean
  /** Number of its processor, -1 = none. */
  processor: number
  /** Leaf first. */
  stack: StackLine[]
  stackOf: StackOf
  /** What ended the wait: of a wait, of being able to run after it, and of running after that. Null = nothing has. */
  woken: Cause | null
  /** Null: it was there before the trace, or nobody is known to have created it. */
  created: Cause | null
  /** Intervals around it in the lane that it was chosen in, else of its goroutine; -1 = none. */
  before: number
  after: number
  /** How long its goroutine was in each state, in the whole trace. */
  totals: Record<State, number>
  life: { from: number; to: number; isEnded: boolean }
}

export interface RangeDetails {
  row: number
  kind: 'gc' | 'pause' | 'sweep' | 'assist' | 'task' | 'region'
  /** Kind of the pause, name of a task or region. */
  name: string
  from: number
  to: number
  isWhole: boolean
  /** Null: of no goroutine. */
  goroutine: GoroutineName | null
  /** Of sweeps: number of the processor; -1 = of none. */
  processor: number
  /** Of tasks and regions: its id, 0 = none. */
  task: number
  stack: StackLine[]
  /** Rows around it in the lane that it was chosen in; -1 = none. */
  before: number
  after: number
}

export interface TraceLog {
  at: number
  goroutine: GoroutineName | null
  /** 0 = of no task. */
  task: number
  category: string
  message: string
}

export interface TraceLogs {
  logs: TraceLog[]
  /** All of that time. */
  count: number
}

const RANGE_KINDS = ['gc', 'pause', 'sweep', 'assist', 'task', 'region'] as const

/** Null where there is no such row, or not in that lane. lane: which one it was chosen in, null = that of its goroutine. */
export function intervalDetails(
  trace: Trace,
  windows: TimelineWindows,
  { row, lane }: { row: number; lane: Lane | null },
): IntervalDetails | null {
  const { intervals, goroutines, texts, started } = trace
  if (!(row >= 0 && row < intervals.length)) return null
  const beside = lane ? windows.beside(lane, 'interval', row) : windows.besideOwn(row)
  if (!beside) return null
  const of = intervals.goroutine[row]
  const goroutine = goroutines[of]
  const state = STATES[intervals.state[row]] as State
  const caused = wokenAt(trace, windows, row)
  const causeOf = (by: number, at: number, stack: number): Cause => {
    const interval = by < 0 ? -1 : windows.intervalAt(by, at - started)
    return {
      by: nameOf(trace, by),
      at: at - started,
      stack: stackLines(trace, stack),
      interval,
      processor: interval < 0 ? -1 : intervals.processor[interval],
    }
  }
  const totals: Record<State, number> = { runnable: 0, running: 0, syscall: 0, waiting: 0 }
  for (const i of windows.ownOf(of)) totals[STATES[intervals.state[i]] as State] += intervals.to[i] - intervals.from[i]
  return {
    row,
    goroutine: nameOf(trace, of) as GoroutineName,
    state,
    reason: texts[intervals.reason[row]],
    from: intervals.from[row] - started,
    to: intervals.to[row] - started,
    isEnded: isEnded(trace, row),
    processor: intervals.processor[row],
    stack: stackLines(trace, intervals.stack[row]),
    stackOf: stackOf(trace, windows, row, caused),
    woken: caused >= 0 ? causeOf(intervals.by[caused], intervals.from[caused], intervals.stack[caused]) : null,
    created: goroutine.isCreated ? causeOf(goroutine.creator, goroutine.from, goroutine.createdAt) : null,
    ...beside,
    totals,
    life: { from: goroutine.from - started, to: goroutine.to - started, isEnded: goroutine.isEnded },
  }
}

/** The interval that began when something woke the goroutine, -1 = nothing has. */
function wokenAt(trace: Trace, windows: TimelineWindows, row: number): number {
  const { state, by } = trace.intervals
  const { before, after } = windows.besideOwn(row)
  if (state[row] === WAITING) return after
  // Who creates a goroutine does not wake it.
  if (before < 0) return -1
  const was = state[before]
  if (state[row] === RUNNING) return was === RUNNABLE ? wokenAt(trace, windows, before) : -1
  return state[row] === RUNNABLE && (by[row] >= 0 || was === WAITING) ? row : -1
}

function stackOf(trace: Trace, windows: TimelineWindows, row: number, caused: number): StackOf {
  const { goroutine, state } = trace.intervals
  if (caused === row) return 'woken'
  if (state[row] === RUNNING) return 'begun'
  return windows.besideOwn(row).before < 0 && trace.goroutines[goroutine[row]].isCreated ? 'created' : 'stopped'
}

/** As intervalDetails(). */
export function rangeDetails(
  trace: Trace,
  windows: TimelineWindows,
  { row, lane }: { row: number; lane: Lane | null },
): RangeDetails | null {
  const { ranges, texts, started } = trace
  if (!(row >= 0 && row < ranges.length)) return null
  const beside = lane ? windows.beside(lane, 'range', row) : { before: -1, after: -1 }
  if (!beside) return null
  const kind = ranges.kind[row]
  const isNamed = kind === PAUSE || kind === TASK || kind === REGION
  return {
    row,
    kind: RANGE_KINDS[kind],
    name: isNamed ? texts[ranges.name[row]] : '',
    from: ranges.from[row] - started,
    to: ranges.to[row] - started,
    isWhole: ranges.isWhole[row] === 1,
    goroutine: nameOf(trace, ranges.goroutine[row]),
    processor: kind === SWEEP ? ranges.processor[row] : -1,
    task: kind === TASK || kind === REGION ? ranges.task[row] : 0,
    stack: stackLines(trace, ranges.stack[row]),
    ...beside,
  }
}

/** during: null = all of them. */
export function logsOf(trace: Trace, during: TimeWindow | null, most: number): TraceLogs {
  const { logs, texts, started } = trace
  const within = logs.filter(({ time }) => {
    const at = time - started
    return during === null || (at >= during.from && at < during.to)
  })
  return {
    count: within.length,
    logs: within.slice(0, most).map(({ time, goroutine, task, key, value }) => ({
      at: time - started,
      goroutine: nameOf(trace, goroutine),
      task,
      category: texts[key],
      message: texts[value],
    })),
  }
}

function nameOf({ goroutines, texts }: Trace, row: number): GoroutineName | null {
  return row < 0 ? null : { row, id: goroutines[row].id, function: texts[goroutines[row].func] }
}

function stackLines({ stackStart, stackFrame, frames, texts }: Trace, stack: number): StackLine[] {
  return Array.from(stackFrame.subarray(stackStart[stack], stackStart[stack + 1]), (row) => {
    const { func, file, line } = frames[row]
    return { function: texts[func], file: texts[file], line }
  })
}
