/** What came, and what did not, the latest first. */
import { sayProblem } from '../../core/live/words.ts'
import { formatValue } from '../../core/model/units.ts'
import type { Done } from '../../state/live/live.ts'
import { useSession, useStore } from '../session.ts'
import { useWords } from '../words/index.ts'
import { useMessages } from '../words/use-messages.ts'
import styles from './live.module.css'
import { messages } from './messages.ts'
import { useLiveState } from './use-live.ts'

export function CaptureList() {
  const m = useMessages(messages)
  const done = useLiveState((s) => s.done)
  return (
    <section className={styles.captures} aria-labelledby="live-captures">
      <h2 id="live-captures">{m.captures}</h2>
      {done.length === 0 ? (
        <p className="caption">{m.noCaptures}</p>
      ) : (
        <ul>
          {done.map((one) => (
            <Row key={one.id} done={one} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Row({ done }: { done: Done }) {
  const m = useMessages(messages)
  const { locale } = useWords()
  const { switchDocument } = useSession()
  const language = useStore((s) => s.language)
  const isOpen = useStore((s) => s.documents.some(({ id }) => id === done.document))
  const { kind, at, saved, problem, document } = done
  const { name } = m.kinds[kind]
  return (
    <li className={styles.capture} data-failed={problem !== null}>
      <span className={styles.line}>
        <b>{problem ? m.failedKind(name) : name}</b>
        <time dateTime={new Date(at).toISOString()}>{new Date(at).toLocaleTimeString(locale)}</time>
        {saved && <span>{formatValue(saved.size, 'bytes')}</span>}
        {document !== null && isOpen && (
          <button
            type="button"
            className="plain small"
            aria-label={m.showName(saved?.name ?? name)}
            onClick={() => switchDocument(document)}
          >
            {m.show}
          </button>
        )}
      </span>
      {problem && <p className={styles.problem}>{sayProblem(problem, language)}</p>}
      {saved && (
        <p className={styles.path}>
          {m.savedAs} <code>{saved.path}</code>
        </p>
      )}
    </li>
  )
}
