/** Whom to charge: for each zone the user's nearest line above where it begins, and the functions that told it. */
import { pathToFrame } from '../query/path-rows.ts'
import { lineKey } from './own-line-table.ts'
import type { TreeInput } from './places.ts'
import type { RuleScan } from './scan.ts'
import type { UserCode } from './user-code.ts'
import type { ZoneBlame, ZoneEvidence, ZoneLine } from './zone.ts'

const MAX_CALLERS = 4

/** Where a zone begins: a row of the stack table, the frame of its location, what to charge. */
interface Charge {
  row: number
  frame: number
  value: number
  samples: number
}

interface Line {
  value: number
  row: number
  frame: number
  heaviest: number
  /** Frames of the user's own code that call its function, and what comes through them; of each line the first frame. */
  callers: Map<number, { frame: number; value: number }>
}

/** Collects the charges of one zone. */
export class Ledger {
  private readonly lines = new Map<number, Line>()
  private readonly functions = new Map<number, ZoneEvidence>()

  constructor(
    private readonly input: TreeInput,
    private readonly user: UserCode,
    private readonly fileRow: (func: number) => number,
  ) {}

  /** The user's frame is looked for above frame `before` of the row's location: of what begins there, its caller. */
  charge({ row, frame, value, samples }: Charge, before = frame): void {
    const { frameKey, weights } = this.input
    const func = frameKey[frame]
    const told = this.functions.get(func)
    if (!told) this.functions.set(func, { func, samples, value })
    else {
      told.samples += samples
      told.value += value
    }
    const own = this.user.nearest(row, before)
    if (own.frame < 0) return
    const id = this.lineId(own.frame)
    const heaviest = weights.absTotal[own.row]
    let line = this.lines.get(id)
    if (!line) {
      line = { value: 0, row: own.row, frame: own.frame, heaviest, callers: new Map() }
      this.lines.set(id, line)
    }
    line.value += value
    if (heaviest > line.heaviest) Object.assign(line, { row: own.row, frame: own.frame, heaviest })
    const caller = this.callerOf(own)
    if (caller < 0) return
    const by = this.lineId(caller)
    const known = line.callers.get(by)
    if (known) known.value += value
    else line.callers.set(by, { frame: caller, value })
  }

  private lineId(frame: number): number {
    return lineKey(this.input.frameKey[frame], this.input.profile.frames.line[frame])
  }

  /** The nearest frame of the user's own code that is of another function; -1 = none. */
  private callerOf(own: { frame: number; row: number }): number {
    const { frameKey } = this.input
    let at = own
    do at = this.user.nearest(at.row, at.frame)
    while (at.frame >= 0 && frameKey[at.frame] === frameKey[own.frame])
    return at.frame
  }

  blame(most: number): ZoneBlame[] {
    return heaviest(this.lines.values(), most).map((line) => ({
      ...this.lineOf(line),
      path: pathToFrame(this.input.profile, line.row, line.frame),
      callers: line.callers.size < 2 ? [] : heaviest(line.callers.values(), MAX_CALLERS).map((c) => this.lineOf(c)),
    }))
  }

  private lineOf({ frame, value }: { frame: number; value: number }): ZoneLine {
    const { frameKey, profile } = this.input
    const { func, line } = profile.frames
    return { func: frameKey[frame], file: this.fileRow(func[frame]), line: line[frame], value }
  }

  evidence(most: number): ZoneEvidence[] {
    return [...this.functions.values()]
      .filter((told) => told.samples > 0)
      .sort((a, b) => Math.abs(b.value) - Math.abs(a.value) || b.samples - a.samples)
      .slice(0, most)
  }
}

function heaviest<T extends { value: number }>(rows: Iterable<T>, most: number): T[] {
  return [...rows]
    .filter(({ value }) => value !== 0)
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, most)
}

/** What a zone weighs at or below each stack row; a column null means everything. */
export interface Share {
  rule: number
  ledger: Ledger
  below: Float64Array | null
  samplesBelow: Int32Array | null
}

/** Charges every zone at the rows where it begins, in one pass over the stack table. */
export function chargeBeginnings(input: TreeInput, scan: RuleScan, shares: readonly Share[], samples: Samples): void {
  const { location, parent, length } = input.profile.stacks
  const { frameStart } = input.profile.locations
  const { func } = input.profile.frames
  const { automaton, nameClass, state } = scan
  const byRule = new Map(shares.map((share) => [share.rule, share]))
  // Which zones can begin between two states; asked for millions of rows, answered for a few thousand pairs.
  const between: (readonly Share[] | undefined)[][] = []
  const beginning = (from: number, to: number): readonly Share[] => {
    between[from] ??= []
    let known = between[from][to]
    if (!known) {
      const before = automaton.rules(from).entered
      const { entered, leaf } = automaton.rules(to)
      known = [...new Set([...entered.filter((r) => !before.includes(r)), ...leaf])].flatMap((r) => byRule.get(r) ?? [])
      between[from][to] = known
    }
    return known
  }
  // Nearly all rows leave the rules as their caller did; only a leaf rule can begin in such a row.
  const again = Uint8Array.from({ length: automaton.size }, (_, s) => Number(beginning(s, s).length > 0))
  for (let row = 1; row < length; row++) {
    const to = state[row]
    const from = state[parent[row]]
    if (from === to && again[to] === 0) continue
    const begun = beginning(from, to)
    if (begun.length === 0 || input.weights.absTotal[row] === 0) continue
    const start = frameStart[location[row]]
    const stop = frameStart[location[row] + 1]
    for (const { rule, ledger, below, samplesBelow } of begun) {
      const isLeaf = !automaton.rules(to).entered.includes(rule)
      let frame = start
      if (isLeaf) frame = stop - 1
      else {
        for (let s = from; frame < stop; frame++) {
          s = automaton.step(s, nameClass[func[frame]])
          if (automaton.rules(s).entered.includes(rule)) break
        }
      }
      ledger.charge({
        row,
        frame,
        value: isLeaf ? input.weights.self[row] : (below ?? input.weights.total)[row],
        samples: isLeaf ? samples.self[row] : (samplesBelow ?? samples.total)[row],
      })
    }
  }
}

/** Samples that are not zero, ending in and passing through each stack row. */
export interface Samples {
  self: Int32Array
  total: Int32Array
}

export function countSamples({ profile, weights }: TreeInput): Samples {
  const { stack, length, value } = profile.samples
  const column = value[weights.sampleType]
  const self = new Int32Array(profile.stacks.length)
  for (let s = 0; s < length; s++) if (column[s] !== 0 && stack[s] >= 0) self[stack[s]]++
  return { self, total: cumulateCounts(profile.stacks.parent, self.slice()) }
}

/** Adds every row to its parent, in place. */
export function cumulateCounts(parent: Int32Array, counts: Int32Array): Int32Array {
  for (let row = counts.length - 1; row > 0; row--) counts[parent[row]] += counts[row]
  return counts
}
