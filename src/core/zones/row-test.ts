/** What a rule asks of a stack beyond its names: how many goroutines stand there, how long one wait takes, what is kept. */
import type { Profile } from '../model/profile.ts'
import { type Growth, isCrowd } from './crowd.ts'
import type { TreeInput } from './places.ts'
import type { ClauseMatcher } from './rule.ts'
import type { UserCode } from './user-code.ts'

export interface RowInput {
  profile: Profile
  merge: TreeInput
  user: UserCode
  growth: Growth | null
}

/** A test of rows of the stack table in which samples end, for those whose names fit (`named`); null: all of them pass. */
export function rowTest(
  input: RowInput,
  { crowd, wait, dropped }: ClauseMatcher,
  named: (row: number) => boolean,
): ((row: number) => boolean) | null {
  const { profile } = input
  if (crowd) return (row) => isCrowd(input, row, crowd)
  if (wait) {
    const [waits, spent] = sumsByRow(profile, ['contentions', 'delay'], named)
    if (!waits || !spent) return null
    const { atLeast = 0, below = Number.POSITIVE_INFINITY } = wait
    return (row) => {
      const each = (spent.get(row) ?? 0) / (waits.get(row) || 1)
      return each >= atLeast && each < below
    }
  }
  if (dropped) {
    const [made, kept] = sumsByRow(profile, ['alloc_objects', 'inuse_objects'], named)
    // What is in use was kept, as far as anybody can tell.
    const type = profile.sampleTypes[input.merge.weights.sampleType]?.type ?? ''
    if (!made || !kept) return type.startsWith('inuse') ? () => false : null
    return (row) => {
      const objects = Math.abs(made.get(row) ?? 0)
      return objects >= dropped.objects && Math.abs(kept.get(row) ?? 0) <= objects / 2
    }
  }
  return null
}

/** Values of these sample types by the row in which samples end; null for a type that the profile has not. */
function sumsByRow({ samples, sampleTypes }: Profile, types: readonly string[], named: (row: number) => boolean) {
  return types.map((type) => {
    const column = samples.value[sampleTypes.findIndex((t) => t.type === type)]
    if (!column) return null
    const sums = new Map<number, number>()
    for (let s = 0; s < samples.length; s++) {
      const row = samples.stack[s]
      if (row > 0 && column[s] !== 0 && named(row)) sums.set(row, (sums.get(row) ?? 0) + column[s])
    }
    return sums
  })
}
