import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fixturePath } from '../../testing/fixtures.ts'
import { operationsIn } from './operations.ts'
import { BenchmarkReader } from './parse.ts'

function read(...texts: string[]) {
  const reader = new BenchmarkReader()
  texts.forEach((text, i) => {
    reader.begin(`${i}.txt`)
    reader.push(text)
    reader.end()
  })
  return operationsIn(reader.finish())
}

test('iterations of every run of a benchmark are added up, by file', () => {
  const text = (version: string) => readFileSync(fixturePath(`bench/bench-${version}.txt`), 'utf8')
  // Added up from the lines of the captured file.
  const pkg = 'example.com/ingest'
  const found = read(text('1.27'), text('1.24'))
  expect(found.slice(0, 3)).toEqual([
    { name: 'BenchmarkDecodeMap', pkg, file: '0.txt', runs: 2, operations: 1987 + 2139 },
    { name: 'BenchmarkDecodeStruct', pkg, file: '0.txt', runs: 2, operations: 3571 + 4609 },
    { name: 'BenchmarkDecodeRawMessage', pkg, file: '0.txt', runs: 2, operations: 14635 + 10000 },
  ])
  expect(found.map(({ file }) => file)).toEqual([...Array(5).fill('0.txt'), ...Array(5).fill('1.txt')])
})

test('sub-benchmarks and numbers of processors run in one function; packages stay apart', () => {
  const lines = [
    'pkg: a',
    'BenchmarkX/size=1-8 100 1 ns/op',
    'BenchmarkX/size=1-16 10 1 ns/op',
    'BenchmarkX/size=2-8 1 1 ns/op 3 B/op',
    'BenchmarkXY-8 0 1 ns/op',
    'pkg: b',
    'BenchmarkX 7 1 ns/op',
  ]
  expect(read(lines.join('\n'))).toEqual([
    { name: 'BenchmarkX', pkg: 'a', file: '0.txt', runs: 3, operations: 111 },
    { name: 'BenchmarkX', pkg: 'b', file: '0.txt', runs: 1, operations: 7 },
  ])
})
