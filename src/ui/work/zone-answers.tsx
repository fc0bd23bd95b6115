/** Above the list: what JSON is decoded into, what the collector costs, and what nobody can see here. */
import type { ReactNode } from 'react'
import { formatShare, formatValue } from '../../core/model/units.ts'
import type { GcTax, JsonAnswer, ReasonKey, Zone, ZoneReport } from '../../core/zones/zone.ts'
import type { OpenedProfile } from '../../state/store.ts'
import { icons } from '../parts/icons.tsx'
import { useZoneWords, words } from '../words/index.ts'
import { CodeLine, OnCallers } from './code-line.tsx'
import { useRuleWords } from './rule-words.ts'

interface Props {
  report: ZoneReport
  profile: OpenedProfile
  unit: string
}

const PAYERS = 4
/** Of the rules that a kind of profile cannot show, as many are named as one reads. */
const NAMED = 6

function Answer({
  title,
  verdict,
  share,
  children,
}: {
  title: string
  verdict: string
  share?: string
  children: ReactNode
}) {
  return (
    <details className="answer">
      <summary>
        <b>{title}</b> <span className="answer-verdict">{verdict}</span>
        {share !== undefined && <b className="answer-share">{share}</b>}
        {icons.down}
      </summary>
      <div className="answer-body">{children}</div>
    </details>
  )
}

function Json({ json }: { json: JsonAnswer }) {
  const w = useZoneWords().json
  return (
    <Answer title={w.title} verdict={w.verdict[json.verdict]} share={formatShare(json.share)}>
      <p>{w.sentence(formatShare(json.share), formatShare(json.shareOfDecode))}</p>
    </Answer>
  )
}

const PARTS = ['assist', 'background', 'sweep', 'barriers', 'control'] as const

function Gc({ tax, profile, unit }: { tax: GcTax } & Omit<Props, 'report'>) {
  const w = useZoneWords().gcTax
  const shown = PARTS.filter((part) => tax[part] > 0)
  const biggest = [...shown].sort((a, b) => tax[b] - tax[a])[0]
  return (
    <Answer title={w.title} verdict={biggest === undefined ? '' : w.parts[biggest]} share={formatShare(tax.share)}>
      <p>{w.sentence(formatShare(tax.share))}</p>
      <dl className="answer-parts">
        {shown.map((part) => (
          <div key={part}>
            <dt>{w.parts[part]}</dt>
            <dd>{formatValue(tax[part], unit)}</dd>
          </div>
        ))}
        {tax.idle > 0 && (
          <div className="idle">
            <dt>{w.parts.idle}</dt>
            <dd>{formatValue(tax.idle, unit)}</dd>
          </div>
        )}
      </dl>
      {tax.payers.length > 0 && (
        <>
          <h4>{words.zones.payers}</h4>
          <div className="blame">
            {tax.payers.slice(0, PAYERS).map((p) => (
              <CodeLine
                key={`${p.func} ${p.file} ${p.line}`}
                line={p}
                value={formatValue(Math.round(p.tax), unit)}
                profile={profile}
              />
            ))}
          </div>
          <p className="zone-how">{w.estimate}</p>
        </>
      )}
    </Answer>
  )
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

function CannotShow({ report, profile, unit }: Props) {
  const { cannotShow, reasons, report: w } = useZoneWords()
  const ruleWords = useRuleWords()
  const onCallers = report.zones.filter((z) => z.state !== 'found' && z.onCallers && z.onCallers.value > 0)
  const hidden = byReason(report.zones)
  if (report.cannotShow.length + hidden.length === 0) return null
  return (
    <Answer title={w.cannotShow} verdict="">
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
                .join(words.zones.and)}
              {zones.length > NAMED && ` ${words.zones.andMore(zones.length - NAMED)}`}
            </span>
          </li>
        ))}
      </ul>
    </Answer>
  )
}

export function ZoneAnswers({ report, profile, unit }: Props) {
  return (
    <div className="answers">
      {report.json && <Json json={report.json} />}
      {report.gcTax && <Gc tax={report.gcTax} profile={profile} unit={unit} />}
      <CannotShow report={report} profile={profile} unit={unit} />
    </div>
  )
}
