import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { fileURLToPath } from 'node:url'
import { fixturePath } from '../src/testing/fixtures.ts'
import { expect, test, waitForFlame } from './app.ts'

const script = fileURLToPath(new URL('../scripts/start.mjs', import.meta.url))
const cpu = fixturePath('go1.27/map/cpu.pb.gz')
const heap = fixturePath('go1.24/map/heap.pb.gz')

class Start {
  output = ''
  readonly process: ChildProcess

  constructor(...args: string[]) {
    this.process = spawn(process.execPath, [script, '--no-browser', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on('data', (part: Buffer) => {
        this.output += part
      })
    }
  }

  /** The address it prints once it serves. */
  async url(): Promise<string> {
    await expect.poll(() => this.output, { timeout: 30_000 }).toMatch(/http:\S+/)
    return /http:\S+/.exec(this.output)?.[0] ?? ''
  }

  /** Ctrl+C; resolves to the exit code. */
  async stop(): Promise<number | null> {
    if (this.process.exitCode === null) {
      this.process.kill('SIGINT')
      await once(this.process, 'exit')
    }
    return this.process.exitCode
  }

  async exitCode(): Promise<number | null> {
    if (this.process.exitCode === null) await once(this.process, 'exit')
    return this.process.exitCode
  }
}

/** Takes a free port and keeps it. */
async function occupyPort(): Promise<{ port: number; server: Server }> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { port: address.port, server }
}

test('npm start opens the app on the files named after it', async ({ browser }) => {
  const start = new Start('--port', '0', cpu, heap)
  try {
    const url = await start.url()
    expect(url).toContain('profile=/local/0/cpu.pb.gz&profile=/local/1/heap.pb.gz')
    // Its own context: this server is another origin than the one the other journeys use.
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(url)
    await waitForFlame(page)
    const profiles = page.getByRole('list', { name: 'Profiles' })
    await expect(profiles.getByRole('listitem')).toHaveCount(2)
    await expect(profiles).toContainText('cpu.pb.gz')
    await expect(profiles).toContainText('heap.pb.gz')
    await context.close()
  } finally {
    expect(await start.stop()).toBe(0)
  }
})

test('npm start without files shows the first screen and serves no file', async ({ browser }) => {
  const start = new Start('--port', '0')
  try {
    const url = await start.url()
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(url)
    await expect(page.locator('input[type=file]')).toBeAttached()
    expect((await page.request.get(`${url}local/0/cpu.pb.gz`)).status()).toBe(404)
    await context.close()
  } finally {
    expect(await start.stop()).toBe(0)
  }
})

test('a busy port moves to the next one and says so', async () => {
  const { port, server } = await occupyPort()
  const start = new Start('--port', String(port))
  try {
    const url = new URL(await start.url())
    expect(Number(url.port)).toBeGreaterThan(port)
    expect(start.output).toContain(`Port ${port} is busy, using ${url.port}.`)
    expect((await fetch(url)).status).toBe(200)
  } finally {
    await start.stop()
    server.close()
  }
})

test('a file that does not exist ends with a sentence', async () => {
  const start = new Start(cpu, 'missing-heap.pb.gz')
  expect(await start.exitCode()).toBe(2)
  expect(start.output).toContain('There is no file missing-heap.pb.gz.')
  expect(start.output).not.toContain('http:')
})
