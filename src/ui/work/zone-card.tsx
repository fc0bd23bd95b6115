import { shortName } from '../../core/model/go-name.ts'
import { formatExact, formatShare, formatValue } from '../../core/model/units.ts'
import type { Zone } from '../../core/zones/zone.ts'
import { goToPlace, toggleZone, zoomTo, zoomToZone } from '../../state/actions.ts'
import { type OpenedProfile, useStore } from '../../state/store.ts'
import { icons } from '../parts/icons.tsx'
import { Swatch } from '../parts/swatch.tsx'
import { words } from '../words/index.ts'

interface Props {
  zone: Zone
  /** Rank by share, 1 = hottest. */
  number: number
  profile: OpenedProfile
  unit: string
  /** False where a card above gives the same reason. */
  explain: boolean
}

/** Lines of blame on a card; the selected one shows them all. */
const FEW_LINES = 2

const fileName = (path: string) => path.slice(path.lastIndexOf('/') + 1)

export function ZoneCard({ zone, number, profile, unit, explain }: Props) {
  const off = useStore((s) => s.view.zonesOff.includes(zone.id))
  const selected = useStore((s) => s.focusedZone === zone.id)
  const at = useStore((s) => s.zonePlace[zone.id])
  const { names, files } = profile
  const w = words.zones.rule(zone.id)
  const name = (func: number) => shortName(names.get(func))
  const caution = zone.reason === null || !explain ? null : words.zones.caution(zone.reason)
  const top = zone.places[0]
  const focus = () => zoomToZone(zone, top ? name(top.func) : '')
  return (
    <li className="zone" data-selected={selected} data-off={off}>
      <div className="zone-head">
        <Swatch family={zone.family} number={number} off={off} />
        <h3>
          <button type="button" className="zone-title" title={words.zones.focusWhy(w.title)} onClick={focus}>
            {w.title}
          </button>
        </h3>
        <button
          type="button"
          role="switch"
          className="switch"
          aria-checked={!off}
          aria-label={words.zones.toggle(w.title)}
          onClick={() => toggleZone(zone.id)}
        />
      </div>
      <div className="zone-weight">
        <span className="zone-bar" aria-hidden="true">
          <span style={{ width: `${Math.min(100, zone.share * 100)}%`, background: `var(--zone-${zone.family})` }} />
        </span>
        <b title={words.zones.ofTotal(formatShare(zone.share))}>{formatShare(zone.share)}</b>
        <span title={formatExact(zone.value, unit)}>{formatValue(zone.value, unit)}</span>
      </div>
      <p>{w.meaning}</p>
      {w.how && <p className="zone-how">{w.how}</p>}
      {caution && <p className="zone-how">{caution}</p>}
      <OnCallers zone={zone} profile={profile} unit={unit} />
      {zone.blame.length > 0 && (
        <div className="blame">
          {zone.blame.slice(0, selected ? 4 : FEW_LINES).map((b) => (
            <button
              key={`${b.func} ${b.line}`}
              type="button"
              title={names.get(b.func)}
              onClick={() => zoomTo(b.path, name(b.func))}
            >
              <bdi className="place">
                {fileName(files.get(b.file))}
                {b.line > 0 && `:${b.line}`}
              </bdi>
              <bdi className="blame-name">{name(b.func)}</bdi>
              <span>{formatValue(b.value, unit)}</span>
            </button>
          ))}
        </div>
      )}
      {zone.places.length > 0 && (
        <div className="zone-walk">
          <button
            type="button"
            className="quiet square small"
            aria-label={`${words.zones.previous}: ${w.title}`}
            title={words.zones.previous}
            onClick={() => goToPlace(zone, -1)}
          >
            {icons.left}
          </button>
          <span className="zone-at" aria-live={selected ? 'polite' : 'off'}>
            {words.zones.position((at ?? 0) + 1, zone.places.length)}
          </span>
          <button
            type="button"
            className="quiet square small"
            aria-label={`${words.zones.next}: ${w.title}`}
            title={words.zones.next}
            onClick={() => goToPlace(zone, 1)}
          >
            {icons.right}
          </button>
          <button
            type="button"
            className="quiet small zone-focus"
            aria-label={words.zones.focusWhy(w.title)}
            onClick={focus}
          >
            {icons.focus}
            {words.zones.focus}
          </button>
        </div>
      )}
    </li>
  )
}

/** A zone that was looked for and not found, or that this kind of profile cannot show. */
export function QuietZone({ zone, profile, unit, explain }: Omit<Props, 'number'>) {
  const w = words.zones.rule(zone.id)
  const reason = zone.reason === null || !explain ? null : words.zones.reason(zone.reason)
  return (
    <li className="zone zone-quiet">
      <div className="zone-head">
        <Swatch family={zone.family} off />
        <h3>{w.title}</h3>
      </div>
      <p>{zone.state === 'quiet' ? words.zones.quiet : words.zones.hidden}</p>
      {reason && <p className="zone-how">{reason}</p>}
      <OnCallers zone={zone} profile={profile} unit={unit} />
    </li>
  )
}

/** Heap profiles: bytes that stand on a caller because the runtime frame below it is left out. */
function OnCallers({ zone, profile, unit }: Omit<Props, 'number' | 'explain'>) {
  const on = zone.onCallers
  if (!on || on.value <= 0) return null
  return (
    <p className="zone-how">
      {words.zones.onCallers(formatValue(on.value, unit), shortName(profile.names.get(on.func)))}
    </p>
  )
}
