import { expect, test } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { unite } from '../compare/unite.ts'
import { readProfile } from '../formats/index.ts'
import { followSeries } from './series.ts'
import { nearestSnapshot, seriesChart, smallCurve } from './series-chart.ts'

const heap = async (i: number) => {
  const { profile } = await readProfile(new Blob([fixture(`go1.27/map/heap-${i}.pb.gz`)]), { seed: 1 })
  return profile
}

async function answerOf(change: (time: bigint, i: number) => bigint = (time) => time) {
  const read = await Promise.all([0, 1, 2, 3].map(heap))
  const profiles = read.map((p, i) => ({ ...p, meta: { ...p.meta, timeNs: change(p.meta.timeNs, i) } }))
  return followSeries(unite(profiles).profile, { sampleType: 3, kind: 'heap', own: [] })
}

test('layers stand on each other and reach the total, what changes most on top', async () => {
  const answer = await answerOf()
  const { rows, x, layers } = seriesChart(answer)
  expect(rows).toEqual([0, 1, 2, 3])
  expect(x).toEqual(answer.points.map(({ time }) => (time ?? 0) / 1000))
  expect(layers[0]?.tops).toEqual(answer.points.map(({ totals }) => totals[3]))
  expect(layers.map(({ name }) => name)).toEqual([...answer.parts.map(({ name }) => name), null])
  layers.forEach((layer, i) => {
    const below = layers[i + 1]?.tops ?? rows.map(() => 0)
    expect(layer.tops.map((top, at) => top - (below[at] ?? 0))).toEqual(layer.values)
  })
})

test('files without times stand in their order; one of them among others has no place', async () => {
  const orderly = seriesChart(await answerOf(() => 0n))
  expect([orderly.rows, orderly.x]).toEqual([
    [0, 1, 2, 3],
    [0, 1, 2, 3],
  ])
  const one = await answerOf((time, i) => (i === 1 ? 0n : time))
  const { rows, x, layers } = seriesChart(one)
  expect([rows, x.length, layers[0]?.tops.length]).toEqual([[0, 1, 2], 3, 3])
  expect(one.points[3]).toMatchObject({ source: 1, leftOut: 'no-time' })
})

test('a place on the axis has its nearest snapshot', () => {
  expect([0, 4, 6, 100].map((at) => nearestSnapshot([1, 5, 9], at))).toEqual([0, 1, 1, 2])
  expect(nearestSnapshot([], 1)).toBe(-1)
})

test('a small curve reaches over its axis and begins at nothing, whatever the values', () => {
  const size = { width: 104, height: 24, pad: 2 }
  expect(smallCurve([1, 2, 5], [0, 5, 10], [1, 5], size)).toEqual({
    at: [
      [2, 22],
      [27, 12],
      [102, 2],
    ],
    zero: 22,
  })
  expect(smallCurve([1, 5], [-10, 10], [1, 5], size).zero).toBe(12)
  expect(smallCurve([3], [0], [3, 3], size)).toEqual({ at: [[2, 22]], zero: 22 })
})
