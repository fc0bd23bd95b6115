/** Labels that what a database adds up has to have: a row for each, and an empty one behind them. */
import { useEffect, useState } from 'react'
import { type LabelMatcher, MATCHES } from '../../core/live/database.ts'
import { labelValues, type Range } from '../../state/live/captures.ts'
import { useMessages } from '../words/use-messages.ts'
import styles from './live.module.css'
import { messages } from './messages.ts'

/** The values of a label; none while they are asked for. */
export function useValues(number: number, label: string, time: () => Range | null): readonly string[] {
  const [found, setFound] = useState<{ label: string; values: readonly string[] }>({ label: '', values: [] })
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the time in which the label was found
  useEffect(() => {
    const range = time()
    if (label === '' || !range) return
    let wanted = true
    labelValues(number, label, range).then(
      (values) => wanted && setFound({ label, values }),
      // What is wrong is said where the database itself is asked.
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [number, label])
  return found.label === label ? found.values : []
}

const EMPTY: LabelMatcher = { label: '', is: '=', value: '' }

interface Props {
  /** Of the service. */
  number: number
  labels: readonly string[]
  time: () => Range | null
  matchers: readonly LabelMatcher[]
  onChange: (matchers: readonly LabelMatcher[]) => void
}

export function LabelFilters({ number, labels, time, matchers, onChange }: Props) {
  return [...matchers, EMPTY].map((matcher, row) => (
    <LabelFilter
      // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
      key={row}
      {...{ number, labels, time, matcher }}
      row={row + 1}
      onChange={(next) => onChange([...matchers.slice(0, row), ...next, ...matchers.slice(row + 1)])}
    />
  ))
}

interface FilterProps extends Pick<Props, 'number' | 'labels' | 'time'> {
  matcher: LabelMatcher
  /** From 1. */
  row: number
  /** Nothing: the row goes. */
  onChange: (next: readonly LabelMatcher[]) => void
}

function LabelFilter({ number, labels, time, matcher, row, onChange }: FilterProps) {
  const m = useMessages(messages)
  const { label, is, value } = matcher
  const values = useValues(number, label, time)
  const nameOf = (name: string) => (row === 1 ? name : `${name} ${row}`)
  const isPattern = is === '=~' || is === '!~'
  return (
    <div className={styles.fields}>
      <Choice
        label={nameOf(m.database.label)}
        none={m.database.noLabel}
        all={labels}
        value={label}
        onChange={(name) => onChange(name === '' ? [] : [{ ...matcher, label: name, value: '' }])}
      />
      {label !== '' && (
        <>
          <label>
            <span>{nameOf(m.database.is)}</span>
            <select
              value={is}
              onChange={(event) =>
                onChange([{ ...matcher, is: MATCHES[event.target.selectedIndex] ?? '=', value: '' }])
              }
            >
              {MATCHES.map((one) => (
                <option key={one} value={one}>
                  {m.database.matches[one]}
                </option>
              ))}
            </select>
          </label>
          {isPattern ? (
            <label>
              <span>{nameOf(m.database.pattern)}</span>
              <input
                value={value}
                spellCheck={false}
                onChange={(event) => onChange([{ ...matcher, value: event.target.value }])}
              />
            </label>
          ) : (
            <Choice
              label={nameOf(m.database.value)}
              none={m.database.every}
              all={values}
              value={value}
              onChange={(one) => onChange([{ ...matcher, value: one }])}
            />
          )}
        </>
      )}
    </div>
  )
}

interface ChoiceProps {
  label: string
  /** What '' is called. */
  none: string
  all: readonly string[]
  value: string
  onChange: (value: string) => void
}

export function Choice({ label, none, all, value, onChange }: ChoiceProps) {
  return (
    <label>
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{none}</option>
        {all.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  )
}
