/** Why a program died, by its messages and stacks: who is at fault, which line, and what else the dump tells of it. */
import { familyOf, isOwnPackage, packageOf } from '../../model/go-name.ts'
import { type CauseId, causeOf, decisive } from './causes.ts'
import type { Dump, DumpFrame, DumpTable, Goroutine } from './dump.ts'

/** Goroutines that are shown with their stacks, and those that are only listed. */
const MOST_SHOWN = 4
const MOST_LISTED = 40

export interface GoroutineText {
  id: number
  state: string
  minutes: number
  frames: readonly DumpFrame[]
  /** Rows of `frames` behind which some are left out: -1 = none are. */
  elidedAt: number
  elided: number
  createdBy: DumpFrame | null
  creator: number
}

/** A goroutine that waits, or is at the same place. */
export interface Standing {
  id: number
  state: string
  /** The nearest line of the program's own code. */
  place: DumpFrame | null
  /** Address of what it waits for, '' = not said. */
  address: string
  /** Goroutine that was handed that address and waits too, -1 = none is known. */
  handedTo: number
}

export interface Verdict {
  cause: CauseId
  /** Lines as written. */
  messages: readonly string[]
  details: readonly string[]
  /** The message without what Go puts in front, and the parts of it that the row of the cause tells apart. */
  said: string
  groups: readonly (string | undefined)[]
  /** The line to look at first. */
  blame: DumpFrame | null
  /** Goroutines at fault, at most MOST_SHOWN, and how many there are. */
  fault: readonly GoroutineText[]
  faultCount: number
  /** What the runtime was doing. */
  runtimeStack: readonly DumpFrame[]
  /** Of a deadlock: who waits, at most MOST_LISTED, and how many do. */
  waiting: readonly Standing[]
  waitingCount: number
  /** Of them, goroutines that wait for each other in turn. */
  ring: readonly number[]
  /** Of a map that several use: other goroutines that are at the same place. */
  together: readonly Standing[]
  /** Of a stack overflow: the calls that come again and again, the innermost first. */
  cycle: readonly DumpFrame[]
  /** Of a time-out: tests that were running. */
  tests: readonly string[]
  /** Rows of the table's stacks that ran when it happened, for the rules of hot zones. */
  stacks: readonly number[]
}

export interface Whose {
  own: readonly string[]
}

/** Null for a dump without a message: it was asked for. */
export function verdictOf(table: DumpTable, dump: Dump, { own }: Whose): Verdict | null {
  const message = decisive(dump.messages)
  if (message === undefined) return null
  const reader = new StackReader(table, own)
  const all = table.goroutines.slice(dump.first, dump.end)
  const { id, fault, said, groups } = causeOf(message)
  const waiting = id === 'deadlock' ? all.filter(({ state }) => !isSystem(state)) : []
  const standing = waiting.map((goroutine) => standingOf(reader, goroutine, waiting))
  const ring = ringOf(standing)
  const tests = id === 'test-timeout' ? testsOf(dump.details) : []
  const guilty =
    fault === 'first'
      ? all.slice(0, 1)
      : fault === 'tests'
        ? all.filter((goroutine) => reader.runsTest(goroutine, tests))
        : fault === 'waiting'
          ? [...waiting].sort((a, b) => Number(ring.includes(b.id)) - Number(ring.includes(a.id)))
          : []
  const [first] = guilty
  return {
    cause: id,
    messages: dump.messages,
    details: dump.details,
    said,
    groups,
    blame: first ? reader.blame(first, isNested(dump.messages)) : null,
    fault: guilty.slice(0, MOST_SHOWN).map((goroutine) => reader.text(goroutine)),
    faultCount: guilty.length,
    runtimeStack: dump.runtimeStack < 0 ? [] : reader.frames(dump.runtimeStack),
    waiting: standing.slice(0, MOST_LISTED),
    waitingCount: standing.length,
    ring,
    together: id === 'map-race' && first ? togetherWith(reader, first, all) : [],
    cycle: id === 'stack-overflow' && first ? cycleOf(reader.frames(first.stack)) : [],
    tests,
    stacks: fault === 'waiting' ? [] : guilty.slice(0, MOST_SHOWN).map(({ stack }) => stack),
  }
}

/** Workers of the runtime, which always wait. */
const isSystem = (state: string) =>
  /^(idle|force gc|GC |finalizer wait|cleanup wait|GOMAXPROCS updater|debug call|trace reader)/.test(state)

/** A second panic that says something else: what the first one said is not where it was raised. */
function isNested(messages: readonly string[]): boolean {
  const said = messages.filter((message) => /^\s*panic: /.test(message)).map((message) => causeOf(message).said)
  return new Set(said).size > 1 && !said.every((text) => text.includes(said[0] as string))
}

/** "		TestHang (1s)" below "	running tests:" */
const testsOf = (details: readonly string[]) =>
  details.flatMap((line) => /^\s+(\S+) \([\d.]+\S*\)$/.exec(line)?.[1] ?? [])

export class StackReader {
  constructor(
    private readonly table: DumpTable,
    private readonly own: readonly string[],
  ) {}

  frames(stack: number): DumpFrame[] {
    return this.table.stacks[stack].map((row) => this.table.frames[row])
  }

  isOwn({ func }: DumpFrame): boolean {
    return isOwnPackage(packageOf(func), this.own)
  }

  text({ id, state, minutes, stack, createdBy, creator, elided }: Goroutine): GoroutineText {
    const frames = this.frames(stack)
    return {
      id,
      state,
      minutes,
      frames,
      // The runtime prints as many of both ends (runtime/traceback.go).
      elidedAt: elided === 0 ? -1 : Math.min(frames.length, INNERMOST),
      elided,
      createdBy: createdBy < 0 ? null : this.table.frames[createdBy],
      creator,
    }
  }

  /** The nearest line of the program's own code; else of a library, else the innermost that is not the runtime's. */
  nearest(frames: readonly DumpFrame[]): DumpFrame | null {
    const family = (frame: DumpFrame) => familyOf(frame.func, this.own)
    return (
      frames.find((frame) => this.isOwn(frame)) ??
      frames.find((frame) => family(frame) === 'dep') ??
      frames.find((frame) => family(frame) !== 'runtime') ??
      null
    )
  }

  /** Whoever recovers and panics again stands above the call of panic; the place where it began is below. */
  blame({ stack }: Goroutine, nested: boolean): DumpFrame | null {
    const frames = this.frames(stack)
    const panic = nested ? -1 : frames.findLastIndex(({ func }) => func === 'panic' || func === 'runtime.gopanic')
    return this.nearest(frames.slice(panic + 1))
  }

  runsTest({ stack }: Goroutine, tests: readonly string[]): boolean {
    const frames = this.frames(stack)
    const runner = frames.findIndex(({ func }) => func === 'testing.tRunner' || func === 'testing.(*B).runN')
    if (runner < 0) return false
    // The parent of a running test only waits for it.
    if (/^testing\.\(\*[TBF]\)\.(Run|Parallel)$/.test(this.nearest(frames)?.func ?? '')) return false
    if (frames.slice(0, runner).some(({ func }) => /^testing\.\(\*[TBF]\)\.Run$/.test(func))) return false
    if (frames.slice(0, runner).some(({ func }) => func === 'testing.runTests.func1')) return false
    const names = tests.map((test) => test.split('/')[0] as string)
    return names.length === 0 || names.some((name) => frames.some(({ func }) => isFunctionNamed(func, name)))
  }
}

const INNERMOST = 50

const isFunctionNamed = (func: string, name: string) => func.endsWith(`.${name}`) || func.includes(`.${name}.`)

function standingOf(reader: StackReader, goroutine: Goroutine, all: readonly Goroutine[]): Standing {
  const { id, state, stack, waitsFor } = goroutine
  const handedTo = waitsFor === '' ? -1 : handedOf(goroutine, all)
  return { id, state, place: reader.nearest(reader.frames(stack)), address: waitsFor, handedTo }
}

/** A lock lies in some value: its address is at or a little behind the one that functions were passed. */
const WITHIN = 1024n

/** Who else was passed what a goroutine waits for, and waits for something else. */
function handedOf({ id, waitsFor }: Goroutine, all: readonly Goroutine[]): number {
  const wanted = BigInt(waitsFor)
  let nearest = -1n
  let found: number[] = []
  for (const other of all) {
    for (const word of other.passed) {
      const value = BigInt(word)
      if (value > wanted || wanted - value > WITHIN || value < nearest) continue
      if (value > nearest) found = []
      nearest = value
      if (!found.includes(other.id)) found.push(other.id)
    }
  }
  const others = all.filter((other) => other.id !== id && found.includes(other.id) && other.waitsFor !== waitsFor)
  // Of several nobody knows which one holds it.
  return others.length === 1 ? (others[0] as Goroutine).id : -1
}

/** Goroutines that wait for each other in turn; none where no turn closes. */
function ringOf(standing: readonly Standing[]): number[] {
  const next = new Map(standing.map(({ id, handedTo }) => [id, handedTo]))
  for (const { id } of standing) {
    const path = [id]
    for (let at = next.get(id) ?? -1; at >= 0; at = next.get(at) ?? -1) {
      if (at === id) return path
      if (path.includes(at)) break
      path.push(at)
    }
  }
  return []
}

/** Other goroutines that run in the same function or were started by the same line: they use the same map. */
function togetherWith(reader: StackReader, first: Goroutine, all: readonly Goroutine[]): Standing[] {
  const place = reader.nearest(reader.frames(first.stack))
  return all
    .filter((goroutine) => goroutine.id !== first.id && /^(running|runnable|waiting|preempted)/.test(goroutine.state))
    .map((goroutine) => ({ goroutine, at: reader.nearest(reader.frames(goroutine.stack)) }))
    .filter(
      ({ goroutine, at }) =>
        (at !== null && at.func === place?.func) ||
        (goroutine.createdBy >= 0 && goroutine.createdBy === first.createdBy) ||
        reader.frames(goroutine.stack).some(({ func }) => MAP_CODE.test(func)),
    )
    .slice(0, MOST_LISTED)
    .map(({ goroutine: { id, state }, at }) => ({ id, state, place: at, address: '', handedTo: -1 }))
}

const MAP_CODE =
  /^(runtime\.map(assign|access|delete|iter|Iter)|internal\/runtime\/maps\.|reflect\.map(assign|access|delete|iter))/

/** The shortest run of calls that the innermost frames repeat. */
function cycleOf(frames: readonly DumpFrame[]): DumpFrame[] {
  const same = (a: number, b: number) => frames[a]?.func === frames[b]?.func && frames[a]?.line === frames[b]?.line
  const top = Math.min(frames.length, INNERMOST)
  for (let period = 1; period * 3 <= top; period++) {
    // The innermost call may stand at another line: it just began.
    let i = 1
    while (i + period < top && same(i, i + period)) i++
    if (i + period >= top) return frames.slice(1, 1 + period)
  }
  return []
}
