/** Profiles kept in this browser. Loaded apart: the first paint does not wait for IndexedDB. */
import { useRef } from 'react'
import { formatShare, formatValue } from '../../core/model/units.ts'
import { KEEP_BUDGET } from '../../state/storage.ts'
import type { Recent } from '../../state/store.ts'
import { useListFocus } from '../parts/focus.ts'
import { icons } from '../parts/icons.tsx'
import { useSession, useStore } from '../session.ts'
import { useWords, useZoneWords, type Words } from '../words/index.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const day = (words: Words, date: number) =>
  new Intl.DateTimeFormat(words.locale, { month: 'short', day: 'numeric' }).format(date)
const whole = (words: Words, date: number) =>
  new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeStyle: 'short' }).format(date)

function ago(words: Words, date: number): string {
  const age = Date.now() - date
  if (age < MINUTE) return words.first.just
  if (age < HOUR) return words.first.minutes(Math.floor(age / MINUTE))
  if (age < DAY) return words.first.hours(Math.floor(age / HOUR))
  return age < 2 * DAY ? words.first.yesterday : day(words, date)
}

function Row({ row }: { row: Recent }) {
  const { closeDialog, forgetKept, openRecent } = useSession()
  const words = useWords()
  const { rules } = useZoneWords()
  // Rows written by another version may name a rule that this one does not have.
  const zoneTitle = (id: string) => Object.entries(rules).find(([key]) => key === id)?.[1].title ?? id
  return (
    <li className="recent">
      <button
        type="button"
        className="recent-open"
        onClick={() => {
          closeDialog('recents')
          void openRecent(row)
        }}
      >
        <span className="recent-line">
          <b title={row.name}>
            <bdi>{row.name}</bdi>
          </b>
          <time dateTime={new Date(row.date).toISOString()} title={whole(words, row.date)}>
            {ago(words, row.date)}
          </time>
        </span>
        <span className="recent-line">
          <span>
            {row.kind && `${words.kinds[row.kind]} · ${formatValue(row.total, row.unit)} · `}
            {formatValue(row.size, 'bytes')}
          </span>
          {row.zone && (
            <span className="recent-zone">
              {zoneTitle(row.zone.id)} {formatShare(row.zone.share)}
            </span>
          )}
        </span>
      </button>
      <button
        type="button"
        className="quiet square"
        aria-label={words.first.forget(row.name)}
        title={words.first.forget(row.name)}
        onClick={() => void forgetKept(row.id)}
      >
        {icons.trash}
      </button>
    </li>
  )
}

function Rows({ rows }: { rows: readonly Recent[] }) {
  const list = useRef<HTMLUListElement>(null)
  useListFocus(list)
  return (
    <ul ref={list}>
      {rows.map((row) => (
        <Row key={row.id} row={row} />
      ))}
    </ul>
  )
}

/** `few`: how many rows before "Show all"; none = all. */
export default function RecentList({ few }: { few?: number }) {
  const { openDialog } = useSession()
  const words = useWords()
  const rows = useStore((s) => s.recents)
  const canKeep = useStore((s) => s.canKeep)
  if (rows === null) return null
  if (!canKeep) return <p className="caption">{words.first.notKept}</p>
  if (rows.length === 0) {
    return (
      <p className="caption">
        {words.first.recentNone} {words.first.budget(formatValue(KEEP_BUDGET, 'bytes'))}
      </p>
    )
  }
  const shown = few === undefined ? rows : rows.slice(0, few)
  return (
    <>
      <Rows rows={shown} />
      {shown.length < rows.length && (
        <button type="button" className="quiet small" onClick={() => openDialog('recents')}>
          {words.first.showAll(rows.length)}
        </button>
      )}
      <p className="caption">{words.first.budget(formatValue(KEEP_BUDGET, 'bytes'))}</p>
    </>
  )
}
