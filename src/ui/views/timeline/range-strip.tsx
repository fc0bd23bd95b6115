/** Above the timeline: the time that is chosen, and what can be done with it. */
import { useState } from 'react'
import type { TimeWindow } from '../../../core/trace/timeline/camera.ts'
import { lengthText, timeText } from '../../../core/trace/timeline/time-text.ts'
import { compareTimes } from '../../../state/comparing-times.ts'
import type { OpenDocument } from '../../../state/store.ts'
import { IconButton } from '../../parts/icon-button.tsx'
import { icons } from '../../parts/icons.tsx'
import { useField, useSession } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { baseField } from './fields.ts'
import { messages } from './messages.ts'
import { during } from './requests.ts'
import styles from './timeline.module.css'

interface Props {
  document: OpenDocument
  /** The time that is chosen, also while it is drawn; null = none. */
  range: TimeWindow | null
  /** The same as the query has it; '' = none. */
  time: string
  /** No lane is left of what was searched. */
  noLanes: boolean
  onTakeView: () => void
  onShow: (span: TimeWindow) => void
  onClear: () => void
}

/** Times of a span, as finely as it is long. */
const textsOf = ({ from, to }: TimeWindow): [from: string, to: string] => {
  const fine = (to - from) / 100
  return [timeText(from, fine), timeText(to, fine)]
}

export function RangeStrip({ document, range, time, noLanes, onTakeView, onShow, onClear }: Props) {
  const m = useMessages(messages)
  const session = useSession()
  const { openPage, setField, setTime } = session
  const kept = useField(baseField)
  const base = during({ time: kept })
  const [busy, setBusy] = useState(false)
  const isOther = base !== null && range !== null && time !== kept

  async function compare(base: TimeWindow, current: TimeWindow) {
    setBusy(true)
    const named = (span: TimeWindow, time: string) => ({ time, name: `${document.name} ${textsOf(span).join('–')}` })
    const failed = (error: unknown) =>
      session.notify({
        kind: 'failed',
        name: document.name,
        error: { code: 'internal', message: String(error), facts: {} },
        stays: document.name,
      })
    await compareTimes(document, [named(base, kept), named(current, time)], session).catch(failed)
    setBusy(false)
  }

  return (
    <div className={styles.range}>
      {base && (
        <>
          <span className={styles.baseText}>{m.base(...textsOf(base))}</span>
          <IconButton label={m.dropBase} icon={icons.close} onClick={() => setField(baseField, '')} />
        </>
      )}
      {range ? (
        <>
          <span className={styles.rangeText}>{m.range(...textsOf(range), lengthText(range.to - range.from))}</span>
          {isOther ? (
            <button
              type="button"
              className="quiet small"
              title={m.compareWhy}
              disabled={busy}
              onClick={() => void compare(base, range)}
            >
              {busy ? m.comparing : m.compare}
            </button>
          ) : (
            <button type="button" className="quiet small" onClick={() => openPage('flame')}>
              {m.toFlame}
            </button>
          )}
          <button type="button" className="quiet small" onClick={() => onShow(range)}>
            {m.showRange}
          </button>
          {!base && (
            <button
              type="button"
              className="quiet small"
              title={m.keepBaseWhy}
              onClick={() => {
                setField(baseField, time)
                setTime('')
              }}
            >
              {m.keepBase}
            </button>
          )}
          <IconButton label={m.clearRange} icon={icons.close} onClick={onClear} />
        </>
      ) : (
        <>
          <button type="button" className="quiet small" onClick={onTakeView}>
            {m.takeView}
          </button>
          <span className={styles.hint}>{base ? m.chooseOther : noLanes ? m.noLanes : m.howToRange}</span>
        </>
      )}
    </div>
  )
}
