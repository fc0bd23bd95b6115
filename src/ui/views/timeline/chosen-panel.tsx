/** All that the trace says of the selected interval or range. */
import { shortName } from '../../../core/model/go-name.ts'
import type {
  Cause,
  GoroutineName,
  IntervalDetails,
  RangeDetails,
  StackLine,
} from '../../../core/trace/timeline/details.ts'
import { lengthText, timeText } from '../../../core/trace/timeline/time-text.ts'
import { IconButton } from '../../parts/icon-button.tsx'
import { icons } from '../../parts/icons.tsx'
import { useSession } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import type { Chosen } from './fields.ts'
import { messages, type TimelineMessages } from './messages.ts'
import styles from './timeline.module.css'

interface Props {
  chosen: Chosen
  /** Null: the trace has no such row in that lane; undefined: they have not come yet. */
  details: IntervalDetails | RangeDetails | null | undefined
  onClose: () => void
  onStep: (step: 1 | -1) => void
  /** To a goroutine, and an interval of it (-1 = none). */
  onGo: (goroutine: number, row: number) => void
}

export function ChosenPanel({ chosen, details, onClose, onStep, onGo }: Props) {
  const m = useMessages(messages)
  const interval = details && 'state' in details ? details : null
  const range = details && 'isWhole' in details ? details : null
  return (
    <section className={styles.chosen} aria-label={m.chosen}>
      <header className={styles.chosenHead}>
        <h2>{interval ? intervalTitle(interval, m) : range ? rangeTitle(range, m) : m.chosen}</h2>
        <span>
          {details && (
            <>
              <IconButton label={m.before} icon={icons.left} disabled={details.before < 0} onClick={() => onStep(-1)} />
              <IconButton label={m.after} icon={icons.right} disabled={details.after < 0} onClick={() => onStep(1)} />
            </>
          )}
          <IconButton label={m.closeChosen} icon={icons.close} onClick={onClose} />
        </span>
      </header>
      {details === null && <p className={styles.hint}>{m.noSuch}</p>}
      {interval && <Interval key={chosen.row} details={interval} m={m} onGo={onGo} />}
      {range && <Range details={range} m={m} onGo={onGo} />}
    </section>
  )
}

type Shared = Pick<Props, 'onGo'> & { m: TimelineMessages }

const intervalTitle = ({ goroutine, state, reason }: IntervalDetails, m: TimelineMessages) =>
  `${m.goroutine(goroutine.id)} · ${state === 'waiting' && reason !== '' ? reason : m.states[state]}`

export const rangeTitle = ({ kind, name }: RangeDetails, m: TimelineMessages) =>
  name === '' ? m.ranges[kind] : `${m.ranges[kind]} · ${name}`

function Interval({ details, m, onGo }: Shared & { details: IntervalDetails }) {
  const { goroutine, state, reason, from, to, isEnded, processor, stack, stackOf, woken, created, totals, life } =
    details
  const { fields } = m
  const stacks = [
    { of: stackOf, lines: stack },
    { of: 'woken', lines: woken?.stack ?? [] },
    { of: 'created', lines: created?.stack ?? [] },
  ] as const
  // The interval's own stack may be one of the others, which is shown once.
  const shown = stacks.filter(({ of, lines }, i) => lines.length > 0 && (i === 0 || of !== stackOf))
  return (
    <div className={styles.chosenBody}>
      <dl className={styles.facts}>
        <dt>{fields.goroutine}</dt>
        <dd>
          {goroutine.id} <bdi>{goroutine.function || m.unknown}</bdi>
        </dd>
        <dt>{fields.state}</dt>
        <dd>{m.states[state]}</dd>
        {reason !== '' && (
          <>
            <dt>{fields.reason}</dt>
            <dd>{reason}</dd>
          </>
        )}
        <dt>{fields.from}</dt>
        <dd>{timeText(from, (to - from) / 1000)}</dd>
        <dt>{fields.length}</dt>
        <dd>
          {lengthText(to - from)}
          {!isEnded && ` · ${m.goesOn}`}
        </dd>
        {processor >= 0 && (
          <>
            <dt>{fields.processor}</dt>
            <dd>{processor}</dd>
          </>
        )}
        {woken && <CauseOf label={fields.woken} cause={woken} m={m} onGo={onGo} />}
        {created && <CauseOf label={fields.created} cause={created} m={m} onGo={onGo} />}
        <dt>{fields.life}</dt>
        <dd>
          {(['running', 'runnable', 'syscall', 'waiting'] as const)
            .filter((one) => totals[one] > 0)
            .map((one) => `${m.states[one]} ${lengthText(totals[one])}`)
            .join(' · ')}
          {!life.isEnded && ` · ${m.goesOn}`}
        </dd>
      </dl>
      {shown.map(({ of, lines }) => (
        <Stack key={of} title={m.stackOf[of]} lines={lines} />
      ))}
      {shown.length === 0 && <p className={styles.hint}>{m.noStack}</p>}
    </div>
  )
}

function Range({ details, m, onGo }: Shared & { details: RangeDetails }) {
  const { from, to, isWhole, goroutine, processor, task, stack } = details
  return (
    <div className={styles.chosenBody}>
      <dl className={styles.facts}>
        <dt>{m.fields.from}</dt>
        <dd>{timeText(from, (to - from) / 1000)}</dd>
        <dt>{m.fields.length}</dt>
        <dd>
          {lengthText(to - from)}
          {!isWhole && ` · ${m.goesOn}`}
        </dd>
        {task > 0 && (
          <>
            <dt>{m.fields.task}</dt>
            <dd>{task}</dd>
          </>
        )}
        {processor >= 0 && (
          <>
            <dt>{m.fields.processor}</dt>
            <dd>{processor}</dd>
          </>
        )}
        {goroutine && (
          <>
            <dt>{m.fields.goroutine}</dt>
            <dd>
              <GoroutineButton goroutine={goroutine} row={-1} m={m} onGo={onGo} />
            </dd>
          </>
        )}
      </dl>
      {stack.length > 0 && <Stack title={m.stackOf.begun} lines={stack} />}
    </div>
  )
}

function CauseOf({ label, cause, m, onGo }: Shared & { label: string; cause: Cause }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {cause.by ? <GoroutineButton goroutine={cause.by} row={cause.interval} m={m} onGo={onGo} /> : m.byRuntime}{' '}
        {m.at(timeText(cause.at, 1000))}
      </dd>
    </>
  )
}

function GoroutineButton({ goroutine, row, m, onGo }: Shared & { goroutine: GoroutineName; row: number }) {
  return (
    <button
      type="button"
      className={styles.link}
      title={`${goroutine.function} · ${m.showIt}`}
      onClick={() => onGo(goroutine.row, row)}
    >
      {m.goroutine(goroutine.id)} <bdi>{shortName(goroutine.function || m.unknown)}</bdi>
    </button>
  )
}

function Stack({ title, lines }: { title: string; lines: readonly StackLine[] }) {
  const { openFunction, openPage } = useSession()
  const m = useMessages(messages)
  return (
    <div className={styles.stack}>
      <h3>{title}</h3>
      <ol>
        {lines.map(({ function: name, file, line }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a stack may hold a line twice
          <li key={i}>
            <button
              type="button"
              className={styles.link}
              title={`${name} · ${m.inFlame}`}
              onClick={() => {
                openPage('flame')
                openFunction(name)
              }}
            >
              <bdi>{shortName(name)}</bdi>
            </button>
            <code title={`${file}:${line}`}>
              {file.slice(file.lastIndexOf('/') + 1)}:{line}
            </code>
          </li>
        ))}
      </ol>
    </div>
  )
}
