import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Spans } from './spans.ts'

/** Moments at which it is so, of the first hundred. */
type Moments = readonly boolean[]

const edges = fc.array(fc.tuple(fc.nat(90), fc.nat(9)), { maxLength: 12 })
const spansOf = (list: readonly (readonly [number, number])[]) =>
  Spans.union(
    Float64Array.from(list, ([from]) => from),
    Float64Array.from(list, ([from, length]) => from + length),
  )
const momentsOf = (list: readonly (readonly [number, number])[]): Moments =>
  Array.from({ length: 100 }, (_, at) => list.some(([from, length]) => from <= at && at < from + length))
const count = (moments: Moments) => moments.filter((is) => is).length

function expectSame(spans: Spans, moments: Moments): void {
  expect(spans.total).toBe(count(moments))
  for (let i = 0; i + 1 < spans.length; i++) expect(spans.to[i]).toBeLessThanOrEqual(spans.from[i + 1])
  for (const [from, to] of [
    [0, 100],
    [10, 37],
    [37, 38],
    [50, 50],
  ])
    expect(spans.within(from, to)).toBe(count(moments.slice(from, to)))
}

it('unions, intersections and differences are those of their moments', () => {
  fc.assert(
    fc.property(edges, edges, (a, b) => {
      const [inA, inB] = [momentsOf(a), momentsOf(b)]
      expectSame(spansOf(a), inA)
      expectSame(
        spansOf(a).and(spansOf(b)),
        inA.map((is, i) => is && inB[i]),
      )
      expectSame(
        spansOf(a).without(spansOf(b)),
        inA.map((is, i) => is && !inB[i]),
      )
    }),
    { numRuns: 2000 },
  )
})
