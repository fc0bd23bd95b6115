/** Which frames are the user's own, and the nearest of them above any place. */
import { isOwnPackage, packageOf } from '../model/go-name.ts'
import type { Profile } from '../model/profile.ts'

export class UserCode {
  private readonly user: Uint8Array
  /** Per stack row: itself or the nearest caller that holds a frame of the user's, 0 = none. */
  private rows: Int32Array | null = null

  /** own: import paths below which all is the user's own, as ownPaths() finds them. */
  constructor(
    private readonly profile: Profile,
    readonly own: readonly string[],
  ) {
    const { functions, strings } = profile
    this.user = new Uint8Array(functions.length)
    for (let f = 0; f < functions.length; f++) {
      const symbol = functions.symbol[f]
      this.user[f] =
        symbol === f ? Number(isOwnPackage(packageOf(strings.get(functions.name[f])), own)) : this.user[symbol]
    }
  }

  /** By function row. */
  is(func: number): boolean {
    return this.user[func] === 1
  }

  /** The user's frame nearest above frame `before` of the row's location, and the row it is in; frame -1 = none. */
  nearest(row: number, before: number): { frame: number; row: number } {
    const { location, parent } = this.profile.stacks
    const { frameStart } = this.profile.locations
    const { func } = this.profile.frames
    for (let f = before - 1; f >= frameStart[location[row]]; f--) if (this.user[func[f]] === 1) return { frame: f, row }
    const found = this.rowOf(parent[row])
    if (found === 0) return { frame: -1, row: 0 }
    let frame = frameStart[location[found] + 1] - 1
    while (this.user[func[frame]] === 0) frame--
    return { frame, row: found }
  }

  /** The row itself or its nearest caller that holds a frame of the user's, 0 = none. */
  rowOf(row: number): number {
    this.rows ??= this.nearestRows()
    return this.rows[row]
  }

  private nearestRows(): Int32Array {
    const { location, parent, length } = this.profile.stacks
    const { frameStart, length: locations } = this.profile.locations
    const { func } = this.profile.frames
    const holds = new Uint8Array(locations)
    for (let l = 0; l < locations; l++) {
      for (let f = frameStart[l]; f < frameStart[l + 1]; f++) holds[l] |= this.user[func[f]]
    }
    const rows = new Int32Array(length)
    for (let row = 1; row < length; row++) rows[row] = holds[location[row]] === 1 ? row : rows[parent[row]]
    return rows
  }
}
