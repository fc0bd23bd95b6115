/** One selection in every view, and the inspector that shows it: function, source, pins; the palette; many documents. */
import { formatValue } from '../src/core/model/units.ts'
import { fixtureIndex, fixturePath } from '../src/testing/fixtures.ts'
import {
  axe,
  chooseFiles,
  dropFiles,
  expect,
  openApp,
  openFiles,
  type Page,
  tab,
  test,
  treeItem,
  waitForFlame,
} from './app.ts'

const CPU = 'go1.27/map/cpu.pb.gz'
const HEAP = 'go1.27/map/heap.pb.gz'
const oracleOf = (file: string, type: string) => {
  const found = fixtureIndex().files.find((f) => f.file === file)
  const oracle = found?.oracle?.[type]
  if (!found || !oracle) throw new Error(`no oracle for ${file}`)
  return { ...oracle, peek: found.peek ?? [] }
}

const inspect = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Inspector' }).getByRole('button', { name }).click()
const func = (page: Page) => page.getByRole('region', { name: 'Function', exact: true })
const sum = (page: Page, row: string) => func(page).getByRole('row', { name: new RegExp(`^${row}`) })

test('a frame, a row and a node are one selection, which the inspector follows with the numbers of pprof', async ({
  page,
  freshPage,
}) => {
  const oracle = oracleOf(CPU, 'cpu')
  const cumOf = (name: string) => oracle.peek.find((p) => p.function === name && p.sample_type === 'cpu')?.self.cum
  await openApp(page)
  await openFiles(page, fixturePath(CPU))
  await inspect(page, 'Function')
  // Nothing is selected: what to look at first is there.
  await expect(func(page)).toContainText('Nothing is selected yet')
  await expect(func(page).getByRole('heading', { level: 2 })).toHaveText('main.decodeMap')
  await treeItem(page, 'main.ingest').first().click()
  await expect(func(page).getByRole('heading', { level: 2 })).toHaveText('main.ingest')
  await expect(sum(page, 'All places')).toContainText(formatValue(cumOf('main.ingest') ?? Number.NaN, 'nanoseconds'))
  await expect(sum(page, 'This place')).toBeVisible()
  // The sandwich follows each click.
  await func(page).getByRole('button', { name: 'main.decodeMap' }).click()
  await expect(func(page).getByRole('heading', { level: 2 })).toHaveText('main.decodeMap')
  await expect(func(page).getByRole('tree', { name: 'Callees' })).toBeVisible()
  const callee = oracle.peek
    .find((p) => p.function === 'main.ingest' && p.sample_type === 'cpu')
    ?.callees.find(({ name }) => name === 'main.decodeMap')
  await expect(func(page).getByRole('row', { name: /main\.ingest/ })).toContainText(
    formatValue(callee?.value ?? Number.NaN, 'nanoseconds'),
  )
  await tab(page, 'Table').click()
  await expect(page.getByRole('row', { selected: true })).toContainText('main.decodeMap')
  await page.getByRole('textbox', { name: 'Filter functions' }).fill('runtime.memmove')
  await page.getByRole('grid', { name: 'Top functions' }).getByTitle('runtime.memmove', { exact: true }).click()
  await expect(func(page).getByRole('heading', { level: 2 })).toHaveText('runtime.memmove')
  expect(await axe(page)).toEqual([])

  const theirs = await freshPage()
  await theirs.goto(page.url())
  await dropFiles(theirs, [fixturePath(CPU)])
  await expect(func(theirs).getByRole('heading', { level: 2 })).toHaveText('runtime.memmove')
  await expect(theirs.getByRole('row', { selected: true })).toContainText('memmove')
})

test('places open their lines; keys act on the selected function', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath(CPU))
  await treeItem(page, 'main.decodeMap').first().click()
  await page
    .getByRole('region', { name: 'Frame details' })
    .getByRole('button', { name: /^decode\.go/ })
    .click()
  const lines = page.getByRole('region', { name: 'Lines', exact: true })
  await expect(lines.getByRole('row').and(page.locator('[aria-current=true]'))).toContainText('49')
  await page.getByLabel('Add file…').setInputFiles({
    name: 'decode.go',
    mimeType: 'text/plain',
    buffer: Buffer.from(`${'\n'.repeat(48)}var done = 1 // line 49\n`),
  })
  await expect(lines.locator('[data-part=keyword]')).toHaveText('var')
  await expect(lines.locator('[data-part=comment]')).toHaveText('// line 49')
  expect(await axe(page)).toEqual([])
  await page.keyboard.press('c')
  await expect(func(page).getByRole('heading', { level: 2 })).toHaveText('main.decodeMap')
  await page.keyboard.press('l')
  await expect(lines).toBeVisible()
  await page.keyboard.press('Shift+F')
  await expect(page.getByRole('switch', { name: 'Filter on: Focus ^main\\.decodeMap$' })).toBeVisible()
  await page.goBack()
  await expect(lines).toBeVisible()
})

test('pinned functions have a joint sum in which samples count once; link, axe', async ({ page, freshPage }) => {
  const { total } = oracleOf(HEAP, 'inuse_space')
  await openApp(page)
  await openFiles(page, fixturePath(HEAP))
  await treeItem(page, 'main.ingest').first().click()
  await page.keyboard.press('p')
  await treeItem(page, 'main.decodeMap').first().click()
  await page.keyboard.press('p')
  await inspect(page, 'Function')
  const pinned = page.getByRole('region', { name: 'Pinned' })
  await expect(pinned.getByRole('row')).toHaveCount(3)
  const cum = oracleOf(HEAP, 'inuse_space').peek.find(
    (p) => p.function === 'main.ingest' && p.sample_type === 'inuse_space',
  )?.self.cum
  // All of decodeMap runs below ingest.
  await expect(pinned.getByRole('row', { name: /^Together/ })).toContainText(formatValue(cum ?? total, 'bytes'))
  expect(await axe(page)).toEqual([])
  const theirs = await freshPage()
  await theirs.goto(page.url())
  await dropFiles(theirs, [fixturePath(HEAP)])
  await expect(theirs.getByRole('region', { name: 'Pinned' }).getByRole('row')).toHaveCount(3)
  await theirs.getByRole('button', { name: 'Unpin all' }).click()
  await expect(theirs.getByRole('region', { name: 'Pinned' })).toHaveCount(0)
})

test('a selection stays with another profile of the program', async ({ page }) => {
  await openApp(page)
  await chooseFiles(page, [fixturePath(CPU), fixturePath(HEAP)])
  await expect(page.getByRole('button', { name: '1/2 open documents' })).toBeVisible()
  await treeItem(page, 'main.decodeMap').first().click()
  await inspect(page, 'Function')
  await page.keyboard.press(']')
  await expect(page.getByRole('radio', { name: 'In use space' })).toBeChecked()
  await expect(func(page).getByRole('heading', { level: 2 })).toHaveText('main.decodeMap')
  await expect(sum(page, 'This place')).toContainText('216.')
})

test('the palette finds functions, views, documents and actions with the keyboard alone', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath(CPU))
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Go to' })
  await page.keyboard.type('decodemap')
  await expect(palette.getByRole('option').first()).toContainText('decodeMap')
  expect(await axe(page)).toEqual([])
  await page.keyboard.press('Enter')
  await expect(palette).toHaveCount(0)
  await expect(func(page).getByRole('heading', { level: 2 })).toHaveText('main.decodeMap')
  await expect(page.getByRole('region', { name: 'Frame details' })).toContainText('main.decodeMap')
  await page.getByRole('searchbox', { name: 'Search frames' }).focus()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('call tree')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('treegrid', { name: 'Call tree' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('keys and')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
})

test('what is typed at once after the keys of the palette, with the graph in focus, is not lost', async ({ page }) => {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(/\/assets\/palette-.*\.js$/, async (route) => {
    await held
    await route.continue()
  })
  await openApp(page)
  await openFiles(page, fixturePath(CPU))
  await treeItem(page, 'main.ingest').first().focus()
  const address = page.url()
  await page.keyboard.press('Control+k')
  // W, A, D and 0 are keys of the graph, m is none.
  for (const key of 'wadmain0') await page.keyboard.press(key)
  for (let i = 0; i < 8; i++) await page.keyboard.press('Backspace')
  for (const key of 'decodemap') await page.keyboard.press(key)
  await page.keyboard.press('Enter')
  expect(page.url()).toBe(address)
  release()
  await expect(func(page).getByRole('heading', { level: 2 })).toHaveText('main.decodeMap')
})

test('six documents: a list by program that typing narrows, and several are closed at once', async ({ page }) => {
  await openApp(page)
  const files = ['cpu', 'heap', 'mutex', 'block', 'goroutine'].map((kind) => fixturePath(`go1.27/map/${kind}.pb.gz`))
  await chooseFiles(page, [...files, fixturePath('go1.22/map/heap.pb.gz')])
  // Reading six files takes its time on a busy machine.
  test.slow()
  const button = page.getByRole('button', { name: /\/6 open documents/ })
  await expect(page.getByRole('progressbar')).toHaveCount(0)
  await expect(button).toHaveText('1/6')
  await button.click()
  const list = page.getByRole('dialog', { name: '6 open documents' })
  await expect(list.getByRole('listitem')).toHaveCount(6)
  expect(await axe(page)).toEqual([])
  await page.keyboard.type('heap')
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('radio', { name: 'In use space' })).toBeChecked()
  await button.click()
  await page.keyboard.type('heap')
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await list.getByRole('button', { name: 'Choose all' }).click()
  await list.getByRole('button', { name: 'Close 2 documents' }).click()
  await expect(page.getByRole('button', { name: /\/4 open documents/ })).toBeVisible()
})

test('columns keep the width that the reader gave them', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath(CPU))
  await tab(page, 'Table').click()
  const grip = page.getByRole('separator', { name: 'Width of Place' })
  await grip.focus()
  const head = page.getByRole('columnheader', { name: /^Place/ })
  const before = (await head.boundingBox())?.width ?? 0
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight')
  await expect.poll(async () => (await head.boundingBox())?.width).toBe(before + 24)
  await page.reload()
  await waitForFlame(page, 0)
  await expect.poll(async () => (await head.boundingBox())?.width).toBe(before + 24)
  await grip.dblclick()
  await expect.poll(async () => (await head.boundingBox())?.width).toBe(before)
})

test('on a phone the function is a sheet; in Chinese every word is', async ({ browser }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'zh-CN',
    colorScheme: 'dark',
  })
  const page = await context.newPage()
  await openApp(page)
  await openFiles(page, fixturePath(CPU))
  await page.getByRole('button', { name: '打开检查器' }).click()
  await page.getByRole('navigation', { name: '检查器' }).getByRole('button', { name: '函数' }).click()
  const shown = page.getByRole('region', { name: '函数', exact: true })
  await expect(shown.getByRole('heading', { level: 2 })).toHaveText('main.decodeMap')
  await expect(shown).toContainText('所有位置')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  expect(await axe(page)).toEqual([])
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: '跳转到' })).toBeVisible()
  expect(await axe(page)).toEqual([])
  await context.close()
})
