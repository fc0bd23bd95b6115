/**
 * Profiles made of a trace. Four are those of `go tool trace -pprof`, by its rules: how often and how long goroutines
 * were in a state, by the stack of the event that brought them there. One has these and what else traces know of stacks.
 */
import { type BuiltLabel, ProfileBuilder } from '../model/builder.ts'
import { DoubleColumn, IntColumn } from '../model/columns.ts'
import type { Profile, ValueType } from '../model/profile.ts'
import { isOfRuntime } from './functions.ts'
import { countedOf, livedOf, type Part } from './part.ts'
import { isEnded, RUNNABLE, RUNNING, SYSCALL, type Trace, WAITING, waitOf } from './trace.ts'

export const WAIT_PROFILES = ['net', 'sync', 'syscall', 'sched'] as const
export type WaitProfile = (typeof WAIT_PROFILES)[number]

/** What they are called in a profile that has all four. */
const TYPES: Readonly<Record<WaitProfile, string>> = {
  net: 'network',
  sync: 'sync',
  syscall: 'syscall',
  sched: 'scheduler',
}

/** Which profile of the tool counts a wait. */
const WAIT_RULES = { network: 'net', sync: 'sync', other: null } as const

/** Which profile of the tool counts an interval, by the row of its reason and its state; null = none. */
function ruleOf({ texts }: Trace): (state: number, reason: number) => WaitProfile | null {
  const waits = texts.map((text) => WAIT_RULES[waitOf(text)])
  return (state, reason) =>
    state === WAITING ? waits[reason] : state === SYSCALL ? 'syscall' : state === RUNNABLE ? 'sched' : null
}

/** One of the tool's profiles. Two values: how often, and how many nanoseconds. */
export function waitProfile(trace: Trace, which: WaitProfile, part: Part = {}): Profile {
  const { intervals } = trace
  const rule = ruleOf(trace)
  const lived = livedOf(trace, part)
  const types = [
    { type: 'contentions', unit: 'count' },
    { type: 'delay', unit: 'nanoseconds' },
  ]
  const sums = new Sums(trace, types.length)
  for (let i = 0; i < intervals.length; i++) {
    if (rule(intervals.state[i], intervals.reason[i]) !== which || !isEnded(trace, i)) continue
    const ns = lived.within(intervals.goroutine[i], intervals.from[i], intervals.to[i])
    if (ns <= 0) continue
    const row = sums.row(intervals.stack[i], 0, 0, -1)
    sums.left(row, intervals.stack[i], intervals.to[i])
    sums.add(row, 0, 1)
    sums.add(row, 1, ns)
  }
  return sums.profile(types, 1, 0, part)
}

/** What a sample of a trace's profile is: of one of the tool's rules, or of another kind. */
const KINDS = [...WAIT_PROFILES, 'wait', 'run', 'create', 'sample'] as const
const STATES: Readonly<Record<(typeof KINDS)[number], string>> = {
  net: 'waiting',
  sync: 'waiting',
  wait: 'waiting',
  syscall: 'syscall',
  sched: 'runnable',
  run: 'running',
  create: '',
  sample: '',
}

/**
 * One profile of a part of the trace. Its sample types:
 *
 *     network, sync, syscall, scheduler  those of the tool, in nanoseconds
 *     waiting      every wait of the program's goroutines, for whatever reason, in nanoseconds; also those that have not ended
 *     running      nanoseconds on a processor, by the stack with which the goroutine stopped, blocked or went into a system call
 *     contentions  how often goroutines waited: of the first five
 *     goroutines   how many were created, by the stack of who did
 *     samples      CPU samples, of traces that have some: a CPU profile ran meanwhile
 *
 * Its labels: `goroutine`, the function that it began with; `state`; `reason`, as Go names it. The profile opens on the
 * longest of the tool's four. Functions and locations have the same rows whatever the part. seed: see StackTrie.
 */
export function traceProfile(trace: Trace, seed: number, part: Part = {}): Profile {
  const { intervals, goroutines, texts, samples } = trace
  const types: ValueType[] = [
    ...[...WAIT_PROFILES.map((which) => TYPES[which]), 'waiting', 'running'].map((type) => ({
      type,
      unit: 'nanoseconds',
    })),
    ...['contentions', 'goroutines', ...(samples.length > 0 ? ['samples'] : [])].map((type) => ({
      type,
      unit: 'count',
    })),
  ]
  const column = (type: string) => types.findIndex((is) => is.type === type)
  const [waiting, running, contentions, created, onCpu] = [
    'waiting',
    'running',
    'contentions',
    'goroutines',
    'samples',
  ].map(column)
  const kind = (is: (typeof KINDS)[number]) => KINDS.indexOf(is)
  const rule = ruleOf(trace)
  const counted = countedOf(trace, part)
  const lived = livedOf(trace, part)
  const isOwn = texts.map((text) => !isOfRuntime(text))
  const sums = new Sums(trace, types.length)
  /** By goroutine, the interval in which it runs, -1 = none: only what comes next tells its stack. */
  const runs = new Int32Array(goroutines.length).fill(-1)
  const ran = (i: number, stack: number) => {
    const goroutine = intervals.goroutine[i]
    const ns = counted.within(goroutine, intervals.from[i], intervals.to[i])
    if (ns > 0) sums.add(sums.row(stack, kind('run'), 0, goroutine), running, ns)
    runs[goroutine] = -1
  }
  for (let i = 0; i < intervals.length; i++) {
    const state = intervals.state[i]
    const goroutine = intervals.goroutine[i]
    const stack = intervals.stack[i]
    if (runs[goroutine] >= 0) ran(runs[goroutine], stack)
    if (state === RUNNING) {
      runs[goroutine] = i
      continue
    }
    const from = intervals.from[i]
    const to = intervals.to[i]
    const reason = intervals.reason[i]
    const which = rule(state, reason)
    const ns = which && isEnded(trace, i) ? lived.within(goroutine, from, to) : 0
    const waits = state === WAITING && isOwn[goroutines[goroutine].func] ? counted.within(goroutine, from, to) : 0
    if (ns <= 0 && waits <= 0) continue
    const row = sums.row(stack, kind(which ?? 'wait'), reason, goroutine)
    if (which && ns > 0) {
      sums.left(row, stack, to)
      sums.add(row, column(TYPES[which]), ns)
    }
    sums.add(row, waiting, waits)
    sums.add(row, contentions, 1)
  }
  for (const [row, i] of runs.entries()) if (i >= 0) ran(i, goroutines[row].begins)
  for (const [row, { isCreated, creator, createdAt, from }] of goroutines.entries())
    if (isCreated && counted.has(creator, from)) sums.add(sums.row(createdAt, kind('create'), 0, row), created, 1)
  for (let i = 0; i < samples.length; i++)
    if (counted.has(samples.goroutine[i], samples.time[i]))
      sums.add(sums.row(samples.stack[i], kind('sample'), 0, samples.goroutine[i]), onCpu, 1)
  const totals = WAIT_PROFILES.map((_, type) => sums.total(type))
  return sums.profile(types, totals.indexOf(Math.max(...totals)), seed, part, true)
}

/** For each stack the first one with the same addresses. As for the tool, no frame and one without an address are alike. */
function alikeStacks({ frames, stackStart, stackFrame }: Trace): Int32Array {
  const first = new Map<string, number>()
  const alike = new Int32Array(stackStart.length - 1)
  for (let stack = 0; stack < alike.length; stack++) {
    const own = stackFrame.subarray(stackStart[stack], stackStart[stack + 1])
    const addresses = Array.from(own, (frame) => frames[frame].pc)
    while (addresses.at(-1) === 0) addresses.pop()
    const id = addresses.join()
    if (!first.has(id)) first.set(id, stack)
    alike[stack] = first.get(id) ?? stack
  }
  return alike
}

/** Values by stack, kind, reason and the function of the goroutine; makes a profile of them. */
class Sums {
  private readonly alike: Int32Array
  /** By code of what a row stands for. */
  private readonly rows = new Map<number, number>()
  private readonly stack = new IntColumn()
  private readonly kind = new IntColumn()
  private readonly reason = new IntColumn()
  /** Row of texts, -1 = of no goroutine. */
  private readonly func = new IntColumn()
  /** By row and type. */
  private readonly values = new DoubleColumn()
  /** By kind and alike stack: of those the tool shows the one that was left last. */
  private readonly shown = new Map<number, { stack: number; at: number }>()

  constructor(
    private readonly trace: Trace,
    private readonly width: number,
  ) {
    this.alike = alikeStacks(trace)
  }

  /** Row of what is to be added up. kind: of KINDS. reason: row of texts. goroutine: -1 = whichever. */
  row(stack: number, kind: number, reason: number, goroutine: number): number {
    const { texts, goroutines } = this.trace
    const alike = this.alike[stack]
    const func = goroutine < 0 ? -1 : goroutines[goroutine].func
    const code = ((alike * KINDS.length + kind) * texts.length + reason) * (texts.length + 1) + func + 1
    let row = this.rows.get(code)
    if (row === undefined) {
      row = this.stack.length
      this.rows.set(code, row)
      this.stack.push(alike)
      this.kind.push(kind)
      this.reason.push(reason)
      this.func.push(func)
      for (let i = 0; i < this.width; i++) this.values.push(0)
    }
    return row
  }

  add(row: number, type: number, value: number): void {
    this.values.data[row * this.width + type] += value
  }

  /** The row's time in this stack ended then. */
  left(row: number, stack: number, at: number): void {
    const id = this.stack.data[row] * KINDS.length + this.kind.data[row]
    const shown = this.shown.get(id)
    if (!shown) this.shown.set(id, { stack, at })
    else if (at > shown.at) Object.assign(shown, { stack, at })
  }

  total(type: number): number {
    let sum = 0
    for (let i = type; i < this.values.length; i += this.width) sum += this.values.data[i]
    return sum
  }

  /** hasAllFrames: also those of no stack that is added up, so that functions have the same rows in every part of the trace. */
  profile(
    types: readonly ValueType[],
    defaultSampleType: number,
    seed: number,
    part: Part,
    hasAllFrames = false,
  ): Profile {
    const { trace, width, values } = this
    const { texts, frames, stackStart, stackFrame, from, to, started, wallMs, missing } = trace
    const built = new ProfileBuilder(types, seed)
    const locations = new Int32Array(frames.length).fill(-1)
    const location = (row: number) => {
      if (locations[row] < 0) {
        const { pc, func, file, line } = frames[row]
        locations[row] = built.location([{ func: built.func(texts[func], texts[file]), line }], -1, pc)
      }
      return locations[row]
    }
    if (hasAllFrames) for (const row of frames.keys()) location(row)
    for (let row = 0; row < this.stack.length; row++) {
      const alike = this.stack.data[row]
      const stack = this.shown.get(alike * KINDS.length + this.kind.data[row])?.stack ?? alike
      const own = stackFrame.subarray(stackStart[stack], stackStart[stack + 1])
      built.sample(
        Array.from(own, location),
        Array.from(values.data.subarray(row * width, (row + 1) * width)),
        this.labels(row),
      )
    }
    return built.finish(
      {
        periodType: { type: 'trace', unit: 'count' },
        period: 1,
        timeNs: wallMs === null ? 0 : BigInt(Math.round(wallMs)) * 1_000_000n,
        durationNs: Math.max(0, Math.min(to, part.to ?? to) - Math.max(from, started, part.from ?? started)),
        notes: missing ? [{ code: `trace-${missing.why}`, count: missing.bytes }] : [],
      },
      defaultSampleType,
    )
  }

  private labels(row: number): BuiltLabel[] {
    const { texts } = this.trace
    const func = this.func.data[row]
    if (func < 0) return []
    const said = {
      goroutine: texts[func],
      state: STATES[KINDS[this.kind.data[row]]],
      reason: texts[this.reason.data[row]],
    }
    return Object.entries(said)
      .filter(([, str]) => str !== '')
      .map(([key, str]) => ({ key, str, num: 0, unit: '' }))
  }
}
