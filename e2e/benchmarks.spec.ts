/** Texts of `go test -bench`: tables with the figures of benchstat, links to them, and the profiles they lead to. */
import { readFileSync, writeFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import { fixturePath } from '../src/testing/fixtures.ts'
import { axe, chooseFiles, dropFiles, expect, openApp, type Page, test, waitForFlame } from './app.ts'

const captured = (version: string) => fixturePath(`bench/bench-${version}.txt`)

interface Golden {
  name: string
  files: Record<string, string>
  text: string
}

const goldens = JSON.parse(
  brotliDecompressSync(readFileSync(fixturePath('benchstat.json.br'))).toString('utf8'),
) as Golden[]

/** What benchstat printed for some of its texts, and the texts as files. */
function golden(name: string): { paths: string[]; rows: string[]; files: string[] } {
  const found = goldens.find((one) => one.name === name)
  if (!found) throw new Error(`there is no golden ${name}`)
  const paths = Object.entries(found.files).map(([file, text]) => {
    const path = test.info().outputPath(file)
    writeFileSync(path, text)
    return path
  })
  const rows = found.text.split('\n').filter((line) => line.includes('±') || line.startsWith('geomean'))
  return { paths, rows: rows.map(plain), files: Object.keys(found.files) }
}

/** One space where there are many, and none of the marks of notes. */
const plain = (line: string) =>
  line
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, '')
    .replace(/\s+/g, ' ')
    .trim()

const table = (page: Page) => page.getByRole('table', { name: 'Benchmarks' })

/** The rows of figures as benchstat prints them: without what the page says besides. */
function figures(page: Page): Promise<string[]> {
  return table(page).evaluate((element) =>
    [...element.querySelectorAll('tr:has(th[scope=row])')].map((row) => {
      const copy = row.cloneNode(true) as HTMLElement
      for (const extra of copy.querySelectorAll('sup, i, button')) extra.remove()
      const cells = [...copy.children].map((cell) => cell.textContent?.replace(/n=\d+(?!.*\))/, '') ?? '')
      return cells.join(' ').replace(/\s+/g, ' ').trim()
    }),
  )
}

async function openGolden(page: Page, name: string) {
  const made = golden(name)
  await openApp(page)
  await dropFiles(page, made.paths)
  await expect.poll(() => figures(page).catch(() => [])).toEqual(made.rows)
  return made
}

test('one text: median, interval and runs of each unit', async ({ page }) => {
  await openApp(page)
  await chooseFiles(page, [captured('1.27')])
  const row = table(page).getByRole('row', { name: /^DecodeMap-2/ })
  await expect(row).toHaveCount(3)
  await expect(row.first()).toContainText(/169\.7µ\s*± ∞\s*n=2/)
  await expect(table(page)).toContainText('need >= 6 samples for confidence interval at level 0.95')
  for (const unit of ['sec/op', 'B/op', 'allocs/op']) {
    await expect(table(page).getByRole('rowheader', { name: `${unit} lower is better` })).toBeVisible()
  }
  await expect(page.getByRole('combobox', { name: 'Base' })).toHaveCount(0)
  await expect(table(page)).toContainText('pkg: example.com/ingest')
})

test('two texts: the figures of benchstat, with better and worse in words', async ({ page }) => {
  await openGolden(page, '10 runs')
  expect(await axe(page)).toEqual([])
  await expect(table(page).getByRole('columnheader')).toHaveText(['Benchmark', 'old.txtbase', 'new.txt', 'vs base'])
  const [change] = (await figures(page))[0]?.match(/[+-][\d.]+%/) ?? []
  await expect(table(page).getByRole('row', { name: /^Alpha-8/ })).toContainText(
    new RegExp(`\\${change}\\s*${change?.startsWith('-') ? 'better' : 'worse'}`),
  )
})

test('three texts with any of them as base, by the keyboard; the link in another browser asks for the files by name', async ({
  page,
  freshPage,
}) => {
  await openApp(page)
  await dropFiles(page, [captured('1.22'), captured('1.24'), captured('1.27')])
  await expect(table(page)).toBeVisible()
  const against = (version: string) =>
    goldens
      .find(({ name }) => name === `captured against bench-${version}.txt`)
      ?.text.split('\n')
      .filter((line) => line.includes('±') || line.startsWith('geomean'))
      .map(plain)
  expect(await figures(page)).toEqual(against('1.22'))
  const base = page.getByRole('combobox', { name: 'Base' })
  await base.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(table(page).getByRole('columnheader').nth(1)).toHaveText('bench-1.27.txtbase')
  await expect.poll(() => figures(page)).toEqual(against('1.27'))
  await page.getByRole('combobox', { name: 'Order' }).selectOption('By name')
  await expect(
    table(page)
      .getByRole('rowheader', { name: /^Decode/ })
      .first(),
  ).toHaveText('DecodeGeneric-2')
  const sorted = await figures(page)
  await page.waitForFunction(() => performance.getEntriesByName('remembered').length > 0)
  await page.reload()
  await expect.poll(() => figures(page).catch(() => [])).toEqual(sorted)

  const theirs = await freshPage()
  await theirs.goto(page.url())
  const asked = 'bench-1.22.txt, bench-1.24.txt, and bench-1.27.txt'
  await expect(theirs.getByRole('heading', { name: `This link needs ${asked}` })).toBeVisible()
  await dropFiles(theirs, [captured('1.27')])
  await expect(theirs.getByText('The link also needs bench-1.22.txt and bench-1.24.txt.')).toBeVisible()
  await dropFiles(theirs, [captured('1.24'), captured('1.22')])
  await expect.poll(() => figures(theirs).catch(() => [])).toEqual(sorted)
  await expect(theirs.getByRole('combobox', { name: 'Base' })).toHaveValue('2')
})

test('texts that are opened one after the other are compared', async ({ page }) => {
  const { paths, rows } = golden('6 runs')
  const [old = '', now = ''] = paths
  await openApp(page)
  await dropFiles(page, [now])
  await expect(table(page).getByRole('columnheader')).toHaveText(['Benchmark', 'new.txt'])
  await dropFiles(page, [old])
  await expect(table(page).getByRole('columnheader')).toHaveText(['Benchmark', 'old.txt'])
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.getByRole('menuitem', { name: 'With new.txt' }).click()
  await expect.poll(() => figures(page)).toEqual(rows)

  // A file that is chosen there.
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.getByRole('menuitem', { name: 'Choose files' }).click()
  await (await chooser).setFiles([captured('1.27')])
  await expect(table(page).getByRole('columnheader').last()).toHaveText('vs base')
  await expect(table(page).getByRole('columnheader', { name: 'bench-1.27.txt' })).toBeVisible()
})

test('copies what it shows as Markdown and as TSV', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openGolden(page, '8 runs with ties')
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  const choose = async (item: string) => {
    await page.getByRole('button', { name: 'Copy' }).click()
    await page.getByRole('menuitem', { name: item }).click()
    await expect(page.getByText('Copied', { exact: true })).toBeVisible()
  }
  await choose('Copy as Markdown')
  const markdown = await copied()
  expect(markdown).toContain('| allocs/op (lower is better) | old.txt | new.txt | vs base |')
  expect(markdown).toMatch(/^\| Beta\/size=10-8 \| .* ± \d+% \| .* ± \d+% \| .*\(p=[\d.]+ n=8\) \|$/m)
  expect(markdown).toContain('| geomean |')
  await choose('Copy as TSV')
  await expect.poll(copied).toMatch(/^goos\tgoarch\tpkg\tcpu\tunit\tbenchmark\told\.txt\t/)
})

test('a row leads to the profiles of its benchmark that are open', async ({ page }) => {
  await openApp(page)
  await dropFiles(page, [
    captured('1.27'),
    captured('1.24'),
    ...['mem-Map-1.24', 'mem-Map-1.27', 'mem-Struct-1.27'].map((name) => fixturePath(`bench/${name}.pb.gz`)),
  ])
  await expect(table(page)).toBeVisible()
  const row = (name: string) =>
    table(page)
      .getByRole('row', { name: new RegExp(`^${name}-2`) })
      .first()
  await expect(row('DecodeMap').getByRole('button')).toHaveAccessibleName('2 profiles of DecodeMap-2')
  await expect(row('DecodeTyped').getByRole('button')).toHaveCount(0)
  await row('DecodeMap').getByRole('button').click()
  await expect(page.getByRole('menuitem')).toHaveText([/^mem-Map-1\.24/, /^mem-Map-1\.27/])
  await page.keyboard.press('Escape')
  expect(await axe(page)).toEqual([])
  await row('DecodeStruct').getByRole('button', { name: 'Profile of DecodeStruct-2: mem-Struct-1.27.pb.gz' }).click()
  await waitForFlame(page)
  await expect(page.locator('.profile[aria-current]')).toContainText('mem-Struct-1.27.pb.gz')
  expect(page.url()).toContain('fn=example.com')
})

test('a damaged text beside good ones: sentences, and the rest is compared', async ({ page }) => {
  const { paths, rows } = golden('7 runs')
  const damaged = test.info().outputPath('damaged.txt')
  writeFileSync(damaged, 'goos: linux\ngoarch: amd64\npkg: x\nBenchmarkX-8 \t 100\t 5\n')
  await openApp(page)
  await dropFiles(page, [...paths, damaged])
  await expect.poll(() => figures(page).catch(() => [])).toEqual(rows)
  await expect(page.getByRole('alert')).toContainText('damaged.txt')
  await expect(page.getByRole('alert')).toContainText('Damaged lines: 1, the first is line 4.')
})

test('lines that cannot be read are counted, and keys that differ can be ignored', async ({ page }) => {
  const lines = (cpu: string, value: number) =>
    `cpu: ${cpu}\n${[0, 1, 2, 3, 4, 5].map((i) => `BenchmarkX-8 1 ${value + i} ns/op\n`).join('')}`
  const [a, b] = ['a.txt', 'b.txt'].map((name) => test.info().outputPath(name)) as [string, string]
  writeFileSync(a, `${lines('one', 10)}BenchmarkX-8 \tlog of the program\n      100\t 12 ns/op\n--- FAIL: BenchmarkY\n`)
  writeFileSync(b, lines('two <b>bold</b>', 100))
  await openApp(page)
  await dropFiles(page, [a, b])
  await expect(table(page)).toContainText('cpu: two <b>bold</b>')
  await expect(table(page)).not.toContainText('p=0.002')
  const problems = page.getByText('a.txt: 1 line looks like a result and cannot be read.')
  await problems.click()
  await expect(page.getByText('Line 8: parsing iteration count: invalid syntax')).toBeVisible()
  await expect(page.getByText('a.txt: 1 benchmark or test failed')).toBeVisible()
  await page.getByRole('checkbox', { name: 'cpu' }).uncheck()
  await expect(table(page)).toContainText(/\+720\.00%\s*worse\s*\(p=0\.002 n=6\)/)
  expect(page.url()).toContain('bench-ignore=cpu')
  expect(await axe(page)).toEqual([])
})

test('of very many rows the first are shown, more when asked for, and all are copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const path = test.info().outputPath('many.txt')
  writeFileSync(path, Array.from({ length: 700 }, (_, i) => `BenchmarkX${i} 1 ${i + 1} ns/op\n`).join(''))
  await openApp(page)
  await dropFiles(page, [path])
  await expect(page.getByText('500 of 700 rows are shown.')).toBeVisible()
  // Heads, the unit, the rows, their mean and the note.
  await expect(table(page).getByRole('row')).toHaveCount(1 + 1 + 500 + 1 + 1)
  await page.getByRole('button', { name: 'Copy' }).click()
  await page.getByRole('menuitem', { name: 'Copy as TSV' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/\tX699\t/)
  await page.getByRole('textbox', { name: 'Filter benchmarks' }).fill('x69')
  await expect(table(page).getByRole('rowheader', { name: /^X/ })).toHaveCount(11)
  expect(page.url()).toContain('bench-rows=x69')
  await page.getByRole('textbox', { name: 'Filter benchmarks' }).fill('x69y')
  await expect(page.getByText('No benchmark holds this text.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Filter benchmarks' }).fill('')
  await page.getByRole('button', { name: 'Show more' }).click()
  await expect(table(page).getByRole('row')).toHaveCount(1 + 1 + 700 + 1 + 1)
  await expect(page.getByText('rows are shown')).toHaveCount(0)
})

test('in Chinese', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'zh-CN' })
  const page = await context.newPage()
  await openApp(page)
  await dropFiles(page, [captured('1.22'), captured('1.27')])
  const found = page.getByRole('table', { name: '基准测试' })
  await expect(found).toContainText('至少需要 6 次运行才有 95% 置信区间')
  await expect(found).toContainText('几何平均')
  await expect(page.getByRole('combobox', { name: '基准' })).toBeVisible()
  const words = await page.locator('main').innerText()
  expect(words).not.toMatch(/\b(need|median|better|benchmark|base|copy)\b/i)
  expect(await axe(page)).toEqual([])
  await context.close()
})

for (const scheme of ['light', 'dark'] as const) {
  test(`390 pixels, ${scheme}`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.emulateMedia({ colorScheme: scheme })
    await openGolden(page, '9 runs')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    expect(await axe(page)).toEqual([])
    // The names stay in sight while the figures are scrolled.
    const name = table(page).getByRole('rowheader', { name: 'Alpha-8' }).first()
    await table(page).getByRole('columnheader').last().scrollIntoViewIfNeeded()
    await expect(name).toBeInViewport()
    await page.getByRole('button', { name: 'Menu' }).click()
    await expect(page.getByRole('menuitem', { name: 'Close old.txt + new.txt' })).toBeVisible()
    await expect(page.getByRole('menuitem', { name: /Export|Save/ })).toHaveCount(0)
  })
}

test('the share dialog has the link of the table', async ({ page }) => {
  await openGolden(page, '5 runs')
  await page.getByRole('button', { name: 'Share' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('textbox')).toHaveValue(/\?p=benchmark~/)
  await expect(dialog).toContainText('old.txt + new.txt')
  // One link holds one file.
  await expect(dialog.getByRole('radio')).toHaveCount(0)
  await page.keyboard.press('e')
  expect(await axe(page)).toEqual([])
})
