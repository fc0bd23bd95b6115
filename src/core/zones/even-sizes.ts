/**
 * Lines that build something piece by piece, told by the sizes of what they allocate. A string to which pieces are added
 * with += is allocated anew for each piece, so that objects of all sizes up to the largest are made equally often: their
 * number grows evenly with the size. A slice that grows by doubling leaves a few sizes, one object of each; what is
 * converted or read has the sizes of the data. Memory profiles leave runtime.concatstrings out and keep one record for
 * each size (runtime/mprof.go: stkbucket), whose bytes stand on the line.
 */
import type { TreeInput } from './places.ts'
import { FLOOR } from './rule.ts'
import type { UserCode } from './user-code.ts'

/** Different sizes: growing by a quarter at a time makes no more up to a thousand times the first. */
const LEAST_SIZES = 12
/** From the smallest to the largest. */
const LEAST_SPAN = 8
/** Caught allocations: with fewer, chance alone moves the distribution by more than a sixth (1.36/√n, Kolmogorov). */
const LEAST_CAUGHT = 64
/** Largest distance of the number of objects up to a size from what it would be if it grew evenly. */
const FAR = 0.2
const NEAR = 0.1

export interface EvenLines {
  /** 1 per frame that is such a line. */
  frames: Uint8Array
  /** Objects of each line are spread as evenly as adding piece by piece makes them. */
  isNear: boolean
}

/** null where there is none that weighs enough, or the profile does not tell the number of objects. */
export function evenLines({ profile, weights }: TreeInput, user: UserCode): EvenLines | null {
  const { samples, sampleTypes, stacks, locations, frames, meta } = profile
  const column = (type: string) => samples.value[sampleTypes.findIndex((t) => t.type === type)]
  const space = column('alloc_space')
  const objects = column('alloc_objects')
  const rate = Number(meta.period)
  if (!space || !objects || !(rate > 0)) return null
  const flat = new Float64Array(locations.length)
  for (let row = 1; row < stacks.length; row++) flat[stacks.location[row]] += weights.self[row]
  const leafOf = (location: number) => locations.frameStart[location + 1] - 1
  const least = FLOOR * weights.base
  const isHeavy = Uint8Array.from(flat, (value, l) =>
    Number(value >= least && value > 0 && user.is(frames.func[leafOf(l)])),
  )
  if (!isHeavy.includes(1)) return null
  const sizes = new Map<number, Map<number, number>>()
  for (let s = 0; s < samples.length; s++) {
    const row = samples.stack[s]
    if (row <= 0 || objects[s] <= 0 || isHeavy[stacks.location[row]] === 0) continue
    const leaf = leafOf(stacks.location[row])
    const bySize = sizes.get(leaf) ?? new Map<number, number>()
    sizes.set(leaf, bySize)
    const size = Math.round(space[s] / objects[s])
    bySize.set(size, (bySize.get(size) ?? 0) + objects[s])
  }
  const found: EvenLines = { frames: new Uint8Array(frames.func.length), isNear: true }
  let any = false
  for (const [leaf, bySize] of sizes) {
    const distance = distanceFromEven(bySize, rate)
    if (distance > FAR) continue
    found.frames[leaf] = 1
    found.isNear &&= distance <= NEAR
    any = true
  }
  return any ? found : null
}

/** 0 = as many objects up to each size as the size says; 1 = nothing of it, or too little to tell. */
function distanceFromEven(bySize: ReadonlyMap<number, number>, rate: number): number {
  const rising = [...bySize].sort((a, b) => a[0] - b[0])
  const largest = rising[rising.length - 1][0]
  if (rising.length < LEAST_SIZES || largest < LEAST_SPAN * rising[0][0]) return 1
  const caught = rising.reduce((sum, [size, count]) => sum + count * -Math.expm1(-size / rate), 0)
  if (caught < LEAST_CAUGHT) return 1
  const all = rising.reduce((sum, [, count]) => sum + count, 0)
  // Sizes are rounded up, the last one by most: how far it was filled follows from how many there are below it.
  const [[before], [, ofLargest]] = rising.slice(-2)
  const last = Math.min(largest, (before * all) / (all - ofLargest))
  let upTo = 0
  let distance = 0
  for (const [size, count] of rising) {
    upTo += count
    distance = Math.max(distance, Math.abs(upTo / all - Math.min(1, size / last)))
  }
  return distance
}
