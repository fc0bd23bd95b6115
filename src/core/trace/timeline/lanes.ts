/**
 * The lanes of a timeline: which there are for a trace, and their order. Times of a timeline are nanoseconds since the
 * first event of the trace.
 */
import { processorNumbers } from '../by-owner.ts'
import { ASSIST, HEAP, PAUSE, REGION, RUNNING, SWEEP, TASK, type Trace } from '../trace.ts'

export interface Groups {
  /** By group; '' = no stack says. Those that ran, or took, the longest come first. */
  name: string[]
  /** Members of group g: member[start[g], start[g + 1]), in the order in which they began. */
  start: Int32Array
  /** Rows of goroutines, or of ranges for tasks. */
  member: Int32Array
  /** By member: the number that Go gives it. */
  id: Float64Array
}

/** All that a page has to know of a trace before it asks for a part of it. */
export interface Timeline {
  /** When the first generation begins, which is at or before the first event, and when the trace ends. */
  begin: number
  end: number
  /** Their numbers, by row. */
  processors: Int32Array
  hasAssists: boolean
  hasSweeps: boolean
  hasHeap: boolean
  goroutines: Groups
  tasks: Groups
  regions: Groups
  /** When the world was stopped, in order. */
  pauses: { from: Float64Array; to: Float64Array }
  /** What spans are named by: functions of goroutines, reasons to wait, kinds of pauses, names of tasks and regions. */
  names: readonly string[]
  /** How many there are in all. */
  intervals: number
  logs: number
}

export function timelineOf(trace: Trace): Timeline {
  const { from, to, started, texts, metrics, ranges } = trace
  const pauses: number[] = []
  let hasAssists = false
  let hasSweeps = false
  for (let i = 0; i < ranges.length; i++) {
    if (ranges.kind[i] === PAUSE) pauses.push(i)
    if (ranges.kind[i] === ASSIST) hasAssists = true
    if (ranges.kind[i] === SWEEP) hasSweeps = true
  }
  return {
    begin: from - started,
    end: to - started,
    processors: processorNumbers(trace),
    hasAssists,
    hasSweeps,
    hasHeap: metrics.kind.includes(HEAP),
    goroutines: goroutineGroups(trace),
    tasks: taskGroups(trace),
    regions: regionGroups(trace),
    pauses: {
      from: Float64Array.from(pauses, (i) => ranges.from[i] - started),
      to: Float64Array.from(pauses, (i) => ranges.to[i] - started),
    },
    names: Array.from(namedTexts(trace), (row) => texts[row]),
    intervals: trace.intervals.length,
    logs: trace.logs.length,
  }
}

/** Rows of the texts that spans can be named by, the empty one first: a trace has many others, those of its stacks. */
export function namedTexts({ goroutines, intervals, ranges, texts }: Trace): Int32Array {
  const isNamed = new Uint8Array(texts.length)
  isNamed[0] = 1
  for (const { func } of goroutines) isNamed[func] = 1
  for (let i = 0; i < intervals.length; i++) isNamed[intervals.reason[i]] = 1
  for (let i = 0; i < ranges.length; i++) isNamed[ranges.name[i]] = 1
  return Int32Array.from(isNamed.keys()).filter((row) => isNamed[row] === 1)
}

function goroutineGroups(trace: Trace): Groups {
  const { goroutines, intervals } = trace
  const ran = new Float64Array(goroutines.length)
  for (let i = 0; i < intervals.length; i++)
    if (intervals.state[i] === RUNNING) ran[intervals.goroutine[i]] += intervals.to[i] - intervals.from[i]
  return grouped(
    trace,
    goroutines.map((goroutine, row) => ({
      name: goroutine.func,
      row,
      id: goroutine.id,
      from: goroutine.from,
      weight: ran[row],
    })),
  )
}

function taskGroups(trace: Trace): Groups {
  const { ranges } = trace
  const members: Member[] = []
  for (let i = 0; i < ranges.length; i++) {
    if (ranges.kind[i] !== TASK) continue
    const from = ranges.from[i]
    members.push({ name: ranges.name[i], row: i, id: ranges.task[i], from, weight: ranges.to[i] - from })
  }
  return grouped(trace, members)
}

function regionGroups(trace: Trace): Groups {
  const { ranges, goroutines } = trace
  const found = new Map<string, Member>()
  for (let i = 0; i < ranges.length; i++) {
    if (ranges.kind[i] !== REGION) continue
    const row = ranges.goroutine[i]
    const name = ranges.name[i]
    const key = `${name} ${row}`
    const from = ranges.from[i]
    const member = found.get(key) ?? { name, row, id: goroutines[row].id, from, weight: 0 }
    found.set(key, member)
    member.weight += ranges.to[i] - from
    member.from = Math.min(member.from, from)
  }
  return grouped(trace, [...found.values()])
}

interface Member {
  /** Row of texts. */
  name: number
  row: number
  id: number
  from: number
  weight: number
}

function grouped({ texts }: Trace, members: readonly Member[]): Groups {
  const groups = new Map<number, { weight: number; members: Member[] }>()
  for (const member of members) {
    const group = groups.get(member.name) ?? { weight: 0, members: [] }
    groups.set(member.name, group)
    group.weight += member.weight
    group.members.push(member)
  }
  const sorted = [...groups].sort(
    ([a, one], [b, other]) =>
      other.weight - one.weight || other.members.length - one.members.length || (texts[a] < texts[b] ? -1 : 1),
  )
  const start = new Int32Array(sorted.length + 1)
  const member = new Int32Array(members.length)
  const id = new Float64Array(members.length)
  let at = 0
  for (const [g, [, group]] of sorted.entries()) {
    for (const one of group.members.sort((a, b) => a.from - b.from || a.row - b.row)) {
      member[at] = one.row
      id[at++] = one.id
    }
    start[g + 1] = at
  }
  return { name: sorted.map(([name]) => texts[name]), start, member, id }
}
