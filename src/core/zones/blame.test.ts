/** Whose lines a finding names. */
import { describe, expect, it } from 'vitest'
import { largeProfile } from '../../testing/folded.ts'
import { zonesOf } from '../../testing/zones-of.ts'
import type { ProfileKind } from '../model/kind.ts'
import type { ZoneLine } from './zone.ts'

describe('blamed lines', () => {
  const blamed = (kind: ProfileKind, id: string, ...stacks: string[]) => {
    const profile = largeProfile(kind, stacks)
    const zone = zonesOf(profile, kind).zones.find((z) => z.id === id)
    const line = ({ func, value }: ZoneLine) => `${profile.strings.get(profile.functions.name[func])} ${value / 1e7}`
    return { ...zone, lines: zone?.blame.map((b) => [line(b), ...b.callers.map(line)]) }
  }

  it('say who calls a helper that several call', () => {
    const { lines } = blamed(
      'cpu',
      'fmt-heavy',
      'main.main;main.first;main.encode;fmt.Sprintf 30',
      'main.main;main.second;main.encode;fmt.Sprintf 60',
      // Itself again is no caller, a library between is passed over.
      'main.main;main.second;sort.Slice;main.encode;main.encode;fmt.Sprintf 10',
      'main.main;main.log;fmt.Sprintf 20',
    )
    expect(lines).toEqual([['main.encode 100', 'main.second 70', 'main.first 30'], ['main.log 20']])
  })

  it('name who sends requests where the transport dials on its own', () => {
    const { lines, reason } = blamed(
      'cpu',
      'http-no-reuse',
      'net/http.(*Transport).dialConnFor;net/http.(*Transport).dialConn;net.(*Dialer).DialContext 40',
      'main.main;main.fetch;net/http.Get;net/http.(*Client).Get;net/http.(*Client).do 15',
      'main.main;main.send;net/http.(*Client).Do;net/http.(*Client).do 5',
      'main.main;main.work 40',
    )
    expect(lines).toEqual([['main.fetch 30'], ['main.send 10']])
    expect(reason).toBe('callers-of-requests')
  })

  it('never are those of whoever writes the profile', () => {
    const stack = 'main.main;main.dump;runtime/pprof.WriteHeapProfile;runtime/pprof.writeHeapInternal'
    const { state, lines } = blamed('allocs', 'profiling-overhead', `${stack};compress/gzip.(*Writer).Write 30`)
    expect({ state, lines }).toEqual({ state: 'found', lines: [] })
    const growing = `${stack};runtime/pprof.(*profileBuilder).build;bytes.(*Buffer).grow;bytes.growSlice 30`
    expect(blamed('allocs', 'slice-growth', growing)).toMatchObject({ state: 'quiet', value: 0 })
  })
})
