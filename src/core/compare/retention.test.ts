/** A line that keeps what it allocates, among lines whose garbage comes and goes. */
import { describe, expect, it } from 'vitest'
import { largeProfile } from '../../testing/folded.ts'
import type { Profile } from '../model/profile.ts'
import { findRetention } from './retention.ts'

/** MiB in use and allocated so far, and the objects of each, of lines of package main in snapshots a second apart. */
type Heap = Record<string, { inuse: number; alloc: number; objects?: number }>

function snapshots(...heaps: Heap[]): Profile[] {
  return heaps.map((heap, i) => {
    const names = Object.keys(heap)
    const profile = largeProfile(
      'heap',
      names.map(
        (name) =>
          `main.main;main.${name} ${heap[name].inuse}/${heap[name].objects ?? 1000}/${heap[name].objects ?? 1000}`,
      ),
    )
    profile.samples.value[1] = Float64Array.from(names, (name) => heap[name].alloc * 2 ** 20)
    return { ...profile, meta: { ...profile.meta, timeNs: BigInt(i + 1), period: BigInt(2 ** 19) } }
  })
}

const retained = (...heaps: Heap[]) =>
  findRetention(snapshots(...heaps), []).lines.map(({ func, from, inuse }) => [func, from / 2 ** 20, inuse / 2 ** 20])

const steady = { inuse: 20, alloc: 20 }

describe('what a heap retains', () => {
  it('is a line that keeps most of what it allocates', () => {
    const leak = [10, 20, 30, 40].map((mib) => ({ steady, cache: { inuse: mib, alloc: mib + 5 } }))
    expect(retained(...leak)).toEqual([['main.cache', 10, 40]])
    expect(retained(...leak.slice(0, 2))).toEqual([])
  })

  it('is not the garbage of more requests now than before', () => {
    const busier = [2, 3, 5].map((mib, i) => ({ steady, handle: { inuse: mib, alloc: 300 * (i + 1) } }))
    expect(retained(...busier)).toEqual([])
  })

  it('is not growth that rests on a few sampled objects', () => {
    const heap = (mib: number, objects: number) => ({
      steady: { inuse: 2, alloc: 2 },
      few: { inuse: mib, alloc: mib, objects },
    })
    // 512 KiB each, of small objects: one, two and three of them were caught.
    expect(retained(heap(0.5, 8000), heap(1, 16000), heap(1.5, 24000))).toEqual([])
    expect(retained(heap(50, 8e5), heap(100, 16e5), heap(150, 24e5))).toHaveLength(1)
  })

  it('is not a small part of what makes the heap grow', () => {
    const heap = (small: number, large: number) => ({
      small: { inuse: small, alloc: small },
      large: { inuse: large, alloc: large },
    })
    expect(retained(heap(10, 20), heap(11, 50), heap(12, 200)).map(([func]) => func)).toEqual(['main.large'])
  })
})
