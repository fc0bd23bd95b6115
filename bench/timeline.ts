/** What a browser does from the beginning of a navigation to the picture of a file, as one drawing. */
import { chromium } from 'playwright'
import { launchOptions } from '../e2e/browser.mjs'

interface Span {
  name: string
  from: number
  to: number
  kind: 'load' | 'task'
}

interface Timeline {
  spans: Span[]
  /** Milliseconds at which the picture was painted, and the one that answers the reader. */
  picture: number
  answers: number
}

/** Visits an address so many times, each in a browser of its own; the visit in the middle. */
export async function timelineOf(url: string, runs: number): Promise<Timeline> {
  const visits: Timeline[] = []
  for (let i = 0; i < runs; i++) {
    const browser = await chromium.launch(launchOptions())
    try {
      const page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
      await page.addInitScript(() => {
        const tasks: { from: number; to: number }[] = []
        Object.assign(window, { benchTasks: tasks })
        new PerformanceObserver((list) => {
          for (const { startTime, duration } of list.getEntries())
            tasks.push({ from: startTime, to: startTime + duration })
        }).observe({ type: 'longtask', buffered: true })
      })
      await page.goto(url)
      await page.waitForFunction(() => performance.getEntriesByName('first-flame').length > 0, null, { polling: 50 })
      visits.push(
        await page.evaluate(() => {
          const at = (name: string) => performance.getEntriesByName(name, 'mark')[0]?.startTime
          const answers = at('first-flame') ?? 0
          const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
          const loads = (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
            .filter(({ startTime }) => startTime < answers)
            .map(({ name, startTime, responseEnd }) => ({ name, from: startTime, to: responseEnd }))
          const { benchTasks } = window as unknown as { benchTasks: { from: number; to: number }[] }
          return {
            spans: [
              { name: 'page', from: 0, to: page?.responseEnd ?? 0, kind: 'load' as const },
              ...loads.map((load) => ({ ...load, kind: 'load' as const })),
              ...benchTasks
                .filter(({ from }) => from < answers)
                .map((task) => ({ ...task, name: 'task', kind: 'task' as const })),
            ],
            picture: at('first-picture') ?? answers,
            answers,
          }
        }),
      )
    } finally {
      await browser.close()
    }
  }
  visits.sort((a, b) => a.picture - b.picture)
  return visits[Math.floor(visits.length / 2)] as Timeline
}

const WIDTH = 760
const LEFT = 190
const ROW = 18

/** One row for each file, one for tasks of more than 50 ms on the page's thread; reads on light and on dark ground. */
export function timelineSvg({ spans, picture, answers }: Timeline): string {
  const end = answers * 1.04
  const x = (ms: number) => LEFT + ((WIDTH - LEFT - 10) * ms) / end
  const loads = spans.filter(({ kind }) => kind === 'load')
  const names = [...new Map(loads.map((load) => [load.name, load])).values()].sort((a, b) => a.from - b.from)
  const height = (names.length + 1) * ROW + 44
  const text = (at: number, y: number, anchor: string, label: string) =>
    `<text x="${at.toFixed(1)}" y="${y}" text-anchor="${anchor}">${label.replace(/[<&]/g, ' ')}</text>`
  const short = (name: string) => decodeURIComponent(name.replace(/^.*\//, '').replace(/-[\w-]{8}(?=\.)/, ''))
  const bar = ({ from, to }: Pick<Span, 'from' | 'to'>, row: number, kind: string) =>
    `<rect class="${kind}" x="${x(from).toFixed(1)}" y="${24 + row * ROW}" width="${Math.max(1, x(to) - x(from)).toFixed(1)}" height="${ROW - 6}"/>`
  const rows = names.map(
    (load, row) => text(LEFT - 8, 34 + row * ROW, 'end', short(load.name)) + bar(load, row, 'load'),
  )
  const tasks = spans.filter(({ kind }) => kind === 'task').map((task) => bar(task, names.length, 'task'))
  const line = (ms: number, label: string, y: number) =>
    `<path class="mark" d="M${x(ms).toFixed(1)} 20V${height - 20}"/>${text(x(ms) - 4, y, 'end', `${label}, ${Math.round(ms)} ms`)}`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="11">
<title>What the browser loads and does until the picture of a file</title>
<style>text{fill:#555}.load{fill:#4a72c4}.task{fill:#e36036}.mark{stroke:#226d49;stroke-width:1.5;fill:none}@media(prefers-color-scheme:dark){text{fill:#bbb}.mark{stroke:#76cd9c}}</style>
${rows.join('\n')}
${text(LEFT - 8, 34 + names.length * ROW, 'end', 'tasks over 50 ms')}
${tasks.join('\n')}
${line(picture, 'picture', height - 6)}
${answers === picture ? '' : line(answers, 'answers', 14)}
</svg>
`
}
