/** Weight of a numeric label between powers of two, in per cent of all samples as in the table; a bar keeps its range. */
import { formatShare, formatValue } from '../../../core/model/units.ts'
import type { Tag } from '../../../core/query/tags.ts'
import { useSession } from '../../session.ts'
import { useWords } from '../../words/index.ts'
import { rangeFilter } from './label-filters.ts'

export function Histogram({ tag, unit, whole }: { tag: Tag; unit: string; whole: number }) {
  const { addFilter } = useSession()
  const w = useWords().tables.labels
  const most = Math.max(1, ...tag.histogram.map((b) => Math.abs(b.total)))
  return (
    <ul className="histogram" aria-label={w.histogram(tag.key)}>
      {tag.histogram.map(({ from, to, total }) => {
        const range = w.range(formatValue(from, tag.unit), formatValue(to, tag.unit))
        const share = formatShare(whole > 0 ? total / whole : 0)
        return (
          <li key={from}>
            <button
              type="button"
              title={`${range}: ${formatValue(total, unit)}, ${share}`}
              onClick={() => addFilter('tagFocus', rangeFilter(tag, from, to))}
            >
              <span className="unseen">{w.keepRange(range, formatValue(total, unit), share)}</span>
              <span className="histogram-share" aria-hidden="true">
                {share}
              </span>
              <span className="histogram-bar" style={{ height: `${(Math.abs(total) / most) * 64}px` }} />
              <span className="histogram-from" aria-hidden="true">
                {formatValue(from, tag.unit)}
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
