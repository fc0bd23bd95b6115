/**
 * Programs that do not exist, and what a profiler would catch of them: a load is a number of stacks with what each does, and
 * the same load can be profiled any number of times. For tests of what is chance.
 */
import type { Profile } from '../core/model/profile.ts'
import { appendStrings } from '../core/model/strings.ts'
import { foldedProfile, largeProfile } from './folded.ts'
import type { Random } from './random.ts'

/** One place in the code: a call path that runs, or allocates objects of one size. */
export interface Site {
  /** Function names, root first. */
  path: readonly string[]
  /** Relative to the other sites. */
  weight: number
  /** Bytes of each object that it allocates. */
  size: number
}

export type Load = readonly Site[]

/** Go's default: one sample per so many bytes. */
export const HEAP_RATE = 2 ** 19
const SIZES = [16, 48, 96, 512, 4096, 2 ** 15, 2 ** 18, 2 ** 20]

/** How long until the next event, when one comes per `mean` on average. */
const exponential = (random: Random, mean: number): number => -mean * Math.log(1 - random.next())

/** A call tree of about `sites` paths with weights over four orders of magnitude. Functions recur at several places. */
export function randomLoad(random: Random, sites: number): Site[] {
  const functions = Array.from({ length: Math.ceil(sites / 3) }, (_, i) => `main.f${i}`)
  const paths: string[][] = [['main.main']]
  const load = new Map<string, Site>()
  while (load.size < sites) {
    const from = random.pick(paths)
    const path = [...from, ...Array.from({ length: 1 + random.int(4) }, () => random.pick(functions))]
    for (let depth = from.length + 1; depth <= path.length; depth++) paths.push(path.slice(0, depth))
    const size = random.pick(SIZES)
    const key = `${path.join(';')} ${size}`
    if (!load.has(key)) load.set(key, { path, size, weight: 10 ** (4 * random.next()) })
  }
  return [...load.values()]
}

const total = (load: Load) => load.reduce((sum, { weight }) => sum + weight, 0)

/** A CPU profile of `ticks` ticks on average, which come as a Poisson process: so many are only expected. */
export function cpuProfile(random: Random, load: Load, ticks: number): Profile {
  const until: number[] = []
  let sum = 0
  for (const { weight } of load) {
    sum += weight
    until.push(sum)
  }
  const caught = new Int32Array(load.length)
  for (let time = exponential(random, 1); time < ticks; time += exponential(random, 1)) {
    const at = random.next() * sum
    let low = 0
    let high = until.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((until[middle] as number) > at) high = middle
      else low = middle + 1
    }
    caught[low]++
  }
  const lines = load.flatMap(({ path }, i) => (caught[i] > 0 ? [`${path.join(';')} ${caught[i]}`] : []))
  return largeProfile('cpu', lines)
}

/** Rounds in which sites allocate in turn. */
const ROUNDS = 50

/** Objects that a site allocates when the whole load allocates `bytes`: the same in every profile. */
const objectsOf = (load: Load, { weight, size }: Site, bytes: number, all = total(load)): number =>
  Math.max(1, Math.round((weight / all) * (bytes / size)))

/**
 * A heap profile of a load that allocates `bytes` and keeps them all. An object is caught when the bytes since the last one
 * exceed a length that is drawn anew from an exponential distribution (runtime/malloc.go: nextSample), and what is caught is scaled
 * up as runtime/pprof/protomem.go does. all: the total weight that `bytes` are for.
 */
export function heapProfile(random: Random, load: Load, bytes: number, all = total(load)): Profile {
  const caught = new Int32Array(load.length)
  let left = exponential(random, HEAP_RATE)
  for (let round = 0; round < ROUNDS; round++) {
    load.forEach((site, i) => {
      const objects = objectsOf(load, site, bytes, all)
      let toAllocate = Math.floor((objects * (round + 1)) / ROUNDS) - Math.floor((objects * round) / ROUNDS)
      while (toAllocate > 0) {
        // So many objects fit before one that is caught.
        const before = Math.floor(left / site.size)
        if (before >= toAllocate) {
          left -= toAllocate * site.size
          break
        }
        caught[i]++
        toAllocate -= before + 1
        left = exponential(random, HEAP_RATE)
      }
    })
  }
  const lines: string[] = []
  const sizes: number[] = []
  load.forEach(({ path, size }, i) => {
    if (caught[i] === 0) return
    const scaled = caught[i] / -Math.expm1(-size / HEAP_RATE)
    const objects = Math.trunc(scaled)
    lines.push(`${path.join(';')} ${Math.trunc(scaled * size)}/${objects}/${objects}`)
    sizes.push(size)
  })
  const profile = foldedProfile('heap', lines)
  const labels = {
    start: Int32Array.from({ length: sizes.length + 1 }, (_, s) => s),
    key: new Int32Array(sizes.length).fill(profile.strings.length),
    str: new Int32Array(sizes.length),
    num: Float64Array.from(sizes),
    unit: new Int32Array(sizes.length),
  }
  return {
    ...profile,
    strings: appendStrings(profile.strings, ['bytes']),
    samples: { ...profile.samples, labels },
    meta: { ...profile.meta, period: BigInt(HEAP_RATE) },
  }
}
