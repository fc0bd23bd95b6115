/**
 * What every journey needs: the app's address, a page that fails the test on any error or foreign request, and the
 * gestures of opening a profile.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { type BrowserContext, test as base, expect, type Locator, type Page } from '@playwright/test'

export type { Locator, Page }
export { expect }

/** Address of the built app, with a slash at the end. */
export function appUrl(): string {
  const url = process.env.HOTZONE_APP_URL
  if (!url) throw new Error('the app is not being served')
  return url
}

/** What a page must never do. Filled by `watch`, looked at when the test ends. */
type Complaints = string[]

interface Fixtures {
  complaints: Complaints
  /** A new browser profile with its own storage: another person, or this one after clearing everything. */
  freshPage: () => Promise<Page>
  /** Allows complaints that match, for the journeys that provoke them (e.g. an address that answers 404). */
  allow: (pattern: RegExp) => void
}

export const test = base.extend<Fixtures & { allowed: RegExp[] }>({
  allowed: async ({ browserName: _ }, use) => {
    await use([])
  },
  complaints: async ({ context, allowed }, use) => {
    const complaints: Complaints = []
    watch(context, complaints)
    await use(complaints)
    expect(complaints.filter((text) => !allowed.some((pattern) => pattern.test(text)))).toEqual([])
  },
  allow: async ({ allowed }, use) => {
    await use((pattern) => {
      allowed.push(pattern)
    })
  },
  page: async ({ page, complaints: _ }, use) => {
    await use(page)
  },
  freshPage: async ({ browser, complaints, contextOptions }, use) => {
    const contexts: BrowserContext[] = []
    await use(async () => {
      const context = await browser.newContext(contextOptions)
      contexts.push(context)
      watch(context, complaints)
      return context.newPage()
    })
    for (const context of contexts) await context.close()
  },
})

function watch(context: BrowserContext, complaints: Complaints): void {
  const home = new URL(appUrl()).host
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console error: ${message.text()}`)
  })
  context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().stack ?? error.error().message}`))
  context.on('request', (request) => {
    const url = new URL(request.url())
    if (/^https?:$/.test(url.protocol) && url.host !== home) complaints.push(`request to another host: ${url}`)
  })
}

/** Opens the app; `query` is what follows the slash, e.g. `?p=…#v=1`. */
export async function openApp(page: Page, query = ''): Promise<void> {
  await page.goto(appUrl() + query)
}

interface DroppedFile {
  name: string
  base64: string
}

function readFiles(paths: readonly string[]): DroppedFile[] {
  return paths.map((path) => ({ name: basename(path), base64: readFileSync(path).toString('base64') }))
}

/** Lets a DataTransfer with the files fall on the page, with the events a browser sends. */
export async function dropFiles(page: Page, paths: readonly string[]): Promise<void> {
  await page.evaluate((files) => {
    const transfer = new DataTransfer()
    for (const { name, base64 } of files) {
      transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name))
    }
    const at = { bubbles: true, cancelable: true, clientX: innerWidth / 2, clientY: innerHeight / 2 }
    const target = document.elementFromPoint(at.clientX, at.clientY) ?? document.body
    for (const type of ['dragenter', 'dragover', 'drop']) {
      target.dispatchEvent(new DragEvent(type, { ...at, dataTransfer: transfer }))
    }
  }, readFiles(paths))
}

/** Hands files to the page's one file input, as the file button does. */
export async function chooseFiles(page: Page, paths: readonly string[]): Promise<void> {
  await page.locator('input[type=file]').setInputFiles([...paths])
}

/** Pastes files, as copying them in a file manager and pressing Ctrl+V does. */
export async function pasteFiles(page: Page, paths: readonly string[]): Promise<void> {
  await page.evaluate((files) => {
    const clipboardData = new DataTransfer()
    for (const { name, base64 } of files) {
      clipboardData.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name))
    }
    const target = document.activeElement ?? document.body
    target.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }))
  }, readFiles(paths))
}

/** The number of profiles whose first flame graph has been on screen since the page was loaded. */
export function flameCount(page: Page): Promise<number> {
  return page.evaluate(() => performance.getEntriesByName('first-flame').length)
}

/** Waits until the flame graph of the `count`-th profile opened on this page has been drawn, and a reload would bring it back. */
export async function waitForFlame(page: Page, count = 1): Promise<void> {
  await page.waitForFunction(
    (n) => ['first-flame', 'remembered'].every((mark) => performance.getEntriesByName(mark).length >= n),
    count,
  )
}

/** Opens files by drop and waits for their first flame graph. */
export async function openFiles(page: Page, ...paths: string[]): Promise<void> {
  const before = await flameCount(page)
  await dropFiles(page, paths)
  await waitForFlame(page, before + 1)
}

/** The tab of a view; see src/ui/views. */
export function tab(page: Page, name: string): Locator {
  return page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name, exact: true })
}

/** The button that offers to compare what is open; it shows how many there are where those are more than two. */
export const compareOffer = (page: Page): Locator =>
  page.getByRole('banner').getByRole('button', { name: /^(Compare|比较)( \d+)?$/ })

/** The accessible tree that goes with the graph. */
export function flameTree(page: Page): Locator {
  return page.getByRole('tree', { name: 'Flame graph' })
}

/** The tree items whose names begin with this function name. */
export function treeItem(page: Page, name: string): Locator {
  const start = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return flameTree(page).getByRole('treeitem', { name: new RegExp(`^${start}(?![\\w.])`) })
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Serious and critical accessibility violations of what is on screen, one line each. */
export async function axe(page: Page): Promise<string[]> {
  // What answers an earlier question is faded until the next answer is there, and other things fade in and out.
  await expect(page.locator('[class*="stale"], [data-stale="true"]')).toHaveCount(0)
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter((a) => a.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })
  // Evaluated through the debugger, which the page's Content-Security-Policy does not stop.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource)
  return page.evaluate(async () => {
    interface Found {
      violations: { id: string; impact: string; help: string; nodes: { target: string[]; failureSummary?: string }[] }[]
    }
    interface Axe {
      _audit: { rules: { id: string; impact: string }[] }
      run(options: object): Promise<Found>
    }
    const { axe } = globalThis as unknown as { axe: Axe }
    // What a rule finds has the impact of the rule, so those that find less than what is asked for need not run.
    const lesser = axe._audit.rules.filter(({ impact }) => impact === 'minor' || impact === 'moderate')
    const rules = Object.fromEntries(lesser.map(({ id }) => [id, { enabled: false }]))
    const { violations } = await axe.run({ rules, resultTypes: ['violations'] })
    return violations
      .filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .flatMap((v) =>
        v.nodes.map((n) => `${v.impact} ${v.id}: ${v.help} (${n.target.join(' ')}) ${n.failureSummary ?? ''}`),
      )
  })
}
