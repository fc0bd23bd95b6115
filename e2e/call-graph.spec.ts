/** The call graph: what pprof draws, laid out by Graphviz; moved, walked, grown, lit and saved. */
import { readFileSync } from 'node:fs'
import { formatValue } from '../src/core/model/units.ts'
import { fixtureIndex, fixturePath } from '../src/testing/fixtures.ts'
import { axe, expect, type Locator, openApp, openFiles, type Page, test } from './app.ts'

const cpu = fixtureIndex().files.find((f) => f.file === 'go1.27/map/cpu.pb.gz')

const graphOf = (page: Page) => page.getByRole('region', { name: 'Call graph', exact: true })
/** Buttons of functions, not those that add more of them. */
const boxes = (page: Page) => graphOf(page).getByRole('button', { name: /, self / })
const boxOf = (page: Page, name: string) => graphOf(page).getByRole('button', { name: new RegExp(`^${name}, self`) })

async function openGraph(page: Page, query = ''): Promise<void> {
  await openApp(page, query)
  await openFiles(page, fixturePath('go1.27/map/cpu.pb.gz'))
  await page.getByRole('button', { name: 'Graph', exact: true }).click()
  await expect(boxes(page)).toHaveCount(80)
  await settled(page)
}

/** Boxes glide to their places. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)))
}

const inViewport = (box: Locator) =>
  box.evaluate((el) => {
    const { left, right, top, bottom } = el.getBoundingClientRect()
    return right > 0 && bottom > 100 && left < innerWidth && top < innerHeight
  })

async function middle(box: Locator): Promise<{ x: number; y: number; width: number }> {
  const { x, y, width, height } = (await box.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  return { x: x + width / 2, y: y + height / 2, width }
}

test('boxes with their numbers, what is trimmed, zoom, and on to the function', async ({ page }) => {
  await openGraph(page)
  await expect(page.getByText(/^80 of 515 functions · left out: functions under 34.4 ms/)).toBeVisible()
  const ingest = cpu?.peek?.find((p) => p.function === 'main.ingest')
  const box = boxOf(page, 'main.ingest')
  const total = formatValue(ingest?.self.cum ?? Number.NaN, 'nanoseconds')
  await expect(box).toHaveAccessibleName(new RegExp(`total ${total} `))
  await expect(box.locator('..')).toContainText(`of ${total}`)
  expect(await axe(page)).toEqual([])
  const before = (await box.boundingBox())?.width ?? 0
  await page.getByRole('button', { name: 'Larger' }).click()
  expect((await box.boundingBox())?.width).toBeGreaterThan(before * 1.2)
  await box.focus()
  await page.keyboard.press('Enter')
  await expect(box).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'main.ingest' })).toBeVisible()
})

test('opens on the heaviest path, at a size that can be read', async ({ page }) => {
  await openGraph(page)
  await expect(boxOf(page, String.raw`net/http\.\(\*conn\)\.serve`)).toBeInViewport()
  await expect(boxOf(page, 'main.ingest')).toBeInViewport()
  const sizes = await boxOf(page, 'main.ingest')
    .locator('..')
    .locator('tspan')
    .evaluateAll((texts) => texts.map((text) => text.getBoundingClientRect().height))
  expect(Math.min(...sizes)).toBeGreaterThan(8)
})

test('the wheel moves it, Ctrl and the wheel zoom at the pointer, drags move it, the overview leads anywhere', async ({
  page,
}) => {
  await openGraph(page)
  const box = boxOf(page, 'main.ingest')
  const start = await middle(box)
  await page.mouse.move(start.x, start.y)
  await page.mouse.wheel(30, 50)
  await expect.poll(async () => middle(box)).toMatchObject({ x: start.x - 30, y: start.y - 50 })
  await page.mouse.move(start.x - 30, start.y - 50)
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -100)
  await page.keyboard.up('Control')
  await expect.poll(async () => (await middle(box)).width).toBeGreaterThan(start.width * 1.2)
  const zoomed = await middle(box)
  expect(Math.abs(zoomed.x - (start.x - 30))).toBeLessThan(3)
  expect(Math.abs(zoomed.y - (start.y - 50))).toBeLessThan(3)
  // A drag that begins on a box moves the graph and selects nothing.
  await page.mouse.down()
  await page.mouse.move(zoomed.x + 80, zoomed.y + 60, { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => Math.round((await middle(box)).x - zoomed.x)).toBe(80)
  await expect(box).toHaveAttribute('aria-pressed', 'false')
  const map = page.getByRole('img', { name: 'Overview of the call graph' })
  const { x, y, width, height } = (await map.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  await page.mouse.click(x + width / 2, y + height - 4)
  await expect(box).not.toBeInViewport()
  await page.getByRole('button', { name: 'Heaviest path' }).click()
  await expect(box).toBeInViewport()
  await page.getByRole('button', { name: 'Fit' }).click()
  await expect(map).toBeHidden()
  // From there the heaviest are named in letters that can be read, the lightest not at all.
  const names = graphOf(page).getByText('mallocgc', { exact: true }).locator('visible=true')
  expect(((await names.boundingBox()) ?? { height: 0 }).height).toBeGreaterThan(10)
})

test('arrow keys walk along calls, and what they come to is named and on screen', async ({ page }) => {
  await openGraph(page)
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')
  // One stop of Tab for the whole graph; what the graph adds comes behind the box.
  await page.getByRole('button', { name: 'Fit' }).focus()
  await page.keyboard.press('Tab')
  expect(await focused()).toMatch(
    /^net\/http\.\(\*conn\)\.serve, self 0 s \(0%\), total 4\.91 s \(71\.5%\), 0 callers and \d+ callees shown/,
  )
  await page.keyboard.press('ArrowDown')
  expect(await focused()).toMatch(/^main\.ingest, /)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const deep = await focused()
  await expect(graphOf(page).locator(':focus')).toBeInViewport()
  await page.keyboard.press('ArrowUp')
  expect(await focused()).not.toBe(deep)
  await page.keyboard.press('ArrowDown')
  expect(await focused()).toBe(deep)
  await page.keyboard.press('Home')
  expect(await focused()).toMatch(/^net\/http\.\(\*conn\)\.serve/)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await expect(boxOf(page, 'main.ingest')).toHaveAttribute('aria-pressed', 'true')
  const before = (await middle(boxOf(page, 'main.ingest'))).width
  await page.keyboard.press('+')
  await expect.poll(async () => (await middle(boxOf(page, 'main.ingest'))).width).toBeGreaterThan(before)
})

test('grows by the callees of a box, which stays where it is; the link keeps them', async ({ page }) => {
  await openGraph(page)
  const serve = boxOf(page, String.raw`net/http\.\(\*conn\)\.serve`)
  const before = await middle(serve)
  await page.getByRole('button', { name: /^Add 6 more callees of net\/http\.\(\*conn\)\.serve/ }).click()
  await expect(boxes(page)).toHaveCount(86)
  await expect(page.getByText(/^86 of 515 functions/)).toBeVisible()
  await settled(page)
  const after = await middle(serve)
  expect(Math.abs(after.x - before.x) + Math.abs(after.y - before.y)).toBeLessThan(2)
  await expect(serve).toBeFocused()
  const handler = boxOf(page, String.raw`net/http\.serverHandler\.ServeHTTP`)
  await expect(handler).toBeVisible()
  const peek = cpu?.peek?.find((p) => p.function === 'main.ingest')
  await expect(boxOf(page, 'main.ingest').locator('..')).toContainText(
    formatValue(peek?.self.cum ?? Number.NaN, 'nanoseconds'),
  )
  await page.reload()
  await expect(boxes(page)).toHaveCount(86)
  await page.getByRole('button', { name: 'Remove the 6 added' }).click()
  await expect(boxes(page)).toHaveCount(80)
})

test('a graph that grows stays at the box that was pressed, whatever was selected or sought before', async ({
  page,
}) => {
  await openGraph(page)
  const serve = boxOf(page, String.raw`net/http\.\(\*conn\)\.serve`)
  const far = boxOf(page, String.raw`runtime\.mapassign_faststr`)
  const pill = page.getByRole('button', { name: /^Add 6 more callees of net\/http\.\(\*conn\)\.serve$/ })
  const back = () => page.getByRole('button', { name: 'Heaviest path' }).click()
  const stays = async (press: () => Promise<void>, boxesThen: number) => {
    const before = await middle(serve)
    expect(await inViewport(far)).toBe(false)
    await press()
    await expect(boxes(page)).toHaveCount(boxesThen)
    await settled(page)
    const after = await middle(serve)
    expect(Math.abs(after.x - before.x) + Math.abs(after.y - before.y)).toBeLessThan(2)
  }
  await far.focus()
  await page.keyboard.press('Enter')
  await expect(far).toHaveAttribute('aria-pressed', 'true')
  await back()
  await stays(() => pill.click(), 86)
  await page.getByRole('button', { name: 'Remove the 6 added' }).click()
  await expect(boxes(page)).toHaveCount(80)
  // The same for what a search lights, and where nothing was pressed.
  await page.getByRole('searchbox').fill('mapassign_faststr')
  await expect(far.locator('..')).toHaveAttribute('data-match')
  await expect.poll(() => inViewport(far)).toBe(true)
  await back()
  await stays(() => pill.click(), 86)
  await page.getByRole('combobox', { name: 'Functions' }).selectOption('160')
  await expect(page.getByText(/^16\d of 515 functions/)).toBeVisible()
  await expect.poll(() => boxes(page).count()).toBeGreaterThan(159)
  await settled(page)
  expect(await inViewport(far)).toBe(false)
  // Another search leads to it again.
  await page.getByRole('searchbox').fill('runtime.mapassign_faststr')
  await expect.poll(() => inViewport(far)).toBe(true)
})

test('a link keeps all that a graph grew by: it grows no further than that', async ({ page }) => {
  await openGraph(page)
  const pills = graphOf(page).getByRole('button', { name: /^Add / })
  const serve = page.getByRole('button', { name: /^Add 6 more callees of net\/http\.\(\*conn\)\.serve/ })
  const strangers = Array.from({ length: 199 }, (_, i) => (i + 1).toString(36)).join('.')
  await page.goto(`${page.url()}&graph-add=${strangers}`)
  await expect(page.getByRole('button', { name: 'Remove the 199 added' })).toBeVisible()
  const full = page.getByText('No more than 200 functions can be added.')
  await expect(full).toBeHidden()
  await serve.click()
  await expect(boxes(page)).toHaveCount(81)
  await expect(full).toBeVisible()
  await expect(pills).toHaveCount(0)
  await page.reload()
  await expect(boxes(page)).toHaveCount(81)
  await page.getByRole('button', { name: 'Remove the 200 added' }).click()
  await expect(boxes(page)).toHaveCount(80)
  await expect(serve).toBeVisible()
})

test('the last picture is dim as long as the next one is laid out', async ({ page }) => {
  // Graphs wait where the test says so.
  await page.addInitScript(() => {
    const { postMessage } = Worker.prototype
    const waiting: (() => void)[] = []
    const letGraphsGo = () => {
      for (const send of waiting) send()
    }
    Object.assign(globalThis, { holdsGraphs: false, letGraphsGo })
    Worker.prototype.postMessage = function (this: Worker, message: unknown, ...rest: never[]) {
      const send = () => postMessage.call(this, message, ...rest)
      const isGraph = typeof message === 'object' && message !== null && 'dot' in message
      if (isGraph && (globalThis as { holdsGraphs?: boolean }).holdsGraphs) waiting.push(send)
      else send()
    }
  })
  await openGraph(page)
  const opacity = () => graphOf(page).evaluate((el) => Number(getComputedStyle(el).opacity))
  expect(await opacity()).toBe(1)
  await page.evaluate(() => Object.assign(globalThis, { holdsGraphs: true }))
  await page.getByRole('combobox', { name: 'Functions' }).selectOption('20')
  await expect(page.getByText(/^20 of 515 functions/)).toBeVisible()
  await expect(boxes(page)).toHaveCount(80)
  expect(await opacity()).toBeLessThan(1)
  await page.evaluate(() => (globalThis as unknown as { letGraphsGo(): void }).letGraphsGo())
  await expect(boxes(page)).toHaveCount(20)
  expect(await opacity()).toBe(1)
})

test('a press that ends outside moves nothing afterwards', async ({ page }) => {
  await openGraph(page)
  const box = boxOf(page, 'main.ingest')
  const { x, y, width } = (await graphOf(page).boundingBox()) ?? { x: 0, y: 0, width: 0 }
  const before = await middle(box)
  await page.mouse.move(x + width / 3, y + 2)
  await page.mouse.down()
  // One step, as a flick is seen: nothing of it is a drag before it is outside.
  await page.mouse.move(x + width / 3, y - 20)
  await page.mouse.up()
  await page.mouse.move(x + width / 3, y + 40, { steps: 4 })
  await page.mouse.move(x + width / 2, y + 90, { steps: 4 })
  expect(await middle(box)).toEqual(before)
})

test('draws as many functions as are wanted', async ({ page }) => {
  await openGraph(page)
  await page.getByRole('combobox', { name: 'Functions' }).selectOption('20')
  await expect(boxes(page)).toHaveCount(20)
  expect(page.url()).toContain('graph-nodes=20')
})

test('search and findings light it, the selection is ringed', async ({ page }) => {
  await openGraph(page)
  const opacity = (box: Locator) => box.evaluate((el) => Number(getComputedStyle(el.parentElement as Element).opacity))
  const assign = boxOf(page, String.raw`runtime\.mapassign_faststr`)
  await page.getByRole('searchbox').fill('mapassign')
  await expect.poll(() => opacity(boxOf(page, 'main.ingest'))).toBeLessThan(0.5)
  expect(await opacity(assign)).toBe(1)
  // The heaviest of them comes on screen.
  const found = graphOf(page).getByRole('button', { name: /mapassign\S*, self/ })
  await expect(found.first()).toBeVisible()
  await expect.poll(async () => (await Promise.all((await found.all()).map(inViewport))).includes(true)).toBe(true)
  expect(await axe(page)).toEqual([])
  await page.getByRole('searchbox').fill('')
  await expect.poll(() => opacity(boxOf(page, 'main.ingest'))).toBe(1)
  await expect(boxOf(page, String.raw`encoding/json/v2\.makeMapArshaler\.func3`)).toHaveAccessibleName(/hot zone \d+$/)
  await page
    .getByRole('button', { name: /^Maps filled by reflection|Maps by reflection/ })
    .first()
    .click()
  await expect.poll(() => opacity(boxOf(page, 'main.ingest'))).toBeLessThan(0.5)
  await assign.focus()
  await expect(assign).toBeInViewport()
  await assign.click()
  const ring = assign.locator('rect').first()
  expect(await ring.evaluate((el) => getComputedStyle(el).stroke)).not.toBe('none')
})

test('is saved as SVG: all of it, as text, in colours that other programs read', async ({ page }) => {
  await openGraph(page)
  await page.keyboard.press('e')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Call graph (SVG)' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('cpu-cpu.graph.svg')
  const text = readFileSync((await file.path()) ?? '', 'utf8')
  expect(text).not.toMatch(/class=|data-|style=|oklch|<script/)
  const drawn = await page.evaluate((svg) => {
    const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement
    const named = [...root.querySelectorAll('title')].map((title) => title.textContent)
    return {
      root: root.localName,
      ingest: named.filter((title) => title === 'main.ingest').length,
      arrows: named.filter((title) => title?.includes(' → ')).length,
    }
  }, text)
  expect(drawn).toMatchObject({ root: 'svg', ingest: 1 })
  expect(drawn.arrows).toBeGreaterThan(80)
})

test('a layout that takes long can be cancelled, and fewer functions drawn instead', async ({ page }) => {
  // Graphviz never answers until the test lets it.
  await page.route('**/graphviz-worker*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }))
  await openApp(page)
  await openFiles(page, fixturePath('go1.27/map/cpu.pb.gz'))
  await page.getByRole('button', { name: 'Graph', exact: true }).click()
  await expect(page.getByText('Laying out 80 functions…')).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('The layout of 80 functions was cancelled.')).toBeVisible()
  await page.unroute('**/graphviz-worker*.js')
  await page.getByRole('button', { name: 'Draw 40 functions' }).click()
  await expect(boxes(page)).toHaveCount(40)
})

test('says what it cannot do where Graphviz does not load, and tries again', async ({ page, allow }) => {
  allow(/graphviz|Failed to load resource/)
  await page.route('**/graphviz-worker*.js', (route) => route.abort())
  await openApp(page)
  await openFiles(page, fixturePath('go1.27/map/cpu.pb.gz'))
  await page.getByRole('button', { name: 'Graph', exact: true }).click()
  await expect(page.getByText(/^The graph could not be laid out/)).toBeVisible()
  await page.unroute('**/graphviz-worker*.js')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(boxes(page)).toHaveCount(80)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`on a phone, in Chinese, ${colorScheme}: nothing is cut off, and a finger moves it`, async ({ browser }) => {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      locale: 'zh-CN',
      colorScheme,
      hasTouch: true,
    })
    const page = await context.newPage()
    await openApp(page)
    await openFiles(page, fixturePath('go1.27/map/cpu.pb.gz'))
    await page.getByRole('button', { name: '调用图', exact: true }).click()
    const graph = page.getByRole('region', { name: '调用图', exact: true })
    const box = graph.getByRole('button', { name: /^main\.ingest，自身/ })
    await expect(box).toBeInViewport()
    expect(await axe(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    const before = await middle(box)
    await graph.evaluate((host, { x, y }) => {
      const svg = host.querySelector('svg')
      const at = (type: string, dx: number, dy: number) =>
        (type === 'pointerdown' ? document.elementFromPoint(x, y) : svg)?.dispatchEvent(
          new PointerEvent(type, {
            pointerId: 7,
            pointerType: 'touch',
            buttons: type === 'pointerup' ? 0 : 1,
            bubbles: true,
            clientX: x + dx,
            clientY: y + dy,
          }),
        )
      if (svg) svg.setPointerCapture = () => undefined
      at('pointerdown', 0, 0)
      at('pointermove', -20, -30)
      at('pointermove', -40, -60)
      at('pointerup', -40, -60)
    }, before)
    await expect.poll(async () => Math.round((await middle(box)).y - before.y)).toBe(-60)
    await context.close()
  })
}
