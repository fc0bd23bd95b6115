/** Above the timeline: the time that is chosen, and what can be done with it. */
import type { TimeWindow } from '../../../core/trace/timeline/camera.ts'
import { lengthText, spanTexts } from '../../../core/trace/timeline/time-text.ts'
import { compareTimes } from '../../../state/comparing-times.ts'
import { isProfile, type OpenDocument } from '../../../state/store.ts'
import { IconButton } from '../../parts/icon-button.tsx'
import { icons } from '../../parts/icons.tsx'
import { useSession } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { baseField } from './fields.ts'
import { messages } from './messages.ts'
import styles from './timeline.module.css'

/** A span of time, and the same as the query says it. */
interface Span extends TimeWindow {
  time: string
}

interface Props {
  document: OpenDocument
  /** The time that is chosen, also while it is drawn; null = none. */
  range: Span | null
  /** What another time is to be compared with; null = nothing. */
  base: Span | null
  /** No lane is left of what was searched. */
  noLanes: boolean
  onTakeView: () => void
  onShow: (span: TimeWindow) => void
  onClear: () => void
}

export function RangeStrip({ document, range, base, noLanes, onTakeView, onShow, onClear }: Props) {
  const m = useMessages(messages)
  const session = useSession()
  const { openPage, setField, setTime } = session
  const isOther = base && range && range.time !== base.time
  const named = (span: Span) => ({ time: span.time, name: `${document.name} ${spanTexts(span).join('–')}` })
  const compare = (base: Span, current: Span) =>
    isProfile(document) && compareTimes(document, [named(base), named(current)], session)

  return (
    <div className={styles.range}>
      {base && (
        <>
          <span className={styles.baseText}>{m.base(...spanTexts(base))}</span>
          <IconButton label={m.dropBase} icon={icons.close} onClick={() => setField(baseField, '')} />
        </>
      )}
      {range ? (
        <>
          <span className={styles.rangeText}>{m.range(...spanTexts(range), lengthText(range.to - range.from))}</span>
          {isOther ? (
            <button
              type="button"
              className="quiet small"
              title={m.compareWhy}
              onClick={() => void compare(base, range)}
            >
              {m.compare}
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
                setField(baseField, range.time)
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
