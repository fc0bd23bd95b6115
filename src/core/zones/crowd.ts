/** Many goroutines on one stack, waiting for something that the user's own code asked for. */
import { familyOf, packageOf } from '../model/go-name.ts'
import type { Profile } from '../model/profile.ts'
import type { TreeInput } from './places.ts'
import type { Crowd } from './rule.ts'
import type { UserCode } from './user-code.ts'

/** Goroutines that stand on a stack now and did not in an earlier profile of the same program. */
export interface Growth {
  /** On the stack of this row, wherever its lines are. */
  more(row: number): number
  /** On the stacks of these rows together; rows of one stack count once. */
  moreOn(rows: Iterable<number>): number
}

interface CrowdInput {
  profile: Profile
  merge: TreeInput
  user: UserCode
  /** Since an earlier snapshot; null without one. */
  growth: Growth | null
}

/** Packages whose frames lie between the wait in the runtime and the code that asked for it. */
const between = new Set(['sync', 'internal/sync', 'time'])

/** Whether the samples that end in this row are such a crowd. */
export function isCrowd(input: CrowdInput, row: number, least: Crowd): boolean {
  const { profile, merge, user, growth } = input
  const { self, base } = merge.weights
  const large = self[row] >= least.count && self[row] >= least.share * base
  const grown = growth !== null && least.grown !== undefined && growth.more(row) >= least.grown
  if (!large && !grown) return false
  if (least.unless && isCrowd(input, row, least.unless)) return false
  if (!least.user) return true
  const { location, parent } = profile.stacks
  const { frameStart } = profile.locations
  for (let r = row; r > 0; r = parent[r]) {
    for (let f = frameStart[location[r] + 1] - 1; f >= frameStart[location[r]]; f--) {
      const func = profile.frames.func[f]
      if (user.is(func)) return true
      const name = profile.strings.get(profile.functions.name[func])
      if (familyOf(name, user.own) !== 'runtime' && !between.has(packageOf(name))) return false
    }
  }
  return false
}
