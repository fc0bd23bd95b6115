/** `hotzone serve` for journeys: a process of its own, on a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test'

const command = fileURLToPath(new URL('../dist/node/hotzone.js', import.meta.url))

export interface StoreProcess {
  /** With a slash at the end. */
  url: string
  port: number
  folder: string
  log: () => string
  stop(signal?: NodeJS.Signals): Promise<number | null>
  /** A new process on the same store and port. */
  restart(): Promise<void>
}

export async function startStore(
  args: readonly string[] = [],
  { place, env = {}, port = 0 }: { place?: string; env?: Record<string, string>; port?: number } = {},
): Promise<StoreProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'hotzone-e2e-store-'))
  let output = ''
  let child: ChildProcess
  const start = async (at: number): Promise<string> => {
    output = ''
    const all = ['serve', '--store', place ?? join(folder, 'store'), '--port', String(at), ...args]
    child = spawn(process.execPath, [command, ...all], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (part: Buffer) => {
        output += part
      })
    }
    await expect.poll(() => output, { timeout: 30_000 }).toMatch(/Hotzone is at http:\S+,/)
    return /http:[^\s,]+/.exec(output)?.[0] ?? ''
  }
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal)
      await once(child, 'exit')
    }
    return child.exitCode
  }
  const url = await start(port)
  const actual = Number(new URL(url).port)
  return {
    url,
    port: actual,
    folder,
    log: () => output,
    async stop(signal) {
      const code = await stop(signal)
      rmSync(folder, { recursive: true, force: true })
      return code
    },
    async restart() {
      await stop('SIGKILL')
      await start(actual)
    },
  }
}

/** All bytes below a folder. */
export function bytesBelow(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Buffer.concat(files.map((entry) => readFileSync(join(entry.parentPath, entry.name))))
}

/** A browser that knows nothing yet; errors of its pages are collected. */
export async function freshPage(browser: Browser, options: BrowserContextOptions = {}) {
  const context = await browser.newContext(options)
  const page: Page = await context.newPage()
  const errors: string[] = []
  context.on('weberror', (error) => errors.push(String(error.error())))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  return { context, page, errors }
}
