/** Snapshots of one program over time: what grows, equal to `hotzone series`, a chart for eyes, keys and screen readers, and the way to the flame graph. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { shortName } from '../src/core/model/go-name.ts'
import { formatShare, formatValue } from '../src/core/model/units.ts'
import { fixturePath } from '../src/testing/fixtures.ts'
import {
  axe,
  compareOffer,
  dropFiles,
  expect,
  flameTree,
  openApp,
  openFiles,
  type Page,
  test,
  treeItem,
  waitForFlame,
} from './app.ts'

const heaps = [0, 1, 2, 3].map((i) => fixturePath(`go1.27/map/heap-${i}.pb.gz`))
const hotzone = fileURLToPath(new URL('../dist/node/hotzone.js', import.meta.url))

interface Printed {
  points: { file: string; total: number }[]
  growers: {
    path: string[]
    name: string
    first: number
    last: number
    slopePerMinute: number
    grew: number
    of: number
    share: number
    kept: number
    certain: boolean
    minutesToLimit: number | null
    line: { file: string; line: number } | null
  }[]
  functions: { name: string }[]
  parts: { name: string; flat: number[] }[]
  rest: number[]
}

const printed = (...options: string[]): Printed =>
  JSON.parse(execFileSync(process.execPath, [hotzone, 'series', ...heaps, '--json', ...options], { encoding: 'utf8' }))

const figure = (page: Page) => page.getByRole('figure', { name: 'Over time' })
const growers = (page: Page) => page.getByRole('list', { name: 'What grows' })
const slider = (page: Page) => page.getByRole('slider', { name: 'Current snapshot' })
const legend = (page: Page) => figure(page).getByRole('table').first()
const bytes = (value: number) => formatValue(value, 'bytes')

/** Opens files and compares them all with one press. */
async function compareAll(page: Page, files: readonly string[]): Promise<void> {
  await openApp(page)
  await openFiles(page, ...files)
  await expect(page.locator('.profile-open')).toHaveCount(files.length)
  await compareOffer(page).click()
  await expect(page.locator('.profile-open')).toHaveCount(files.length + 1)
}

/** Opens the four heaps as one comparison, over time. */
async function openSeries(page: Page): Promise<void> {
  await compareAll(page, heaps)
  await page.getByRole('button', { name: 'Over time' }).click()
  await expect(growers(page)).toBeVisible()
}

const verdict = (page: Page) =>
  page.getByRole('region', { name: /^(Over time|随时间)$/ }).getByRole('heading', { level: 2 })

/** A place on the chart, as a share of its width. */
async function place(page: Page, share: number): Promise<{ x: number; y: number }> {
  const box = await figure(page).locator('.u-over').boundingBox()
  if (!box) throw new Error('the chart is not on screen')
  return { x: box.x + share * box.width, y: box.y + box.height / 2 }
}

test('what grows, in a sentence and as a list, has the numbers of hotzone series', async ({ page }) => {
  await openSeries(page)
  const { growers: expected } = printed()
  await expect(verdict(page)).toHaveText('main.decodeMap kept +104.8 MiB over 4 snapshots, decode.go:49.')
  await expect(page.getByText('Certain: it grew in 2 of 2 steps.')).toBeVisible()
  await expect(page.getByText('1 snapshot tells the same as the one before and is left out')).toBeVisible()
  const items = growers(page).locator('> li')
  await expect(items).toHaveCount(expected.length)
  for (const [i, grower] of expected.entries()) {
    const item = items.nth(i)
    await expect(item).toContainText(grower.name)
    await expect(item).toContainText(`+${bytes(grower.slopePerMinute)}/min`)
    await expect(item).toContainText(`${bytes(grower.first)} → ${bytes(grower.last)}`)
    await expect(item).toContainText(`grew in ${grower.grew} of ${grower.of}`)
    await expect(item).toContainText(`${formatShare(grower.share)} of the growth`)
    await expect(item).toContainText(`keeps ${formatShare(grower.kept)} of what it allocates`)
    await expect(item.getByText(grower.certain ? 'certain' : 'not certain', { exact: true })).toBeVisible()
    if (grower.line) await expect(item).toContainText(`${grower.line.file.split('/').at(-1)}:${grower.line.line}`)
  }
  expect(await axe(page)).toEqual([])
})

test('every value of the chart stands in a table, and they add up to the totals', async ({ page }) => {
  await openSeries(page)
  const { points, parts, rest } = printed()
  await page.getByText('All values as a table').click()
  const table = page.getByRole('table', { name: 'Values of every snapshot' })
  for (const [row, { file, total }] of points.entries()) {
    const cells = table
      .getByRole('row')
      .nth(row + 1)
      .getByRole('cell')
    await expect(table.getByRole('rowheader').nth(row)).toHaveText(file.replace('.pb.gz', ''))
    const values = [total, ...parts.map(({ flat }) => flat[row] ?? 0), rest[row] ?? 0].map(bytes)
    await expect(cells).toHaveText([
      /^07:\d\d:\d\d$|^\d\d:\d\d:\d\d$/,
      ...values,
      row === 2 ? /the same as the one/ : '',
    ])
  }
  // Beside the chart: those of the current snapshot, and what changed since the base.
  await expect(legend(page).getByRole('row').nth(1)).toContainText(/All\s*162\.8 MiB\s*\+119\.3 MiB/)
})

test('keys move the current snapshot and the base, and say where they are', async ({ page }) => {
  await openSeries(page)
  await slider(page).focus()
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /^heap-3, .*162\.8 MiB, compared with heap-0$/)
  await page.keyboard.press('ArrowLeft')
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /^heap-2, .*compared with heap-0$/)
  expect(page.url()).toContain('sides=0-2')
  await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(() => page.url()).toContain('sides=1-2')
  // Past the base, which is one with itself for a step.
  await page.keyboard.press('ArrowLeft')
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /^heap-1, [^,]*, 101\.1 MiB$/)
  await page.keyboard.press('Home')
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /^heap-0, .*compared with heap-1$/)
  await page.keyboard.press('End')
  await expect(slider(page)).toHaveAttribute('aria-valuenow', '4')
  await page.getByRole('button', { name: 'Previous snapshot' }).click()
  await expect(slider(page)).toHaveAttribute('aria-valuenow', '3')
})

test('a press on the chart picks a snapshot, a range is what the flame graph then compares', async ({ page }) => {
  await openSeries(page)
  const pick = await place(page, 0.35)
  await page.mouse.move(pick.x, pick.y)
  await expect(legend(page)).toContainText('At heap-1')
  await page.mouse.click(pick.x, pick.y)
  await expect(page.getByRole('group', { name: 'Compare', exact: true })).toContainText('heap-0 → heap-1')
  const [from, to] = [await place(page, 0.38), await place(page, 0.95)]
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 5 })
  await page.mouse.up()
  await expect(page.getByRole('group', { name: 'Compare', exact: true })).toContainText('heap-1 → heap-3')
  expect(page.url()).toContain('sides=1-3')
  await page.getByRole('button', { name: 'Show in the flame graph' }).click()
  await expect(flameTree(page)).toBeVisible()
  // heap-3 less heap-1, of the files' own totals.
  const { points } = printed()
  const net = bytes((points[3]?.total ?? 0) - (points[1]?.total ?? 0))
  await expect(page.locator('.measured')).toContainText(`net ${net}`)
})

test('a path that grows opens in the flame graph, and its steps and values below it', async ({ page }) => {
  await openSeries(page)
  const [first] = printed().growers
  await page.getByRole('button', { name: 'Path and values of main.decodeMap' }).click()
  const steps = page.getByRole('list', { name: 'Call path, from its root' }).getByRole('listitem')
  await expect(steps).toHaveCount(first?.path.length ?? 0)
  await expect(steps.last()).toHaveText(shortName(first?.path.at(-1) ?? ''))
  await steps
    .filter({ hasText: /^main\.decodeMap$/ })
    .getByRole('button')
    .click()
  await expect(treeItem(page, 'main.decodeMap')).toBeVisible()
  await expect(page.locator('.crumbs').locator('[aria-current]')).toHaveText('main.decodeMap')
  await page.goBack()
  await growers(page)
    .getByRole('button', { name: /^main\.ingest main\.go:50$/ })
    .click()
  await expect(flameTree(page)).toBeVisible()
  expect(page.url()).toMatch(/[#&]z=/)
})

test('a limit that is typed says when it is reached; a link has it, and filters change what grows', async ({
  page,
  freshPage,
}) => {
  await openSeries(page)
  const limit = page.getByRole('textbox', { name: 'Limit' })
  await limit.fill('2 GiB')
  await limit.press('Enter')
  const [first] = printed('--limit', '2GiB').growers
  await expect(growers(page).locator('> li').first()).toContainText(
    new RegExp(`alone would fill 2 GiB in ${Math.floor(first?.minutesToLimit ?? 0)} min`),
  )
  await limit.fill('soon')
  await limit.press('Enter')
  await expect(page.getByText('“soon” is no amount of this sample type. Type one such as 2GiB.')).toBeVisible()
  await limit.fill('1GiB')
  await limit.press('Enter')
  await page.getByRole('radio', { name: 'Function', exact: true }).check()
  await expect(growers(page).locator('> li')).toHaveCount(printed().functions.length)
  await slider(page).press('ArrowLeft')
  await expect(slider(page)).toHaveAttribute('aria-valuenow', '3')
  const link = page.url()

  const theirs = await freshPage()
  await theirs.goto(link)
  await dropFiles(theirs, heaps)
  await expect(growers(theirs)).toBeVisible()
  await expect(theirs.getByRole('radio', { name: 'Function', exact: true })).toBeChecked()
  await expect(slider(theirs)).toHaveAttribute('aria-valuenow', '3')
  await expect(theirs.getByRole('textbox', { name: 'Limit' })).toHaveValue('1GiB')

  await page
    .getByRole('button', { name: 'In use objects over time' })
    .or(page.locator('button[title="Show In use objects over time"]'))
    .click()
  await expect(legend(page).getByRole('row').nth(1)).not.toContainText('MiB')
})

test('a filter is of all snapshots', async ({ page }) => {
  await compareAll(page, heaps)
  await waitForFlame(page, 2)
  await page.goto(page.url().replace(/(&pn=|$)/, '&view=over-time&i=decodeMap$1'))
  await expect(growers(page)).toBeVisible()
  await expect(growers(page)).not.toContainText('main.decodeMap')
  await expect(verdict(page)).toContainText('main.ingest kept')
})

test('in Chinese', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'zh-CN' })
  const page = await context.newPage()
  await compareAll(page, heaps)
  await page.getByRole('button', { name: '随时间' }).click()
  await expect(page.getByRole('list', { name: '什么在增长' })).toBeVisible()
  await expect(verdict(page)).toHaveText('main.decodeMap 在 4 份快照中留住了 +104.8 MiB，decode.go:49。')
  await expect(page.getByRole('figure', { name: '随时间' })).toBeVisible()
  const words = await page.getByRole('region', { name: '随时间' }).innerText()
  expect(words).not.toMatch(/\b(grew|kept|certain|snapshot|base|total|limit|steps)\b/i)
  expect(await axe(page)).toEqual([])
  await context.close()
})

for (const scheme of ['light', 'dark'] as const) {
  test(`390 pixels, ${scheme}`, async ({ page }) => {
    await openSeries(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await page.emulateMedia({ colorScheme: scheme })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    const region = page.getByRole('region', { name: 'Over time' })
    expect(await region.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)
    const chart = await figure(page).locator('.u-wrap').boundingBox()
    expect(chart && chart.x + chart.width).toBeLessThanOrEqual(390)
    await page.getByText('All values as a table').click()
    expect(await region.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)
    expect(await axe(page)).toEqual([])
  })
}

test('two profiles are no series', async ({ page }) => {
  await compareAll(page, [heaps[0] as string, heaps[3] as string])
  await expect(page.getByRole('group', { name: 'Compare', exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Over time' })).toHaveCount(0)
})
