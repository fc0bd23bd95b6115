import { describe, expect, it } from 'vitest'
import type { ProfileInfo } from '../../state/store.ts'
import { en } from '../words/en.ts'
import { measuredText } from './measured.tsx'

type Part = Partial<Pick<ProfileInfo['sampleTypes'][number], 'total' | 'net' | 'gross' | 'unit'>>

/** The sentence of a CPU profile of 404 µs, or of a comparison whose first profile has that duration. */
function textOf(sums: Part, isComparison: boolean): string {
  const info = {
    kind: 'cpu',
    durationNs: 404_000,
    sampleTypes: [{ type: 'cpu', unit: 'nanoseconds', ...sums }],
    sides: isComparison ? [] : null,
  }
  return measuredText(en, info as unknown as ProfileInfo, 0)
}

const all = (value: number) => ({ total: value, net: value, gross: value })

describe('what a profile measured', () => {
  it('is said with the duration, of a comparison without that of one of its profiles', () => {
    expect(textOf(all(1e6), false)).toBe('1 ms sampled over 404 µs')
    expect(textOf({ ...all(978e6), unit: 'nanoseconds/s' }, true)).toBe('978 ms/s')
  })

  it('is a net value also where everything changed in one direction', () => {
    const less = { total: 10e6, net: -4e6, gross: 4e6 }
    expect(textOf(less, true)).toBe('net -4 ms · 100% is 10 ms of the base profile')
    expect(textOf({ ...less, net: 4e6 }, true)).toBe('net 4 ms · 100% is 10 ms of the base profile')
    // Nothing is left of the base, and a file of negative values alone.
    const gone = { total: 4e6, net: -4e6, gross: 4e6 }
    expect(textOf(gone, true)).toContain('net -4 ms')
    expect(textOf(gone, false)).toContain('net -4 ms')
  })
})
