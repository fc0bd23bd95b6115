/** What stands on functions that hide a zone's runtime frames from memory profiles. */
import type { TreeInput } from './places.ts'
import type { Names } from './rule.ts'

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
  const sorted = [...flat].sort((a, b) => b[1] - a[1])
  return sorted.length > 0 ? { func: sorted[0][0], value: sorted.reduce((sum, [, value]) => sum + value, 0) } : null
}
