/** What is measured: the app, what it is compared with, and how each of them is brought to show a file. */
import { spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright'
import sirv from 'sirv'
import { serve } from '../src/server/server.ts'
import { type BenchFile, madeFile } from './files.ts'

/** A subject that is being served for one file. */
export interface Served {
  url: string
  close(): Promise<void>
}

export interface Subject {
  id: string
  name: string
  /** Built page that must be there, from this folder; null = none. */
  page: string | null
  /** What else is missing to measure it; '' = nothing. */
  lacks: () => string
  /** Files that unpack to more are not tried, with the reason. */
  most?: { rawBytes: number; why: string }
  serve: (file: BenchFile) => Promise<Served>
  /** The file goes in through the page's one file input; otherwise its server has it and the page shows it by itself. */
  takesFile: boolean
  /** Runs in the page before its own scripts, where those do not say when the picture is there. */
  beforePage?: () => void
  /** Resolves when the first picture is on screen: the moment on the page's clock. */
  pictured: (page: Page) => Promise<number>
  /** Only the app reports its own stages, frames and search. */
  instrumented: boolean
}

/** When the mark was set, or the first of several. */
async function untilMark(page: Page, ...marks: string[]): Promise<number> {
  const all = () =>
    page.evaluate(
      (names) => names.flatMap((name) => performance.getEntriesByName(name, 'mark')[0]?.startTime ?? []),
      marks,
    )
  await page.waitForFunction((name) => performance.getEntriesByName(name).length > 0, marks[0], {
    polling: 50,
    timeout: 0,
  })
  return Math.min(...(await all()))
}

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const nothing = () => ''
const pictured =
  (...marks: string[]) =>
  (page: Page) =>
    untilMark(page, ...marks)

export const app: Subject = {
  id: 'hotzone',
  name: 'Hotzone',
  page: '../dist/app/index.html',
  lacks: nothing,
  serve: () => serve({ app: folder('../dist/app/'), files: [], port: 0 }),
  takesFile: true,
  pictured: pictured('first-flame'),
  instrumented: true,
}

/** `hotzone FILE`: from the address to the picture, as one who calls it from the command line sees it. */
export const command: Subject = {
  ...app,
  id: 'hotzone-file',
  name: 'Hotzone, `hotzone FILE`',
  serve: async (file) => {
    const child = spawn(process.execPath, [folder('../dist/node/hotzone.js'), '--no-browser', '--port=0', file.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    for await (const text of child.stdout.setEncoding('utf8')) {
      said += text
      if (said.includes('\n')) break
    }
    const url = /http:\S+/.exec(said)?.[0]
    if (!url) throw new Error(`hotzone said: ${said}`)
    // Warm, as pprof is: it has read the file, unless that is too large for a picture inside the page.
    for (let tries = 0; tries < 20; tries++) {
      if ((await (await fetch(url)).text()).includes('hotzone-picture')) break
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
    return { url, close: async () => void child.kill() }
  },
  takesFile: false,
  // A picture that came inside the page is there before the one that answers.
  pictured: pictured('first-flame', 'first-picture'),
  instrumented: false,
}

/** `hotzone -diff_base BASE FILE`, likewise. */
export const comparison: Subject = {
  ...command,
  id: 'hotzone-diff',
  name: 'Hotzone, `hotzone -diff_base BASE FILE`',
  serve: async (file) => {
    const base = madeFile(`${file.name}-base`).path
    const server = await serve({ app: folder('../dist/app/'), files: [file.path], base, port: 0 })
    return { url: server.openUrl, close: () => server.close() }
  },
}

/** Peer pages are built from bench/peers; each sets the mark `pictured` when its picture has been painted. */
function peer(id: string, name: string, page = `${id}.html`, query = ''): Subject {
  return {
    id,
    name,
    page: `peers/dist/${page}`,
    lacks: nothing,
    serve: async () => {
      // A plain server: the policy of the one that ships would stop them.
      const files = sirv(folder('peers/dist/'))
      const server = createServer((request, response) => files(request, response))
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${page}${query}`,
        close: () =>
          new Promise((resolve) => {
            server.close(() => resolve())
            server.closeAllConnections()
          }),
      }
    },
    takesFile: true,
    pictured: pictured('pictured'),
    instrumented: false,
  }
}

/** Runs in pprof's page: sets the mark as the app and the other pages do, once the frame with the first boxes has been painted. */
function markBoxes(): void {
  const look = () => {
    if (!document.querySelector('.d3-flame-graph rect, .flamegraph rect, .boxbg'))
      return void requestAnimationFrame(look)
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => performance.mark('pictured')
    port2.postMessage(null)
  }
  requestAnimationFrame(look)
}

/** Seconds that pprof may take to read a file before its server answers. */
const PPROF_STARTS_S = 300

/** `go tool pprof -http FILE`, its server warm: the flame graph was asked for once before. */
const pprof: Subject = {
  id: 'pprof',
  name: '`go tool pprof -http FILE`, warm',
  page: null,
  lacks: () => (spawnSync('go', ['version']).status === 0 ? '' : 'Go is not installed'),
  most: { rawBytes: 50e6, why: 'not tried: a million distinct stacks take its server over 15 GB' },
  serve: async (file) => {
    const port = 20_000 + (process.pid % 20_000)
    const child = spawn('go', ['tool', 'pprof', '-no_browser', `-http=127.0.0.1:${port}`, file.path], {
      stdio: 'ignore',
      detached: true,
    })
    const close = async () => {
      // It runs under `go`, which does not hand the signal on.
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
    }
    const url = `http://127.0.0.1:${port}/ui/flamegraph`
    for (let tries = 0; tries < PPROF_STARTS_S * 2; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 500))
      const answer = await fetch(url).catch(() => null)
      if (!answer?.ok) continue
      await answer.text()
      return { url, close }
    }
    await close()
    throw new Error(`pprof did not answer in ${PPROF_STARTS_S} s`)
  },
  takesFile: false,
  beforePage: markBoxes,
  pictured: pictured('pictured'),
  instrumented: false,
}

export const subjects: readonly Subject[] = [
  app,
  command,
  peer('gunzip', 'gunzip in a worker, bytes dropped'),
  peer('gunzip-kept', 'gunzip in a worker, bytes kept', 'gunzip.html', '?keep'),
  pprof,
  peer('speedscope', 'speedscope', 'speedscope/index.html'),
  peer('d3-flame-graph', 'pprof-format + d3-flame-graph'),
  peer('react-pprof', 'react-pprof'),
  peer('flame-chart-js', 'pprof-format + flame-chart-js'),
]
