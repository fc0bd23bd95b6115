import { expect, test } from 'vitest'
import { BenchmarkReader } from './parse.ts'
import { benchmarkTables, type Order } from './table.ts'

const runs = (name: string, unit: string, ...values: number[]) =>
  values.map((value) => `Benchmark${name} 1 ${value} ${unit}\n`).join('')
const around = (value: number) => [0, 1, 2, 3, 4, 5].map((i) => value + i / 10)

function tables(files: readonly string[], { base = 0, order = 'file' as Order, text = '' } = {}) {
  const reader = new BenchmarkReader()
  for (const [i, text] of files.entries()) {
    reader.begin(`${i}.txt`)
    reader.push(text)
    reader.end()
  }
  return benchmarkTables(reader.finish(), { base, order, text, ignore: [] })
}

test('what is better follows the unit, and what the text says of it', () => {
  const text = (value: number) =>
    `Unit score better=higher\nUnit B/op better=higher\n${[
      'ns/op',
      'B/op',
      'allocs/op',
      'MB/s',
      'requests/s',
      'score',
      'widgets/op',
    ]
      .map((unit) => runs('X', unit, ...around(value)))
      .join('')}`
  const verdicts = tables([text(10), text(20)]).map(({ unit, rows }) => [unit, rows[0]?.cells[1]?.change?.verdict])
  expect(verdicts).toEqual([
    ['sec/op', 'worse'],
    ['B/op', 'better'],
    ['allocs/op', 'worse'],
    ['B/s', 'better'],
    ['requests/s', 'better'],
    ['score', 'better'],
    ['widgets/op', 'more'],
  ])
})

test('rows in the order of the file, by name, or by how far they moved, noise last', () => {
  const of = (...values: [string, number][]) => values.map(([name, v]) => runs(name, 'ns/op', ...around(v))).join('')
  const old = of(['Size10', 100], ['Size9', 100], ['Same', 100], ['Half', 100])
  const now = `${of(['Size10', 130], ['Size9', 90], ['Half', 50])}${runs('Same', 'ns/op', ...around(100))}`
  const names = (order: Order) => tables([old, now], { order })[0]?.rows.map(({ name }) => name)
  expect(names('file')).toEqual(['Size10', 'Size9', 'Same', 'Half'])
  expect(names('name')).toEqual(['Half', 'Same', 'Size9', 'Size10'])
  expect(names('change')).toEqual(['Half', 'Size10', 'Size9', 'Same'])
})

test('a table that the base is not in takes its first column, and the others compare with it', () => {
  const [only] = tables([runs('X', 'ns/op', 1), runs('Y', 'x', ...around(1)), runs('Y', 'x', ...around(2))]).slice(1)
  expect(only?.columns).toEqual([1, 2])
  expect(only?.rows[0]?.cells.map((cell) => cell?.change?.delta ?? null)).toEqual([null, '+80.00%'])
})

test('of names that hold a text only those, and their mean', () => {
  const text = runs('A/size=1-8', 'ns/op', 2) + runs('A/size=2-8', 'ns/op', 8) + runs('B-8', 'ns/op', 1000)
  const [table] = tables([text], { text: 'a/SIZE' })
  expect(table?.rows.map(({ name }) => name)).toEqual(['A/size=1-8', 'A/size=2-8'])
  expect(table?.means?.[0]?.text).toBe('4.000n')
  expect(tables([text], { text: 'nothing' })).toEqual([])
})
