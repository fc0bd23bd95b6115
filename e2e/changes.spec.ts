/** What a comparison shows: boxes by their difference, and the list of changes. The numbers are those of pprof -diff_base. */
import { writeFileSync } from 'node:fs'
import { encodeProfile } from '../src/core/export/pprof.ts'
import { build } from '../src/testing/builds.ts'
import { fixturePath } from '../src/testing/fixtures.ts'
import { axe, compareOffer, expect, openApp, openFiles, type Page, tab, test, waitForFlame } from './app.ts'

const heaps = ['go1.27/map/heap-0.pb.gz', 'go1.27/map/heap-3.pb.gz'] as const
const benchmarks = ['bench/mem-Map-1.27.pb.gz', 'bench/mem-Struct-1.27.pb.gz'] as const

async function compare(page: Page, files: readonly string[]): Promise<void> {
  await openApp(page)
  await openFiles(page, ...files.map((file) => fixturePath(file)))
  await waitForFlame(page, 1)
  await expect(page.getByRole('list', { name: 'Profiles' }).getByRole('listitem')).toHaveCount(files.length)
  await compareOffer(page).click()
  await expect(page.getByRole('group', { name: 'Compare', exact: true })).toBeVisible()
}

const changes = (page: Page) => page.getByRole('table', { name: 'Changes' })
const rows = (page: Page) => changes(page).getByRole('row')

test('boxes say both sides and their difference, and the legend what the colours are', async ({ page }) => {
  await compare(page, heaps)
  await expect(page.getByRole('region', { name: 'What the colours mean' })).toContainText('gone')
  const box = page.getByRole('treeitem', { name: /main\.decodeMap/ }).first()
  // As `pprof -top -diff_base` of Go 1.27: 104.8 MiB more, which is 241.2 % of the base.
  await expect(box).toHaveAccessibleName(
    /main\.decodeMap, \+104\.8 MiB, \+241\.2% of base total, base 35\.\d MiB, current 140\.\d MiB/,
  )
  const details = page.getByRole('region', { name: 'Frame details' })
  await expect(details).toContainText('Base 43.5 MiB')
  await expect(details).toContainText('Difference +119.3 MiB')
  await expect(details).toContainText('of base total')
  await expect(details).not.toContainText('Gross')
  // By package again, and back.
  await page.getByRole('button', { name: 'Colour by package again' }).click()
  await expect(page.getByRole('region', { name: 'What the colours mean' })).toHaveCount(0)
  expect(page.url()).toContain('cb=package')
})

test('functions that moved to another major version are matched, which is said, can be switched off and undone', async ({
  page,
}) => {
  const files = ['', '/v2'].map((version) => {
    const path = test.info().outputPath(`build${version.slice(1)}.pb.gz`)
    const stack = `main.main;example.com/x${version}/pkg.F ${version === '' ? 100 : 300}`
    writeFileSync(path, encodeProfile(build(`build ${version}`, stack, 'main.main;main.work 50')))
    return path
  })
  await openApp(page)
  await openFiles(page, ...files)
  await compareOffer(page).click()
  const match = page.getByRole('group', { name: 'Compare', exact: true }).getByRole('checkbox')
  await expect(match).toBeChecked()
  await expect(match).toHaveAccessibleName('Match 1 moved name')
  const box = page.getByRole('treeitem', { name: /pkg\.F/ })
  await expect(box).toHaveCount(1)
  await expect(box).toHaveAccessibleName(/base 100 ns, current 300 ns/)
  const at = await box.boundingBox()
  if (!at) throw new Error('The box is drawn.')
  await page.mouse.move(at.x + at.width / 2, at.y + at.height / 2)
  await expect(page.getByRole('region', { name: 'Frame details' })).toContainText('matched: was example.com/x/pkg.F')
  await tab(page, 'Changes').click()
  await expect(rows(page).nth(1)).toContainText('matched: was example.com/x/pkg.F')
  await expect(rows(page).nth(1)).toContainText('+200 ns')
  expect(await axe(page)).toEqual([])
  await match.uncheck()
  expect(page.url()).toContain('moved=0')
  await expect(rows(page).nth(1)).toContainText('+300 ns')
  await expect(rows(page).nth(2)).toContainText('-100 ns')
  await expect(changes(page)).not.toContainText('matched')
  await page.keyboard.press('Control+z')
  await expect(rows(page).nth(1)).toContainText('+200 ns')
})

test('the list of changes has both sides, what is new and gone, and what is more than chance', async ({ page }) => {
  await compare(page, benchmarks)
  await tab(page, 'Changes').click()
  // Heads, then the largest difference first; -20,971,832 B is what pprof says.
  await expect(rows(page).nth(1)).toContainText('unsafe_New')
  await expect(rows(page).nth(1)).toContainText('-20 MiB')
  await expect(rows(page).nth(1)).toContainText('more than chance')
  await expect(rows(page).nth(1).getByRole('cell').nth(3)).toHaveAttribute('title', '-20,971,832 B')
  await expect(changes(page).getByRole('row', { name: /makeString/ })).toContainText('within noise')
  await page.getByRole('radio', { name: /^New/ }).check()
  await expect(rows(page)).toHaveCount(3)
  await expect(rows(page).nth(1)).toContainText('new')
  await page.getByRole('radio', { name: /^All \d/ }).check()
  await page.getByRole('radio', { name: 'Total', exact: true }).check()
  await expect(rows(page).nth(1)).toContainText('-62.5 MiB')
  await changes(page).getByRole('button', { name: 'Function' }).click()
  await expect(changes(page).getByRole('columnheader', { name: 'Function' })).toHaveAttribute('aria-sort', 'ascending')
  // The link has all of it.
  expect(page.url()).toContain('chm=cum')
  expect(page.url()).toContain('chs=-name')
  await page.getByRole('textbox', { name: 'Filter rows' }).fill('flate')
  await expect(rows(page).nth(1)).toContainText('flate')
  await page.reload()
  await expect(rows(page).nth(1)).toContainText('flate')
  await expect(page.getByRole('radio', { name: 'Total', exact: true })).toBeChecked()
})

test('changes by keyboard: from name to name, and a function that is chosen is chosen in all views', async ({
  page,
}) => {
  await compare(page, benchmarks)
  await tab(page, 'Changes').click()
  const first = changes(page).getByRole('button', { name: /unsafe_New/ })
  await first.focus()
  await page.keyboard.press('ArrowDown')
  await expect(changes(page).getByRole('button', { name: /mapassign_faststr0/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Selected function' })).toContainText('mapassign_faststr0')
  expect(page.url()).toContain('fn=')
})

test('copies the changes as Markdown', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await compare(page, benchmarks)
  await tab(page, 'Changes').click()
  await page.getByRole('button', { name: 'Copy', exact: true }).last().click()
  await page.getByRole('menuitem', { name: 'Markdown' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeVisible()
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(text).toContain('| reflect.unsafe_New | 21.5 MiB | 1.5 MiB | -20 MiB | -93.0% | more than chance |')
})

for (const theme of ['light', 'dark'] as const) {
  test(`axe and narrow: the list of changes, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme })
    await compare(page, benchmarks)
    await tab(page, 'Changes').click()
    await expect(rows(page).nth(1)).toContainText('unsafe_New')
    expect(await axe(page)).toEqual([])
    await page.setViewportSize({ width: 390, height: 844 })
    const table = await changes(page).boundingBox()
    expect(table?.width ?? 999).toBeLessThanOrEqual(390)
  })
}

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' })
  test('the list of changes and the boxes', async ({ page }) => {
    await openApp(page)
    await openFiles(page, ...benchmarks.map((file) => fixturePath(file)))
    await waitForFlame(page, 1)
    await compareOffer(page).click()
    await expect(page.getByRole('treeitem', { name: /unsafe_New.*占基准总量.*基准 .*当前 / }).first()).toBeAttached()
    await page.getByRole('navigation', { name: '视图' }).getByRole('button', { name: '变化', exact: true }).click()
    await expect(page.getByRole('table', { name: '变化' }).getByRole('row').nth(1)).toContainText('超出偶然')
  })
})

const four = ['Map', 'Struct', 'RawMessage', 'Generic'].map((name) => `bench/mem-${name}-1.27.pb.gz`)

test('four profiles are columns of one table, and pictures side by side that zoom together', async ({ page }) => {
  await compare(page, four)
  await tab(page, 'Changes').click()
  for (const name of ['mem-Map', 'mem-Struct', 'mem-RawMessage', 'mem-Generic']) {
    await expect(changes(page).getByRole('columnheader', { name: new RegExp(name) })).toBeVisible()
  }
  // What `pprof -top` says of each file alone.
  const cells = changes(page)
    .getByRole('row', { name: /unsafe_New/ })
    .getByRole('cell')
  await expect(cells.nth(1)).toHaveText('21.5 MiB')
  await expect(cells.nth(2)).toHaveText('1.5 MiB')
  await expect(cells.nth(3)).toHaveText('0 B')
  await tab(page, 'Side by side').click()
  const picture = (name: string) => page.getByRole('region', { name: `mem-${name}-1.27.pb.gz` })
  await expect(picture('Struct')).toContainText('23.5 MiB')
  await expect(picture('Struct').getByRole('treeitem').first()).toHaveAccessibleName(/23\.5 MiB, 100% of total/)
  await expect(picture('Map').getByRole('treeitem', { name: /BenchmarkDecodeMap/ })).toBeAttached()
  // main.main, which all of them have.
  await picture('Map').getByRole('tree').focus()
  await picture('Map')
    .getByRole('treeitem', { name: /^testing\.\(\*B\)\.launch/ })
    .focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('All pictures show testing.(*B).launch')).toBeVisible()
  await expect(
    picture('Generic')
      .getByRole('treeitem', { name: /launch/ })
      .first(),
  ).toBeAttached()
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: 'Show all again' }).click()
  await expect(page.getByText('All pictures show')).toHaveCount(0)
})

test('the two samples of one work are compared with one press, and the link says where they are from', async ({
  page,
  freshPage,
}) => {
  await openApp(page)
  await page.getByRole('button', { name: 'Compare “CPU, maps” with “CPU, structs”' }).click()
  await expect(page.getByRole('group', { name: 'Compare', exact: true })).toContainText('cpu-maps → cpu-structs')
  await expect(page.getByText('JSON decoded into interface{}').first()).toBeVisible()
  const other = await freshPage()
  await other.goto(page.url())
  await expect(other.getByRole('group', { name: 'Compare', exact: true })).toContainText('cpu-maps → cpu-structs')
})
