/** GC logs: what they say, the chart and the cycles; links to a cycle, both languages, dark and narrow. */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { fixturePath } from '../src/testing/fixtures.ts'
import { gcLine } from '../src/testing/gc-lines.ts'
import { axe, chooseFiles, dropFiles, expect, openApp, type Page, test } from './app.ts'

const limitLog = fixturePath('logs/gctrace-memlimit-mixed-1.27.log')
const table = (page: Page) => page.getByRole('table', { name: 'GC cycles' })
const cards = (page: Page) => page.getByRole('list', { name: 'What it says' })

test('a log says what is wrong; a card leads to its cycle, which the link keeps', async ({ page, freshPage }) => {
  await openApp(page)
  await dropFiles(page, [limitLog])
  await expect(cards(page).getByRole('listitem').first()).toContainText(
    '30 collections within 3.26 s at a goal of 44 MiB, nearly all of which is live: 8.9/s.',
  )
  await expect(table(page)).toBeVisible()
  await expect(table(page)).toHaveAttribute('aria-rowcount', '62')
  await expect(table(page).getByRole('row').nth(1)).toContainText(/^10.014 s|^114 ms/)
  expect(await axe(page)).toEqual([])

  const pause = cards(page).getByRole('listitem').filter({ hasText: 'A long pause' })
  await expect(pause).toContainText('Cycle 4 stopped everything for 16 ms')
  await pause.getByText('What it means, and what to do').click()
  await expect(pause).toContainText('stops nobody')
  await pause.getByRole('button', { name: 'Show it in the table' }).click()
  const current = table(page).locator('[aria-current=true]')
  await expect(current).toContainText('16 ms')
  const slider = page.getByRole('slider', { name: 'Pauses: step with the arrow keys' })
  await expect(slider).toHaveAttribute('aria-valuetext', /Pause before 16 ms/)
  await slider.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('slider', { name: /^Heap/ })).toHaveAttribute('aria-valuenow', '5')
  await expect(page).toHaveURL(/gc-row=4/)
  await page.waitForFunction(() => performance.getEntriesByName('remembered').length > 0)
  await page.reload()
  await expect(current).toHaveAttribute('aria-rowindex', '6')

  const theirs = await freshPage()
  await theirs.goto(page.url())
  await expect(
    theirs.getByRole('heading', { name: /^This link needs gctrace-memlimit-mixed-1\.27\.log/ }),
  ).toBeVisible()
  await dropFiles(theirs, [limitLog])
  await expect(table(theirs).locator('[aria-current=true]')).toHaveAttribute('aria-rowindex', '6')
})

test('the cycles are walked by the keyboard, ordered by a column, and copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openApp(page)
  await dropFiles(page, [fixturePath('go1.27/map/gctrace.log')])
  const rows = page.getByRole('region', { name: 'GC cycles: rows' })
  await rows.focus()
  await page.keyboard.press('End')
  await expect(table(page).locator('[aria-current=true]')).toContainText('forced')
  await page.getByRole('combobox', { name: 'Order' }).selectOption('Marking, largest first')
  await expect(table(page).getByRole('row').nth(1)).toContainText('1.01 s')
  await page.getByRole('button', { name: 'Copy' }).click()
  await page.getByRole('menuitem', { name: 'Copy as TSV' }).click()
  await expect(page.getByText('Copied', { exact: true })).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied.trimEnd().split('\n')).toHaveLength(16)
  expect(copied).toContain('\n14\t5.599\t435\t511\t290\t506\t2.8\t1010\t0.054\t39\t507\t12\t13\t2\t\n')
})

test('thousands of cycles: only those on screen are there', async ({ page }) => {
  const path = test.info().outputPath('long.log')
  writeFileSync(path, Array.from({ length: 30_000 }, (_, i) => gcLine({}, i)).join('\n'))
  await openApp(page)
  await dropFiles(page, [path])
  await expect(page.getByText('20,000 of 30,000 rows are shown.')).toBeVisible()
  await expect(table(page)).toHaveAttribute('aria-rowcount', '20001')
  await page.getByRole('region', { name: 'GC cycles: rows' }).focus()
  await page.keyboard.press('End')
  await expect(table(page).locator('[aria-current=true]')).toContainText('20,000')
  expect(await table(page).getByRole('row').count()).toBeLessThan(200)
})

test.describe('in Chinese, dark and narrow', () => {
  test.use({ locale: 'zh-CN', colorScheme: 'dark', viewport: { width: 390, height: 844 } })

  test('says the same', async ({ page }) => {
    await openApp(page)
    await expect(page.getByRole('button', { name: '选择文件…' })).toBeVisible()
    await dropFiles(page, [limitLog])
    await expect(page.getByRole('list', { name: '说明了什么' })).toContainText('目标停在 44 MiB')
    await expect(page.getByRole('table', { name: 'GC 周期' })).toBeVisible()
    expect(await axe(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })
})

test('a log of 100 MB with few cycles: progress, cancelled in the middle, then read to its end', async ({ page }) => {
  const other = `${Array.from({ length: 9 }, (_, i) => `level=info msg="request ${i}" status=200 bytes=5120 ms=12`).join('\n')}\n`
  const block = other.repeat(2 ** 11)
  const path = test.info().outputPath('large.log')
  const file = openSync(path, 'w')
  for (let i = 0, size = 0; size < 100 * 2 ** 20; i++) size += writeSync(file, `${gcLine({}, i)}\n${block}`)
  closeSync(file)
  await openApp(page)
  await chooseFiles(page, [path])
  await expect(page.getByRole('progressbar')).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('progressbar')).toHaveCount(0)
  await expect(table(page)).toHaveCount(0)
  await chooseFiles(page, [path])
  await expect(table(page)).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(/^\d+ cycles$/)).toBeVisible()
})
