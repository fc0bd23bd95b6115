/** Runs the rules over a profile: the weight of each zone, its places in the call tree, the lines to blame. */
import type { ProfileKind } from '../model/kind.ts'
import type { Profile } from '../model/profile.ts'
import type { ZoneHeads } from '../query/tree.ts'
import { gcTax, jsonAnswer } from './answers.ts'
import { chargeBeginnings, countSamples, cumulateCounts, Ledger, type Samples, type Share } from './blame.ts'
import { blindSpots } from './blind-spots.ts'
import type { Growth } from './crowd.ts'
import { evenLines } from './even-sizes.ts'
import { explain } from './explained.ts'
import { flatOfSizes, flatOn } from './flat-on.ts'
import { deepestWith, type Meeting, rowsBelow, sumBelow, type TreeInput, topmostPlaces } from './places.ts'
import { rowTest } from './row-test.ts'
import { type Crowd, type Evidence, FLOOR, type Rule } from './rule.ts'
import { certaintyOf, Sampling, type Size } from './sampling.ts'
import type { CompiledRule, RuleScan } from './scan.ts'
import { StateSums } from './state-sums.ts'
import type { UserCode } from './user-code.ts'
import type { ReasonKey, Zone, ZoneLine, ZoneReport } from './zone.ts'

/** As many places as a reader would step through. */
const MAX_PLACES = 500
const MAX_BLAME = 8
const MAX_EVIDENCE = 8
/** Bits of CallTree.zoneHead that the walk over the tree can carry (the sign stays free). */
const MAX_LIT = 31
/** Zones that share less than this of the smaller one are told apart well enough. */
const OVERLAP = 0.1

export interface ZoneInput {
  profile: Profile
  kind: ProfileKind
  merge: TreeInput
  /** Made of `rules` followed by rows that only answers need. */
  scan: RuleScan
  user: UserCode
  /** Since an earlier snapshot of the same program; null without one. */
  growth: Growth | null
  fileRow: (func: number) => number
}

export interface ZoneResult extends Omit<ZoneReport, 'sampleType'> {
  heads: ZoneHeads
}

export function findZones(input: ZoneInput, rules: readonly Rule[]): ZoneResult {
  return new Finder(input, rules).run()
}

/** A zone on its way into the report. */
interface Candidate {
  zone: Zone
  rule: number
  /** Whether the samples that end in a row are its own, where the state of the stack alone does not tell. */
  isHeld: ((row: number) => boolean) | null
  /** Rows' weights and samples where not everything below a hit belongs to the zone. */
  below: Float64Array | null
  samplesBelow: Int32Array | null
}

class Finder {
  private readonly sampling: Sampling
  private readonly sums: StateSums
  private samples: Samples | null = null
  /** Bits by CallTree.pathHash, where a function's name does not tell. */
  private readonly litBoxes = new Map<number, number>()

  constructor(
    private readonly input: ZoneInput,
    private readonly rules: readonly Rule[],
  ) {
    const { profile, merge, scan } = input
    this.sampling = new Sampling(profile, merge.weights.sampleType, scan.evidence)
    this.sums = new StateSums(profile, merge.weights, scan, this.sampling)
  }

  run(): ZoneResult {
    const { scan, profile, kind, merge, user, fileRow } = this.input
    const candidates = this.rules.map((rule, i) => this.weigh(rule, i))
    const found = candidates.filter((c) => c.zone.state === 'found').sort((a, b) => weightOf(b.zone) - weightOf(a.zone))
    this.place(found.filter((c) => isByClauses(scan.rules[c.rule])).slice(0, MAX_LIT))
    this.charge(found)
    for (const c of found) c.zone.overlaps = this.overlaps(c, found)
    const rest = candidates.filter((c) => c.zone.state !== 'found')
    const causes = found.filter((c) => c.zone.role === 'cause')
    const explained = explain(this.input, this.sums, causes)
    return {
      zones: [...found, ...rest].map((c) => c.zone),
      heads: this.markHeads(found),
      explained: { value: explained, share: this.share(explained) },
      json: jsonAnswer(scan, this.sums, merge.weights.base),
      gcTax: gcTax({ merge, scan, sums: this.sums, user, fileRow, samples: () => this.counted() }),
      cannotShow: blindSpots(profile, kind, merge.weights),
    }
  }

  private weigh(rule: Rule, index: number): Candidate {
    const { scan, merge } = this.input
    const compiled = scan.rules[index]
    const { matcher } = compiled
    const zone = blank(rule, compiled, scan.evidence)
    const candidate: Candidate = { zone, rule: index, isHeld: null, below: null, samplesBelow: null }
    if (rule.objectSizes && scan.evidence === 'memory') {
      const flat = flatOfSizes(rule.objectSizes, merge, this.input.user)
      if (flat && this.share(flat.value) >= FLOOR) zone.onCallers = flat
    }
    if (!matcher) return candidate
    if (rule.callers && scan.evidence === 'memory') zone.onCallers = flatOn(rule.callers, merge)
    let size: Size | null = null
    if ('meet' in matcher) this.meeting(candidate, compiled)
    else if ('sizes' in matcher) this.evenSizes(candidate)
    else {
      const holds = this.sums.holding(index)
      if (holds.samples === 0) return candidate
      zone.value = holds.value
      zone.samples = holds.samples
      if (compiled.partial) {
        const named = (row: number) => this.sums.holds(scan.state[row], index)
        const test = rowTest(this.input, matcher, named)
        const isHeld = test ? (row: number) => named(row) && test(row) : named
        this.hold(candidate, isHeld)
        if (test) candidate.isHeld = isHeld
        if (matcher.crowd && zone.samples > 0) this.compare(zone, matcher.crowd, isHeld)
      }
      if (!candidate.isHeld) size = this.sampling.sizeOf(zone.value, holds.variance, holds.amount)
    }
    zone.share = this.share(zone.value)
    if (zone.samples === 0 || Math.abs(zone.share) < (matcher.floor ?? FLOOR)) return candidate
    const ratio = 'ratio' in matcher ? matcher.ratio : undefined
    if (ratio && zone.value < ratio.atLeast * this.sums.seen(compiled.ratioOf)) return candidate
    const rival = 'rival' in matcher ? matcher.rival : undefined
    if (rival && this.weightOf(rival.rule) > rival.atMost * zone.value) return candidate
    this.judge(zone, size ?? this.sizeOf(candidate))
    return candidate
  }

  /** Weighs what is held, where that is not everything below a hit. */
  private hold(candidate: Candidate, isHeld: (row: number) => boolean): void {
    candidate.below = sumBelow(this.input.profile, this.input.merge.weights.self, isHeld)
    candidate.samplesBelow = this.countBelow(isHeld)
    candidate.zone.value = candidate.below[0]
    candidate.zone.samples = candidate.samplesBelow[0]
  }

  /** Found where it is large enough to be told from chance, and as certain as that allows. */
  private judge(zone: Zone, size: Size): void {
    zone.events = size.events
    if (!this.sampling.isEnough(size)) {
      zone.reason = 'too-little'
      return
    }
    zone.state = 'found'
    const confidence = certaintyOf(zone.confidence, size)
    if (confidence !== zone.confidence) zone.reason ??= 'few-events'
    zone.confidence = confidence
  }

  private weightOf(id: string): number {
    return this.sums.holding(this.input.scan.rules.findIndex(({ row }) => row.id === id)).value
  }

  private sizeOf({ zone, isHeld }: Candidate): Size {
    const { samples } = this.input.profile
    const { variance, amounts } = this.sampling
    let error = 0
    let amount = 0
    for (let s = 0; s < samples.length; s++) {
      if (samples.stack[s] < 0 || !isHeld?.(samples.stack[s])) continue
      if (variance) error += variance(s)
      if (amounts) amount += amounts[s]
    }
    return this.sampling.sizeOf(zone.value, error, amount)
  }

  /** A second snapshot tells what one cannot: a leak grows, idle workers do not. */
  private compare(zone: Zone, { grown, count, share }: Crowd, isHeld: (row: number) => boolean): void {
    const { growth, merge } = this.input
    if (!growth || grown === undefined) return
    const rows = Array.from(merge.weights.self.keys()).filter((row) => merge.weights.self[row] !== 0 && isHeld(row))
    zone.growth = growth.moreOn(rows)
    const large = zone.value >= count && zone.value >= share * merge.weights.base
    zone.confidence = zone.growth < grown ? 'hint' : large ? 'certain' : 'likely'
    zone.reason = null
  }

  /** Zone of the deepest boxes below which both families burn. */
  private meeting(candidate: Candidate, { meet, matcher }: CompiledRule): void {
    const { scan, profile, merge } = this.input
    if (!meet || !matcher || !('meet' in matcher)) return
    const least = matcher.minShare * merge.weights.base
    const has = (atom: number) => (row: number) => scan.automaton.hasSeen(scan.state[row], atom)
    if (merge.weights.base === 0 || meet.some((atom) => Math.abs(this.sums.seen(atom)) < least)) return
    const sums = meet.map((atom) => sumBelow(profile, merge.weights.absSelf, has(atom)))
    const boxes = deepestWith(merge, sums, least)
    if (boxes.length === 0) return
    const within = rowsBelow(
      profile,
      boxes.flatMap((box) => box.rows),
    )
    const isHeld = (row: number) => within[row] === 1 && meet.some((atom) => has(atom)(row))
    this.hold(candidate, isHeld)
    candidate.isHeld = isHeld
    this.putAt(candidate, boxes)
  }

  /** Zone of the lines that allocate objects of all sizes evenly. */
  private evenSizes(candidate: Candidate): void {
    const { profile, merge, user } = this.input
    const { location } = profile.stacks
    const { frameStart } = profile.locations
    const even = evenLines(merge, user)
    if (!even) return
    const isHeld = (row: number) => row > 0 && even.frames[frameStart[location[row] + 1] - 1] === 1
    this.hold(candidate, isHeld)
    candidate.isHeld = isHeld
    if (!even.isNear) candidate.zone.confidence = 'hint'
    const held = sumBelow(profile, merge.weights.absSelf, isHeld)
    // Every box in which such a line ends a sample, however small.
    const boxes = deepestWith(merge, [held], Number.MIN_VALUE)
    this.putAt(candidate, boxes)
  }

  private putAt({ zone, below }: Candidate, boxes: readonly Meeting[]): void {
    zone.places = boxes.map(({ rows, ...box }) => ({
      ...box,
      value: rows.reduce((sum, row) => sum + (below?.[row] ?? 0), 0),
    }))
    zone.placeCount = boxes.length
  }

  private place(marked: readonly Candidate[]): void {
    const places = topmostPlaces(this.input.merge, this.input.scan, marked)
    for (const [i, { zone }] of marked.entries()) {
      zone.placeCount = places[i].length
      zone.places = places[i]
    }
  }

  private charge(found: readonly Candidate[]): void {
    const { merge, scan, user, fileRow } = this.input
    if (found.length === 0) return
    const shares: (Share & { zone: Zone })[] = []
    for (const { zone, rule, below, samplesBelow, isHeld } of found) {
      const ledger = new Ledger(merge, user, fileRow)
      const { meet } = scan.rules[rule]
      if (meet && below && samplesBelow) this.chargeMeeting(ledger, meet, below, samplesBelow)
      else if (isHeld && !isByClauses(scan.rules[rule])) this.chargeLines(ledger, isHeld)
      shares.push({ zone, rule, ledger, below, samplesBelow })
    }
    chargeBeginnings(
      merge,
      scan,
      shares.filter((s) => isByClauses(scan.rules[s.rule])),
      this.counted(),
    )
    for (const { zone, rule, ledger } of shares) {
      zone.evidence = ledger.evidence(MAX_EVIDENCE)
      if (this.rules[rule].blames === false) continue
      zone.blame = ledger.blame(MAX_BLAME)
      if (zone.blame.length === 0) this.blameAskers(zone, this.rules[rule])
    }
  }

  /** Where goroutines of a library do the work: the lines that ask for it, each by its part of what all of them weigh. */
  private blameAskers(zone: Zone, { askers }: Rule): void {
    const { merge, scan, user, fileRow } = this.input
    if (!askers) return
    const ledger = new Ledger(merge, user, fileRow)
    const rule = scan.rules.findIndex(({ row }) => row.id === askers)
    chargeBeginnings(merge, scan, [{ rule, ledger, below: null, samplesBelow: null }], this.counted())
    const all = this.sums.holding(rule).value
    if (all === 0) return
    const part = (line: ZoneLine) => ({ ...line, value: Math.round((zone.value * line.value) / all) })
    zone.blame = ledger.blame(MAX_BLAME).map((line) => ({ ...line, ...part(line), callers: line.callers.map(part) }))
    if (zone.blame.length > 0) zone.reason = 'callers-of-requests'
  }

  /** Lines that are found themselves. */
  private chargeLines(ledger: Ledger, isHeld: (row: number) => boolean): void {
    const { merge, profile } = this.input
    const { self } = this.counted()
    const { location, length } = profile.stacks
    for (let row = 1; row < length; row++) {
      if (self[row] === 0 || !isHeld(row)) continue
      const frame = profile.locations.frameStart[location[row] + 1] - 1
      ledger.charge({ row, frame, value: merge.weights.self[row], samples: self[row] }, frame + 1)
    }
  }

  /** Where families meet, the blame goes by where either of them begins. */
  private chargeMeeting(ledger: Ledger, meet: readonly number[], below: Float64Array, samplesBelow: Int32Array): void {
    const { scan, profile } = this.input
    const { parent, location, length } = profile.stacks
    const has = (state: number) => meet.some((atom) => scan.automaton.hasSeen(state, atom))
    for (let row = 1; row < length; row++) {
      if (samplesBelow[row] === 0 || !has(scan.state[row]) || has(scan.state[parent[row]])) continue
      let frame = profile.locations.frameStart[location[row]]
      while (!has(scan.stateBefore(row, frame + 1))) frame++
      ledger.charge({ row, frame, value: below[row], samples: samplesBelow[row] })
    }
  }

  /** Bits for the boxes to light, and for the zones that have them. */
  private markHeads(found: readonly Candidate[]): ZoneHeads {
    const { scan } = this.input
    const bitOf = new Map<number, number>()
    for (const [i, { zone, rule, below }] of found.entries()) {
      if (i >= MAX_LIT) break
      zone.bit = i
      const bit = 1 << i
      if (!below) bitOf.set(rule, bit)
      else for (const { pathHash: key } of zone.places) this.litBoxes.set(key, (this.litBoxes.get(key) ?? 0) | bit)
    }
    for (const { zone } of found) zone.places = zone.places.slice(0, MAX_PLACES)
    const ofState: number[] = []
    return {
      step: (state, func) => scan.automaton.step(state, scan.nameClass[func]),
      bits: (state, key) => {
        ofState[state] ??= scan.automaton.rules(state).hits.reduce((set, rule) => set | (bitOf.get(rule) ?? 0), 0)
        return ofState[state] | (this.litBoxes.get(key) ?? 0)
      },
    }
  }

  private overlaps({ zone, rule }: Candidate, found: readonly Candidate[]): Zone['overlaps'] {
    if (this.input.scan.rules[rule].meet) return []
    return found
      .filter((other) => other.rule !== rule && !this.input.scan.rules[other.rule].meet)
      .map((other) => ({
        id: other.zone.id,
        value: this.sums.value(({ holds }) => holds.includes(rule) && holds.includes(other.rule)),
      }))
      .filter(({ value }) => Math.abs(value) >= OVERLAP * Math.abs(zone.value))
      .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
  }

  private countBelow(holds: (row: number) => boolean): Int32Array {
    const { self } = this.counted()
    const counts = new Int32Array(self.length)
    for (let row = 0; row < self.length; row++) if (self[row] !== 0 && holds(row)) counts[row] = self[row]
    return cumulateCounts(this.input.profile.stacks.parent, counts)
  }

  private counted(): Samples {
    this.samples ??= countSamples(this.input.merge)
    return this.samples
  }

  private share(value: number): number {
    const { base } = this.input.merge.weights
    return base > 0 ? value / base : 0
  }
}

const isByClauses = ({ matcher }: CompiledRule): boolean => matcher !== null && 'clauses' in matcher

const weightOf = (zone: Zone) => Math.abs(zone.value)

/** Why a kind of profile cannot show a rule's zone: the rule's own reason, where it is true of that kind. */
function hiddenReason({ hidden }: Rule, evidence: Evidence | null): ReasonKey {
  if (!evidence) return 'no-rules'
  if (hidden === 'runtime-leaves-hidden' && evidence !== 'memory') {
    return evidence === 'cpu' ? 'not-here' : 'no-allocation-work'
  }
  if (hidden === 'no-waiting' && evidence !== 'cpu' && evidence !== 'memory') return 'not-here'
  return hidden
}

function blank(rule: Rule, { matcher }: CompiledRule, evidence: Evidence | null): Zone {
  return {
    id: rule.id,
    family: rule.family,
    role: rule.role,
    state: matcher ? 'quiet' : 'hidden',
    confidence: matcher?.confidence ?? rule.confidence,
    reason: matcher ? (matcher.note ?? null) : hiddenReason(rule, evidence),
    value: 0,
    share: 0,
    samples: 0,
    events: null,
    bit: -1,
    places: [],
    placeCount: 0,
    blame: [],
    evidence: [],
    overlaps: [],
    onCallers: null,
    growth: null,
    references: rule.references,
  }
}
