/** What holds in every view: it survives reload, history and a copied link; axe finds nothing; a phone shows it. */
import { fixturePath } from '../src/testing/fixtures.ts'
import { axe, dropFiles, expect, openApp, type Page, tab, test, waitForFlame } from './app.ts'

const HEAP = fixturePath('go1.27/map/heap.pb.gz')
const LABELLED = fixturePath('goroutines/labels-go1.27/cpu.pb.gz')

/** Ids of views, the tab and the choice on its switch that they are behind. */
const VIEWS = [
  ['flame', 'Flame', 'Top-down'],
  ['bottom-up', 'Flame', 'Bottom-up'],
  ['top', 'Table', 'Functions'],
  ['callers', 'Table', 'Bottom-up'],
  ['tree', 'Table', 'Call tree'],
  ['graph', 'Graph', ''],
  ['labels', 'Labels', ''],
] as const

/** The open view, by its tab and the switch on it. */
async function isOpen(page: Page, name: string, choice: string): Promise<void> {
  await expect(tab(page, name)).toHaveAttribute('aria-current', 'page')
  if (choice !== '') await expect(page.getByRole('radio', { name: choice, exact: true })).toBeChecked()
}

async function open(page: Page, name: string, choice: string): Promise<void> {
  await tab(page, name).click()
  if (choice !== '') await page.getByRole('radio', { name: choice, exact: true }).click()
}

const bar = (page: Page) => page.getByRole('region', { name: 'Filters' })

/** What the view says, once it has come to rest. */
async function said(page: Page, name: string, choice: string): Promise<string> {
  await isOpen(page, name, choice)
  let before = ''
  await expect
    .poll(async () => {
      const last = before
      before = await page.evaluate(() => {
        // The view before it is hidden while the next one is loaded.
        const place = [...document.querySelectorAll('.graph-place')].find((el) => el.checkVisibility())
        if (!place) return ''
        const boxes = [...place.querySelectorAll('[role=treeitem]')].map((item) => item.getAttribute('aria-label'))
        return `${boxes.join('\n')}\n${(place as HTMLElement).innerText}`
      })
      return before.length > 40 && before === last && !before.includes('Counting')
    })
    .toBe(true)
  return before
}

for (const [id, name, choice] of VIEWS) {
  test(`${id}: the same after reload, back and forward, and by its link in another browser`, async ({
    page,
    freshPage,
  }) => {
    await openApp(page, '#v=1')
    await dropFiles(page, [HEAP])
    await waitForFlame(page)
    const other: [string, string] = id === 'graph' ? ['Flame', 'Top-down'] : ['Graph', '']
    await page.goto(`${page.url()}&view=${id}&si=alloc_space&fn=main.decodeMap&f=encoding/json&h=reflect&sort=cum`)
    await page.reload()
    const first = await said(page, name, choice)
    expect(await bar(page).getByRole('switch').count()).toBe(2)
    await page.reload()
    expect(await said(page, name, choice)).toBe(first)
    await open(page, ...other)
    expect(await said(page, ...other)).not.toBe(first)
    await page.goBack()
    expect(await said(page, name, choice)).toBe(first)
    await page.goForward()
    await said(page, ...other)
    await page.goBack()
    expect(await said(page, name, choice)).toBe(first)

    const theirs = await freshPage()
    await theirs.goto(page.url())
    await expect(theirs.getByText('heap.pb.gz').first()).toBeVisible()
    await dropFiles(theirs, [HEAP])
    expect(await said(theirs, name, choice)).toBe(first)
  })
}

test('every kind of chip and option is in the link', async ({ page, freshPage }) => {
  const chips = [
    'f=main',
    '-f=nothing',
    'i=gcBgMarkWorker',
    'h=asyncPreempt',
    's=.',
    'sf=^main',
    'tf=route=/orders,/users',
    'ti=1000kb:',
    'ts=^(route|tenant)$',
    'th=^tenant$',
    'prunefrom=^main\\.spin$',
    'x=merge:main.labels.func1',
    'x=drop:main.nothing',
    'x=rec:main.spin',
    'x=drec:main.spin',
    '-x=pkg:runtime',
  ]
  const options = ['g=lines', 'noinlines=1', 'mg=1', 'mc=1', 'repair=1', 'tagroot=route', 'tagleaf=tenant']
  const fragment = ['v=1', ...options, ...chips].map((part) => part.replace(/[\\^$|()]/g, encodeURIComponent)).join('&')
  await openApp(page, `#${fragment}`)
  await dropFiles(page, [LABELLED])
  await waitForFlame(page)
  const words = async (at: Page) => {
    await expect(bar(at).getByRole('switch')).toHaveCount(chips.length)
    return bar(at).getByRole('list').first().innerText()
  }
  const first = await words(page)
  for (const part of ['Prune from', 'Tag hide', 'Collapse direct recursion', 'By lines', 'Cut stacks repaired']) {
    expect(first).toContain(part)
  }
  const off = bar(page).getByRole('switch', { checked: false })
  await expect(off).toHaveCount(2)
  const link = page.url()
  await page.reload()
  await waitForFlame(page)
  expect(await words(page)).toBe(first)
  await expect(off).toHaveCount(2)
  expect(page.url()).toBe(link)
  await bar(page).getByRole('button', { name: 'Clear' }).click()
  await expect(bar(page).getByRole('switch')).toHaveCount(0)
  await page.goBack()
  expect(await words(page)).toBe(first)
  const theirs = await freshPage()
  await theirs.goto(link)
  await dropFiles(theirs, [LABELLED])
  await waitForFlame(theirs)
  expect(await words(theirs)).toBe(first)
})

test('a link that the first version wrote opens as it did', async ({ page }) => {
  // Written before filters, views and options were in links; the profile is asked for by its id.
  await openApp(
    page,
    '?p=4-OiRxRXxt0UvZ6mMMvZOkTJ4BqMYwkYqxuSyb-NDmI#v=1&si=alloc_space&order=name&flip=1&q=reflect&zo=reflect-alloc&pn=heap.pb.gz',
  )
  await dropFiles(page, [HEAP])
  await waitForFlame(page)
  await expect(page.getByRole('radio', { name: 'Alloc space' })).toBeChecked()
  await expect(page.getByRole('searchbox', { name: 'Search frames' })).toHaveValue('reflect')
  await expect(tab(page, 'Flame')).toHaveAttribute('aria-current', 'page')
  await expect(bar(page)).toHaveCount(0)
})

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in any view, ${scheme}`, async ({ page }) => {
    test.slow()
    await page.emulateMedia({ colorScheme: scheme })
    await openApp(page, '#v=1&fn=main.decodeMap&si=alloc_space&f=json&q=reflect')
    await dropFiles(page, [HEAP])
    await waitForFlame(page)
    for (const [, name, choice] of VIEWS) {
      await open(page, name, choice)
      await said(page, name, choice)
      // What is still being counted is dimmed for a moment.
      await expect.poll(async () => (await axe(page)).map((line) => `${name} ${choice}: ${line}`)).toEqual([])
    }
  })
}

test('a phone shows every view without scrolling sideways, and which one it is', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 760 })
  await openApp(page, '#v=1&fn=main.decodeMap&si=alloc_space&f=json')
  await dropFiles(page, [HEAP])
  await waitForFlame(page)
  for (const [id, name, choice] of VIEWS) {
    await open(page, name, choice)
    await said(page, name, choice)
    await expect(tab(page, name)).toBeInViewport({ ratio: 1 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth), id).toBe(390)
    // A third of the screen is the view's own.
    const place = await page.locator('.graph-place:visible').boundingBox()
    expect(place?.height, id).toBeGreaterThan(250)
  }
})

test('a view is offered where there is something for it to show', async ({ page }) => {
  await openApp(page, '#v=1&view=labels')
  await dropFiles(page, [fixturePath('go1.27/map/mutex.pb.gz')])
  await waitForFlame(page)
  await expect(tab(page, 'Graph')).toBeVisible()
  await expect(tab(page, 'Labels')).toHaveCount(0)
  // What the link asked for is not there; the first view is.
  await isOpen(page, 'Flame', 'Top-down')
  await page.keyboard.press('2')
  await isOpen(page, 'Table', 'Functions')
  // Numbers are those of the tabs on screen: Labels, the fourth of others, is not there.
  await page.keyboard.press('4')
  await isOpen(page, 'Table', 'Functions')
  await page.keyboard.press('3')
  await isOpen(page, 'Graph', '')
  await dropFiles(page, [LABELLED])
  await tab(page, 'Labels').click()
  await expect(page.getByRole('region', { name: /^Label / }).first()).toBeVisible()
})
