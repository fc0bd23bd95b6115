/** The set of other authors' programs: what the rules make of it is written down, so that a change shows. */
import { expect, it } from 'vitest'
import { differences, unseen, unseenResult } from '../../testing/unseen.ts'
import { rules } from './index.ts'

it('knows only rules that exist', () => {
  const ids = new Set<string>(rules.map((r) => r.id))
  for (const { expect: wanted, may } of unseen()) {
    for (const id of [...Object.keys(wanted), ...may]) expect(ids).toContain(id)
  }
})

it('has the false alarms and misses that differences.json explains, and no other', async () => {
  const { differences: now } = await unseenResult()
  expect(now).toEqual(differences().map(({ file, id, kind }) => ({ file, id, kind })))
})
