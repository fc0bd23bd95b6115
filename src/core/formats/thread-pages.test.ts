import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { addressesOf, open, stacksOf } from '../../testing/opened.ts'

describe('thread pages of C++ servers', () => {
  it('open with every thread, its creator below, and the names that are told', async () => {
    const profile = await open(fixture('texts/legacy-threads.txt'))
    expect(profile.sampleTypes).toEqual([{ type: 'thread', unit: 'count' }])
    expect(stacksOf(profile)).toEqual([
      '__libc_start_main;main;Wait(int) 1',
      '__libc_start_main;[server];[server];[libc-2.36.so] 2',
    ])
    // As google/pprof has them: callers one byte before where calls return to, the leaf where it stands.
    expect(addressesOf(profile)).toEqual([
      ['401136', '40118f', '7f500000100f'],
      ['7f5000001500', '40113f', '40117f', '7f500000100f'],
    ])
    expect(profile.meta.notes).toEqual([])
  })
})
