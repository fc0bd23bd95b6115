/** Weight of a numeric label between powers of two, in per cent of all samples as in the table; a bar keeps its range. */
import { formatShare, formatValue } from '../../../core/model/units.ts'
import type { Tag } from '../../../core/query/tags.ts'
import { useSession } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { rangeFilter } from './label-filters.ts'
import styles from './labels.module.css'
import { messages } from './messages.ts'

export function Histogram({ tag, unit, whole }: { tag: Tag; unit: string; whole: number }) {
  const { addFilter } = useSession()
  const m = useMessages(messages)
  const most = Math.max(1, ...tag.histogram.map((b) => Math.abs(b.total)))
  return (
    <ul className={styles.histogram} aria-label={m.histogram(tag.key)}>
      {tag.histogram.map(({ from, to, total }) => {
        const range = m.range(formatValue(from, tag.unit), formatValue(to, tag.unit))
        const share = formatShare(whole > 0 ? total / whole : 0)
        return (
          <li key={from}>
            <button
              type="button"
              title={`${range}: ${formatValue(total, unit)}, ${share}`}
              onClick={() => addFilter('tagFocus', rangeFilter(tag, from, to))}
            >
              <span className="unseen">{m.keepRange(range, formatValue(total, unit), share)}</span>
              <span data-share aria-hidden="true">
                {share}
              </span>
              <span className={styles.column} style={{ height: `${(Math.abs(total) / most) * 64}px` }} />
              <span aria-hidden="true">{formatValue(from, tag.unit)}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
