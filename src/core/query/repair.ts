/**
 * Repair of stacks that the recorder cut. Go keeps only so many frames of a stack, from the leaf up (see cut-stacks.ts);
 * what called the outermost one that it kept is missing, and such stacks scatter over the roots of a graph.
 *
 * The missing callers are looked up in the complete stacks of the same profile. Be c₀ c₁ c₂ … the locations of a cut
 * stack from its outermost one. Every place where c₀ has callers in another stack is a candidate; each next location
 * drops the candidates that do not go on in the same way. As soon as the candidates agree on the callers of c₀, these
 * are put in front of the cut stack. Places in complete stacks agree when they are one and the same path; those in cut
 * stacks know only the nearest callers, which must be the last ones of that path. The stack stays as it is when
 *
 *  - no place in a complete stack is left before the candidates agree: it is unknown or ambiguous;
 *  - c₀ stands in the stack a second time, or among the callers found: then it recurses, and how often it did above the
 *    cut is not known;
 *  - c₀ is where complete stacks begin: nothing is missing.
 *
 * Locations are compared, not names: a call from another line is another caller. Samples, their values and their order
 * stay, so that every total does; callers are added and nothing is taken away. Callers are right whenever a complete
 * stack has c₀ and what it goes on with below its true callers. What cannot be told is a way to c₀ of which no complete
 * stack was sampled: there the way that was seen stands in for it.
 */
import { IntColumn } from '../model/columns.ts'
import type { Profile, StackTable } from '../model/profile.ts'
import { depthFirst } from '../model/stack-order.ts'
import type { Cut } from './cut-stacks.ts'

export interface Repaired {
  profile: Profile
  /** Per sample: 1 = callers were put in front of its stack. Null when no stack was repaired. */
  repaired: Uint8Array<ArrayBuffer> | null
}

/** Rows looked at before the rest is left as it is: some tenths of a second. */
const MOST_STEPS = 10_000_000

export function repairStacks(profile: Profile, cutStacks: Cut): Repaired {
  const { stacks, samples } = profile
  if (cutStacks.limit === 0) return { profile, repaired: null }
  const cut = new Uint8Array(stacks.length)
  const complete = new Uint8Array(stacks.length)
  for (const row of samples.stack) if (row > 0) (cutStacks.is(row) ? cut : complete)[row] = 1
  // From here on: rows on the way to such a stack.
  for (let row = stacks.length - 1; row > 0; row--) {
    cut[stacks.parent[row]] |= cut[row]
    complete[stacks.parent[row]] |= complete[row]
  }
  const { newRow, ...made } = prepend(stacks, cut, missingCallers(stacks, cut, new Places(stacks, complete, cut)))
  const repaired = new Uint8Array(samples.length)
  const renumbered = samples.stack.map((row, s) => {
    if (row < 0 || !cutStacks.is(row) || newRow[row] === 0) return row
    repaired[s] = 1
    return newRow[row]
  })
  if (!repaired.includes(1)) return { profile, repaired: null }
  const ordered = depthFirst(made.stacks, Int32Array.from(renumbered))
  return { profile: { ...profile, stacks: ordered.stacks, samples: { ...samples, stack: ordered.stack } }, repaired }
}

/** Nothing is to be put in front of the stacks through this row. */
const LEAVE = -1

/** By row on the way to a cut stack: the complete row that belongs in front of its outermost one; 0 = not told yet. */
function missingCallers(stacks: StackTable, cut: Uint8Array, places: Places): Int32Array {
  const { location, parent, length } = stacks
  const found = new Int32Array(length)
  const outermost = new Int32Array(length)
  const level = new Int32Array(length)
  /** Candidates at a row while they do not agree. */
  const left = new Map<number, readonly number[]>()
  for (let row = 1; row < length; row++) {
    if (cut[row] === 0) continue
    const above = parent[row]
    outermost[row] = above === 0 ? location[row] : outermost[above]
    level[row] = level[above] + 1
    if (above > 0 && location[row] === outermost[row]) found[row] = LEAVE
    else if (found[above] !== 0) found[row] = found[above]
    else {
      const now = above === 0 ? places.of(location[row]) : places.next(left.get(above) ?? [], location[row])
      found[row] = places.callersOf(now, level[row])
      if (found[row] === 0) left.set(row, now)
    }
  }
  return found
}

/** Rows that have callers, found by their location and by their caller. */
class Places {
  /** Lists as links from row to row; 0 ends them. */
  private readonly firstAt = new Map<number, number>()
  private readonly nextAt: Int32Array
  private readonly firstCallee: Int32Array
  private readonly nextCallee: Int32Array
  private steps = 0

  /** complete, cut: rows on the way to such stacks. */
  constructor(
    private readonly stacks: StackTable,
    private readonly complete: Uint8Array,
    cut: Uint8Array,
  ) {
    const { location, parent, length } = stacks
    this.nextAt = new Int32Array(length)
    this.firstCallee = new Int32Array(length)
    this.nextCallee = new Int32Array(length)
    for (let row = length - 1; row > 0; row--) {
      if ((complete[row] | cut[row]) === 0) continue
      this.nextCallee[row] = this.firstCallee[parent[row]]
      this.firstCallee[parent[row]] = row
      if (complete[row] === 0 && parent[row] === 0) continue
      this.nextAt[row] = this.firstAt.get(location[row]) ?? 0
      this.firstAt.set(location[row], row)
    }
  }

  of(location: number): number[] {
    const rows: number[] = []
    for (let row = this.firstAt.get(location) ?? 0; row > 0 && this.inTime(); row = this.nextAt[row]) rows.push(row)
    return rows
  }

  /** The callees of `rows` that stand at the location. */
  next(rows: readonly number[], location: number): number[] {
    const callees: number[] = []
    for (const above of rows) {
      for (let row = this.firstCallee[above]; row > 0 && this.inTime(); row = this.nextCallee[row]) {
        if (this.stacks.location[row] !== location) continue
        callees.push(row)
        break
      }
    }
    return callees
  }

  /** The row of the callers that all agree on, each `level` rows above a place; 0 = they do not, LEAVE = there are none. */
  callersOf(places: readonly number[], level: number): number {
    const { location, parent } = this.stacks
    const complete = places.filter((row) => this.complete[row] === 1)
    // A list that was broken off might miss the place that disagrees.
    if (complete.length === 0 || !this.inTime()) return LEAVE
    if (complete.length > 1) return 0
    const callers = this.above(complete[0] as number, level)
    for (const place of places) {
      if (this.complete[place] === 1) continue
      let known = callers
      for (let row = this.above(place, level); row > 0 && this.inTime(); row = parent[row]) {
        if (location[row] !== location[known]) return 0
        known = parent[known]
      }
    }
    if (callers === 0 || !this.inTime()) return LEAVE
    const outermost = location[this.above(complete[0] as number, level - 1)]
    for (let row = callers; row > 0; row = parent[row]) if (location[row] === outermost) return LEAVE
    return callers
  }

  private above(row: number, level: number): number {
    let up = row
    for (let i = 0; i < level; i++) up = this.stacks.parent[up]
    return up
  }

  private inTime(): boolean {
    return ++this.steps < MOST_STEPS
  }
}

/** The stack table with copies of the cut stacks behind their callers; newRow: row of the copy, 0 = none. */
function prepend(stacks: StackTable, cut: Uint8Array, callers: Int32Array) {
  const location = new IntColumn(stacks.length)
  const parent = new IntColumn(stacks.length)
  for (let row = 0; row < stacks.length; row++) {
    location.push(stacks.location[row])
    parent.push(stacks.parent[row])
  }
  const append = (row: number, above: number): number => {
    location.push(stacks.location[row])
    parent.push(above)
    return location.length - 1
  }
  const newRow = new Int32Array(stacks.length)
  /** Copies of rows that stacks with different callers share. */
  const shared = new Map<number, number>()
  const copy = (row: number, to: number): number => {
    if (row === 0) return to
    const id = to * stacks.length + row
    let made = shared.get(id)
    if (made === undefined) {
      made = append(row, copy(stacks.parent[row], to))
      shared.set(id, made)
    }
    return made
  }
  for (let row = 1; row < stacks.length; row++) {
    const to = callers[row]
    if (cut[row] === 0 || to <= 0) continue
    const above = stacks.parent[row]
    newRow[row] = append(row, callers[above] === to ? newRow[above] : copy(above, to))
  }
  return { stacks: { length: location.length, location: location.finish(), parent: parent.finish() }, newRow }
}
