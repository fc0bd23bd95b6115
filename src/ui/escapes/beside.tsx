/** Escapes beside what shows a profile: of a function under its details, of a line below a finding's. */
import type { EscapeRow } from '../../core/evidence/escapes/document.ts'
import { type EscapeWords, escapeWords } from '../../core/evidence/escapes/words.ts'
import { placeText } from '../../core/evidence/place.ts'
import { formatValue } from '../../core/model/units.ts'
import type { OpenedProfile } from '../../state/store.ts'
import { useStore } from '../session.ts'
import { useEscapes } from './use-escapes.ts'

/** Of a function, that are said; the rest is counted. */
const FEW = 2

const useEscapeWords = (): EscapeWords => escapeWords[useStore((s) => s.language)]

export function EscapesOfFunction({ profile, name }: { profile: OpenedProfile; name: string }) {
  const words = useEscapeWords()
  const answer = useEscapes(profile)
  const rows = answer?.rows.filter(({ func }) => func === name) ?? []
  if (rows.length === 0) return null
  const isBytes = answer?.weighed?.unit === 'bytes'
  const said = (row: EscapeRow) =>
    words.here(row.what, words.why(row.why), placeText(row)) +
    (isBytes && row.bytes ? ` (${formatValue(row.bytes, 'bytes')})` : '')
  return (
    <section className="details paired" aria-label={words.beside}>
      <div className="details-facts">
        {rows.slice(0, FEW).map((row) => (
          <span key={`${row.line}:${row.column} ${row.what}`} className="fact">
            {said(row)}
          </span>
        ))}
        {rows.length > FEW && <span className="hint">{words.more(rows.length - FEW)}</span>}
      </div>
    </section>
  )
}

export function EscapesOfLine({ profile, file, line }: { profile: OpenedProfile; file: string; line: number }) {
  const words = useEscapeWords()
  const rows = useEscapes(profile)?.rows.filter((row) => row.profileFile === file && row.line === line) ?? []
  const [row] = rows
  if (!row) return null
  return (
    <p className="zone-how">
      {words.here(row.what, words.why(row.why), '')}
      {rows.length > 1 && ` · ${words.more(rows.length - 1)}`}
    </p>
  )
}
