import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameLabels } from '../model/go-name.ts'
import { drawable, LabelFitter, type TextMeasure } from './label.ts'

/** Every letter is 6 px wide. */
const measure: TextMeasure = { width: (text) => [...text].length * 6, advance: () => 6 }
const fitter = new LabelFitter(measure, () => nameLabels(drawable('net/http.(*conn).serve')))

describe('labels', () => {
  it('take the longest form that fits, then an ellipsis, then nothing', () => {
    expect(fitter.fit(0, 200)).toMatchObject({ text: 'net/http.(*conn).serve', prefix: 9, width: 132, prefixWidth: 54 })
    expect(fitter.fit(0, 131)?.text).toBe('http.(*conn).serve')
    expect(fitter.fit(0, 107)?.text).toBe('(*conn).serve')
    expect(fitter.fit(0, 77)?.text).toBe('serve')
    expect(fitter.fit(0, 29)?.text).toBe('ser…')
    expect(fitter.fit(0, 23)).toBeNull()
    expect(fitter.fit(0, 0)).toBeNull()
  })

  it('come in portions where many functions are new', () => {
    const fresh = new LabelFitter(measure, (func) => nameLabels(`main.f${func}`))
    fresh.allow(1)
    expect(fresh.fit(1, 200)?.text).toBe('main.f1')
    expect(fresh.starved).toBe(false)
    expect(fresh.fit(2, 200)).toBeNull()
    expect(fresh.starved).toBe(true)
    expect(fresh.fit(1, 100)?.text).toBe('main.f1')
    fresh.allow(1)
    expect(fresh.fit(2, 200)?.text).toBe('main.f2')
    expect(fresh.starved).toBe(false)
  })

  it('never are wider than their room, and have three letters before the ellipsis', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
        fc.integer({ min: 1, max: 400 }),
        (name, room) => {
          const label = new LabelFitter(measure, () => nameLabels(drawable(name))).fit(0, room)
          if (!label) return
          expect(measure.width(label.text)).toBeLessThanOrEqual(room)
          if (label.text.endsWith('…') && !name.endsWith('…')) expect([...label.text].length).toBeGreaterThanOrEqual(4)
        },
      ),
    )
  })

  it('do not measure a name that is far too long', () => {
    const asked: number[] = []
    const counting: TextMeasure = {
      width: (text) => {
        asked.push(text.length)
        return text.length * 6
      },
      advance: () => 6,
    }
    expect(new LabelFitter(counting, () => nameLabels(drawable('x'.repeat(10_000)))).fit(0, 100)?.text).toBe(
      `${'x'.repeat(15)}…`,
    )
    expect(asked).toEqual([])
  })

  it('show marks that would hide or reorder text', () => {
    expect(drawable('a\u202eb\u0007c')).toBe('a�b�c')
    expect(drawable('名前.f')).toBe('名前.f')
  })
})
