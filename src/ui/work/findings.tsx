/** What the panel scrolls: the answers, the causes by what they cost, and what helps to read the rest. */
import { formatShare } from '../../core/model/units.ts'
import { rankZones } from '../../core/zones/rank.ts'
import type { ZoneReport } from '../../core/zones/zone.ts'
import { type OpenedProfile, useStore } from '../../state/store.ts'
import { icons } from '../parts/icons.tsx'
import { useZoneWords, words } from '../words/index.ts'
import { NamedZones } from './named-zones.tsx'
import { ZoneAnswers } from './zone-answers.tsx'
import { ZoneCard } from './zone-card.tsx'

interface Props {
  report: ZoneReport
  profile: OpenedProfile
  unit: string
}

export default function Findings({ report, profile, unit }: Props) {
  const w = useZoneWords()
  const ranked = rankZones(report.zones)
  const causes = ranked.filter((zone) => zone.role === 'cause')
  const context = ranked.slice(causes.length)
  // A card that the keyboard walks to must not stay folded away.
  const inContext = useStore((s) => context.some((zone) => zone.id === s.focusedZone))
  return (
    <>
      <ZoneAnswers report={report} profile={profile} unit={unit} />
      {ranked.length === 0 && <p className="zones-note">{words.zones.allQuiet}</p>}
      {causes.length > 0 && (
        <p className="zones-note">
          {w.report.explained(formatShare(report.explained.share))} {causes.length > 1 && words.zones.overlap}
        </p>
      )}
      <ul>
        {causes.map((zone, i) => (
          <ZoneCard key={zone.id} zone={zone} number={i + 1} profile={profile} unit={unit} />
        ))}
      </ul>
      <NamedZones zones={report.zones} profile={profile} unit={unit} />
      {context.length > 0 && (
        <details className="zones-context" open={inContext || causes.length === 0 || undefined}>
          <summary>
            {icons.down}
            {words.zones.context(context.length)}
          </summary>
          <ul>
            {context.map((zone, i) => (
              <ZoneCard key={zone.id} zone={zone} number={causes.length + i + 1} profile={profile} unit={unit} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
