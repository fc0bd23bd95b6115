/** Moving through the graph by mouse, wheel, touch and keys, and the accessible tree that goes with it. */
import { fileURLToPath } from 'node:url'
import { expect, flameTree, type Locator, openApp, openFiles, type Page, test, treeItem } from './app.ts'

const fixture = (path: string) => fileURLToPath(new URL(`../test/fixtures/${path}`, import.meta.url))
const cpu = fixture('go1.27/map/cpu.pb.gz')

async function openCpu(page: Page): Promise<void> {
  await openApp(page)
  await openFiles(page, cpu)
  await expect(treeItem(page, 'main.ingest')).toBeVisible()
}

async function rect(item: Locator) {
  const box = await item.boundingBox()
  if (!box) throw new Error('the item is not on screen')
  return box
}

/** Clicks a box where it certainly is one: near its left edge, in the middle of its line. */
async function clickBox(item: Locator, button: 'left' | 'right' = 'left'): Promise<void> {
  await item.click({ position: { x: 12, y: 6 }, button })
}

/** The zoomed box fills the width of the tree. */
async function expectZoomed(page: Page, name: string): Promise<void> {
  const { width } = await rect(flameTree(page))
  await expect.poll(async () => (await rect(treeItem(page, name).first())).width).toBeCloseTo(width, 0)
}

async function expectWhole(page: Page): Promise<void> {
  const { width } = await rect(flameTree(page))
  await expect
    .poll(async () => (await rect(treeItem(page, 'net/http.(*conn).serve'))).width / width)
    .toBeCloseTo(0.715, 2)
}

const details = (page: Page) => page.getByRole('region', { name: 'Details' })

test('a click zooms to a frame, its callers stay above, and a click on one zooms out to it', async ({ page }) => {
  await openCpu(page)
  const before = await rect(treeItem(page, 'main.ingest'))
  await clickBox(treeItem(page, 'main.ingest'))
  await expectZoomed(page, 'main.ingest')
  const after = await rect(treeItem(page, 'main.ingest'))
  expect(after.width).toBeGreaterThan(before.width * 1.3)
  await expectZoomed(page, 'net/http.(*conn).serve')
  expect((await rect(treeItem(page, 'net/http.(*conn).serve'))).y).toBeLessThan(after.y)
  await expect(treeItem(page, 'runtime.gcBgMarkWorker')).toHaveCount(0)
  await clickBox(treeItem(page, 'net/http.(*conn).serve'))
  await expect.poll(async () => (await rect(treeItem(page, 'main.ingest'))).width).toBeLessThan(after.width * 0.95)
  await expectZoomed(page, 'net/http.(*conn).serve')
})

test('more than six callers fold into one line that leads back', async ({ page }) => {
  await openCpu(page)
  await clickBox(treeItem(page, 'encoding/json/v2.unmarshalDecode'))
  await expectZoomed(page, 'encoding/json/v2.unmarshalDecode')
  const fold = flameTree(page).getByRole('treeitem', { name: /callers above/ })
  await expect(fold).toHaveCount(1)
  await expect(treeItem(page, 'main.decodeMap')).toHaveCount(1)
  await clickBox(fold)
  await expect(fold).toHaveCount(0)
})

test('Control and the wheel zoom at the pointer, a drag pans, Escape and Home lead back', async ({ page }) => {
  await openCpu(page)
  const item = treeItem(page, 'main.ingest')
  const before = await rect(item)
  const at = { x: before.x + before.width - 1, y: before.y + 8 }
  await page.mouse.move(at.x, at.y)
  await page.keyboard.down('Control')
  for (let i = 0; i < 2; i++) await page.mouse.wheel(0, -100)
  await page.keyboard.up('Control')
  // The point under the pointer stays, so the edge one px to its right goes 2.8 px away from it once both have come.
  const edge = () => rect(item).then((box) => box.x + box.width)
  await expect.poll(edge).toBeGreaterThan(at.x + 2.5)
  const start = await edge()
  expect(start).toBeLessThan(at.x + 8)
  await page.mouse.down()
  await page.mouse.move(at.x - 60, at.y, { steps: 4 })
  await page.mouse.up()
  await expect.poll(edge).toBeCloseTo(start - 60, 0)
  // A drag is not a click: nothing was zoomed to.
  await expect(treeItem(page, 'net/http.(*conn).serve')).toBeVisible()
  await flameTree(page).press('Escape')
  await expectWhole(page)

  await clickBox(item)
  await expectZoomed(page, 'main.ingest')
  await page.keyboard.press('Home')
  await expectWhole(page)
  await clickBox(item)
  await expectZoomed(page, 'main.ingest')
  await page.keyboard.press('Escape')
  await expectWhole(page)
})

test('arrow keys walk, Enter zooms, Backspace zooms out one, 0 resets', async ({ page }) => {
  await openCpu(page)
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')
  await flameTree(page).getByRole('treeitem').first().focus()
  expect(await focused()).toMatch(/^All, /)
  await page.keyboard.press('ArrowDown')
  expect(await focused()).toMatch(/^net\/http\.\(\*conn\)\.serve, 4\.91 s, 71\.5% of total/)
  await expect(details(page)).toContainText('net/http.(*conn).serve')
  await expect(details(page)).toContainText('4.91 s')
  await page.keyboard.press('ArrowRight')
  expect(await focused()).toMatch(/^runtime\.gcBgMarkWorker, /)
  await expect(details(page)).toContainText('runtime.gcBgMarkWorker')
  await page.keyboard.press('ArrowLeft')
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowDown')
  expect(await focused()).toMatch(/^main\.ingest, /)
  // Beyond the caller's edge: the box to the right belongs to another caller.
  await page.keyboard.press('ArrowUp')
  expect(await focused()).toMatch(/^net\/http\.HandlerFunc\.ServeHTTP, /)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expectZoomed(page, 'main.ingest')
  expect(await focused()).toMatch(/^main\.ingest, /)
  await page.keyboard.press('Backspace')
  await expectZoomed(page, 'net/http.HandlerFunc.ServeHTTP')
  await expect.poll(async () => (await rect(treeItem(page, 'main.ingest'))).width).toBeLessThan(1e4)
  await page.keyboard.press('0')
  await expectWhole(page)
})

test('walking reaches boxes below the fold and scrolls them into view', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 420 })
  await openCpu(page)
  await flameTree(page).getByRole('treeitem').first().focus()
  for (let i = 0; i < 16; i++) await page.keyboard.press('ArrowDown')
  const focused = page.locator('[role=treeitem]:focus')
  await expect(focused).toHaveAttribute('aria-level', '17')
  await expect(focused).toBeInViewport({ ratio: 1 })
})

test('hovering fills the details at once, and leaving empties them', async ({ page }) => {
  await openCpu(page)
  const box = await rect(treeItem(page, 'main.decodeMap'))
  await page.mouse.move(box.x + 20, box.y + 8)
  await expect(details(page)).toContainText('main.decodeMap')
  await expect(details(page)).toContainText('55.5%')
  await page.mouse.move(2, 2)
  await expect(details(page)).not.toContainText('main.decodeMap')
})

test('the context menu opens on a right click and on the menu keys', async ({ page }) => {
  await openCpu(page)
  await clickBox(treeItem(page, 'main.ingest'), 'right')
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toHaveCount(0)
  await flameTree(page).getByRole('treeitem').first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+F10')
  await expect(page.getByRole('menu')).toContainText('Copy name')
})

test('the accessible tree says name, level, position and values', async ({ page }) => {
  await openCpu(page)
  const ingest = treeItem(page, 'main.ingest')
  await expect(ingest).toHaveAttribute('aria-level', '6')
  await expect(ingest).toHaveAttribute('aria-expanded', 'true')
  await expect(ingest).toHaveAttribute('aria-label', 'main.ingest, 4.36 s, 63.5% of total, self 10 ms')
  const serve = treeItem(page, 'net/http.(*conn).serve')
  await expect(serve).toHaveAttribute('aria-posinset', '1')
  await expect(treeItem(page, 'encoding/json.Unmarshal')).toHaveAttribute('aria-label', /, inlined$/)
  // One stop for the Tab key.
  await expect(flameTree(page).locator('[role=treeitem][tabindex="0"]')).toHaveCount(1)
  // A press by assistive technology has no position: it means the item.
  await ingest.evaluate((el: HTMLElement) => el.click())
  await expectZoomed(page, 'main.ingest')
  await expect(treeItem(page, 'main.ingest')).toHaveAttribute('aria-selected', 'true')
})

test('a run of merged boxes says how many it holds and opens by a click', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixture('odd/wide-6000.pb.gz'))
  const runs = flameTree(page).getByRole('treeitem', { name: /small frames/ })
  const run = runs.first()
  await expect(run).toHaveAttribute('aria-label', /^[\d,]+ small frames, .+% of total/)
  const count = async () => Number((await run.getAttribute('aria-label'))?.match(/^[\d,]+/)?.[0].replace(/,/g, ''))
  const before = await count()
  const { x, y, width } = await rect(run)
  await page.mouse.move(x + width / 2, y + 6)
  await expect(details(page)).toContainText(before.toLocaleString('en-US'))
  // The boxes about the click get boxes of their own; what lies beside them is out of view.
  await page.mouse.click(x + width / 2, y + 6)
  await expect(runs).toHaveCount(0)
  await expect(flameTree(page).getByRole('treeitem')).not.toHaveCount(0)
  await page.mouse.move(x + width / 2, y + 6)
  await expect(details(page)).toContainText('main.')
  await flameTree(page).press('Escape')
  await flameTree(page).press('Escape')
  await expect.poll(count).toBe(before)
})

test('the root goes to the bottom and back, and the same boxes are hit', async ({ page }) => {
  await openCpu(page)
  const top = await rect(treeItem(page, 'main.ingest'))
  await page.keyboard.press('i')
  await expect.poll(async () => (await rect(treeItem(page, 'main.ingest'))).y).toBeGreaterThan(top.y + 100)
  const box = await rect(treeItem(page, 'main.decodeMap'))
  expect(box.y).toBeLessThan((await rect(treeItem(page, 'main.ingest'))).y)
  await page.mouse.move(box.x + 20, box.y + 8)
  await expect(details(page)).toContainText('main.decodeMap')
  await clickBox(treeItem(page, 'main.decodeMap'))
  await expectZoomed(page, 'main.decodeMap')
  await treeItem(page, 'main.decodeMap').focus()
  await page.keyboard.press('ArrowUp')
  await expect(page.locator('[role=treeitem]:focus')).toHaveAttribute('aria-label', /^encoding\/json\.Unmarshal/)
})

test.describe('on a dense screen', () => {
  test.use({ deviceScaleFactor: 2 })
  test('the canvases have one pixel per device pixel', async ({ page }) => {
    await openCpu(page)
    // The canvas of the marks is made when there is something to mark.
    await treeItem(page, 'main.ingest').hover()
    const sizes = () =>
      page
        .locator('canvas')
        .evaluateAll((all) =>
          all
            .filter((el): el is HTMLCanvasElement => el instanceof HTMLCanvasElement && el.matches('.flame-canvas'))
            .map((el) => [el.width / el.clientWidth, el.height / el.clientHeight]),
        )
    await expect.poll(sizes).toEqual([
      [2, 2],
      [2, 2],
    ])
  })
})

test.describe('by touch', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  test('a tap zooms and the callers fold into one line', async ({ page }) => {
    await openCpu(page)
    await treeItem(page, 'main.ingest').tap({ position: { x: 12, y: 8 } })
    await expectZoomed(page, 'main.ingest')
    await expect(flameTree(page).getByRole('treeitem', { name: /4 callers above/ })).toHaveCount(1)
  })
})

test.describe('by finger', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  test('two fingers zoom, one pans sideways and scrolls, a long press opens the menu', async ({ page, context }) => {
    await openCpu(page)
    const cdp = await context.newCDPSession(page)
    const touch = (
      type: 'touchStart' | 'touchMove' | 'touchEnd',
      ...touchPoints: { x: number; y: number; id: number }[]
    ) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints })
    const item = treeItem(page, 'main.ingest')
    const before = await rect(item)
    const y = before.y + 10
    await touch('touchStart', { x: 100, y, id: 0 }, { x: 160, y, id: 1 })
    for (let i = 1; i <= 6; i++) await touch('touchMove', { x: 100 - 8 * i, y, id: 0 }, { x: 160 + 8 * i, y, id: 1 })
    await touch('touchEnd')
    await expect.poll(async () => (await rect(item)).width).toBeGreaterThan(before.width * 1.2)

    const right = async () => {
      const box = await rect(item)
      return box.x + box.width
    }
    const edge = await right()
    await touch('touchStart', { x: 250, y, id: 0 })
    for (let i = 1; i <= 8; i++) await touch('touchMove', { x: 250 - 20 * i, y, id: 0 })
    await touch('touchEnd')
    await expect.poll(right).toBeLessThan(edge - 20)

    const menu = page.getByRole('menu')
    await touch('touchStart', { x: 60, y, id: 0 })
    // The rest is what makes it a long press.
    await page.waitForTimeout(800)
    await touch('touchEnd')
    await expect(menu).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(menu).toHaveCount(0)

    const top = async () => (await rect(flameTree(page))).y
    const start = await top()
    await touch('touchStart', { x: 200, y: 500, id: 0 })
    for (let i = 1; i <= 8; i++) await touch('touchMove', { x: 200, y: 500 - 20 * i, id: 0 })
    await touch('touchEnd')
    await expect.poll(top).toBeLessThan(start - 20)
  })
})

test.describe('without motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } })
  test('a zoom cuts', async ({ page }) => {
    await openCpu(page)
    await clickBox(treeItem(page, 'main.ingest'))
    await expectZoomed(page, 'main.ingest')
  })
})
