/** How the families of zones look where there is no canvas: on the swatches of the page and in exported pictures. */
import type { ZoneFamily } from './zone.ts'

/** One tile of the pattern, stroked with round dots or plain lines. */
export const familyPatterns: Readonly<Record<ZoneFamily, { size: number; draw: string; dots?: true }>> = {
  reflect: { size: 6, draw: 'M3 3h0', dots: true },
  map: { size: 8, draw: 'M-2 2 2-2M0 8 8 0M6 10l4-4' },
  json: { size: 5, draw: 'M0 2.5h5' },
  meet: { size: 8, draw: 'M0 8 8 0M0 0l8 8' },
  gc: { size: 5, draw: 'M2.5 0v5' },
  alloc: { size: 8, draw: 'M-2 6l4 4M0 0l8 8M6-2l4 4' },
  wait: { size: 8, draw: 'M0 4h4' },
}

/** Light text stands on these. */
export const deepFamilies: ReadonlySet<ZoneFamily> = new Set(['meet', 'gc'])
