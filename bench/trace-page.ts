/** An execution trace in the page: until its lanes are there, until its answers are, frames while it is zoomed and moved, and from a range to its flame graph. */
import type { Browser, Page } from 'playwright'
import { during, type Spread, settle, wheel } from './measure.ts'
import { MemoryWatch } from './memory.ts'

/** Milliseconds, and bytes of private memory. */
export interface TraceVisit {
  lanes: number
  answers: number
  frame: Spread | null
  rangeToFlame: number
  memory: number | null
}

/** roots: the browser's processes. Only time on the page's own clock counts. */
export async function traceVisit(
  browser: Browser,
  roots: ReadonlySet<number>,
  url: string,
  file: string,
  timeout: number,
): Promise<TraceVisit> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(timeout)
    await page.addInitScript(record)
    await page.goto(url)
    await settle(page)
    const memory = new MemoryWatch(roots)
    await page.locator('input[type=file]').setInputFiles(file)
    const lanes = await sinceGiven(page, 'first-lanes')
    await page.getByRole('region', { name: 'What held things up', exact: true }).getByRole('button').first().waitFor()
    const answers = await page.evaluate(() => performance.now() - window.traceGiven)
    const peak = memory.stop()
    await settle(page)
    const frame = await during(page, 'frame', () => zoomAndPan(page))
    await page.getByRole('application').press('0')
    await settle(page)
    return { lanes, answers, frame, rangeToFlame: await rangeToFlame(page), memory: peak }
  } finally {
    await context.close()
  }
}

declare global {
  interface Window {
    traceGiven: number
  }
}

/** Runs in the page before its own scripts. */
function record(): void {
  window.hotzoneBench = { measures: [], longTasks: [], stages: {} }
  addEventListener(
    'change',
    () => {
      window.traceGiven = performance.now()
    },
    { capture: true, once: true },
  )
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) window.hotzoneBench.measures.push({ name, duration })
  }).observe({ type: 'measure', buffered: true })
}

async function sinceGiven(page: Page, mark: string): Promise<number> {
  await page.waitForFunction((name) => performance.getEntriesByName(name, 'mark').length > 0, mark)
  return page.evaluate(
    (name) => (performance.getEntriesByName(name, 'mark').at(-1)?.startTime ?? 0) - window.traceGiven,
    mark,
  )
}

const lanesOf = async (page: Page) => {
  const box = await page.getByRole('application').boundingBox()
  if (!box) throw new Error('there are no lanes')
  return box
}

/** In, some way to both sides, and out again, at three places. */
async function zoomAndPan(page: Page): Promise<void> {
  const { x, y, width } = await lanesOf(page)
  for (const share of [0.2, 0.5, 0.8]) {
    await page.mouse.move(x + share * width, Math.max(y, 0) + 260)
    for (let i = 0; i < 15; i++) await wheel(page, -60)
    for (let i = 0; i < 20; i++) await page.mouse.wheel(40 * Math.sin(i / 3), 0)
    for (let i = 0; i < 15; i++) await wheel(page, 60)
  }
}

/** A tenth of the time is chosen on the axis; from the press that asks for its flame graph to the frame with it. */
async function rangeToFlame(page: Page): Promise<number> {
  const { x, width } = await lanesOf(page)
  const axis = await page.getByRole('figure', { name: 'Timeline' }).boundingBox()
  if (!axis) throw new Error('there is no timeline')
  const at = axis.y + 46
  await page.mouse.move(x + width * 0.45, at)
  await page.mouse.down()
  await page.mouse.move(x + width * 0.5, at)
  await page.mouse.move(x + width * 0.55, at)
  await page.mouse.up()
  const button = page.getByRole('button', { name: 'Flame graph of it' })
  await button.waitFor()
  const began = await page.evaluate(() => performance.now())
  await button.click()
  await page.getByRole('tree', { name: 'Flame graph' }).getByRole('treeitem').first().waitFor()
  return (await page.evaluate(() => performance.now())) - began
}
