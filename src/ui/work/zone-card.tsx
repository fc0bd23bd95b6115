/** One finding: what it costs in a few lines, and when it is opened why, where, and what to do about it. */
import { Fragment } from 'react'
import { shortName } from '../../core/model/go-name.ts'
import { formatExact, formatShare, formatValue } from '../../core/model/units.ts'
import { isUnmarked } from '../../core/zones/rank.ts'
import type { Zone } from '../../core/zones/zone.ts'
import type { OpenedProfile } from '../../state/store.ts'
import { EscapesOfLine } from '../escapes/index.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { icons } from '../parts/icons.tsx'
import { Swatch } from '../parts/swatch.tsx'
import { useSession, useStore } from '../session.ts'
import { useZoneWords } from '../words/index.ts'
import { CodeLine, OnCallers, placeOf } from './code-line.tsx'
import { usePanelWords } from './panel-words.ts'
import { useRuleWords } from './rule-words.ts'
import { ZoneReasons } from './zone-reasons.tsx'

interface Props {
  zone: Zone
  /** Rank in the list, 1 = first. */
  number: number
  profile: OpenedProfile
  unit: string
}

/** Lines of blame on a closed card, and on an open one. */
const FEW_LINES = 1
const MOST_LINES = 5

export function ZoneCard({ zone, number, profile, unit }: Props) {
  const { focusZone, toggleZone, zoomToZone } = useSession()
  const said = usePanelWords()
  const off = useStore((s) => isUnmarked(zone, s.view))
  const open = useStore((s) => s.view.zone === zone.id)
  const { confidence } = useZoneWords()
  const w = useRuleWords()(zone.id)
  const top = zone.places[0]
  const focus = () => zoomToZone(zone, top ? shortName(profile.names.get(top.func)) : '')
  return (
    <li className="zone" data-selected={open} data-off={off}>
      <div className="zone-head">
        <Swatch family={zone.family} number={number} off={off} />
        <h3>
          <button type="button" className="zone-title" title={said.focusWhy(w.title)} onClick={focus}>
            {w.title}
          </button>
        </h3>
        <IconButton
          className="zone-open"
          label={said.open(w.title)}
          icon={open ? icons.up : icons.down}
          aria-expanded={open}
          onClick={() => focusZone(open ? '' : zone.id)}
        />
        <button
          type="button"
          role="switch"
          className="switch"
          aria-checked={!off}
          aria-label={said.toggle(w.title)}
          onClick={() => toggleZone(zone)}
        />
      </div>
      <div className="zone-weight">
        <b title={said.ofTotal(formatShare(zone.share))}>{formatShare(zone.share)}</b>
        <span className="zone-value" title={formatExact(zone.value, unit)}>
          {formatValue(zone.value, unit)}
        </span>
        <span className="zone-bar" aria-hidden="true">
          <span style={{ width: `${Math.min(100, zone.share * 100)}%`, background: `var(--zone-${zone.family})` }} />
        </span>
        <span className="zone-sure" data-sure={zone.confidence}>
          {confidence[zone.confidence]}
        </span>
      </div>
      <Grown zone={zone} />
      {open && <p>{w.meaning}</p>}
      {open && <OnCallers zone={zone} profile={profile} unit={unit} />}
      <Blame zone={zone} profile={profile} unit={unit} open={open} />
      {open && zone.places.length > 0 && <Walk zone={zone} title={w.title} focus={focus} />}
      {open && <ZoneReasons zone={zone} profile={profile} unit={unit} />}
    </li>
  )
}

function Blame({ zone, profile, unit, open }: Omit<Props, 'number'> & { open: boolean }) {
  const { report } = useZoneWords()
  if (zone.blame.length === 0) return open ? <p className="zone-how">{report.noBlame}</p> : null
  return (
    <div className="blame">
      {zone.blame.slice(0, open ? MOST_LINES : FEW_LINES).map((b) => (
        <Fragment key={`${b.func} ${b.file} ${b.line}`}>
          <CodeLine
            line={b}
            value={open || b.value !== zone.value ? formatValue(b.value, unit) : ''}
            profile={profile}
          />
          <EscapesOfLine profile={profile} file={profile.files.get(b.file)} line={b.line} />
          {open && b.callers.length > 0 && (
            <ul className="blame-callers">
              {b.callers.map((caller) => (
                <li key={`${caller.func} ${caller.file} ${caller.line}`}>
                  {report.calledBy}
                  <bdi title={profile.names.get(caller.func)}>{placeOf(caller, profile)}</bdi>
                  <span>{formatValue(caller.value, unit)}</span>
                </li>
              ))}
            </ul>
          )}
        </Fragment>
      ))}
    </div>
  )
}

/** Against the earlier snapshot, where one is open too. */
function Grown({ zone }: { zone: Zone }) {
  const { growth } = useZoneWords()
  const since = useStore((s) => s.since)
  if (zone.growth === null || !since) return null
  return <p>{zone.growth > 0 ? growth.more(zone.growth, since.name) : growth.none(since.name)}</p>
}

/** The way through the zone's places. */
function Walk({ zone, title, focus }: { zone: Zone; title: string; focus: () => void }) {
  const { goToPlace } = useSession()
  const said = usePanelWords()
  const at = useStore((s) => s.zonePlace[zone.id])
  const step = (by: 1 | -1, name: string, icon: typeof icons.left) => (
    <IconButton label={`${name}: ${title}`} title={name} icon={icon} onClick={() => goToPlace(zone, by)} />
  )
  return (
    <div className="zone-walk">
      {step(-1, said.previous, icons.left)}
      <span className="zone-at" aria-live="polite">
        {said.position((at ?? 0) + 1, zone.places.length)}
      </span>
      {step(1, said.next, icons.right)}
      <button type="button" className="quiet small zone-focus" aria-label={said.focusWhy(title)} onClick={focus}>
        {icons.focus}
        {said.focus}
      </button>
    </div>
  )
}
