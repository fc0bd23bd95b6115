import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brushed, centered, type Grip, gripAt } from './brush.ts'

describe('the window of a minimap', () => {
  it('is taken by its edges, by its middle, or drawn anew beside it', () => {
    const window = [0.2, 0.6] as const
    expect(gripAt(0.195, window, 0.01)).toBe('low')
    expect(gripAt(0.605, window, 0.01)).toBe('high')
    expect(gripAt(0.4, window, 0.01)).toBe('move')
    expect(gripAt(0.1, window, 0.01)).toBe('new')
    expect(gripAt(0, [0, 1], 0.01)).toBe('new')
    // However narrow, there is something to move it by.
    expect(gripAt(0.5, [0.499, 0.501], 0.01)).toBe('move')
  })

  it('moves with the pointer, stretches at its edges, and turns over where it is drawn across itself', () => {
    expect(brushed('move', [0.2, 0.6], 0.3, 0.4, 0.01)).toEqual([expect.closeTo(0.3), expect.closeTo(0.7)])
    expect(brushed('move', [0.2, 0.6], 0.3, 5, 0.01)).toEqual([expect.closeTo(0.6), expect.closeTo(1)])
    expect(brushed('low', [0.2, 0.6], 0.2, 0.3, 0.01)).toEqual([0.3, 0.6])
    expect(brushed('high', [0.2, 0.6], 0.6, 0.1, 0.01)).toEqual([0.1, 0.2])
    expect(brushed('new', [0.2, 0.6], 0.9, 0.7, 0.01)).toEqual([0.7, 0.9])
  })

  it('stays inside and keeps its least width', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    const far = fc.double({ min: -2, max: 3, noNaN: true })
    const grip = fc.constantFrom<Grip>('move', 'low', 'high', 'new')
    fc.assert(
      fc.property(grip, share, share, share, far, (grip, a, b, from, to) => {
        const window = [Math.min(a, b), Math.max(a, b)] as const
        fc.pre(window[1] - window[0] > 0.001)
        const [lo, hi] = brushed(grip, window, from, to, 0.001)
        expect(lo).toBeGreaterThanOrEqual(-1e-12)
        expect(hi).toBeLessThanOrEqual(1 + 1e-12)
        expect(hi - lo).toBeGreaterThanOrEqual(0.001 - 1e-12)
        if (grip === 'move') expect(hi - lo).toBeCloseTo(window[1] - window[0], 9)
      }),
    )
  })

  it('is centred on a place without leaving', () => {
    expect(centered([0.1, 0.3], 0.5)).toEqual([expect.closeTo(0.4), expect.closeTo(0.6)])
    expect(centered([0.1, 0.3], 0.95)).toEqual([expect.closeTo(0.8), expect.closeTo(1)])
    expect(centered([0, 1], 0.7)).toEqual([0, 1])
  })
})
