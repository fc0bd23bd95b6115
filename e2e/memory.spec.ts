/** Reads of memory: what they say, the room up to a limit that is typed, what no heap profile shows, and the reads. */
import { fixturePath } from '../src/testing/fixtures.ts'
import { axe, dropFiles, expect, openApp, type Page, test } from './app.ts'

const reads = fixturePath('go1.27/map/memstats.jsonl')
const table = (page: Page) => page.getByRole('table', { name: 'Memory over time' })
const cards = (page: Page) => page.getByRole('list', { name: 'What it says' })

test('reads say that memory grows, and how long there is room up to a limit, which the link keeps', async ({
  page,
}) => {
  await openApp(page)
  await dropFiles(page, [reads])
  await expect(cards(page).getByRole('listitem').first()).toContainText(
    'rose from 7.48 MiB to 303.1 MiB, by 3.24 GiB/min.',
  )
  await expect(table(page)).toHaveAttribute('aria-rowcount', '74')
  expect(await axe(page)).toEqual([])

  const limit = page.getByRole('textbox', { name: 'Limit' })
  await limit.fill('much')
  await limit.press('Enter')
  await expect(page.getByText('"much" is no amount of memory, such as 512MiB.')).toBeVisible()
  await limit.fill('700MiB')
  await limit.press('Enter')
  const room = cards(page).getByRole('listitem').filter({ hasText: 'Room up to the limit' })
  await expect(room).toContainText(
    '548.5 MiB of 700 MiB were taken at the end, 151.5 MiB are left; at the pace of now for 2.74 s.',
  )
  await expect(page).toHaveURL(/mem-limit=700MiB/)
  await page.waitForFunction(() => performance.getEntriesByName('remembered').length > 0)
  await page.reload()
  await expect(room).toContainText('151.5 MiB are left')

  const slider = page.getByRole('slider', { name: 'Memory over time: step with the arrow keys' })
  await slider.focus()
  await page.keyboard.press('End')
  await expect(slider).toHaveAttribute('aria-valuetext', /Heap allocated 375\.4 MiB/)
  await expect(table(page).locator('[aria-current=true]')).toContainText('375.4 MiB')
})

test('one answer of /debug/vars: what of it a heap profile shows', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openApp(page)
  await dropFiles(page, [fixturePath('go1.27/map/expvar.json')])
  const parts = page.getByRole('table', { name: 'What of this a heap profile shows' })
  await expect(parts.getByRole('row', { name: /^Objects/ })).toContainText('375.3 MiB')
  await expect(parts.getByRole('row', { name: /^Holes in pages in use/ })).toContainText('37.1 MiBno')
  await expect(cards(page)).toContainText('too few to tell whether memory grows')
  await page.getByRole('button', { name: 'Copy' }).click()
  await page.getByRole('menuitem', { name: 'Copy as Markdown' }).click()
  await expect(page.getByText('Copied', { exact: true })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('| Stacks of goroutines | 640 KiB | no |')
})

test.describe('in Chinese, dark and narrow', () => {
  test.use({ locale: 'zh-CN', colorScheme: 'dark', viewport: { width: 390, height: 844 } })

  test('says the same', async ({ page }) => {
    await openApp(page)
    await expect(page.getByRole('button', { name: '选择文件…' })).toBeVisible()
    await dropFiles(page, [reads])
    await expect(page.getByRole('list', { name: '说明了什么' })).toContainText('存活堆在增长')
    await expect(page.getByRole('table', { name: '内存随时间变化' })).toBeVisible()
    expect(await axe(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })
})
