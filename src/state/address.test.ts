import { expect, test } from 'vitest'
import { TestClock, TestHistory } from '../testing/session/tab.ts'
import { createAddress } from './address.ts'
import type { OpenDocument, Source, Store } from './store.ts'

const ID = { one: 'a'.repeat(43), other: 'b'.repeat(43), stored: 's'.repeat(43) }
const sealed = { stored: ID.stored, key: 'the-key' }
const source = (id: string, part: Partial<Source> = {}): Source => ({
  ...{ id, name: id, file: new Blob(), address: null },
  ...part,
})

/** What a link of so many parameters leads to where these documents are open. */
function led(link: string, documents: readonly Pick<OpenDocument, 'id' | 'sources'>[]): string {
  const history = new TestHistory(`https://h.example/${link}`)
  const store = { getState: () => ({ documents }) } as unknown as Store
  return createAddress(store, { history, clock: new TestClock(), views: [] }).readLink().link.view.profile
}

test('a link to what is stored sealed leads to the document of that file, not to one that has it among others', () => {
  const pair = { id: 'comparison', sources: [source(ID.one, { sealed }), source(ID.other)] }
  const alone = { id: ID.one, sources: [source(ID.one, { sealed })] }
  expect(led(`?stored=${ID.stored}#key=the-key`, [pair])).toBe('')
  expect(led(`?stored=${ID.stored}#key=the-key`, [pair, alone])).toBe(ID.one)
})
