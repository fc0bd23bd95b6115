import { memo, type ReactNode } from 'react'
import { splitKeyName } from '../../../core/layout/key-name.ts'
import { familyOf } from '../../../core/model/go-name.ts'
import { formatShare, formatValue } from '../../../core/model/units.ts'
import { type NamedProfile, ownPathsOf, type TopAnswer } from '../../../state/store.ts'
import { Swatch } from '../../parts/swatch.tsx'
import { useSession, useStore } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { Amount } from '../amount.tsx'
import { type ColumnWidths, widthStyle } from '../column-width.tsx'
import { FunctionName } from '../function-name.tsx'
import { PlaceButton } from '../place-button.tsx'
import type { RowZone } from '../selected.ts'
import table from '../table.module.css'
import { type Column, meanOf } from './columns.ts'
import { messages } from './messages.ts'
import styles from './top.module.css'

interface Props {
  id: string
  i: number
  top: number
  name: string
  profile: NamedProfile
  sampleType: number
  columns: readonly Column[]
  widths: ColumnWidths
  rows: TopAnswer
  /** What a full bar stands for, in all columns. */
  most: number
  zone: RowZone | null
  matched: boolean
  selected: boolean
  onPick: (name: string) => void
}

/** What the cells of a column look like. */
const columnClass: Record<Column['kind'], string> = {
  name: table.name,
  place: table.place,
  zone: styles.zone,
  running: styles.running,
  main: styles.main,
  value: styles.other,
  mean: styles.other,
}

export const cellClass = ({ kind }: Column) => `${table.cell} ${columnClass[kind]}`

export const TopRow = memo(function TopRow(props: Props) {
  const { openFunction } = useSession()
  const m = useMessages(messages)
  const { id, i, top, name, profile, sampleType, columns, widths, rows, most, zone, matched, selected, onPick } = props
  const { sampleTypes } = profile.info
  const own = useStore(ownPathsOf)
  const { granularity } = profile.query
  const unit = (type: number) => sampleTypes[type]?.unit ?? ''
  const whole = sampleTypes[sampleType]?.total ?? 0
  const share = (v: number) => (whole > 0 ? v / whole : 0)

  const content = (column: Column): ReactNode => {
    switch (column.kind) {
      case 'name':
        return <FunctionName name={name} granularity={granularity} />
      case 'zone':
        return (
          zone && (
            <>
              <Swatch family={zone.family} number={zone.number} />
              <span className="unseen">{m.inZone(zone.number)}</span>
            </>
          )
        )
      case 'place':
        return <PlaceButton profile={profile} name={name} file={rows.file[i] ?? -1} line={rows.line[i] ?? 0} inRow />
      case 'running':
        return formatShare(share(rows.running[i] ?? 0))
      case 'value':
        return formatValue(rows[column.measure][column.type]?.[i] ?? 0, unit(column.type))
      case 'mean': {
        const mean = meanOf(rows, column, i)
        return mean === null ? '–' : formatValue(mean, unit(column.type))
      }
      case 'main': {
        const v = rows[column.measure][sampleType]?.[i] ?? 0
        const tone = zone
          ? `var(--zone-${zone.family})`
          : `var(--bar-${familyOf(splitKeyName(name, granularity).code || name, own)})`
        const width = `${(Math.abs(v) / (most || 1)) * 100}%`
        return (
          <>
            <Amount value={v} unit={unit(sampleType)} whole={whole} />
            <span className={table.bar} data-bar aria-hidden="true">
              {v !== 0 && <span style={{ width, background: tone }} />}
            </span>
          </>
        )
      }
    }
  }
  return (
    <tr
      id={id}
      className={table.row}
      aria-rowindex={i + 2}
      aria-selected={selected}
      data-match={matched || undefined}
      style={{ top }}
      onClick={() => onPick(name)}
      onDoubleClick={() => openFunction(name)}
    >
      {columns.map((column) => (
        <td key={column.id} className={cellClass(column)} style={widthStyle(widths, column.id)}>
          {content(column)}
        </td>
      ))}
    </tr>
  )
})
