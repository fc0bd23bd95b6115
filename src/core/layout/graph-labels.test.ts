import fc from 'fast-check'
import { expect, it } from 'vitest'
import { farLabels } from './graph-labels.ts'

const picture = { width: 1000, height: 800 }

it('labels never touch, stay inside, and the heaviest is always there', () => {
  const candidate = fc.record({
    x: fc.integer({ min: 0, max: 1000 }),
    y: fc.integer({ min: 0, max: 800 }),
    text: fc.string({ minLength: 1, maxLength: 40 }),
    weight: fc.integer({ min: 0, max: 1000 }),
  })
  fc.assert(
    fc.property(fc.array(candidate, { minLength: 1, maxLength: 80 }), fc.integer({ min: 8, max: 30 }), (all, size) => {
      const placed = farLabels(all, size, picture)
      expect(placed.length).toBeGreaterThan(0)
      const half = (text: string) => text.length * 0.29 * size
      for (const [i, a] of placed.entries()) {
        expect(a.text.length).toBeLessThanOrEqual(28)
        if (half(a.text) * 2 < picture.width) expect(a.x - half(a.text)).toBeGreaterThanOrEqual(0)
        for (const b of placed.slice(i + 1)) {
          expect(Math.abs(a.x - b.x) >= half(a.text) + half(b.text) || Math.abs(a.y - b.y) >= size).toBe(true)
        }
      }
      const heaviest = Math.max(...all.map(({ weight }) => weight))
      const first = all.find(({ weight }) => weight === heaviest)
      expect(placed.some(({ y }) => y === first?.y)).toBe(true)
    }),
  )
})
