/** Callers or callees of the function: what runs through each call, and its share of the function. */
import { formatExact, formatShare, formatValue } from '../../../core/model/units.ts'
import type { Answer, PeekAnswer } from '../../../state/store.ts'
import { useSession } from '../../session.ts'
import { FunctionName } from '../../views/function-name.tsx'
import { useMatches } from '../../views/selected.ts'
import { useMessages } from '../../words/use-messages.ts'
import { messages } from '../function-messages.ts'
import styles from './function.module.css'

interface Props {
  answer: Answer<unknown>
  title: string
  calls: PeekAnswer['callers']
  /** Self of the function, listed among its callees. */
  own: number
  /** Said where there are no calls. */
  none: string
  unit: string
  /** Total of the function. */
  cum: number
}

export function PeekTable({ answer, title, calls, own, none, unit, cum }: Props) {
  const { openFunction } = useSession()
  const m = useMessages(messages)
  const match = useMatches(answer)
  const { names } = answer.profile
  const numbers = (value: number) => (
    <>
      <td title={formatExact(value, unit)}>{formatValue(value, unit)}</td>
      <td className={styles.share}>{formatShare(cum === 0 ? 0 : value / cum)}</td>
    </>
  )
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">
            {title} <span className={styles.count}>{calls.length}</span>
          </th>
          <th scope="col">{m.value}</th>
          <th scope="col">{m.ofFunction}</th>
        </tr>
      </thead>
      <tbody>
        {own !== 0 && (
          <tr>
            <th scope="row" className={styles.own}>
              {m.own}
            </th>
            {numbers(own)}
          </tr>
        )}
        {calls.map(({ row, value, inlined }) => {
          const name = names.get(row)
          return (
            <tr key={row} data-match={match?.[row] === 1 || undefined}>
              <th scope="row" className={inlined ? styles.withTag : undefined}>
                <button type="button" className={styles.call} onClick={() => openFunction(name)}>
                  <FunctionName name={name} granularity={answer.profile.query.granularity} />
                </button>
                {inlined && <span className={`tag ${styles.inlined}`}>{m.inlined}</span>}
              </th>
              {numbers(value)}
            </tr>
          )
        })}
        {calls.length === 0 && own === 0 && (
          <tr>
            <th scope="row" className={styles.own} colSpan={3}>
              {none}
            </th>
          </tr>
        )}
      </tbody>
    </table>
  )
}
