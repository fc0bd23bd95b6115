import { expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { readProfile } from '../formats/index.ts'
import { ProfileBuilder } from '../model/builder.ts'
import type { Profile } from '../model/profile.ts'
import { sumKeys } from '../query/occurrences.ts'
import { QueryRunner } from '../query/run.ts'
import { pairedSums } from './paired-sums.ts'

const read = async (file: string) => (await readProfile(new Blob([fixture(file)]), { seed: 5 })).profile

/** cum by name, of one sample type. */
function cumByName(profile: Profile, sampleType: number): Map<string, number> {
  const queried = new QueryRunner(profile).run()
  const { keys, frameKey } = queried.result
  const { cum } = sumKeys(profile, queried.occurrences, queried.weights(sampleType), frameKey, keys.length)
  return new Map(
    Array.from(cum, (sum, k) => [keys.strings.get(keys.name[k]), sum] as const).filter(([, sum]) => sum !== 0),
  )
}

it.each([
  ['go1.27/map/cpu.pb.gz', 'go1.27/map/heap.pb.gz'],
  ['go1.22/struct/heap.pb.gz', 'go1.22/struct/cpu.pb.gz'],
])('every function of %s weighs in %s what it weighs there, by its name', async (one, two) => {
  const [profile, other] = await Promise.all([read(one), read(two)])
  const { functions, strings } = profile
  pairedSums(profile, other).forEach(({ type, cum }, t) => {
    expect(type).toBe(other.sampleTypes[t]?.type)
    const wanted = cumByName(other, t)
    for (let f = 0; f < functions.length; f++) {
      expect(cum[f]).toBe(wanted.get(strings.get(functions.name[f])) ?? 0)
    }
  })
})

it('two functions of one name in two files count together on both sides', () => {
  const made = (type: string, values: readonly number[]) => {
    const builder = new ProfileBuilder([{ type, unit: 'count' }])
    values.forEach((value, i) => {
      builder.sample([builder.location([{ func: builder.func('main.f', `${type}${i}.go`), line: i }])], [value])
    })
    return builder.finish()
  }
  const [sum] = pairedSums(made('a', [1, 1]), made('b', [3, 4]))
  expect(sum).toMatchObject({ type: 'b', total: 7 })
  expect([...(sum?.cum ?? [])]).toEqual([7, 7])
})
