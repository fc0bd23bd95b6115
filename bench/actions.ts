/**
 * How long an action takes in the page: from the event that a person makes to the frame that shows its answer. Each
 * action is made by key or pointer as a person makes it; the clock is the page's own.
 */
import type { Page } from 'playwright'

/** Milliseconds by action, in the order in which they are made. */
export type ActionTimes = Record<string, number>

interface Action {
  name: string
  /** The engine's call whose answer is shown, and where: a graph draws a frame, a table is laid out by the page. */
  call: 'tree' | 'search' | 'matches' | 'top' | 'graph'
  in: 'graph' | 'page'
  /** Makes the event that counts as the beginning last. */
  act(page: Page): Promise<void>
  /** Takes it back. */
  undo?(page: Page): Promise<void>
}

const tab = (page: Page, name: string) => page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name })

const filter = (kind: string, pattern: string) => async (page: Page) => {
  await page.getByRole('button', { name: 'Add filter' }).click()
  const form = page.getByRole('form', { name: 'Add a filter' })
  await form.getByRole('combobox', { name: 'Kind of filter' }).selectOption({ label: kind })
  await form.getByRole('combobox', { name: 'Pattern' }).fill(pattern)
  await form.getByRole('combobox', { name: 'Pattern' }).press('Enter')
}

const granularity = (name: string) => async (page: Page) => {
  await page.getByRole('button', { name: 'View options' }).click()
  await page.getByRole('menuitemradio', { name, exact: true }).click()
}

const sampleType = (nth: number) => async (page: Page) => {
  await page.getByRole('radiogroup', { name: 'Sample type' }).locator('label').nth(nth).click()
}

const search = (text: string) => (page: Page) => page.getByRole('searchbox', { name: 'Search frames' }).fill(text)
const back = (page: Page) => page.keyboard.press('Control+z')

const actions: readonly Action[] = [
  { name: 'focus', call: 'tree', in: 'graph', act: filter('Focus', 'encoding/json'), undo: back },
  { name: 'hide', call: 'tree', in: 'graph', act: filter('Hide', '^net/http'), undo: back },
  { name: 'by lines', call: 'tree', in: 'graph', act: granularity('Lines'), undo: granularity('Functions') },
  { name: 'by packages', call: 'tree', in: 'graph', act: granularity('Packages'), undo: granularity('Functions') },
  { name: 'sample type', call: 'tree', in: 'graph', act: sampleType(1), undo: sampleType(3) },
  { name: 'search, share', call: 'search', in: 'page', act: search('mapassign'), undo: search('') },
  { name: 'search, all boxes', call: 'matches', in: 'page', act: search('Decoder'), undo: search('') },
  { name: 'table', call: 'top', in: 'page', act: (page) => tab(page, 'Table').click() },
  {
    name: 'table, sorted',
    call: 'top',
    in: 'page',
    act: (page) => page.getByRole('columnheader', { name: 'Total (cum)' }).click(),
  },
  { name: 'call graph', call: 'graph', in: 'page', act: (page) => tab(page, 'Graph').click() },
  {
    name: 'bottom-up',
    call: 'tree',
    in: 'graph',
    act: async (page) => {
      await tab(page, 'Flame').click()
      await settle(page)
      await page.evaluate(() => window.hotzoneAnswers.splice(0))
      await page.getByRole('radio', { name: 'Bottom-up' }).click()
    },
    undo: (page) => page.getByRole('radio', { name: 'Top-down' }).click(),
  },
  {
    name: 'grouped by label',
    call: 'tree',
    in: 'graph',
    act: async (page) => {
      await tab(page, 'Labels').click()
      await page.getByRole('button', { name: 'Group at the root', exact: true }).first().click()
      await settle(page)
      await page.keyboard.press('Control+z')
      await settle(page)
      await tab(page, 'Flame').click()
      await settle(page)
      // What was answered on the way here is not of the step that counts.
      await page.evaluate(() => window.hotzoneAnswers.splice(0))
      await page.keyboard.press('Control+Shift+z')
    },
  },
]

export const actionNames = actions.map(({ name }) => name)

/** Files whose sample types, labels and names the actions know. */
export const hasActions = (file: string) => /^(M|L|XL)$/.test(file)

/** The page must have been opened after `watchAnswers`. */
export async function timeActions(page: Page): Promise<ActionTimes> {
  const times: ActionTimes = {}
  await search('')(page)
  await settle(page)
  for (const action of actions) {
    await page.evaluate(() => window.hotzoneAnswers.splice(0))
    await action.act(page)
    times[action.name] = await shown(page, action)
    await settle(page)
    await action.undo?.(page)
    await settle(page)
  }
  return times
}

interface Answered {
  call: string
  /** The last event before it was asked, when it was answered, and when the first frame of the graph behind that ended. */
  began: number
  at: number
  drawn: number
}

declare global {
  interface Window {
    hotzoneAnswers: Answered[]
  }
}

/** Runs in the page before its own scripts: notes what engines answer, and when. */
export function watchAnswers(): void {
  const answers: Answered[] = []
  window.hotzoneAnswers = answers
  let last = 0
  for (const type of ['keydown', 'click', 'input']) {
    addEventListener(
      type,
      (event) => {
        last = event.timeStamp
      },
      { capture: true },
    )
  }
  window.Worker = class extends Worker {
    private readonly asked = new Map<number, { call: string; began: number }>()

    constructor(address: string | URL, options?: WorkerOptions) {
      super(address, options)
      this.addEventListener('message', ({ data }) => {
        const question = this.asked.get(data.id)
        if (!question || !data.ok) return
        this.asked.delete(data.id)
        answers.push({ ...question, at: performance.now(), drawn: 0 })
      })
    }

    override postMessage(
      message: { id?: number; call?: string },
      transfer?: Transferable[] & StructuredSerializeOptions,
    ) {
      if (message.id !== undefined && message.call) this.asked.set(message.id, { call: message.call, began: last })
      super.postMessage(message, transfer)
    }
  }
  new PerformanceObserver((list) => {
    for (const { name, startTime, duration } of list.getEntries()) {
      if (name !== 'frame') continue
      for (const answer of answers)
        if (answer.drawn === 0 && startTime >= answer.at) answer.drawn = startTime + duration
    }
  }).observe({ type: 'measure' })
}

/** Milliseconds until the browser has the frame with the answer. */
async function shown(page: Page, { call, in: where }: Action): Promise<number> {
  return page.evaluate(
    ([wanted, graph]) =>
      new Promise<number>((resolve, reject) => {
        const begun = performance.now()
        const look = () => {
          if (performance.now() - begun > 60_000) return reject(new Error(`nothing was shown of ${wanted}`))
          const answer = window.hotzoneAnswers.find((a) => a.call === wanted && (!graph || a.drawn > 0))
          if (!answer) return void requestAnimationFrame(look)
          // The page lays a table out before the next frame; a graph was drawn in one that has begun.
          requestAnimationFrame(() => resolve((graph ? answer.drawn : performance.now()) - answer.began))
        }
        look()
      }),
    [call, where === 'graph'] as const,
  )
}

async function settle(page: Page): Promise<void> {
  // Answers that come after the first one (zones, sums, finer boxes) are not of the next action.
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let seen = -1
        const look = () => {
          if (window.hotzoneAnswers.length === seen) return resolve()
          seen = window.hotzoneAnswers.length
          setTimeout(look, 1200)
        }
        look()
      }),
  )
}
