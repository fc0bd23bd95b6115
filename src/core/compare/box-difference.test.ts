import { describe, expect, it } from 'vitest'
import { textTree } from '../../testing/text-tree.ts'
import type { CallTree } from '../query/call-tree.ts'
import { differenceOf, differenceSteps, vanished } from './box-difference.ts'

/** A tree of differences over a base; every event weighs 1. */
function compared(text: string, base: Record<string, number>): { tree: CallTree; row: (path: string) => number } {
  const { tree, row } = textTree(text)
  const of = new Float64Array(tree.length)
  const variance = new Float64Array(tree.length)
  for (const [path, value] of Object.entries(base)) of[path === '' ? 0 : row(path)] = value
  for (let r = 0; r < tree.length; r++) variance[r] = (of[r] ?? 0) * 2 + (tree.total[r] ?? 0)
  return { tree: { ...tree, sides: { base: of, variance, factors: { base: 1, current: 1 } } }, row }
}

describe('boxes of a comparison', () => {
  const { tree, row } = compared('a;b 300\na;c -200\na;d 3\na;e 30', {
    '': 1000,
    a: 1000,
    'a;b': 100,
    'a;c': 200,
    'a;d': 90,
    'a;e': 0,
  })

  it('say both sides, and what is noise', () => {
    expect(differenceOf(tree, row('a;b'))).toEqual({ base: 100, current: 400, isNoise: false })
    expect(differenceOf(tree, row('a;d'))).toEqual({ base: 90, current: 93, isNoise: true })
    expect(differenceOf({ ...tree, sides: null }, row('a;b'))).toBeNull()
  })

  it('are coloured by their change of the larger total, and grey within noise', () => {
    const steps = differenceSteps(tree)
    expect([steps[row('a;b')], steps[row('a;c')], steps[row('a;d')], steps[row('a;e')]]).toEqual([6, 0, 3, 5])
  })

  it('are hollow where nothing is left, whatever scaled sums miss by', () => {
    const gone = vanished(tree)
    expect([...gone].filter(Boolean)).toHaveLength(1)
    expect(gone[row('a;c')]).toBe(1)
    const off = { ...tree, total: tree.total.map((v, r) => (r === row('a;c') ? v + 1e-12 : v)) }
    expect(vanished(off)[row('a;c')]).toBe(1)
  })
})
