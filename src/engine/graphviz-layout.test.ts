import { Graphviz } from '@hpcc-js/wasm-graphviz'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type DotEdge, type DotNode, graphDot, readPlaces } from '../core/layout/graph-dot.ts'

const graphviz = await Graphviz.load()
const layOut = (nodes: readonly DotNode[], edges: readonly DotEdge[]) =>
  readPlaces(graphviz.layout(graphDot(nodes, edges), 'json0' as 'json', 'dot'), nodes.length, edges.length)

const node = fc.record({ width: fc.integer({ min: 60, max: 300 }), height: fc.integer({ min: 30, max: 120 }) })
const graph = fc.array(node, { minLength: 2, maxLength: 25 }).chain((nodes) =>
  fc.record({
    nodes: fc.constant(nodes),
    edges: fc.uniqueArray(
      fc
        .record({
          from: fc.integer({ min: 0, max: nodes.length - 1 }),
          to: fc.integer({ min: 0, max: nodes.length - 1 }),
          share: fc.double({ min: 0, max: 1, noNaN: true }),
          thickness: fc.double({ min: 1, max: 6, noNaN: true }),
          width: fc.integer({ min: 20, max: 60 }),
          height: fc.integer({ min: 12, max: 30 }),
        })
        .filter(({ from, to }) => from !== to),
      { maxLength: 40, selector: ({ from, to }) => `${from} ${to}` },
    ),
  }),
)

/** Texts have some room around them, of which Graphviz may take a little. */
const SLACK = 3

const apart = (a: number[], b: number[]) => {
  const [ax = 0, ay = 0, aw = 0, ah = 0] = a
  const [bx = 0, by = 0, bw = 0, bh = 0] = b
  return Math.abs(ax - bx) >= (aw + bw) / 2 - SLACK || Math.abs(ay - by) >= (ah + bh) / 2 - SLACK
}

/** Distance of a point from a box around a middle, 0 inside. */
const outside = (x: number, y: number, { width, height }: DotNode, [boxX = 0, boxY = 0]: number[]) =>
  Math.hypot(Math.max(0, Math.abs(x - boxX) - width / 2), Math.max(0, Math.abs(y - boxY) - height / 2))

it('boxes and what is written on arrows never touch, and each arrow goes from its caller to its callee', () => {
  fc.assert(
    fc.property(graph, ({ nodes, edges }) => {
      const places = layOut(nodes, edges)
      const middle = (i: number) => [...places.node.subarray(2 * i, 2 * i + 2)]
      const boxes = nodes.map(({ width, height }, i) => [...middle(i), width, height])
      const labels = edges.map(({ width, height }, e) => [...(places.edges[e]?.label ?? []), width, height])
      const all = [...boxes, ...labels]
      for (const [i, a] of all.entries()) for (const b of all.slice(i + 1)) expect(apart(a, b)).toBe(true)
      for (const [e, { from, to, thickness }] of edges.entries()) {
        const { curve = [], tip = [0, 0] } = places.edges[e] ?? {}
        expect(curve.length % 6).toBe(2)
        const room = 4 + thickness
        expect(outside(curve[0] ?? 0, curve[1] ?? 0, nodes[from] as DotNode, middle(from))).toBeLessThan(room)
        expect(outside(tip[0], tip[1], nodes[to] as DotNode, middle(to))).toBeLessThan(room)
      }
      for (const [x = 0, y = 0, width = 0, height = 0] of boxes) {
        expect(x - width / 2).toBeGreaterThan(-1)
        expect(y - height / 2).toBeGreaterThan(-1)
        expect(x + width / 2).toBeLessThan(places.width + 1)
        expect(y + height / 2).toBeLessThan(places.height + 1)
      }
    }),
    { numRuns: 60 },
  )
})

it('the first node without callers stands at the top', () => {
  const places = layOut(
    [
      { width: 90, height: 40 },
      { width: 90, height: 40 },
    ],
    [{ from: 0, to: 1, share: 1, thickness: 6, width: 40, height: 14 }],
  )
  expect(places.node[1]).toBeCloseTo(20, 0)
  expect(places.node[3]).toBeGreaterThan(60)
})

it('refuses an answer to another graph', () => {
  expect(() => readPlaces('{"bb":"0,0,10,10","edges":[]}', 1, 1)).toThrow('number of edges')
})
