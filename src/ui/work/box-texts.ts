/** How a box's numbers are written, in the details line as in the tooltip. */
import type { BoxDifference } from '../../core/compare/box-difference.ts'
import type { BoxDetails } from '../../core/layout/details.ts'
import { formatShare } from '../../core/model/units.ts'
import type { Words } from '../words/index.ts'

/** "decode.go:49", '' where the file is not known. */
export function placeText({ file, line }: Pick<BoxDetails, 'file' | 'line'>): string {
  return file === '' ? '' : `${file.slice(file.lastIndexOf('/') + 1)}${line > 0 ? `:${line}` : ''}`
}

export const signed = (value: number, show: (v: number) => string) => `${value > 0 ? '+' : ''}${show(value)}`

/** How much a box became more or less, of what its base had. */
export function changeText({ base, current }: BoxDifference, words: Words['details']): string {
  if (base === 0) return words.isNew
  if (current === 0) return words.isGone
  return signed(base > 0 ? (current - base) / base : 0, formatShare)
}
