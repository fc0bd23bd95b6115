/** The colour, pattern and number of a zone, as its boxes in the graph wear them. */
import { useId } from 'react'
import { deepFamilies, familyPatterns } from '../../core/zones/family-look.ts'
import type { ZoneFamily } from '../../core/zones/zone.ts'

interface Props {
  family: ZoneFamily
  /** Rank in the panel, 1 = hottest; none for zones that were not found. */
  number?: number
  /** Switched off: outline only. */
  off?: boolean
}

export function Swatch({ family, number, off = false }: Props) {
  const id = useId()
  const { size, draw, dots } = familyPatterns[family]
  return (
    <svg
      className="swatch"
      viewBox="0 0 22 22"
      width="22"
      height="22"
      data-deep={deepFamilies.has(family)}
      aria-hidden="true"
    >
      <defs>
        <pattern id={id} width={size} height={size} patternUnits="userSpaceOnUse">
          <path
            d={draw}
            className="swatch-ink"
            strokeWidth={dots ? 2.1 : 1.3}
            strokeLinecap={dots ? 'round' : 'butt'}
          />
        </pattern>
      </defs>
      <rect
        x="1"
        y="1"
        width="20"
        height="20"
        rx="4"
        strokeWidth="1.5"
        style={{
          fill: off ? 'none' : `var(--zone-${family})`,
          stroke: off ? `var(--zone-${family})` : 'var(--zone-edge)',
        }}
      />
      {!off && <rect x="1.75" y="1.75" width="18.5" height="18.5" rx="3.3" fill={`url(#${id})`} />}
      {number !== undefined && (
        <>
          {!off && <rect x="4.5" y="4.5" width="13" height="13" rx="3" style={{ fill: `var(--zone-${family})` }} />}
          <text x="11" y="15" textAnchor="middle" className={off ? 'swatch-number off' : 'swatch-number'}>
            {number}
          </text>
        </>
      )}
    </svg>
  )
}
