/** One visit: opens a file in a fresh page and takes what the browser's own clock says. */
import type { Browser, Page } from 'playwright'
import { type ActionTimes, hasActions, timeActions, watchAnswers } from './actions.ts'
import type { BenchFile } from './files.ts'
import { MemoryWatch } from './memory.ts'
import type { Subject } from './subjects.ts'

/** Milliseconds. */
export interface Spread {
  count: number
  median: number
  p95: number
  max: number
}

export interface Visit {
  /** Milliseconds from handing over the file to the picture; null where the server has the file. */
  firstPicture: number | null
  /** Milliseconds from the beginning of the navigation to the picture; null where the page takes the file. */
  fromNavigation: number | null
  /** The same to the picture that answers the reader; null where nothing tells. */
  toAnswering: number | null
  /** Milliseconds by stage, where the app says. */
  stages: Record<string, number>
  /** Tasks over 50 ms on the page's thread until the picture: how many, and the longest. */
  longTasks: number
  longestTask: number
  /** Private bytes of the browser's whole process tree at its highest. */
  memory: number | null
  frame: Spread | null
  hover: Spread | null
  /** The frames of `frame` with the table of functions beside the graph. */
  frameBesideTable: Spread | null
  /** From one frame to the next while the table of functions is scrolled; 16.7 are sixty a second. */
  scroll: Spread | null
  /** Milliseconds from the last keystroke to the announced result. */
  search: number | null
  actions: ActionTimes | null
}

interface Recorded {
  measures: { name: string; duration: number }[]
  longTasks: { startTime: number; duration: number }[]
  /** When each stage was first heard of: the engine's own, then 'draw' when the page has its answer. */
  stages: Record<string, number>
}

declare global {
  interface Window {
    hotzoneBench: Recorded
  }
}

export const stageNames = ['read', 'decode', 'index', 'tree', 'draw'] as const

/** Nobody finds the file, picks it up and drops it in less: until then every page can make itself ready. */
const BEFORE_THE_FILE_MS = 1500

/** Shows the file once in a fresh context; in the app also zooms, pans, hovers, searches and acts. */
export async function visit(
  browser: Browser,
  roots: ReadonlySet<number>,
  subject: Subject,
  url: string,
  file: BenchFile,
  { timeout, act }: { timeout: number; act: boolean },
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(timeout)
    await page.addInitScript(record)
    if (subject.instrumented) await page.addInitScript(watchAnswers)
    if (subject.beforePage) await page.addInitScript(subject.beforePage)
    const memory = new MemoryWatch(roots)
    let pictured: number
    try {
      await page.goto(url, { waitUntil: subject.takesFile ? 'load' : 'commit' })
      if (subject.takesFile) {
        await page.waitForTimeout(BEFORE_THE_FILE_MS)
        await page.locator('input[type=file]').setInputFiles(file.path)
      }
      pictured = await withTimeout(subject.pictured(page), timeout)
    } finally {
      memory.stop()
    }
    const peak = memory.stop()
    await settle(page)
    const opened = await page.evaluate(() => window.hotzoneBench)
    const [start, answering] = await page.evaluate(() =>
      ['bench-open', 'first-flame'].map((name) => performance.getEntriesByName(name, 'mark')[0]?.startTime ?? 0),
    )
    const tasks = opened.longTasks.filter((t) => t.startTime + t.duration >= start && t.startTime < pictured)
    const result: Visit = {
      firstPicture: subject.takesFile ? pictured - start : null,
      fromNavigation: subject.takesFile ? null : pictured,
      toAnswering: subject.takesFile || answering === 0 ? null : answering,
      stages: durations(opened.stages, answering || pictured),
      longTasks: tasks.length,
      longestTask: Math.max(0, ...tasks.map(({ duration }) => duration)),
      memory: peak,
      frame: null,
      hover: null,
      frameBesideTable: null,
      scroll: null,
      search: null,
      actions: null,
    }
    if (subject.instrumented) {
      result.frame = await during(page, 'frame', () => zoomAndPan(page))
      result.hover = await during(page, 'hover', () => hover(page))
      result.search = await search(page, 'mapassign')
      if (act) {
        // First: what the table beside asks is kept, and an action that asks nothing has no answer to wait for.
        if (hasActions(file.name)) result.actions = await timeActions(page)
        await page.getByRole('button', { name: 'Show table' }).click()
        await settle(page)
        result.frameBesideTable = await during(page, 'frame', () => zoomAndPan(page))
        await page.getByRole('button', { name: 'Show table' }).click()
        // The table's answer is kept.
        result.scroll = await scrollTable(page)
      }
    }
    return result
  } finally {
    await context.close()
  }
}

/** From the moments at which stages began to how long each lasted; the last one ends with the picture. */
function durations(began: Record<string, number>, pictured: number): Record<string, number> {
  const present = stageNames.filter((name) => began[name] !== undefined)
  const moments = [...present.map((name) => began[name] as number), pictured]
  return Object.fromEntries(present.map((name, i) => [name, (moments[i + 1] as number) - (moments[i] as number)]))
}

/** Runs in the page before its own scripts. */
function record(): void {
  const recorded: Recorded = { measures: [], longTasks: [], stages: {} }
  window.hotzoneBench = recorded
  addEventListener('change', () => performance.mark('bench-open'), { capture: true, once: true })
  // The engine says what it is at, at most every 50 ms; its answers say the rest.
  const heard = (stage: string) => {
    recorded.stages[stage] ??= performance.now()
  }
  window.Worker = class extends Worker {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(address, options)
      this.addEventListener('message', ({ data }) => {
        if (data.progress) heard(data.progress.stage === 'draw' ? 'tree' : data.progress.stage)
        else if (data.ok && data.value?.info) heard('draw')
      })
    }
  }
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) recorded.measures.push({ name, duration })
  }).observe({ type: 'measure', buffered: true })
  new PerformanceObserver((list) => {
    for (const { duration, startTime } of list.getEntries()) recorded.longTasks.push({ startTime, duration })
  }).observe({ type: 'longtask', buffered: true })
}

/** Durations of the app's own measures of this name while something is done. */
export async function during(page: Page, name: string, action: () => Promise<void>): Promise<Spread | null> {
  await page.evaluate(() => {
    window.hotzoneBench.measures.length = 0
  })
  await action()
  await settle(page)
  const durations = await page.evaluate(
    (wanted) => window.hotzoneBench.measures.filter((entry) => entry.name === wanted).map((entry) => entry.duration),
    name,
  )
  return durations.length > 0 ? spread(durations) : null
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
  return { count: sorted.length, median: at(0.5), p95: at(0.95), max: at(1) }
}

async function middleOfGraph(page: Page): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await page.locator('canvas').first().boundingBox()
  if (!box) throw new Error('there is no canvas')
  const height = Math.min(box.height, 880 - box.y)
  return { x: box.x + box.width / 2, y: box.y + height / 2, width: box.width, height }
}

/** At three places: in, some way left and right, and out again, so that frames are crowded and sparse. */
async function zoomAndPan(page: Page): Promise<void> {
  const { x, y, width } = await middleOfGraph(page)
  for (const share of [-0.35, 0, 0.3]) {
    const at = x + share * width
    await page.mouse.move(at, y)
    for (let i = 0; i < 12; i++) await wheel(page, -60)
    await page.mouse.down()
    for (let i = 1; i <= 30; i++) {
      await page.mouse.move(at + (width / 8) * Math.sin(i / 5), y)
      await nextFrame(page)
    }
    await page.mouse.up()
    for (let i = 0; i < 12; i++) await wheel(page, 60)
  }
}

export async function wheel(page: Page, delta: number): Promise<void> {
  // With Control held the wheel zooms everywhere, as a pinch does.
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, delta)
  await page.keyboard.up('Control')
  await nextFrame(page)
}

async function hover(page: Page): Promise<void> {
  const { x, y, width, height } = await middleOfGraph(page)
  for (let i = 0; i < 100; i++) {
    await page.mouse.move(x + (width / 2.2) * Math.sin(i / 9), y + (height / 2.2) * Math.cos(i / 7))
    await nextFrame(page)
  }
}

/** A fifth of a screen a frame, down the table of functions; then back to the graph. */
async function scrollTable(page: Page): Promise<Spread> {
  const tab = (name: string) => page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name })
  await tab('Table').click()
  await page.getByRole('grid').first().waitFor()
  await settle(page)
  const intervals = await page.evaluate(async () => {
    const scrolls = (element: Element | null): Element | null =>
      !element || element.scrollHeight > element.clientHeight + 1000 ? element : scrolls(element.parentElement)
    const rows = scrolls(document.querySelector('[role=grid]'))
    if (!rows) return []
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
    const times: number[] = []
    let last = await frame()
    for (let i = 0; i < 180; i++) {
      rows.scrollTop += rows.clientHeight / 5
      const now = await frame()
      times.push(now - last)
      last = now
    }
    return times
  })
  await tab('Flame').click()
  await settle(page)
  return spread(intervals)
}

/** From the input event to the frame in which another status is announced. */
async function search(page: Page, text: string): Promise<number> {
  await page.getByRole('searchbox', { name: 'Search frames' }).focus()
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve, reject) => {
        const box = document.activeElement
        if (!(box instanceof HTMLInputElement)) return reject(new Error('the search box does not take the focus'))
        const said = () => [...document.querySelectorAll('[role=status], output')].map((e) => e.textContent).join(' ')
        const before = said()
        // React listens to the prototype's setter, not to the element's own.
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(box, wanted)
        const start = performance.now()
        box.dispatchEvent(new Event('input', { bubbles: true }))
        const look = () => {
          const now = said()
          if (now !== before && /\d/.test(now)) resolve(performance.now() - start)
          else requestAnimationFrame(look)
        }
        look()
      }),
    text,
  )
}

function nextFrame(page: Page): Promise<void> {
  return page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => resolve())))
}

export async function settle(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)))
}

async function withTimeout<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no picture after ${milliseconds / 1000} s`)), milliseconds)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
