/** Where the total of a profile goes, as the engine says it. For tests and for the tables in docs. */
import { profileKind } from '../core/model/kind.ts'
import { ownPaths } from '../core/model/own-paths.ts'
import type { Profile } from '../core/model/profile.ts'
import { weigh } from '../core/query/weights.ts'
import { Partition } from '../core/where/partition.ts'
import { type Where, whereItGoes } from '../core/where/where.ts'

export function whereOf(profile: Profile, sampleType = profile.defaultSampleType): Where {
  const input = { profile, kind: profileKind(profile), own: ownPaths(profile), functions: profile.functions.length }
  const weights = weigh(profile, sampleType)
  return whereItGoes(new Partition(input), weights, weights.base)
}
