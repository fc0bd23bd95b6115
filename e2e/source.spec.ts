/** Lines of a source file: weight by line, the text once it is given, links to an editor. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatValue } from '../src/core/model/units.ts'
import { fixtureIndex, fixturePath } from '../src/testing/fixtures.ts'
import { axe, dropFiles, expect, openApp, openFiles, type Page, test } from './app.ts'

const cpu = fixtureIndex().files.find((f) => f.file === 'go1.27/map/cpu.pb.gz')
const lines = (page: Page) => page.getByRole('region', { name: 'Lines', exact: true })

const line49 = (page: Page) =>
  lines(page)
    .getByRole('row')
    .filter({ has: page.getByRole('cell', { name: '49', exact: true }) })

/** The lines of main.decodeMap's file, by its link. */
async function openLines(page: Page): Promise<void> {
  await openApp(page, '#v=1&view=source&fn=main.decodeMap')
  await dropFiles(page, [fixturePath('go1.27/map/cpu.pb.gz')])
  await expect(line49(page)).toBeVisible()
}

/** A file whose 49th line says which one it is. */
const fileSaying = (text: string) => Array.from({ length: 60 }, (_, i) => (i === 48 ? text : `// ${i + 1}`)).join('\n')

test('lines with weight, then the file with its text and a link to the editor', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath('go1.27/map/cpu.pb.gz'))
  await page.getByRole('button', { name: 'Table', exact: true }).click()
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

test('a given folder stays with the profile: reload, new paths, forgotten', async ({ page }, info) => {
  const folder = info.outputPath('project')
  for (const [place, text] of [
    ['app', 'of the app'],
    ['other', 'of another'],
  ] as const) {
    mkdirSync(join(folder, place), { recursive: true })
    writeFileSync(join(folder, place, 'decode.go'), fileSaying(text))
    writeFileSync(join(folder, place, 'unused.go'), 'package unused')
  }
  await openLines(page)
  const path = await page.getByRole('heading', { name: /decode\.go$/ }).textContent()
  await page.getByLabel('Add folder…').setInputFiles(folder)
  await expect(line49(page)).toContainText(/of (the app|another)/)
  await page.reload()
  await expect(line49(page)).toContainText(/of (the app|another)/)

  // -trim_path cuts the build's folder off, -source_path says where the rest lies.
  await page.getByRole('button', { name: 'Paths', exact: true }).click()
  const paths = page.getByRole('dialog', { name: 'Paths' })
  await expect(paths).toContainText('2 source files given')
  const build = (path ?? '').slice(0, (path ?? '').lastIndexOf('/'))
  await paths.getByRole('textbox', { name: /-trim_path/ }).fill(build)
  await expect(paths).toContainText('looked for as decode.go')
  expect(await axe(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Paths', exact: true })).toBeFocused()
  await page.getByRole('combobox', { name: 'Links of lines' }).selectOption({ label: 'VS Code' })
  await page.getByRole('button', { name: 'Paths', exact: true }).click()
  await paths.getByRole('textbox', { name: /-source_path/ }).fill('/home/me/project')
  await page.keyboard.press('Escape')
  const href = 'vscode://file/home/me/project/decode.go:49'
  await expect(line49(page).getByRole('link', { name: '49' })).toHaveAttribute('href', href)
  await page.reload()
  await expect(line49(page).getByRole('link', { name: '49' })).toHaveAttribute('href', href)

  await page.getByRole('button', { name: 'Paths', exact: true }).click()
  await paths.getByRole('button', { name: 'Forget source files' }).click()
  await expect(line49(page)).not.toContainText('of ')
  await page.reload()
  await expect(line49(page)).toBeVisible()
  await expect(line49(page)).not.toContainText('of ')
})

test('a folder dropped on the lines is read as source, not as a profile', async ({ page }, info) => {
  const folder = info.outputPath('dropped')
  mkdirSync(join(folder, 'deep', 'er'), { recursive: true })
  writeFileSync(join(folder, 'deep', 'er', 'decode.go'), fileSaying('from the folder'))
  await openLines(page)
  // A drop from outside, as the browser gets it; a page cannot make one that holds a folder.
  const browser = await page.context().newCDPSession(page)
  const data = { items: [], files: [folder], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await browser.send('Input.dispatchDragEvent', { type, x: 1150, y: 400, data })
  }
  await expect(line49(page)).toContainText('from the folder')
  await expect(page.getByRole('alert')).toHaveCount(0)
  await page.reload()
  await expect(line49(page)).toContainText('from the folder')
})
