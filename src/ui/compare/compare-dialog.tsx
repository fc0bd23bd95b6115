/** Chooses what the profile on screen is compared with: one that is open, one that this browser keeps, or a file. */
import { useRef, useState } from 'react'
import { sidesOf } from '../../state/comparing.ts'
import { currentDocument, isProfile, profilesOf } from '../../state/store.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useSession, useStore } from '../session.ts'
import { useWords } from '../words/index.ts'
import { useMessages } from '../words/use-messages.ts'
import classes from './compare.module.css'
import { messages } from './messages.ts'

interface Row {
  id: string
  name: string
  kind: string
  /** Milliseconds since 1970, 0 = not known. */
  time: number
  /** Of the kind of the one on screen. */
  alike: boolean
  run: () => void
}

export function CompareDialog() {
  const { closeDialog, compareDocuments, compareWith, get } = useSession()
  const words = useWords()
  const m = useMessages(messages).dialog
  // What was on screen when it was asked for, whatever opens meanwhile.
  const [one] = useState(() => currentDocument(get()))
  const documents = useStore((s) => s.documents)
  const recents = useStore((s) => s.recents)
  const input = useRef<HTMLInputElement>(null)
  if (!one || !isProfile(one)) return null
  const taken = new Set(sidesOf(one).map(({ source }) => source.id))
  const others = profilesOf({ documents }).filter((p) => sidesOf(p).length === 1 && !taken.has(p.id))
  const close = () => closeDialog('compare')
  const chosen = (run: () => void) => () => {
    close()
    run()
  }
  const open = others.map(
    (profile): Row => ({
      id: profile.id,
      name: profile.name,
      kind: words.kinds[profile.info.kind],
      time: profile.info.timeNs / 1e6,
      alike: profile.info.kind === one.info.kind,
      run: chosen(() => void compareDocuments([one, profile])),
    }),
  )
  const here = new Set([...taken, ...documents.map(({ id }) => id)])
  const kept = (recents ?? []).flatMap((recent): Row[] => {
    if (recent.kind === null || (recent.sources?.length ?? 1) > 1 || here.has(recent.id)) return []
    return [
      {
        id: recent.id,
        name: recent.name,
        kind: words.kinds[recent.kind],
        time: recent.date,
        alike: recent.kind === one.info.kind,
        run: chosen(() => void compareWith(one, recent.id)),
      },
    ]
  })
  return (
    <Dialog
      title={m.title(one.name)}
      onClose={close}
      footer={
        <>
          <span>{m.why}</span>
          <input
            ref={input}
            className="unseen"
            type="file"
            tabIndex={-1}
            aria-label={m.file}
            onChange={({ target }) => {
              const [file] = target.files ?? []
              if (file) chosen(() => void compareWith(one, file))()
            }}
          />
          <button type="button" className="primary" onClick={() => input.current?.click()}>
            {m.choose}
          </button>
        </>
      }
    >
      <div className={classes.choices}>
        <Rows title={m.open} rows={open} />
        <Rows title={m.kept} rows={kept} />
        {open.length + kept.length === 0 && <p className="caption">{m.nothing}</p>}
      </div>
    </Dialog>
  )
}

/** Those of the same kind first: they are what can be compared. */
function Rows({ title, rows }: { title: string; rows: readonly Row[] }) {
  const words = useWords()
  const format = new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeStyle: 'medium' })
  const ordered = [...rows].sort((a, b) => Number(b.alike) - Number(a.alike))
  return ordered.length === 0 ? null : (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {ordered.map(({ id, name, kind, time, run }) => (
          <li key={id}>
            <button type="button" className={classes.row} onClick={run}>
              <b>
                <bdi>{name}</bdi>
              </b>
              <span>{kind}</span>
              <span>{time > 0 && format.format(time)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
