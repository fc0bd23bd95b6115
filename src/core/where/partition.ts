/**
 * Which row of each reading of "Where it goes" every stack belongs to: the same for all sample types. One pass down the
 * stack table; what names tell is looked up once for each function (function-rows.ts).
 */

import type { RowName } from '../query/row-name.ts'
import { FunctionRows, type PartitionInput } from './function-rows.ts'

/** Nothing that changes the activity. */
const NOTHING = -1
/** So many activities have a table of what follows which: two megabytes. */
const MOST_PAIRED = 1024
/** Several functions that may. */
const SEVERAL = -2

export class Partition {
  private readonly functions: FunctionRows
  /** Per location the function of its last frame, labels aside; -1 = none. */
  private readonly lastFunc: Int32Array
  /** Per stack row the own function nearest to the leaf; -1 = none. */
  private readonly nearestOwn: Int32Array
  /** Per stack row the activity in force after its last frame; 0 where frames below which everything runs are all. */
  private readonly state: Int32Array

  constructor(readonly input: PartitionInput) {
    this.functions = new FunctionRows(input)
    const { locations, stacks } = input.profile
    this.lastFunc = new Int32Array(locations.length).fill(-1)
    this.nearestOwn = new Int32Array(stacks.length).fill(-1)
    this.state = new Int32Array(stacks.length)
    this.walk()
  }

  /** Whether it is of these tables; samples may differ. */
  isOf({ profile: { stacks, frames, locations, functions }, own, kind }: PartitionInput): boolean {
    const { profile } = this.input
    return (
      profile.stacks === stacks &&
      profile.frames === frames &&
      profile.locations === locations &&
      profile.functions === functions &&
      this.input.kind === kind &&
      this.input.own.join() === own.join()
    )
  }

  /** Ids of the activities, by their rows. */
  get activities(): readonly string[] {
    return this.functions.ids
  }

  /** Whether a row of the activities is one with a name. */
  isNamed(activity: number): boolean {
    return this.functions.isNamed(activity)
  }

  /** Row of the activity that a stack row belongs to. */
  activityOf(stackRow: number): number {
    // Frames below which everything runs are in no activity, but they are a stack.
    return this.state[stackRow] === 0 && this.leafOf(stackRow) >= 0 ? this.functions.runtime : this.state[stackRow]
  }

  /** The function at the leaf of a stack row, labels aside; -1 = none. */
  leafOf(stackRow: number): number {
    const { location, parent } = this.input.profile.stacks
    let row = stackRow
    while (row > 0 && this.lastFunc[location[row]] < 0) row = parent[row]
    return row > 0 ? this.lastFunc[location[row]] : -1
  }

  /** The own function nearest to the leaf; where there is none, the leaf. */
  causeOf(stackRow: number): number {
    return this.nearestOwn[stackRow] < 0 ? this.leafOf(stackRow) : this.nearestOwn[stackRow]
  }

  /** Id of the owner or package of a function; -1 = of samples without a stack. */
  idOf(reading: 'owner' | 'package', func: number): string {
    return this.functions.idOf(reading, func)
  }

  /** Whether a stack row belongs to a row, by its leaf or by what causes it. */
  holds({ reading, id, caused }: RowName): (stackRow: number) => boolean {
    if (reading === 'activity') {
      const at = this.activities.indexOf(id)
      return (row) => this.activityOf(row) === at
    }
    const known = new Map<number, boolean>()
    return (row) => {
      const func = caused ? this.causeOf(row) : this.leafOf(row)
      const held = known.get(func) ?? this.idOf(reading, func) === id
      known.set(func, held)
      return held
    }
  }

  private walk(): void {
    const { stacks, locations, frames } = this.input.profile
    const { location, parent, length } = stacks
    const { frameStart } = locations
    const { func } = frames
    const { lastFunc, nearestOwn, state, functions } = this
    const { target, hook, isOwn, known } = functions
    const count = functions.ids.length
    // Most locations are one frame: what it does is then known by its location. Small columns, which caches hold.
    const does = (count < 2 ** 15 ? new Int16Array(locations.length) : new Int32Array(locations.length)).fill(NOTHING)
    const holdsOwn = new Uint8Array(locations.length)
    const lastOwn = new Int32Array(locations.length)
    for (let l = 0; l < locations.length; l++) {
      for (let f = frameStart[l]; f < frameStart[l + 1]; f++) {
        const fn = func[f]
        if (fn >= known) continue
        lastFunc[l] = fn
        if (target[fn] >= 0) does[l] = does[l] === NOTHING && hook[fn] < 0 ? target[fn] : SEVERAL
        if (isOwn[fn] === 0) continue
        holdsOwn[l] = 1
        lastOwn[l] = fn
      }
    }
    // Asked for millions of rows: answered once for each pair, as long as these are few.
    const pairs = count <= MOST_PAIRED ? new Int16Array(count * count).fill(-1) : null
    const after = (s: number, to: number): number => {
      if (!pairs) return functions.takesOver(to, s) ? to : s
      let next = pairs[s * count + to]
      if (next < 0) {
        next = functions.takesOver(to, s) ? to : s
        pairs[s * count + to] = next
      }
      return next
    }
    for (let row = 1; row < length; row++) {
      const l = location[row]
      const above = parent[row]
      const to = does[l]
      let s = state[above]
      if (to >= 0) {
        if (to !== s) s = after(s, to)
      } else if (to === SEVERAL) {
        for (let f = frameStart[l]; f < frameStart[l + 1]; f++) {
          const next = target[func[f]]
          if (next >= 0 && next !== s && hook[func[f]] !== s) s = after(s, next)
        }
      }
      state[row] = s
      nearestOwn[row] = holdsOwn[l] === 1 ? lastOwn[l] : nearestOwn[above]
    }
  }
}
