import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeTip } from './tip-place.ts'

const point = (x: number, y: number) => ({ left: x, top: y, right: x, bottom: y })
const tip = { width: 300, height: 120 }
const view = { width: 1280, height: 800 }

describe('the place of a tooltip', () => {
  it('is below and to the right of the pointer', () => {
    expect(placeTip(point(100, 100), tip, view)).toEqual({ left: 114, top: 114 })
  })

  it('flips at the right and at the lower edge', () => {
    expect(placeTip(point(1200, 100), tip, view).left).toBe(1200 - 14 - 300)
    expect(placeTip(point(100, 760), tip, view).top).toBe(760 - 14 - 120)
  })

  it('is never on the pointer, and within the window wherever it fits', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 390 }),
        fc.integer({ min: 0, max: 700 }),
        fc.integer({ min: 40, max: 370 }),
        fc.integer({ min: 20, max: 320 }),
        (x, y, width, height) => {
          const { left, top } = placeTip(point(x, y), { width, height }, { width: 390, height: 700 })
          expect(x >= left && x <= left + width && y >= top && y <= top + height).toBe(false)
          expect(left).toBeGreaterThanOrEqual(0)
          expect(top).toBeGreaterThanOrEqual(0)
          expect(left + width).toBeLessThanOrEqual(390)
          expect(top + height).toBeLessThanOrEqual(700)
        },
      ),
    )
  })
})
