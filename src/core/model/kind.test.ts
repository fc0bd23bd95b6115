import { expect, test } from 'vitest'
import { foldedProfile } from '../../testing/folded.ts'
import { profileKind } from './kind.ts'

test.each([
  [['alloc_objects', 'alloc_space', 'inuse_objects', 'inuse_space'], 3, 'heap'],
  [['alloc_objects', 'alloc_space', 'inuse_objects', 'inuse_space'], 1, 'allocs'],
  [['alloc_objects'], 0, 'allocs'],
  [['inuse_objects'], 0, 'heap'],
  [['inuse_space'], 0, 'heap'],
  [['samples', 'cpu'], 1, 'cpu'],
  [['requests'], 0, 'other'],
])('%j, of which the one in row %i is shown first, is %s', (types, defaultSampleType, kind) => {
  const profile = foldedProfile('cpu', ['main.main 1'])
  const sampleTypes = types.map((type) => ({ type, unit: 'count' }))
  expect(profileKind({ ...profile, sampleTypes, defaultSampleType })).toBe(kind)
})
