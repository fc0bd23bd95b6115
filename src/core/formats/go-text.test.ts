/** Go's texts: the totals that `go tool pprof` prints for them. */
import { gzipSync } from 'node:zlib'
import { describe, expect, it, test } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { open, totals } from '../../testing/opened.ts'

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
