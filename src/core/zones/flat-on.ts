/** What stands on functions that hide a zone's runtime frames from memory profiles: by their names, or by the sizes of objects. */
import { findKey, isNumber } from '../query/labels.ts'
import type { TreeInput } from './places.ts'
import type { Names } from './rule.ts'
import type { UserCode } from './user-code.ts'

/** Flat weight of the named functions (exact names), and the heaviest of them; null when there is none. */
export function flatOn(
  names: Names,
  { profile, weights, frameKey }: TreeInput,
): { func: number; value: number } | null {
  const { location, length } = profile.stacks
  const { frameStart } = profile.locations
  const { name, length: functions } = profile.functions
  const wanted = Uint8Array.from({ length: functions }, (_, f) => Number(names.includes(profile.strings.get(name[f]))))
  const flat = new Map<number, number>()
  for (let row = 1; row < length; row++) {
    const self = weights.self[row]
    if (self === 0) continue
    const leaf = frameKey[frameStart[location[row] + 1] - 1]
    if (wanted[leaf] === 1) flat.set(leaf, (flat.get(leaf) ?? 0) + self)
  }
  return heaviest(flat)
}

/** Flat weight of the user's own functions in objects of these sizes, and the heaviest of them; null when there is none. */
export function flatOfSizes(
  sizes: readonly number[],
  { profile, weights, frameKey }: TreeInput,
  user: UserCode,
): { func: number; value: number } | null {
  const { samples, stacks, locations } = profile
  const { labels } = samples
  const key = findKey(profile, 'bytes')
  if (!labels || key < 0) return null
  const column = samples.value[weights.sampleType]
  const flat = new Map<number, number>()
  const isOwn = new Uint8Array(locations.length)
  for (let l = 0; l < isOwn.length; l++) {
    isOwn[l] = Number(user.is(profile.frames.func[locations.frameStart[l + 1] - 1]))
  }
  for (let s = 0; s < samples.length; s++) {
    const row = samples.stack[s]
    if (row <= 0 || column[s] === 0 || isOwn[stacks.location[row]] === 0) continue
    const leaf = locations.frameStart[stacks.location[row] + 1] - 1
    for (let l = labels.start[s]; l < labels.start[s + 1]; l++) {
      if (labels.key[l] !== key || !isNumber(labels, l) || !sizes.includes(labels.num[l])) continue
      flat.set(frameKey[leaf], (flat.get(frameKey[leaf]) ?? 0) + column[s])
      break
    }
  }
  return heaviest(flat)
}

function heaviest(flat: ReadonlyMap<number, number>): { func: number; value: number } | null {
  const sorted = [...flat].sort((a, b) => b[1] - a[1])
  return sorted.length > 0 ? { func: sorted[0][0], value: sorted.reduce((sum, [, value]) => sum + value, 0) } : null
}
