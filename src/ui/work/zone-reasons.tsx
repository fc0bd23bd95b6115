/** The open part of a finding: what to keep in mind, what to do, how it is known, where to read on. */
import { shortName } from '../../core/model/go-name.ts'
import { formatShare, formatValue } from '../../core/model/units.ts'
import type { Zone } from '../../core/zones/zone.ts'
import type { OpenedProfile } from '../../state/store.ts'
import { useStore } from '../session.ts'
import { useWords, useZoneWords } from '../words/index.ts'
import { usePanelWords } from './panel-words.ts'
import { useRuleWords } from './rule-words.ts'

interface Props {
  zone: Zone
  profile: OpenedProfile
  unit: string
}

/** "runtime/slice.go: growslice" → the file as go.dev shows it. Other references are sentences. */
function sourceLink(reference: string): string | null {
  const file = /^([\w./]+\.(?:go|s))(?::| \(Go [\d.]+\+\)$|$)/.exec(reference)?.[1]
  return file === undefined ? null : `https://go.dev/src/${file}`
}

export function ZoneReasons({ zone, profile, unit }: Props) {
  const words = useWords()
  const said = usePanelWords()
  const { reasons, report } = useZoneWords()
  const ruleWords = useRuleWords()
  const language = useStore((s) => s.language)
  const { remedies, know } = ruleWords(zone.id)
  const overlaps = zone.overlaps.map(({ id, value }) => said.shared(ruleWords(id).title, formatValue(value, unit)))
  return (
    <>
      {zone.reason !== null && <p className="zone-how">{reasons[zone.reason]}</p>}
      {overlaps.length > 0 && <p className="zone-how">{said.overlaps(overlaps.join(said.and))}</p>}
      {remedies.length > 0 && (
        <section className="zone-todo">
          <h4>{report.todo}</h4>
          <ul>
            {remedies.map((remedy) => (
              <li key={remedy.do}>
                {remedy.do} <span>{said.when(remedy.when)}</span>
                {remedy.measured !== undefined && <span>{said.measured(remedy.measured)}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
      <details className="zone-know">
        <summary>{said.know}</summary>
        <p>{know}</p>
        <p>{report.evidence(zone.samples)}</p>
        <ul>
          {zone.evidence.map((e) => (
            <li key={e.func}>
              <bdi title={profile.names.get(e.func)}>{shortName(profile.names.get(e.func))}</bdi>
              <span>{formatShare(zone.value === 0 ? 0 : e.value / zone.value)}</span>
              <span>{words.count.samples(e.samples)}</span>
            </li>
          ))}
        </ul>
        {zone.references.length > 0 && (
          <p>
            {said.source}
            {zone.references.map((reference) => {
              const link = sourceLink(reference)
              return link === null ? (
                <span key={reference} className="zone-reference">
                  {reference}
                </span>
              ) : (
                <a key={reference} className="zone-reference" href={link} target="_blank" rel="noreferrer">
                  {reference}
                </a>
              )
            })}
          </p>
        )}
      </details>
      <a className="zone-docs" href={`zones.${language}.html#${zone.id}`} target="_blank" rel="noreferrer">
        {said.docs}
      </a>
    </>
  )
}
