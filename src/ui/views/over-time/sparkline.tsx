/** The course of one number over the snapshots, drawn small. What it says stands beside it in words. */
import { extent, line, scaleLinear } from 'd3'
import styles from './over-time.module.css'

interface Props {
  /** Places on the axis, from left to right, and what the axis reaches over. */
  x: readonly number[]
  domain: readonly [number, number]
  values: readonly number[]
  /** Indices of the ones that are marked. */
  marked?: readonly number[]
}

const WIDTH = 120
const HEIGHT = 28
const PAD = 3

export function Sparkline({ x, domain, values, marked = [] }: Props) {
  const [least = 0, most = 0] = extent(values)
  const across = scaleLinear([domain[0], Math.max(domain[1], domain[0] + 1e-9)], [PAD, WIDTH - PAD])
  const up = scaleLinear([Math.min(0, least), Math.max(most, Math.min(0, least) + 1e-9)], [HEIGHT - PAD, PAD])
  const at = values.map((value, i): [number, number] => [across(x[i] ?? 0), up(value)])
  const path = line()(at) ?? ''
  const base = up(0)
  const area = at.length > 1 ? `${path}L${at.at(-1)?.[0]},${base}L${at[0]?.[0]},${base}Z` : ''
  return (
    <svg className={styles.spark} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
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
