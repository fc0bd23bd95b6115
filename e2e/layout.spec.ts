/** What must not overlap or be cut: at 200 % zoom of a laptop, in the bar, in the sums of the total. */
import { readFileSync } from 'node:fs'
import { fixturePath } from '../src/testing/fixtures.ts'
import { expect, type Locator, openApp, openFiles, test } from './app.ts'

const heap = fixturePath('go1.27/map/heap.pb.gz')

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
