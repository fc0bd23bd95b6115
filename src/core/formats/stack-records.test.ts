/** Go's texts: the totals that `go tool pprof` prints for them. Those of gperftools: what it makes of small files. */
import { gzipSync } from 'node:zlib'
import { describe, expect, it, test } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { addressesOf, open, stacksOf, totals, verdict } from '../../testing/opened.ts'

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
    const profile = await open(fixture(`${file}.debug1.txt`))
    expect(totals(profile)).toEqual(expected)
    expect(profile.meta.notes.map((note) => note.code)).not.toContain('lines-left-out')
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

  it('keep program counters that have no name', async () => {
    const profile = await open(fixture('texts/go-text-unnamed-pc.txt'))
    expect(stacksOf(profile)).toEqual(['main.main.func1;main.wait;<unknown>;<unknown> 5', '<unknown>;<unknown> 2'])
    expect(addressesOf(profile)).toEqual([
      ['43e0a5', '7f123456788f', '40a5f1', '4a6b20'],
      ['7f000000000f', '7f000000001f'],
    ])
    expect(profile.meta.notes).toEqual([{ code: 'names-left-out', count: 4 }])
  })

  test.each(['1.22', '1.27'])('have the stacks of the binary form: threadcreate of Go %s', async (go) => {
    const [text, binary] = await Promise.all(
      ['debug1.txt', 'pb.gz'].map((form) => open(fixture(`go${go}/map/threadcreate.${form}`))),
    )
    expect(stacksOf(text).sort()).toEqual(stacksOf(binary).sort())
  })

  it('have the allocation sites of the binary form', async () => {
    const [text, binary] = await Promise.all(
      ['debug1.txt', 'pb.gz'].map((form) => open(fixture(`go1.27/map/heap.${form}`))),
    )
    const sites = (lines: string[]) => new Set(lines.map((line) => line.replace(/ \d+$/, '')))
    const known = sites(stacksOf(binary, 1))
    // They were fetched one after the other: what was allocated in between is in one of them only.
    const shared = [...sites(stacksOf(text, 1))].filter((site) => known.has(site))
    expect(shared.length).toBeGreaterThan(known.size * 0.9)
  })

  it('put inlined calls of one program counter into one location', async () => {
    const profile = await open(
      'goroutine profile: total 1\n1 @ 0x401 0x502\n#\t0x400\tmain.inner+0x1\t/a.go:3\n#\t0x400\tmain.outer+0x1\t/a.go:9\n\n',
    )
    expect(stacksOf(profile)).toEqual(['main.outer;main.inner 1'])
    expect(addressesOf(profile)).toEqual([['400']])
  })

  it('count records that cannot be read', async () => {
    const profile = await open(
      'goroutine profile: total 3\n3 @ 0x401\n#\t0x400\tmain.f+0x1\t/a.go:3\n# labels: {broken\nx @ 0x402\n',
    )
    expect(totals(profile)).toEqual({ goroutine: 3 })
    expect(profile.meta.notes).toEqual([{ code: 'lines-left-out', count: 2, detail: '# labels: {broken' }])
    const heap = await open('heap profile: 1: 8 [1: 8] @ heap/2\n0: 8 [1: 8] @ 0x1\n1: 8 [1: 8] @ 0x1\n')
    expect(heap.meta.notes).toContainEqual({ code: 'lines-left-out', count: 1, detail: '0: 8 [1: 8] @ 0x1' })
  })
})

describe('records of gperftools', () => {
  it('are scaled up from the sampling rate', async () => {
    const profile = await open(fixture('texts/legacy-tcmalloc.heap'))
    expect(stacksOf(profile, 1)).toEqual(['[app];[app] 1573014', '[app];[app] 1048676'])
    expect(totals(profile)).toEqual({
      alloc_objects: 26216,
      alloc_space: 2621690,
      inuse_objects: 15729,
      inuse_space: 1573014,
    })
    expect(addressesOf(profile)).toEqual([
      ['401135', '40118f'],
      ['40113f', '40118f'],
    ])
    expect(profile.meta.notes).toEqual([{ code: 'no-function-names' }])
  })

  it('are taken as they are where all is recorded, with the binaries of the memory map', async () => {
    const profile = await open(fixture('texts/legacy-heapprofile.heap'))
    expect(totals(profile)).toEqual({ alloc_objects: 7, alloc_space: 3000, inuse_objects: 3, inuse_space: 1300 })
    expect(stacksOf(profile, 3)).toEqual(['[server];[server] 1200', '[libc-2.36.so];[server] 100'])
    const { mappings } = profile.meta
    expect(mappings.map((m) => [m.file, Number(m.start), Number(m.limit)])).toEqual([
      ['/srv/app/server', 0x400000, 0x402000],
      ['/lib/libc-2.36.so', 0x7f5000000000, 0x7f5000002000],
    ])
  })

  it('have objects and space alone where only those are told', async () => {
    const profile = await open(fixture('texts/legacy-growth.heap'))
    expect(totals(profile)).toEqual({ objects: 3, space: 4194304 })
    expect(stacksOf(profile, 1)).toEqual(['[server];[server] 1048576', '[libc-2.36.so];[server] 3145728'])
    expect(profile.meta.notes[1]).toEqual({ code: 'lines-left-out', count: 1, detail: '... damaged line' })
  })

  it('are cycles that become time', async () => {
    const profile = await open(fixture('texts/legacy-contention.txt'))
    expect(stacksOf(profile, 0)).toEqual(['<unknown>;<unknown>;<unknown> 2700', '<unknown>;<unknown>;<unknown> 100'])
    expect(totals(profile)).toEqual({ contentions: 2800, delay: 608905716 })
    expect(Number(profile.meta.durationNs)).toBe(16502830e6)
    expect(Number(profile.meta.period)).toBe(100)
  })

  it('are not any text that begins alike', async () => {
    expect((await verdict('heap profile: as follows\n1: 2 [3: 4] @ 0x1\n'))[0]).toBe('go-debug-text')
  })
})
