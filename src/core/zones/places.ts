/** Where zones lie in the call tree of functions: walks over boxes that are merged as they are met. */
import type { Profile } from '../model/profile.ts'
import { Merge, type MergeInput } from '../query/merge.ts'
import { childPathHash, ROOT_HASH } from '../query/path-hash.ts'
import type { RuleScan } from './scan.ts'
import type { ZonePlace } from './zone.ts'

/** Boxes below this share of the profile are not listed as places when the profile is huge. */
const PLACE_FLOOR = 1e-4
const HUGE_STACKS = 200_000

export type TreeInput = Omit<MergeInput, 'mark' | 'onlyMarked'>

/** A zone whose places are looked for: the rule, and the weight of what it holds where that is not everything below. */
export interface Sought {
  rule: number
  /** Per stack row, at or below it; null: everything below a hit. */
  below: Float64Array | null
}

/** Topmost boxes in which each rule begins, in one walk; heaviest first. At most 31 rules. */
export function topmostPlaces(input: TreeInput, scan: RuleScan, sought: readonly Sought[]): ZonePlace[][] {
  const found: ZonePlace[][] = sought.map(() => [])
  if (sought.length === 0) return found
  const bitOf = new Map(sought.map(({ rule }, i) => [rule, 1 << i]))
  const bits = (rules: readonly number[]) => rules.reduce((set, rule) => set | (bitOf.get(rule) ?? 0), 0)
  const { automaton, nameClass } = scan
  const { hash } = input.profile.functions
  const mark = beginsBelow(input.profile, scan, bits)
  // All rows of a box in which a rule begins are marked, so that its total needs no others.
  const merge = new Merge({ ...input, mark, onlyMarked: true })
  const floor = input.profile.stacks.length > HUGE_STACKS ? input.weights.absTotal[0] * PLACE_FLOOR : 0
  const path: number[] = []
  const first = merge.expand(0, floor)
  const stack = [{ children: first, next: first.from, key: ROOT_HASH, state: 0, inside: 0, position: merge.position() }]
  while (stack.length > 0) {
    const top = stack[stack.length - 1]
    if (top.next === top.children.to) {
      stack.pop()
      path.pop()
      if (stack.length > 0) merge.release(stack[stack.length - 1].position)
      continue
    }
    const child = merge.sorted[top.next++]
    if ((merge.mark[child] & ~top.inside) === 0) continue
    const func = merge.key[child]
    const key = childPathHash(top.key, hash[func])
    const state = automaton.step(top.state, nameClass[func])
    const rules = automaton.rules(state)
    const leaf = bits(rules.leaf)
    const begins = (bits(rules.entered) | leaf) & ~top.inside
    path.push(hash[func])
    for (const [i, { below }] of sought.entries()) {
      if (((begins >>> i) & 1) === 0) continue
      const isLeaf = ((leaf >>> i) & 1) === 1 && !rules.entered.includes(sought[i].rule)
      const total = merge.total[child]
      const value = isLeaf ? merge.self[child] : below ? merge.sumPlaces(child, below) : total
      if (value !== 0) found[i].push({ path: path.slice(), pathHash: key, func, total, value })
    }
    // A leaf rule can begin again below: only what has been entered holds all the way down.
    const inside = top.inside | bits(rules.entered)
    // Nothing else begins below this box, so nobody asks what lies there.
    if ((merge.mark[child] & ~inside) === 0) {
      path.pop()
      continue
    }
    const children = merge.expand(child, floor)
    stack.push({ children, next: children.from, key, state, inside, position: merge.position() })
  }
  for (const places of found) places.sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
  return found
}

/** Per stack row, the bits of the rules that begin in its frames or below. */
function beginsBelow(profile: Profile, scan: RuleScan, bits: (rules: readonly number[]) => number): Int32Array {
  const { parent, location, length } = profile.stacks
  const { frameStart } = profile.locations
  const { func } = profile.frames
  const { automaton, nameClass, state } = scan
  const leafOf = new Int32Array(automaton.size)
  const ofState = new Int32Array(automaton.size)
  for (let s = 0; s < ofState.length; s++) {
    const { entered, leaf } = automaton.rules(s)
    leafOf[s] = bits(leaf)
    ofState[s] = bits(entered) | leafOf[s]
  }
  const passed = leafOf.some((leaf) => leaf !== 0) ? namedInside(profile, nameClass) : null
  const mark = new Int32Array(length)
  for (let row = length - 1; row > 0; row--) {
    let begins = mark[row] | ofState[state[row]]
    if (passed !== null && passed[location[row]] === 1) {
      // Here a leaf rule's box has a frame that was inlined into it, where the rule itself does not begin.
      let s = state[parent[row]]
      const last = frameStart[location[row] + 1] - 1
      for (let f = frameStart[location[row]]; f < last; f++) {
        s = automaton.step(s, nameClass[func[f]])
        begins |= leafOf[s]
      }
    }
    if (begins === 0) continue
    mark[row] = begins
    mark[parent[row]] |= begins
  }
  return mark
}

/** 1 per location where a frame other than the last has a name that some rule looks for. */
function namedInside({ locations, frames }: Profile, nameClass: Int32Array): Uint8Array {
  const named = new Uint8Array(locations.length)
  for (let l = 0; l < named.length; l++) {
    const last = locations.frameStart[l + 1] - 1
    for (let f = locations.frameStart[l]; f < last; f++) if (nameClass[frames.func[f]] !== 0) named[l] = 1
  }
  return named
}

export type Meeting = Omit<ZonePlace, 'value'> & { rows: number[] }

/** The deepest boxes whose places together hold at least `least` of every sum, with those places' rows. */
export function deepestWith(input: TreeInput, sums: readonly Float64Array[], least: number): Meeting[] {
  const merge = new Merge(input)
  const { hash } = input.profile.functions
  const found: Meeting[] = []
  const path: number[] = []
  const first = merge.expand(0, least)
  const root = { group: 0, children: first, next: first.from, key: ROOT_HASH, position: merge.position() }
  const stack = [{ ...root, deepest: false }]
  while (stack.length > 0) {
    const top = stack[stack.length - 1]
    if (top.next < top.children.to) {
      const child = merge.sorted[top.next++]
      if (!sums.every((sum) => merge.sumPlaces(child, sum) >= least)) continue
      top.deepest = false
      const func = merge.key[child]
      path.push(hash[func])
      const key = childPathHash(top.key, hash[func])
      const children = merge.expand(child, least)
      stack.push({ group: child, children, next: children.from, key, position: merge.position(), deepest: true })
      continue
    }
    if (top.deepest) {
      const func = merge.key[top.group]
      const total = merge.total[top.group]
      found.push({ path: path.slice(), pathHash: top.key, func, total, rows: merge.placeRows(top.group) })
    }
    stack.pop()
    path.pop()
    if (stack.length > 0) merge.release(stack[stack.length - 1].position)
  }
  return found.sort((a, b) => Math.abs(b.total) - Math.abs(a.total))
}

/** 1 per stack row at or below one of these rows. */
export function rowsBelow(profile: Profile, rows: readonly number[]): Uint8Array {
  const { parent, length } = profile.stacks
  const below = new Uint8Array(length)
  for (const row of rows) below[row] = 1
  for (let row = 1; row < length; row++) below[row] |= below[parent[row]]
  return below
}

/** Weight per stack row of the rows that `holds` names, at or below it. */
export function sumBelow(profile: Profile, self: Float64Array, holds: (row: number) => boolean): Float64Array {
  const { parent, length } = profile.stacks
  const sum = new Float64Array(length)
  for (let row = length - 1; row >= 0; row--) {
    if (self[row] !== 0 && holds(row)) sum[row] += self[row]
    if (row > 0) sum[parent[row]] += sum[row]
  }
  return sum
}
