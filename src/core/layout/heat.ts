/** Which zone each row of a tree belongs to, and how it shows it. */
import type { CallTree } from '../query/call-tree.ts'
import { rankZones } from '../zones/rank.ts'
import type { ZoneReport } from '../zones/zone.ts'

export const COLD = 0
/** A place of the zone: full ember with its pattern. */
export const HEAD = 1
/** Called from a place. */
export const TINT = 2
/** Called from a place of a zone that encloses others. */
export const WASH = 3

export interface Heat {
  /** Per row: index into ZoneReport.zones, -1 = none. The innermost zone wins. */
  zone: Int8Array
  /** Per row: COLD, HEAD, TINT or WASH. */
  role: Uint8Array
  /** Per zone: its number in the panel, 0 when it was not found. */
  rank: number[]
}

/** Numbers of the zones as the panel lists them; they do not change when a zone is switched off. */
export function zoneRanks(report: ZoneReport | null): number[] {
  if (!report) return []
  const ranked = rankZones(report.zones)
  return report.zones.map((zone) => ranked.indexOf(zone) + 1)
}

/** Zones that lie around others only wash, so that what is inside stays the brightest. */
export function encloses(family: string): boolean {
  return family === 'json' || family === 'meet'
}

/** Spreads the zones over the rows; null when there is nothing to show. */
export function heatOf(tree: CallTree, report: ZoneReport | null, off: ReadonlySet<string>): Heat | null {
  if (!report || report.zones.length === 0) return null
  const rank = zoneRanks(report)
  let bits = 0
  let enclosing = 0
  for (const [i, zone] of report.zones.entries()) {
    if (rank[i] === 0 || zone.bit < 0 || off.has(zone.id)) continue
    bits |= 1 << i
    if (encloses(zone.family)) enclosing |= 1 << i
  }
  if (bits === 0) return null
  const zone = new Int8Array(tree.length).fill(-1)
  const role = new Uint8Array(tree.length)
  for (let r = 0; r < tree.length; r++) {
    const heads = tree.zoneHead[r] & bits
    if (heads !== 0) {
      // An enclosing zone gives way to one that burns in this very box; of several the lightest says most about it.
      const own = heads & ~enclosing || heads
      zone[r] = 31 - Math.clz32(own)
      role[r] = HEAD
      continue
    }
    const p = tree.parent[r]
    if (p < 0 || zone[p] < 0) continue
    zone[r] = zone[p]
    role[r] = (enclosing >>> zone[p]) & 1 ? WASH : TINT
  }
  return { zone, role, rank }
}

/** By name row (CallTree.func): the zone of which its boxes are heads, and most of their weight where it is several. */
export function headsByName(tree: CallTree, { zone, role }: Heat): Map<number, number> {
  const weights = new Map<number, Map<number, number>>()
  for (let r = 1; r < tree.length; r++) {
    if (role[r] !== HEAD) continue
    const of = weights.get(tree.func[r]) ?? new Map<number, number>()
    of.set(zone[r], (of.get(zone[r]) ?? 0) + tree.width[r])
    weights.set(tree.func[r], of)
  }
  const heaviest = (of: Map<number, number>) => [...of].reduce((most, entry) => (entry[1] > most[1] ? entry : most))[0]
  return new Map([...weights].map(([name, of]) => [name, heaviest(of)]))
}
