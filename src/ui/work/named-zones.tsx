/** The zones that readers come to look for, where they were not found: why, instead of silence or 0 %. */
import { formatShare } from '../../core/model/units.ts'
import type { Zone, ZoneReport } from '../../core/zones/zone.ts'
import type { OpenedProfile } from '../../state/store.ts'
import { Swatch } from '../parts/swatch.tsx'
import { useZoneWords } from '../words/index.ts'
import { OnCallers } from './code-line.tsx'
import { Fold } from './fold.tsx'
import { usePanelWords } from './panel-words.ts'
import { useRuleWords } from './rule-words.ts'
import { useSilentAnswers } from './zone-answers.tsx'

/** String-keyed maps, reflection, and where the two meet: what the product is known for. */
const NAMED = ['str-map-assign', 'reflect-alloc', 'reflect-overlap']

interface Props {
  report: ZoneReport
  profile: OpenedProfile
  unit: string
}

export function NamedZones({ report, profile, unit }: Props) {
  const said = usePanelWords()
  const { reasons } = useZoneWords()
  const rule = useRuleWords()
  const silent = useSilentAnswers(report, profile)
  const absent = report.zones.filter((zone) => NAMED.includes(zone.id) && zone.state !== 'found')
  if (absent.length + silent.length === 0) return null
  const titles = [...silent.map(({ title }) => title), ...absent.map((zone) => rule(zone.id).title)]
  const why = (zone: Zone) =>
    zone.state === 'hidden' ? said.cannot : zone.samples > 0 ? said.light(formatShare(zone.share)) : said.notHere
  return (
    <Fold title={said.absent} note={titles.join(said.and)}>
      <ul>
        {silent.map(({ title, why }) => (
          <li className="zone absent" key={title}>
            <h3>{title}</h3>
            <p>{why}</p>
          </li>
        ))}
        {absent.map((zone, i) => (
          <li className="zone absent" key={zone.id}>
            <div className="zone-head">
              <Swatch family={zone.family} off={true} />
              <h3>{rule(zone.id).title}</h3>
            </div>
            <p>{why(zone)}</p>
            {/* Why a kind of profile cannot show it stands below the list; a caution is given once. */}
            {zone.state === 'quiet' &&
              zone.reason &&
              absent.findIndex((other) => other.reason === zone.reason) === i && (
                <p className="zone-how">{reasons[zone.reason]}</p>
              )}
            <OnCallers zone={zone} profile={profile} unit={unit} />
          </li>
        ))}
      </ul>
    </Fold>
  )
}
