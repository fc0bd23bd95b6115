import { expect, it } from 'vitest'
import { shownRows } from './answer-rows.ts'

it('rows that are not shown are counted', () => {
  const rows = (count: number) => Array.from({ length: count }, (_, i) => i)
  for (const count of [0, 1, 3, 4, 50, 51, 230]) {
    const few = shownRows(rows(count), false)
    expect(few.shown.length).toBe(Math.min(3, count))
    expect(few.left).toBe(0)
    const all = shownRows(rows(count), true)
    expect(all.shown.length).toBe(few.shown.length + few.more)
    expect(all.shown.length + all.left).toBe(count)
  }
})
