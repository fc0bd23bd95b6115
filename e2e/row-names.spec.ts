/** What boxes and rows are called and which rows there are: columns, shortened file names, nothing that became less. */
import { fixturePath } from '../src/testing/fixtures.ts'
import { axe, expect, openApp, openFiles, type Page, test, treeItem } from './app.ts'

const choose = async (page: Page, name: string) => {
  await page.getByRole('button', { name: 'View options' }).click()
  await page.getByRole('menu', { name: 'View options' }).getByText(name, { exact: true }).click()
}
const filters = (page: Page) => page.getByRole('list', { name: 'Filters and transforms' })

test('lines have columns if asked for, in the link too', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath('cases/columns.pb.gz'))
  await choose(page, 'Lines')
  await expect(treeItem(page, '(anonymous) dist/bundle.min.js:1')).toHaveCount(1)
  await choose(page, 'Columns of lines')
  await expect(treeItem(page, '(anonymous) dist/bundle.min.js:1:88')).toBeVisible()
  await expect(treeItem(page, '(anonymous) dist/bundle.min.js:1:1042')).toBeVisible()
  expect(page.url()).toContain('showcolumns=1')
  await page.reload()
  await expect(treeItem(page, '(anonymous) dist/bundle.min.js:1:88')).toBeVisible()
  await page.getByRole('button', { name: 'Remove option: With columns' }).click()
  await expect(treeItem(page, '(anonymous) dist/bundle.min.js:1')).toHaveCount(1)
})

test('file names lose a beginning, for whoever opens the link', async ({ page, freshPage }) => {
  const cpu = fixturePath('go1.22/map/cpu.pb.gz')
  await openApp(page)
  await openFiles(page, cpu)
  await choose(page, 'Files')
  await expect(treeItem(page, 'example.com/ingest/decode.go').first()).toBeVisible()
  const button = page.getByRole('button', { name: 'File names', exact: true })
  await button.click()
  const field = page.getByRole('textbox', { name: /-trim_path/ })
  await field.fill('example.com/ingest')
  expect(await axe(page)).toEqual([])
  // Leaving the panel takes what was typed.
  await page.keyboard.press('Escape')
  await expect(button).toBeFocused()
  await expect(treeItem(page, 'decode.go').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Remove option: File names without example.com/ingest' })).toBeVisible()
  expect(page.url()).toContain('trim_path=example.com/ingest')

  const other = await freshPage()
  await other.goto(page.url())
  await openFiles(other, cpu)
  await expect(treeItem(other, 'decode.go').first()).toBeVisible()
  await expect(filters(other)).toContainText('File names without example.com/ingest')
})

test('rows that became less can be left out, under the key that pprof has for it', async ({ page }) => {
  await openApp(page, '?dropneg=true')
  await openFiles(page, fixturePath('odd/diff-struct-minus-map-allocs.pb.gz'))
  await page.getByRole('button', { name: 'Table', exact: true }).click()
  const first = page.getByRole('row').nth(1)
  await expect(first).toContainText('reflect.growslice')
  await page.getByRole('button', { name: 'Remove option: Without what became less' }).click()
  await expect(first).toContainText('reflect.mapassign_faststr0')
  await choose(page, 'Leave out what became less (table, call graph)')
  await expect(first).toContainText('reflect.growslice')
})

test('folded stacks say how many names they escape', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath('cases/semicolons.pb.gz'))
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('menuitem', { name: 'Export…' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Folded stacks' }).click()
  expect((await download).suggestedFilename()).toBe('semicolons-cpu.folded.txt')
  await expect(page.getByRole('status').filter({ hasText: 'is saved' })).toContainText(
    '2 names hold characters that separate names here',
  )
})
