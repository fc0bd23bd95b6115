/** Runs the rules over a profile: the weight of each zone, its places in the call tree, the lines to blame. */
import { familyOf } from '../model/go-name.ts'
import type { ProfileKind } from '../model/kind.ts'
import type { Profile } from '../model/profile.ts'
import type { CallPath } from '../query/call-tree.ts'
import { sumFunctions } from '../query/functions.ts'
import { Merge, type MergeInput } from '../query/merge.ts'
import { childKey, ROOT_KEY } from '../query/path-key.ts'
import type { ZoneHeads } from '../query/tree.ts'
import { evidenceOf, type MeetMatcher, type Rule } from './rule.ts'
import type { Zone, ZoneBlame, ZonePlace } from './zone.ts'

/** As many places as a reader would step through. */
export const MAX_PLACES = 500
const MAX_BLAME = 5
/** Boxes below this share of the profile are not listed as places when the profile is huge. */
const PLACE_FLOOR = 1e-5
const HUGE_STACKS = 200_000

export interface ZoneInput {
  profile: Profile
  kind: ProfileKind
  /** Main module path, '' when unknown. */
  module: string
  merge: Omit<MergeInput, 'mark'>
  fileRow: (func: number) => number
}

export interface ZoneResult {
  zones: Zone[]
  heads: ZoneHeads
}

export function findZones(input: ZoneInput, rules: readonly Rule[]): ZoneResult {
  const evidence = evidenceOf(input.kind)
  const heads: ZoneHeads = { byFunction: new Uint32Array(input.profile.functions.length), byKey: new Map() }
  const zones = rules.map((rule, bit) => {
    const matcher = evidence ? rule.match[evidence] : undefined
    if (!matcher) return silent(rule, 'hidden', rule.hidden)
    const finder = new ZoneFinder(input, rule)
    const zone = 'meet' in matcher ? finder.meeting(matcher) : finder.named(matcher.names)
    if (evidence === 'memory' && rule.memoryNote) zone.reason = rule.memoryNote
    if (evidence === 'memory' && rule.callers) zone.onCallers = finder.onCallers(rule.callers)
    for (const f of finder.headFunctions) heads.byFunction[f] |= 1 << bit
    for (const key of finder.headKeys) heads.byKey.set(key, (heads.byKey.get(key) ?? 0) | (1 << bit))
    return zone
  })
  return { zones, heads }
}

function silent(rule: Rule, state: 'quiet' | 'hidden', reason: string | null): Zone {
  return {
    id: rule.id,
    family: rule.family,
    state,
    reason,
    value: 0,
    share: 0,
    samples: 0,
    places: [],
    placeCount: 0,
    blame: [],
    onCallers: null,
  }
}

class ZoneFinder {
  readonly headFunctions: number[] = []
  readonly headKeys: number[] = []
  private readonly profile: Profile

  constructor(
    private readonly input: ZoneInput,
    private readonly rule: Rule,
  ) {
    this.profile = input.profile
  }

  /** Zone of the samples that hold a frame of one of these functions. */
  named(names: RegExp): Zone {
    const match = this.matching(names)
    const inside = this.samplesInside(match)
    const zone = this.weighed(inside)
    if (zone.state === 'quiet') return zone
    for (let f = 0; f < match.length; f++) if (match[f] === 1) this.headFunctions.push(f)
    const below = this.marks([match])
    const found = this.walk(
      below,
      (mark) => mark !== 0,
      (func) => match[func] === 1,
    )
    zone.places = found.map((p) => ({ ...p, value: p.total }))
    return this.finish(zone, match)
  }

  /** Zone of the deepest boxes below which both families burn. */
  meeting(matcher: MeetMatcher): Zone {
    const first = this.matching(matcher.meet[0])
    const second = this.matching(matcher.meet[1])
    const { weights } = this.input.merge
    const least = matcher.minShare * weights.base
    const sums = [first, second].map((match) => this.sumBelow(match))
    const either = first.map((m, f) => m | second[f])
    const eitherBelow = this.sumBelow(either)
    const places = this.deepestWith(sums, least).map((place) => ({ ...place, value: place.weigh(eitherBelow) }))
    if (places.length === 0) return silent(this.rule, 'quiet', null)
    const zone = silent(this.rule, 'quiet', null)
    zone.places = places.map(({ path, key, func, total, value }) => ({ path, key, func, total, value }))
    zone.value = zone.places.reduce((sum, p) => sum + p.value, 0)
    zone.share = weights.base > 0 ? zone.value / weights.base : 0
    zone.state = 'found'
    for (const place of zone.places) this.headKeys.push(place.key)
    zone.samples = this.countSamples(either, zone.places)
    return this.finish(zone, either, new Set(this.headKeys))
  }

  /** Flat weight of the functions that hide this zone's runtime frames, the heaviest of them. */
  onCallers(names: RegExp): Zone['onCallers'] {
    const match = this.matching(names)
    const { profile, merge } = { profile: this.profile, merge: this.input.merge }
    const { flat } = sumFunctions(profile, merge.links, merge.weights, merge.frameKey)
    let best: Zone['onCallers'] = null
    let sum = 0
    for (let f = 0; f < match.length; f++) {
      if (match[f] === 0 || profile.functions.symbol[f] !== f || flat[f] <= 0) continue
      sum += flat[f]
      if (!best || flat[f] > best.value) best = { func: f, value: flat[f] }
    }
    return best ? { func: best.func, value: sum } : null
  }

  private matching(names: RegExp): Uint8Array<ArrayBuffer> {
    const { functions, strings } = this.profile
    const match = new Uint8Array(functions.length)
    for (let f = 0; f < functions.length; f++) {
      const symbol = functions.symbol[f]
      match[f] = symbol === f ? Number(names.test(strings.get(functions.name[f]))) : match[symbol]
    }
    return match
  }

  private locationHits(match: Uint8Array): Uint8Array {
    const { frameStart, length } = this.profile.locations
    const { func } = this.profile.frames
    const hit = new Uint8Array(length)
    for (let l = 0; l < length; l++) {
      for (let f = frameStart[l]; f < frameStart[l + 1] && hit[l] === 0; f++) hit[l] = match[func[f]]
    }
    return hit
  }

  /** 1 per stack row at or below a match. */
  private samplesInside(match: Uint8Array): Uint8Array {
    const { location, parent, length } = this.profile.stacks
    const hit = this.locationHits(match)
    const inside = new Uint8Array(length)
    for (let row = 1; row < length; row++) inside[row] = inside[parent[row]] | hit[location[row]]
    return inside
  }

  /** Bit i per stack row: a function of families[i] at or below it. */
  private marks(families: Uint8Array[]): Int32Array {
    const { location, parent, length } = this.profile.stacks
    const mark = new Int32Array(length)
    families.forEach((match, i) => {
      const hit = this.locationHits(match)
      for (let row = length - 1; row > 0; row--) {
        if (hit[location[row]] === 1) mark[row] |= 1 << i
        mark[parent[row]] |= mark[row]
      }
    })
    return mark
  }

  private weighed(inside: Uint8Array): Zone {
    const zone = silent(this.rule, 'quiet', null)
    const { weights } = this.input.merge
    let any = false
    for (let row = 0; row < inside.length; row++) {
      if (inside[row] === 0) continue
      zone.value += weights.self[row]
      if (weights.absSelf[row] !== 0) any = true
    }
    zone.share = weights.base > 0 ? zone.value / weights.base : 0
    const { stack, length, value } = this.profile.samples
    const column = value[this.sampleType()]
    for (let s = 0; s < length; s++) if (inside[stack[s]] === 1 && column[s] !== 0) zone.samples++
    if (any) zone.state = 'found'
    return zone
  }

  private sampleType(): number {
    return this.input.merge.weights.sampleType
  }

  /** Weight per stack row of the samples at or below it that hold a match. */
  private sumBelow(match: Uint8Array): Float64Array {
    const { parent, length } = this.profile.stacks
    const inside = this.samplesInside(match)
    const { absSelf } = this.input.merge.weights
    const sum = new Float64Array(length)
    for (let row = length - 1; row >= 0; row--) {
      if (inside[row] === 1) sum[row] += absSelf[row]
      if (row > 0) sum[parent[row]] += sum[row]
    }
    return sum
  }

  private floor(): number {
    const huge = this.profile.stacks.length > HUGE_STACKS
    return huge ? this.input.merge.weights.absTotal[0] * PLACE_FLOOR : 0
  }

  /** Topmost boxes that `is` accepts, in branches whose mark `open` accepts; heaviest first. */
  private walk(
    mark: Int32Array,
    open: (mark: number) => boolean,
    is: (func: number) => boolean,
  ): Omit<ZonePlace, 'value'>[] {
    const merge = new Merge({ ...this.input.merge, mark })
    const { hash } = this.profile.functions
    const floor = this.floor()
    const found: Omit<ZonePlace, 'value'>[] = []
    const path: number[] = []
    const first = merge.expand(0, floor)
    const stack = [{ children: first, next: first.from, key: ROOT_KEY, position: merge.position() }]
    while (stack.length > 0) {
      const top = stack[stack.length - 1]
      if (top.next === top.children.to) {
        stack.pop()
        path.pop()
        if (stack.length > 0) merge.release(stack[stack.length - 1].position)
        continue
      }
      const child = merge.sorted[top.next++]
      if (!open(merge.mark[child])) continue
      const func = merge.key[child]
      const key = childKey(top.key, hash[func])
      if (is(func)) {
        found.push({ path: [...path, hash[func]], key, func, total: merge.total[child] })
        continue
      }
      path.push(hash[func])
      const children = merge.expand(child, floor)
      stack.push({ children, next: children.from, key, position: merge.position() })
    }
    return found.sort((a, b) => Math.abs(b.total) - Math.abs(a.total))
  }

  /** The deepest boxes whose places together hold at least `least` of every sum. */
  private deepestWith(sums: Float64Array[], least: number) {
    type Found = Omit<ZonePlace, 'value'> & { weigh: (sum: Float64Array) => number }
    const merge = new Merge(this.input.merge)
    const { hash } = this.profile.functions
    const found: Found[] = []
    const path: number[] = []
    const first = merge.expand(0, least)
    const stack = [
      { group: 0, children: first, next: first.from, key: ROOT_KEY, position: merge.position(), deepest: false },
    ]
    while (stack.length > 0) {
      const top = stack[stack.length - 1]
      if (top.next < top.children.to) {
        const child = merge.sorted[top.next++]
        if (!sums.every((sum) => merge.sumPlaces(child, sum) >= least)) continue
        top.deepest = false
        const func = merge.key[child]
        path.push(hash[func])
        const key = childKey(top.key, hash[func])
        const children = merge.expand(child, least)
        stack.push({ group: child, children, next: children.from, key, position: merge.position(), deepest: true })
        continue
      }
      if (top.deepest) {
        const rows = merge.placeRows(top.group)
        const weigh = (sum: Float64Array) => rows.reduce((total, row) => total + sum[row], 0)
        found.push({
          path: path.slice(),
          key: top.key,
          func: merge.key[top.group],
          total: merge.total[top.group],
          weigh,
        })
      }
      stack.pop()
      path.pop()
      if (stack.length > 0) merge.release(stack[stack.length - 1].position)
    }
    return found.sort((a, b) => Math.abs(b.total) - Math.abs(a.total))
  }

  private finish(zone: Zone, match: Uint8Array, within?: ReadonlySet<number>): Zone {
    zone.placeCount = zone.places.length
    zone.places = zone.places.slice(0, MAX_PLACES)
    zone.blame = this.blame(match, within)
    return zone
  }

  private countSamples(match: Uint8Array, places: readonly ZonePlace[]): number {
    const keys = new Set(places.map((p) => p.key))
    const inside = this.samplesInside(match)
    const below = this.insideKeys(keys)
    const { stack, length, value } = this.profile.samples
    const column = value[this.sampleType()]
    let count = 0
    for (let s = 0; s < length; s++) if (inside[stack[s]] === 1 && below[stack[s]] === 1 && column[s] !== 0) count++
    return count
  }

  /** 1 per stack row that runs through one of the boxes. */
  private insideKeys(keys: ReadonlySet<number>): Uint8Array {
    const { location, parent, length } = this.profile.stacks
    const { frameStart } = this.profile.locations
    const { hash, symbol } = this.profile.functions
    const { func } = this.profile.frames
    const key = new Float64Array(length)
    const inside = new Uint8Array(length)
    for (let row = 1; row < length; row++) {
      let k = key[parent[row]]
      let hit = inside[parent[row]]
      for (let f = frameStart[location[row]]; f < frameStart[location[row] + 1]; f++) {
        k = childKey(k, hash[symbol[func[f]]])
        if (keys.has(k)) hit = 1
      }
      key[row] = k
      inside[row] = hit
    }
    return inside
  }

  /**
   * Lines of the user's code nearest above the match, by weight. The nearest user frame is carried down
   * the stack table until a match is met, and from there on the sample is charged to it.
   */
  private blame(match: Uint8Array, within?: ReadonlySet<number>): ZoneBlame[] {
    const { location, parent, length } = this.profile.stacks
    const { frameStart } = this.profile.locations
    const { func, line } = this.profile.frames
    const { weights } = this.input.merge
    const user = this.userFunctions()
    const allowed = within ? this.insideKeys(within) : null
    const nearest = new Int32Array(length).fill(-1)
    const nearestRow = new Int32Array(length)
    const charged = new Int32Array(length).fill(-1)
    const chargedRow = new Int32Array(length)
    const byFrame = new Map<number, { value: number; row: number; frame: number; heaviest: number }>()
    const frameId = (f: number) => this.profile.functions.symbol[func[f]] * 0x200000 + line[f]
    for (let row = 1; row < length; row++) {
      let at = nearest[parent[row]]
      let atRow = nearestRow[parent[row]]
      let charge = charged[parent[row]]
      let chargeRow = chargedRow[parent[row]]
      for (let f = frameStart[location[row]]; f < frameStart[location[row] + 1]; f++) {
        if (charge < 0 && match[func[f]] === 1) {
          charge = at
          chargeRow = atRow
        }
        if (user[func[f]] === 1) {
          at = f
          atRow = row
        }
      }
      nearest[row] = at
      nearestRow[row] = atRow
      charged[row] = charge
      chargedRow[row] = chargeRow
      const self = weights.self[row]
      if (charge < 0 || self === 0 || allowed?.[row] === 0) continue
      const id = frameId(charge)
      const entry = byFrame.get(id)
      if (!entry) byFrame.set(id, { value: self, row: chargeRow, frame: charge, heaviest: weights.absTotal[chargeRow] })
      else {
        entry.value += self
        if (weights.absTotal[chargeRow] > entry.heaviest) {
          entry.heaviest = weights.absTotal[chargeRow]
          entry.row = chargeRow
          entry.frame = charge
        }
      }
    }
    return [...byFrame.values()]
      .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
      .slice(0, MAX_BLAME)
      .map(({ value, row, frame }) => ({
        func: this.profile.functions.symbol[func[frame]],
        file: this.input.fileRow(func[frame]),
        line: line[frame],
        value,
        path: this.pathTo(row, frame),
      }))
  }

  private userFunctions(): Uint8Array {
    const { functions, strings } = this.profile
    const user = new Uint8Array(functions.length)
    for (let f = 0; f < functions.length; f++) {
      user[f] = Number(familyOf(strings.get(functions.name[f]), this.input.module) === 'user')
    }
    return user
  }

  private pathTo(row: number, lastFrame: number): CallPath {
    const { location, parent } = this.profile.stacks
    const { frameStart } = this.profile.locations
    const { hash } = this.profile.functions
    const { func } = this.profile.frames
    const path: number[] = []
    for (let r = row; r > 0; r = parent[r]) {
      const stop = r === row ? lastFrame : frameStart[location[r] + 1] - 1
      for (let f = stop; f >= frameStart[location[r]]; f--) path.push(hash[func[f]])
    }
    return path.reverse()
  }
}
