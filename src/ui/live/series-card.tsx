/** One kind captured again and again. */
import { useState } from 'react'
import { MOST_SOURCES } from '../../core/documents/document.ts'
import { type CaptureKindId, captureKind } from '../../core/live/kinds.ts'
import { sayProblem } from '../../core/live/words.ts'
import type { Series } from '../../state/live/live.ts'
import { useSession, useStore } from '../session.ts'
import { useMessages } from '../words/use-messages.ts'
import styles from './live.module.css'
import { messages } from './messages.ts'
import { SecondsField, secondsOf } from './seconds-field.tsx'
import { useLive, useLiveState, useSecondsUntil } from './use-live.ts'

/** Profiles, which one document compares. */
const SERIAL: readonly CaptureKindId[] = ['heap', 'goroutine', 'allocs', 'cpu', 'mutex', 'block', 'goroutineleak']

const LENGTH = '10'

export function SeriesCard({ service, kinds }: { service: number; kinds: readonly CaptureKindId[] }) {
  const m = useMessages(messages)
  const { startSeries, stopSeries } = useLive()
  const series = useLiveState((s) => (s.series?.service === service ? s.series : null))
  const offered = SERIAL.filter((kind) => kinds.includes(kind))
  const [kind, setKind] = useState<CaptureKindId>(offered[0] ?? 'heap')
  const [every, setEvery] = useState('30')
  const [length, setLength] = useState(LENGTH)
  const lasts = (captureKind(kind)?.seconds ?? 0) > 0
  const [between, seconds] = [secondsOf(every), lasts ? secondsOf(length) : 0]
  const isRunning = series?.state === 'running'
  if (offered.length === 0) return null
  return (
    <section className={styles.card} aria-labelledby={`live-series-${service}`}>
      <h2 id={`live-series-${service}`}>{m.series}</h2>
      <p>{m.seriesWhat(MOST_SOURCES)}</p>
      {series && <SeriesState series={series} />}
      <div className={styles.foot}>
        <button
          type="button"
          className="plain"
          aria-label={isRunning ? m.stopSeries : m.startSeries}
          disabled={!isRunning && (between === null || seconds === null)}
          onClick={() => (isRunning ? stopSeries() : startSeries(service, kind, seconds ?? 0, between ?? 0))}
        >
          {isRunning ? m.stop : m.start}
        </button>
        {!isRunning && (
          <>
            <label className={styles.seconds}>
              <span>{m.kind}</span>
              <select value={kind} onChange={(event) => setKind(offered[event.target.selectedIndex] ?? kind)}>
                {offered.map((id) => (
                  <option key={id} value={id}>
                    {m.kinds[id].name}
                  </option>
                ))}
              </select>
            </label>
            {lasts && (
              <SecondsField
                label={`${m.series}: ${m.secondsOf(m.kinds[kind].name)}`}
                value={length}
                onChange={setLength}
              />
            )}
            <SecondsField label={m.everyName} before={m.every} value={every} onChange={setEvery} />
          </>
        )}
      </div>
    </section>
  )
}

/** How far the series is, wherever it is shown. */
export function SeriesState({ series }: { series: Series }) {
  const m = useMessages(messages)
  const { switchDocument } = useSession()
  const language = useStore((s) => s.language)
  const current = useStore((s) => s.current)
  const { kind, count, next, state, document, problem } = series
  const left = useSecondsUntil(next)
  const when = state !== 'running' ? m.seriesState[state] : next === null ? m.capturing : m.next(left)
  const isOpen = useStore((s) => s.documents.some(({ id }) => id === document))
  return (
    <div className={styles.running} data-series={state}>
      <span>
        <b>{m.seriesCount(m.kinds[kind].name, count, MOST_SOURCES)}</b> · {when}
      </span>
      {document !== null && isOpen && document !== current && (
        <button type="button" className="plain small" onClick={() => switchDocument(document)}>
          {m.show}
        </button>
      )}
      {problem && <p className={styles.problem}>{sayProblem(problem, language)}</p>}
    </div>
  )
}
