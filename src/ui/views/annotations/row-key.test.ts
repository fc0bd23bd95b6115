import { expect, it } from 'vitest'
import type { Annotated } from '../../../core/trace/answers/annotations.ts'
import { annotationField } from './fields.ts'
import { rowKey, rowOfKey } from './row-key.ts'

const row = (kind: 'task' | 'region', name: string, place: string) => ({ kind, name, place }) as Annotated
const rows = [
  row('region', 'decode', 'main.go:12'),
  row('task', 'decode', 'main.go:12'),
  row('region', 'decode', 'main.go:99'),
  row('region', '@:, ünï 任务', ''),
  row('task', 'x'.repeat(2000), 'main.go:1'),
]

it('a link finds its row by what it is, in whatever order and among whatever others', () => {
  for (const one of rows) {
    const text = annotationField.format(rowKey(one))
    const key = annotationField.parse(text ?? '') ?? ''
    for (const some of [rows, rows.toReversed(), [one]]) expect(some[rowOfKey(some, key)]).toBe(one)
    const others = rows.filter((other) => other !== one)
    expect(rowOfKey(others, key)).toBe(-1)
  }
})

it('a number of links of before, and nothing, find no row', () => {
  for (const text of ['', '0', '3']) expect(rowOfKey(rows, annotationField.parse(text) ?? '')).toBe(-1)
})
