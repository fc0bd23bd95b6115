/**
 * An address needs the app's code, an engine, what shows a profile, and the file. None of them waits for another: the page
 * itself asks for all of them. The server of these journeys keeps answers back, so that order shows without a clock.
 */
import { once } from 'node:events'
import { openAsBlob } from 'node:fs'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { firstPicture } from '../src/engine/first-picture.ts'
import { serve } from '../src/server/server.ts'
import { fixturePath } from '../src/testing/fixtures.ts'
import { dropFiles, expect, openApp, type Page, test, waitForFlame } from './app.ts'

const app = fileURLToPath(new URL('../dist/app/', import.meta.url))
const heap = fixturePath('go1.27/map/heap.pb.gz')

/** Reads a file as the command does in a thread of its own. */
const pictureOf = async (file: string) => {
  const picture = await firstPicture({ name: 'heap.pb.gz', file: await openAsBlob(file) })
  return picture && JSON.stringify(picture)
}

/** The app on a file, behind a server that notes what is asked for and can keep some of it back. */
async function heldBack(picture?: typeof pictureOf) {
  const server = await serve({ app, files: [heap], port: 0, picture })
  if (picture)
    await expect
      .poll(async () => (await fetch(server.openUrl)).text())
      .toContain('<script type="application/json" id="hotzone-picture"')
  const asked: string[] = []
  let held: RegExp | null = null
  let waiting: (() => void)[] = []
  const front = createServer(async (request, response) => {
    const path = request.url ?? '/'
    asked.push(path)
    if (held?.test(path)) await new Promise<void>((go) => waiting.push(go))
    const behind = get(new URL(path, server.url), { agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    behind.on('error', () => response.destroy())
  }).listen(0, '127.0.0.1')
  await once(front, 'listening')
  const url = `http://127.0.0.1:${(front.address() as AddressInfo).port}/`
  return {
    asked,
    url,
    openUrl: server.openUrl.replace(server.url, url),
    hold(paths: RegExp) {
      asked.length = 0
      held = paths
    },
    release() {
      held = null
      for (const go of waiting) go()
      waiting = []
    },
    async close() {
      front.closeAllConnections()
      front.close()
      await server.close()
    },
  }
}

/** The app's own code, and what shows a profile. */
const CODE = /\/assets\/(index|workspace)-[^/]*\.js$/
const WORKER = /\/assets\/engine-worker-[^/]*\.js$/
const WORKSPACE = /\/assets\/workspace-[^/]*\.js$/
const FILE = /^\/local\/0\/heap\.pb\.gz$/
const times = (asked: readonly string[], path: RegExp) => asked.filter((one) => path.test(one)).length

// Its own server for each of them.
test.beforeEach(({ allow }) => allow(/^request to another host: http:\/\/127\.0\.0\.1:/))

/** What the browser has been asked to draw, by its own clock. */
const isPictured = (page: Page) => page.evaluate(() => performance.getEntriesByName('first-flame').length > 0)

test('engine, file and code are asked for before any of the code has come', async ({ page }) => {
  const server = await heldBack()
  try {
    server.hold(CODE)
    await page.goto(server.openUrl, { waitUntil: 'commit' })
    for (const path of [FILE, WORKER, WORKSPACE]) await expect.poll(() => times(server.asked, path)).toBe(1)
    expect(await isPictured(page)).toBe(false)
    server.release()
    await waitForFlame(page)
    // The app takes over what was begun.
    expect([FILE, WORKER, WORKSPACE].map((path) => times(server.asked, path))).toEqual([1, 1, 1])
  } finally {
    // What it loads later is of no interest.
    await page.close()
    await server.close()
  }
})

test('nothing but what the picture needs is asked for before it', async ({ page }) => {
  const server = await heldBack()
  try {
    // The icon is the browser's own wish; where it takes long, progress is shown.
    const needed =
      /^\/(\?.*|local\/.*|icon\.svg|assets\/(index|workspace|opening-card|engine-worker|rolldown-runtime)-[^/]*)$/
    await page.addInitScript(() => {
      const asked: string[] = []
      Object.assign(window, { askedBefore: asked })
      new PerformanceObserver((list) => {
        const pictured = performance.getEntriesByName('first-flame')[0]?.startTime ?? Number.POSITIVE_INFINITY
        for (const { name, startTime } of list.getEntries()) if (startTime < pictured) asked.push(name)
      }).observe({ type: 'resource', buffered: true })
    })
    await page.goto(server.openUrl)
    await waitForFlame(page)
    const asked = await page.evaluate(() => (window as unknown as { askedBefore: string[] }).askedBefore)
    expect(asked.map((name) => name.replace(server.url, '/')).filter((path) => !needed.test(path))).toEqual([])
  } finally {
    // What it loads later is of no interest.
    await page.close()
    await server.close()
  }
})

/** Where the graph lies on the page. */
const placeOf = (page: Page, within: string) => page.locator(`${within} canvas.flame-canvas`).first().boundingBox()

/** Of a pixel of row 0, which is drawn from side to side. */
const rootColor = (page: Page, within: string) =>
  page
    .locator(`${within} canvas.flame-canvas`)
    .first()
    .evaluate((canvas: HTMLCanvasElement) =>
      canvas
        .getContext('2d')
        ?.getImageData(canvas.width / 2, 12, 1, 1)
        .data.join(),
    )

for (const [width, height, colorScheme] of [
  [1280, 720, 'light'],
  [900, 700, 'dark'],
] as const) {
  test(`a page that comes with its picture shows it without the app, which draws its own in the same place: ${width}`, async ({
    page,
  }) => {
    const server = await heldBack(pictureOf)
    try {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme })
      server.hold(CODE)
      await page.goto(server.openUrl, { waitUntil: 'commit' })
      await page.waitForFunction(() => performance.getEntriesByName('first-picture').length > 0)
      expect(await isPictured(page)).toBe(false)
      const [early, color] = [await placeOf(page, '#first-picture'), await rootColor(page, '#first-picture')]
      server.release()
      await waitForFlame(page)
      await expect(page.locator('#first-picture')).toHaveCount(0)
      expect(await placeOf(page, '.app')).toEqual(early)
      expect(await rootColor(page, '.app')).toBe(color)
      await expect(page.getByRole('tree', { name: 'Flame graph' })).toBeVisible()
    } finally {
      await page.close()
      await server.close()
    }
  })
}

test('a picture inside the page goes first: engine, file and code are asked for once it is drawn', async ({ page }) => {
  const server = await heldBack(pictureOf)
  try {
    await page.goto(server.openUrl)
    await waitForFlame(page)
    const [before, after] = await page.evaluate(() => {
      const drawn = performance.getEntriesByName('first-picture')[0]?.startTime ?? 0
      const asked = performance.getEntriesByType('resource')
      const names = (those: typeof asked) => those.map(({ name }) => new URL(name).pathname)
      return [
        names(asked.filter(({ startTime }) => startTime < drawn)),
        names(asked.filter(({ startTime }) => startTime >= drawn)),
      ]
    })
    // The runtime is some hundred bytes, which the app's code would come to ask for last.
    const needed = /^\/(icon\.svg|assets\/((first-picture|rolldown-runtime)-[^/]*\.js|(index|workspace)-[^/]*\.css))$/
    expect(before.filter((path) => !needed.test(path))).toEqual([])
    for (const path of [FILE, WORKER, WORKSPACE, CODE]) expect(times(after, path), `${path}`).toBeGreaterThan(0)
  } finally {
    await page.close()
    await server.close()
  }
})

test('where the address asks for another view than the first one, or there is no room, the app alone draws', async ({
  page,
}) => {
  const server = await heldBack(pictureOf)
  try {
    for (const [fragment, width] of [
      ['#v=1&f=mallocgc', 1280],
      ['', 390],
    ] as const) {
      await page.setViewportSize({ width, height: 800 })
      await page.goto('about:blank')
      await page.goto(`${server.openUrl}${fragment}`)
      await waitForFlame(page)
      expect(await page.evaluate(() => performance.getEntriesByName('first-picture').length)).toBe(0)
      await expect(page.locator('#first-picture')).toHaveCount(0)
    }
  } finally {
    await page.close()
    await server.close()
  }
})

test('a picture gives way to what is wrong with the file', async ({ page, allow }) => {
  const server = await heldBack(pictureOf)
  try {
    allow(/the server responded with a status of 404/)
    await page.route(/:\d+\/local\/0\//, (route) => route.fulfill({ status: 404, body: 'gone' }))
    await page.goto(server.openUrl)
    await expect(page.getByRole('alert').first()).toBeVisible()
    await expect(page.locator('#first-picture')).toHaveCount(0)
  } finally {
    await page.close()
    await server.close()
  }
})

test('a reload takes the file from the browser while the code comes', async ({ page }) => {
  const server = await heldBack()
  try {
    await page.goto(server.openUrl)
    await waitForFlame(page)
    await page.waitForFunction(() => performance.getEntriesByName('remembered').length > 0)
    // Without what the browser kept of the code.
    server.hold(CODE)
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Network.clearBrowserCache')
    await page.reload({ waitUntil: 'commit' })
    for (const path of [WORKER, WORKSPACE]) await expect.poll(() => times(server.asked, path)).toBe(1)
    await page.waitForFunction(() => globalThis.hotzoneBegun?.ahead)
    server.release()
    await waitForFlame(page)
    expect(times(server.asked, FILE)).toBe(0)
  } finally {
    // What it loads later is of no interest.
    await page.close()
    await server.close()
  }
})

test('a link to a file that this browser no longer keeps loads it from its address', async ({ freshPage, page }) => {
  const server = await heldBack()
  try {
    await page.goto(server.openUrl)
    await waitForFlame(page)
    await page.waitForFunction(() => performance.getEntriesByName('remembered').length > 0)
    const link = page.url()
    expect(link).toContain('p=')
    server.asked.length = 0
    const other = await freshPage()
    await other.goto(link)
    await waitForFlame(other)
    expect(times(server.asked, FILE)).toBe(1)
    await other.close()
  } finally {
    // What it loads later is of no interest.
    await page.close()
    await server.close()
  }
})

test('the first screen begins nothing of this', async ({ page }) => {
  const server = await heldBack()
  try {
    await page.goto(server.url)
    await expect(page.getByRole('heading').first()).toBeVisible()
    expect(await page.evaluate(() => globalThis.hotzoneBegun === undefined)).toBe(true)
  } finally {
    // What it loads later is of no interest.
    await page.close()
    await server.close()
  }
})

test('what surrounds a picture does not wait where there is none to draw', async ({ page }) => {
  // Timers that wait for a picture run out in seconds; here they never do.
  await page.addInitScript(() => {
    const wait = window.setTimeout
    window.setTimeout = ((run: TimerHandler, ms = 0, ...args: unknown[]) =>
      ms >= 3000 ? 0 : wait(run, ms, ...args)) as typeof setTimeout
  })
  await openApp(page, '#v=1&f=nothing-is-called-so')
  await dropFiles(page, [fixturePath('go1.27/map/heap.pb.gz')])
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Undo' }).first()).toBeVisible()
  await openApp(page)
  await dropFiles(page, [fixturePath('go1.27/map/goroutine.debug2.txt')])
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible()
})
