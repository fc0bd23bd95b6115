/** All open documents by program, kind and time: typing narrows the list, one goes on screen, several are closed. */
import { type KeyboardEvent, useRef, useState } from 'react'
import { isProfile, type OpenDocument } from '../../state/store.ts'
import { viewOf } from '../../state/view-spec.ts'
import { useSession, useStore, useViews } from '../session.ts'
import { useWords } from '../words/index.ts'
import { useMessages } from '../words/use-messages.ts'
import styles from './switcher.module.css'
import { messages } from './switcher-messages.ts'

export function DocumentSwitcher({ onClose }: { onClose: () => void }) {
  const { closeDocuments, switchDocument } = useSession()
  const words = useWords()
  const m = useMessages(messages)
  const views = useViews()
  const language = useStore((s) => s.language)
  const documents = useStore((s) => s.documents)
  const current = useStore((s) => s.current)
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const list = useRef<HTMLDivElement>(null)
  const kindOf = (document: OpenDocument) =>
    isProfile(document) ? words.kinds[document.info.kind] : (viewOf(views, '', document)?.title[language] ?? '')
  const asked = typed.toLowerCase().split(/\s+/)
  const shown = documents.filter((document) => {
    const text = `${document.name} ${document.program} ${kindOf(document)}`.toLowerCase()
    return asked.every((word) => text.includes(word))
  })
  const groups = byProgram(shown, kindOf)
  const going = shown.filter(({ id }) => chosen.has(id))
  const choose = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  const open = (id: string) => {
    switchDocument(id)
    onClose()
  }
  /** Arrow keys go from name to name; Enter in the box opens the first one. */
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-document]') ?? [])]
    if (step !== undefined) {
      const at = rows.indexOf(document.activeElement as HTMLElement)
      rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step))]?.focus()
    } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement && event.target.type === 'text') {
      rows[0]?.click()
    } else return
    event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the box and the list together
    <div ref={list} className={styles.switcher} onKeyDown={onKeyDown}>
      <input
        type="text"
        // biome-ignore lint/a11y/noAutofocus: opened by a press, to be typed into
        autoFocus
        className={styles.find}
        aria-label={m.find}
        placeholder={m.find}
        value={typed}
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div className={styles.list}>
        {groups.map(({ program, rows }) => (
          <section key={program} aria-label={program || m.noProgram}>
            <h4>{program || m.noProgram}</h4>
            <ul>
              {rows.map((row) => (
                <li key={row.id} className={styles.row} aria-current={row.id === current ? 'true' : undefined}>
                  <input
                    type="checkbox"
                    aria-label={m.choose(row.name)}
                    checked={chosen.has(row.id)}
                    onChange={() => choose(row.id)}
                  />
                  <button type="button" data-document={row.id} title={row.name} onClick={() => open(row.id)}>
                    <bdi>{row.name}</bdi>
                    <span>{kindOf(row)}</span>
                    {row.time > 0 && (
                      <time dateTime={new Date(row.time / 1e6).toISOString()}>{timeText(row.time, words.locale)}</time>
                    )}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {shown.length === 0 && <p className={styles.none}>{m.none}</p>}
      </div>
      <footer className={styles.foot}>
        <button
          type="button"
          className="quiet small"
          onClick={() => setChosen(new Set(going.length === shown.length ? [] : shown.map(({ id }) => id)))}
        >
          {going.length === shown.length && shown.length > 0 ? m.chooseNone : m.chooseAll}
        </button>
        <button
          type="button"
          className="plain small"
          disabled={going.length === 0}
          onClick={() => {
            closeDocuments(going.map(({ id }) => id))
            setChosen(new Set())
            if (going.length === documents.length) onClose()
          }}
        >
          {going.length === 0 ? m.close : m.closeChosen(going.length)}
        </button>
      </footer>
    </div>
  )
}

const timeText = (ns: number, locale: string) =>
  new Date(ns / 1e6).toLocaleString(locale, { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' })

/** Programs in the order of their first documents; of one program by kind, then by the time of capture. */
function byProgram(documents: readonly OpenDocument[], kindOf: (document: OpenDocument) => string) {
  const groups = new Map<string, OpenDocument[]>()
  for (const document of documents) groups.set(document.program, [...(groups.get(document.program) ?? []), document])
  return [...groups].map(([program, rows]) => ({
    program,
    rows: rows.sort((a, b) => kindOf(a).localeCompare(kindOf(b)) || a.time - b.time),
  }))
}
