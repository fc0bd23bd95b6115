/** The timeline of an execution trace: lanes, ranges of time, intervals, what held things up. */
import { fixturePath } from '../src/testing/fixtures.ts'
import { axe, dropFiles, expect, flameTree, type Locator, openApp, type Page, tab, test } from './app.ts'

const trace = fixturePath('executions/go1.22.out.gz')
const annotated = fixturePath('executions/go1.27-long.out.gz')

const timeline = (page: Page) => page.getByRole('figure', { name: 'Timeline' })
const lanes = (page: Page) => timeline(page).getByRole('application')
const answers = (page: Page) => page.getByRole('region', { name: 'What held things up', exact: true })
const group = (page: Page, name: RegExp) => timeline(page).getByRole('button', { name })
const annotationTable = (page: Page) => page.getByRole('table', { name: 'Tasks and regions' })
const chosen = (page: Page) => page.getByRole('region', { name: 'Selected interval' })
const field = (page: Page, key: string) => new URLSearchParams(new URL(page.url()).hash.slice(1)).get(key)

async function open(page: Page, file = trace): Promise<void> {
  await openApp(page)
  await dropFiles(page, [file])
  await expect(timeline(page)).toBeVisible()
  await expect(answers(page).getByRole('button').first()).toBeVisible()
}

/** What the round trips of the annotated trace took. */
async function openRoundTrip(page: Page): Promise<void> {
  await open(page, annotated)
  await tab(page, 'Annotations').click()
  await annotationTable(page)
    .getByRole('row', { name: /round trip/ })
    .click()
}

async function rect(item: Locator) {
  const box = await item.boundingBox()
  if (!box) throw new Error('it is not on screen')
  return box
}

/** The axis lies between the overview and the lanes. */
async function drawRange(page: Page, from: number, to: number): Promise<void> {
  const { x, y, width } = await rect(lanes(page))
  const top = (await rect(timeline(page))).y
  const at = Math.min(y, top + 60) - 12
  await page.mouse.move(x + width * from, at)
  await page.mouse.down()
  await page.mouse.move(x + width * ((from + to) / 2), at)
  await page.mouse.move(x + width * to, at)
  await page.mouse.up()
}

test('an answer leads to the time that it happened, with its stack and who woke it', async ({ page }) => {
  await open(page)
  const waits = page.getByRole('region', { name: 'Able to run, not running' })
  await waits
    .getByRole('button', { name: /net\/http|http\./ })
    .first()
    .click()
  await expect(chosen(page)).toContainText('able to run')
  await expect(chosen(page)).toContainText('Woken by')
  await expect.poll(() => field(page, 'tw')).not.toBeNull()
  expect(field(page, 'span')).toMatch(/^i\d+\.goroutines\d+\/\d+$/)
  // Its group was opened, and its lane is in view.
  await expect(
    timeline(page)
      .getByText(/^Goroutine \d+$/)
      .first(),
  ).toBeVisible()
  const before = await chosen(page).getByRole('heading', { level: 2 }).textContent()
  await chosen(page).getByRole('button', { name: 'Interval after' }).click()
  await expect(chosen(page).getByRole('heading', { level: 2 })).not.toHaveText(before ?? '')
  expect(await axe(page)).toEqual([])
  const link = page.url()
  await page.goto('about:blank')
  await page.goto(link)
  await expect(chosen(page).getByRole('heading', { level: 2 })).not.toHaveText(before ?? '')
  await expect(
    timeline(page)
      .getByText(/^Goroutine \d+$/)
      .first(),
  ).toBeVisible()
})

test('a range of time is drawn on the axis; the flame graph, the answers and the link are about it', async ({
  page,
  browser,
}) => {
  await open(page)
  await drawRange(page, 0.25, 0.5)
  await expect.poll(() => field(page, 'time')).toMatch(/^\d+-\d+$/)
  await expect(answers(page)).toContainText(/Only from .* to .*\. Times are cut to that\./)
  await page.getByRole('button', { name: 'Flame graph of it' }).click()
  await expect(flameTree(page).getByRole('treeitem').first()).toBeVisible()
  const [from = 0, to = 0] = (field(page, 'time') ?? '').split('-').map(Number)
  expect(to).toBeGreaterThan(from)
  const root = flameTree(page).getByRole('treeitem').first()
  const ofRange = await root.getAttribute('aria-label')
  await page.getByRole('button', { name: /^Remove option: Time/ }).click()
  await expect(root).not.toHaveAttribute('aria-label', ofRange ?? '')
  await page.keyboard.press('Control+z')
  await expect(root).toHaveAttribute('aria-label', ofRange ?? '')
  await tab(page, 'Timeline').click()
  await expect(page.getByText('Zoom to it')).toBeVisible()
  // The same in another browser, which has the file.
  const context = await browser.newContext()
  const other = await context.newPage()
  await other.goto(page.url())
  await other.locator('input[type=file]').first().setInputFiles(trace)
  await expect(timeline(other)).toBeVisible()
  await expect(other.getByText('Zoom to it')).toBeVisible()
  expect(field(other, 'time')).toBe(field(page, 'time'))
  await context.close()
})

test('two times of a trace are compared, per second, and as they were measured', async ({ page }) => {
  await open(page)
  /** What the bar says of the time on screen: "1.45 s over 77.9 ms". */
  const measured = async () => {
    await expect(answers(page)).toContainText('Only from')
    const text = await page.getByText(/^[\d.]+ \S+ over [\d.]+ ms$/).textContent()
    return text?.split(' over ')[0] ?? ''
  }
  await drawRange(page, 0.1, 0.3)
  const base = await measured()
  await page.getByRole('button', { name: 'Compare with another time' }).click()
  await expect(page.getByText('Choose the time to compare with it.')).toBeVisible()
  expect(await axe(page)).toEqual([])
  // The link has the base.
  await page.reload()
  await expect(page.getByText(/^Base: .* to /)).toBeVisible()
  await drawRange(page, 0.5, 0.8)
  const current = await measured()
  expect(current).not.toBe(base)
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  // In words, not as the type is called in the file.
  await expect(page.getByRole('region', { name: 'What changed' })).toContainText('Lock and channel waits')
  await expect(page.getByRole('radio', { name: 'Per second' })).toBeChecked()
  await page.getByRole('radio', { name: 'As measured' }).check()
  const root = flameTree(page).getByRole('treeitem').first()
  await expect(root).toHaveAttribute('aria-label', new RegExp(`base ${base}, current ${current}`))
  await expect(page.getByRole('status').filter({ hasText: 'have no stack' })).toHaveCount(0)
  await page.goBack()
  await page.goBack()
  await page.getByRole('button', { name: 'Compare nothing with it' }).click()
  await expect(page.getByRole('button', { name: 'Flame graph of it' })).toBeVisible()
})

test('all of it by keyboard', async ({ page }) => {
  await open(page)
  await lanes(page).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('+')
  await page.keyboard.press('+')
  await expect.poll(() => field(page, 'tw')).not.toBeNull()
  await page.keyboard.press('r')
  await expect.poll(() => field(page, 'time')).not.toBeNull()
  // Down to the processors, and into what one of them runs.
  const status = timeline(page).getByRole('status')
  for (let i = 0; i < 8 && !/^Processor/.test((await status.textContent()) ?? ''); i++)
    await page.keyboard.press('ArrowDown')
  await expect(status).toHaveText(/^Processor \d+/)
  await page.keyboard.press('Enter')
  await expect(chosen(page)).toBeVisible()
  await expect(status).toHaveText(/^Processor \d+: running/)
  const first = await chosen(page).textContent()
  await page.keyboard.press('ArrowRight')
  await expect(chosen(page)).not.toHaveText(first ?? '')
  await page.keyboard.press('Escape')
  await expect(chosen(page)).toBeHidden()
  await page.keyboard.press('Escape')
  await expect.poll(() => field(page, 'time')).toBeNull()
  await page.keyboard.press('0')
  await expect.poll(() => field(page, 'tw')).toBeNull()
  // Names of groups are buttons.
  const serve = group(page, /serve/)
  await serve.first().focus()
  await page.keyboard.press('Enter')
  await expect(serve.first()).toHaveAttribute('aria-expanded', 'true')
})

test('pauses are stepped through by keyboard, and a link to what is not there says so', async ({ page }) => {
  await open(page)
  await lanes(page).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(chosen(page)).toContainText('The world is stopped')
  const first = field(page, 'span')
  expect(first).toMatch(/^r\d+\.pauses$/)
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => field(page, 'span')).not.toBe(first)
  const link = page.url().replace(/span=r\d+/, 'span=r999999')
  await page.goto('about:blank')
  await page.goto(link)
  await expect(chosen(page)).toContainText('This lane of the trace has no such interval.')
})

test('sweeps have a lane, and what is selected there says its processor, in Chinese too', async ({ page, browser }) => {
  await open(page)
  await expect(timeline(page).getByText('World stopped')).toBeVisible()
  await expect(timeline(page).getByText('Sweeping')).toHaveCount(0)
  await open(page, annotated)
  await expect(timeline(page).getByText('Sweeping')).toBeVisible()
  await lanes(page).focus()
  const status = timeline(page).getByRole('status')
  for (let i = 0; i < 6 && !/^Sweeping/.test((await status.textContent()) ?? ''); i++)
    await page.keyboard.press('ArrowDown')
  await expect(status).toHaveText(/^Sweeping/)
  await page.keyboard.press('Enter')
  await expect(chosen(page).getByRole('heading', { level: 2 })).toHaveText('Sweep')
  await expect(chosen(page).getByRole('term').filter({ hasText: 'Processor' })).toBeVisible()
  await expect.poll(() => field(page, 'span')).toMatch(/^r\d+\.sweeps$/)
  // The nearest one to the middle is the last.
  const first = field(page, 'span')
  await expect(chosen(page).getByRole('button', { name: 'Interval after' })).toBeDisabled()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => field(page, 'span')).not.toBe(first)
  await page.screenshot({ path: test.info().outputPath('sweeps.png') })
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.screenshot({ path: test.info().outputPath('dark.png') })
  expect(await axe(page)).toEqual([])
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 390, height: 780 } })
  const other = await context.newPage()
  await other.goto(page.url())
  await other.locator('input[type=file]').first().setInputFiles(annotated)
  await expect(other.getByRole('heading', { name: '清扫' })).toBeVisible()
  await other.screenshot({ path: test.info().outputPath('narrow.png') })
  await context.close()
})

test('a link to a task or region means the same in every time; one of before, with a number, chooses nothing', async ({
  page,
}) => {
  await openRoundTrip(page)
  const shown = page.getByRole('region', { name: 'How long round trip took' })
  await expect(shown).toBeVisible()
  await expect.poll(() => field(page, 'ta')).toMatch(/^region:round trip@/)
  const whole = await shown.textContent()
  // Without the last of them.
  await tab(page, 'Timeline').click()
  await drawRange(page, 0.003, 0.04)
  await expect.poll(() => field(page, 'time')).not.toBeNull()
  await tab(page, 'Annotations').click()
  await expect(shown).toBeVisible()
  await expect(shown).not.toHaveText(whole ?? '')
  const old = page.url().replace(/ta=[^&]*/, 'ta=1')
  await page.goto('about:blank')
  await page.goto(old)
  await expect(annotationTable(page).getByRole('row').nth(1)).toBeVisible()
  await expect(page.getByText('Select a row to see how its time is spread')).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('a press along the axis that goes down, or is given up, chooses no time', async ({ page }) => {
  await open(page)
  const { x, y, width } = await rect(lanes(page))
  const at = Math.min(y, (await rect(timeline(page))).y + 60) - 12
  await page.mouse.move(x + width / 2, at)
  await page.mouse.down()
  await page.mouse.move(x + width / 2, at + 6)
  await page.mouse.move(x + width / 2 + 1, at + 9)
  await page.mouse.up()
  await page.mouse.move(x + width * 0.3, at)
  await page.mouse.down()
  await page.mouse.move(x + width * 0.4, at)
  await page.mouse.move(x + width * 0.5, at)
  // What is said beside it is about the answers that are there.
  await expect(page.getByRole('button', { name: 'Zoom to it' })).toBeVisible()
  await expect(answers(page)).toContainText('Of the whole trace.')
  await timeline(page).locator('canvas').nth(1).dispatchEvent('pointercancel', { pointerId: 1 })
  await expect(page.getByRole('button', { name: 'Zoom to it' })).toBeHidden()
  await page.mouse.up()
  expect(field(page, 'time')).toBeNull()
})

test('a search leaves the lanes of what it finds', async ({ page }) => {
  await open(page)
  await expect(group(page, /persistConn/).first()).toBeVisible()
  const all = await timeline(page).getByRole('button').count()
  await page.getByRole('searchbox').fill('persistConn')
  await expect.poll(() => timeline(page).getByRole('button').count()).toBeLessThan(all)
  await expect(group(page, /persistConn/).first()).toBeVisible()
  await page.getByRole('searchbox').fill('net/http')
  await expect(group(page, /serve/).first()).toBeVisible()
  await page.getByRole('searchbox').fill('nothing is called so')
  await expect(page.getByText('No group of goroutines, tasks or regions is called so.')).toBeVisible()
})

test('tasks and regions have lanes', async ({ page }) => {
  await open(page, annotated)
  await expect(timeline(page).getByRole('heading', { name: /^Regions/ })).toBeVisible()
  await group(page, /round trip/)
    .first()
    .click()
  await expect(group(page, /round trip/).first()).toHaveAttribute('aria-expanded', 'true')
})

test('the mouse zooms, pans and selects', async ({ page }) => {
  await open(page)
  const { x, y, width } = await rect(lanes(page))
  await page.mouse.move(x + width / 2, y + 120)
  await page.keyboard.down('Control')
  for (let i = 0; i < 6; i++) await page.mouse.wheel(0, -100)
  await page.keyboard.up('Control')
  await expect.poll(() => field(page, 'tw')).not.toBeNull()
  const zoomed = field(page, 'tw')
  await page.mouse.down()
  await page.mouse.move(x + width / 2 - 60, y + 120)
  await page.mouse.move(x + width / 2 - 120, y + 120)
  await page.mouse.up()
  await expect.poll(() => field(page, 'tw')).not.toBe(zoomed)
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect.poll(() => field(page, 'tw')).toBeNull()
})

test('a dump of the flight recorder opens on its timeline', async ({ page }) => {
  await openApp(page)
  await dropFiles(page, [fixturePath('executions/go1.27-flight.out.gz')])
  await expect(timeline(page)).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('timeline, answers and flame graph have room', async ({ page }) => {
    await openApp(page)
    await dropFiles(page, [trace])
    await expect(timeline(page)).toBeVisible()
    const { x, width } = await rect(timeline(page))
    expect(x + width).toBeLessThanOrEqual(390)
    await page.getByRole('button', { name: /What held things up/ }).click()
    await expect(answers(page)).toBeVisible()
    await answers(page).getByRole('button').first().click()
    await tab(page, 'Flame').click()
    await expect(flameTree(page).getByRole('treeitem').first()).toBeVisible()
    expect(await axe(page)).toEqual([])
  })
})

test.describe('in Chinese and dark', () => {
  test.use({ locale: 'zh-CN', colorScheme: 'dark' })

  test('all of it is said, and axe finds nothing', async ({ page }) => {
    await openApp(page)
    await dropFiles(page, [trace])
    await expect(page.getByRole('figure', { name: '时间线' })).toBeVisible()
    await expect(page.getByRole('heading', { name: '可以运行而没有运行' })).toBeVisible()
    expect(await axe(page)).toEqual([])
  })
})

test('annotations: latencies as a histogram, what their time went to, and the way to the worst of them', async ({
  page,
}) => {
  await openRoundTrip(page)
  const spent = page.getByRole('region', { name: 'What it was spent on' })
  await expect(spent).toContainText('Blocked: network')
  await expect(
    page.getByRole('region', { name: 'How long round trip took' }).getByRole('listitem').first(),
  ).toBeVisible()
  await expect(page.getByRole('table', { name: 'Logs' })).toContainText('rounds')
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: 'Show the longest on the timeline' }).click()
  await expect(timeline(page)).toBeVisible()
  expect(field(page, 'tw')).not.toBeNull()
})
