/** The line of a comparison: which of its profiles are compared, what lies between them, and on which scale. */
import { type FormEvent, Fragment, useId, useState } from 'react'
import { spanOf } from '../../core/model/span.ts'
import { PERCENT_OF, type Scale } from '../../core/query/options.ts'
import { formatPair, type Pair, pairOf } from '../../core/query/pair.ts'
import { formatOperations, isPossible, operationsOf, type PairFacts, scaleOf } from '../../core/query/scales.ts'
import type { ProfileInfo, SideInfo } from '../../state/store.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { icons } from '../parts/icons.tsx'
import { useSession, useStore, useView } from '../session.ts'
import { useWords } from '../words/index.ts'
import { useMessages } from '../words/use-messages.ts'
import { OperationsMenu, useBenchmarkOperations } from './benchmark-operations.tsx'
import classes from './compare.module.css'
import { type CompareMessages, messages } from './messages.ts'
import { shortName, sideLabels } from './side-names.ts'

interface Props {
  /** Of a comparison, as it was opened. */
  info: ProfileInfo
  sampleType: number
}

const SCALES: readonly Scale[] = ['measured', 'second', 'share', 'operation']
const NONE = 'none'

function factsOf(sides: readonly SideInfo[], { base, current }: Pair, operations: string, type: number): PairFacts {
  const counts = operationsOf(operations, sides.length)
  const of = (i: number) => ({
    durationNs: sides[i]?.durationNs ?? 0,
    total: sides[i]?.totals[type] ?? 0,
    operations: counts[i] ?? 0,
  })
  return { base: of(base ?? current), current: of(current) }
}

/** "heap-0 → heap-3, 4 min 12 s later, both of build 2bbd0635": as much of it as the files say. */
function comparedText(m: CompareMessages, sides: readonly SideInfo[], pair: Pair): string {
  const current = sides[pair.current]
  const base = pair.base === null ? undefined : sides[pair.base]
  if (!current) return ''
  if (!base) return m.alone(shortName(current.name))
  const parts = [`${shortName(base.name)} → ${shortName(current.name)}`]
  if (base.timeNs > 0 && current.timeNs > 0) {
    const span = spanOf(current.timeNs - base.timeNs)
    const text = span.map(({ amount, unit }) => `${amount} ${m.spanUnits[unit]}`).join(' ')
    if (span.length === 0) parts.push(m.sameTime)
    else parts.push(current.timeNs > base.timeNs ? m.later(text) : m.earlier(text))
  }
  const known = (what: 'program' | 'buildId') => base[what] !== '' && current[what] !== ''
  if (known('program') && base.program !== current.program) parts.push(m.programs(base.program, current.program))
  if (known('buildId')) {
    const [from, to] = [base.buildId.slice(0, 8), current.buildId.slice(0, 8)]
    parts.push(base.buildId === current.buildId ? m.oneBuild(to) : m.builds(from, to))
  }
  return parts.join(m.join)
}

export function CompareBar({ info, sampleType }: Props) {
  const { compareBy, toggleName } = useSession()
  const words = useWords()
  const m = useMessages(messages)
  const view = useView('sides', 'scale', 'operations', 'matchMoved')
  const sides = info.sides ?? []
  const pair = pairOf(view.sides, sides.length)
  const { base, current } = pair
  const labels = sideLabels(sides, words.locale)
  const text = comparedText(m, sides, pair)
  const setPair = (next: Pair) => compareBy({ sides: formatPair(next, sides.length) })
  const chooseBase = (value: string) => {
    const next = value === NONE ? null : Number(value)
    // Nothing is compared with itself: what was the current one makes place.
    setPair({ base: next, current: next === current ? (base ?? other(sides, current)) : current })
  }
  const chooseCurrent = (next: number) => setPair({ base: next === base ? current : base, current: next })
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in a line
    <div className={classes.bar} role="group" aria-label={m.group}>
      <div className={classes.pair}>
        <Choice label={m.base} value={base === null ? NONE : String(base)} onChange={chooseBase}>
          {labels.map((label, i) => (
            <option key={label} value={i}>
              {label}
            </option>
          ))}
          <option value={NONE}>{m.none}</option>
        </Choice>
        <IconButton
          label={m.swap}
          icon={icons.compare}
          disabled={base === null}
          onClick={() => base !== null && setPair({ base: current, current: base })}
        />
        <Choice label={m.current} value={String(current)} onChange={(value) => chooseCurrent(Number(value))}>
          {labels.map((label, i) => (
            <option key={label} value={i}>
              {label}
            </option>
          ))}
        </Choice>
      </div>
      <p className={classes.words} title={text}>
        {text}
      </p>
      {info.moved && (
        <label className={classes.moved} title={m.matchMovedWhy}>
          <input type="checkbox" checked={view.matchMoved} onChange={() => toggleName('matchMoved')} />
          <span>{m.matchMoved(info.moved.size)}</span>
        </label>
      )}
      <Scales info={info} sampleType={sampleType} pair={pair} />
    </div>
  )
}

/** Another one to compare with. */
const other = (sides: readonly SideInfo[], at: number) => (at === sides.length - 1 ? 0 : sides.length - 1)

interface ChoiceProps {
  label: string
  title?: string
  value: string
  onChange: (value: string) => void
  children: React.ReactNode
}

function Choice({ label, title, value, onChange, children }: ChoiceProps) {
  return (
    <label className={classes.choice} title={title}>
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </select>
    </label>
  )
}

function Scales({ info, sampleType, pair }: Props & { pair: Pair }) {
  const { compareBy } = useSession()
  const m = useMessages(messages)
  const view = useView('scale', 'operations', 'percentOf')
  const id = useId()
  const type = info.sampleTypes[sampleType]
  if (!type) return null
  const facts = factsOf(info.sides ?? [], pair, view.operations, sampleType)
  const scale = scaleOf(view.scale, type, facts)
  const typing = view.scale === 'operation'
  const chosen = typing ? 'operation' : scale
  return (
    <div className={classes.scales}>
      <div className={`types ${classes.radios}`} role="radiogroup" aria-label={m.scale}>
        {SCALES.map((row) => {
          // Operations are typed once it is chosen.
          const missing = (row === 'second' || row === 'share') && !isPossible(row, facts) ? m.impossible[row] : null
          return (
            <label key={row}>
              <input
                type="radio"
                name={id}
                checked={row === chosen}
                disabled={missing !== null}
                title={missing ?? m.scaleWhy[row]}
                onChange={() => compareBy({ scale: row })}
              />
              <span>{m.scales[row]}</span>
            </label>
          )
        })}
      </div>
      {pair.base !== null && (
        <Choice
          label={m.percentOf}
          title={m.percentOfWhy}
          value={view.percentOf}
          onChange={(value) => compareBy({ percentOf: PERCENT_OF.find((of) => of === value) })}
        >
          {PERCENT_OF.map((of) => (
            <option key={of} value={of}>
              {m.percentsOf[of]}
            </option>
          ))}
        </Choice>
      )}
      {typing && <Operations sources={info.sides?.length ?? 0} pair={pair} known={scale === 'operation'} />}
    </div>
  )
}

/** How many operations each profile did, which no profile says. */
function Operations({ sources, pair, known }: { sources: number; pair: Pair; known: boolean }) {
  const { compareBy } = useSession()
  const m = useMessages(messages)
  const text = useStore((s) => s.view.operations)
  const counts = operationsOf(text, sources)
  const set = (source: number, count: number) =>
    compareBy({ operations: formatOperations(counts.map((known, i) => (i === source ? count : known))) })
  const offered = useBenchmarkOperations(pair)
  const count = (source: number, label: string) => (
    <Fragment key={source}>
      <Count key={counts[source]} label={label} count={counts[source] ?? 0} onCount={(count) => set(source, count)} />
      <OperationsMenu
        label={m.fromTextOf(label)}
        offered={offered.get(source)}
        onCount={(count) => set(source, count)}
      />
    </Fragment>
  )
  return (
    <div className={classes.operations}>
      {pair.base !== null && count(pair.base, m.operationsOfBase)}
      {count(pair.current, m.operationsOfCurrent)}
      {!known && <span role="status">{m.operationsMissing}</span>}
    </div>
  )
}

interface CountProps {
  label: string
  count: number
  onCount: (count: number) => void
}

/** Taken over when it is left or entered: each is a step to undo. */
function Count({ label, count, onCount }: CountProps) {
  const [text, setText] = useState(count > 0 ? String(count) : '')
  const take = (event?: FormEvent) => {
    event?.preventDefault()
    const typed = Math.round(Number(text))
    onCount(typed > 0 && typed < 1e15 ? typed : 0)
  }
  return (
    <form onSubmit={take}>
      <input
        type="number"
        min={1}
        max={1e15}
        step={1}
        inputMode="numeric"
        aria-label={label}
        placeholder={label}
        title={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => take()}
      />
    </form>
  )
}

/** Beside the total: the scale that it is on. */
export function ScaleNote({ info, sampleType }: Props) {
  const m = useMessages(messages)
  const view = useView('sides', 'scale', 'operations')
  const sides = info.sides ?? []
  const type = info.sampleTypes[sampleType]
  if (!type) return null
  const facts = factsOf(sides, pairOf(view.sides, sides.length), view.operations, sampleType)
  return m.scaled[scaleOf(view.scale, type, facts)]
}
