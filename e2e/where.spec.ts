/** Where it goes: rows that add up, read in three ways; a row lights the graph, names lines, filters; all of it in the link. */
import { writeFileSync } from 'node:fs'
import { fixturePath } from '../src/testing/fixtures.ts'
import { axe, expect, type Locator, openApp, openFiles, type Page, test } from './app.ts'
import { totalOf } from './shares.ts'

const heapFile = 'go1.27/map/heap.pb.gz'
const heap = fixturePath(heapFile)

const table = (page: Page) => page.getByRole('table', { name: 'Where it goes' })
const row = (page: Page, name: string) => table(page).getByRole('button', { name, exact: true })
const shares = async (rows: Locator): Promise<number[]> =>
  (await rows.allTextContents()).map((text) => Number(/([\d.]+)%/.exec(text)?.[1] ?? Number.NaN))

/** Opens the rows that are folded away. */
async function openAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^\d+ more rows?, / }).click()
}

test('rows add up to all, by activity, owner and package', async ({ page }) => {
  await openApp(page)
  await openFiles(page, heap)
  await expect(row(page, 'JSON decoding')).toBeVisible()
  for (const reading of ['Activity', 'Owner', 'Package']) {
    await page.getByRole('radio', { name: reading }).check({ force: true })
    await expect(table(page).getByRole('columnheader').first()).toHaveText(reading)
    const more = page.getByRole('button', { name: /^\d+ more rows?, / })
    if (await more.isVisible()) await more.click()
    const of = await shares(table(page).locator('tbody tr > :last-child'))
    // Each is rounded to a tenth.
    expect(of.reduce((sum, share) => sum + share, 0)).toBeGreaterThan(100 - 0.05 * of.length)
    expect(of.reduce((sum, share) => sum + share, 0)).toBeLessThan(100 + 0.05 * of.length)
  }
  expect(page.url()).toContain('by=package')
  await page.goBack()
  await expect(table(page).getByRole('columnheader').first()).toHaveText('Owner')
})

test('a row lights its boxes, names the lines of the own code, and is a filter; the link has it', async ({
  page,
  freshPage,
}) => {
  await openApp(page)
  await openFiles(page, heap)
  await row(page, 'JSON decoding').click()
  const details = table(page).getByRole('cell').filter({ hasText: 'Lines of your code' })
  await expect(details).toContainText('decode.go:49')
  await expect(details).toContainText('What to do')
  expect(page.url()).toContain('wr=json-decode')

  await page.getByRole('button', { name: 'Keep only the samples of JSON decoding' }).click()
  const chips = page.getByRole('list', { name: 'Filters and transforms' })
  await expect(chips).toContainText('Where JSON decoding')
  const value = await table(page).locator('tbody tr').first().locator('td').first().textContent()
  await expect(page.locator('.kept')).toHaveText(`${value} of ${totalOf(heapFile, 'inuse_space')} kept`)
  // What is left is of that row alone.
  await expect(table(page).locator('tbody tr th')).toHaveCount(1)

  const other = await freshPage()
  await other.goto(page.url())
  await openFiles(other, heap)
  await expect(other.getByRole('list', { name: 'Filters and transforms' })).toContainText('Where JSON decoding')
  await expect(row(other, 'JSON decoding')).toHaveAttribute('aria-expanded', 'true')

  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(chips).toHaveCount(0)
  await row(page, 'JSON decoding').click()
  await expect(row(page, 'JSON decoding')).toHaveAttribute('aria-expanded', 'false')
  expect(page.url()).not.toContain('wr=')
})

test('the lit boxes stand out in the graph', async ({ page }) => {
  await openApp(page)
  await openFiles(page, heap)
  await expect(row(page, 'JSON decoding')).toBeVisible()
  const canvas = page.locator('.flame canvas').first()
  const before = await canvas.screenshot()
  await row(page, 'HTTP client').click()
  await expect.poll(async () => (await canvas.screenshot()).equals(before)).toBe(false)
  await row(page, 'HTTP client').click()
  await expect.poll(async () => (await canvas.screenshot()).equals(before)).toBe(true)
})

test('who holds a heap: lines with the size of an object, what is still in use, and what grew', async ({ page }) => {
  await openApp(page)
  await openFiles(page, heap)
  await page.getByText('Who holds it', { exact: true }).click()
  const first = page.locator('.fold[open] li').first()
  await expect(first).toContainText('decode.go:49')
  await expect(first).toContainText(/\d+ B an object · [\d.]+% of what was allocated is in use/)
})

test('with an earlier snapshot open too, lines say what they hold more', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath('go1.27/map/heap-0.pb.gz'))
  await openFiles(page, fixturePath('go1.27/map/heap-3.pb.gz'))
  await page.getByText('Who holds it', { exact: true }).click()
  await expect(page.locator('.fold[open] li').first()).toContainText(/\+[\d.]+ [KM]iB since heap-0\.pb\.gz/)
})

test('who waits for what, and where it began', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath('goroutines/leak-go1.27/goroutine.pb.gz'))
  await page.getByText('Who waits for what', { exact: true }).click()
  await expect(page.locator('.fold[open] li').first()).toContainText(/waits for: \S+/)
})

test('by keyboard alone, narrow, and without faults', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await openApp(page)
  await openFiles(page, heap)
  await page.getByRole('button', { name: 'Open the inspector' }).click()
  await row(page, 'JSON decoding').focus()
  await page.keyboard.press('Enter')
  await expect(row(page, 'JSON decoding')).toHaveAttribute('aria-expanded', 'true')
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  expect(await axe(page)).toEqual([])
  await openAll(page)
  await page.getByRole('radio', { name: 'Activity' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(table(page).getByRole('columnheader').first()).toHaveText('Owner')
  expect(await axe(page)).toEqual([])
})

test('names that every object has are names, and of own code at no leaf is shown what it causes', async ({
  page,
}, info) => {
  const file = info.outputPath('names.folded')
  const names = ['constructor.f', '__proto__.f', 'example.com/toString/b.f']
  writeFileSync(file, names.map((name) => `main.main;${name} 100\n`).join(''))
  await openApp(page)
  await openFiles(page, file)
  await page.getByRole('radio', { name: 'Package' }).check({ force: true })
  for (const name of ['constructor', '__proto__']) await expect(row(page, name)).toBeVisible()
  await page.getByRole('radio', { name: 'Owner' }).check({ force: true })
  await row(page, 'Own code').click()
  await expect(table(page)).toContainText('Lit, listed and kept is what your code causes')
  await page.getByRole('button', { name: /^Keep only the samples/ }).click()
  await expect(page.locator('.kept')).toHaveText('300 of 300 kept')
  expect(page.url()).toContain('where=owner-caused:own')
})

test('in Chinese', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'zh-CN' })
  const page = await context.newPage()
  await openApp(page)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await openFiles(page, heap)
  const zh = page.getByRole('table', { name: '用在哪里' })
  await expect(zh).toContainText('解码 JSON')
  await expect(page.getByRole('radio', { name: '归属' })).toBeVisible()
  await context.close()
})
