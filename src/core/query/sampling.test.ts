/** The events behind what Go writes, for objects of every size, from the numbers before they were scaled. */
import { expect, it } from 'vitest'
import { largeProfile } from '../../testing/folded.ts'
import { packStrings, Strings } from '../model/strings.ts'
import { rawSamples } from './sampling.ts'

const RATE = 2 ** 19

/** As runtime/pprof writes a bucket: scaled, and cut to whole numbers. */
function bucket(caught: number, size: number) {
  const profile = largeProfile('allocs', ['main.main 1/1'])
  const scaled = 1 / -Math.expm1(-size / RATE)
  const value = ['objects', 'space'].map((what) => Math.trunc(caught * scaled * (what === 'space' ? size : 1)))
  const strings = new Strings(packStrings(['', 'main.main', 'bytes']))
  const labels = {
    start: Int32Array.of(0, 1),
    key: Int32Array.of(2),
    str: Int32Array.of(0),
    num: Float64Array.of(size),
    unit: Int32Array.of(0),
  }
  return {
    ...profile,
    strings,
    samples: { ...profile.samples, labels, value: [...value, 0, 0].map((v) => Float64Array.of(v)) },
    meta: { ...profile.meta, period: BigInt(RATE) },
  }
}

it('counts the objects that were caught, also where few large ones were cut to whole numbers', () => {
  for (const size of [16, 1024, 2 ** 17, 2 ** 19, 2 ** 20, 2 ** 23]) {
    for (const caught of [1, 2, 3, 10, 1000]) {
      const raw = rawSamples(bucket(caught, size), 'allocs', 1)
      expect(raw?.count[0]).toBe(caught)
      const p = -Math.expm1(-size / RATE)
      const spread = (size / p) * Math.sqrt(caught * (1 - p))
      expect(Math.sqrt(raw?.variance[0] ?? 0) / spread).toBeCloseTo(1, 2)
    }
  }
})

it('counts waits and ticks as they are written, and knows nothing of what is counted one by one', () => {
  expect(rawSamples(largeProfile('mutex', ['main.main 30/7']), 'mutex', 1)).toEqual({
    count: Float64Array.of(7),
    variance: Float64Array.of((30 * 1e7) ** 2 / 7),
  })
  expect(rawSamples(largeProfile('cpu', ['main.main 30']), 'cpu', 0)).toEqual({
    count: Float64Array.of(30),
    variance: Float64Array.of(30 * 1e14),
  })
  expect(rawSamples(largeProfile('goroutine', ['main.main 3']), 'goroutine', 0)).toBeNull()
})
