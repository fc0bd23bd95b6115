/** Keyboard alone, themes, narrow screens, and what axe says about each screen. */
import { fixturePath } from '../src/testing/fixtures.ts'
import {
  axe,
  dropFiles,
  expect,
  flameTree,
  openApp,
  openFiles,
  type Page,
  test,
  treeItem,
  waitForFlame,
} from './app.ts'

const cpu = fixturePath('go1.27/map/cpu.pb.gz')
const heap = fixturePath('go1.27/map/heap.pb.gz')

const theme = (page: Page) => page.evaluate(() => document.documentElement.dataset.theme)
const background = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor)

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
}

test('keyboard alone: open, walk, zoom, search, share, help', async ({ page }) => {
  // Waited for from the start: the browser takes a moment to hand its file chooser over.
  const chooser = page.waitForEvent('filechooser')
  await openApp(page)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('o')
  await (await chooser).setFiles(cpu)
  await waitForFlame(page)

  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox', { name: 'Search frames' })).toBeFocused()
  await page.keyboard.type('main.ingest')
  await expect(page.getByRole('search').getByRole('status')).toContainText('1 frame')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('searchbox', { name: 'Search frames' })).toHaveValue('')
  await page.keyboard.press('Escape')
  await expect(flameTree(page).locator(':focus').or(page.locator('[role=tree]:focus'))).toHaveCount(1)

  await page.keyboard.press('Enter')
  await expect(page.getByRole('navigation', { name: 'Zoomed path' })).toContainText('main.ingest')
  await page.keyboard.press('0')
  await expect(page.getByRole('navigation', { name: 'Zoomed path' })).not.toContainText('main.ingest')

  await page.keyboard.press('s')
  await expect(page.getByRole('dialog', { name: 'Share this view' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toContainText('Next place of the finding')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+f')
  await expect(page.getByRole('searchbox', { name: 'Search frames' })).toBeFocused()
  // Letters are text while typing.
  await page.keyboard.type('sti')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('searchbox', { name: 'Search frames' })).toHaveValue('sti')
})

test('the menu walks with arrow keys; the root goes to the bottom and siblings by name', async ({ page }) => {
  await openApp(page)
  await openFiles(page, cpu)
  const top = (await treeItem(page, 'net/http.(*conn).serve').first().boundingBox())?.y ?? 0
  await page.getByRole('button', { name: 'Menu' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Open file…' })).toBeFocused()
  await page.keyboard.press('r')
  await expect(page.getByRole('menuitemradio', { name: 'Root on top' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Menu' })).toBeFocused()
  await expect
    .poll(async () => (await treeItem(page, 'net/http.(*conn).serve').first().boundingBox())?.y)
    .toBeGreaterThan(top + 100)
  await page.keyboard.press('i')
  await expect.poll(async () => (await treeItem(page, 'net/http.(*conn).serve').first().boundingBox())?.y).toBe(top)
  await page.getByRole('button', { name: /Order siblings by name/ }).click()
  await expect.poll(() => page.url()).toContain('order=name')
})

test('the context menu copies, searches and zooms', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openApp(page)
  await openFiles(page, cpu)
  const menu = async (item: string) => {
    await treeItem(page, 'main.decodeMap')
      .first()
      .click({ button: 'right', position: { x: 12, y: 6 } })
    await page.getByRole('menuitem', { name: item }).click()
  }
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
  await menu('Copy name')
  await expect.poll(clipboard).toBe('main.decodeMap')
  await menu('Copy whole stack')
  await expect.poll(clipboard).toContain('net/http.(*conn).serve\n')
  await menu('Search for this name')
  await expect(page.getByRole('searchbox', { name: 'Search frames' })).toHaveValue('main.decodeMap')
  await menu('Zoom here')
  await expect(page.getByRole('navigation', { name: 'Zoomed path' })).toContainText('main.decodeMap')
})

test('dark follows the system, and a choice is remembered', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await openApp(page)
  expect(await theme(page)).toBe('dark')
  expect(await background(page)).toBe('rgb(14, 16, 19)')
  await page.emulateMedia({ colorScheme: 'light' })
  await expect.poll(() => theme(page)).toBe('light')
  await page.keyboard.press('t')
  await expect.poll(() => background(page)).toBe('rgb(14, 16, 19)')
  await page.reload()
  expect(await theme(page)).toBe('dark')
  await openFiles(page, cpu)
  expect(page.url()).not.toContain('dark')
})

for (const width of [800, 390]) {
  test(`${width} px wide: everything is reachable and nothing scrolls sideways`, async ({ page }) => {
    await page.setViewportSize({ width, height: 760 })
    await openApp(page)
    await expectNoSidewaysScroll(page)
    await openFiles(page, heap)
    await expect(treeItem(page, 'main.ingest').first()).toBeVisible()
    await expectNoSidewaysScroll(page)
    await page.getByRole('button', { name: 'Open the inspector' }).click()
    const panel = page.getByRole('region', { name: 'Findings' })
    await expect(panel.getByRole('heading', { name: 'String-keyed map writes' })).toBeVisible()
    await expectNoSidewaysScroll(page)
    expect(await axe(page)).toEqual([])
    await page.getByRole('button', { name: 'Collapse the inspector' }).click()
    // In between the bar has room for a menu of sample types only.
    if (width < 640) await page.getByRole('radio', { name: 'Alloc space' }).check()
    else await page.getByRole('combobox', { name: 'Sample type' }).selectOption({ label: 'Alloc space' })
    await page.getByRole('searchbox', { name: 'Search frames' }).click()
    await page.getByRole('searchbox', { name: 'Search frames' }).fill('reflect')
    await expect(page.getByRole('search').getByRole('status')).toContainText('%')
    await page.getByRole('button', { name: 'Clear search' }).click()
    await page.getByRole('button', { name: 'Share' }).click()
    await expect(page.getByRole('button', { name: 'Copy link' })).toBeVisible()
    await expectNoSidewaysScroll(page)
  })
}

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await openApp(page)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await axe(page)).toEqual([])
    await openFiles(page, cpu)
    await expect(page.getByRole('region', { name: 'Findings' }).getByRole('listitem').first()).toBeVisible()
    await page.getByRole('searchbox', { name: 'Search frames' }).fill('reflect')
    await expect(page.getByRole('search').getByRole('status')).toContainText('functions')
    expect(await axe(page)).toEqual([])
    await dropFiles(page, [fixturePath('malformed/plain.txt')])
    await expect(page.getByRole('alert')).toBeVisible()
    expect(await axe(page)).toEqual([])
    await page.getByRole('button', { name: 'Menu' }).click()
    expect(await axe(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Share' }).click()
    await expect(page.getByText(/characters long/)).toBeVisible()
    expect(await axe(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.getByRole('main').click({ position: { x: 2, y: 2 } })
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
    expect(await axe(page)).toEqual([])
  })
}
