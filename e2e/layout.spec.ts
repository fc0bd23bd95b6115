/** What must not overlap or be cut: at 200 % zoom of a laptop, in the bar, in the sums of the total. */
import { readFileSync } from 'node:fs'
import { fixturePath } from '../src/testing/fixtures.ts'
import { dropFiles, expect, type Locator, openApp, openFiles, type Page, tab, test, treeItem } from './app.ts'

const heap = fixturePath('go1.27/map/heap.pb.gz')
const cpu = fixturePath('go1.27/map/cpu.pb.gz')

async function boxOf(locator: Locator) {
  await expect(locator).toBeVisible()
  const box = await locator.boundingBox()
  if (!box) throw new Error('it is not on screen')
  return { ...box, right: box.x + box.width, bottom: box.y + box.height }
}

test('at 720 px the sample types leave room for the search', async ({ page }) => {
  await page.setViewportSize({ width: 720, height: 450 })
  await openApp(page)
  await openFiles(page, heap)
  const types = page.getByRole('combobox', { name: 'Sample type' })
  const search = page.locator('.search')
  expect((await boxOf(types)).right).toBeLessThan((await boxOf(search)).x)
  expect((await boxOf(search)).width).toBeGreaterThan(180)
  await types.selectOption({ label: 'Alloc space' })
  await expect.poll(() => page.url()).toContain('si=alloc_space')
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
})

/** By how many pixels what stands in it is wider than it is. */
const cutBy = (locator: Locator) => locator.evaluate((el) => el.scrollWidth - el.clientWidth)

test('at 720 px a zoomed path, two profiles and a search stand beside each other', async ({ page }) => {
  await page.setViewportSize({ width: 720, height: 450 })
  await openApp(page)
  await openFiles(page, heap)
  await openFiles(page, cpu)
  await treeItem(page, 'encoding/json/v2.Unmarshal').first().focus()
  await page.keyboard.press('Enter')
  const path = page.getByRole('navigation', { name: 'Zoomed path' })
  const last = path.getByRole('button', { name: 'json/v2.Unmarshal' })
  await expect(last).toHaveAttribute('aria-current', 'page')
  // Its value, which the details have too, gives way.
  expect((await boxOf(last)).right).toBeLessThanOrEqual((await boxOf(page.getByRole('radio', { name: 'Top-down' }))).x)

  // The CPU and the heap profile of one program have a line together.
  const together = page.locator('.details.paired')
  await expect(together.locator('.fact')).toHaveCount(4)
  expect(await cutBy(together)).toBeLessThanOrEqual(0)
  expect((await boxOf(together.locator('.fact').last())).right).toBeLessThanOrEqual((await boxOf(together)).right)

  const search = page.getByRole('searchbox', { name: 'Search frames' })
  await search.fill('mapassign')
  await search.blur()
  const status = page.locator('#search-status')
  await expect(status).toContainText('10.0%')
  expect(await cutBy(status)).toBeLessThanOrEqual(0)
  // What is not on screen is named too, and nothing lies over anything.
  const profiles = page.getByRole('list', { name: 'Profiles' })
  for (const name of await profiles.locator('b').all()) expect((await boxOf(name)).width).toBeGreaterThan(35)
  expect(await cutBy(profiles)).toBeLessThanOrEqual(0)
  const types = await boxOf(page.getByRole('combobox', { name: 'Sample type' }))
  expect((await boxOf(profiles)).right).toBeLessThanOrEqual(types.x)
  expect(types.right).toBeLessThanOrEqual((await boxOf(page.locator('.search'))).x)
})

test('at 1440 px two profiles and their sum are all named', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 800 })
  await openApp(page)
  await openFiles(page, heap)
  await dropFiles(page, [fixturePath('go1.27/struct/heap.pb.gz')])
  const profiles = page.getByRole('list', { name: 'Profiles' })
  await expect(profiles.getByRole('listitem')).toHaveCount(2)
  await page.getByRole('button', { name: 'Menu', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Add up the open profiles' }).click()
  await expect(profiles.getByRole('listitem')).toHaveCount(3)
  for (const item of await profiles.getByRole('listitem').all()) {
    expect((await boxOf(item.locator('b'))).width).toBeGreaterThan(35)
    const [open, close] = await item.getByRole('button').all()
    if (!open || !close) throw new Error('a profile has two buttons')
    expect(await cutBy(open)).toBeLessThanOrEqual(0)
    expect((await boxOf(open)).right).toBeLessThanOrEqual((await boxOf(close)).x)
  }
  expect(await cutBy(profiles)).toBeLessThanOrEqual(0)
})

/** Heads whose text is cut or lies over that of another head. */
function badHeads(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const heads = [...document.querySelectorAll('table[aria-rowcount] thead th')].filter((th) => th.clientWidth > 0)
    const texts = heads.map((th) => {
      const range = document.createRange()
      range.selectNodeContents(th)
      // What changes the width lies between two heads.
      const grip = th.querySelector('[role=separator]')
      if (grip) range.setEndBefore(grip)
      return range.getBoundingClientRect()
    })
    return heads
      .filter((th, i) => {
        const text = texts[i] as DOMRect
        const box = th.getBoundingClientRect()
        const hides = getComputedStyle(th).overflowX !== 'visible'
        const cut = hides && (text.left < box.left - 1 || text.right > box.right + 1)
        const before = texts[i - 1]
        return cut || (before !== undefined && text.left < before.right)
      })
      .map((th) => th.textContent ?? '')
  })
}

for (const width of [1440, 720, 390]) {
  test(`at ${width} px the heads of the top table are read whole`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 })
    await openApp(page)
    await openFiles(page, cpu)
    await tab(page, 'Table').click()
    const table = page.getByRole('grid')
    await expect(table.locator('tbody').getByRole('row').first()).toBeVisible()
    expect(await badHeads(page)).toEqual([])
    expect(await cutBy(table.locator('..'))).toBeLessThanOrEqual(0)
  })
}

test('the bars of the findings are long enough to be compared', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await openApp(page)
  await openFiles(page, cpu)
  expect((await boxOf(page.locator('.zone-bar').first())).width).toBeGreaterThan(180)
})

test('below each view stands what to do in it', async ({ page }) => {
  await openApp(page)
  await openFiles(page, heap)
  const hint = page.getByRole('region', { name: 'Selected function' })
  for (const [view, text] of [
    ['Table', 'Select a row.'],
    ['Graph', 'Press a function'],
    ['Labels', 'Keep or drop a value'],
  ] as const) {
    await tab(page, view).click()
    await expect(hint).toContainText(text)
  }
})

test('at 1440 px the last crumb of a short path is read whole', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await openApp(page)
  await openFiles(page, heap)
  await page
    .getByRole('treeitem', { name: /^json\.Unmarshal|encoding\/json\.Unmarshal/ })
    .first()
    .focus()
  await page.keyboard.press('Enter')
  const last = page.getByRole('navigation', { name: 'Zoomed path' }).getByRole('button', { name: 'json.Unmarshal' })
  await expect(last).toBeVisible()
  expect(await last.evaluate((el) => el.scrollWidth - el.clientWidth)).toBeLessThanOrEqual(0)
})

test('the sums of the total stand in columns', async ({ page }) => {
  await openApp(page)
  await openFiles(page, heap)
  await page.getByRole('button', { name: 'Where the total went' }).click()
  const row = page.getByRole('row', { name: /^Total/ })
  const [value, share] = await Promise.all([0, 1].map((i) => boxOf(row.getByRole('cell').nth(i))))
  expect((share?.x ?? 0) - (value?.x ?? 0)).toBeGreaterThan(0)
  const gap = await row
    .getByRole('cell')
    .nth(1)
    .evaluate((el) => Number.parseFloat(getComputedStyle(el).paddingLeft))
  expect(gap).toBeGreaterThanOrEqual(8)
})

test('a recent profile of a long name stays within its column', async ({ page }) => {
  await openApp(page)
  const bytes = readFileSync(heap)
  const name = `${'a-very-long-name-of-a-service-and-its-data-centre-'.repeat(3)}heap.pb.gz`
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: bytes })
  await expect(page.getByRole('treeitem').first()).toBeAttached()
  await expect.poll(() => page.evaluate(() => performance.getEntriesByName('remembered').length)).toBeGreaterThan(0)
  await openApp(page)
  const row = page.locator('.recent').first()
  await expect(row).toBeVisible()
  expect((await boxOf(row)).right).toBeLessThanOrEqual((await boxOf(page.locator('.recents'))).right + 8)
})
