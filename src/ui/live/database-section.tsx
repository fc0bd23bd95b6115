/** A database of profiles: application, labels, time, types, and what to compare with. */
import { useEffect, useState } from 'react'
import type { DatabaseState, DatabaseType, LabelMatcher } from '../../core/live/database.ts'
import type { SourceProblem } from '../../core/live/source-error.ts'
import { sayProblem } from '../../core/live/words.ts'
import { CaptureFailure, databaseState, type Range } from '../../state/live/captures.ts'
import { icons } from '../parts/icons.tsx'
import { useStore } from '../session.ts'
import { useMessages } from '../words/use-messages.ts'
import { Choice, LabelFilters, useValues } from './label-filters.tsx'
import styles from './live.module.css'
import { messages } from './messages.ts'
import { useLive, useLiveState } from './use-live.ts'

const RANGES = [900, 3600, 21_600, 86_400, 604_800, 0] as const
const COMPARISONS = ['none', 'before', 'other'] as const
/** Of an input of a local time. */
const localText = (ms: number) => new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 16)

function rangeOf(seconds: number, from: string, until: string): Range | null {
  if (seconds > 0) {
    const now = Date.now()
    return { from: now - seconds * 1000, until: now }
  }
  const range = { from: Date.parse(from), until: Date.parse(until) }
  return range.from < range.until ? range : null
}

/** What a link and a file say of a time, which must mean the same tomorrow. */
const named = ({ from, until }: Range) =>
  [from, until].map((ms) => new Date(ms).toISOString().slice(0, 16).replaceAll(':', '')).join('_')

export function DatabaseSection({ number }: { number: number }) {
  const m = useMessages(messages)
  const language = useStore((s) => s.language)
  const service = useLiveState((s) => s.services[number])
  const [seconds, setSeconds] = useState<number>(3600)
  const [from, setFrom] = useState(() => localText(Date.now() - 3_600_000))
  const [until, setUntil] = useState(() => localText(Date.now()))
  const [state, setState] = useState<DatabaseState | null>(null)
  const [problem, setProblem] = useState<SourceProblem | null>(null)
  const [asked, setAsked] = useState(0)
  const range = rangeOf(seconds, from, until)
  const isRange = range !== null
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again by the button
  useEffect(() => {
    const range = rangeOf(seconds, from, until)
    if (!range) return
    let wanted = true
    databaseState(number, range).then(
      (found) => {
        if (!wanted) return
        setState(found)
        setProblem(null)
      },
      (error: unknown) => {
        if (!(error instanceof CaptureFailure)) throw error
        if (wanted) setProblem(error.problem)
      },
    )
    return () => {
      wanted = false
    }
  }, [number, seconds, from, until, asked])
  if (!service) return null
  return (
    <section className={styles.service} aria-labelledby={`live-${number}`}>
      <h1 id={`live-${number}`}>{service.name}</h1>
      <p className={styles.lead}>{m.database.lead}</p>
      <div className={styles.card}>
        <div className={styles.fields}>
          <label>
            <span>{m.database.range}</span>
            <select value={seconds} onChange={(event) => setSeconds(Number(event.target.value))}>
              {RANGES.map((one) => (
                <option key={one} value={one}>
                  {m.database.ranges[one]}
                </option>
              ))}
            </select>
          </label>
          {seconds === 0 && (
            <>
              <Moment label={m.database.from} value={from} isWrong={!isRange} onChange={setFrom} />
              <Moment label={m.database.until} value={until} isWrong={!isRange} onChange={setUntil} />
            </>
          )}
        </div>
        {!state && !problem && <p role="status">{m.database.asking}</p>}
        {problem && (
          <div className={styles.trouble} role="alert">
            {icons.alert}
            <p>{sayProblem(problem, language)}</p>
            <button type="button" className="plain" onClick={() => setAsked(asked + 1)}>
              {m.askAgain}
            </button>
          </div>
        )}
        {state && !problem && state.types.length === 0 && <p>{m.database.nothing}</p>}
        {state && !problem && state.types.length > 0 && (
          <Query number={number} state={state} time={() => rangeOf(seconds, from, until)} isRange={isRange} />
        )}
      </div>
    </section>
  )
}

interface MomentProps {
  label: string
  value: string
  isWrong: boolean
  onChange: (value: string) => void
}

function Moment({ label, value, isWrong, onChange }: MomentProps) {
  return (
    <label>
      <span>{label}</span>
      <input
        type="datetime-local"
        aria-invalid={isWrong}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  )
}

interface QueryProps {
  number: number
  state: DatabaseState
  /** Asked when it is needed: a time that ends now is another one later. */
  time: () => Range | null
  isRange: boolean
}

function Query({ number, state: { types, labels, application }, time, isRange }: QueryProps) {
  const m = useMessages(messages)
  const { query } = useLive()
  const isBusy = useLiveState((s) => s.running.some(({ service, kind }) => service === number && kind === 'query'))
  const [app, setApp] = useState('')
  const [matchers, setMatchers] = useState<readonly LabelMatcher[]>([])
  const groups = [...new Set(types.map(({ name }) => name))]
  const [group, setGroup] = useState(groups[0] ?? '')
  const ofGroup = types.filter(({ name }) => name === (groups.includes(group) ? group : groups[0]))
  const [off, setOff] = useState<ReadonlySet<string>>(new Set())
  const chosen = ofGroup.filter(({ id }) => !off.has(id))
  const [comparison, setComparison] = useState<(typeof COMPARISONS)[number]>('none')
  const [from, setFrom] = useState(() => localText(Date.now() - 90_000_000))
  const [until, setUntil] = useState(() => localText(Date.now() - 86_400_000))
  const base = comparison === 'other' ? rangeOf(0, from, until) : null
  const apps = useValues(number, application, time)
  const isReady = isRange && chosen.length > 0 && (comparison !== 'other' || base !== null)

  function open(): void {
    // Absolute from here on: what is opened, saved and linked does not move on.
    const current = time()
    if (!current) return
    const before = { from: 2 * current.from - current.until, until: current.from }
    const other = comparison === 'before' ? before : base
    const wanted: LabelMatcher[] = [
      ...(app === '' ? [] : [{ label: application, is: '=' as const, value: app }]),
      ...matchers.filter(({ label, value }) => label !== '' && value !== ''),
    ]
    const ranges = comparison === 'none' || !other ? [current] : [other, current]
    void query(
      number,
      ranges.map((range) => ({ types: chosen.map(({ id }) => id), labels: wanted, ...range })),
      ranges.map((range) => [app, group, named(range)].filter((part) => part !== '').join('-')),
    )
  }

  const toggle = ({ id }: DatabaseType) => {
    const next = new Set(off)
    if (!next.delete(id)) next.add(id)
    setOff(next)
  }
  return (
    <>
      <div className={styles.fields}>
        {application !== '' && (
          <Choice label={m.database.application} none={m.database.every} all={apps} value={app} onChange={setApp} />
        )}
      </div>
      <LabelFilters
        number={number}
        labels={labels.filter((name) => name !== application)}
        time={time}
        matchers={matchers}
        onChange={setMatchers}
      />
      <div className={styles.fields}>
        <label>
          <span>{m.database.profile}</span>
          <select value={group} onChange={(event) => setGroup(event.target.value)}>
            {groups.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <fieldset className={styles.types}>
          <legend>{m.database.types}</legend>
          {ofGroup.map((type) => (
            <label key={type.id}>
              <input type="checkbox" checked={!off.has(type.id)} onChange={() => toggle(type)} />
              {type.type}
            </label>
          ))}
        </fieldset>
      </div>
      {ofGroup.length > 1 && <p className="caption">{m.database.typesWhy}</p>}
      <div className={styles.fields}>
        <label>
          <span>{m.database.compare}</span>
          <select
            value={comparison}
            onChange={(event) => setComparison(COMPARISONS[event.target.selectedIndex] ?? 'none')}
          >
            {COMPARISONS.map((one) => (
              <option key={one} value={one}>
                {m.database.comparisons[one]}
              </option>
            ))}
          </select>
        </label>
        {comparison === 'other' && (
          <>
            <Moment label={m.database.fromBase} value={from} isWrong={!base} onChange={setFrom} />
            <Moment label={m.database.untilBase} value={until} isWrong={!base} onChange={setUntil} />
          </>
        )}
      </div>
      <div className={styles.foot}>
        <button type="button" className="primary" disabled={!isReady || isBusy} onClick={open}>
          {comparison === 'none' ? m.database.open : m.database.openBoth}
        </button>
        {isBusy && <span role="status">{m.database.opening}</span>}
      </div>
      <p className="caption">{m.database.folded}</p>
    </>
  )
}
