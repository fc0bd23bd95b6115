import { expect, test } from 'vitest'
import { formatPair, pairOf } from './pair.ts'
import { formatOperations, isPossible, operationsOf, type PairFacts, scaleOf } from './scales.ts'

test('every pair that there is reads as it is written', () => {
  for (let sources = 2; sources <= 20; sources++) {
    expect(formatPair({ base: 0, current: sources - 1 }, sources)).toBe('')
    for (let current = 0; current < sources; current++) {
      for (let base = -1; base < sources; base++) {
        if (base === current) continue
        const pair = { base: base < 0 ? null : base, current }
        expect(pairOf(formatPair(pair, sources), sources)).toEqual(pair)
      }
    }
  }
})

test('what is no pair is the first and the last one', () => {
  for (const text of ['3-0', '0-3', '1-1', '7', '-1', 'x', '0-1-2']) {
    expect(pairOf(text, 3)).toEqual({ base: 0, current: 2 })
  }
  expect(pairOf('', 1)).toEqual({ base: null, current: 0 })
})

test('operations read as they are written', () => {
  expect(operationsOf('100,250', 3)).toEqual([100, 250, 0])
  expect(operationsOf(',-1,x', 3)).toEqual([0, 0, 0])
  expect(formatOperations([0, 250, 0])).toBe('0,250,0')
  expect(formatOperations([0, 0])).toBe('')
})

const CPU = { type: 'cpu', unit: 'nanoseconds' }
const HEAP = { type: 'inuse_space', unit: 'bytes' }
const facts = (base: Partial<PairFacts['base']>, current: Partial<PairFacts['base']>): PairFacts => {
  const nothing = { durationNs: 0, total: 0, operations: 0 }
  return { base: { ...nothing, ...base }, current: { ...nothing, ...current } }
}

test('where nothing is asked, what runs for different times is per second, and what stands in memory is as measured', () => {
  const different = facts({ durationNs: 30e9 }, { durationNs: 10e9 })
  expect(scaleOf('', CPU, different)).toBe('second')
  expect(scaleOf('', HEAP, different)).toBe('measured')
  expect(scaleOf('', CPU, facts({ durationNs: 30e9 }, { durationNs: 30.02e9 }))).toBe('measured')
  expect(scaleOf('', CPU, facts({ durationNs: 30e9 }, {}))).toBe('measured')
})

test('a scale that cannot be had is as measured', () => {
  const nothing = facts({}, {})
  for (const scale of ['second', 'share', 'operation'] as const) {
    expect(isPossible(scale, nothing)).toBe(false)
    expect(scaleOf(scale, CPU, nothing)).toBe('measured')
  }
  const all = facts({ durationNs: 1, total: -1, operations: 1 }, { durationNs: 1, total: 1, operations: 2 })
  for (const scale of ['measured', 'second', 'share', 'operation'] as const) {
    expect(isPossible(scale, all)).toBe(true)
    expect(scaleOf(scale, CPU, all)).toBe(scale)
  }
})
