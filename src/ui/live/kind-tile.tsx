/** One kind of capture that a service has. */
import { useState } from 'react'
import { type CaptureKindId, captureKind } from '../../core/live/kinds.ts'
import { useMessages } from '../words/use-messages.ts'
import styles from './live.module.css'
import { messages } from './messages.ts'
import { Progress } from './progress.tsx'
import { SecondsField, secondsOf } from './seconds-field.tsx'
import { useLive, useLiveState } from './use-live.ts'

interface Props {
  service: number
  kind: CaptureKindId
  count: number
}

export function KindTile({ service, kind, count }: Props) {
  const m = useMessages(messages)
  const { cancel, capture } = useLive()
  const running = useLiveState((s) => s.running.find((r) => r.service === service && r.kind === kind))
  const lasts = captureKind(kind)?.seconds ?? 0
  const [typed, setTyped] = useState(String(lasts))
  const seconds = lasts > 0 ? secondsOf(typed) : 0
  const { name, what } = m.kinds[kind]
  const counted = kind === 'goroutine' ? m.counts.goroutine : kind === 'heap' ? m.counts.heap : m.counts.others
  return (
    <li className={styles.tile}>
      <h3>{name}</h3>
      <p>{what}</p>
      {count > 0 && <p className="caption">{counted(count)}</p>}
      <div className={styles.foot}>
        {/* One button, which keeps the focus. */}
        <button
          type="button"
          className="plain"
          aria-label={running ? m.cancelKind(name) : m.captureKind(name)}
          disabled={!running && seconds === null}
          onClick={() => (running ? cancel(running.id) : void capture(service, kind, seconds ?? 0))}
        >
          {running ? m.cancel : m.capture}
        </button>
        {running ? (
          <Progress running={running} />
        ) : (
          lasts > 0 && <SecondsField label={m.secondsOf(name)} value={typed} onChange={setTyped} />
        )}
      </div>
    </li>
  )
}
