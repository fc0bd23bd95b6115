/** The course of one number over the snapshots, drawn small. What it says stands beside it in words. */
import { smallCurve } from '../../../core/compare/series-chart.ts'
import styles from './over-time.module.css'

interface Props {
  /** Places on the axis, from left to right, and what the axis reaches over. */
  x: readonly number[]
  domain: readonly [number, number]
  values: readonly number[]
  /** Indices of the ones that are marked. */
  marked?: readonly number[]
}

const SIZE = { width: 120, height: 28, pad: 3 }

export function Sparkline({ x, domain, values, marked = [] }: Props) {
  const { at, zero } = smallCurve(x, values, domain, SIZE)
  const path = at.map((point, i) => `${i === 0 ? 'M' : 'L'}${point}`).join('')
  const area = at.length > 1 ? `${path}L${at.at(-1)?.[0]},${zero}L${at[0]?.[0]},${zero}Z` : ''
  return (
    <svg
      className={styles.spark}
      viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className={styles.sparkArea} d={area} />
      <path className={styles.sparkLine} d={path} />
      {at.map(
        ([left, top], i) =>
          (marked.includes(i) || at.length === 1) && (
            // Two snapshots may lie at one place.
            // biome-ignore lint/suspicious/noArrayIndexKey: they have no other identity than their place in the series
            <path key={i} className={styles.sparkMark} d={`M${left},${top}h0`} />
          ),
      )}
    </svg>
  )
}
