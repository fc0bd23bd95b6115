/** What nobody can see in this kind of profile, and the rules that it hides. */
import type { ReasonKey, Zone, ZoneReport } from '../../core/zones/zone.ts'
import type { OpenedProfile } from '../../state/store.ts'
import { useZoneWords } from '../words/index.ts'
import { OnCallers } from './code-line.tsx'
import { Fold } from './fold.tsx'
import { usePanelWords } from './panel-words.ts'
import { useRuleWords } from './rule-words.ts'

/** Of the rules that a kind of profile cannot show, as many are named as one reads. */
const NAMED = 6

interface Props {
  report: ZoneReport
  profile: OpenedProfile
  unit: string
}

/** Rules that this kind of profile hides, by the reason why. */
function byReason(zones: readonly Zone[]): [ReasonKey, Zone[]][] {
  const groups = new Map<ReasonKey, Zone[]>()
  for (const zone of zones) {
    if (zone.state !== 'hidden' || zone.reason === null) continue
    groups.set(zone.reason, [...(groups.get(zone.reason) ?? []), zone])
  }
  return [...groups].sort((a, b) => b[1].length - a[1].length)
}

export function CannotShow({ report, profile, unit }: Props) {
  const said = usePanelWords()
  const { cannotShow, reasons, report: w } = useZoneWords()
  const ruleWords = useRuleWords()
  const onCallers = report.zones.filter((z) => z.state !== 'found' && z.onCallers && z.onCallers.value > 0)
  const hidden = byReason(report.zones)
  if (report.cannotShow.length + hidden.length === 0) return null
  return (
    <Fold title={w.cannotShow}>
      <ul className="limits">
        {report.cannotShow.map((spot) => (
          <li key={spot}>{cannotShow[spot]}</li>
        ))}
        {onCallers.map((zone) => (
          <li key={zone.id}>
            <b>{ruleWords(zone.id).title}</b>
            <OnCallers zone={zone} profile={profile} unit={unit} />
          </li>
        ))}
        {hidden.map(([reason, zones]) => (
          <li key={reason}>
            {reasons[reason]}{' '}
            <span>
              {zones
                .slice(0, NAMED)
                .map((zone) => ruleWords(zone.id).title)
                .join(said.and)}
              {zones.length > NAMED && ` ${said.andMore(zones.length - NAMED)}`}
            </span>
          </li>
        ))}
      </ul>
    </Fold>
  )
}
