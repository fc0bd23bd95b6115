/**
 * Samples → weight per stack row, for one sample type. Linear passes over columns.
 *
 * Values are whole numbers, so all sums here, and all that are made of them, are exact while the absolute values add
 * up to 2^53 at most. Beyond, a sum may differ from the exact one by n × 2^-53 × (sum of the absolute values), with n
 * samples, in whatever order they are added (Higham, Accuracy and Stability of Numerical Algorithms, 2002, (4.4)):
 * where large values of both signs cancel, that can be more than what is left of them.
 */

import type { Profile, SampleTable, StackTable } from '../model/profile.ts'
import type { SampleTypeRow } from '../model/rows.ts'

/** Numbers per stack row: of the samples that end in it, and of those that pass through it. */
export interface StackSums {
  self: Float64Array
  total: Float64Array
}

export interface Weights extends StackSums {
  /** Row of sampleTypes. */
  sampleType: SampleTypeRow
  /** Of which SampleTable.source; null = all samples. */
  source: number | null
  /** The same of absolute values: what widths are made of. The same arrays when nothing is negative. */
  absSelf: Float64Array
  absTotal: Float64Array
  /** pprof's total, of which it takes per cent: the sum of absolute values, in a comparison of the base samples or of what is left. */
  base: number
  /** False when the absolute values add up to more than 2^53. */
  exact: boolean
  /** Samples that are not zero. */
  samples: number
  hasNegative: boolean
}

/** source: only the samples of one of the profiles that were united; in a profile of one they are all of source 0. */
export function weigh(profile: Profile, sampleType: SampleTypeRow, source: number | null = null): Weights {
  const { stacks, samples } = profile
  const value = samples.value[sampleType]
  const stack = source === null ? samples.stack : stacksOfSource(samples, source)
  const self = new Float64Array(stacks.length)
  let absolute = 0
  let nonZero = 0
  let hasNegative = false
  for (let s = 0; s < samples.length; s++) {
    if (stack[s] < 0) continue
    const v = value[s]
    self[stack[s]] += v
    if (v !== 0) nonZero++
    if (v < 0) {
      hasNegative = true
      absolute -= v
    } else absolute += v
  }
  const total = cumulate(stacks, self)
  let absSelf = self
  let absTotal = total
  if (hasNegative) {
    absSelf = new Float64Array(stacks.length)
    for (let s = 0; s < samples.length; s++) if (stack[s] >= 0) absSelf[stack[s]] += Math.abs(value[s])
    absTotal = cumulate(stacks, absSelf)
  }
  const base = hasNegative ? comparisonBase(profile, value, stack) : null
  const exact = absolute <= Number.MAX_SAFE_INTEGER
  return {
    sampleType,
    source,
    self,
    total,
    absSelf,
    absTotal,
    base: base ?? absolute,
    exact,
    samples: nonZero,
    hasNegative,
  }
}

/** Adds every row to its parent; parents come before children, so one backward pass does it. */
export function cumulate(stacks: StackTable, self: Float64Array): Float64Array {
  const total = self.slice()
  const parent = stacks.parent
  for (let row = stacks.length - 1; row > 0; row--) total[parent[row]] += total[row]
  return total
}

/** Numbers per sample as sums per stack row. */
export function sumStacks({ stacks, samples }: Profile, column: Float64Array): StackSums {
  const self = new Float64Array(stacks.length)
  for (let s = 0; s < samples.length; s++) if (samples.stack[s] >= 0) self[samples.stack[s]] += column[s]
  return { self, total: cumulate(stacks, self) }
}

/** The stack of each sample, -1 for those of other sources. */
function stacksOfSource({ stack, source: of, length }: SampleTable, source: number): Int32Array {
  const own = stack.slice()
  for (let s = 0; s < length; s++) if ((of?.[s] ?? 0) !== source) own[s] = -1
  return own
}

function comparisonBase(profile: Profile, value: Float64Array, stack: Int32Array): number | null {
  const { alike } = profile.samples
  if (alike) return absoluteOfAlike(alike, value, stack)
  const marked = baseSamples(profile)
  if (!marked) return null
  let sum = 0
  for (let s = 0; s < marked.length; s++) if (marked[s] === 1 && stack[s] >= 0) sum += Math.abs(value[s])
  // Where the filters left nothing of the base, per cent are of what there is.
  return sum > 0 ? sum : null
}

/** Sum of the absolute values of what samples that are equal add up to; see alike-samples.ts. Without those whose stack is -1. */
export function absoluteOfAlike(alike: Int32Array, value: Float64Array, stack?: Int32Array): number {
  const sums = new Float64Array(alike.length)
  for (let s = 0; s < alike.length; s++) if (!stack || stack[s] >= 0) sums[alike[s]] += value[s]
  return sums.reduce((sum, v) => sum + Math.abs(v), 0)
}

/**
 * The samples that were subtracted, of which per cent are taken: those of a comparison's base, or those that `pprof
 * -diff_base` marked with pprof::base=true. Null: there are none.
 */
export function baseSamples(profile: Profile): Uint8Array | null {
  const { labels, length, base, source } = profile.samples
  if (base !== undefined && source) return Uint8Array.from(source, (of) => (of === base ? 1 : 0))
  if (!labels) return null
  const marked = new Uint8Array(length)
  let any = false
  for (let s = 0; s < length; s++) {
    for (let l = labels.start[s]; l < labels.start[s + 1]; l++) {
      if (profile.strings.get(labels.key[l]) !== 'pprof::base' || profile.strings.get(labels.str[l]) !== 'true')
        continue
      marked[s] = 1
      any = true
      break
    }
  }
  return any ? marked : null
}

/** What lies below row r: rows (r, end[r]). Its first callee is r + 1, the one after callee c is end[c]. */
export interface StackLinks {
  end: Int32Array
}

export function linkStacks({ parent, length }: StackTable): StackLinks {
  const end = new Int32Array(length)
  for (let row = length - 1; row > 0; row--) {
    if (end[row] === 0) end[row] = row + 1
    // Rows come last first: what a parent hears first is its end.
    if (end[parent[row]] === 0) end[parent[row]] = end[row]
  }
  if (length > 0 && end[0] === 0) end[0] = 1
  return { end }
}
