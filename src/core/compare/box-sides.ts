/** What boxes of a comparison are made of besides their difference: how wide they are, what the base had, how far chance goes. */
import type { ProfileKind } from '../model/kind.ts'
import type { Profile } from '../model/profile.ts'
import type { BoxWidth } from '../query/options.ts'
import type { Pair } from '../query/pair.ts'
import type { Queried } from '../query/run.ts'
import { rawSamples } from '../query/sampling.ts'
import type { Sided } from '../query/sides.ts'
import { cumulate, type StackSums, sumStacks } from '../query/weights.ts'
import { keyPaths } from './key-paths.ts'
import type { SideFactors } from './noise.ts'

/** Of the samples of the base and of the current profile, on the scale of the query; not negative for a profile that is not. */
interface SideSums {
  base: StackSums
  current: StackSums
}

function sideSums(queried: Queried, sampleType: number, { base }: Pair): SideSums {
  const { samples } = queried.profile
  const values = samples.value[sampleType]
  const ofBase = (s: number) => samples.source?.[s] === base
  return {
    base: sumStacks(
      queried.profile,
      values.map((v, s) => (ofBase(s) && v !== 0 ? -v : 0)),
    ),
    current: sumStacks(
      queried.profile,
      values.map((v, s) => (ofBase(s) ? 0 : v)),
    ),
  }
}

export interface BoxSides {
  /** See MergeInput.widths. */
  widths: StackSums
  base: StackSums
  /** Of both together, see noise.ts; zero where values are counted, not estimated. */
  variance: StackSums
  factors: SideFactors
}

/** `whole`: the united profile as it was read, on whose values chance works. */
export function boxSides(
  queried: Queried,
  { pair, factors }: Sided,
  whole: Profile,
  kind: ProfileKind,
  sampleType: number,
): BoxSides {
  const sums = sideSums(queried, sampleType, pair)
  const of = factors[sampleType]
  return {
    widths: widthsOf(queried, sums, queried.spec.width),
    base: sums.base,
    variance: sumStacks(queried.profile, variances(whole, kind, sampleType, of)),
    factors: { base: pair.base === null ? 0 : of[pair.base], current: of[pair.current] },
  }
}

/** Per sample, on the scale of its source. */
function variances(whole: Profile, kind: ProfileKind, sampleType: number, factors: readonly number[]): Float64Array {
  const { source, length } = whole.samples
  const variance = rawSamples(whole, kind, sampleType)?.variance
  const scaled = new Float64Array(length)
  if (variance) for (let s = 0; s < length; s++) scaled[s] = variance[s] * factors[source?.[s] ?? 0] ** 2
  return scaled
}

function widthsOf(queried: Queried, { base, current }: SideSums, width: BoxWidth): StackSums {
  const abs = ({ self }: StackSums) => self.map(Math.abs)
  const { stacks } = queried.profile
  if (width !== 'larger') {
    const self = abs(width === 'base' ? base : current)
    return { self, total: cumulate(stacks, self) }
  }
  // Stacks of the same names are one box, whose width is the larger of both sums; it is put on the first of their rows.
  const { of, length } = keyPaths(queried.profile, queried.result.frameKey)
  const sides = [abs(base), abs(current)].map((self) => {
    const sum = new Float64Array(length)
    for (let row = 0; row < self.length; row++) sum[of[row]] += self[row]
    return sum
  }) as [Float64Array, Float64Array]
  const self = new Float64Array(stacks.length)
  const placed = new Uint8Array(length)
  for (let row = 0; row < self.length; row++) {
    const path = of[row]
    if (placed[path] === 1 || (base.self[row] === 0 && current.self[row] === 0)) continue
    placed[path] = 1
    self[row] = Math.max(sides[0][path], sides[1][path])
  }
  return { self, total: cumulate(stacks, self) }
}
