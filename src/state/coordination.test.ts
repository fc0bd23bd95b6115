/** How the parts of a session work together: a made worker, a history in memory and a database that is gone afterwards. */
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { fixturePath } from '../testing/fixtures.ts'
import { type TestTab, TestWorker, testBrowser, testTab } from '../testing/session/tab.ts'
import type { AppState } from './store.ts'

const file = (path: string) => new File([readFileSync(fixturePath(path))], path.split('/').at(-2) ?? path)
const heap = () => file('go1.27/map/heap.pb.gz')
const struct = () => file('go1.27/struct/heap.pb.gz')
const cpu = () => file('go1.27/map/cpu.pb.gz')

const tabs: TestTab[] = []

function tab(...args: Parameters<typeof testTab>): TestTab {
  const made = testTab(...args)
  tabs.push(made)
  return made
}

afterEach(() => {
  for (const { close } of tabs.splice(0)) close()
})

const shown = (s: AppState) => s.answers.tree?.state === 'current' && s.answers.tree.profile.id === s.current
const settled = (s: AppState) =>
  shown(s) && s.answers.zones?.state === 'current' && s.answers.functions?.state === 'current' && s.opening === null
const allKept = (s: AppState) => s.documents.length > 0 && s.documents.every(({ kept }) => kept)

describe('opening', () => {
  test('a file is shown with its first tree, then kept, and its address names it', async () => {
    const { session, history, until, workers } = tab()
    await session.openFiles([heap()])
    const s = await until((now) => settled(now) && allKept(now) && now.recents?.length === 1)
    const [document] = s.documents
    expect(document).toMatchObject({
      kind: 'profile',
      name: 'map',
      program: 'ingest-1.27',
      sources: [{ name: 'map', address: null }],
    })
    expect(document?.sources[0]?.id).toBe(s.current)
    expect(document?.time).toBeGreaterThan(1e18)
    expect(new URL(history.href()).searchParams.get('p')).toBe(s.current)
    // The first tree came with the profile, nobody asked for it a second time.
    expect(workers[0]?.asked.filter((call) => call === 'tree')).toHaveLength(0)
    expect(s.recents).toMatchObject([{ name: 'map', document: 'profile', kind: 'heap' }])
  })

  test('several files open one after the other; the first is on screen; the same file twice is one document', async () => {
    const { session, until, workers } = tab()
    await session.openFiles([heap(), cpu(), heap()])
    const s = await until(settled)
    expect(s.documents.map(({ info }) => (info as { kind: string }).kind)).toEqual(['heap', 'cpu'])
    expect(s.current).toBe(s.documents[0]?.id)
    expect(workers.map(({ ended }) => ended)).toEqual([false, false, true])
  })

  test('several are closed without any of them coming on screen', async () => {
    const { session, until } = tab()
    await session.openFiles([heap(), cpu(), file('go1.27/map/mutex.pb.gz')])
    const { documents, current } = await until(settled)
    const shown: (string | null)[] = []
    session.store.subscribe((s) => shown.push(s.current))
    session.closeDocuments(documents.slice(0, 2).map(({ id }) => id))
    expect(session.get().documents).toEqual(documents.slice(2))
    expect(shown.filter((id) => id !== current && id !== null && id !== documents[2]?.id)).toEqual([])
    expect(session.get().current).toBe(documents[2]?.id)
  })

  test('cancelling in the middle leaves what was open, and the next file opens', async () => {
    const { session, until, workers } = tab()
    await session.openFiles([heap()])
    const before = (await until(settled)).current
    const first = workers.length
    const opening = session.openFiles([cpu(), cpu()])
    await until((s) => s.opening?.name === 'map' && s.opening.waiting === 1)
    session.cancelOpening()
    await opening
    const s = session.get()
    expect([s.current, s.documents.length, s.opening, s.notices]).toEqual([before, 1, null, []])
    expect(workers.slice(first).every(({ ended }) => ended)).toBe(true)
    await session.openFiles([cpu()])
    expect((await until(settled)).documents).toHaveLength(2)
  })

  test('what cannot be read says why, and what was open stays', async () => {
    const { session, until } = tab()
    await session.openFiles([heap()])
    await until(settled)
    await session.openFiles([new File(['<html>'], 'page.html')])
    const s = session.get()
    expect(s.documents).toHaveLength(1)
    expect(s.notices).toMatchObject([{ kind: 'failed', name: 'page.html', stays: 'map', error: { code: 'html' } }])
  })

  test('an engine that dies is made again from its sources, and its view answered', async () => {
    const { session, until, workers } = tab()
    await session.openFiles([heap()])
    const s = await until(settled)
    session.setSearch('decode')
    workers[0]?.crash()
    await until((now) => now.documents[0]?.client !== s.documents[0]?.client && settled(now))
    const again = await until((now) => now.answers.search?.state === 'current')
    expect(again.answers.search?.value.functions).toBeGreaterThan(0)
    expect(again.notices).toEqual([])
  })

  test('one that dies and is closed before it is made again leaves no engine', async () => {
    const { session, until, workers } = tab()
    await session.openFiles([heap()])
    const { current } = await until(settled)
    workers[0]?.crash()
    session.closeDocument(current ?? '')
    await expect.poll(() => workers.map(({ ended }) => ended)).toEqual([true, true])
    expect(session.get().documents).toEqual([])
  })

  test('one that dies twice is closed with a sentence', async () => {
    const { session, until, workers } = tab()
    await session.openFiles([heap()])
    const s = await until(settled)
    workers[0]?.crash()
    await until((now) => now.documents[0]?.client !== s.documents[0]?.client && settled(now))
    workers.findLast((worker) => !worker.ended)?.crash()
    const closed = await until((now) => now.documents.length === 0)
    expect(closed.notices).toMatchObject([{ kind: 'crashed', name: 'map' }])
    expect([closed.current, closed.answers.tree]).toEqual([null, null])
  })
})

describe('answers', () => {
  test('of one slot the latest question counts; an overtaken one is never made', async () => {
    const { session, until, workers } = tab()
    await session.openFiles([heap()])
    await until(settled)
    const [worker] = workers
    worker?.hold('search')
    for (const text of ['j', 'js', 'jso', 'json']) session.setSearch(text)
    worker?.release('search')
    const s = await until((now) => now.answers.search?.state === 'current')
    expect(s.answers.search?.value.text).toBe('json')
    expect(worker?.asked.filter((call) => call === 'search').length).toBeLessThan(4)
  })

  test('the last answer stays, marked as stale, until the next is there', async () => {
    const { session, until, workers } = tab()
    await session.openFiles([heap()])
    await until(settled)
    workers[0]?.hold('tree')
    session.setSampleType(0)
    expect(session.get().answers.tree).toMatchObject({ state: 'stale', sampleType: 3 })
    workers[0]?.release('tree')
    await until(settled)
    expect(session.get().answers.tree?.sampleType).toBe(0)
  })

  test('going back to what is on screen asks nothing', async () => {
    const { session, until, workers } = tab()
    await session.openFiles([heap()])
    await until(settled)
    workers[0]?.hold('tree')
    session.setSampleType(0)
    session.setSampleType(3)
    expect(session.get().answers.tree).toMatchObject({ state: 'current', sampleType: 3 })
    workers[0]?.release('tree')
    await until(settled)
    expect(session.get().answers.tree?.sampleType).toBe(3)
  })

  test('a pattern that cannot be used fails with its reason, and the next one works', async () => {
    const { session, until } = tab()
    await session.openFiles([heap()])
    await until(settled)
    session.setSearch('/(/')
    expect((await until((s) => s.answers.search?.state === 'failed')).answers.search?.error?.code).toBe('bad-pattern')
    session.setSearch('/json/')
    await until((s) => s.answers.search?.state === 'current' && s.answers.search.value.functions > 0)
  })

  test('undo, redo and a sample type seen before show answers that are known, with their findings', async () => {
    const { session, until, workers } = tab()
    await session.openFiles([heap()])
    const before = await until((s) => settled(s) && s.answers.tree?.value.hasFindings === true)
    session.addFilter('focus', 'encoding/json')
    const focused = await until((s) => settled(s) && s.answers.tree?.profile.query.filters.length === 1)
    const asked = () => workers[0]?.asked.filter((call) => /^(tree|zones|functions)$/.test(call)).length
    const questions = asked()
    session.undo()
    const { tree, zones, functions } = session.get().answers
    expect([tree?.value, zones?.value, functions?.value]).toEqual([
      before.answers.tree?.value,
      before.answers.zones?.value,
      before.answers.functions?.value,
    ])
    expect(tree?.state).toBe('current')
    session.redo()
    expect(session.get().answers.tree?.value).toBe(focused.answers.tree?.value)
    expect(session.get().answers.tree?.profile.query.filters).toHaveLength(1)
    expect(asked()).toBe(questions)
  })

  test('a query that renames nothing has the very names of its profile', async () => {
    const { session, until } = tab()
    await session.openFiles([heap()])
    await until(settled)
    session.addFilter('focus', 'encoding/json')
    const focused = await until((s) => settled(s) && s.answers.tree?.profile.query.filters.length === 1)
    const [document] = focused.documents as readonly { names?: unknown }[]
    expect(focused.answers.tree?.profile.names).toBe(document?.names)
    session.setGranularity('packages')
    const renamed = await until((s) => settled(s) && s.answers.tree?.profile.query.granularity === 'packages')
    expect(renamed.answers.tree?.profile.names).not.toBe(document?.names)
  })

  test('a name of a query is asked once, whoever needs it', async () => {
    const { session, until, workers } = tab()
    await session.openFiles([heap()])
    await until(settled)
    session.setGranularity('packages')
    await until(settled)
    session.undo()
    await until(settled)
    session.redo()
    await until(settled)
    expect(workers[0]?.asked.filter((call) => call === 'query')).toHaveLength(1)
  })
})

describe('the address', () => {
  test('back and forward bring views and documents back', async () => {
    const { session, history, until } = tab()
    await session.openFiles([heap()])
    const first = (await until(settled)).current
    session.setSampleType(0)
    await session.openFiles([cpu()])
    const second = (await until(settled)).current
    history.go(-1)
    await until((s) => s.current === first)
    expect(session.get().view.sampleType).toBe('alloc_objects')
    history.go(-1)
    await until((s) => s.view.sampleType === '')
    history.go(2)
    await until((s) => s.current === second)
    expect(history.entries).toHaveLength(4)
  })

  test('where a browser swallows changes the last one is written later', async () => {
    const { session, history, clock, until } = tab()
    await session.openFiles([heap()])
    await until(settled)
    history.deaf = true
    session.setSearch('json')
    session.setSearch('jsonv2')
    history.deaf = false
    expect(history.href()).not.toContain('q=')
    clock.pass(1000)
    expect(new URL(history.href()).hash).toContain('q=jsonv2')
  })

  test('a link to a file that is not here waits for it, and takes another one with a word', async () => {
    const browser = testBrowser()
    const link = `https://hotzone.example/?p=${'A'.repeat(43)}#v=1&q=json&pn=other.pb.gz`
    const { session, until } = tab(link, browser)
    const s = await until(({ missing }) => missing?.sure === true)
    expect(s.missing).toMatchObject({ names: ['other.pb.gz'], view: { search: 'json' } })
    await session.openFiles([heap()])
    const opened = await until(settled)
    expect([opened.missing, opened.view.search]).toEqual([null, 'json'])
    expect(opened.notices).toMatchObject([{ kind: 'other-profile', name: 'map' }])
  })

  test('a later link wins over one that is still being opened', async () => {
    const browser = testBrowser()
    const one = tab(undefined, browser)
    await one.session.openFiles([heap(), cpu()])
    const [a, b] = (await one.until(allKept)).documents.map(({ id }) => id)
    const two = tab(`https://hotzone.example/?p=${a}`, browser)
    two.history.edit(`https://hotzone.example/?p=${b}`)
    const s = await two.until((now) => settled(now) && !now.following)
    expect(s.current).toBe(b)
  })

  test('one that was overtaken while its file was read opens nothing and says nothing', async () => {
    const browser = testBrowser()
    const one = tab(undefined, browser)
    await one.session.openFiles([heap(), cpu()])
    const [a, b] = (await one.until(allKept)).documents.map(({ id }) => id)
    const two = tab(`https://hotzone.example/?p=${a}#v=1&q=first`, browser)
    await two.until((s) => s.opening !== null)
    two.history.edit(`https://hotzone.example/?p=${b}#v=1&q=second`)
    const s = await two.until((now) => settled(now) && !now.following)
    expect([s.documents.map(({ id }) => id), s.view.search, s.notices]).toEqual([[b], 'second', []])
  })

  test('back to a document that was closed, and forward before it is there', async () => {
    const { session, history, until } = tab()
    await session.openFiles([heap()])
    await until((s) => settled(s) && allKept(s))
    await session.openFiles([cpu()])
    const [a, b] = (await until((s) => s.documents.length === 2 && settled(s) && allKept(s))).documents
    session.closeDocument(a?.id ?? '')
    history.go(-1)
    await until((s) => s.opening !== null)
    history.go(1)
    await until((s) => s.opening === null && !s.following && settled(s))
    // What comes next is read after what was given up.
    await session.openFiles([cpu()])
    expect(session.get().documents.map(({ id }) => id)).toEqual([b?.id])
    expect(new URL(history.href()).searchParams.get('p')).toBe(b?.id)
  })

  test('what a link opened lives on when another link is followed', async () => {
    const browser = testBrowser()
    const one = tab(undefined, browser)
    await one.session.openFiles([heap(), cpu()])
    const [a, b] = (await one.until(allKept)).documents.map(({ id }) => id)
    const two = tab(`https://hotzone.example/?p=${a}`, browser)
    await two.until(settled)
    two.history.edit(`https://hotzone.example/?p=${b}`)
    await two.until((s) => s.current === b && settled(s))
    two.history.go(-1)
    two.session.setSearch('decode')
    await two.until((s) => s.current === a && s.answers.search?.state === 'current')
    expect(two.workers.map(({ ended }) => ended)).toEqual([false, false])
  })

  test('garbage is named and does no harm', async () => {
    const { session, until } = tab('https://hotzone.example/?p=nonsense&x=1#v=1&w=zz&unknown=2')
    await until((s) => !s.following)
    expect(session.get().notices.map((notice) => notice.kind)).toEqual(['link-note', 'link-note'])
    await session.openFiles([heap()])
    await until(settled)
    // What this version does not know is passed on.
    expect(tabs[0]?.history.href()).toContain('x=1')
    expect(tabs[0]?.history.href()).toContain('unknown=2')
  })
})

describe('what the browser keeps', () => {
  test('a second tab opens what the first one kept, at the same view', async () => {
    const browser = testBrowser()
    const one = tab(undefined, browser)
    await one.session.openFiles([heap()])
    await one.until(allKept)
    one.session.setSearch('decode')
    const two = tab(one.history.href(), browser)
    const s = await two.until(settled)
    expect([s.current, s.view.search, s.missing]).toEqual([one.session.get().current, 'decode', null])
    // Forgotten in one tab, still open in the other.
    await two.session.forgetKept(s.current ?? '')
    expect(one.session.get().documents).toHaveLength(1)
    await one.session.refreshRecents()
    expect(one.session.get().recents).toEqual([])
  })

  test('a document that another tab has forgotten is named, and leaves the list', async () => {
    const browser = testBrowser()
    const one = tab(undefined, browser)
    await one.session.openFiles([heap()])
    await one.until(allKept)
    const two = tab(undefined, browser)
    const [row] = (await two.until((s) => s.recents?.length === 1)).recents ?? []
    if (!row) throw new Error('no row')
    await one.session.forgetKept(row.id)
    await two.session.openRecent(row)
    const { notices, recents, documents } = two.session.get()
    expect(notices).toMatchObject([{ kind: 'forgotten', name: 'map' }])
    expect([recents, documents]).toEqual([[], []])
  })

  test('a store that is full, or away, loses the keeping and nothing else', async () => {
    const { storage } = testBrowser()
    const full = { ...storage, keep: async () => false }
    const { session, until } = tab(undefined, { storage: full })
    await session.openFiles([heap()])
    const s = await until((now) => settled(now) && now.notices.length > 0)
    expect(s.notices).toMatchObject([{ kind: 'not-kept', name: 'map' }])
    const away = tab(undefined, { storage: { ...storage, listKept: async () => null } })
    await away.until((now) => !now.canKeep)
  })

  test('what is over the budget lets the oldest go', async () => {
    const { storage } = testBrowser()
    const row = (id: string, size: number, date: number) =>
      ({ id: id.repeat(43), name: id, size, date, kind: 'cpu', total: 1, unit: 'count', zone: null }) as const
    const keep = (id: string, size: number, date: number) =>
      storage.keep(row(id, size, date), [{ id: id.repeat(43), file: new Blob([id]) }])
    const most = 200 * 1024 ** 2
    expect(await keep('a', most / 2, 1)).toBe(true)
    expect(await keep('b', most / 2, 2)).toBe(true)
    expect(await keep('c', most / 2, 3)).toBe(true)
    expect(await keep('d', most + 1, 4)).toBe(false)
    expect((await storage.listKept())?.map(({ name }) => name)).toEqual(['c', 'b'])
    expect(await storage.keptDocument('a'.repeat(43))).toBeNull()
    expect((await storage.keptDocument('b'.repeat(43)))?.sources).toHaveLength(1)
  })
})

describe('a document of several files', () => {
  test('profiles that are open add up, and a link to their sum opens from their files', async () => {
    const browser = testBrowser()
    const one = tab(undefined, browser)
    await one.session.openFiles([heap(), file('go1.27/struct/heap.pb.gz')])
    const before = await one.until(allKept)
    await one.session.mergeProfiles()
    const s = await one.until((now) => now.documents.length === 3 && settled(now) && allKept(now))
    const [a, b, sum] = s.documents
    expect(sum).toMatchObject({ id: `${a?.id}.${b?.id}`, kind: 'profile', name: 'map + struct' })
    const total = (document: unknown) =>
      (document as { info: { sampleTypes: { total: number }[] } }).info.sampleTypes.map((type) => type.total)
    expect(total(sum)).toEqual(total(a).map((value, i) => value + (total(b)[i] ?? 0)))
    expect(before.documents).toHaveLength(2)
    // Files that another document needs stay when one of the documents goes.
    await one.session.forgetKept(sum?.id ?? '')
    const two = tab(`https://hotzone.example/?p=${sum?.id}`, browser)
    const again = await two.until(settled)
    expect(again.documents).toMatchObject([{ id: sum?.id, sources: [{ id: a?.id }, { id: b?.id }] }])
  })

  /** Link to the sum of two profiles, made in another browser or in this one. */
  async function linkToSum(browser?: ReturnType<typeof testBrowser>): Promise<string> {
    const { session, until } = tab(undefined, browser)
    await session.openFiles([heap(), struct()])
    await until(allKept)
    await session.mergeProfiles()
    return (await until((s) => s.documents.length === 3 && settled(s) && allKept(s))).current ?? ''
  }

  test('a link to a sum whose files are not here waits for each of them', async () => {
    const link = await linkToSum()
    const { session, until } = tab(`https://hotzone.example/?p=${link}#v=1&q=json&pn=both`)
    await until(({ missing }) => missing?.sure === true)
    await session.openFiles([struct()])
    const part = await until((s) => settled(s) && s.notices.length > 0)
    expect(part.notices).toMatchObject([{ kind: 'more-files', names: [''] }])
    await session.openFiles([heap()])
    const s = await until((now) => now.current === link && settled(now))
    expect([s.view.search, s.missing, s.documents.length]).toEqual(['json', null, 3])
    expect(s.notices).toEqual([])
  })

  test('nobody waits any more once the part that came is closed', async () => {
    const link = await linkToSum()
    const { session, until } = tab(`https://hotzone.example/?p=${link}`)
    await until(({ missing }) => missing?.sure === true)
    await session.openFiles([struct()])
    const part = await until((s) => settled(s) && s.notices.length > 0)
    session.closeDocument(part.current ?? '')
    expect(session.get()).toMatchObject({ current: null, missing: null, notices: [] })
  })

  test('the files of a sum may come at once, in any order', async () => {
    const link = await linkToSum()
    for (const files of [
      [heap(), struct()],
      [struct(), heap()],
    ]) {
      const { session, until } = tab(`https://hotzone.example/?p=${link}#v=1&q=json`)
      await until(({ missing }) => missing?.sure === true)
      await session.openFiles(files)
      const s = await until((now) => now.current === link && settled(now))
      expect([s.view.search, s.missing, s.notices]).toEqual(['json', null, []])
    }
  })

  test('they need not be kept to be added up', async () => {
    const link = await linkToSum()
    const browser = testBrowser()
    globalThis.indexedDB.open = () => {
      throw new DOMException('denied', 'SecurityError')
    }
    const { session, until } = tab(`https://hotzone.example/?p=${link}`, browser)
    await until(({ missing }) => missing?.sure === true)
    await session.openFiles([heap(), struct()])
    await until((now) => now.current === link && settled(now))
  })

  test('a sum that is kept is what its link was made from', async () => {
    const browser = testBrowser()
    const link = await linkToSum(browser)
    const { until } = tab(`https://hotzone.example/?p=${link}#v=1&q=json`, browser)
    const s = await until((now) => now.current === link && settled(now))
    expect([s.view.search, s.missing, s.notices]).toEqual(['json', null, []])
  })

  test('more profiles than can be added up are refused, none is left out in silence', async () => {
    const { session } = tab()
    const stacks = (i: number) => new File([`main;f${i} 1\n`], `f${i}.folded`)
    await session.openFiles(Array.from({ length: 21 }, (_, i) => stacks(i)))
    await session.mergeProfiles()
    const { documents, notices } = session.get()
    expect(documents).toHaveLength(21)
    expect(notices).toMatchObject([
      { kind: 'failed', error: { code: 'too-many-files', facts: { files: 21, most: 20 } } },
    ])
  })

  test('profiles of different things do not', async () => {
    const { session, until } = tab()
    await session.openFiles([heap(), cpu()])
    await until(settled)
    await session.mergeProfiles()
    expect(session.get().notices).toMatchObject([{ kind: 'failed', error: { code: 'cannot-merge' } }])
    expect(session.get().documents).toHaveLength(2)
  })
})

test('two sessions know nothing of each other', async () => {
  const [one, two] = [tab(), tab()]
  await one.session.openFiles([heap()])
  await one.until(settled)
  expect(two.session.get().documents).toEqual([])
  expect(two.workers.every((worker) => worker instanceof TestWorker && worker.asked.length === 0)).toBe(true)
})
