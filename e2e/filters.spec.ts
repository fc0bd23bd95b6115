/** Filters, transforms, granularity, bottom-up and the account of the total, with the numbers of pprof. */
import { formatValue } from '../src/core/model/units.ts'
import { fixtureIndex, fixturePath } from '../src/testing/fixtures.ts'
import { axe, expect, flameTree, openApp, openFiles, type Page, test, treeItem } from './app.ts'

const CPU = 'go1.27/map/cpu.pb.gz'
const HEAP = 'go1.27/map/heap.pb.gz'

const bottomUp = (page: Page) => page.getByRole('radio', { name: 'Bottom-up' })
const bar = (page: Page) => page.getByRole('region', { name: 'Filters' })
const kept = (page: Page) => bar(page).getByText(/kept$/)
const chip = (page: Page, name: string) => bar(page).getByRole('switch', { name: `Filter on: ${name}` })
const root = (page: Page) => treeItem(page, 'All')

async function openCpu(page: Page, query = ''): Promise<void> {
  await openApp(page, query)
  await openFiles(page, fixturePath(CPU))
  await expect(root(page)).toBeVisible()
}

async function addFilter(page: Page, kind: string, pattern: string): Promise<void> {
  await page.keyboard.press('f')
  const form = page.getByRole('form', { name: 'Add a filter' })
  await form.getByRole('combobox', { name: 'Kind of filter' }).selectOption({ label: kind })
  await form.getByRole('combobox', { name: 'Pattern' }).fill(pattern)
  await form.getByRole('combobox', { name: 'Pattern' }).press('Enter')
  await expect(form).toHaveCount(0)
}

async function frameMenu(page: Page, frame: string, action: string): Promise<void> {
  await treeItem(page, frame)
    .first()
    .click({ button: 'right', position: { x: 12, y: 6 } })
  await page.getByRole('menuitem', { name: action, exact: true }).click()
}

for (const file of [CPU, HEAP]) {
  test(`what each filter keeps of ${file} is what pprof keeps`, async ({ page }) => {
    const entry = fixtureIndex().files.find((f) => f.file === file)
    const unit = file === CPU ? 'nanoseconds' : 'bytes'
    await openApp(page)
    await openFiles(page, fixturePath(file))
    const names = { focus: 'Focus', ignore: 'Ignore', hide: 'Hide' } as const
    for (const kind of ['focus', 'ignore', 'hide'] as const) {
      for (const { regex, total } of entry?.filters?.results[kind] ?? []) {
        await addFilter(page, names[kind], regex)
        await expect(chip(page, `${names[kind]} ${regex}`)).toBeChecked()
        await expect(kept(page)).toContainText(`${formatValue(total, unit)} of `)
        await expect(root(page)).toHaveAttribute('aria-label', new RegExp(`^All, ${formatValue(total, unit)},`))
        await bar(page).getByRole('button', { name: 'Clear' }).click()
        await expect(bar(page)).toHaveCount(0)
      }
    }
  })
}

test('a chip is switched off and on, edited in its place, removed, and each step is undone and redone', async ({
  page,
}) => {
  await openCpu(page)
  await addFilter(page, 'Focus', 'encoding/json')
  await expect(kept(page)).toHaveText('3.81 s of 6.87 s kept')
  await chip(page, 'Focus encoding/json').click()
  await expect(kept(page)).toHaveText('6.87 s of 6.87 s kept')
  await chip(page, 'Focus encoding/json').click()
  await expect(kept(page)).toHaveText('3.81 s of 6.87 s kept')
  await bar(page).getByRole('button', { name: 'Edit filter: Focus encoding/json' }).click()
  const form = bar(page).getByRole('form', { name: 'Edit Focus encoding/json' })
  await form.getByRole('combobox', { name: 'Pattern' }).fill('^main\\.ingest$')
  await form.getByRole('button', { name: 'Apply' }).click()
  await expect(kept(page)).toHaveText('4.36 s of 6.87 s kept')
  await bar(page)
    .getByRole('button', { name: /^Remove filter/ })
    .click()
  await expect(bar(page)).toHaveCount(0)

  await page.keyboard.press('Control+z')
  await expect(kept(page)).toHaveText('4.36 s of 6.87 s kept')
  await page.keyboard.press('Control+z')
  await expect(kept(page)).toHaveText('3.81 s of 6.87 s kept')
  await page.keyboard.press('Control+Shift+z')
  await expect(kept(page)).toHaveText('4.36 s of 6.87 s kept')
  await bar(page).getByRole('button', { name: 'Undo' }).click()
  await expect(kept(page)).toHaveText('3.81 s of 6.87 s kept')
  for (let i = 0; i < 3; i++) await page.keyboard.press('Control+z')
  await expect(bar(page)).toHaveCount(0)
  await expect(root(page)).toHaveAttribute('aria-label', /^All, 6\.87 s, 100% of total/)
})

test('filters are in the link: back, forward and reload; a pprof address opens', async ({ page, freshPage }) => {
  await openCpu(page)
  await addFilter(page, 'Focus', 'encoding/json')
  await addFilter(page, 'Ignore', 'reflect')
  await expect(bar(page).getByRole('switch')).toHaveCount(2)
  await expect(root(page)).not.toHaveAttribute('aria-label', /(3\.81|6\.87) s/)
  const two = await root(page).getAttribute('aria-label')
  await page.goBack()
  await expect(kept(page)).toHaveText('3.81 s of 6.87 s kept')
  await page.goForward()
  await expect(bar(page).getByRole('switch')).toHaveCount(2)
  await expect.poll(() => root(page).getAttribute('aria-label')).toBe(two)
  await page.reload()
  await expect(bar(page).getByRole('switch')).toHaveCount(2)
  await expect.poll(() => root(page).getAttribute('aria-label')).toBe(two)

  const other = await freshPage()
  await openApp(other, '?f=encoding/json&g=files')
  await openFiles(other, fixturePath(CPU))
  await expect(kept(other)).toHaveText('3.81 s of 6.87 s kept')
  await expect(bar(other)).toContainText('By files')
  await expect(treeItem(other, '/usr/local/go/src/net/http/server.go').or(root(other)).first()).toBeVisible()
})

test('a bad pattern is marked with its reason and changes nothing', async ({ page, freshPage }) => {
  await openCpu(page)
  await addFilter(page, 'Focus', 'encoding/json')
  await expect(kept(page)).toHaveText('3.81 s of 6.87 s kept')
  await bar(page).getByRole('button', { name: 'Edit filter: Focus encoding/json' }).click()
  const form = bar(page).getByRole('form')
  const input = form.getByRole('combobox', { name: 'Pattern' })
  await input.fill('encoding/json(')
  await input.press('Enter')
  await expect(input).toHaveAttribute('aria-invalid', 'true')
  await expect(form.getByRole('status')).toContainText('a ( is not closed')
  await expect(kept(page)).toHaveText('3.81 s of 6.87 s kept')
  await input.press('Escape')
  await expect(chip(page, 'Focus encoding/json')).toBeVisible()

  // In a link it is left out, and the chip says so.
  const other = await freshPage()
  await openApp(other, '#v=1&f=a(&i=encoding/json')
  await openFiles(other, fixturePath(CPU))
  await expect(kept(other)).toHaveText('3.06 s of 6.87 s kept')
  await expect(
    bar(other).getByRole('button', { name: /^Edit filter: Focus a\(.*Left out\. Not a regular expression/ }),
  ).toBeVisible()
})

test('a pattern that engines which go back would never end with is answered like any other', async ({ page }) => {
  await openCpu(page)
  await addFilter(page, 'Focus', 'encoding/json')
  await expect(kept(page)).toHaveText('3.81 s of 6.87 s kept')
  await addFilter(page, 'Hide', '^(\\w|\\W|[a-z])*!$')
  await addFilter(page, 'Ignore', '^(r+|e|f|l|ct)*.*eflect')
  await expect(kept(page)).toHaveText('1.76 s of 6.87 s kept')
  await expect(bar(page).getByRole('alert')).toHaveCount(0)
})

test('granularities, names and presets; search finds what the boxes stand for', async ({ page }) => {
  await openCpu(page)
  const options = page.getByRole('button', { name: 'View options' })
  const choose = async (role: 'menuitemradio' | 'menuitemcheckbox', name: string) => {
    await options.click()
    await page.getByRole(role, { name, exact: true }).click()
  }
  await choose('menuitemradio', 'Packages')
  await expect(treeItem(page, 'net/http').first()).toBeVisible()
  await expect(treeItem(page, 'net/http.(*conn).serve')).toHaveCount(0)
  await page.getByRole('searchbox').fill('/^encoding\\/json$/')
  await expect(page.getByRole('search').getByRole('status')).toContainText('1 function')
  await expect(page.getByRole('search').getByRole('status')).toContainText('55.5%')
  await page.getByRole('searchbox').fill('')
  await choose('menuitemradio', 'Lines')
  const line = flameTree(page).getByRole('treeitem', { name: /^main\.decodeMap \S*decode\.go:49,/ })
  await expect(line.first()).toBeVisible()
  await line.first().click({ position: { x: 12, y: 6 } })
  await expect(page.getByRole('navigation', { name: 'Zoomed path' })).toContainText('main.decodeMap decode.go:49')
  await page.reload()
  await expect(page.getByRole('navigation', { name: 'Zoomed path' })).toContainText('main.decodeMap decode.go:49')
  await choose('menuitemradio', 'Functions')
  await expect(bar(page)).toHaveCount(0)

  await choose('menuitemcheckbox', 'Merge closures into their function')
  await expect(treeItem(page, 'encoding/json/v2.makeMapArshaler').first()).toBeVisible()
  await choose('menuitemcheckbox', 'Merge closures into their function')
  await expect(bar(page)).toHaveCount(0)

  await choose('menuitemcheckbox', 'Only my code')
  await expect(treeItem(page, 'net/http.(*conn).serve')).toHaveCount(0)
  await expect(treeItem(page, 'main.ingest').first()).toHaveAttribute('aria-level', '2')
  await choose('menuitemcheckbox', 'Only my code')
  await choose('menuitemcheckbox', 'Hide the standard library')
  await expect(treeItem(page, 'encoding/json.Unmarshal')).toHaveCount(0)
  await expect(treeItem(page, 'main.ingest').first()).toBeVisible()
  await choose('menuitemcheckbox', 'Hide the standard library')
  await choose('menuitemcheckbox', 'Hide runtime internals')
  await expect(treeItem(page, 'runtime.gcBgMarkWorker')).toHaveCount(0)
})

test('bottom-up: leaves at the root with pprof’s flat values, keys, link, and back', async ({ page }) => {
  await openCpu(page)
  await bottomUp(page).click()
  await expect(bottomUp(page)).toBeChecked()
  const top = fixtureIndex().files.find((f) => f.file === CPU)?.oracle?.cpu?.top_flat ?? []
  for (const { name, flat } of top.slice(0, 3)) {
    const item = treeItem(page, name).and(page.locator('[aria-level="2"]'))
    await expect(item).toHaveAttribute('aria-label', new RegExp(`, ${formatValue(flat, 'nanoseconds')}, `))
  }
  await page.reload()
  await expect(bottomUp(page)).toBeChecked()
  await page.getByRole('radio', { name: 'Top-down' }).click()
  await expect(treeItem(page, 'net/http.(*conn).serve').first()).toHaveAttribute('aria-level', '2')
  await bottomUp(page).click()
  await expect(bottomUp(page)).toBeChecked()
  await page.goBack()
  await expect(bottomUp(page)).not.toBeChecked()
  // The callers of one leaf only.
  await bottomUp(page).click()
  await frameMenu(page, top[0]?.name ?? '', 'Only what leads here')
  await expect(kept(page)).toContainText(formatValue(top[0]?.flat ?? 0, 'nanoseconds'))
})

test('the account of the total adds up', async ({ page }) => {
  await openCpu(page)
  const button = page.getByRole('button', { name: 'Where the total went' })
  await addFilter(page, 'Focus', 'encoding/json')
  await addFilter(page, 'Ignore', 'reflect')
  await expect(kept(page)).not.toContainText('3.81 s')
  await button.click()
  const account = page.getByRole('dialog', { name: 'Where the total went' })
  await expect(account).toContainText('Filtered out by Focus encoding/json3.06 s')
  const values = await account
    .locator('td:nth-child(2)')
    .evaluateAll((cells) => cells.map((c) => (c as HTMLElement).title))
  const numbers = values.map((v) => Number(v.replace(/[^\d]/g, '')))
  expect(numbers.slice(0, -1).reduce((a, b) => a + b, 0)).toBe(numbers.at(-1))
  await page.keyboard.press('Escape')
  await expect(account).toHaveCount(0)
})

test('filters that leave nothing say so and lead back', async ({ page }) => {
  await openCpu(page)
  await addFilter(page, 'Focus', 'nosuchfunction')
  const sentence = page.getByText('The filters leave nothing to show.')
  const undo = page.getByRole('main').getByRole('button', { name: 'Undo' }).last()
  await expect(sentence).toBeVisible()
  const [said, way] = [await sentence.boundingBox(), await undo.boundingBox()]
  // The ways back stand below the sentence, not somewhere in the room that the graph leaves.
  expect((way?.y ?? 0) - (said?.y ?? 0)).toBeLessThan(60)
  await expect(undo).toBeEnabled()
  await page.getByRole('main').getByRole('button', { name: 'Clear' }).last().click()
  await expect(root(page)).toBeVisible()
})

for (const look of ['light', 'dark'] as const) {
  test(`axe finds nothing in the bar and the views, ${look}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: look })
    await openCpu(page)
    await addFilter(page, 'Focus', 'encoding/json')
    await addFilter(page, 'Hide', '^runtime')
    await chip(page, 'Hide ^runtime').click()
    await page.keyboard.press('f')
    await expect(bar(page).getByRole('form')).toBeVisible()
    expect(await axe(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Where the total went' }).click()
    await expect(page.getByRole('dialog')).toContainText('Total')
    expect(await axe(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'View options' }).click()
    expect(await axe(page)).toEqual([])
    await page.keyboard.press('Escape')
    await bottomUp(page).click()
    expect(await axe(page)).toEqual([])
  })
}

test('a phone shows the bar without scrolling sideways', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await openCpu(page)
  await page.getByRole('button', { name: 'Add filter' }).first().click()
  await bar(page).getByRole('combobox', { name: 'Pattern' }).fill('encoding/json')
  await bar(page).getByRole('combobox', { name: 'Pattern' }).press('Enter')
  await expect(kept(page)).toHaveText('3.81 s of 6.87 s kept')
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
})

test('the focus stays where the filters are: after the form, and when a chip goes', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath('go1.27/map/cpu.pb.gz'))
  const add = page.getByRole('button', { name: 'Add filter' }).first()
  const pattern = page.getByRole('textbox', { name: 'Pattern' }).or(page.getByRole('combobox', { name: 'Pattern' }))
  await add.press('Enter')
  await expect(pattern).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(add).toBeFocused()
  for (const text of ['json', 'main']) {
    await add.press('Enter')
    await expect(pattern).toBeFocused()
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('switch', { name: `Filter on: Focus ${text}` })).toBeChecked()
    await expect(add).toBeFocused()
  }
  await page.getByRole('button', { name: 'Edit filter: Focus json' }).press('Enter')
  await expect(pattern).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Edit filter: Focus json' })).toBeFocused()
  await page.getByRole('button', { name: 'Remove filter: Focus json' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Remove filter: Focus main' })).toBeFocused()
})
