/** npm run screenshots [-- NAME...]: the pictures of docs/screenshots, or those named, taken from the built app with captured profiles. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { zipSync } from 'fflate'
import { chromium } from 'playwright'
import { runnerImport } from 'vite'
import { launchOptions } from '../e2e/browser.mjs'
import { ensureBuilt, root, say } from './ready.mjs'

ensureBuilt()
const { module } = await runnerImport(join(root, 'src/server/server.ts'), { configFile: false, logLevel: 'warn' })
const fixture = (name) => join(root, 'test', 'fixtures', name)
const cpu = fixture('go1.27/map/cpu.pb.gz')
const heap = fixture('go1.27/map/heap.pb.gz')
const server = await module.serve({ app: join(root, 'dist', 'app'), files: [], port: 0 })
const browser = await chromium.launch(launchOptions())
const folder = join(root, 'docs', 'screenshots')
mkdirSync(folder, { recursive: true })

const captured = fixture('captures/map-heap-5.pb.gz')
const small = { width: 1200, height: 760 }

/** @typedef {import('playwright').Page} Page */

/** @param {Page} page @param {string} tab */
const inspect = (page, tab) =>
  page.getByRole('navigation', { name: 'Inspector' }).getByRole('button', { name: tab }).click()

/** @type {Record<string, { scheme?: 'dark', width?: number, height?: number, scale?: number, locale?: string, files: string[], act?: (page: Page) => Promise<void> }>} */
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
  // The main job in three steps: what is hot, who causes it, the line.
  'job-1': { ...small, files: [captured] },
  'job-2': {
    ...small,
    files: [captured],
    act: async (page) => {
      await page
        .getByRole('treeitem', { name: /^main\.takeMap/ })
        .first()
        .click()
      await inspect(page, 'Function')
      await page.getByRole('tree', { name: 'Callees' }).waitFor()
    },
  },
  'job-3': {
    ...small,
    files: [captured],
    act: async (page) => {
      await page
        .getByRole('button', { name: /^event\.go:/ })
        .first()
        .click()
      await page.getByRole('button', { name: 'Wider' }).click()
      await page.getByLabel('Add folder…').setInputFiles(fixture('../../examples/ingest'))
      await page.getByText('json.Unmarshal').first().waitFor()
    },
  },
  palette: {
    ...small,
    files: [cpu],
    act: async (page) => {
      await page.keyboard.press('Control+k')
      await page.keyboard.type('json')
      await page.getByRole('dialog').getByRole('option').first().waitFor()
    },
  },
  'bottom-up': {
    files: [cpu],
    act: async (page) => {
      await page.getByRole('button', { name: 'Table', exact: true }).click()
      await page.getByRole('radio', { name: 'Bottom-up' }).click()
      await page.getByRole('button', { name: 'Open the heaviest path' }).click()
    },
  },
  benchmarks: {
    width: 1200,
    height: 900,
    files: [fixture('bench/decode-go1.19.txt'), fixture('bench/decode-go1.27.txt')],
  },
  compare: {
    files: [fixture('go1.22/map/cpu.pb.gz'), cpu],
    scheme: 'dark',
    act: (page) => compare(page, 'Compare'),
  },
  changes: {
    files: ['Map', 'Struct', 'RawMessage', 'Generic'].map((name) => fixture(`bench/mem-${name}-1.27.pb.gz`)),
    act: async (page) => {
      await compare(page, 'Compare', 4)
      await page.getByRole('button', { name: 'Changes', exact: true }).click()
    },
  },
  'over-time': {
    files: [0, 1, 2, 3].map((n) => fixture(`go1.27/map/heap-${n}.pb.gz`)),
    act: async (page) => {
      await compare(page, 'Compare', 4)
      await page.getByRole('button', { name: 'Over time', exact: true }).click()
      await page.getByRole('figure', { name: 'Over time' }).waitFor()
    },
  },
  story: {
    height: 1300,
    files: [],
    act: async (page) => {
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'run.zip', mimeType: 'application/zip', buffer: wholeRun() })
      await page.locator('[data-rule]').first().waitFor()
    },
  },
  timeline: {
    scheme: 'dark',
    files: [fixture('go1.27/map/trace.out')],
    act: async (page) => {
      const held = page.getByRole('region', { name: 'Held up by pauses and by the collector' })
      await held.getByRole('button').first().click()
      await page.getByRole('region', { name: 'Selected interval' }).waitFor()
    },
  },
  crash: { files: [fixture('traces/mapwrites-go1.27.txt')] },
  narrow: { files: [heap], width: 390, height: 844 },
  gc: { files: [fixture('logs/gctrace-memlimit-mixed-1.27.log')], width: 1200, height: 1000, scale: 1 },
  memory: {
    files: [fixture('go1.27/map/memstats.jsonl')],
    width: 1200,
    height: 1000,
    scale: 1,
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Limit' }).fill('700MiB')
      await page.keyboard.press('Enter')
    },
  },
}

/** Everything that was captured of one run, as a zip. */
function wholeRun() {
  const names = ['heap-0', 'heap-1', 'heap-2', 'heap-3', 'heap', 'cpu', 'allocs', 'mutex', 'goroutine'].map(
    (n) => `${n}.pb.gz`,
  )
  const paths = [...names, 'gctrace.log', 'memstats.jsonl'].map((name) => fixture(`go1.27/map/${name}`))
  return zipOf([...paths, fixture('escape/escape-m2-1.27.txt')])
}

/** @param {string[]} all */
function zipOf(all) {
  return Buffer.from(
    zipSync(Object.fromEntries(all.map((path) => [basename(path), new Uint8Array(readFileSync(path))]))),
  )
}

/**
 * @param {Page} page
 * @param {string} word
 * @param {number} count
 */
async function compare(page, word, count = 2) {
  // All files first: those that are still being read would be left out.
  await page.waitForFunction((count) => document.querySelectorAll('.profiles > li').length === count, count)
  await page.getByRole('banner').getByRole('button', { name: word, exact: true }).click()
  await page.locator('[role=radiogroup]').first().waitFor()
}

// The guide's, in each of its languages and small enough to keep in the repository.
const ingest = (name) => fixture(`labelled/ingest/${name}.pb.gz`)
const languages = { en: 'en-US', zh: 'zh-CN' }
for (const [language, locale] of Object.entries(languages)) {
  const guide = (name, file, act) => {
    pictures[`guide-${name}.${language}`] = { files: [file], width: 1200, height: 600, scale: 1, locale, act }
  }
  guide('heap-map', ingest('map.heap'), (page) => page.locator('.zone-open').first().click())
  guide('heap-struct', ingest('struct.heap'))
  guide('cpu-map', ingest('map.cpu'), (page) => page.locator('.answer > summary').nth(1).click())
  pictures[`guide-diff.${language}`] = {
    ...{ files: [ingest('map.heap'), ingest('struct.heap')], width: 1200, height: 600, scale: 1, locale },
    act: (page) => compare(page, language === 'zh' ? '比较' : 'Compare'),
  }
  pictures[`guide-story.${language}`] = {
    ...{ files: [], width: 1200, height: 900, scale: 1, locale },
    act: async (page) => {
      const buffer = zipOf(readdirSync(fixture('captures')).map((name) => fixture(`captures/${name}`)))
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'captures.zip', mimeType: 'application/zip', buffer })
      await page.locator('[data-rule]').first().waitFor()
    },
  }
  guide('pair', heap, async (page) => {
    await page.locator('.answer > summary').last().click()
    await page.locator('.answer[open] .blame button').first().click()
  })
}

const wanted = process.argv.slice(2)
for (const [name, picture] of Object.entries(pictures)) {
  if (wanted.length > 0 && !wanted.some((w) => name.startsWith(w))) continue
  const { scheme, width = 1400, height = 900, scale = 2, locale = 'en-US', files, act } = picture
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    colorScheme: scheme ?? 'light',
    locale,
    timezoneId: 'UTC',
  })
  const page = await context.newPage()
  await page.goto(server.url)
  if (files.length > 0) {
    await page.locator('input[type=file]').setInputFiles(files)
    await page.waitForFunction(
      () =>
        ['first-flame', 'first-lanes'].some((mark) => performance.getEntriesByName(mark).length > 0) ||
        document.querySelector('main table') !== null,
    )
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
