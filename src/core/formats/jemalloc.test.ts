import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { open, stacksOf, totals } from '../../testing/opened.ts'

describe('heap dumps of jemalloc', () => {
  it('are scaled up as jeprof scales them, all threads together', async () => {
    const profile = await open(fixture('texts/jemalloc.heap'))
    const scaled = (count: number, bytes: number) => Math.round(bytes / (1 - Math.exp(-(bytes / count) / 524288)))
    expect(totals(profile).inuse_space).toBe(scaled(4, 1000) + scaled(1, 100))
    expect(stacksOf(profile, 1)).toEqual([
      `[server];[server] ${scaled(8, 4200)}`,
      `[server];[server] ${scaled(1, 100)}`,
    ])
    expect(profile.sampleTypes[profile.defaultSampleType].type).toBe('inuse_space')
    expect(profile.meta.notes).toEqual([{ code: 'no-function-names-jemalloc' }])
  })

  it('keep bytes whose objects were rounded to none', async () => {
    const profile = await open('heap_v2/1024\n  t*: 0: 64 [0: 0]\n@ 0x10 0x20\n  t*: 0: 64 [0: 0]\n')
    expect(totals(profile)).toEqual({ inuse_objects: 0, inuse_space: 64 })
  })
})
