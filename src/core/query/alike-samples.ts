/**
 * Samples that pprof adds up when it merges profiles: equal in stack and labels. Only where a comparison takes per cent of
 * what is left (`pprof -base`) does it matter that they are several, since what cancels out counts nothing.
 */
import type { LabelTable, Profile } from '../model/profile.ts'
import type { SampleRow } from '../model/rows.ts'

/** Per sample, the first one that is equal to it. */
export function alikeSamples({ samples, stacks }: Profile): Int32Array<ArrayBuffer> {
  const { stack, labels, length } = samples
  const first = new Int32Array(length)
  const ofStack = new Int32Array(stacks.length).fill(-1)
  const ofLabels = new Map<string, number>()
  for (let s = 0; s < length; s++) {
    first[s] = s
    if (stack[s] < 0) continue
    const key = labels ? labelsKey(labels, s) : ''
    if (key === '') {
      if (ofStack[stack[s]] < 0) ofStack[stack[s]] = s
      first[s] = ofStack[stack[s]]
      continue
    }
    const whole = `${stack[s]} ${key}`
    const known = ofLabels.get(whole)
    if (known === undefined) ofLabels.set(whole, s)
    else first[s] = known
  }
  return first
}

/** Texts before numbers, by key, several of one key in their order; what says nothing does not count. As in compare/merge.ts. */
function labelsKey({ start, key, str, unit, num, wide }: LabelTable, s: SampleRow): string {
  const found: [isNumber: number, key: number, rest: string][] = []
  for (let l = start[s]; l < start[s + 1]; l++) {
    if (str[l] !== 0) found.push([0, key[l], String(str[l])])
    else if (num[l] !== 0 || unit[l] !== 0) found.push([1, key[l], `${unit[l]}:${wide?.get(l) ?? num[l]}`])
  }
  if (found.length > 1) found.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  return found.map((label) => label.join('=')).join(' ')
}

/** A comparison of which per cent are of what is left, with what is equal added up and what cancels out left out, as `pprof -base -proto` writes it. */
export function addAlike(profile: Profile): Profile {
  const { samples } = profile
  const { alike, length } = samples
  if (!alike) return profile
  const value = samples.value.map((column) => {
    const sums = new Float64Array(length)
    for (let s = 0; s < length; s++) sums[alike[s]] += column[s]
    return sums
  })
  const isLeft = (s: SampleRow) => alike[s] === s && value.some((column) => column[s] !== 0)
  return { ...profile, samples: { ...samples, value, stack: samples.stack.map((row, s) => (isLeft(s) ? row : -1)) } }
}
