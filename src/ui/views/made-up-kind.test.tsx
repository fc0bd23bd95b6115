/** A kind of document and a view that only this test knows: one object each, put into the lists. */
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { documentId } from '../../core/documents/document.ts'
import { textField } from '../../core/view/view-field.ts'
import { type DocumentKind, kinds } from '../../testing/session/kinds.ts'
import { testBrowser, testTab } from '../../testing/session/tab.ts'
import { PageProvider, useField, useStore } from '../session.ts'
import { CatalogueProvider, createCatalogue } from '../words/index.ts'
import { useMessages } from '../words/use-messages.ts'
import { Workspace } from '../work/workspace.tsx'
import { views } from './index.ts'
import type { ViewDefinition } from './view-definition.ts'

/** Shopping lists: a first line that says so, then one thing a line. */
const listKind: DocumentKind = {
  id: 'list',
  detect: (head) => new TextDecoder().decode(head).startsWith('shopping list\n'),
  async read({ sources }) {
    const [source] = sources
    const things = (await source?.file.text())?.trim().split('\n').slice(1) ?? []
    const sourceIds = ['L'.repeat(43)]
    const head = { id: documentId('list', sourceIds), kind: 'list', name: source?.name ?? '', program: '', time: 0 }
    return {
      opened: { head, sourceIds, info: { things: things.length }, first: null },
      answer: ({ args }) => things.filter((thing) => thing.includes((args as { args: string }).args)),
    }
  },
}

const holdsField = textField('holds', 100)
const messages = { en: { only: 'Only with' }, zh: { only: '仅含' } }

const listView: ViewDefinition = {
  id: 'list',
  title: { en: 'Things', zh: '物品' },
  accepts: ({ kind }) => kind === 'list',
  fields: [holdsField],
  requests: ({ view }) => [
    { slot: 'view:list', call: 'ask', args: { question: 'things', args: String(view.fields[holdsField.key] ?? '') } },
  ],
  Component: function Things() {
    const m = useMessages(messages)
    const answer = useStore((s) => s.answers['view:list'])
    const holds = useField(holdsField)
    return (
      <p>
        {m.only} {holds}: {(answer?.value as string[] | undefined)?.join(', ')}
      </p>
    )
  },
}

test('opens beside profiles, with its own field in the link, its own question, words and tab', async () => {
  const all = { ...testBrowser(), views: [...views, listView] }
  const { session, until, history, close } = testTab(undefined, all, [listKind, ...kinds])
  await session.openFile(new Blob(['shopping list\nbread\nbutter\nmilk\n']), 'saturday.txt')
  await until((s) => s.answers['view:list']?.state === 'current')
  session.setField(holdsField, 'b')
  const s = await until((now) => now.answers['view:list']?.state === 'current')
  expect(s.documents).toMatchObject([{ kind: 'list', name: 'saturday.txt', info: { things: 3 } }])
  expect(s.answers['view:list']?.value).toEqual(['bread', 'butter'])
  expect(s.notices).toEqual([])
  expect(history.href()).toContain('holds=b')

  // A page that is rendered to text is taken from the state at the start of the store.
  session.store.getInitialState = session.store.getState
  const catalogue = createCatalogue()
  const page = () =>
    renderToString(
      <PageProvider value={{ session, views: all.views }}>
        <CatalogueProvider value={catalogue}>
          <Workspace />
        </CatalogueProvider>
      </PageProvider>,
    )
  const html = page().replaceAll('<!-- -->', '')
  expect(html).toContain('Only with b: bread, butter')
  expect(html.match(/class="tab"/g)).toHaveLength(1)
  session.store.setState({ language: 'zh' })
  expect(page()).toContain('仅含')
  await until(({ documents }) => documents.every(({ kept }) => kept))

  // The link opens in another tab of the browser, and a profile still opens beside it with the views of profiles.
  const other = testTab(history.href(), all, [listKind, ...kinds])
  const again = await other.until((now) => now.answers['view:list']?.state === 'current')
  expect(again.answers['view:list']?.value).toEqual(['bread', 'butter'])
  await other.session.openFile(new Blob(['main;work 3\nmain;rest 1\n']), 'a.folded')
  const both = await other.until((now) => now.answers.tree?.state === 'current')
  expect(both.documents.map(({ kind }) => kind)).toEqual(['list', 'profile'])
  close()
  other.close()
})
