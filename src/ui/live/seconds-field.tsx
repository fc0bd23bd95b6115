/** A number of seconds that the reader chooses. */
import { MOST_SECONDS } from '../../core/live/kinds.ts'
import { useMessages } from '../words/use-messages.ts'
import styles from './live.module.css'
import { messages } from './messages.ts'

interface Props {
  label: string
  /** As it is typed; secondsOf() reads it. */
  value: string
  onChange: (value: string) => void
  /** Shown before the number; left out = nothing. */
  before?: string
}

/** null: it is none. */
export function secondsOf(text: string): number | null {
  const seconds = Number(text)
  return /^\d{1,4}$/.test(text) && seconds >= 1 && seconds <= MOST_SECONDS ? seconds : null
}

export function SecondsField({ label, value, onChange, before }: Props) {
  const m = useMessages(messages)
  return (
    <label className={styles.seconds}>
      {before !== undefined && <span>{before}</span>}
      <input
        type="text"
        inputMode="numeric"
        aria-label={label}
        aria-invalid={secondsOf(value) === null}
        value={value}
        size={4}
        maxLength={4}
        onChange={(event) => onChange(event.target.value)}
      />
      <span>{m.seconds}</span>
    </label>
  )
}
