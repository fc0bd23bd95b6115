/** The events behind what Go writes, for objects of every size, from the numbers before they were scaled. */
import { expect, it } from 'vitest'
import { largeProfile } from '../../testing/folded.ts'
import { isNoise } from '../compare/noise.ts'
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

function binomial(objects: number, p: number): number[] {
  let ways = 1
  return Array.from({ length: objects + 1 }, (_, n) => {
    if (n > 0) ways *= (objects - n + 1) / n
    return ways * p ** n * (1 - p) ** (objects - n)
  })
}

it('counts the objects that were caught, also where few large ones were cut to whole numbers', () => {
  for (const size of [16, 1024, 2 ** 17, 2 ** 19, 2 ** 20, 2 ** 23]) {
    for (const caught of [1, 2, 3, 10, 1000]) {
      const raw = rawSamples(bucket(caught, size), 'allocs', 1)
      expect(raw?.count[0]).toBe(caught)
      const p = -Math.expm1(-size / RATE)
      const spread = (size / p) ** 2 * caught * (1 - p)
      const half = caught * (1 - p) > 0.02 ? (size / 2) ** 2 : 0
      expect((raw?.variance[0] ?? 0) / (spread + half)).toBeCloseTo(1, 1)
    }
  }
})

it('tells an object that was missed from a change, however large objects are', () => {
  let worst = 0
  for (const p of [0.01, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.94, 0.96, 0.975, 0.99, 0.999]) {
    const size = Math.round(-Math.log(1 - p) * RATE)
    const written = Array.from({ length: 101 }, (_, caught) => {
      const profile = bucket(caught, size)
      return { value: profile.samples.value[1][0], variance: rawSamples(profile, 'allocs', 1)?.variance[0] ?? 0 }
    })
    for (const objects of [1, 2, 3, 5, 8, 13, 30, 100]) {
      const chance = binomial(objects, p)
      let changed = 0
      for (let i = 0; i <= objects; i++) {
        for (let j = 0; j <= objects; j++) {
          const [base, current] = [written[i], written[j]]
          if (base && current && !isNoise(base.value, current.value, base.variance + current.variance))
            changed += (chance[i] as number) * (chance[j] as number)
        }
      }
      worst = Math.max(worst, changed)
    }
  }
  expect(worst).toBeLessThan(0.06)
  // One slice that doubled is no chance.
  const [base, current] = [bucket(1, 2 ** 26), bucket(1, 2 ** 27)].map((profile) => profile.samples.value[1][0])
  expect(
    isNoise(base as number, current as number, rawSamples(bucket(1, 2 ** 27), 'allocs', 1)?.variance[0] ?? 0),
  ).toBe(false)
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
