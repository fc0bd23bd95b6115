/** Goroutine dumps and crashes: what happened, who is at fault, and the goroutines by stack. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fixturePath } from '../src/testing/fixtures.ts'
import { axe, chooseFiles, dropFiles, expect, openApp, type Page, tab, test } from './app.ts'

const table = (page: Page) => page.getByRole('table', { name: 'Goroutines' })

async function openDump(page: Page, file: string) {
  await openApp(page)
  await dropFiles(page, [fixturePath(file)])
  await expect(tab(page, 'Goroutines')).toHaveAttribute('aria-current', 'page')
}

test('a crash says what happened, at which line, and who is at fault', async ({ page }) => {
  await openDump(page, 'traces/nilmap-go1.27.txt')
  await expect(page.getByRole('article').getByRole('heading', { level: 2 })).toHaveText(
    'Assignment to an entry of a nil map at main.go:196 in main.(*handler).set.',
  )
  await expect(page.getByText('panic: assignment to entry in nil map')).toBeVisible()
  const stack = page.getByRole('list', { name: 'Stack of Goroutine 1' })
  await expect(stack.locator('li[data-blamed]')).toHaveText('main.(*handler).set main.go:196')
  await expect(table(page).getByRole('row')).toHaveText([
    /^Count/,
    /^3main\.crash\.func1 main\.go:213select \(no cases\)main\.go:213 in main\.crash$/,
    /^1main\.\(\*handler\)\.set/,
    /^1time\.Sleep runtime\/time\.go|^1time\.Sleep time\.go/,
  ])
  expect(await axe(page)).toEqual([])
})

test('goroutines are filtered, a row unfolds its stack and leads to its box; the link keeps it', async ({ page }) => {
  await openDump(page, 'goroutines/leak-go1.27/goroutine.debug2.txt')
  await expect(page.getByText('480 goroutines, printed on request')).toBeVisible()
  await page.getByLabel('Filter goroutines').fill('chan send')
  await expect(page.getByRole('status').getByText('279 of 480 goroutines')).toBeVisible()
  await expect(table(page).getByRole('row')).toHaveCount(2)
  await page.reload()
  await expect(page.getByLabel('Filter goroutines')).toHaveValue('chan send')
  const row = table(page).getByRole('button').first()
  await row.focus()
  await page.keyboard.press('Enter')
  await expect(row).toHaveAttribute('aria-expanded', 'true')
  await page.getByRole('button', { name: 'Show in the flame graph' }).click()
  await expect(tab(page, 'Flame')).toHaveAttribute('aria-current', 'page')
  await expect(page.getByRole('treeitem', { name: /^main\.fetch, 279/ }).first()).toBeVisible()
  await page.goBack()
  await expect(table(page)).toBeVisible()
})

test('a deadlock lists who waits, and who for each other', async ({ page }) => {
  await openDump(page, 'crashes/ring-go1.27.txt')
  await expect(page.getByText('All goroutines are asleep: these 4 wait')).toBeVisible()
  await expect(page.getByText('Goroutines 17 and 18 wait for each other')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Who waits for what' }).getByRole('listitem')).toHaveCount(4)
})

test('both stacks of a race', async ({ page }) => {
  await openDump(page, 'crashes/race-go1.19.txt')
  await expect(page.getByRole('heading', { name: 'Data races: 2' })).toBeVisible()
  const frames = (side: string) => page.getByRole('region', { name: side, exact: true }).getByRole('listitem')
  const counter = ['main.(*counter).add main.go:10', 'main.main.func1 main.go:19']
  await expect(frames('read by goroutine 7')).toHaveText(counter)
  await expect(frames('write by goroutine 8')).toHaveText(counter)
  await page.getByText('write main.go:24 in main.main.func2').click()
  await expect(frames('read by the main goroutine').last()).toHaveText('main.main main.go:25')
})

test('two dumps are compared: which stacks grew', async ({ page }) => {
  const after = fixturePath('goroutines/leak-go1.27/goroutine.debug2.txt')
  const blocks = readFileSync(after, 'utf8').split('\n\n')
  const fewer = blocks.filter((block, i) => !block.includes('[chan send') || i % 4 === 0)
  const before = test.info().outputPath('before.txt')
  writeFileSync(before, fewer.join('\n\n'))
  await openApp(page)
  for (const path of [before, after]) {
    await chooseFiles(page, [path])
    await expect(page.getByText(/goroutines, printed on request/)).toBeVisible()
  }
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  const grown = blocks.length - fewer.length
  await expect(page.getByRole('treeitem', { name: new RegExp(`^main\\.fetch, \\+?${grown}`) }).first()).toBeVisible()
})

test.describe('where people speak Chinese', () => {
  test.use({ locale: 'zh-CN' })

  test('in the dark, on a narrow screen', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize({ width: 390, height: 800 })
    await openApp(page)
    await chooseFiles(page, [fixturePath('traces/mapwrites-go1.27.txt')])
    await expect(page.getByRole('article').getByRole('heading', { level: 2 })).toContainText(
      '多个 goroutine 同时使用同一个 map',
    )
    await expect(page.getByRole('table')).toBeVisible()
    expect(await axe(page)).toEqual([])
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
    expect(wide).toBe(false)
  })
})
