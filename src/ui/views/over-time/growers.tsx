/** What grows, the steepest first: how fast, how certainly, and where. */
import { type FormEvent, useState } from 'react'
import type { Grower, OwnLine, PathGrower } from '../../../core/compare/series.ts'
import type { SeriesChart } from '../../../core/compare/series-chart.ts'
import { shortName } from '../../../core/model/go-name.ts'
import { formatExact, formatShare, formatValue } from '../../../core/model/units.ts'
import { rowOf } from '../../../state/rows.ts'
import type { SeriesReply } from '../../../state/store.ts'
import { IconButton } from '../../parts/icon-button.tsx'
import { icons } from '../../parts/icons.tsx'
import { useField, useSession, useStore } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { valueFilter } from '../labels/label-filters.ts'
import { minutesText, paceOf } from './amounts.ts'
import { GROUPS, type Group } from './groups.ts'
import { messages } from './messages.ts'
import styles from './over-time.module.css'
import { groupField, limitField } from './requests.ts'
import type { Snapshots } from './snapshots.ts'
import { Sparkline } from './sparkline.tsx'

/** "decode.go:49" */
export const placeOfLine = ({ file, line }: OwnLine): string => `${file.slice(file.lastIndexOf('/') + 1)}:${line}`

interface Props {
  reply: SeriesReply
  chart: SeriesChart
  unit: string
  snapshots: Snapshots
}

export function Growers({ reply, chart, unit, snapshots }: Props) {
  const m = useMessages(messages)
  const asked = useField(groupField)
  const group = GROUPS.find((id) => id === asked && reply[id].length > 0) ?? 'growers'
  const list: readonly Grower[] = reply[group]
  const more = reply.more[group]
  return (
    <section className={styles.growers}>
      <div className={styles.growersHead}>
        <h3>{m.growers}</h3>
        <Groups reply={reply} group={group} />
        <Limit reply={reply} unit={unit} />
      </div>
      {list.length === 0 ? (
        <p className={styles.none}>{m.none}</p>
      ) : (
        <ol aria-label={m.growers}>
          {list.map((grower) => (
            <GrowerItem
              key={`${group} ${'path' in grower ? (grower as PathGrower).path.join('\n') : grower.name}`}
              grower={grower}
              group={group}
              reply={reply}
              chart={chart}
              unit={unit}
              snapshots={snapshots}
            />
          ))}
        </ol>
      )}
      {more > 0 && <p className={styles.none}>{m.more(more)}</p>}
    </section>
  )
}

/** Only what grows by more than one of them can be told apart. */
function Groups({ reply, group }: { reply: SeriesReply; group: Group }) {
  const m = useMessages(messages)
  const { setField } = useSession()
  const offered = GROUPS.filter((id) => id === 'growers' || reply[id].length > 0)
  return (
    offered.length > 1 && (
      <div className={`types ${styles.groups}`} role="radiogroup" aria-label={m.by}>
        {offered.map((id) => (
          <label key={id}>
            <input
              type="radio"
              name="series-by"
              checked={id === group}
              onChange={() => setField(groupField, id === 'growers' ? '' : id)}
            />
            <span>{m.groups[id]}</span>
          </label>
        ))}
      </div>
    )
  )
}

/** Taken over when it is left or entered. */
function Limit({ reply, unit }: { reply: SeriesReply; unit: string }) {
  const limit = useField(limitField)
  return reply.timed && <LimitInput key={limit} typed={limit} reply={reply} unit={unit} />
}

function LimitInput({ typed, reply, unit }: { typed: string; reply: SeriesReply; unit: string }) {
  const m = useMessages(messages)
  const { setField } = useSession()
  const settled = useStore((s) => s.answers.series?.state === 'current')
  const [text, setText] = useState(typed)
  const take = (event?: FormEvent) => {
    event?.preventDefault()
    setField(limitField, text.trim())
  }
  const bad = typed !== '' && settled && reply.limit === null
  const example = /B$/.test(formatValue(1, unit)) ? '2GiB' : '10000'
  return (
    <form className={styles.limit} onSubmit={take}>
      <label title={m.limitWhy}>
        <span>{m.limit}</span>
        <input
          type="text"
          value={text}
          placeholder={example}
          maxLength={40}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={bad}
          aria-describedby="series-limit-problem"
          onChange={(event) => setText(event.target.value)}
          onBlur={() => take()}
        />
      </label>
      <span id="series-limit-problem" role="status">
        {bad && m.badLimit(typed, example)}
      </span>
    </form>
  )
}

interface ItemProps extends Props {
  grower: Grower | PathGrower
  group: Group
}

function GrowerItem({ grower, group, reply, chart, unit, snapshots }: ItemProps) {
  const m = useMessages(messages)
  const [open, setOpen] = useState(false)
  const show = useShowGrower()
  const { name, line, first, last, grew, of, share, kept, certain, minutesToLimit } = grower
  const { limit, points } = reply
  const isFunction = group === 'growers' || group === 'functions'
  const label = isFunction ? shortName(name) : name
  const path = 'path' in grower ? grower.path : null
  const value = (v: number) => formatValue(v, unit)
  const fills =
    limit === null || minutesToLimit === null || !certain
      ? ''
      : minutesToLimit === 0
        ? m.reached(value(limit))
        : m.fillsAlone(value(limit), minutesText(m, minutesToLimit))
  const end = path?.at(-1)
  return (
    <li className={styles.grower}>
      <div className={styles.growerHead}>
        <button
          type="button"
          className={styles.name}
          title={group === 'labels' ? m.keepOnly(name) : m.goTo(name)}
          onClick={() => show(grower, group)}
        >
          <bdi>{label}</bdi>
          {line && group === 'growers' && <span className={styles.place}>{placeOfLine(line)}</span>}
        </button>
        <b className={styles.pace}>{paceOf(m, grower, unit)}</b>
        <Sparkline
          x={chart.x}
          domain={[Math.min(...chart.x), Math.max(...chart.x)]}
          values={chart.rows.map((row) => grower.values[row] ?? 0)}
        />
        <span className={styles.certainty} data-certain={certain} title={certain ? m.certainWhy : m.notCertainWhy}>
          {certain ? m.certain : m.notCertain}
        </span>
        <IconButton
          label={m.details(label)}
          icon={icons[open ? 'up' : 'down']}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        />
      </div>
      <p className={styles.facts}>
        <span>
          {value(first)} → {value(last)}
        </span>
        <span>{m.grew(grew, of)}</span>
        {share !== null && <span>{m.ofGrowth(formatShare(share))}</span>}
        {kept !== null && <span>{m.keeps(formatShare(kept))}</span>}
        {fills !== '' && <strong>{fills}</strong>}
        {end !== undefined && end !== line?.func && end !== name && (
          <span title={end}>
            → <bdi>{shortName(end)}</bdi>
          </span>
        )}
      </p>
      {open && (
        <div className={styles.more}>
          <table>
            <tbody>
              {points.map(({ source }, row) => (
                <tr key={source}>
                  <th scope="row">{snapshots.of(row).name}</th>
                  <td>{snapshots.of(row).time}</td>
                  <td title={formatExact(grower.values[row] ?? 0, unit)}>{value(grower.values[row] ?? 0)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {path && (
            <ol className={styles.path} aria-label={m.path}>
              {path.map((func, i) => (
                // A recursive function is in it more than once.
                // biome-ignore lint/suspicious/noArrayIndexKey: steps have no other identity than their place
                <li key={i}>
                  <button
                    type="button"
                    title={m.goTo(func)}
                    onClick={() => show({ ...grower, path: path.slice(0, i + 1) }, group)}
                  >
                    <bdi>{shortName(func)}</bdi>
                  </button>
                </li>
              ))}
            </ol>
          )}
        </div>
      )}
    </li>
  )
}

/** Goes to what grows in the flame graph: to its path where boxes bear the names of its functions, else to the function. */
function useShowGrower() {
  const { addFilter, change, get, showInGraph } = useSession()
  return ({ name, line, ...rest }: Grower | PathGrower, of: Group) => {
    if (of === 'labels') {
      const at = name.indexOf('=')
      addFilter('tagFocus', valueFilter({ key: name.slice(0, at), unit: '' }, name.slice(at + 1)))
      change({ page: '' }, 'push')
      return
    }
    const boxes = get().answers.tree?.profile
    const path = 'path' in rest ? rest.path : []
    const zoom = boxes ? path.map((func) => boxes.info.hash[rowOf(boxes, func)] ?? -1) : []
    const func = path.at(-1) ?? name
    if (zoom.length === 0 || zoom.includes(-1)) showInGraph(line?.func ?? name)
    else change({ page: '', func, zoom, zoomName: shortName(func), window: null }, 'push')
  }
}
