/** npm run screenshots: the pictures of docs/screenshots, taken from the built app with captured profiles. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { runnerImport } from 'vite'
import { launchOptions } from '../e2e/browser.mjs'
import { ensureBuilt, root, say } from './ready.mjs'

ensureBuilt()
const { module } = await runnerImport(join(root, 'src/node/server.ts'), { configFile: false, logLevel: 'warn' })
const fixture = (name) => join(root, 'test', 'fixtures', name)
const cpu = fixture('go1.27/map/cpu.pb.gz')
const heap = fixture('go1.27/map/heap.pb.gz')
const server = await module.serve({ app: join(root, 'dist', 'app'), files: [], port: 0 })
const browser = await chromium.launch(launchOptions())
const folder = join(root, 'docs', 'screenshots')
mkdirSync(folder, { recursive: true })

/** @typedef {import('playwright').Page} Page */
/** @type {Record<string, { scheme?: 'dark', width?: number, height?: number, files: string[], act?: (page: Page) => Promise<void> }>} */
const pictures = {
  'first-screen': { files: [] },
  'cpu-zones': { files: [cpu] },
  'heap-zones': { files: [heap] },
  'zoomed-search': {
    files: [cpu],
    act: async (page) => {
      await page
        .getByRole('tree', { name: 'Flame graph' })
        .getByRole('treeitem', { name: /^encoding\/json\.Unmarshal/ })
        .first()
        .focus()
      await page.keyboard.press('Enter')
      await page.getByRole('searchbox', { name: 'Search frames' }).fill('mapassign')
      await page.getByRole('searchbox', { name: 'Search frames' }).blur()
    },
  },
  dark: { files: [cpu], scheme: 'dark' },
  narrow: { files: [heap], width: 390, height: 844 },
}

for (const [name, { scheme, width = 1400, height = 900, files, act }] of Object.entries(pictures)) {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: 2,
    colorScheme: scheme ?? 'light',
    locale: 'en-US',
    timezoneId: 'UTC',
  })
  const page = await context.newPage()
  await page.goto(server.url)
  if (files.length > 0) {
    await page.locator('input[type=file]').setInputFiles(files)
    await page.waitForFunction(() => performance.getEntriesByName('first-flame').length > 0)
  }
  await act?.(page)
  // Animations and the debounce of the search end within this time.
  await page.waitForTimeout(1000)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  say(`docs/screenshots/${name}.png`)
  await context.close()
}
await browser.close()
await server.close()
