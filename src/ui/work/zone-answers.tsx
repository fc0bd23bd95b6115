/** Above the list, the three answers that matter most: what JSON is decoded into, what the collector costs, where maps are filled by reflection. */
import type { ReactNode } from 'react'
import { shortName } from '../../core/model/go-name.ts'
import { formatShare, formatValue } from '../../core/model/units.ts'
import type { GcTax, Zone, ZoneReport } from '../../core/zones/zone.ts'
import type { OpenedProfile } from '../../state/store.ts'
import { icons } from '../parts/icons.tsx'
import { useWords, useZoneWords } from '../words/index.ts'
import { CodeLine } from './code-line.tsx'
import { useRuleWords } from './rule-words.ts'

interface Props {
  report: ZoneReport
  profile: OpenedProfile
  unit: string
}

const PAYERS = 4
const LINES = 3

interface AnswerProps {
  /** null: nothing of it is here, and there is no more to say. */
  share: number | null
  title: string
  verdict: string
  children?: ReactNode
}

function Answer({ share, title, verdict, children }: AnswerProps) {
  const line = (
    <>
      <span className="answer-share">{share === null ? '–' : formatShare(share)}</span>
      <b>{title}</b>
      <span className="answer-verdict">{verdict}</span>
    </>
  )
  if (!children) return <div className="answer answer-line answer-none">{line}</div>
  return (
    <details className="answer">
      <summary className="answer-line">
        {line}
        {icons.down}
      </summary>
      <div className="answer-body">{children}</div>
    </details>
  )
}

function Json({ json, signed }: Pick<ZoneReport, 'json'> & { signed: boolean }) {
  const words = useWords()
  const w = useZoneWords().json
  if (!json)
    return <Answer share={null} title={w.title} verdict={signed ? words.zones.noMoreJson : words.zones.noJson} />
  return (
    <Answer share={json.share} title={w.title} verdict={json.any > 0 ? w.verdict[json.verdict] : words.zones.noAny}>
      <p>{w.sentence(formatShare(json.share), formatShare(json.shareOfDecode))}</p>
    </Answer>
  )
}

const PARTS = ['assist', 'background', 'sweep', 'barriers', 'control'] as const

function Gc({ tax, profile, unit }: { tax: GcTax } & Omit<Props, 'report'>) {
  const words = useWords()
  const w = useZoneWords().gcTax
  const shown = PARTS.filter((part) => tax[part] > 0)
  const biggest = [...shown].sort((a, b) => tax[b] - tax[a])[0]
  return (
    <Answer
      share={tax.share}
      title={w.title}
      verdict={biggest === undefined ? '' : words.zones.mostly(w.parts[biggest])}
    >
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

function Meeting({ zone, profile, unit }: { zone: Zone } & Omit<Props, 'report'>) {
  const words = useWords()
  const { meaning } = useRuleWords()(zone.id)
  const title = words.zones.meet
  if (zone.state !== 'found') return <Answer share={null} title={title} verdict={words.zones.noMeet} />
  const at = zone.places[0] ? words.zones.meetIn(shortName(profile.names.get(zone.places[0].func))) : ''
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

export function ZoneAnswers({ report, profile, unit }: Props) {
  const words = useWords()
  const { gcTax: tax } = useZoneWords()
  const { kind, sampleTypes } = profile.info
  const type = sampleTypes[report.sampleType]
  const signed = type !== undefined && Math.abs(type.net) !== type.gross
  const meeting = report.zones.find((zone) => zone.id === 'reflect-overlap')
  // Profiles of waiting and of goroutines have nothing to say about any of them.
  if (!meeting || meeting.state === 'hidden') return null
  return (
    <div className="answers">
      <Json json={report.json} signed={signed} />
      {report.gcTax ? (
        <Gc tax={report.gcTax} profile={profile} unit={unit} />
      ) : (
        <Answer
          share={null}
          title={tax.title}
          verdict={kind === 'cpu' ? words.zones.noTax : words.zones.taxElsewhere}
        />
      )}
      <Meeting zone={meeting} profile={profile} unit={unit} />
    </div>
  )
}
