/** Profiles that are open, compared: which is the base, what it costs to look at it the other way round. */
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { fixturePath } from '../testing/fixtures.ts'
import { type TestTab, testBrowser, testTab } from '../testing/session/tab.ts'
import { byCapture } from './comparing.ts'
import type { AppState, Source } from './store.ts'

const tabs: TestTab[] = []

function tab(...args: Parameters<typeof testTab>): TestTab {
  const made = testTab(...args)
  tabs.push(made)
  return made
}

afterEach(() => {
  for (const { close } of tabs.splice(0)) close()
})

const file = (path: string) => new File([readFileSync(fixturePath(path))], path.split('/').at(-1) ?? path)
const heap = (n: number) => file(`go1.27/map/heap-${n}.pb.gz`)
const shown = (s: AppState) =>
  s.opening === null && s.answers.tree?.state === 'current' && s.answers.tree.profile.id === s.current

test('the earliest comes first, each once, and those without a time stay where they are', () => {
  const side = (id: string, timeNs: number) => ({ source: { id, name: id, file: new Blob(), address: null }, timeNs })
  const ids = (sources: Source[]) => sources.map(({ id }) => id).join('')
  expect(ids(byCapture([side('c', 3), side('a', 1), side('b', 2)]))).toBe('abc')
  expect(ids(byCapture([side('c', 3), side('x', 0), side('a', 1), side('a', 1)]))).toBe('axc')
  expect(ids(byCapture([side('y', 0), side('x', 0)]))).toBe('yx')
})

describe('open profiles', () => {
  test('of one program and kind are compared by their times, once; closing leaves the profiles', async () => {
    const { session, until } = tab()
    await session.openFiles([heap(3), file('go1.27/map/cpu.pb.gz'), heap(0), heap(1)])
    await until((s) => s.documents.length === 4 && shown(s))
    const group = await session.alikeNow()
    expect(group.map(({ name }) => name)).toEqual(['heap-3.pb.gz', 'heap-0.pb.gz', 'heap-1.pb.gz'])
    const made = await session.compareDocuments(group)
    const s = await until((now) => now.current === made?.id && shown(now))
    expect(s.documents.at(-1)).toMatchObject({
      kind: 'comparison',
      name: 'heap-0.pb.gz → heap-1.pb.gz → heap-3.pb.gz',
    })
    expect(await session.alikeNow()).toEqual([])
    // Plain names, whatever the profiles are called together.
    expect(await session.exportName('pb.gz', false)).toBe('heap-0-vs-heap-3.pb.gz')
    session.compareBy({ sides: '2-1' })
    expect(await session.exportName('svg', true)).toBe('heap-3-vs-heap-1-inuse_space.svg')
    session.compareBy({ sides: '' })
    session.switchDocument(group[0]?.id ?? '')
    // The same document, which says meanwhile that it is kept.
    expect((await session.compareDocuments(group))?.id).toBe(made?.id)
    expect([session.get().current, session.get().documents.length]).toEqual([made?.id, 5])
    session.closeDocument(made?.id ?? '')
    expect(session.get().documents.map(({ kind }) => kind)).toEqual(['profile', 'profile', 'profile', 'profile'])
  })

  test('swapping asks the engine that is there, keeps the camera, and can be undone', async () => {
    const { session, until, workers } = tab()
    await session.openFiles([heap(0), heap(3)])
    await until((s) => s.documents.length === 2 && shown(s))
    await session.compareDocuments(await session.alikeNow())
    const before = await until((s) => s.documents.length === 3 && shown(s))
    const total = (s: AppState) => s.answers.tree?.value.total[0] ?? 0
    expect(total(before)).toBeGreaterThan(0)
    session.moveCamera([0.25, 0.5], true)
    const asked = () => workers.flatMap(({ asked }) => asked).filter((call) => call === 'open').length
    const opens = asked()
    session.compareBy({ sides: '1-0' })
    const swapped = await until((s) => shown(s) && s.answers.tree?.profile.query.sides === '1-0')
    expect([total(swapped), swapped.view.window, asked()]).toEqual([-total(before), [0.25, 0.5], opens])
    session.undo()
    const back = await until((s) => shown(s) && s.answers.tree?.profile.query.sides === '')
    expect([total(back), back.view.window]).toEqual([total(before), [0.25, 0.5]])
    // Other widths: a camera position would show something else.
    session.compareBy({ width: 'base' })
    expect(session.get().view.window).toBe(null)
  })
})

describe('a link to a comparison', () => {
  async function link(): Promise<string> {
    const { session, until, history } = tab()
    await session.openFiles([heap(0), heap(3)])
    await until((s) => s.documents.length === 2 && shown(s))
    await session.compareDocuments(await session.alikeNow())
    await until((s) => s.documents.length === 3 && shown(s) && s.documents.every(({ kept }) => kept))
    session.compareBy({ sides: '1-0' })
    await until(shown)
    return history.href()
  }

  test('names each file that is missing, goes on waiting when another one comes, and opens once all are here', async () => {
    const href = await link()
    expect(new URL(href).hash).toContain('pn=heap-0.pb.gz&pn=heap-3.pb.gz')
    const theirs = tab(href)
    const asked = await theirs.until(({ missing }) => missing?.sure === true)
    expect(asked.missing?.files.map(({ name }) => name)).toEqual(['heap-0.pb.gz', 'heap-3.pb.gz'])
    await theirs.session.openFiles([heap(3)])
    const part = await theirs.until((s) => shown(s) && s.notices.length > 0)
    expect(part.notices).toMatchObject([{ kind: 'more-files', names: ['heap-0.pb.gz'] }])
    await theirs.session.openFiles([heap(1)])
    const wrong = await theirs.until((s) => shown(s) && s.notices.some(({ kind }) => kind === 'other-file'))
    expect(wrong.notices).toMatchObject([{ kind: 'other-file', name: 'heap-1.pb.gz', names: ['heap-0.pb.gz'] }])
    // It is a profile like any other: the link's view is not its own.
    expect([wrong.view.sides, wrong.documents.length]).toEqual(['', 2])
    await theirs.session.openFiles([heap(0)])
    const whole = await theirs.until((s) => s.current === asked.missing?.id && shown(s))
    expect([whole.view.sides, whole.missing]).toEqual(['1-0', null])
    expect(whole.notices).toEqual([])
  })

  test('asks for none but the missing one where the other is kept', async () => {
    const href = await link()
    const browser = testBrowser()
    const before = tab(undefined, browser)
    await before.session.openFiles([heap(0)])
    await before.until((s) => shown(s) && s.documents.every(({ kept }) => kept))
    const theirs = tab(href, browser)
    const asked = await theirs.until(
      ({ missing }) => missing?.sure === true && missing.files.length === 1 && missing.files[0]?.name !== '',
    )
    expect(asked.missing?.files.map(({ name }) => name)).toEqual(['heap-3.pb.gz'])
    await theirs.session.openFiles([heap(3)])
    const whole = await theirs.until((s) => s.current === asked.missing?.id && shown(s))
    expect(whole.documents.map(({ name }) => name)).toContain('heap-0.pb.gz → heap-3.pb.gz')
  })
})
