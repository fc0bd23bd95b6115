/** Which call paths to name for what grows: not every caller of it, and not every corner of a library that it spreads into. */
import type { Growth } from './growth.ts'
import type { KeyPaths } from './key-paths.ts'
import { ofKey, type SourceSums } from './source-sums.ts'

/** Part of a caller's growth that a path must explain to stand for it in code that is not the user's. */
const EXPLAINS = 0.9
/** Part of a caller's growth that no listed path explains, from which on the caller is listed too. */
const UNEXPLAINED = 0.5

type Judge = (values: Float64Array, variance: Float64Array) => Growth | null

/**
 * The deepest paths that explain the growth, with theirs. In the user's code these are the last ones that grow, each for itself;
 * below it a path is followed as long as one callee explains what grows, and ends where it spreads. value, variance: by path, callees
 * included.
 */
export function deepestGrowing(
  paths: KeyPaths,
  isOwn: (path: number) => boolean,
  { value, variance }: { value: SourceSums; variance: SourceSums },
  judge: Judge,
): Map<number, Growth> {
  const { length, parent } = paths
  const own = Uint8Array.from({ length }, (_, path) => Number(isOwn(path)))
  const ownAbove = own.slice()
  for (let path = 1; path < length; path++) ownAbove[path] |= ownAbove[parent[path]]
  const ownBelow = new Uint8Array(length)
  const listedBelow: (number[] | undefined)[] = []
  const found = new Map<number, Growth>()
  const grown = (path: number) => {
    const { first, last } = found.get(path) as Growth
    return last - first
  }
  // Callees come after their callers.
  for (let path = length - 1; path >= 0; path--) {
    let listed = listedBelow[path] ?? []
    listedBelow[path] = undefined
    const growth = judge(ofKey(value, path), ofKey(variance, path))
    if (growth) {
      const all = growth.last - growth.first
      if (ownAbove[path] === 1 && ownBelow[path] === 0) {
        if (listed.length !== 1 || grown(listed[0] as number) < EXPLAINS * all) {
          for (const below of listed) found.delete(below)
          listed = [path]
        }
      } else {
        const rest = listed.length === 0 ? growth : judge(without(value, path, listed), without(variance, path, listed))
        if (rest && rest.last - rest.first >= UNEXPLAINED * all) listed.push(path)
      }
      if (listed.at(-1) === path) found.set(path, growth)
    }
    if (path === 0) break
    ownBelow[parent[path]] |= own[path] | ownBelow[path]
    if (listed.length === 0) continue
    const beside = listedBelow[parent[path]] ?? []
    listedBelow[parent[path]] = beside.concat(listed)
  }
  return found
}

/** The numbers of a path less those of paths below it. */
function without(sums: SourceSums, path: number, below: readonly number[]): Float64Array {
  const rest = ofKey(sums, path).slice()
  for (const each of below)
    ofKey(sums, each).forEach((v, i) => {
      rest[i] -= v
    })
  return rest
}
