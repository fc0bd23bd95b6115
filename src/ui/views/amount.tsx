import { formatExact, formatShare, formatValue } from '../../core/model/units.ts'
import table from './table.module.css'

interface Props {
  value: number
  unit: string
  /** What the share is of. */
  whole: number
  /** Nothing instead of a zero. */
  blankZero?: boolean
}

/** A number of a table, exactly when pointed at, and its share. */
export function Amount({ value, unit, whole, blankZero = false }: Props) {
  const blank = blankZero && value === 0
  return (
    <>
      <span className={table.value} data-value title={formatExact(value, unit)}>
        {blank ? '' : formatValue(value, unit)}
      </span>
      <span className={table.share} data-share>
        {blank ? '' : formatShare(whole > 0 ? value / whole : 0)}
      </span>
    </>
  )
}
