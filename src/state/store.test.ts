import { expect, test } from 'vitest'
import type { ProfileInfo } from '../engine/protocol.ts'
import { testTab } from '../testing/session/tab.ts'
import { hasSampleType, sampleTypeName, sampleTypeRow } from './store.ts'

const type = (name: string, unit: string) => ({ type: name, unit, total: 1, samples: 1, exact: true })
const info = {
  sampleTypes: [type('alloc', 'count'), type('alloc', 'bytes'), type('inuse', 'bytes'), type('', 'count')],
  defaultSampleType: 2,
} as unknown as ProfileInfo

test('the name of a sample type leads back to its row, also among twins and without a name', () => {
  for (let row = 0; row < info.sampleTypes.length; row++) {
    const name = sampleTypeName(info, row)
    expect(name).not.toBe('')
    expect(hasSampleType(info, name)).toBe(true)
    expect(sampleTypeRow(info, name)).toBe(row)
  }
})

test('a name that is not there means the default', () => {
  expect(hasSampleType(info, 'delay')).toBe(false)
  expect(sampleTypeRow(info, 'delay')).toBe(2)
  expect(sampleTypeRow(info, '')).toBe(2)
})

test('the same notice twice is shown once; only the last few stay', () => {
  const { dismiss, get, notify } = testTab().session
  notify({ kind: 'not-kept', name: 'a' })
  notify({ kind: 'not-kept', name: 'b' })
  notify({ kind: 'not-kept', name: 'a' })
  expect(get().notices.map((n) => n.kind === 'not-kept' && n.name)).toEqual(['b', 'a'])
  dismiss(get().notices[0]?.id ?? -1)
  expect(get().notices).toHaveLength(1)
  for (let i = 0; i < 10; i++) notify({ kind: 'not-kept', name: String(i) })
  expect(get().notices).toHaveLength(4)
})
