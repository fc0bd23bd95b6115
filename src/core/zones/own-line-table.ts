/** The lines of the user's code, numbered: which one is nearest to the leaf of each stack. */
import type { Profile } from '../model/profile.ts'
import type { UserCode } from './user-code.ts'

/** Functions (symbols) and lines as one number; lines are below 2^21. */
export const lineKey = (symbol: number, line: number): number => symbol * 0x200000 + line

export class OwnLineTable {
  /** How many lines there are; they are numbered from 0. */
  readonly length: number
  /** By line a frame that is on it. */
  readonly frame: Int32Array
  /** Per location the line of its last frame of the user's, -1 = it holds none. */
  private readonly ofLocation: Int32Array

  constructor(
    private readonly profile: Profile,
    private readonly user: UserCode,
  ) {
    const { locations, frames, functions } = profile
    const { frameStart } = locations
    const lines = new Map<number, number>()
    const frameOf: number[] = []
    this.ofLocation = new Int32Array(locations.length).fill(-1)
    for (let l = 0; l < locations.length; l++) {
      let frame = frameStart[l + 1] - 1
      while (frame >= frameStart[l] && !user.is(frames.func[frame])) frame--
      if (frame < frameStart[l]) continue
      const key = lineKey(functions.symbol[frames.func[frame]], frames.line[frame])
      const line = lines.get(key) ?? lines.size
      if (line === lines.size) frameOf.push(frame)
      lines.set(key, line)
      this.ofLocation[l] = line
    }
    this.length = lines.size
    this.frame = Int32Array.from(frameOf)
  }

  /** Line nearest to the leaf of a stack row, -1 = no code of the user's is on it. */
  of(row: number): number {
    const own = this.user.rowOf(row)
    return own === 0 ? -1 : this.ofLocation[this.profile.stacks.location[own]]
  }

  /** The frame of that line and the row that it is in; frame -1 = none. */
  place(row: number): { frame: number; row: number } {
    return this.user.nearest(row, this.profile.locations.frameStart[this.profile.stacks.location[row] + 1])
  }
}
