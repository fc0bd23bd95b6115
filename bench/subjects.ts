/** What is measured: the app, and what it is compared with. All open a file through their one file input. */
import type { Page } from 'playwright'

export interface Subject {
  id: string
  name: string
  /** Folder served, below bench/ or dist/. */
  folder: string
  page: string
  /** Resolves inside the page when the first picture of the opened file is on screen; runs in the browser. */
  pictured: (page: Page) => Promise<number>
  /** Only the app reports its own stages, frames and search. */
  instrumented: boolean
}

/** Milliseconds from handing over the file to the mark, both on the page's clock. */
async function untilMark(page: Page, mark: string): Promise<number> {
  await page.waitForFunction((name) => performance.getEntriesByName(name).length > 0, mark, { polling: 50, timeout: 0 })
  return page.evaluate((name) => {
    const start = performance.getEntriesByName('bench-open')[0]?.startTime ?? 0
    return (performance.getEntriesByName(name)[0]?.startTime ?? 0) - start
  }, mark)
}

export const app: Subject = {
  id: 'hotzone',
  name: 'Hotzone',
  folder: '../dist/app',
  page: '',
  pictured: (page) => untilMark(page, 'first-flame'),
  instrumented: true,
}

/** Peer pages are built from bench/peers; each sets the mark `pictured` in the frame after its picture is drawn. */
function peer(id: string, name: string, page = `${id}.html`): Subject {
  return {
    id,
    name,
    folder: 'peers/dist',
    page,
    pictured: (p) => untilMark(p, 'pictured'),
    instrumented: false,
  }
}

export const peers: Subject[] = [
  peer('gunzip', 'gunzip in a worker, nothing else'),
  peer('speedscope', 'speedscope', 'speedscope/index.html'),
  peer('d3-flame-graph', 'pprof-format + d3-flame-graph'),
  peer('react-pprof', 'react-pprof'),
  peer('flame-chart-js', 'pprof-format + flame-chart-js'),
]
