/** The graph as a map: scrolling and zooming by wheel and fingers, the tooltip, the axis, the overview. */
import { fixturePath } from '../src/testing/fixtures.ts'
import { axe, expect, flameTree, type Locator, openApp, openFiles, type Page, tab, test, treeItem } from './app.ts'

const cpu = fixturePath('go1.27/map/cpu.pb.gz')
const small = fixturePath('go1.27/map/mutex.pb.gz')

async function open(page: Page, file = cpu): Promise<void> {
  await openApp(page)
  await openFiles(page, file)
  await expect(flameTree(page).getByRole('treeitem').first()).toBeVisible()
}

async function rect(item: Locator) {
  const box = await item.boundingBox()
  if (!box) throw new Error('it is not on screen')
  return box
}

const tip = (page: Page) => page.locator('.frame-tip')
const overview = (page: Page) => page.locator('.flame-map')
const part = (page: Page) => new URLSearchParams(new URL(page.url()).hash.slice(1)).get('w')
/** The part of the width that the link says is in view. */
function windowOf(page: Page): [number, number] {
  const [lo = 0, hi = 1e7] = part(page)?.split('-').map(Number) ?? []
  return [lo / 1e7, hi / 1e7]
}
const details = (page: Page) => page.getByRole('region', { name: 'Details' })

/** Control and the wheel, as a trackpad's pinch arrives too. */
async function pinch(page: Page, delta: number, times: number): Promise<void> {
  await page.keyboard.down('Control')
  for (let i = 0; i < times; i++) await page.mouse.wheel(0, delta)
  await page.keyboard.up('Control')
}

test.describe('by wheel', () => {
  test.use({ viewport: { width: 1280, height: 480 } })

  test('it scrolls, sideways it pans what is zoomed, with Shift too, and alone it never zooms', async ({ page }) => {
    await open(page)
    const item = treeItem(page, 'main.ingest')
    const before = await rect(item)
    await page.mouse.move(before.x + before.width - 80, before.y + 8)
    await page.mouse.wheel(0, 100)
    await expect.poll(async () => (await rect(item)).y).toBeLessThan(before.y - 60)
    expect((await rect(item)).width).toBeCloseTo(before.width, 5)
    expect(part(page)).toBeNull()
    await page.mouse.wheel(0, -300)
    await expect.poll(async () => (await rect(item)).y).toBe(before.y)

    await pinch(page, -100, 1)
    await expect
      .poll(async () => (await rect(item)).x + (await rect(item)).width)
      .toBeGreaterThan(before.x + before.width + 40)
    await expect.poll(() => part(page)).not.toBeNull()
    const edge = async () => (await rect(item)).x + (await rect(item)).width
    const start = await edge()
    await page.mouse.wheel(50, 0)
    await expect.poll(edge).toBeLessThan(start - 45)
    await page.keyboard.down('Shift')
    await page.mouse.wheel(0, 50)
    await page.keyboard.up('Shift')
    await expect.poll(edge).toBeLessThan(start - 95)
  })

  test('beside the graph it is the page’s', async ({ page }) => {
    await open(page)
    // What zooms the page is a wheel that nobody keeps from it.
    await page.evaluate(() => {
      Object.assign(window, { kept: [] })
      addEventListener('wheel', (event) => Object(window).kept.push(event.defaultPrevented))
    })
    const graph = await rect(flameTree(page))
    const bar = await rect(page.getByRole('banner'))
    await page.mouse.move(bar.x + 300, bar.y + 4)
    await pinch(page, -100, 1)
    await page.mouse.move(graph.x + 100, graph.y + 30)
    await pinch(page, -100, 1)
    await expect.poll(() => page.evaluate(() => Object(window).kept)).toEqual([false, true])
  })

  test('a zoom goes out of the zoomed box as far as the whole graph', async ({ page }) => {
    await open(page)
    await treeItem(page, 'main.ingest').click({ position: { x: 12, y: 6 } })
    const { width } = await rect(flameTree(page))
    const serve = treeItem(page, 'net/http.(*conn).serve')
    await expect.poll(async () => (await rect(serve)).width).toBeCloseTo(width, 0)
    await pinch(page, 100, 3)
    await expect.poll(async () => (await rect(serve)).width / width).toBeCloseTo(0.715, 2)
    expect(new URL(page.url()).hash).not.toContain('z=')
    // The way in is a step of the history.
    await page.goBack()
    await expect.poll(async () => (await rect(serve)).width).toBeCloseTo(width, 0)
  })
})

test('a wheel with nothing to scroll says once how to zoom, not in every picture', async ({ page }) => {
  await open(page, small)
  await page.evaluate(() => {
    const seen = { wheels: 0, hints: 0 }
    Object.assign(window, { seen })
    addEventListener('wheel', () => seen.wheels++)
    new MutationObserver((records) => {
      const added = records.flatMap(({ addedNodes }) => [...addedNodes])
      seen.hints += added.filter((node) => node instanceof Element && node.matches('.flame-hint')).length
    }).observe(document.body, { childList: true, subtree: true })
  })
  const seen = () => page.evaluate(() => Object(window).seen)
  const { x, y } = await rect(flameTree(page))
  await page.mouse.move(x + 100, y + 30)
  // What says it comes after the first picture.
  await expect(page.locator('.flame-axis canvas')).toBeVisible()
  await page.mouse.wheel(0, 100)
  await expect(page.getByText('to zoom; a pinch does the same')).toBeVisible()
  await page.mouse.wheel(0, 100)
  await expect.poll(seen).toEqual({ wheels: 2, hints: 1 })
  await tab(page, 'Table').click()
  await expect(flameTree(page)).toHaveCount(0)
  await tab(page, 'Flame').click()
  await expect(page.locator('.flame-axis canvas')).toBeVisible()
  await page.mouse.move(x + 100, y + 30)
  await page.mouse.wheel(0, 100)
  await expect.poll(seen).toEqual({ wheels: 3, hints: 1 })
})

/** All that the tooltip says of values is in the details line too; that has more. */
async function expectSameFacts(page: Page): Promise<void> {
  const facts = details(page).locator('.fact:not(.fact-parent, .fact-samples, .fact-everywhere)')
  for (const text of await facts.allInnerTexts())
    await expect(tip(page)).toContainText(text.replace(/\s+/g, ' '), { useInnerText: true })
}

for (const by of ['pointer', 'keyboard'] as const) {
  test(`another sample type has other numbers in the tooltip and the details line at once, ${by} at rest`, async ({
    page,
  }) => {
    await open(page)
    if (by === 'pointer') {
      const { x, y } = await rect(treeItem(page, 'main.ingest'))
      await page.mouse.move(x + 300, y + 8)
    } else {
      await flameTree(page).getByRole('treeitem').first().focus()
      for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowDown')
    }
    await expect(tip(page)).toContainText('main.ingest')
    await expect(tip(page)).toContainText('4.36 s')
    // Neither the pointer nor the focus moves.
    const samples = page.getByRole('radio', { name: /samples/i })
    await samples.evaluate((radio: HTMLElement) => radio.click())
    await expect(details(page)).toContainText('436')
    await expect(details(page)).not.toContainText('4.36 s')
    await expect(tip(page)).toContainText('main.ingest')
    await expect(tip(page)).not.toContainText('4.36 s')
    await expectSameFacts(page)
    await page.goBack()
    await expect(details(page)).toContainText('4.36 s')
    await expect(tip(page)).toContainText('4.36 s')
    await expectSameFacts(page)
  })
}

test('the details of a selected box follow another sample type', async ({ page }) => {
  await open(page)
  await treeItem(page, 'main.ingest').click({ position: { x: 300, y: 6 } })
  await page.mouse.move(4, 4)
  await expect(details(page)).toContainText('4.36 s')
  await page.getByRole('radio', { name: /samples/i }).evaluate((radio: HTMLElement) => radio.click())
  await expect(details(page)).toContainText('main.ingest')
  await expect(details(page).locator('.fact').nth(1)).toHaveText(/436$/)
  await expect(details(page)).not.toContainText('000')
})

test('the tooltip has values and shares of the details line, is not in the way, and goes on Escape, drag and wheel', async ({
  page,
}) => {
  await open(page)
  const box = await rect(treeItem(page, 'encoding/json/v2.makeMapArshaler.func3').first())
  const at = { x: box.x + 40, y: box.y + 8 }
  const point = async () => {
    await page.mouse.move(at.x - 3, at.y)
    await page.mouse.move(at.x, at.y)
    await expect(tip(page)).toBeVisible()
  }
  await page.mouse.move(at.x, at.y)
  await expect(tip(page)).toContainText('encoding/json/v2.makeMapArshaler.func3')
  await expect(tip(page)).toContainText('arshal_default.go')
  await expectSameFacts(page)
  const inTheWay = await page.evaluate(
    ([x, y]) => {
      const tip = document.querySelector('.frame-tip')?.getBoundingClientRect()
      const hit = document.elementFromPoint(x, y)
      return { over: !!tip && x >= tip.left && x <= tip.right && y >= tip.top && y <= tip.bottom, hit: hit?.className }
    },
    [at.x, at.y] as const,
  )
  expect(inTheWay.over).toBe(false)
  expect(inTheWay.hit).not.toContain('frame-tip')

  await page.keyboard.press('Escape')
  await expect(tip(page)).toHaveCount(0)
  await point()
  await page.mouse.wheel(0, 30)
  await expect(tip(page)).toHaveCount(0)
  await point()
  await page.mouse.down()
  await page.mouse.move(at.x + 30, at.y, { steps: 3 })
  await expect(tip(page)).toHaveCount(0)
  await page.mouse.up()
  await page.mouse.move(at.x + 40, at.y)
  await expect(tip(page)).toBeVisible()
  await page.mouse.move(4, 4)
  await expect(tip(page)).toHaveCount(0)
})

test('a box of a finding names it in the tooltip, and the keyboard gets tooltips too', async ({ page }) => {
  await open(page)
  const head = flameTree(page).getByRole('treeitem', { name: /^runtime\.gcBgMarkWorker.*finding \d/ })
  const box = await rect(head)
  await page.mouse.move(box.x + 20, box.y + 8)
  await expect(tip(page)).toContainText('Garbage collection in the background')
  await page.mouse.move(4, 4)
  await flameTree(page).getByRole('treeitem').first().focus()
  await page.keyboard.press('ArrowDown')
  await expect(tip(page)).toContainText('net/http.(*conn).serve')
  await expect(tip(page)).toContainText('4.91 s')
  const [text, line] = [await rect(tip(page)), await rect(treeItem(page, 'net/http.(*conn).serve'))]
  expect(text.y).toBeGreaterThanOrEqual(line.y + line.height)
})

test('at the edges of the window the tooltip flips', async ({ page }) => {
  await open(page)
  const { x, y, width } = await rect(treeItem(page, 'net/http.(*conn).serve').first())
  const wide = await rect(flameTree(page))
  await page.setViewportSize({ width: Math.ceil(x + width), height: 700 })
  await expect.poll(async () => (await rect(flameTree(page))).width).not.toBe(wide.width)
  await page.mouse.move(x + 60, y + 8)
  await expect(tip(page)).toBeVisible()
  const box = await rect(tip(page))
  expect(box.x).toBeGreaterThan(0)
  expect(box.x + box.width).toBeLessThanOrEqual(x + width)
})

test('the overview is there when there is more than the screen shows, and its window moves, stretches and jumps', async ({
  page,
}) => {
  await open(page, small)
  await expect(page.locator('.flame-axis canvas')).toBeVisible()
  await expect(overview(page)).toBeHidden()
  const graph = await rect(flameTree(page))
  await page.mouse.move(graph.x + graph.width / 2, graph.y + 30)
  await pinch(page, -100, 2)
  await expect(overview(page)).toBeVisible()
  await expect.poll(() => part(page)).not.toBeNull()
  const window = page.locator('.flame-map-window')
  const shares = async () => {
    const w = await rect(window)
    return [(w.x - graph.x) / graph.width, (w.x + w.width - graph.x) / graph.width] as const
  }
  const [lo, hi] = await shares()
  expect(hi - lo).toBeCloseTo(1 / 2 ** 1.5, 1)
  const map = await rect(overview(page))
  const y = map.y + 20
  const at = (share: number) => graph.x + share * graph.width

  await page.mouse.move(at((lo + hi) / 2), y)
  await page.mouse.down()
  await page.mouse.move(at((lo + hi) / 2 + 0.1), y, { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => (await shares())[0]).toBeCloseTo(lo + 0.1, 2)
  await expect.poll(async () => (await shares())[1]).toBeCloseTo(hi + 0.1, 2)

  await page.mouse.move(at(hi + 0.1), y)
  await page.mouse.down()
  await page.mouse.move(at(hi), y, { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => (await shares())[1]).toBeCloseTo(hi, 2)
  await expect.poll(async () => (await shares())[0]).toBeCloseTo(lo + 0.1, 2)

  await page.mouse.click(at(0.1), y)
  await expect.poll(async () => (await shares())[0]).toBeCloseTo(0, 2)
  // What it shows is what the link says, and what the graph shows.
  await expect.poll(() => part(page)).not.toBeNull()
  await flameTree(page).press('0')
  await expect(overview(page)).toBeHidden()
})

test('the overview leads out of a zoomed box', async ({ page }) => {
  await open(page)
  await treeItem(page, 'runtime.gcBgMarkWorker').click({ position: { x: 40, y: 6 } })
  await expect.poll(() => new URL(page.url()).hash).toContain('z=')
  await expect(overview(page)).toBeVisible()
  const map = await rect(overview(page))
  await page.mouse.click(map.x + map.width * 0.1, map.y + 20)
  await expect(treeItem(page, 'runtime.gcBgMarkWorker')).toHaveCount(0)
  await expect(treeItem(page, 'main.ingest')).toBeVisible()
  await expect.poll(() => new URL(page.url()).hash).not.toContain('z=')
})

test('a click on the overview outside the zoomed box brings the lines there to the middle', async ({ page }) => {
  await open(page)
  await treeItem(page, 'runtime.gcBgMarkWorker').click({ position: { x: 40, y: 6 } })
  await expect.poll(() => new URL(page.url()).hash).toContain('z=')
  const map = await rect(overview(page))
  await page.mouse.click(map.x + map.width * 0.2, map.y + map.height - 3)
  await expect.poll(() => new URL(page.url()).hash).not.toContain('z=')
  await expect(treeItem(page, 'main.ingest')).toBeVisible()
  const scrolled = () => page.locator('.flame-scroller').evaluate((scroller) => scroller.scrollTop)
  await expect.poll(scrolled).toBeGreaterThan(50)
})

test('a click on the overview whose picture is still to be drawn goes there too', async ({ page }) => {
  // On a busy machine the wait for a graph at rest may last: here it never ends.
  await page.addInitScript(() => {
    const { setTimeout } = globalThis
    globalThis.setTimeout = ((run: () => void, ms?: number) =>
      ms === 120 ? 0 : setTimeout(run, ms)) as typeof globalThis.setTimeout
  })
  await open(page)
  const map = await rect(overview(page))
  await page.mouse.click(map.x + map.width * 0.2, map.y + map.height - 3)
  const scrolled = () => page.locator('.flame-scroller').evaluate((scroller) => scroller.scrollTop)
  await expect.poll(scrolled).toBeGreaterThan(50)
})

test('in a zoomed box the window of the overview is as narrow as the graph lets it be', async ({ page }) => {
  await open(page)
  const box = await rect(treeItem(page, 'main.main.func2').first())
  await treeItem(page, 'main.main.func2')
    .first()
    .click({ position: { x: 20, y: 6 } })
  await expect.poll(() => new URL(page.url()).hash).toContain('z=')
  const window = page.locator('.flame-map-window')
  await expect.poll(async () => (await rect(window)).width).toBeCloseTo(box.width, 0)
  const { y } = await rect(overview(page))
  await page.mouse.move(box.x + 1, y + 20)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width - 10, y + 20, { steps: 4 })
  await page.mouse.up()
  await expect.poll(() => part(page)).not.toBeNull()
  expect(Math.abs((await rect(window)).width - 10)).toBeLessThan(3)
  expect(new URL(page.url()).hash).toContain('z=')
})

test('the overview stays while it is pressed, and a press that ended elsewhere is over', async ({ page }) => {
  await open(page, small)
  await expect(page.locator('.flame-axis canvas')).toBeVisible()
  const graph = await rect(flameTree(page))
  await page.mouse.move(graph.x, graph.y + 30)
  await pinch(page, -100, 2)
  await expect(overview(page)).toBeVisible()
  await expect.poll(() => part(page)).not.toBeNull()
  const window = page.locator('.flame-map-window')
  const edge = await rect(window)
  const y = edge.y + 8
  await page.mouse.move(edge.x + edge.width - 1, y)
  await page.mouse.down()
  await page.mouse.move(graph.x + graph.width + 8, y, { steps: 4 })
  await expect.poll(() => part(page)).toBeNull()
  await page.mouse.move(graph.x + graph.width / 2, y, { steps: 4 })
  await expect.poll(() => part(page)).not.toBeNull()
  await expect(overview(page)).toBeVisible()
  // Buttons that were let go outside the browser are up when the pointer is back.
  const width = (await rect(window)).width
  await overview(page).evaluate(
    (map, at) => map.dispatchEvent(new PointerEvent('pointermove', { pointerId: 1, ...at })),
    { clientX: graph.x + 100, clientY: y },
  )
  await page.mouse.move(graph.x + 200, y)
  await page.mouse.up()
  await page.mouse.move(graph.x + 200, y + 1)
  await expect(overview(page)).toHaveAttribute('data-grip', /./)
  expect((await rect(window)).width).toBeCloseTo(width, 0)

  const low = await rect(window)
  await page.mouse.move(low.x + low.width - 1, y)
  await page.mouse.down()
  await page.mouse.move(graph.x + graph.width + 8, y, { steps: 4 })
  await expect.poll(() => part(page)).toBeNull()
  await expect(overview(page)).toBeVisible()
  await page.mouse.up()
  await expect(overview(page)).toBeHidden()
})

test('on other keyboards W, A and D are where their letters are, and leave the page its keys', async ({ page }) => {
  await open(page)
  await flameTree(page).getByRole('treeitem').first().focus()
  const press = (key: string, code: string) =>
    page.evaluate(
      ([key, code]) => {
        const event = new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true })
        document.activeElement?.dispatchEvent(event)
      },
      [key, code] as const,
    )
  await press('w', 'KeyZ')
  await expect.poll(() => part(page)).not.toBeNull()
  await press('0', 'Digit0')
  await expect.poll(() => part(page)).toBeNull()
  await press('ц', 'KeyW')
  await expect.poll(() => part(page)).not.toBeNull()
  await press('0', 'Digit0')
  await expect.poll(() => part(page)).toBeNull()
  // Colemak has S where others have D, and S is the page's.
  await press('s', 'KeyD')
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(part(page)).toBeNull()
})

test('W, A and D move the camera, + and − by what they say', async ({ page }) => {
  await open(page)
  await flameTree(page).getByRole('treeitem').first().focus()
  await page.keyboard.press('KeyW')
  await expect.poll(() => part(page)).not.toBeNull()
  const first = part(page)
  await page.keyboard.press('KeyD')
  await expect.poll(() => part(page)).not.toBe(first)
  await page.keyboard.press('KeyA')
  await expect.poll(() => part(page)).toBe(first)
  await page.keyboard.press('-')
  await expect.poll(() => part(page)).toBeNull()
  await page.keyboard.press('+')
  await expect.poll(() => part(page)).toBe(first)
  await page.keyboard.press('0')
  await expect.poll(() => part(page)).toBeNull()
})

test('the list of keys has every gesture of the graph, in both languages', async ({ page }) => {
  await open(page)
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard' })
  for (const text of ['Zoom at the pointer', 'Zoom between the fingers', 'Move sideways', 'Overview'])
    await expect(help).toContainText(text)
})

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' })
  test('gestures and tooltip are Chinese', async ({ page }) => {
    await openApp(page)
    await openFiles(page, cpu)
    const box = await rect(page.getByRole('tree').getByRole('treeitem').nth(1))
    await page.mouse.move(box.x + 40, box.y + 8)
    await expect(tip(page)).toContainText('占总计')
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog')).toContainText('在指针处缩放')
  })
})

test.describe('by fingers', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  test('a pinch zooms the graph and not the page', async ({ page, context }) => {
    await open(page)
    const item = treeItem(page, 'main.ingest')
    const before = await rect(item)
    const cdp = await context.newCDPSession(page)
    await cdp.send('Input.synthesizePinchGesture', { x: 130, y: Math.round(before.y + 10), scaleFactor: 2 })
    await expect.poll(async () => (await rect(item)).width).toBeGreaterThan(before.width * 1.2)
    expect(await page.evaluate(() => visualViewport?.scale)).toBe(1)
    await expect(tip(page)).toHaveCount(0)
  })

  test('after a pinch that the browser took away a tap is a tap', async ({ page }) => {
    await open(page)
    const item = treeItem(page, 'main.ingest')
    await item.evaluate((target) => {
      const touch = (identifier: number) =>
        new Touch({ identifier, target, clientX: 100 + 50 * identifier, clientY: 300 })
      const send = (type: string, touches: Touch[]) =>
        target.dispatchEvent(new TouchEvent(type, { touches, bubbles: true, cancelable: true }))
      send('touchstart', [touch(1), touch(2)])
      send('touchcancel', [])
    })
    await item.tap({ position: { x: 12, y: 8 } })
    await expect.poll(() => new URL(page.url()).hash).toContain('z=')
  })
})

/** The picture of what lies in a box and around it. */
async function picture(page: Page, item: Locator): Promise<string> {
  const { x, y, width, height } = await rect(item)
  const clip = { x: x - 2, y: y - 2, width: Math.min(width, 200) + 4, height: height + 4 }
  return (await page.screenshot({ clip })).toString('base64')
}

test('after a zoom by wheel the path says what of which box is on the screen, and leads to it', async ({ page }) => {
  await open(page)
  const box = await rect(treeItem(page, 'main.decodeMap'))
  const shown = page.getByRole('button', { name: /in view$/ })
  await expect(shown).toHaveCount(0)
  await page.mouse.move(box.x + 200, box.y + 8)
  await pinch(page, -100, 3)
  await expect(shown).toContainText(/^\d+\.\d% of \S+ in view$/)
  const [, share, name = ''] = /^([\d.]+)% of (\S+) in view$/.exec(await shown.innerText()) ?? []
  // It names the deepest box that fills the width, and its share is what the window shows of that box.
  const full = (await rect(flameTree(page))).width - 1
  const deepest = () =>
    flameTree(page)
      .getByRole('treeitem')
      .evaluateAll((items, width) => {
        const wide = items.filter((item) => item.getBoundingClientRect().width >= width)
        const level = (item: Element) => Number(item.getAttribute('aria-level'))
        return wide.toSorted((a, b) => level(b) - level(a))[0]?.getAttribute('aria-label') ?? ''
      }, full)
  await expect.poll(deepest).toContain(`${name}, `)
  const [lo, hi] = windowOf(page)
  const seconds = Number(/, ([\d.]+) s, /.exec(await deepest())?.[1])
  expect(((hi - lo) * 6.87) / seconds).toBeCloseTo(Number(share) / 100, 2)
  await shown.click()
  await expect(shown).toHaveCount(0)
  await expect.poll(() => new URL(page.url()).hash).toContain('z=')
})

test('the opened finding is in the spotlight: its places stay, other findings lose colour, pattern and number', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await open(page)
  const mine = flameTree(page).getByRole('treeitem', { name: /^runtime\.gcBgMarkWorker.*finding \d/ })
  const other = treeItem(page, 'encoding/json/v2.makeInterfaceArshaler.func2').first()
  await expect(mine).toBeVisible()
  const [lit, before] = [await picture(page, mine), await picture(page, other)]
  const card = page.getByRole('listitem').filter({ hasText: 'Garbage collection in the background' })
  await card.getByRole('button', { name: /^What to do about/ }).click()
  await page.mouse.move(4, 4)
  await expect.poll(() => new URL(page.url()).hash).toContain('zf=')
  await expect.poll(() => picture(page, other)).not.toBe(before)
  // Its own outline is stronger now; inside nothing changed.
  expect(await picture(page, mine)).not.toBe(lit)
  // The list and the tree still know the other one.
  await expect(other).toHaveAttribute('aria-label', /finding \d/)
})

test('a selected function is ringed at its other places too', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await open(page)
  const places = treeItem(page, 'encoding/json/v2.makeMapArshaler.func3')
  await expect(places.nth(1)).toBeVisible()
  const stranger = treeItem(page, 'runtime.gcBgMarkWorker').first()
  const before = [await picture(page, places.nth(1)), await picture(page, stranger)]
  const { x, y } = await rect(places.first())
  // Selected without a zoom: the menu key needs no press.
  await places.first().focus()
  await page.mouse.move(4, 4)
  await page.mouse.click(x + 60, y + 6)
  await page.mouse.move(4, 4)
  await page.keyboard.press('0')
  await expect.poll(async () => (await rect(places.first())).x).toBe(x)
  await expect.poll(() => picture(page, places.nth(1))).not.toBe(before[0])
  expect(await picture(page, stranger)).toBe(before[1])
  await flameTree(page).press('Escape')
})

test('a small profile has higher rows, and a zoom keeps them', async ({ page }) => {
  await open(page)
  const row = async () => (await rect(flameTree(page).getByRole('treeitem').first())).height + 1
  expect(await row()).toBe(20)
  await openFiles(page, small)
  await expect.poll(row).toBe(32)
  await treeItem(page, 'main.ingest').click({ position: { x: 12, y: 6 } })
  await expect.poll(() => new URL(page.url()).hash).toContain('z=')
  expect(await row()).toBe(32)
  await page.setViewportSize({ width: 1280, height: 620 })
  await expect.poll(row).toBeLessThan(32)
})

for (const scheme of ['light', 'dark'] as const) {
  test(`the legend opens by keyboard where colours are chosen, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await open(page)
    await page.getByRole('button', { name: /^Colour: / }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menu')).toBeVisible()
    await page.keyboard.press('End')
    await expect(page.getByRole('menuitem', { name: 'What the colours mean' })).toBeFocused()
    await page.keyboard.press('Enter')
    const legend = page.getByRole('dialog', { name: 'What the colours mean' })
    for (const text of ['Standard library', 'Inlined call', 'Faded', 'Locks, channels, scheduler', 'Other places'])
      await expect(legend).toContainText(text)
    expect(await axe(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect(legend).toHaveCount(0)
    await expect(page.getByRole('button', { name: /^Colour: / })).toBeFocused()
  })
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  test('legend, overview and path fit', async ({ page }) => {
    await open(page)
    await page.getByRole('button', { name: 'Menu' }).tap()
    await page.getByRole('menuitem', { name: 'What the colours mean' }).tap()
    await expect(page.getByRole('dialog')).toContainText('Go runtime')
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(await wide()).toBeLessThanOrEqual(0)
    await page.keyboard.press('Escape')
    await expect(overview(page)).toBeVisible()
    const before = await rect(page.locator('.flame-map-window'))
    await treeItem(page, 'main.ingest').tap({ position: { x: 12, y: 8 } })
    await expect.poll(async () => (await rect(page.locator('.flame-map-window'))).width).toBeLessThan(before.width)
    expect(await wide()).toBeLessThanOrEqual(0)
  })
})
