/** Above a document: what is being captured, and the way back to the page of the service. */

import { icons } from '../parts/icons.tsx'
import { useSession } from '../session.ts'
import { useMessages } from '../words/use-messages.ts'
import styles from './live.module.css'
import { messages } from './messages.ts'
import { Progress } from './progress.tsx'
import { SeriesState } from './series-card.tsx'
import { useLive, useLiveState } from './use-live.ts'

export function LiveBar() {
  const m = useMessages(messages)
  const { leaveDocument } = useSession()
  const { cancel, stopSeries } = useLive()
  const services = useLiveState((s) => s.services)
  const running = useLiveState((s) => s.running)
  const series = useLiveState((s) => s.series)
  const latest = useLiveState((s) => s.done[0])
  const names = services.map(({ name }) => name).join(', ')
  const isSerial = series?.state === 'running'
  return (
    <section className={styles.bar} aria-label={m.name}>
      <button type="button" className="quiet small" aria-label={m.backTo(names)} onClick={leaveDocument}>
        {icons.left}
        {m.back}
      </button>
      <span className={styles.names}>{names}</span>
      {series && isSerial && (
        <span className={styles.running}>
          <SeriesState series={series} />
          <button type="button" className="plain small" aria-label={m.stopSeries} onClick={stopSeries}>
            {m.stop}
          </button>
        </span>
      )}
      {running
        .filter(({ service, kind }) => !(isSerial && series.service === service && series.kind === kind))
        .map((one) => (
          <span key={one.id} className={styles.running}>
            <b>{m.kinds[one.kind].name}</b>
            <Progress running={one} />
            <button
              type="button"
              className="plain small"
              aria-label={m.cancelKind(m.kinds[one.kind].name)}
              onClick={() => cancel(one.id)}
            >
              {m.cancel}
            </button>
          </span>
        ))}
      <span className={styles.latest} role="status">
        {running.length === 0 &&
          latest &&
          !isSerial &&
          (latest.problem ? m.failedKind(m.kinds[latest.kind].name) : m.captured(m.kinds[latest.kind].name))}
      </span>
    </section>
  )
}
