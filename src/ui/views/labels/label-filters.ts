/** The filter text that stands for one value of a label, as pprof reads it. */
import type { Tag } from '../../../core/query/tags.ts'

/** pprof splits alternatives at commas, which no escape stops; a dot matches one. */
const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll(',', '.')

/** What looks like a number or a range is one to pprof: a text that does so is put into an expression. */
const rangeLike = /^[+-]?\d+[A-Za-z]*(:([+-]?\d+[A-Za-z]*)?)?$|^:[+-]?\d+[A-Za-z]*$/

/** `key=value`, for tagFocus and tagIgnore. */
export function valueFilter(tag: Pick<Tag, 'key' | 'unit'>, value: string | number): string {
  if (typeof value === 'number') return `${tag.key}=${value}${unitText(tag.unit)}`
  const exact = `^${literal(value)}$`
  return `${tag.key}=${rangeLike.test(exact) ? `(?:${exact})` : exact}`
}

/** `key=from:to`; both ends belong to the range, as pprof has it. */
export function rangeFilter(tag: Pick<Tag, 'key' | 'unit'>, from: number, to: number): string {
  const unit = unitText(tag.unit)
  return `${tag.key}=${from}${unit}:${to - 1}${unit}`
}

const unitText = (unit: string) => (/^[A-Za-z]+$/.test(unit) ? unit : '')
