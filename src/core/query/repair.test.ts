import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { foldedProfile } from '../../testing/folded.ts'
import { readProfile } from '../formats/index.ts'
import type { Profile, StackTable } from '../model/profile.ts'
import { StackTrie } from '../model/stack-trie.ts'
import { Cut, cutStacks, depths } from './cut-stacks.ts'
import { plainQuery } from './query-spec.ts'
import { repairStacks } from './repair.ts'
import { QueryRunner } from './run.ts'

const read = async (file: string) => (await readProfile(new Blob([fixture(file)]), { seed: 1 })).profile

/** Locations from the root. */
function pathOf({ location, parent }: StackTable, row: number): number[] {
  const path: number[] = []
  for (let r = row; r > 0; r = parent[r]) path.push(location[r])
  return path.reverse()
}

function nameOf(profile: Profile, location: number): string {
  const { frames, functions, locations, strings } = profile
  return strings.get(functions.name[frames.func[locations.frameStart[location]]])
}

const isIn = (part: readonly number[], stack: readonly number[]) =>
  ` ${stack.join(' ')} `.startsWith(` ${part.join(' ')} `)

/** Stacks after the repair, those of four frames or more being cut. */
function repaired(...lines: string[]): string[] {
  const profile = foldedProfile('heap', lines)
  const after = repairStacks(profile, new Cut(4, depths(profile))).profile
  return [...after.samples.stack].map((row) =>
    pathOf(after.stacks, row)
      .map((l) => nameOf(after, l))
      .join(';'),
  )
}

describe('a cut stack', () => {
  it('gets the callers that the complete stacks through its outermost frame have', () => {
    expect(repaired('main;a;b 1', 'b;c;d;e 2')).toEqual(['main;a;b', 'main;a;b;c;d;e'])
  })

  it('is told apart by the frames that follow, as many as it takes', () => {
    expect(repaired('main;b;c 1', 'init;b;d 1', 'b;c;d;e 1', 'b;d;e;f 1')).toEqual([
      'main;b;c',
      'init;b;d',
      'main;b;c;d;e',
      'init;b;d;e;f',
    ])
  })

  it('stays where its callers are unknown or ambiguous', () => {
    const lines = ['main;b 1', 'init;b 1', 'b;c;d;e 1', 'x;c;d;e 1']
    expect(repaired(...lines)).toEqual(lines.map((line) => line.slice(0, -2)))
  })

  it('stays where another cut stack knows other callers', () => {
    const lines = ['main;a;b 1', 'b;c;d;e 1', 'y;b;c;d 1']
    expect(repaired(...lines)).toEqual(lines.map((line) => line.slice(0, -2)))
    // One that knows the same ones is no contradiction.
    expect(repaired('main;a;b 1', 'b;c;d;e 1', 'a;b;c;d 1')).toEqual(['main;a;b', 'main;a;b;c;d;e', 'main;a;b;c;d'])
  })

  it('stays where it recurses: how deep it was is not known', () => {
    const lines = ['main;f;g 1', 'f;g;f;g 1', 'main;h;h 1', 'h;i;j;k 1']
    expect(repaired(...lines)).toEqual(lines.map((line) => line.slice(0, -2)))
  })

  it('stays where it begins like complete stacks', () => {
    expect(repaired('main;a 1', 'main;b;c;d 1')).toEqual(['main;a', 'main;b;c;d'])
  })
})

it('gives a real heap profile of Go 1.19 its callers back, and says of how much', async () => {
  const profile = await read('cut/heap-go1.19.pb.gz')
  const runner = new QueryRunner(profile)
  const type = profile.sampleTypes.findIndex((t) => t.type === 'alloc_space')
  const before = runner.accounts(plainQuery)[type]
  const query = { ...plainQuery, repair: true }
  const after = runner.accounts(query)[type]
  // go tool pprof -sample_index=alloc_space -traces: what order02, bill02 and shared02 are the roots of.
  expect(before).toMatchObject({ total: 749_312, shown: 749_312, truncated: 65_632 + 131_072 + 524_288, repaired: 0 })
  expect(after).toMatchObject({ total: 749_312, shown: 749_312, truncated: 524_288, repaired: 65_632 + 131_072 })
  expect(after?.repairedSamples).toBe((before?.truncatedSamples ?? 0) - (after?.truncatedSamples ?? 0))
  const { profile: made } = runner.run(query)
  let main = 0
  made.samples.stack.forEach((row, s) => {
    const [outermost] = pathOf(made.stacks, row)
    if (outermost !== undefined && nameOf(made, outermost) === 'runtime.main') main += made.samples.value[type][s]
  })
  expect(main).toBe(25_056 + 65_632 + 131_072)
})

/** The same samples with stacks cut to at least `limit` frames, as Go would. */
function cutTo(profile: Profile, limit: number): Profile {
  const { locations, samples } = profile
  const trie = new StackTrie(1)
  const stack = samples.stack.map((row) => {
    const path = pathOf(profile.stacks, row).reverse()
    let frames = 0
    let kept = 0
    for (; kept < path.length && frames < limit; kept++) {
      const l = path[kept] as number
      frames += locations.frameStart[l + 1] - locations.frameStart[l]
    }
    return trie.insert(Int32Array.from(path), kept)
  })
  return { ...profile, stacks: trie.finish(), samples: { ...samples, stack } }
}

const captured = ['go1.22/map/cpu.pb.gz', 'go1.24/typed/cpu.pb.gz', 'go1.27/map/cpu.pb.gz', 'go1.27/map/allocs.pb.gz']

describe('stacks of captured profiles that are cut and repaired', () => {
  it('are true wherever a complete stack shows the true callers, keep every sum, and seldom go wrong', async () => {
    const count = { cut: 0, repaired: 0, wrong: 0 }
    for (const file of captured) {
      const whole = await read(file)
      for (const limit of [12, 16, 20, 24]) {
        const short = cutTo(whole, limit)
        const cut = new Cut(limit, depths(short))
        const { profile, repaired } = repairStacks(short, cut)
        const complete = [...short.samples.stack].filter((row) => !cut.is(row)).map((row) => pathOf(short.stacks, row))
        expect(profile.samples.value).toBe(whole.samples.value)
        for (let s = 0; s < whole.samples.length; s++) {
          const truth = pathOf(whole.stacks, whole.samples.stack[s])
          const known = pathOf(short.stacks, short.samples.stack[s])
          const made = pathOf(profile.stacks, profile.samples.stack[s])
          if (known.length < truth.length) count.cut++
          if (repaired?.[s] !== 1) {
            expect(made).toEqual(known)
            continue
          }
          count.repaired++
          expect(made.slice(-known.length)).toEqual(known)
          const outermost = made.length - known.length
          const shown = (path: readonly number[]) => complete.some((stack) => isIn(path, stack))
          let along = 0
          while (shown(made.slice(0, outermost + along + 1)) && along < known.length) along++
          expect(along).toBeGreaterThan(0)
          if (made.join() === truth.join()) continue
          count.wrong++
          // No complete stack that goes on in the same way has the true callers.
          expect(shown(truth.slice(0, truth.length - known.length + along))).toBe(false)
        }
      }
    }
    expect(count.repaired).toBeGreaterThan(count.cut / 2)
    expect(count.wrong).toBeLessThan(count.repaired / 50)
  })
})

it('leaves a profile alone in which Go cut nothing', async () => {
  const profile = await read('go1.27/map/cpu.pb.gz')
  expect(cutStacks(profile).limit).toBe(0)
  expect(repairStacks(profile, cutStacks(profile)).profile).toBe(profile)
})
