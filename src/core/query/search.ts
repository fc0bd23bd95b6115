/** Where the functions that a search names are, and how much runs through them. */
import type { Profile } from '../model/profile.ts'
import type { CallPath } from './call-tree.ts'
import { Merge, type MergeInput } from './merge.ts'
import { childPathHash, ROOT_HASH } from './path-hash.ts'
import type { Weights } from './weights.ts'

export interface MatchPlace {
  path: CallPath
  pathHash: number
  total: number
}

/** Per location, 1 when one of its frames matches. */
export function matchLocations(profile: Profile, frameKey: Int32Array, match: Uint8Array): Uint8Array<ArrayBuffer> {
  const { frameStart, length } = profile.locations
  const hit = new Uint8Array(length)
  for (let l = 0; l < length; l++) {
    for (let f = frameStart[l]; f < frameStart[l + 1]; f++) {
      if (match[frameKey[f]] === 1) {
        hit[l] = 1
        break
      }
    }
  }
  return hit
}

/** Per stack row, 1 when it holds a matching frame or lies below one. */
export function rowsThrough({ stacks }: Profile, locationHit: Uint8Array): Uint8Array {
  const { location, parent, length } = stacks
  const inside = new Uint8Array(length)
  for (let row = 1; row < length; row++) inside[row] = inside[parent[row]] | locationHit[location[row]]
  return inside
}

/** Sum of the samples that hold a matching frame, each once. One forward pass: a match colours all below it. */
export function matchedTotal(
  profile: Profile,
  weights: Weights,
  locationHit: Uint8Array,
): { total: number; absolute: number } {
  const inside = rowsThrough(profile, locationHit)
  let total = 0
  let absolute = 0
  for (let row = 1; row < inside.length; row++) {
    if (inside[row] === 1) {
      total += weights.self[row]
      absolute += weights.absSelf[row]
    }
  }
  return { total, absolute }
}

export interface FoundPlaces {
  /** In display order, at most maxPlaces. */
  places: MatchPlace[]
  /** All that were counted. */
  count: number
  capped: boolean
}

/** Walks the merged tree where a match lies below, in display order. visits bounds the work. */
export function findPlaces(
  input: Omit<MergeInput, 'mark'>,
  match: Uint8Array,
  locationHit: Uint8Array,
  limits: { maxPlaces: number; visits: number },
): FoundPlaces {
  const { profile } = input
  const { location, parent, length } = profile.stacks
  const mark = new Uint8Array(length)
  // Below an inverted box are the callers of what ended there, above an upright one its callees.
  if (input.inverted) {
    for (let row = 1; row < length; row++) mark[row] = mark[parent[row]] | locationHit[location[row]]
    if (mark.includes(1)) mark[0] = 1
  } else {
    for (let row = length - 1; row > 0; row--) {
      if (mark[row] === 1 || locationHit[location[row]] === 1) {
        mark[row] = 1
        mark[parent[row]] = 1
      }
    }
  }
  const found: FoundPlaces = { places: [], count: 0, capped: false }
  if (mark[0] === 0) return found
  const merge = new Merge({ ...input, mark })
  const { hash } = input.keys
  const path: number[] = []
  const first = merge.expand(0, 0)
  const open = [{ children: first, next: first.from, key: ROOT_HASH, mark: merge.position() }]
  let visits = 0
  while (open.length > 0) {
    const top = open[open.length - 1]
    if (top.next === top.children.to) {
      open.pop()
      path.pop()
      const above = open[open.length - 1]
      if (above) merge.release(above.mark)
      continue
    }
    const child = merge.sorted[top.next++]
    if (merge.mark[child] === 0) continue
    if (++visits > limits.visits) {
      found.capped = true
      break
    }
    const func = merge.key[child]
    const key = childPathHash(top.key, hash[func])
    path.push(hash[func])
    if (match[func] === 1) {
      found.count++
      if (found.places.length < limits.maxPlaces) {
        found.places.push({ path: path.slice(), pathHash: key, total: merge.total[child] })
      }
    }
    const children = merge.expand(child, 0)
    open.push({ children, next: children.from, key, mark: merge.position() })
  }
  return found
}
