/**
 * What `go tool pprof` answers to its filters, presets' patterns and granularities, held against the page. Numbers are
 * those that pprof prints with -nodefraction=0 and -unit=b or -unit=ns for the option beside them.
 */
import { formatValue } from '../src/core/model/units.ts'
import { fixturePath } from '../src/testing/fixtures.ts'
import { dropFiles, expect, openApp, openFiles, type Page, tab, test, treeItem } from './app.ts'

const CPU = 'go1.27/map/cpu.pb.gz'
const HEAP = 'go1.27/map/heap.pb.gz'
const LABELLED = 'goroutines/labels-go1.27/cpu.pb.gz'

const MS = 1_000_000
const bar = (page: Page) => page.getByRole('region', { name: 'Filters' })
const root = (page: Page) => treeItem(page, 'All')

async function addFilter(page: Page, kind: string, pattern: string): Promise<void> {
  await page.keyboard.press('f')
  const form = page.getByRole('form', { name: 'Add a filter' })
  await form.getByRole('combobox', { name: 'Kind of filter' }).selectOption({ label: kind })
  await form.getByLabel('Pattern').fill(pattern)
  await form.getByLabel('Pattern').press('Enter')
  await expect(form).toHaveCount(0)
}

async function all(page: Page, value: number, unit: 'bytes' | 'nanoseconds'): Promise<void> {
  const total = formatValue(value, unit).replace('.', '\\.')
  await expect(root(page)).toHaveAttribute('aria-label', new RegExp(`^All, ${total},`))
}

async function clear(page: Page): Promise<void> {
  await bar(page).getByRole('button', { name: 'Clear' }).click()
  await expect(bar(page)).toHaveCount(0)
}

async function option(page: Page, role: 'menuitemradio' | 'menuitemcheckbox', name: string): Promise<void> {
  await page.getByRole('button', { name: 'View options' }).click()
  await page.getByRole(role, { name, exact: true }).click()
}

/** Self and total of a row of the top table. */
async function row(page: Page, name: string | RegExp, flat: number, cum: number): Promise<void> {
  const cells = page
    .getByRole('grid', { name: 'Top functions' })
    .getByRole('row')
    .filter({ has: page.getByTitle(name, { exact: true }) })
    .first()
    .getByRole('gridcell')
  await expect(cells.nth(2)).toContainText(formatValue(flat, 'nanoseconds'))
  await expect(cells.nth(4)).toContainText(formatValue(cum, 'nanoseconds'))
}

async function openTop(page: Page, query = ''): Promise<void> {
  await openApp(page, `#v=1&view=top${query}`)
  await dropFiles(page, [fixturePath(CPU)])
  await expect(page.getByRole('grid', { name: 'Top functions' })).toBeVisible()
}

test('tag filters by numbers keep and drop what pprof keeps and drops', async ({ page }) => {
  await openApp(page, '#v=1&si=alloc_space')
  await openFiles(page, fixturePath(HEAP))
  await all(page, 519_250_851, 'bytes')
  for (const [range, kept] of [
    ['1kb:10kb', 140_269_304],
    ['64b', 983_520],
    [':64b', 153_053_624],
  ] as const) {
    await addFilter(page, 'Tag focus', range)
    await all(page, kept, 'bytes')
    await clear(page)
    await addFilter(page, 'Tag ignore', range)
    await all(page, 519_250_851 - kept, 'bytes')
    await clear(page)
  }
})

test('tag filters by text, with and without a key', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath(LABELLED))
  await all(page, 510 * MS, 'nanoseconds')
  for (const [pattern, kept] of [
    ['/orders', 230],
    ['route=/orders', 230],
    ['route=/orders,/users', 480],
  ] as const) {
    await addFilter(page, 'Tag focus', pattern)
    await all(page, kept * MS, 'nanoseconds')
    await clear(page)
    await addFilter(page, 'Tag ignore', pattern)
    await all(page, (510 - kept) * MS, 'nanoseconds')
    await clear(page)
  }
})

test('tag show and tag hide choose among the labels and drop nothing', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath(LABELLED))
  const label = (name: string) => page.getByRole('region', { name: `Label ${name}` })
  await addFilter(page, 'Tag show', '^route$')
  await all(page, 510 * MS, 'nanoseconds')
  await tab(page, 'Labels').click()
  await expect(label('route')).toContainText(formatValue(140 * MS, 'nanoseconds'))
  await expect(label('tenant')).toHaveCount(0)
  await clear(page)
  await addFilter(page, 'Tag hide', '^route$')
  await expect(label('tenant')).toContainText(formatValue(270 * MS, 'nanoseconds'))
  await expect(label('step')).toContainText(formatValue(260 * MS, 'nanoseconds'))
  await expect(label('route')).toHaveCount(0)
})

test('show from, prune from, and no inlined calls', async ({ page }) => {
  await openTop(page)
  await row(page, 'runtime.tryDeferToSpanScan', 420 * MS, 590 * MS)
  await addFilter(page, 'Prune from', '^encoding/json\\.Unmarshal$')
  await row(page, 'encoding/json.Unmarshal', 3810 * MS, 3810 * MS)
  await row(page, 'runtime.tryDeferToSpanScan', 310 * MS, 450 * MS)
  await clear(page)
  await option(page, 'menuitemcheckbox', 'Inlined calls')
  await row(page, 'runtime.tryDeferToSpanScan', 580 * MS, 590 * MS)
  await row(page, 'runtime.scanObjectsSmall', 250 * MS, 670 * MS)
  await option(page, 'menuitemcheckbox', 'Inlined calls')
  await expect(bar(page)).toHaveCount(0)
  await addFilter(page, 'Show from', '^main\\.ingest$')
  await tab(page, 'Flame').click()
  await all(page, 4360 * MS, 'nanoseconds')
  await expect(treeItem(page, 'main.ingest').first()).toHaveAttribute('aria-level', '2')
})

test('presets are the patterns that they stand for', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath(CPU))
  for (const [preset, kept] of [
    ['Hide runtime internals', 5940],
    ['Hide the standard library', 4760],
    ['Only my code', 4750],
    ['Hide generated wrappers', 6870],
  ] as const) {
    await option(page, 'menuitemcheckbox', preset)
    await expect(bar(page).getByRole('switch').first()).toBeChecked()
    await all(page, kept * MS, 'nanoseconds')
    await option(page, 'menuitemcheckbox', preset)
    await expect(bar(page)).toHaveCount(0)
    await all(page, 6870 * MS, 'nanoseconds')
  }
})

test('what a row stands for: functions, functions by file, files, lines, addresses, packages', async ({ page }) => {
  await openTop(page)
  const clean = page.getByRole('grid', { name: 'Top functions' })
  const heaviest = (text: string | RegExp, flat: number) =>
    expect(
      clean
        .getByRole('row')
        .filter({ hasText: text })
        .filter({ hasText: formatValue(flat * MS, 'nanoseconds') })
        .first(),
    ).toBeVisible()
  await heaviest('memclrNoHeapPointers', 480)
  await option(page, 'menuitemradio', 'Functions by file')
  await heaviest(/memclrNoHeapPointers.*memclr_amd64\.s/, 480)
  await option(page, 'menuitemradio', 'Files')
  await heaviest('memclr_amd64.s', 480)
  await option(page, 'menuitemradio', 'Lines')
  await heaviest(/memclr_amd64\.s:127/, 250)
  await option(page, 'menuitemradio', 'Addresses')
  await heaviest(/493fb9.*memclr/, 250)
  await option(page, 'menuitemradio', 'Packages')
  // pprof -focus='^encoding/json/v2\.': what any stack through the package holds.
  const json = clean.getByRole('row').filter({ has: page.getByTitle('encoding/json/v2', { exact: true }) })
  await expect(json.getByRole('gridcell').nth(4)).toContainText(formatValue(3810 * MS, 'nanoseconds'))
})

test('each transform, with the numbers of the pprof option that does the same', async ({ page }) => {
  const top = fixturePath(CPU)
  const open = async (query: string) => {
    await openApp(page, `#v=1&${query}`)
    await dropFiles(page, [top])
  }
  // Merged into its callers is hidden; dropped is ignored.
  await open('view=top&x=merge:runtime.memmove')
  await expect(page.getByTitle('runtime.memclrNoHeapPointers', { exact: true }).first()).toBeVisible()
  await row(page, 'runtime.scanObjectsSmall', 240 * MS, 670 * MS)
  await expect(page.getByTitle('runtime.memmove', { exact: true })).toHaveCount(0)
  await open('x=drop:main.ingest')
  await all(page, (6870 - 4360) * MS, 'nanoseconds')
  // One box holds what any stack through the function or package holds.
  for (const transform of ['rec:encoding/json/v2.makeMapArshaler.func3', 'pkg:encoding/json/v2']) {
    await open(`x=${transform}`)
    await all(page, 6870 * MS, 'nanoseconds')
  }
  await open('view=top&x=pkg:encoding/json/v2')
  const json = page
    .getByRole('grid', { name: 'Top functions' })
    .getByRole('row')
    .filter({ has: page.getByTitle('encoding/json/v2', { exact: true }) })
  await expect(json.getByRole('gridcell').nth(4)).toContainText(formatValue(3810 * MS, 'nanoseconds'))
  await open('x=rec:encoding/json/v2.makeMapArshaler.func3')
  const collapsed = treeItem(page, 'encoding/json/v2.makeMapArshaler.func3')
  await expect(collapsed).toHaveCount(1)
  await expect(collapsed).toHaveAttribute('aria-label', new RegExp(`, ${formatValue(3600 * MS, 'nanoseconds')},`))
})

test('direct recursion alone is collapsed from the menu of a frame', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath('odd/deep-heap-go1.27.pb.gz'))
  const name = 'main.even'
  await expect(treeItem(page, name).first()).toBeVisible()
  await treeItem(page, name)
    .first()
    .click({ button: 'right', position: { x: 12, y: 6 } })
  await page.getByRole('menuitem', { name: 'Collapse direct recursion', exact: true }).click()
  await expect(bar(page).getByRole('switch', { name: `Filter on: Collapse direct recursion ${name}` })).toBeChecked()
  // even and odd call each other: neither calls itself.
  const recursing = await treeItem(page, name).count()
  expect(recursing).toBeGreaterThan(2)
  await page.keyboard.press('Control+z')
  await treeItem(page, name)
    .first()
    .click({ button: 'right', position: { x: 12, y: 6 } })
  await page.getByRole('menuitem', { name: 'Collapse recursion', exact: true }).click()
  // Once below main, and once where Go cut the stack.
  await expect(treeItem(page, name)).toHaveCount(2)
})
