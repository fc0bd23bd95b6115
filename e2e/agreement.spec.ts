/** One value looks the same wherever it stands: lengths of bars, marks of findings, labels of sums, chips, names. */
import { fixturePath } from '../src/testing/fixtures.ts'
import { expect, openApp, openFiles, type Page, tab, test, treeItem } from './app.ts'

const cpu = fixturePath('go1.27/map/cpu.pb.gz')
const heap = fixturePath('go1.27/map/heap.pb.gz')

/** What is written beside each bar, and how long it is. */
function bars(page: Page, bar: string, share: string): Promise<[string, number][]> {
  return page.evaluate(
    ([bar, share]) =>
      [...document.querySelectorAll<HTMLElement>(bar)].map((el): [string, number] => [
        el.parentElement?.parentElement?.querySelector(share)?.textContent ?? '',
        el.getBoundingClientRect().width,
      ]),
    [bar, share] as const,
  )
}

/** Bars are as long as what they stand for, on one scale. */
function expectOneScale(found: readonly [string, number][]): void {
  const full = found.filter(([, width]) => width > 3).map(([text, width]) => width / Number(text.replace(/[%<>]/g, '')))
  expect(full.length).toBeGreaterThan(3)
  // Shares have one decimal, and a pixel is the least that is drawn.
  for (const scale of full) expect(Math.abs(scale / Math.max(...full) - 1)).toBeLessThan(0.05)
}

test('bars of one value are of one length: in the top table, the findings, the labels', async ({ page }) => {
  await openApp(page)
  await openFiles(page, heap)
  await expect(page.locator('.zone-bar > span')).not.toHaveCount(0)
  expectOneScale(await bars(page, '.zone-bar > span', 'b'))
  await tab(page, 'Table').click()
  await expect(page.locator('[data-bar] > span').first()).toBeVisible()
  // Each bar stands in a cell of its own, with its share before it.
  expectOneScale(await bars(page, '[data-bar] > span', '[data-share]'))
  await openFiles(page, fixturePath('goroutines/labels-go1.27/cpu.pb.gz'))
  await tab(page, 'Labels').click()
  await expect(page.locator('table [data-bar] > span').first()).toBeVisible()
  expectOneScale(await bars(page, 'table [data-bar] > span', '[data-share]'))
})

test('the bars and the table of a label on few samples take per cent of all samples', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath('cases/number-labels.pb.gz'))
  await tab(page, 'Labels').click()
  const latency = page.getByRole('region', { name: 'Label latency' })
  // 64 B of 776 kB, all of what the key is on.
  await expect(latency.locator('table [data-share]')).toHaveText('<0.1%')
  await expect(latency.locator('li [data-share]')).toHaveText('<0.1%')
})

test('the top table marks what the graph marks', async ({ page }) => {
  await openApp(page)
  await openFiles(page, heap)
  const number = async (name: string) => {
    const label = (await treeItem(page, name).first().getAttribute('aria-label')) ?? ''
    return /finding (\d+)/.exec(label)?.[1] ?? ''
  }
  await expect(treeItem(page, 'reflect.mapassign_faststr0').first()).toHaveAttribute('aria-label', /finding \d/)
  const names = ['reflect.mapassign_faststr0', 'reflect.mapassign_faststr', 'reflect.unsafe_New', 'main.ingest']
  const marks: string[] = []
  for (const name of names) marks.push(await number(name))
  expect(marks.slice(0, 3)).not.toContain('')
  expect(marks[3]).toBe('')
  await tab(page, 'Table').click()
  for (const [i, name] of names.entries()) {
    await page.getByRole('textbox', { name: 'Filter functions' }).fill(name)
    const row = page.getByRole('row').filter({ has: page.getByTitle(name, { exact: true }) })
    await expect(row.getByRole('gridcell').nth(1)).toHaveText(marks[i] === '' ? '' : new RegExp(`${marks[i]}$`))
  }
})

test('rows of the call tree say how deep they are, and of which places their sums are', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath('odd/deep-5000.pb.gz'))
  await tab(page, 'Table').click()
  await page.getByRole('radio', { name: 'Call tree' }).click()
  await page.getByRole('button', { name: 'Open the heaviest path' }).click()
  const grid = page.getByRole('treegrid', { name: 'Call tree' })
  await grid.focus()
  await page.keyboard.press('Home')
  for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowDown')
  const row = grid.getByRole('row', { selected: true })
  await expect(row).toHaveAttribute('aria-level', '41')
  await expect(row.getByTitle('40 calls deep')).toHaveText('40')
  await expect(grid.getByRole('columnheader').nth(1)).toHaveText('Total here')
  await expect(page.getByRole('region', { name: 'Selected function' })).toContainText('All places')
})

test('labels grouped at the root leave a chip that takes them back', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath('goroutines/labels-go1.27/cpu.pb.gz'))
  await tab(page, 'Labels').click()
  const route = page.getByRole('region', { name: 'Label route' })
  await route.getByRole('button', { name: 'Group at the root' }).click()
  const filters = page.getByRole('region', { name: 'Filters' })
  await expect(filters).toContainText('Labels at the root: route')
  await filters.getByRole('button', { name: 'Remove option: Labels at the root: route' }).click()
  await expect(filters).toHaveCount(0)
  await expect(route.getByRole('button', { name: 'Group at the root' })).toHaveAttribute('aria-pressed', 'false')
})

test('the menu of a frame names it', async ({ page }) => {
  await openApp(page)
  await openFiles(page, cpu)
  await treeItem(page, 'encoding/json/v2.unmarshalDecode')
    .first()
    .click({ button: 'right', position: { x: 12, y: 6 } })
  await expect(page.getByRole('menu')).toContainText('json/v2.unmarshalDecode')
})
