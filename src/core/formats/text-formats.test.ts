/** Formats other than pprof: the totals that `go tool pprof` prints for Go's texts, and small files of the others. */
import { gzipSync } from 'node:zlib'
import { describe, expect, it, test } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import type { Profile } from '../model/profile.ts'
import { readProfile } from './index.ts'

async function open(bytes: Uint8Array<ArrayBuffer> | string): Promise<Profile> {
  return (await readProfile(new Blob([bytes]), { seed: 1 })).profile
}

const totals = (profile: Profile) =>
  Object.fromEntries(profile.sampleTypes.map((t, i) => [t.type, profile.samples.value[i].reduce((a, b) => a + b, 0)]))

/** Folded stacks of the first sample type, with labels. */
function stacksOf({ samples, stacks, locations, frames, functions, strings }: Profile, type = 0): string[] {
  return Array.from(samples.stack, (leaf, s) => {
    const names: string[] = []
    for (let row = leaf; row > 0; row = stacks.parent[row]) {
      const l = stacks.location[row]
      for (let f = locations.frameStart[l + 1] - 1; f >= locations.frameStart[l]; f--) {
        names.push(strings.get(functions.name[frames.func[f]]))
      }
    }
    return `${names.reverse().join(';')} ${samples.value[type][s]}`
  })
}

describe("Go's debug=1 texts", () => {
  test.each([
    [
      'go1.22/map/heap',
      { alloc_objects: 7093774, alloc_space: 546553640, inuse_objects: 6090113, inuse_space: 312545529 },
    ],
    [
      'go1.27/map/heap',
      { alloc_objects: 8703456, alloc_space: 519250851, inuse_objects: 5421502, inuse_space: 265403054 },
    ],
    ['go1.22/map/mutex', { contentions: 361, delay: 546553950 }],
    ['go1.27/map/mutex', { contentions: 264, delay: 319959191 }],
    ['go1.27/map/block', { contentions: 53851, delay: 122358341431 }],
    ['go1.22/map/goroutine', { goroutine: 41 }],
    ['go1.27/map/goroutine', { goroutine: 41 }],
    ['go1.22/map/threadcreate', { threadcreate: 9 }],
    ['go1.27/map/threadcreate', { threadcreate: 8 }],
    ['goroutines/leak-go1.22/goroutine', { goroutine: 242 }],
    ['goroutines/leak-go1.27/goroutineleak', { goroutineleak: 438 }],
    ['goroutines/labels-go1.27/goroutine', { goroutine: 13 }],
    ['odd/empty-mutex', { contentions: 0, delay: 0 }],
  ])('%s', async (file, expected) => {
    expect(totals(await open(fixture(`${file}.debug1.txt`)))).toEqual(expected)
  })

  it('keep symbols, files, lines and labels, packed or not', async () => {
    const text = fixture('goroutines/labels-go1.27/goroutine.debug1.txt')
    const profile = await open(new Uint8Array(gzipSync(text)))
    const { labels } = profile.samples
    expect(new Set(Array.from(labels?.key ?? [], (k) => profile.strings.get(k)))).toEqual(new Set(['route', 'tenant']))
    const heap = await open(fixture('go1.22/map/heap.debug1.txt'))
    const grow = Array.from(heap.functions.name, (n) => heap.strings.get(n)).indexOf('bytes.growSlice')
    expect(heap.strings.get(heap.functions.file[grow])).toBe('bytes/buffer.go')
  })
})

describe('folded stacks', () => {
  it('open by what they look like', async () => {
    const profile = await open('main;work;malloc 30\nmain;idle loop 12\nmain 1\n')
    expect(stacksOf(profile)).toEqual(['main;work;malloc 30', 'main;idle loop 12', 'main 1'])
  })
})

describe('perf script', () => {
  const script = `# captured on: a machine
app  1234 [001] 5.000001:     250000 cpu-clock:pppH:
\tffffffff8104f45a native_write_msr+0xa ([kernel.kallsyms])
\t          4f45a1 main.work+0x1a (/usr/bin/app)
\t          4f45a0 [unknown] (/usr/lib/libc.so.6)

app  1234 [001] 5.000002:     250000 cpu-clock:pppH:
\t          4f45a1 main.work+0x1f (/usr/bin/app)
`
  it('opens with counts and time', async () => {
    const profile = await open(script)
    expect(stacksOf(profile)).toEqual(['[libc.so.6];main.work;native_write_msr 1', 'main.work 1'])
    expect(totals(profile)).toEqual({ samples: 2, 'cpu-clock': 500000 })
  })
})

describe('speedscope', () => {
  const file = (profiles: object[]) =>
    JSON.stringify({
      $schema: 'https://www.speedscope.app/file-format-schema.json',
      shared: { frames: [{ name: 'main' }, { name: 'work', file: 'a.go', line: 3 }] },
      profiles,
    })
  it('opens sampled and evented profiles', async () => {
    const sampled = { type: 'sampled', name: 'x', unit: 'milliseconds', samples: [[0, 1], [0]], weights: [3, 4] }
    expect(stacksOf(await open(file([sampled])))).toEqual(['main;work 3', 'main 4'])
    const events = [
      { type: 'O', frame: 0, at: 1 },
      { type: 'O', frame: 1, at: 3 },
      { type: 'C', frame: 1, at: 8 },
      { type: 'C', frame: 0, at: 10 },
    ]
    const evented = { type: 'evented', name: 'x', unit: 'none', startValue: 0, endValue: 10, events }
    expect(stacksOf(await open(file([evented])))).toEqual(['main 4', 'main;work 5'])
  })
})
