/** How far a capture is: the seconds that are left, then the bytes that came. */
import { formatValue } from '../../core/model/units.ts'
import type { Running } from '../../state/live/live.ts'
import { useMessages } from '../words/use-messages.ts'
import styles from './live.module.css'
import { messages } from './messages.ts'
import { useSecondsUntil } from './use-live.ts'

export function Progress({ running: { kind, seconds, since, bytes } }: { running: Running }) {
  const m = useMessages(messages)
  const left = useSecondsUntil(since + seconds * 1000)
  const share = seconds > 0 ? 1 - left / seconds : 0
  const text = left > 0 ? m.left(left) : bytes > 0 ? m.bytes(formatValue(bytes, 'bytes')) : m.ending
  return (
    <>
      <span
        className={styles.progress}
        role="progressbar"
        aria-label={m.captureKind(m.kinds[kind].name)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={seconds > 0 ? Math.round(share * 100) : undefined}
        aria-valuetext={text}
      >
        <span style={{ width: `${seconds > 0 ? share * 100 : 100}%` }} data-open={left === 0} />
      </span>
      <span className={styles.left}>{text}</span>
    </>
  )
}
