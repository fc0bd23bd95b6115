/**
 * Above the list, the answers that matter most, those that have something to say: what JSON is decoded into, what the
 * collector costs, where maps are filled by reflection. The others are lines of what was looked for and not found.
 */
import type { ReactNode } from 'react'
import { shortName } from '../../core/model/go-name.ts'
import { formatShare, formatValue } from '../../core/model/units.ts'
import { FLOOR } from '../../core/zones/rule.ts'
import type { GcTax, JsonAnswer, Zone, ZoneReport } from '../../core/zones/zone.ts'
import type { OpenedProfile } from '../../state/store.ts'
import { icons } from '../parts/icons.tsx'
import { useZoneWords } from '../words/index.ts'
import { CodeLine } from './code-line.tsx'
import { usePanelWords } from './panel-words.ts'
import { useRuleWords } from './rule-words.ts'

interface Props {
  report: ZoneReport
  profile: OpenedProfile
  unit: string
}

const PAYERS = 4
const LINES = 3

interface AnswerProps {
  share: number
  title: string
  verdict: string
  children: ReactNode
}

function Answer({ share, title, verdict, children }: AnswerProps) {
  return (
    <details className="answer">
      <summary className="answer-line">
        <span className="answer-share">{formatShare(share)}</span>
        <b>{title}</b>
        <span className="answer-verdict">{verdict}</span>
        {icons.down}
      </summary>
      <div className="answer-body">{children}</div>
    </details>
  )
}

function Json({ json }: { json: JsonAnswer }) {
  const w = useZoneWords().json
  return (
    <Answer share={json.share} title={w.title} verdict={w.verdict[json.verdict]}>
      <p>{w.sentence(formatShare(json.share), formatShare(json.shareOfDecode))}</p>
    </Answer>
  )
}

const PARTS = ['assist', 'background', 'sweep', 'barriers', 'control'] as const

function Gc({ tax, profile, unit }: { tax: GcTax } & Omit<Props, 'report'>) {
  const said = usePanelWords()
  const w = useZoneWords().gcTax
  const shown = PARTS.filter((part) => tax[part] > 0)
  const biggest = [...shown].sort((a, b) => tax[b] - tax[a])[0]
  return (
    <Answer share={tax.share} title={w.title} verdict={biggest === undefined ? '' : said.mostly(w.parts[biggest])}>
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
          <h4>{said.payers}</h4>
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

function Meeting({ zone, profile, unit }: { zone: Zone } & Omit<Props, 'report'>) {
  const said = usePanelWords()
  const { meaning } = useRuleWords()(zone.id)
  const title = said.meet
  const at = zone.places[0] ? said.meetIn(shortName(profile.names.get(zone.places[0].func))) : ''
  return (
    <Answer share={zone.share} title={title} verdict={at}>
      <p>{meaning}</p>
      <div className="blame">
        {zone.blame.slice(0, LINES).map((b) => (
          <CodeLine
            key={`${b.func} ${b.file} ${b.line}`}
            line={b}
            value={formatValue(b.value, unit)}
            profile={profile}
          />
        ))}
      </div>
    </Answer>
  )
}

/** The answers that say something; null = nothing to say. */
function speaking({ zones, json, gcTax }: ZoneReport) {
  const isFound = (zone: Zone) => zone.state === 'found'
  return {
    json: json && json.share >= FLOOR ? json : null,
    gcTax: gcTax && gcTax.share >= FLOOR ? gcTax : null,
    meeting: zones.find((zone) => zone.id === 'reflect-overlap' && isFound(zone)) ?? null,
  }
}

export function ZoneAnswers({ report, profile, unit }: Props) {
  const { json, gcTax, meeting } = speaking(report)
  if (!json && !gcTax && !meeting) return null
  return (
    <div className="answers">
      {json && <Json json={json} />}
      {gcTax && <Gc tax={gcTax} profile={profile} unit={unit} />}
      {meeting && <Meeting zone={meeting} profile={profile} unit={unit} />}
    </div>
  )
}

/** Titles of the answers that have nothing to say, and why; where maps meet reflection is a rule with a line of its own. */
export function useSilentAnswers(
  report: ZoneReport,
  { info }: OpenedProfile,
): readonly { title: string; why: string }[] {
  const m = usePanelWords()
  const w = useZoneWords()
  const { json, gcTax } = speaking(report)
  const type = info.sampleTypes[report.sampleType]
  const signed = type !== undefined && Math.abs(type.net) !== type.gross
  // Profiles of waiting and of goroutines have nothing to say about any of them.
  if (report.zones.find(({ id }) => id === 'reflect-overlap')?.state === 'hidden') return []
  const { any = 0, share = 0 } = report.json ?? {}
  const noJson = any > 0 ? m.light(formatShare(share)) : report.json ? m.noAny : signed ? m.noMoreJson : m.noJson
  const noTax = report.gcTax ? m.light(formatShare(report.gcTax.share)) : info.kind === 'cpu' ? m.noTax : m.taxElsewhere
  return [
    ...(json ? [] : [{ title: w.json.title, why: noJson }]),
    ...(gcTax ? [] : [{ title: w.gcTax.title, why: noTax }]),
  ]
}
