/** Values of one key: what each weighs, and buttons that keep or drop its samples. */
import { useState } from 'react'
import { formatValue } from '../../../core/model/units.ts'
import type { Tag } from '../../../core/query/tags.ts'
import { useSession } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { Amount } from '../amount.tsx'
import { messages as shared } from '../messages.ts'
import table from '../table.module.css'
import { valueFilter } from './label-filters.ts'
import styles from './labels.module.css'
import { messages } from './messages.ts'

/** Values listed before somebody asks for the rest. */
const FEW = 12
/** A key may have as many values as there are samples. */
const MOST = 500

export function valueText(tag: Tag, value: string | number): string {
  return typeof value === 'number' ? formatValue(value, tag.unit) : value
}

interface Props {
  tag: Tag
  unit: string
  whole: number
  /** What a full bar stands for, in the tables of all keys. */
  most: number
}

export function ValueTable({ tag, unit, whole, most }: Props) {
  const { addFilter } = useSession()
  const m = useMessages(messages)
  const heads = useMessages(shared)
  const [all, setAll] = useState(false)
  const shown = tag.values.slice(0, all ? MOST : FEW)
  return (
    <>
      <table className={styles.values}>
        <thead className="unseen">
          <tr>
            <th scope="col">{m.value}</th>
            <th scope="col">{heads.total}</th>
            <th scope="col">{m.actions}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ value, total }) => {
            const text = valueText(tag, value)
            return (
              <tr key={String(value)}>
                <th scope="row" title={String(value)}>
                  <bdi>{text === '' ? m.emptyValue : text}</bdi>
                </th>
                <td>
                  <Amount value={total} unit={unit} whole={whole} />
                  <span className={`${table.bar} ${styles.bar}`} data-bar aria-hidden="true">
                    <span style={{ width: `${(Math.abs(total) / most) * 100}%`, background: 'var(--bar-user)' }} />
                  </span>
                </td>
                <td>
                  <button
                    type="button"
                    className="quiet small"
                    aria-label={m.keepValue(text)}
                    onClick={() => addFilter('tagFocus', valueFilter(tag, value))}
                  >
                    {m.keep}
                  </button>
                  <button
                    type="button"
                    className="quiet small"
                    aria-label={m.dropValue(text)}
                    onClick={() => addFilter('tagIgnore', valueFilter(tag, value))}
                  >
                    {m.drop}
                  </button>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {tag.values.length > shown.length && (
        <button type="button" className={`quiet small ${styles.more}`} disabled={all} onClick={() => setAll(true)}>
          {all ? m.notListed(tag.values.length - shown.length) : m.more(tag.values.length - shown.length)}
        </button>
      )}
    </>
  )
}
