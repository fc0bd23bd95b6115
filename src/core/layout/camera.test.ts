import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textTree } from '../../testing/text-tree.ts'
import { clampShares, holderOf, travel, visiblePx, windowOf, zoomFor } from './camera.ts'
import { findBox, findPath, pathOf } from './tree-path.ts'

const t = textTree('main;work;parse 50\nmain;idle 30\ngc 20')
const path = (...names: string[]) =>
  names.map((name) => t.hash[[0, 1, 2, 3, 4].findIndex((f) => t.names.get(f) === name)])

describe('paths', () => {
  it('lead to rows and back', () => {
    for (let row = 0; row < t.tree.length; row++) {
      const steps = pathOf(t.tree, t.hash, row)
      expect(findPath(t.tree, t.hash, steps)).toEqual({ row, found: steps.length })
      expect(findBox(t.tree, t.hash, steps, t.tree.pathHash[row])).toBe(row)
    }
  })

  it('end at the deepest box that exists', () => {
    expect(findPath(t.tree, t.hash, [...path('main'), 12345, 6])).toEqual({ row: t.row('main'), found: 1 })
    expect(findBox(t.tree, t.hash, [...path('main'), 12345], 1)).toBe(-1)
  })
})

describe('windows', () => {
  it('are shares of a box', () => {
    expect(windowOf(t.tree, t.row('main'), [0.5, 1])).toEqual([40, 80])
    expect(windowOf(t.tree, t.row('gc'), [0, 1])).toEqual([80, 100])
  })

  it('lie in a deepest box, which may be the one that was asked', () => {
    const [main, work, parse] = ['main', 'main;work', 'main;work;parse'].map((path) => t.row(path))
    expect(holderOf(t.tree, 0, [10, 20])).toBe(parse)
    expect(holderOf(t.tree, 0, [10, 60])).toBe(main)
    expect(holderOf(t.tree, work, [10, 20])).toBe(parse)
    expect(holderOf(t.tree, 0, [70, 90])).toBe(0)
    expect(holderOf(t.tree, parse, [10, 20])).toBe(parse)
  })

  it('stay inside and keep their size when they are pushed out', () => {
    expect(clampShares(-0.2, 0.3, 0.001)).toEqual([0, 0.5])
    expect(clampShares(0.75, 1.25, 0.001)).toEqual([0.5, 1])
    expect(clampShares(-3, 5, 0.001)).toEqual([0, 1])
    const [lo, hi] = clampShares(0.5, 0.5, 0.1)
    expect(hi - lo).toBeCloseTo(0.1)
  })

  it('travel from one to the other, and the narrower one grows evenly on the screen', () => {
    const window = fc
      .tuple(fc.double({ min: 0, max: 99, noNaN: true }), fc.double({ min: 0.001, max: 100, noNaN: true }))
      .map(([lo, size]) => [lo, lo + size] as const)
    fc.assert(
      fc.property(window, window, fc.double({ min: 0, max: 1, noNaN: true }), (from, to, s) => {
        const way = travel(from, to)
        expect(way(0)).toEqual(from)
        expect(way(1)).toEqual(to)
        const [lo, hi] = way(s)
        expect(hi).toBeGreaterThan(lo)
        expect(hi - lo).toBeLessThanOrEqual(Math.max(from[1] - from[0], to[1] - to[0]) * 1.000001)
      }),
    )
  })
})

describe('bringing a box into view', () => {
  it('zooms to the widest caller in which it is wide enough, or to itself', () => {
    const idle = t.row('main;idle')
    expect(zoomFor(t.tree, idle, 1000, 300)).toBe(0)
    expect(zoomFor(t.tree, idle, 1000, 301)).toBe(t.row('main'))
    expect(zoomFor(t.tree, idle, 1000, 400)).toBe(idle)
    expect(zoomFor(t.tree, idle, 10, 400)).toBe(idle)
  })

  it('knows how much of it is visible', () => {
    expect(visiblePx(t.tree, t.row('main'), [40, 100], 600)).toEqual({ seen: 400, whole: 800 })
    expect(visiblePx(t.tree, t.row('gc'), [0, 80], 600)).toEqual({ seen: 0, whole: 150 })
  })
})
