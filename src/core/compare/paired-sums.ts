/** What another profile of the same program says of the functions of one: their bytes beside their time. */
import type { Profile, ValueType } from '../model/profile.ts'
import { keyFrames } from '../query/keys.ts'
import { firstOccurrences, sumKeys } from '../query/occurrences.ts'
import { plainQuery } from '../query/query-spec.ts'
import { linkStacks, weigh } from '../query/weights.ts'
import { unite } from './unite.ts'

/** Sums of one sample type of one of the two profiles. */
export interface PairedSum extends ValueType {
  /** Of which per cent are taken, as Weights.base. */
  total: number
  /** By function row of the one: what the samples that hold this function weigh; 0 where it is not there. */
  cum: Float64Array<ArrayBuffer>
}

export function pairedSums(profile: Profile, other: Profile): PairedSum[] {
  const { profile: united, rows } = unite([profile, other])
  const links = linkStacks(united.stacks)
  const { keys, frameKey } = keyFrames(united, plainQuery)
  const occurrences = firstOccurrences(united, links, frameKey, keys.length)
  const { symbol } = united.functions
  return other.sampleTypes.map((type) => {
    const sampleType = united.sampleTypes.findIndex((t) => t.type === type.type)
    const weights = weigh(united, sampleType, 1)
    const { cum } = sumKeys(united, occurrences, weights, frameKey, keys.length)
    const { unit } = united.sampleTypes[sampleType]
    return { type: type.type, unit, total: weights.base, cum: Float64Array.from(rows[0].func, (f) => cum[symbol[f]]) }
  })
}
