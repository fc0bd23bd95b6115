/** Profiles that are compared: how it starts, which two, on which scale. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { fixturePath } from '../src/testing/fixtures.ts'
import {
  axe,
  compareOffer,
  dropFiles,
  expect,
  type Locator,
  openApp,
  openFiles,
  type Page,
  tab,
  test,
  waitForFlame,
} from './app.ts'

const heap = (n: number) => fixturePath(`go1.27/map/heap-${n}.pb.gz`)
const cpus = [fixturePath('go1.22/map/cpu.pb.gz'), fixturePath('go1.27/map/cpu.pb.gz')] as const

const hotzone = fileURLToPath(new URL('../dist/node/hotzone.js', import.meta.url))

const group = (page: Page) => page.getByRole('group', { name: 'Compare', exact: true })
const base = (page: Page) => group(page).getByRole('combobox', { name: 'Base' })
const current = (page: Page) => group(page).getByRole('combobox', { name: 'Current' })
const swap = (page: Page) => group(page).getByRole('button', { name: 'Swap base and current' })
const scale = (page: Page) => page.getByRole('radiogroup', { name: 'Scale' })
const measured = (page: Page) => page.locator('.measured')
const profiles = (page: Page) => page.getByRole('list', { name: 'Profiles' }).getByRole('listitem')

/** What is chosen, as it is read. */
const chosen = (select: Locator) => select.evaluate((el: HTMLSelectElement) => el.selectedOptions[0]?.text ?? '')

async function openBoth(page: Page, ...files: string[]): Promise<void> {
  await openApp(page)
  await openFiles(page, ...files)
  await waitForFlame(page, 1)
  await expect(profiles(page)).toHaveCount(files.length)
  await compareOffer(page).click()
  await expect(group(page)).toBeVisible()
}

test('two profiles of one program: one press compares them, the earlier as base, and says what lies between', async ({
  page,
}) => {
  await openBoth(page, heap(3), heap(0))
  expect(await chosen(base(page))).toBe('heap-0.pb.gz · 07:09:58')
  expect(await chosen(current(page))).toBe('heap-3.pb.gz · 07:10:02')
  await expect(group(page)).toContainText('heap-0 → heap-3, 4 s later, both of build f12591df')
  await expect(measured(page)).toContainText('net 119.3 MiB · 100% is 43.5 MiB of the base profile · as measured')
  await expect(compareOffer(page)).toHaveCount(0)
  await expect(profiles(page)).toHaveCount(3)
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: 'Close heap-0.pb.gz → heap-3.pb.gz' }).click()
  await expect(profiles(page)).toHaveCount(2)
  await expect(group(page)).toHaveCount(0)
})

test('base and current are swapped with one press, chosen anew or left alone, and all of it is undone', async ({
  page,
}) => {
  await openBoth(page, heap(0), heap(1), heap(3))
  await expect(profiles(page)).toHaveCount(4)
  await swap(page).click()
  await expect(group(page)).toContainText('heap-3 → heap-0, 4 s earlier')
  await expect(measured(page)).toContainText('net -119.3 MiB')
  expect(page.url()).toContain('sides=2-0')
  await base(page).selectOption({ label: 'heap-1.pb.gz · 07:09:59' })
  await expect(group(page)).toContainText('heap-1 → heap-0')
  // What is the base becomes the current one: the two change places.
  await current(page).selectOption({ label: 'heap-1.pb.gz · 07:09:59' })
  await expect(group(page)).toContainText('heap-0 → heap-1')
  await base(page).selectOption('None: the current one alone')
  await expect(group(page)).toContainText('heap-1 alone')
  await expect(swap(page)).toBeDisabled()
  for (const words of ['heap-0 → heap-1', 'heap-1 → heap-0', 'heap-3 → heap-0', 'heap-0 → heap-3']) {
    await page.keyboard.press('Control+z')
    await expect(group(page)).toContainText(words)
  }
  expect(page.url()).not.toContain('sides=')
})

test('the scale follows from what is measured, can be chosen, and says why where it cannot', async ({ page }) => {
  await openBoth(page, ...cpus)
  const radio = (name: string) => scale(page).getByRole('radio', { name })
  await expect(radio('Per second')).toBeChecked()
  await expect(measured(page)).toContainText(/ms\/s.* · per second/)
  await radio('Share of total').check()
  await expect(measured(page)).toContainText(/net -?\d+ ns · .* · brought to one total/)
  expect(page.url()).toContain('scale=share')
  await radio('Per operation').check()
  await expect(page.getByText('As measured until both are known')).toBeVisible()
  await page.getByRole('spinbutton', { name: 'Operations of base' }).fill('1000')
  await page.getByRole('spinbutton', { name: 'Operations of base' }).press('Enter')
  await page.getByRole('spinbutton', { name: 'Operations of current' }).fill('2000')
  await page.getByRole('spinbutton', { name: 'Operations of current' }).press('Enter')
  await expect(measured(page)).toContainText(/ms\/op.* · per operation/)
  expect(page.url()).toContain('ops=1000,2000')
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: 'View options' }).click()
  await page.getByRole('menuitemradio', { name: 'Base', exact: true }).click()
  expect(page.url()).toContain('width=base')
})

test('operations are taken from a benchmark text that is open, by the benchmark that each side holds', async ({
  page,
}) => {
  await openApp(page)
  const bench = (name: string) => fixturePath(`bench/${name}`)
  await dropFiles(page, [bench('bench-1.27.txt'), bench('mem-Map-1.27.pb.gz'), bench('mem-Struct-1.27.pb.gz')])
  await expect(profiles(page)).toHaveCount(3)
  await page.getByRole('button', { name: 'mem-Struct-1.27.pb.gz', exact: true }).click()
  await compareOffer(page).click()
  await scale(page).getByRole('radio', { name: 'Per operation' }).check()
  const [one, other] = [await chosen(base(page)), await chosen(current(page))]
  expect([one, other].map((name) => /mem-(Map|Struct)/.exec(name)?.[1]).sort()).toEqual(['Map', 'Struct'])
  const operations = (name: string) => (name.includes('Map') ? 4126 : 8180)
  const row = (name: string) =>
    name.includes('Map') ? /BenchmarkDecodeMap: 4,126 operations/ : /BenchmarkDecodeStruct: 8,180 operations/
  await group(page).getByRole('button', { name: 'Operations of base, from text' }).click()
  await expect(page.getByRole('menuitem')).toHaveCount(1)
  await page.keyboard.press('Escape')
  for (const [side, name] of [
    ['base', one],
    ['current', other],
  ] as const) {
    await group(page)
      .getByRole('button', { name: `Operations of ${side}, from text` })
      .click()
    await expect(page.getByRole('menu')).toContainText('At least: the text leaves out')
    expect(await axe(page)).toEqual([])
    await page.getByRole('menuitem', { name: row(name) }).click()
    await expect(page.getByRole('spinbutton', { name: `Operations of ${side}` })).toHaveValue(String(operations(name)))
  }
  await expect(measured(page)).toContainText('/op')
  expect(page.url()).toContain(`ops=${operations(one)},${operations(other)}`)
})

test('labels of a comparison are told by their difference, and numbers stay within the boxes of its call graph', async ({
  page,
}) => {
  await openBoth(page, fixturePath('bench/mem-Map-1.27.pb.gz'), fixturePath('bench/mem-Struct-1.27.pb.gz'))
  await tab(page, 'Labels').click()
  // As `pprof -tags -diff_base`: -43,818,561 B of 68,433,017 B.
  await expect(page.getByRole('region', { name: 'Label bytes' })).toContainText(
    /difference -41\.8 MiB, -64\.0% of the base/,
  )
  await tab(page, 'Graph').click()
  await expect(page.getByText(/-\d.* of -\d/).first()).toBeVisible()
  const over = await page.evaluate(
    () =>
      [...document.querySelectorAll('main button > span:last-child')].filter((el) => {
        const box = el.parentElement?.getBoundingClientRect()
        const range = document.createRange()
        range.selectNodeContents(el)
        return / of -?\d/.test(el.textContent ?? '') && box && range.getBoundingClientRect().right > box.right
      }).length,
  )
  expect(over).toBe(0)
})

test('snapshots of a heap are not per second, and that is said', async ({ page }) => {
  await openBoth(page, heap(0), heap(3))
  const second = scale(page).getByRole('radio', { name: 'Per second' })
  await expect(second).toBeDisabled()
  await expect(second).toHaveAccessibleDescription('Not both profiles say how long they were captured')
})

const menu = async (page: Page, row: string) => {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('menuitem', { name: row }).click()
}

test('“Compare with…” takes an open profile, a kept one, or a file', async ({ page }) => {
  await openApp(page)
  await openFiles(page, heap(0))
  await page.getByRole('button', { name: 'Close heap-0.pb.gz' }).click()
  await openFiles(page, heap(3))
  await menu(page, 'Compare with…')
  const dialog = page.getByRole('dialog', { name: 'Compare heap-3.pb.gz with…' })
  await expect(dialog.getByText('The one that was captured first is the base')).toBeVisible()
  expect(await axe(page)).toEqual([])
  await dialog
    .getByRole('region', { name: 'Kept in this browser' })
    .getByRole('button', { name: /heap-0/ })
    .click()
  await expect(group(page)).toContainText('heap-0 → heap-3')
  // One more file makes a case of three.
  await menu(page, 'Compare with…')
  await page.getByLabel('Profile to compare with').setInputFiles(heap(1))
  await expect(base(page).getByRole('option')).toHaveText([/heap-0/, /heap-1/, /heap-3/, /^None/])
  await expect(group(page)).toContainText('heap-0 → heap-3')
  await page.getByRole('button', { name: 'heap-1.pb.gz', exact: true }).click()
  await menu(page, 'Compare with…')
  await page
    .getByRole('region', { name: 'Open here' })
    .getByRole('button', { name: /heap-3/ })
    .click()
  await expect(group(page)).toContainText('heap-1 → heap-3')
})

test('what measures nothing in common cannot be compared, and that is said', async ({ page }) => {
  await openApp(page)
  await openFiles(page, heap(0))
  await menu(page, 'Compare with…')
  await page.getByLabel('Profile to compare with').setInputFiles(fixturePath('go1.27/map/goroutine.pb.gz'))
  await expect(page.getByRole('alert')).toContainText('measure nothing in common')
  await expect(profiles(page)).toHaveCount(2)
})

test('?base= opens both as one comparison, also in another browser and again', async ({ page, freshPage, allow }) => {
  await openApp(page, '?base=samples/heap-maps.pb.gz&profile=samples/heap-structs.pb.gz#scale=share')
  await expect(group(page)).toContainText('heap-maps → heap-structs')
  await expect(profiles(page)).toHaveCount(1)
  await expect(scale(page).getByRole('radio', { name: 'Share of total' })).toBeChecked()
  await swap(page).click()
  await expect.poll(() => page.url()).toContain('sides=1-0')
  const theirs = await freshPage()
  await theirs.goto(page.url())
  await expect(group(theirs)).toContainText('heap-structs → heap-maps')
  await theirs.reload()
  await expect(group(theirs)).toContainText('heap-structs → heap-maps')
  // One of them is not there: it is named, and the other one opens.
  allow(/404/)
  await openApp(page, '?base=samples/none.pb.gz&profile=samples/heap-structs.pb.gz')
  await expect(page.getByRole('alert')).toContainText('none.pb.gz did not open')
  await expect(page.getByRole('tree', { name: 'Flame graph' })).toBeVisible()
  await expect(group(page)).toHaveCount(0)
})

test('a link in another browser asks for both files by name, and opens the comparison with both', async ({
  page,
  freshPage,
}) => {
  await openBoth(page, heap(0), heap(3))
  await swap(page).click()
  await expect(group(page)).toContainText('heap-3 → heap-0')
  await page.getByRole('button', { name: 'Share' }).click()
  const link = await page.getByRole('dialog').getByRole('textbox', { name: 'Link' }).inputValue()
  const theirs = await freshPage()
  await theirs.goto(link)
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('This link needs heap-0.pb.gz and heap-3.pb.gz')
  await openFiles(theirs, heap(3), heap(0))
  await expect(group(theirs)).toContainText('heap-3 → heap-0')
  // Here one of the files is kept: the other one is asked for, and one that does not fit is told.
  const other = await freshPage()
  await openApp(other)
  await openFiles(other, heap(0))
  await other.goto(link)
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('This link needs heap-3.pb.gz')
  await expect(other.getByText('open heap-3.pb.gz too, and the view comes back')).toBeVisible()
  await openFiles(other, heap(1))
  await expect(other.getByText('heap-1.pb.gz is none of the files that the link was made from.')).toBeVisible()
  await expect(other.getByText('The link also needs heap-3.pb.gz.')).toBeVisible()
  await openFiles(other, heap(3))
  await expect(group(other)).toContainText('heap-3 → heap-0')
})

/** What the command serves, on a port of its own, until the test is done with it. */
async function served(args: readonly string[], use: (url: string) => Promise<void>): Promise<void> {
  const child = spawn(process.execPath, [hotzone, ...args, '--port=0', '--no-browser'])
  try {
    const url = await new Promise<string>((resolve) =>
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        const [found] = /http:\S+/.exec(text) ?? []
        if (found) resolve(found)
      }),
    )
    await use(url)
  } finally {
    child.kill()
  }
}

test('the command line opens a comparison', async ({ page, allow }) => {
  // It has a server of its own.
  allow(/^request to another host: http:\/\/127\.0\.0\.1:/)
  await served(['-diff_base', heap(0), heap(3)], async (url) => {
    await page.goto(url)
    await expect(group(page)).toContainText('heap-0 → heap-3, 4 s later')
    await expect(measured(page)).toContainText('100% is 43.5 MiB of the base profile')
  })
})

test('per cent are of the base, or as pprof -base has them of what is left; in the link, and undone', async ({
  page,
  allow,
}) => {
  allow(/^request to another host: http:\/\/127\.0\.0\.1:/)
  await served(['-base', heap(0), heap(3)], async (url) => {
    await page.goto(url)
    const percent = group(page).getByRole('combobox', { name: 'Per cent' })
    expect(await chosen(percent)).toBe('of what is left')
    // Figures of `pprof -base` and of `pprof -diff_base`: reflect.mapassign_faststr0 has 55,171,290 bytes, 43.54% and 121.08%.
    await expect(measured(page)).toContainText('net 119.3 MiB · 100% is 120.8 MiB, the sum of absolute values')
    await tab(page, 'Table').click()
    const row = page.getByRole('row').filter({ hasText: 'mapassign_faststr0' })
    await expect(row).toContainText('43.5%')
    await percent.selectOption('of the base')
    await expect(row).toContainText('121.1%')
    await expect(measured(page)).toContainText('100% is 43.5 MiB of the base profile')
    expect(page.url()).not.toContain('of=')
    await page.keyboard.press('Control+z')
    await expect(row).toContainText('43.5%')
    expect(page.url()).toContain('of=difference')
    expect(await axe(page)).toEqual([])
  })
})

test('by the keyboard alone', async ({ page }) => {
  await openApp(page)
  await openFiles(page, heap(0), heap(3))
  await expect(profiles(page)).toHaveCount(2)
  await compareOffer(page).focus()
  await page.keyboard.press('Enter')
  await expect(group(page)).toBeVisible()
  await base(page).focus()
  await page.keyboard.press('Tab')
  await expect(swap(page)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(group(page)).toContainText('heap-3 → heap-0')
  await expect(swap(page)).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(current(page)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(group(page)).toContainText('heap-0 → heap-3')
  await page.keyboard.press('Tab')
  await expect(scale(page).getByRole('radio', { name: 'As measured' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(scale(page).getByRole('radio', { name: 'Share of total' })).toBeChecked()
})

test('on a phone the offer shows how many there are, and is named so', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await openApp(page)
  await openFiles(page, heap(0), heap(1), heap(3))
  await waitForFlame(page, 1)
  await expect(compareOffer(page)).toHaveAccessibleName('Compare 3')
  expect(await axe(page)).toEqual([])
})

test.describe('in Chinese, dark, on a phone', () => {
  test.use({ locale: 'zh-CN', colorScheme: 'dark', viewport: { width: 390, height: 844 } })
  test('all of it is there and within the screen', async ({ page }) => {
    await openApp(page)
    await openFiles(page, heap(0), heap(3))
    await compareOffer(page).click()
    const line = page.getByRole('group', { name: '比较', exact: true })
    await expect(line).toContainText('heap-0 → heap-3，晚 4 秒，都来自构建 f12591df')
    const parts = [
      line.getByRole('combobox', { name: '基准' }),
      line.getByRole('combobox', { name: '当前' }),
      page.getByRole('radiogroup', { name: '尺度' }),
    ]
    for (const part of parts) {
      const box = await part.boundingBox()
      expect(box && box.x >= 0 && box.x + box.width <= 390).toBe(true)
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(await axe(page)).toEqual([])
  })
})
