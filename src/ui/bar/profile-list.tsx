/** The opened profiles: always there, so that a screen reader and a test find it in one place. */
import { useEffect, useRef } from 'react'
import { formatValue } from '../../core/model/units.ts'
import { isProfile, type OpenDocument } from '../../state/store.ts'
import { viewOf } from '../../state/view-spec.ts'
import { useListFocus } from '../parts/focus.ts'
import { icons } from '../parts/icons.tsx'
import { useSession, useStore, useViews } from '../session.ts'
import { useWords } from '../words/index.ts'

function Item({ document, current }: { document: OpenDocument; current: boolean }) {
  const { closeDocument, switchDocument } = useSession()
  const words = useWords()
  const ref = useRef<HTMLLIElement>(null)
  useEffect(() => {
    const item = ref.current
    if (!current || !item?.parentElement) return
    // The list gives room to a search and to a narrow window; what is on screen stays in sight.
    const watch = new ResizeObserver(() => item.scrollIntoView({ block: 'nearest', inline: 'nearest' }))
    watch.observe(item.parentElement)
    return () => watch.disconnect()
  }, [current])
  const { id, name } = document
  const views = useViews()
  const language = useStore((s) => s.language)
  const info = isProfile(document) ? document.info : null
  // A comparison is of several times.
  const rest =
    info && !info.sides
      ? [
          info.durationNs > 0 ? formatValue(info.durationNs, 'nanoseconds') : null,
          info.goVersion === null ? null : words.bar.go(info.goVersion),
        ].filter((part) => part !== null)
      : []
  return (
    <li ref={ref} className="profile" aria-current={current ? 'true' : undefined}>
      <button type="button" className="profile-open" title={name} onClick={() => switchDocument(id)}>
        {info?.sides ? icons.compare : icons.file}
        <b>{name}</b>
        <span className="profile-kind">
          {info ? words.kinds[info.kind] : viewOf(views, '', document)?.title[language]}
          {current && rest.length > 0 && <span className="profile-rest"> · {rest.join(' · ')}</span>}
        </span>
      </button>
      <button
        type="button"
        className="profile-close"
        aria-label={words.bar.closeProfile(name)}
        title={words.bar.closeProfile(name)}
        onClick={() => closeDocument(id)}
      >
        {icons.close}
      </button>
    </li>
  )
}

export function ProfileList() {
  const words = useWords()
  const documents = useStore((s) => s.documents)
  const current = useStore((s) => s.current)
  const list = useRef<HTMLUListElement>(null)
  useListFocus(list)
  return (
    <ul ref={list} className="profiles" aria-label={words.bar.profiles} data-many={documents.length > 1}>
      {documents.map((d) => (
        <Item key={d.id} document={d} current={d.id === current} />
      ))}
    </ul>
  )
}
