/** The table of functions and the view of one function: numbers as pprof prints them, keyboard, link, copying. */
import { formatValue } from '../src/core/model/units.ts'
import { fixtureIndex, fixturePath } from '../src/testing/fixtures.ts'
import { axe, expect, openApp, openFiles, type Page, tab, test, waitForFlame } from './app.ts'

const entry = (file: string) => {
  const found = fixtureIndex().files.find((f) => f.file === file)
  if (!found) throw new Error(`no fixture ${file}`)
  return found
}
const cpu = entry('go1.27/map/cpu.pb.gz')
const heap = entry('go1.27/map/heap.pb.gz')

const grid = (page: Page) => page.getByRole('grid', { name: 'Top functions' })
const line = (page: Page, name: string) =>
  grid(page)
    .getByRole('row')
    .filter({ has: page.getByTitle(name, { exact: true }) })

async function openTop(page: Page, file: string): Promise<void> {
  await openApp(page)
  await openFiles(page, fixturePath(file))
  await tab(page, 'Table').click()
  await expect(grid(page)).toBeVisible()
}

test('self and total are those of pprof -top, in its order', async ({ page }) => {
  await openTop(page, cpu.file)
  const oracle = cpu.oracle?.cpu
  if (!oracle) throw new Error('no oracle')
  for (const { name, flat, cum } of oracle.top_flat.slice(0, 15)) {
    const row = line(page, name)
    await expect(row.getByRole('gridcell').nth(2)).toContainText(formatValue(flat, oracle.unit))
    await expect(row.getByRole('gridcell').nth(4)).toContainText(formatValue(cum, oracle.unit))
  }
  await expect(page.getByText(`${oracle.functions_in_report} functions`)).toBeVisible()
  await page.getByRole('button', { name: 'Total (cum)' }).click()
  await expect(page.getByRole('columnheader', { name: 'Total (cum)' })).toHaveAttribute('aria-sort', 'descending')
  await expect(
    grid(page)
      .getByRole('row')
      .nth(1)
      .getByTitle(oracle.top_cum[0]?.name ?? ''),
  ).toBeVisible()
})

test('every sample type stands side by side, with the mean size', async ({ page }) => {
  await openTop(page, heap.file)
  for (const label of ['Alloc objects', 'In use objects', 'Mean size, In use space']) {
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('menuitemcheckbox', { name: label }).click()
  }
  const name = 'reflect.unsafe_New'
  const flat = (type: string) => heap.oracle?.[type]?.top_flat.find((l) => l.name === name)?.flat ?? Number.NaN
  const row = line(page, name)
  await expect(row).toContainText(formatValue(flat('inuse_space'), 'bytes'))
  await expect(row).toContainText(formatValue(flat('alloc_objects'), 'count'))
  await expect(row).toContainText(formatValue(flat('inuse_objects'), 'count'))
  await expect(row).toContainText(formatValue(flat('inuse_space') / flat('inuse_objects'), 'bytes'))
})

test('filter, selection and sorting are in the link; copying gives what is shown', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openTop(page, cpu.file)
  await page.getByRole('textbox', { name: 'Filter functions' }).fill('mapassign')
  await expect(page.getByText(/^\d+ of 515 functions$/)).toBeVisible()
  await line(page, 'runtime.mapassign_faststr').click()
  await page.getByRole('button', { name: 'Total (cum)' }).click()
  await page.reload()
  await waitForFlame(page, 0)
  await expect(line(page, 'runtime.mapassign_faststr')).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByRole('columnheader', { name: 'Total (cum)' })).toHaveAttribute('aria-sort', 'descending')
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Copy as TSV' }).click()
  await expect(page.getByText(/rows copied/)).toBeVisible()
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(text.split('\n')[0]).toBe('Function\tSelf (flat)\t%\tCumulative self\tTotal (cum)\t%\tPlace')
  expect(text).toContain('runtime.mapassign_faststr\t')
})

test('one function: callers and callees as pprof -peek has them, by keyboard', async ({ page }) => {
  await openTop(page, cpu.file)
  const peek = cpu.peek?.find((p) => p.sample_type === 'cpu')
  if (!peek) throw new Error('no peek')
  await page.getByRole('textbox', { name: 'Filter functions' }).fill(peek.function)
  await expect(page.getByText(/ of 515 functions/)).toBeVisible()
  await grid(page).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'main.ingest' })).toBeVisible()
  for (const [title, calls] of [
    ['Callers', peek.callers],
    ['Callees', peek.callees],
  ] as const) {
    const table = page.getByRole('table').filter({ has: page.getByRole('columnheader', { name: title }) })
    for (const { name, value } of calls) {
      const row = table.getByRole('row').filter({ has: page.getByTitle(name, { exact: true }) })
      await expect(row).toContainText(formatValue(value, 'nanoseconds'))
    }
  }
  await expect(page.getByRole('tree', { name: 'Callees' })).toBeVisible()
  await page.goBack()
  await expect(grid(page)).toBeVisible()
})

test('from a frame to its function and back to the graph', async ({ page }) => {
  await openTop(page, cpu.file)
  await line(page, 'runtime.memmove').dblclick()
  await expect(page.getByRole('heading', { name: 'runtime.memmove' })).toBeVisible()
  await page.getByRole('button', { name: 'Show in the flame graph' }).click()
  await expect(page.getByRole('tree', { name: 'Flame graph' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Frame details' })).toContainText('runtime.memmove')
})

test('the table beside the flame graph shares its selection', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath(cpu.file))
  await page.getByRole('button', { name: 'Show table' }).click()
  await line(page, 'runtime.memmove').click()
  const details = page.getByRole('region', { name: 'Frame details' })
  await expect(details).toContainText('runtime.memmove')
  await page.keyboard.press('ArrowDown')
  await expect(line(page, 'runtime.memmove')).toHaveAttribute('aria-selected', 'false')
  expect(await axe(page)).toEqual([])
  await page.reload()
  await expect(grid(page)).toBeVisible()
  await expect(page.getByRole('tree', { name: 'Flame graph' })).toBeVisible()
  // Its button stays however narrow the graph has become.
  await page.getByRole('button', { name: 'Show table' }).click()
  await expect(grid(page)).toHaveCount(0)
})

test('no serious accessibility problem, light and dark', async ({ page }) => {
  await openTop(page, heap.file)
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    await tab(page, 'Table').click()
    await line(page, 'main.enrich').click()
    expect(await axe(page)).toEqual([])
    await page.getByRole('button', { name: 'Callers and callees' }).click()
    await expect(page.getByRole('heading', { name: 'main.enrich' })).toBeVisible()
    expect(await axe(page)).toEqual([])
  }
})
