/** Above the findings of a comparison: the verdict, whose line made it, and what became of the findings of the base. */
import { useId, useState } from 'react'
import type { BothSides, ComparedFindings as Compared, ComparedFinding, Mover } from '../../core/compare/findings.ts'
import { shortName } from '../../core/model/go-name.ts'
import { formatExact, formatShare, formatValue } from '../../core/model/units.ts'
import { pairOf } from '../../core/query/pair.ts'
import type { OpenedProfile } from '../../state/store.ts'
import { typeLabel } from '../bar/type-switch.tsx'
import { icons } from '../parts/icons.tsx'
import { useSession, useStore } from '../session.ts'
import { useWords, useZoneWords } from '../words/index.ts'
import { useMessages } from '../words/use-messages.ts'
import { CodeLine } from '../work/code-line.tsx'
import { useRuleWords } from '../work/rule-words.ts'
import styles from './findings.module.css'
import { type ComparedMessages, messages } from './findings-messages.ts'

interface Props {
  profile: OpenedProfile
  sampleType: number
  /** On the scale of the comparison. */
  unit: string
}

/** Lines of a finding that is gone. */
const MOST_LINES = 3

export function ComparedFindings({ profile, sampleType, unit }: Props) {
  const m = useMessages(messages)
  const answer = useStore((s) => s.answers.comparedFindings)
  const mine = answer?.profile.client === profile.client && answer.sampleType === sampleType ? answer : null
  if (!mine) return <p className={styles.note}>{m.waiting}</p>
  // One of the profiles alone.
  if (!mine.value) return null
  return (
    <section className={styles.card} aria-label={m.title} data-stale={mine.state === 'stale'}>
      <Verdict compared={mine.value} profile={profile} sampleType={sampleType} unit={unit} />
      <Changed compared={mine.value} profile={profile} unit={unit} />
      {mine.state === 'failed' && (
        <p className={styles.note} role="alert">
          {m.failed}
        </p>
      )}
    </section>
  )
}

const signed = (value: number, unit: string) => `${value > 0 ? '+' : ''}${formatValue(value, unit)}`
const arrow = ({ base, current }: BothSides, unit: string) =>
  `${formatValue(base, unit)} → ${formatValue(current, unit)}`

function ofBase(m: ComparedMessages, { base, current }: BothSides): string {
  if (base === 0) return m.isNew
  if (current === 0) return m.isGone
  const share = (current - base) / Math.abs(base)
  return `${share > 0 ? '+' : ''}${formatShare(share)}`
}

function placeOf({ file, line }: Mover, { files }: OpenedProfile): string {
  const path = file < 0 ? '' : files.get(file)
  return `${path.slice(path.lastIndexOf('/') + 1)}${line > 0 ? `:${line}` : ''}`
}

function Verdict({ compared, profile, sampleType, unit }: { compared: Compared } & Props) {
  const m = useMessages(messages)
  const { openFunction } = useSession()
  const sentence = useVerdict(compared, profile, sampleType, unit)
  const { total, mover, against, gcTax } = compared
  const made = (label: string, of: Mover) => {
    const name = profile.names.get(of.func)
    return (
      <div className={styles.fact}>
        <dt>{label}</dt>
        <dd>
          <button type="button" title={name} onClick={() => openFunction(name)}>
            <bdi className={styles.place}>{placeOf(of, profile)}</bdi> <bdi>{shortName(name)}</bdi>
          </button>
          <span title={formatExact(of.current - of.base, unit)}>{arrow(of, unit)}</span>
        </dd>
      </div>
    )
  }
  return (
    <>
      <h3 className={styles.verdict}>{sentence}</h3>
      {total.base !== total.current && !total.noise && (
        <p className={styles.total}>
          {arrow(total, unit)} ({ofBase(m, total)}), {m.beyond}
        </p>
      )}
      <dl className={styles.facts}>
        {mover && made(total.noise ? m.mostWithin : m.most, mover)}
        {against && made(m.against, against)}
        {gcTax && (
          <div className={styles.fact}>
            <dt>{m.tax}</dt>
            <dd>
              <span>
                {formatShare(gcTax.baseShare)} → {formatShare(gcTax.currentShare)}
              </span>
              <span>{gcTax.noise ? m.noise : arrow(gcTax, unit)}</span>
            </dd>
          </div>
        )}
      </dl>
    </>
  )
}

/** Of what is kept in memory who keeps it; of everything else how the total changed, and with which finding. */
function useVerdict({ total, mover, findings }: Compared, profile: OpenedProfile, sampleType: number, unit: string) {
  const words = useWords()
  const m = useMessages(messages)
  const rule = useRuleWords()
  const type = profile.info.sampleTypes[sampleType]?.type ?? ''
  const label = type === 'cpu' ? 'CPU' : typeLabel(words, profile.info, sampleType)
  if (total.base === total.current) return m.equal(label, formatValue(total.base, unit))
  if (total.noise) return m.within(label, arrow(total, unit))
  const name = mover && shortName(profile.names.get(mover.func))
  const difference = mover ? mover.current - mover.base : 0
  if (mover && name && type.startsWith('inuse_')) {
    const place = placeOf(mover, profile)
    if (difference > 0) return m.keptMore(name, signed(difference, unit), place)
    return m.keepsLess(name, formatValue(-difference, unit), place)
  }
  const all = `${label} ${ofBase(m, total)}`
  const first = findings.find(({ role, change }) => role === 'cause' && change !== 'same')
  if (first) return m.verdict(all, m.finding(rule(first.id).title, shares(m, first)))
  return mover && name ? m.verdict(all, m.changed(name, signed(difference, unit), placeOf(mover, profile))) : all
}

/** "50.7% → gone", "new 12%", "4% → 7%". */
function shares(m: ComparedMessages, { change, base, current }: ComparedFinding): string {
  if (change === 'gone') return `${formatShare(base.share)} → ${m.isGone}`
  if (change === 'new') return `${m.isNew} ${formatShare(current.share)}`
  return `${formatShare(base.share)} → ${formatShare(current.share)}`
}

function Changed({ compared, profile, unit }: { compared: Compared; profile: OpenedProfile; unit: string }) {
  const m = useMessages(messages)
  const rule = useRuleWords()
  const { findings } = compared
  const changed = findings.filter(({ change }) => change !== 'same')
  const same = findings.filter(({ change }) => change === 'same')
  return (
    <>
      {changed.length === 0 && findings.length > 0 && <p className={styles.note}>{m.none}</p>}
      {changed.length > 0 && (
        <ul className={styles.list} aria-label={m.list}>
          {changed.map((finding) => (
            <Row key={finding.id} finding={finding} profile={profile} unit={unit} />
          ))}
        </ul>
      )}
      {same.length > 0 && changed.length > 0 && (
        <p className={styles.note}>{m.same(same.map(({ id }) => rule(id).title).join(m.join))}</p>
      )}
    </>
  )
}

/** Opens the finding's card in the list of the current profile; what is not found there any more is read here. */
function Row({ finding, profile, unit }: { finding: ComparedFinding; profile: OpenedProfile; unit: string }) {
  const m = useMessages(messages)
  const { report } = useZoneWords()
  const { focusZone } = useSession()
  const [open, setOpen] = useState(false)
  const body = useId()
  const { id, change, base, current, blame } = finding
  const { title, meaning } = useRuleWords()(id)
  const difference = current.value - base.value
  const openCard = () => {
    focusZone(id)
    // The card is there with the next picture.
    requestAnimationFrame(() =>
      document.querySelector('.zone[data-selected="true"]')?.scrollIntoView({ block: 'nearest' }),
    )
  }
  return (
    <li>
      <button
        type="button"
        className={styles.row}
        title={current.isFound ? m.openCard(title) : m.read(title)}
        aria-expanded={current.isFound ? undefined : open}
        aria-controls={current.isFound ? undefined : body}
        onClick={current.isFound ? openCard : () => setOpen(!open)}
      >
        <span className={styles.change} data-change={change}>
          {m.changes[change]}
        </span>
        <span className={styles.name}>{title}</span>
        <span className={styles.shares}>{shares(m, finding)}</span>
        <span className={styles.value} title={formatExact(difference, unit)}>
          {signed(difference, unit)}
        </span>
        {current.isFound ? icons.right : open ? icons.up : icons.down}
      </button>
      {!current.isFound && open && (
        <div className={styles.was} id={body}>
          <p>{meaning}</p>
          {blame.length === 0 ? <p>{report.noBlame}</p> : <h4>{m.wasAt}</h4>}
          <div className="blame">
            {blame.slice(0, MOST_LINES).map((line) => (
              <CodeLine key={`${line.func} ${line.file} ${line.line}`} line={line} value="" profile={profile} />
            ))}
          </div>
        </div>
      )}
    </li>
  )
}

/** Heads the list of what is found in the current profile. */
export function FoundIn({ profile }: { profile: OpenedProfile }) {
  const m = useMessages(messages)
  const asked = useStore((s) => s.view.sides)
  const sides = profile.info.sides ?? []
  const name = sides[pairOf(asked, sides.length).current]?.name ?? ''
  return (
    <h3 className={styles.found} title={m.foundInWhy}>
      {m.foundIn(name)}
    </h3>
  )
}
