/**
 * What the rules find in each of two compared profiles, and what became of it: gone, new, grown, smaller or the same. Besides,
 * which function of the own code made most of the change.
 */
import type { Queried } from '../query/run.ts'
import type { Sided } from '../query/sides.ts'
import { OwnLineTable } from '../zones/own-line-table.ts'
import { FLOOR } from '../zones/rule.ts'
import type { UserCode } from '../zones/user-code.ts'
import type { Zone, ZoneBlame, ZoneFamily, ZoneLine, ZoneReport } from '../zones/zone.ts'
import type { BoxSides } from './box-sides.ts'
import { isNoise, type SideFactors } from './noise.ts'

export type FindingChange = 'gone' | 'new' | 'grown' | 'smaller' | 'same'

/** What is left of a finding that is gone, at most: a part of what it was. */
const GONE = 0.05
/** What goes the other way is told from this part of the mover's change on. */
const AGAINST = 0.25

/** Both sides of a number, on the scale of the query. */
export interface BothSides {
  base: number
  current: number
  /** They differ by no more than chance. */
  noise: boolean
}

export interface FindingSide {
  value: number
  /** Of all of its own profile. */
  share: number
  isFound: boolean
}

export interface ComparedFinding {
  id: string
  family: ZoneFamily
  role: Zone['role']
  change: FindingChange
  /** The sides differ by no more than chance; the change is `same` then. */
  noise: boolean
  base: FindingSide
  current: FindingSide
  /** Lines to blame, heaviest first and as measured: of the current profile, where it is not found there those of the base. */
  blame: readonly ZoneBlame[]
}

/** A function of the own code, with its line that changed most. */
export interface Mover extends BothSides, Pick<ZoneLine, 'func' | 'file' | 'line'> {}

export interface ComparedFindings {
  scale: Sided['scales'][number]
  factors: SideFactors
  /** variance: of both sides together, see noise.ts. */
  total: BothSides & { variance: number }
  /** What made most of the change of the total; where that is chance, what changed most. Null: nothing that is more than chance. */
  mover: Mover | null
  /** What went most the other way, where that is a quarter of what the mover made or more. */
  against: Mover | null
  gcTax: (BothSides & { baseShare: number; currentShare: number }) | null
  /** What is found on either side: changes first, the largest first. */
  findings: ComparedFinding[]
}

export interface FindingsInput {
  queried: Queried
  sampleType: number
  scale: ComparedFindings['scale']
  sides: BoxSides
  /** Of each side alone, as measured. */
  base: ZoneReport
  current: ZoneReport
  user: UserCode
  /** Row of the profile's files. */
  fileRow: (func: number) => number
}

export function compareFindings(input: FindingsInput): ComparedFindings {
  const { queried, sampleType, scale, sides, base, current } = input
  const variance = sides.variance.total[0]
  const total = bothSides(sides.base.total[0], queried.weights(sampleType).total[0], variance, sides.factors)
  return {
    scale,
    factors: sides.factors,
    total: { ...total, variance },
    ...movers(input, total),
    gcTax: taxOf(base, current, total, sides),
    findings: findingsOf(base.zones, current.zones, sides.factors),
  }
}

function bothSides(base: number, difference: number, variance: number, factors: SideFactors): BothSides {
  const sum = base + difference
  // Sums of scaled values may miss 0 by what doubles round.
  const current = Math.abs(sum) <= 1e-9 * Math.abs(base) ? 0 : sum
  return { base, current, noise: current !== base && isNoise(base, current, variance, factors) }
}

function findingsOf(base: readonly Zone[], current: readonly Zone[], factors: SideFactors): ComparedFinding[] {
  const before = new Map(base.map((zone) => [zone.id, zone]))
  const findings = current.flatMap((zone): ComparedFinding[] => {
    const then = before.get(zone.id)
    return then && (isFound(then) || isFound(zone)) ? [compared(then, zone, factors)] : []
  })
  const size = (of: ComparedFinding) => Math.abs(of.current.value - of.base.value)
  const rank = (of: ComparedFinding) => Number(of.change === 'same')
  return findings.sort((a, b) => rank(a) - rank(b) || size(b) - size(a))
}

const isFound = ({ state }: Zone) => state === 'found'

function compared(then: Zone, now: Zone, factors: SideFactors): ComparedFinding {
  const base = sideOf(then, factors.base)
  const current = sideOf(now, factors.current)
  const variance = varianceOf(then, now) * factors.base ** 2 + varianceOf(now, then) * factors.current ** 2
  const differ = base.value !== current.value
  const noise = differ && isNoise(base.value, current.value, variance, factors)
  const { id, family, role } = now
  const change = differ && !noise ? changeOf(base, current) : 'same'
  return { id, family, role, change, noise, base, current, blame: (current.isFound ? now : then).blame }
}

const sideOf = (zone: Zone, factor: number): FindingSide => ({
  value: zone.value * factor,
  share: zone.share,
  isFound: isFound(zone),
})

/** As measured. What is too light to be asked weighs as much an event as it does on the other side. */
function varianceOf({ value, events }: Zone, other: Zone): number {
  if (value === 0) return 0
  if (events !== null) return value ** 2 / events
  return other.events === null ? 0 : Math.abs(value * (other.value / other.events))
}

function changeOf(base: FindingSide, current: FindingSide): FindingChange {
  const isLeft = (side: FindingSide, of: FindingSide) =>
    side.isFound || Math.abs(side.value) > GONE * Math.abs(of.value)
  if (!isLeft(current, base)) return 'gone'
  if (!isLeft(base, current)) return 'new'
  return current.value > base.value ? 'grown' : 'smaller'
}

/** An event of the tax weighs what an event of the profile does. */
function taxOf(base: ZoneReport, current: ZoneReport, total: BothSides, { factors, variance }: BoxSides) {
  const [then, now] = [base.gcTax, current.gcTax]
  const largest = Math.max(then?.share ?? 0, now?.share ?? 0)
  if (largest < FLOOR) return null
  const before = (then?.value ?? 0) * factors.base
  const after = (now?.value ?? 0) * factors.current
  const all = total.base + total.current
  const ofTax = all > 0 ? (variance.total[0] * (before + after)) / all : 0
  return {
    ...bothSides(before, after - before, ofTax, factors),
    baseShare: then?.share ?? 0,
    currentShare: now?.share ?? 0,
  }
}

interface Sums {
  base: number
  difference: number
  variance: number
}

const nothing = (): Sums => ({ base: 0, difference: 0, variance: 0 })

/** A function of the own code on its way into the answer: lines are those of an OwnLineTable. */
interface Moved {
  symbol: number
  both: BothSides
  difference: number
  lines: number[]
}

/** Each sample counts for the function of the own code that is nearest to its leaf. */
function movers(input: FindingsInput, total: BothSides): Pick<ComparedFindings, 'mover' | 'against'> {
  const { queried, sampleType, sides, user, fileRow } = input
  const { profile } = queried
  const { functions, frames } = profile
  const { self } = queried.weights(sampleType)
  const table = new OwnLineTable(profile, user)
  const lines: (Sums | undefined)[] = []
  for (let row = 1; row < self.length; row++) {
    if (self[row] === 0 && sides.base.self[row] === 0) continue
    const line = table.of(row)
    if (line < 0) continue
    lines[line] ??= nothing()
    add(lines[line], { base: sides.base.self[row], difference: self[row], variance: sides.variance.self[row] })
  }
  const bySymbol = new Map<number, Sums & { lines: number[] }>()
  lines.forEach((sums, line) => {
    if (!sums) return
    const symbol = functions.symbol[frames.func[table.frame[line]]]
    const all = bySymbol.get(symbol) ?? { ...nothing(), lines: [] }
    bySymbol.set(symbol, all)
    add(all, sums)
    all.lines.push(line)
  })
  const changes = [...bySymbol]
    .map(([symbol, { base, difference, variance, lines }]): Moved => {
      return { symbol, both: bothSides(base, difference, variance, sides.factors), difference, lines }
    })
    .filter(({ both }) => both.base !== both.current && !both.noise)
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference))
  const towards = total.noise ? 0 : Math.sign(total.current - total.base)
  const mover = changes.find(({ difference }) => towards === 0 || Math.sign(difference) === towards)
  if (!mover) return { mover: null, against: null }
  const least = AGAINST * Math.abs(mover.difference)
  const against = changes.find(({ difference }) => difference * mover.difference < 0 && Math.abs(difference) >= least)
  const placed = ({ symbol, both, difference, lines: own }: Moved): Mover => {
    const moved = (line: number) => Math.sign(difference) * (lines[line]?.difference ?? 0)
    const frame = table.frame[own.reduce((most, next) => (moved(next) > moved(most) ? next : most))]
    return { ...both, func: symbol, file: fileRow(frames.func[frame]), line: frames.line[frame] }
  }
  return { mover: placed(mover), against: against ? placed(against) : null }
}

function add(to: Sums, sums: Sums): void {
  to.base += sums.base
  to.difference += sums.difference
  to.variance += sums.variance
}
