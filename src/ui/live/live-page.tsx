/** What the services that were named have, instead of the first screen. */
import { useEffect } from 'react'
import { sayProblem } from '../../core/live/words.ts'
import { icons } from '../parts/icons.tsx'
import { useStore } from '../session.ts'
import { useMessages } from '../words/use-messages.ts'
import { CaptureList } from './capture-list.tsx'
import { DatabaseSection } from './database-section.tsx'
import { InvestigationCard } from './investigation-card.tsx'
import { KindTile } from './kind-tile.tsx'
import styles from './live.module.css'
import { messages } from './messages.ts'
import { SavedList } from './saved-list.tsx'
import { SeriesCard } from './series-card.tsx'
import { useLive, useLiveState } from './use-live.ts'

export function LivePage() {
  const m = useMessages(messages)
  const services = useLiveState((s) => s.services)
  return (
    <main className={styles.page}>
      <div className={styles.column}>
        <div className={styles.pair}>
          <div>
            {services.map(({ kind, name }, number) => {
              const Section = kind === 'go' ? ServiceSection : DatabaseSection
              return <Section key={name + String(number)} number={number} />
            })}
            <p className={styles.elsewhere}>
              {m.kubernetes} <code>kubectl port-forward pod/NAME 6060</code>,{' '}
              <code>ssh -L 6060:localhost:6060 HOST</code>: {m.kubernetesWhy}
            </p>
          </div>
          <div className={styles.lists}>
            <CaptureList />
            <SavedList />
          </div>
        </div>
      </div>
    </main>
  )
}

function ServiceSection({ number }: { number: number }) {
  const m = useMessages(messages)
  const { ask } = useLive()
  const language = useStore((s) => s.language)
  const service = useLiveState((s) => s.services[number])
  const isKnown = service?.state !== null
  useEffect(() => {
    if (!isKnown) void ask(number)
  }, [ask, number, isKnown])
  if (!service) return null
  const { name, state } = service
  return (
    <section className={styles.service} aria-labelledby={`live-${number}`}>
      <h1 id={`live-${number}`}>{m.title(name)}</h1>
      <p className={styles.lead}>{m.lead}</p>
      {state === null && <p role="status">{m.asking}</p>}
      {state?.problem && (
        <div className={styles.trouble} role="alert">
          {icons.alert}
          <p>{sayProblem(state.problem, language)}</p>
          <button type="button" className="plain" onClick={() => void ask(number)}>
            {m.askAgain}
          </button>
        </div>
      )}
      {state && state.kinds.length > 0 && (
        <>
          <InvestigationCard service={number} kinds={state.kinds} />
          <h2>{m.one}</h2>
          <ul className={styles.tiles} aria-label={m.capturesOf(name)}>
            {state.kinds.map((kind) => (
              <KindTile key={kind} service={number} kind={kind} count={state.counts[kind] ?? 0} />
            ))}
          </ul>
          <SeriesCard service={number} kinds={state.kinds} />
        </>
      )}
    </section>
  )
}
