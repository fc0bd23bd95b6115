import { expect, test } from 'vitest'
import { dumpText, readDump } from '../../../testing/dumps.ts'
import { fixture, fixtureIndex } from '../../../testing/fixtures.ts'
import { readProfile } from '../../formats/index.ts'
import { profileKind } from '../../model/kind.ts'
import type { Profile } from '../../model/profile.ts'
import { groupGoroutines } from './groups.ts'

const texts = fixtureIndex().files.filter((entry) => entry.format === 'goroutine-text')

const total = (profile: Profile) => profile.samples.value[0]?.reduce((sum, value) => sum + value, 0)

test.each(texts.map((entry) => [entry.file, entry] as const))(
  '%s is a profile of its goroutines',
  async (file, entry) => {
    const { profile } = await readProfile(new Blob([fixture(file)]), { seed: 0 })
    expect(total(profile)).toBe(entry.text_oracle?.goroutines)
    expect(profileKind(profile)).toBe('goroutine')
  },
)

/** Stacks by name, but for the function that writes the profile itself. */
function byStack({ stacks, samples, locations, frames, functions, strings }: Profile): Map<string, number> {
  const counts = new Map<string, number>()
  for (let s = 0; s < samples.length; s++) {
    const names: string[] = []
    for (let row = samples.stack[s]; row > 0; row = stacks.parent[row]) {
      for (
        let f = locations.frameStart[stacks.location[row] + 1] - 1;
        f >= locations.frameStart[stacks.location[row]];
        f--
      ) {
        names.push(strings.get(functions.name[frames.func[f]]))
      }
    }
    if (names.some((name) => name.startsWith('runtime/pprof.write'))) continue
    const key = names.join(';')
    counts.set(key, (counts.get(key) ?? 0) + samples.value[0][s])
  }
  return counts
}

test('its stacks are those of the binary form of the same program', async () => {
  const folder = 'goroutines/leak-go1.27'
  const binary = byStack((await readProfile(new Blob([fixture(`${folder}/goroutine.pb.gz`)]), { seed: 0 })).profile)
  const text = byStack((await readProfile(new Blob([fixture(`${folder}/goroutine.debug2.txt`)]), { seed: 0 })).profile)
  for (const [stack, count] of text) expect([stack, binary.get(stack)]).toEqual([stack, count])
  expect(text.size).toBe(binary.size)
})

test('goroutines by stack', () => {
  const table = readDump(dumpText('goroutines/leak-go1.27/goroutine.debug2.txt'))
  if (!table) throw new Error('nothing read')
  const all = groupGoroutines([table], { text: '', most: 5 })
  expect(all).toMatchObject({ goroutines: 480, matchingGoroutines: 480 })
  expect(all.rows).toHaveLength(5)
  expect(all.rows[0]).toMatchObject({ count: 279, states: [{ state: 'chan send', count: 279 }] })
  const found = groupGoroutines([table], { text: 'mutex.lock', most: 100 })
  expect(found.matchingGoroutines).toBe(40)
  expect(found.rows.reduce((sum, { count }) => sum + count, 0)).toBe(40)
})
