/** How each sample type goes over the snapshots, and what other open profiles of the program counted, on one axis of time. */
import { useMemo } from 'react'
import type { SeriesChart } from '../../../core/compare/series-chart.ts'
import { formatValue } from '../../../core/model/units.ts'
import { createSameProgram } from '../../../state/same-program.ts'
import type { SeriesReply } from '../../../state/store.ts'
import { isProfile, type OpenedProfile } from '../../../state/store.ts'
import { typeLabel } from '../../bar/type-switch.tsx'
import { useSession, useStore } from '../../session.ts'
import { useWords } from '../../words/index.ts'
import { useMessages } from '../../words/use-messages.ts'
import { signed } from './amounts.ts'
import { messages } from './messages.ts'
import styles from './over-time.module.css'
import type { Snapshots } from './snapshots.ts'
import { Sparkline } from './sparkline.tsx'

interface Props {
  profile: OpenedProfile
  reply: SeriesReply
  chart: SeriesChart
  snapshots: Snapshots
}

export function Strip({ profile, reply, chart, snapshots }: Props) {
  const m = useMessages(messages)
  const words = useWords()
  const { setSampleType, switchDocument } = useSession()
  const others = useOthers(profile, reply.timed)
  const { rows, x } = chart
  const times = [...x, ...others.flatMap((other) => other.x)]
  const domain = [Math.min(...times), Math.max(...times)] as const
  const { base, current } = snapshots
  const marked = [base, current].map((row) => (row === null ? -1 : rows.indexOf(row)))
  return (
    <ul className={styles.strip} aria-label={m.strip}>
      {reply.types.map(({ type, unit }, t) => {
        const values = reply.points.map(({ totals }) => totals[t] ?? 0)
        const value = values[current] ?? 0
        const change = base === null ? 0 : value - (values[base] ?? 0)
        return (
          <li key={`${type} ${unit}`}>
            <Tile
              name={typeLabel(words, profile.info, t)}
              value={formatValue(value, unit)}
              change={base === null ? '' : change === 0 ? m.unchanged : signed(change, unit)}
              action={m.show}
              pressed={t === reply.sampleType}
              onPress={() => setSampleType(t)}
            >
              <Sparkline x={x} domain={domain} values={rows.map((row) => values[row] ?? 0)} marked={marked} />
            </Tile>
          </li>
        )
      })}
      {others.map(({ id, name, unit, x, values }) => (
        <li key={id}>
          <Tile
            name={name}
            value={formatValue(values.at(-1) ?? 0, unit)}
            change={values.length > 1 ? signed((values.at(-1) ?? 0) - (values[0] ?? 0), unit) : ''}
            action={m.open}
            onPress={() => switchDocument(id)}
          >
            <Sparkline x={x} domain={domain} values={values} />
          </Tile>
        </li>
      ))}
    </ul>
  )
}

interface TileProps {
  name: string
  value: string
  change: string
  action: (name: string) => string
  pressed?: boolean
  onPress: () => void
  children: React.ReactNode
}

function Tile({ name, value, change, action, pressed, onPress, children }: TileProps) {
  return (
    <button type="button" className={styles.tile} title={action(name)} aria-pressed={pressed} onClick={onPress}>
      <span>{name}</span> <b>{value}</b> <i>{change}</i>
      {children}
    </button>
  )
}

interface Other {
  /** Of the document that the last one is in. */
  id: string
  name: string
  unit: string
  x: number[]
  values: number[]
}

/** Other kinds of profiles of the same program that are open: what they measure first, at the times they were taken. */
function useOthers(profile: OpenedProfile, timed: boolean): Other[] {
  const words = useWords()
  const documents = useStore((s) => s.documents)
  const sameProgram = useMemo(createSameProgram, [])
  return useMemo(() => {
    if (!timed) return []
    const kinds = new Map<
      string,
      { other: Other; seen: Set<string>; points: { time: number; value: number; id: string }[] }
    >()
    for (const document of documents) {
      if (!isProfile(document) || document.info.kind === profile.info.kind) continue
      const { info, id } = document
      const row = info.defaultSampleType
      const type = info.sampleTypes[row]
      if (!type || !sameProgram(document, profile)) continue
      const taken = info.sides
        ? info.sides.map((side) => ({ id: side.id, time: side.timeNs, value: side.totals[row] ?? 0 }))
        : [{ id: document.sources[0]?.id ?? id, time: info.timeNs, value: type.total }]
      const name = words.types[type.type as keyof typeof words.types] ?? type.type
      const unit = type.unit.replace(/\/(s|op)$/, '')
      const known = kinds.get(info.kind) ?? {
        other: { id, name, unit, x: [], values: [] },
        seen: new Set(),
        points: [],
      }
      kinds.set(info.kind, known)
      for (const point of taken) {
        if (point.time <= 0 || known.seen.has(point.id)) continue
        known.seen.add(point.id)
        known.points.push({ time: point.time / 1e9, value: point.value, id })
      }
    }
    return [...kinds.values()].flatMap(({ other, points }) => {
      points.sort((a, b) => a.time - b.time)
      const last = points.at(-1)
      if (!last) return []
      return [{ ...other, id: last.id, x: points.map(({ time }) => time), values: points.map(({ value }) => value) }]
    })
  }, [documents, profile, timed, sameProgram, words])
}
