/** Lines of a source file: weight by line, the text once it is given, links to an editor. */
import { formatValue } from '../src/core/model/units.ts'
import { fixtureIndex, fixturePath } from '../src/testing/fixtures.ts'
import { axe, expect, openApp, openFiles, type Page, test } from './app.ts'

const cpu = fixtureIndex().files.find((f) => f.file === 'go1.27/map/cpu.pb.gz')
const lines = (page: Page) => page.getByRole('region', { name: 'Lines', exact: true })

test('lines with weight, then the file with its text and a link to the editor', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath('go1.27/map/cpu.pb.gz'))
  await page.getByRole('button', { name: 'Top', exact: true }).click()
  await page.getByRole('textbox', { name: 'Filter functions' }).fill('main.decodeMap')
  await page.getByRole('grid', { name: 'Top functions' }).getByTitle('main.decodeMap', { exact: true }).first().click()
  await page.getByRole('region', { name: 'Selected function' }).getByRole('button', { name: 'Source' }).click()
  await expect(page.getByRole('heading', { name: /decode\.go$/ })).toBeVisible()
  // Its one call of json.Unmarshal is all of what main.ingest spends in it.
  const decode = cpu?.peek
    ?.find((p) => p.function === 'main.ingest' && p.sample_type === 'cpu')
    ?.callees.find((c) => c.name === 'main.decodeMap')
  const line = lines(page)
    .getByRole('row')
    .filter({ has: page.getByRole('cell', { name: '49', exact: true }) })
  await expect(line).toContainText(formatValue(decode?.value ?? Number.NaN, 'nanoseconds'))
  await expect(lines(page)).toContainText('main.decodeMap')

  const text = Array.from({ length: 60 }, (_, i) =>
    i === 48 ? '\tif err := json.Unmarshal(doc, &m); err != nil {' : `// ${i + 1}`,
  )
  await page
    .getByLabel('Add file…')
    .setInputFiles({ name: 'decode.go', mimeType: 'text/plain', buffer: Buffer.from(text.join('\n')) })
  await expect(line).toContainText('json.Unmarshal(doc, &m)')
  await expect(lines(page)).toContainText('// 50')

  await page.getByRole('combobox', { name: 'Links of lines' }).selectOption({ label: 'VS Code' })
  await expect(line.getByRole('link', { name: '49' })).toHaveAttribute('href', /^vscode:\/\/file\/.*decode\.go:49$/)
  expect(await axe(page)).toEqual([])
})
