/** What a row of the table is called in links: the same in every part of the time, whatever other rows there are. */
import type { Annotated } from '../../../core/trace/answers/annotations.ts'
import { LONGEST } from './fields.ts'

export const rowKey = ({ kind, name, place }: Pick<Annotated, 'kind' | 'name' | 'place'>): string =>
  `${kind}:${name}@${place}`.slice(0, LONGEST)

/** -1 where there is no such row: links of before had a number, which meant another row in every time. */
export const rowOfKey = (rows: readonly Annotated[], key: string): number =>
  key === '' ? -1 : rows.findIndex((row) => rowKey(row) === key)
