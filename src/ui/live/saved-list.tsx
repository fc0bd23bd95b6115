/** What was saved before, by this command or by pprof: it opens without the service. */
import { useEffect, useId, useState } from 'react'
import type { SavedFile } from '../../core/live/protocol.ts'
import { sayProblem } from '../../core/live/words.ts'
import { formatValue } from '../../core/model/units.ts'
import { useStore } from '../session.ts'
import { useWords } from '../words/index.ts'
import { useMessages } from '../words/use-messages.ts'
import styles from './live.module.css'
import { messages } from './messages.ts'
import { useLive, useLiveState } from './use-live.ts'

export function SavedList() {
  const m = useMessages(messages)
  const { askSaved } = useLive()
  const id = useId()
  const language = useStore((s) => s.language)
  const saved = useLiveState((s) => s.saved)
  // Which of them are a service's own is known once it was asked.
  const isAsked = useLiveState((s) => s.services.every(({ kind, state }) => kind !== 'go' || state !== null))
  const [isAll, setAll] = useState(false)
  useEffect(() => {
    if (isAsked) void askSaved()
  }, [askSaved, isAsked])
  if (!saved || (saved.folder === '' && !saved.problem)) return null
  const { folder, own, others, leftOut, problem } = saved
  const files = isAll || own.length === 0 ? [...own, ...others] : own
  return (
    <section className={styles.captures} aria-labelledby={id}>
      <h2 id={id}>{m.saved}</h2>
      {folder !== '' && (
        <p className={styles.path}>
          {m.savedIn} <code>{folder}</code>
        </p>
      )}
      {problem && (
        <p className={styles.problem} role="alert">
          {sayProblem(problem, language)}
        </p>
      )}
      {own.length > 0 && others.length > 0 && (
        <label className={styles.check}>
          <input type="checkbox" checked={isAll} onChange={(event) => setAll(event.target.checked)} />
          {m.savedOthers(others.length)}
        </label>
      )}
      {files.length === 0 && !problem && <p className="caption">{m.noneSaved}</p>}
      {files.length > 0 && (
        <ul className={styles.saved} aria-label={m.saved}>
          {files.map((file) => (
            <Row key={file.name} file={file} />
          ))}
        </ul>
      )}
      {leftOut > 0 && <p className="caption">{m.savedLeftOut(leftOut)}</p>}
    </section>
  )
}

function Row({ file: { name, time, size } }: { file: SavedFile }) {
  const m = useMessages(messages)
  const { locale } = useWords()
  const { openSaved } = useLive()
  const at = new Date(time)
  return (
    <li className={styles.capture}>
      <bdi className={styles.savedName}>{name}</bdi>
      <span className={styles.line}>
        <time dateTime={at.toISOString()}>
          {at.toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' })}
        </time>
        <span>{formatValue(size, 'bytes')}</span>
        <button
          type="button"
          className="plain small"
          aria-label={m.openName(name)}
          onClick={() => void openSaved(name)}
        >
          {m.openSaved}
        </button>
      </span>
    </li>
  )
}
