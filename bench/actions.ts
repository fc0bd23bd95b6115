/**
 * How long an action takes in the page: from the event that a person makes to the frame that shows its answer. Each
 * action is made by key or pointer as a person makes it; the clock is the page's own.
 */
import type { Page } from 'playwright'

/** Milliseconds by action, in the order in which they are made. */
export type ActionTimes = Record<string, number>

interface Action {
  name: string
  /** What shows the answer: the flame graph with a frame of another tree, the call graph with boxes, or the page, which lays out what the engine says. */
  shows: 'picture' | 'search' | 'matches' | 'top' | 'graph'
  /** Makes the event that counts as the beginning last. */
  act(page: Page): Promise<void>
  /** Takes it back. */
  undo?(page: Page): Promise<void>
  /** The name under which that is timed too. */
  undone?: string
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
  { name: 'focus', shows: 'picture', act: filter('Focus', 'encoding/json'), undo: back, undone: 'undo' },
  { name: 'hide', shows: 'picture', act: filter('Hide', '^net/http'), undo: back },
  { name: 'by lines', shows: 'picture', act: granularity('Lines'), undo: granularity('Functions') },
  { name: 'by packages', shows: 'picture', act: granularity('Packages'), undo: granularity('Functions') },
  { name: 'sample type', shows: 'picture', act: sampleType(1), undo: sampleType(3) },
  { name: 'search, share', shows: 'search', act: search('mapassign'), undo: search('') },
  { name: 'search, all boxes', shows: 'matches', act: search('Decoder'), undo: search('') },
  { name: 'table', shows: 'top', act: (page) => tab(page, 'Table').click() },
  {
    name: 'table, sorted',
    shows: 'top',
    act: (page) => page.getByRole('columnheader', { name: 'Total (cum)' }).click(),
  },
  { name: 'call graph', shows: 'graph', act: (page) => tab(page, 'Graph').click() },
  {
    name: 'bottom-up',
    shows: 'picture',
    act: async (page) => {
      await tab(page, 'Flame').click()
      await settle(page)
      await begin(page)
      await page.getByRole('radio', { name: 'Bottom-up' }).click()
    },
    undo: (page) => page.getByRole('radio', { name: 'Top-down' }).click(),
  },
  {
    name: 'grouped by label',
    shows: 'picture',
    act: async (page) => {
      await tab(page, 'Labels').click()
      await page.getByRole('button', { name: 'Group at the root', exact: true }).first().click()
      await settle(page)
      await page.keyboard.press('Control+z')
      await settle(page)
      await tab(page, 'Flame').click()
      await settle(page)
      // What was answered on the way here is not of the step that counts.
      await begin(page)
      await page.keyboard.press('Control+Shift+z')
    },
  },
]

export const actionNames = actions.flatMap(({ name, undone }) => [name, undone ?? []].flat())

/** Files whose sample types, labels and names the actions know. */
export const hasActions = (file: string) => /^(M|L|XL)$/.test(file)

/** The page must have been opened after `watchAnswers`. */
export async function timeActions(page: Page): Promise<ActionTimes> {
  const times: ActionTimes = {}
  await search('')(page)
  await settle(page)
  for (const action of actions) {
    await begin(page)
    await action.act(page)
    times[action.name] = await shown(page, action)
    await settle(page)
    await begin(page)
    await action.undo?.(page)
    if (action.undone) times[action.undone] = await shown(page, action)
    await settle(page)
  }
  return times
}

interface Answered {
  call: string
  /** The last event before it was asked. */
  began: number
}

interface Watched {
  answers: Answered[]
  /** When the reader did something last. */
  event: number
  /** How many trees the graph had drawn when the action began, and has drawn. */
  from: number
  pictures: number
  /** When the first frame of a tree that was not there when the action began ended; 0 = not yet. */
  drawn: number
}

declare global {
  interface Window {
    hotzoneSteps: Watched
  }
}

/** Runs in the page before its own scripts: notes what engines answer and what the graph draws, and when. */
export function watchAnswers(): void {
  const steps: Watched = { answers: [], event: 0, from: 0, pictures: 0, drawn: 0 }
  window.hotzoneSteps = steps
  for (const type of ['keydown', 'click', 'input']) {
    addEventListener(
      type,
      (event) => {
        steps.event = event.timeStamp
      },
      { capture: true },
    )
  }
  window.Worker = class extends Worker {
    private readonly asked = new Map<number, Answered>()

    constructor(address: string | URL, options?: WorkerOptions) {
      super(address, options)
      this.addEventListener('message', ({ data }) => {
        const question = this.asked.get(data.id)
        if (!question || !data.ok) return
        this.asked.delete(data.id)
        steps.answers.push(question)
      })
    }

    override postMessage(
      message: { id?: number; call?: string },
      transfer?: Transferable[] & StructuredSerializeOptions,
    ) {
      if (message.id !== undefined && message.call) {
        this.asked.set(message.id, { call: message.call, began: steps.event })
      }
      super.postMessage(message, transfer)
    }
  }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.name !== 'frame') continue
      steps.pictures = (entry as PerformanceMeasure).detail.picture
      if (steps.drawn === 0 && steps.pictures !== steps.from) steps.drawn = entry.startTime + entry.duration
    }
  }).observe({ type: 'measure' })
}

/** What comes from now on is of the next action. */
async function begin(page: Page): Promise<void> {
  await page.evaluate(() => {
    const steps = window.hotzoneSteps
    steps.answers.length = 0
    steps.from = steps.pictures
    steps.drawn = 0
  })
}

/** Milliseconds until the browser has the frame with the answer. */
async function shown(page: Page, { shows }: Action): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve, reject) => {
        const begun = performance.now()
        const look = () => {
          if (performance.now() - begun > 60_000) return reject(new Error(`nothing was shown of ${wanted}`))
          const { answers, drawn, event } = window.hotzoneSteps
          if (wanted === 'picture') return drawn > 0 ? resolve(drawn - event) : void requestAnimationFrame(look)
          const answer = answers.find((a) => a.call === wanted)
          const isThere = wanted !== 'graph' || document.querySelector('svg [data-row]')
          if (!answer || !isThere) return void requestAnimationFrame(look)
          // The page lays a table out before the next frame.
          requestAnimationFrame(() => resolve(performance.now() - answer.began))
        }
        look()
      }),
    shows,
  )
}

async function settle(page: Page): Promise<void> {
  // Answers that come after the first one (zones, sums, finer boxes) are not of the next action.
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let seen = ''
        const look = () => {
          const { answers, pictures } = window.hotzoneSteps
          const now = `${answers.length} ${pictures}`
          if (now === seen) return resolve()
          seen = now
          setTimeout(look, 1200)
        }
        look()
      }),
  )
}
