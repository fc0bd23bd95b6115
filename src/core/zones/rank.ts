/** The order in which findings are read, which also numbers them in the graph. */
import type { Zone } from './zone.ts'

/** What was found: causes before context, each by what it costs, or saves in a comparison. */
export function rankZones(zones: readonly Zone[]): Zone[] {
  return zones
    .filter((zone) => zone.state === 'found')
    .sort(
      (a, b) => Number(a.role === 'context') - Number(b.role === 'context') || Math.abs(b.share) - Math.abs(a.share),
    )
}

/** Causes are marked unless switched off; context, which lies around and between them, only when asked for. */
export function isUnmarked(
  zone: Zone,
  { zonesOff, zonesOn }: { zonesOff: readonly string[]; zonesOn: readonly string[] },
) {
  return zone.role === 'context' ? !zonesOn.includes(zone.id) : zonesOff.includes(zone.id)
}
