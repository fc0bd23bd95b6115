/** Runs the rules over a profile: the weight of each zone, its places in the call tree, the lines to blame. */
import type { ProfileKind } from '../model/kind.ts'
import type { Profile } from '../model/profile.ts'
import type { CallPath } from '../query/call-tree.ts'
import { Merge, type MergeInput } from '../query/merge.ts'
import { childKey, ROOT_KEY } from '../query/path-key.ts'
import type { ZoneHeads } from '../query/tree.ts'
import { evidenceOf, type MeetMatcher, type Rule } from './rule.ts'
import type { StackMarks } from './stack-marks.ts'
import type { Zone, ZoneBlame, ZonePlace } from './zone.ts'

/** As many places as a reader would step through. */
const MAX_PLACES = 500
const MAX_BLAME = 5
/** Boxes below this share of the profile are not listed as places when the profile is huge. */
const PLACE_FLOOR = 1e-5
const HUGE_STACKS = 200_000

export interface ZoneInput {
  profile: Profile
  kind: ProfileKind
  merge: Omit<MergeInput, 'mark'>
  marks: StackMarks
  fileRow: (func: number) => number
}

export interface ZoneResult {
  zones: Zone[]
  heads: ZoneHeads
}

type Box = Omit<ZonePlace, 'value'>

export function findZones(input: ZoneInput, rules: readonly Rule[]): ZoneResult {
  const evidence = evidenceOf(input.kind)
  const heads: ZoneHeads = { byFunction: new Uint32Array(input.profile.functions.length), byKey: new Map() }
  const zones = rules.map((rule, bit) => {
    const matcher = evidence ? rule.match[evidence] : undefined
    if (!matcher) return silent(rule, 'hidden', rule.hidden)
    const finder = new ZoneFinder(input)
    const zone = silent(rule, 'quiet', null)
    if ('meet' in matcher) finder.meeting(zone, matcher)
    else finder.named(zone, matcher.names)
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

  constructor(private readonly input: ZoneInput) {}

  /** Zone of the samples that hold a frame of one of these functions. */
  named(zone: Zone, names: RegExp): void {
    const { marks } = this.input
    const match = marks.matching(names)
    const inside = marks.atOrBelow(names)
    if (!this.weigh(zone, inside)) return
    for (let f = 0; f < match.length; f++) if (match[f] === 1) this.headFunctions.push(f)
    const boxes = this.topmost(marks.above(names), (func) => match[func] === 1)
    zone.places = boxes.map((box) => ({ ...box, value: box.total }))
    this.finish(zone, match, inside)
  }

  /** Zone of the deepest boxes below which both families burn. */
  meeting(zone: Zone, { meet, minShare }: MeetMatcher): void {
    const { marks, merge } = this.input
    const either = new RegExp(`${meet[0].source}|${meet[1].source}`)
    const sums = meet.map((names) => this.sumBelow(marks.atOrBelow(names), merge.weights.absSelf))
    const boxes = this.deepestWith(sums, minShare * merge.weights.base)
    if (boxes.length === 0) return
    const within = this.rowsBelow(boxes.flatMap((box) => box.rows))
    const inside = marks.atOrBelow(either).map((bit, row) => bit & within[row])
    if (!this.weigh(zone, inside)) return
    const below = this.sumBelow(inside, merge.weights.self)
    zone.places = boxes.map(({ rows, ...box }) => ({ ...box, value: rows.reduce((sum, row) => sum + below[row], 0) }))
    for (const place of zone.places) this.headKeys.push(place.key)
    this.finish(zone, marks.matching(either), inside)
  }

  /** Flat weight of the functions that hide a zone's runtime frames, and the heaviest of them. */
  onCallers(names: RegExp): Zone['onCallers'] {
    const { profile, marks, merge } = this.input
    const match = marks.matching(names)
    const { location, length } = profile.stacks
    const { frameStart } = profile.locations
    const flat = new Map<number, number>()
    for (let row = 1; row < length; row++) {
      const self = merge.weights.self[row]
      if (self === 0) continue
      const leaf = merge.frameKey[frameStart[location[row] + 1] - 1]
      if (match[leaf] === 1) flat.set(leaf, (flat.get(leaf) ?? 0) + self)
    }
    const sorted = [...flat].sort((a, b) => b[1] - a[1])
    return sorted.length > 0 ? { func: sorted[0][0], value: sorted.reduce((sum, [, value]) => sum + value, 0) } : null
  }

  /** Sets value, share, samples and state; false when nothing lies inside. */
  private weigh(zone: Zone, inside: Uint8Array): boolean {
    const { weights } = this.input.merge
    const { stack, length, value } = this.input.profile.samples
    const column = value[weights.sampleType]
    for (let s = 0; s < length; s++) {
      if (stack[s] < 0 || inside[stack[s]] === 0 || column[s] === 0) continue
      zone.samples++
      zone.value += column[s]
    }
    if (zone.samples === 0) return false
    zone.share = weights.base > 0 ? zone.value / weights.base : 0
    zone.state = 'found'
    return true
  }

  private finish(zone: Zone, match: Uint8Array, inside: Uint8Array): void {
    zone.placeCount = zone.places.length
    zone.places = zone.places.slice(0, MAX_PLACES)
    zone.blame = this.blame(match, inside)
  }

  /** Weight per stack row of what is inside, at or below it. */
  private sumBelow(inside: Uint8Array, self: Float64Array): Float64Array {
    const { parent, length } = this.input.profile.stacks
    const sum = new Float64Array(length)
    for (let row = length - 1; row >= 0; row--) {
      if (inside[row] === 1) sum[row] += self[row]
      if (row > 0) sum[parent[row]] += sum[row]
    }
    return sum
  }

  /** Topmost boxes that `is` accepts, in branches that are marked; heaviest first. */
  private topmost(mark: Uint8Array, is: (func: number) => boolean): Box[] {
    const merge = new Merge({ ...this.input.merge, mark })
    const { profile } = this.input
    const { hash } = profile.functions
    const floor = profile.stacks.length > HUGE_STACKS ? this.input.merge.weights.absTotal[0] * PLACE_FLOOR : 0
    const found: Box[] = []
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
      if (merge.mark[child] === 0) continue
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

  /** The deepest boxes whose places together hold at least `least` of every sum, with those places' rows. */
  private deepestWith(sums: Float64Array[], least: number): (Box & { rows: number[] })[] {
    const merge = new Merge(this.input.merge)
    const { hash } = this.input.profile.functions
    const found: (Box & { rows: number[] })[] = []
    const path: number[] = []
    const first = merge.expand(0, least)
    const root = { group: 0, children: first, next: first.from, key: ROOT_KEY, position: merge.position() }
    const stack = [{ ...root, deepest: false }]
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
        const func = merge.key[top.group]
        const total = merge.total[top.group]
        found.push({ path: path.slice(), key: top.key, func, total, rows: merge.placeRows(top.group) })
      }
      stack.pop()
      path.pop()
      if (stack.length > 0) merge.release(stack[stack.length - 1].position)
    }
    return found.sort((a, b) => Math.abs(b.total) - Math.abs(a.total))
  }

  /** 1 per stack row at or below one of these rows. */
  private rowsBelow(rows: readonly number[]): Uint8Array {
    const { parent, length } = this.input.profile.stacks
    const below = new Uint8Array(length)
    for (const row of rows) below[row] = 1
    for (let row = 1; row < length; row++) below[row] |= below[parent[row]]
    return below
  }

  /**
   * Lines of the user's code nearest above the first match of each stack, by weight. All samples at or
   * below a row where the zone begins are charged to the same line, so only those rows are looked at.
   */
  private blame(match: Uint8Array, inside: Uint8Array): ZoneBlame[] {
    const { profile, marks, merge, fileRow } = this.input
    const { location, parent, length } = profile.stacks
    const { frameStart } = profile.locations
    const { line, func } = profile.frames
    const { total, absTotal } = merge.weights
    const byLine = new Map<number, { value: number; row: number; frame: number; heaviest: number }>()
    for (let row = 1; row < length; row++) {
      if (inside[row] === 0 || inside[parent[row]] === 1 || absTotal[row] === 0) continue
      const start = frameStart[location[row]]
      const stop = frameStart[location[row] + 1]
      let first = start
      while (first < stop && match[func[first]] === 0) first++
      const user = marks.nearestUser(row, first)
      if (user.frame < 0) continue
      const id = merge.frameKey[user.frame] * 0x200000 + line[user.frame]
      const entry = byLine.get(id)
      if (!entry) byLine.set(id, { value: total[row], row: user.row, frame: user.frame, heaviest: absTotal[user.row] })
      else {
        entry.value += total[row]
        if (absTotal[user.row] > entry.heaviest) {
          entry.heaviest = absTotal[user.row]
          entry.row = user.row
          entry.frame = user.frame
        }
      }
    }
    return [...byLine.values()]
      .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
      .slice(0, MAX_BLAME)
      .map(({ value, row, frame }) => ({
        func: merge.frameKey[frame],
        file: fileRow(func[frame]),
        line: line[frame],
        value,
        path: this.pathTo(row, frame),
      }))
  }

  private pathTo(row: number, lastFrame: number): CallPath {
    const { location, parent } = this.input.profile.stacks
    const { frameStart } = this.input.profile.locations
    const { hash } = this.input.profile.functions
    const { func } = this.input.profile.frames
    const path: number[] = []
    for (let r = row; r > 0; r = parent[r]) {
      const last = r === row ? lastFrame : frameStart[location[r] + 1] - 1
      for (let f = last; f >= frameStart[location[r]]; f--) path.push(hash[func[f]])
    }
    return path.reverse()
  }
}
