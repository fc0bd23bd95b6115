/**
 * The app without a network, below a path of its host; its updates; the files that an installed app is opened with. The
 * host has a name, since nothing is kept for addresses of this machine, and the browser takes it for a safe one.
 */
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright'
import { fixturePath } from '../src/testing/fixtures.ts'
import { expect, flameCount, openApp, openFiles, type Page, test, treeItem, waitForFlame } from './app.ts'
import { launchOptions } from './browser.mjs'

const cpu = fixturePath('go1.27/map/cpu.pb.gz')
const app = fileURLToPath(new URL('../dist/app/', import.meta.url))
const BELOW = '/tools/hotzone/'
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
}

interface Host {
  server: Server
  browser: Browser
  url: string
  /** Contents that stand for those of the build. */
  changed: Map<string, string>
}

async function startHost(): Promise<Host> {
  const changed = new Map<string, string>()
  const server = createServer(({ url = '' }, response) => {
    const path = decodeURIComponent(url.split('?')[0] ?? '')
    const name = path === BELOW ? 'index.html' : path.slice(BELOW.length)
    try {
      if (!path.startsWith(BELOW)) throw new Error('elsewhere')
      const body = changed.get(name) ?? readFileSync(join(app, name))
      response.setHeader('Content-Type', TYPES[extname(name)] ?? 'application/octet-stream')
      response.end(body)
    } catch {
      response.statusCode = 404
      response.end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://hotzone.test:${(server.address() as AddressInfo).port}`
  const { args, ...options } = launchOptions()
  const safe = [
    '--host-resolver-rules=MAP hotzone.test 127.0.0.1',
    `--unsafely-treat-insecure-origin-as-secure=${origin}`,
  ]
  const browser = await chromium.launch({ ...options, args: [...args, ...safe] })
  return { server, browser, url: origin + BELOW, changed }
}

const stop = (server: Server) =>
  new Promise((resolve) => {
    server.close(resolve)
    server.closeAllConnections()
  })

/** All of the app is kept. */
const kept = (page: Page) => page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state)

async function withHost(run: (host: Host, page: Page) => Promise<void>): Promise<void> {
  const host = await startHost()
  try {
    const page = await (await host.browser.newContext({ locale: 'en-US' })).newPage()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(String(error)))
    await page.goto(host.url)
    await run(host, page)
    expect(errors).toEqual([])
  } finally {
    await host.browser.close()
    await stop(host.server)
  }
}

test('a link opens without a network, all views included, and nothing but the app is kept', async () => {
  await withHost(async ({ server, url }, page) => {
    await openFiles(page, cpu)
    await expect.poll(() => kept(page)).toBe('activated')
    const link = page.url()
    expect(link).toMatch(/\?p=/)
    await stop(server)
    await page.goto('about:blank')
    await page.goto(link)
    await waitForFlame(page)
    await expect(treeItem(page, 'main.ingest').first()).toBeVisible()
    await page.getByRole('button', { name: 'Graph', exact: true }).click()
    const graph = page.getByRole('region', { name: 'Call graph', exact: true })
    await expect(graph.getByRole('button', { name: /^main\.ingest, self/ })).toBeVisible()
    // Its link is for everybody, and so it says nothing of this machine.
    await page.keyboard.press('s')
    await expect(page.getByRole('dialog', { name: 'Share this view' })).toBeVisible()
    await expect(page.getByText('This link leads to this computer')).toHaveCount(0)
    await page.keyboard.press('Escape')
    // A file that was never here opens too.
    await page.goto(url)
    await openFiles(page, fixturePath('go1.27/map/heap.pb.gz'))
    const cached = await page.evaluate(async () => {
      const names = await caches.keys()
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
      return requests.flat().map((request) => request.url)
    })
    expect(cached.length).toBeGreaterThan(20)
    expect(cached.filter((address) => !address.startsWith(url) || /[?#]|\/local\//.test(address))).toEqual([])
  })
})

test('a new version is offered, and waits for the reader while a profile is open', async () => {
  await withHost(async ({ changed, url }, page) => {
    await openFiles(page, cpu)
    await expect.poll(() => kept(page)).toBe('activated')
    // The first visit came from the network.
    await page.reload()
    await waitForFlame(page)
    await page.evaluate(() => Object.assign(globalThis, { sameLoad: true }))
    const worker = readFileSync(join(app, 'sw.js'), 'utf8')
    const html = readFileSync(join(app, 'index.html'), 'utf8')
    changed.set('sw.js', worker.replace(/^const VERSION = '.*'/, "const VERSION = 'next'"))
    changed.set('index.html', html.replace('<html ', '<html data-next="" '))
    await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()))
    await expect(page.getByText('A new version of Hotzone is ready.')).toBeVisible()
    // Also a second page has the old version while the first one is open.
    const second = await page.context().newPage()
    await second.goto(url)
    await expect(second.locator('html[data-next]')).toHaveCount(0)
    await second.close()
    expect(await page.evaluate(() => 'sameLoad' in globalThis)).toBe(true)
    await page.getByRole('button', { name: 'Reload', exact: true }).click()
    await expect(page.locator('html[data-next]')).toHaveCount(1)
    await waitForFlame(page)
    await expect(treeItem(page, 'main.ingest').first()).toBeVisible()
  })
})

test('tabs of a version in use load what they need later, however many versions came and went; a failed one leaves nothing', async () => {
  // Four versions are loaded whole.
  test.slow()
  await withHost(async ({ changed, server, url }, page) => {
    await openFiles(page, cpu)
    await expect.poll(() => kept(page)).toBe('activated')
    // The first visit came from the network.
    await page.reload()
    await waitForFlame(page)
    const other = await page.context().newPage()
    await other.goto(page.url())
    await waitForFlame(other)
    // Later versions are without the files that draw a call graph, and so is their host.
    const worker = readFileSync(join(app, 'sw.js'), 'utf8')
    const html = readFileSync(join(app, 'index.html'), 'utf8')
    const drawing = worker.match(/"assets\/graph-view-[^"]*",/g) ?? []
    expect(drawing.length).toBeGreaterThan(0)
    const next = (version: string, file = '') => {
      const named = worker.replace(/^const VERSION = '.*'/, `const VERSION = '${version}'`)
      changed.set(
        'sw.js',
        drawing.reduce((text, name) => text.replace(name, file), named),
      )
      changed.set('index.html', html.replace('<html ', `<html data-next="${version}" `))
      return page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready
        await registration.update()
        const { installing } = registration
        if (!installing) return 'none'
        await new Promise<void>((resolve) => {
          installing.addEventListener('statechange', () => resolve(), { once: true })
        })
        return installing.state
      })
    }
    const caches = () => page.evaluate(async () => (await globalThis.caches.keys()).map((key) => key.split(' ').at(-1)))
    const [first] = await caches()
    expect(await next('broken', '"assets/nowhere.js",')).toBe('redundant')
    await expect.poll(caches).toEqual([first])
    expect(await next('second')).toBe('installed')
    expect(await next('third')).toBe('installed')
    await page.getByRole('button', { name: 'Reload', exact: true }).first().click()
    await expect(page.locator('html[data-next=third]')).toHaveCount(1)
    await waitForFlame(page)
    await expect.poll(caches).toEqual([first, 'third'])
    await stop(server)
    await other.getByRole('button', { name: 'Graph', exact: true }).click()
    const graph = other.getByRole('region', { name: 'Call graph', exact: true })
    await expect(graph.getByRole('button', { name: /^main\.ingest, self/ })).toBeVisible()
    expect(await other.evaluate(() => document.documentElement.dataset.next)).toBe(undefined)
    expect(url).toBe(new URL('.', other.url()).href)
  })
})

test('files that the installed app is opened with are opened; addresses of this machine keep nothing', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const setConsumer = (consumer: unknown) => Object.assign(globalThis, { launched: consumer })
    Object.defineProperty(globalThis, 'launchQueue', { value: { setConsumer } })
  })
  await openApp(page)
  await page.waitForFunction(() => 'launched' in globalThis)
  expect(await page.evaluate(() => navigator.serviceWorker.getRegistrations().then((all) => all.length))).toBe(0)
  const before = await flameCount(page)
  await page.evaluate(
    ([name, base64]) => {
      const file = new File([Uint8Array.from(atob(base64 ?? ''), (c) => c.charCodeAt(0))], name ?? '')
      const { launched } = globalThis as unknown as { launched(params: object): void }
      launched({ files: [{ getFile: async () => file }] })
    },
    [basename(cpu), readFileSync(cpu).toString('base64')],
  )
  await waitForFlame(page, before + 1)
  await expect(treeItem(page, 'main.ingest').first()).toBeVisible()
})

test('the manifest names the files that it opens, and its icons are there', async ({ page, request }) => {
  await openApp(page)
  const at = new URL((await page.locator('link[rel=manifest]').getAttribute('href')) ?? '', page.url())
  const manifest = (await (await request.get(at.href)).json()) as {
    file_handlers: { accept: Record<string, string[]> }[]
    icons: { src: string }[]
  }
  expect(Object.values(manifest.file_handlers[0]?.accept ?? {}).flat()).toEqual(['.pprof', '.prof', '.pb', '.gz'])
  for (const { src } of manifest.icons) expect((await request.get(new URL(src, at).href)).ok()).toBe(true)
})
