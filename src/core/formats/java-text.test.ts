import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { addressesOf, open, stacksOf, totals } from '../../testing/opened.ts'

/** Numbers are those that google/pprof makes of the same files. */
describe('pages of Java servers', () => {
  it('open with the names in them: contention', async () => {
    const profile = await open(fixture('texts/legacy-java.contention'))
    expect(profile.sampleTypes).toEqual([
      { type: 'contentions', unit: 'count' },
      { type: 'delay', unit: 'microseconds' },
    ])
    expect(stacksOf(profile, 0)).toEqual([
      'com.acme.Server.run;com.acme.Cache.get 200',
      '<unknown>;com.acme.Server.run;Monitor::wait 100',
    ])
    expect(stacksOf(profile, 1)[0]).toBe('com.acme.Server.run;com.acme.Cache.get 1400')
    expect(addressesOf(profile).flat()).toEqual(['0', '0', '0', '0', '0'])
    expect(profile.meta.notes).toEqual([])
    const { functions, strings } = profile
    const file = (name: string) =>
      strings.get(functions.file[Array.from(functions.name, (n) => strings.get(n)).indexOf(name)])
    expect(file('com.acme.Cache.get')).toBe('Cache.java')
    expect(file('Monitor::wait')).toBe('libjvm.so')
  })

  it('open with the names in them: heap', async () => {
    const profile = await open(fixture('texts/legacy-java.heap'))
    expect(totals(profile)).toEqual({ inuse_objects: 74 + 5257, inuse_space: 527819 + 15773682 })
    expect(stacksOf(profile, 0)).toEqual(['com.acme.Server.run;com.acme.Cache.put 74', 'com.acme.Server.run;STUB 5257'])
    expect(profile.meta.notes).toEqual([{ code: 'lines-left-out', count: 1, detail: '10     0 @ 0x00000006' }])
  })
})
