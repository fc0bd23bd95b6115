import { expect, test } from 'vitest'
import { shadeOf, stepOf } from './row-shade.ts'
import { parseColorBy, STEPS, scales } from './shade.ts'

const none = { scale: null, over: null, under: null, factor: 1, raw: null, lit: null, width: new Float64Array(5) }

test('values fall into the step whose limits hold them', () => {
  const scale = scales['in-use']
  expect(stepOf(scale, 0)).toBe(0)
  expect(stepOf(scale, 0.02)).toBe(1)
  expect(stepOf(scale, 0.3)).toBe(3)
  expect(stepOf(scale, 1)).toBe(STEPS - 1)
  for (const { limits } of Object.values(scales)) {
    expect(limits).toHaveLength(STEPS - 1)
    expect([...limits].sort((a, b) => a - b)).toEqual(limits)
  }
})

test('equal shares of both types are the middle; merged boxes and nothing over nothing have no step', () => {
  const over = Float64Array.of(100, 50, 0, Number.NaN)
  const under = Float64Array.of(10, 5, 0, Number.NaN)
  const shade = shadeOf(4, { ...none, scale: scales.type, over, under, factor: 10 / 100 })
  expect([...(shade?.step ?? [])]).toEqual([3, 3, -1, -1])
})

test('one to three samples are few, none and merged boxes are not', () => {
  const shade = shadeOf(5, { ...none, raw: Float64Array.of(0, 1, 3, 4, Number.NaN) })
  expect([...(shade?.faint ?? [])]).toEqual([0, 1, 1, 0, 0])
  expect(shade?.step).toBeNull()
  expect(shadeOf(5, none)).toBeNull()
})

test('boxes of which less than half is singled out are dim; nothing is where nothing is', () => {
  const width = Float64Array.of(10, 10, 10, 4, 0)
  const shade = shadeOf(5, { ...none, width, lit: Float64Array.of(9, 5, 4, 0, Number.NaN) })
  expect([...(shade?.dim ?? [])]).toEqual([0, 0, 1, 1, 0])
  expect(shade?.faint).toBeNull()
  expect(shadeOf(5, { ...none, width, lit: new Float64Array(5) })).toBeNull()
})

test('links name colourings', () => {
  expect(parseColorBy('in-use', false)).toEqual({ by: 'in-use' })
  expect(parseColorBy('retained', false)).toEqual({ by: 'in-use' })
  expect(parseColorBy('type:inuse_space', false)).toEqual({ by: 'type', type: 'inuse_space' })
  expect(parseColorBy('anything', false)).toEqual({ by: 'package' })
})
