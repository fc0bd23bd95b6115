/** The built command on a Go service that runs: what the page captures of it, and what it says where it cannot. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync } from 'node:fs'
import { createServer, Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fixturePath } from '../src/testing/fixtures.ts'
import { buildService, type GoService, lacking, startService } from '../src/testing/go-service.ts'
import { axe, expect, flameTree, type Page, tab, test, treeItem } from './app.ts'

const hotzone = fileURLToPath(new URL('../dist/node/hotzone.js', import.meta.url))

test.skip(lacking('go', 'version'), 'go builds the service')

interface Command {
  url: string
  /** Where captures are saved. */
  captures: string
  /** All that it printed. */
  said(): string
}

const running: (ChildProcess | GoService | Server)[] = []

test.beforeAll(() => {
  test.setTimeout(300_000)
  buildService()
})

test.afterEach(async () => {
  for (const one of running.splice(0)) {
    if ('stop' in one) await one.stop()
    else if (one instanceof Server) one.close()
    else one.kill()
  }
})

async function service(...args: string[]): Promise<GoService> {
  const one = await startService(...args)
  running.push(one)
  return one
}

/** Answers a request itself; false = the service is to. */
type Instead = (url: string, response: ServerResponse) => boolean

/** A trace of a newer Go than the one that built the service may be. */
const newerTrace: Instead = (url, response) => {
  if (!url.startsWith('/debug/pprof/trace')) return false
  response.end(readFileSync(fixturePath('go1.27/map/trace.out')))
  return true
}

/** Resolves to the address of a server that answers some of what a service is asked. */
async function inFrontOf(address: string, instead: Instead): Promise<string> {
  const server = createServer(async ({ url = '' }, response) => {
    if (instead(url, response)) return
    const answer = await fetch(`http://${address}${url}`)
    response.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? '' })
    response.end(Buffer.from(await answer.arrayBuffer()))
  })
  running.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Runs the built command until it says where the page is. input: a file for its standard input. */
async function command(allow: (pattern: RegExp) => void, args: readonly string[], input?: string): Promise<Command> {
  const captures = test.info().outputPath('captures')
  const env = { ...process.env, PPROF_TMPDIR: captures }
  const child = spawn(process.execPath, [hotzone, '-no_browser', '-http=:', ...args], { env })
  running.push(child)
  child.stdin.end(input === undefined ? '' : readFileSync(input))
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    const take = (part: string) => {
      said += part
      const [, found] = /Hotzone is at (\S+)/.exec(said) ?? []
      if (found) resolve(found)
    }
    child.stdout.setEncoding('utf8').on('data', take)
    child.stderr.setEncoding('utf8').on('data', take)
    child.once('exit', (code) => reject(new Error(`the command ended with ${code}: ${said}`)))
  })
  // The journeys' own server is another one.
  allow(new RegExp(`request to another host: ${new URL(url).origin}`))
  return { url, captures, said: () => said }
}

const capture = (page: Page, kind: string) => page.getByRole('button', { name: `Capture ${kind}`, exact: true })
const backToLive = (page: Page) => page.getByRole('button', { name: /^To the live page/ }).click()
const secondsOf = (page: Page, kind: string) => page.getByLabel(`Seconds of ${kind}`, { exact: true })

test('captures of a service open in order, are saved as pprof saves them, and open later without the service', async ({
  page,
  allow,
}) => {
  const { address, stop } = await service()
  const { url, captures } = await command(allow, [address])
  await page.goto(url)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Live: ${address}`)
  await expect(page.getByRole('list', { name: `Captures of ${address}` }).getByRole('listitem')).toHaveCount(8)

  await secondsOf(page, 'CPU').fill('1')
  await capture(page, 'CPU').click()
  await expect(page.getByRole('progressbar', { name: 'Capture CPU' })).toBeVisible()
  await expect(treeItem(page, 'main.decode')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Live' })).toContainText('CPU captured')

  await backToLive(page)
  await capture(page, 'Heap').click()
  await expect(page.getByRole('radio', { name: 'In use space' })).toBeVisible()
  await expect(page.getByRole('list', { name: 'Profiles' })).toContainText(/cpu\.001.*heap\.001/)

  await backToLive(page)
  const list = page.getByRole('region', { name: 'Captures' })
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await expect(list.getByRole('listitem').first()).toContainText('Heap')
  const names = readdirSync(captures).sort()
  expect(names).toEqual([
    'pprof.service.alloc_objects.alloc_space.inuse_objects.inuse_space.001.pb.gz',
    'pprof.service.samples.cpu.001.pb.gz',
  ])
  await expect(list).toContainText(join(captures, names[1] ?? ''))
  const top = execFileSync('go', ['tool', 'pprof', '-top', join(captures, names[1] ?? '')], { encoding: 'utf8' })
  expect(top).toContain('main.decode')

  await stop()
  await list.getByRole('button', { name: /^Show .*cpu/ }).click()
  await expect(treeItem(page, 'main.decode')).toBeVisible()
  await page.reload()
  await expect(treeItem(page, 'main.decode')).toBeVisible()
})

test('what was saved earlier opens from the live page, that of this program first, also once the service has gone', async ({
  page,
  allow,
}) => {
  const captures = test.info().outputPath('captures')
  mkdirSync(captures)
  const name = 'pprof.service.alloc_objects.alloc_space.inuse_objects.inuse_space.001.pb.gz'
  const save = (file: string, name: string, seconds: number) => {
    copyFileSync(fixturePath(file), join(captures, name))
    utimesSync(join(captures, name), seconds, seconds)
  }
  save('go1.27/map/heap-0.pb.gz', name, 1_700_000_000)
  save('go1.27/map/heap-1.pb.gz', name.replace('001', '002'), 1_700_000_600)
  save('go1.27/map/cpu.pb.gz', 'pprof.other.samples.cpu.001.pb.gz', 1_700_000_900)
  symlinkSync(fixturePath('go1.27/map/cpu.pb.gz'), join(captures, 'pprof.service.samples.cpu.009.pb.gz'))
  const { address, stop } = await service()
  const { url } = await command(allow, [address])
  await page.goto(url)
  const saved = page.getByRole('region', { name: 'Saved earlier' })
  const rows = saved.getByRole('listitem')
  await expect(rows).toHaveText([/inuse_space\.002\.pb\.gz.*Nov 14, 2023.*KiB/, /inuse_space\.001\.pb\.gz/])
  await expect(saved).toContainText(captures)
  await page.screenshot({ path: test.info().outputPath('saved.png') })
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 390, height: 780 })
  await rows.first().scrollIntoViewIfNeeded()
  await page.screenshot({ path: test.info().outputPath('narrow.png') })
  expect(await axe(page)).toEqual([])
  await page.setViewportSize({ width: 1280, height: 800 })
  await saved.getByRole('checkbox', { name: /Also one/ }).check()
  await expect(rows.first()).toContainText('pprof.service')
  await expect(rows).toHaveCount(3)

  await stop()
  await saved.getByRole('button', { name: `Open ${name}` }).click()
  await expect(treeItem(page, 'main.decodeMap').first()).toBeVisible()
  await expect(page.getByRole('list', { name: 'Profiles' })).toContainText(name)
  // What was not asked for since is still there for a page that begins anew, without the service.
  await page.goto(url)
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(rows).toHaveCount(3)
  await rows.filter({ hasText: 'pprof.other' }).getByRole('button').press('Enter')
  await expect(treeItem(page, 'main.ingest').first()).toBeVisible()
})

test('a series grows on screen: one document of all captures so far', async ({ page, allow }) => {
  const { address } = await service()
  const { url } = await command(allow, [address])
  await page.goto(url)
  await page.getByLabel('Seconds between captures').fill('1')
  await page.getByRole('button', { name: 'Start the series' }).click()
  const bar = page.getByRole('region', { name: 'Live' })
  await expect(bar).toContainText('Heap: 2 of at most 20 captured')
  await expect(page.getByRole('combobox', { name: 'Current' })).toBeVisible()
  await expect(bar).toContainText('Heap: 3 of at most 20 captured')
  await expect(tab(page, 'Over time')).toHaveAttribute('aria-current', 'page')
  await bar.getByRole('button', { name: 'Stop the series' }).click()
  await expect(bar.getByRole('button', { name: 'Stop the series' })).toBeHidden()
  // One document, of as many profiles as were captured.
  await expect(page.getByRole('list', { name: 'Profiles' }).getByRole('listitem')).toHaveCount(1)
  await expect(page.getByRole('heading', { name: /over [3-9] snapshots|over 1\d snapshots/ })).toBeVisible()
})

test('a full investigation takes one press, becomes a story, and says what is missing', async ({ page, allow }) => {
  const { address } = await service()
  const { url, captures } = await command(allow, [address])
  await page.goto(url)
  await page.getByLabel('Full investigation: Seconds of CPU').fill('1')
  await page.getByLabel('Full investigation: Seconds of Execution trace').fill('1')
  await page.getByLabel('Seconds until heap and counters are captured again').fill('1')
  await page.getByRole('button', { name: 'Start the full investigation' }).click()
  await expect(page.getByRole('heading', { name: /^Story of/ })).toBeVisible({ timeout: 45_000 })
  await expect(page.getByRole('main')).toContainText('JSON decoded into interface{}')
  await backToLive(page)
  const card = page.getByRole('region', { name: 'Full investigation' })
  await expect(card.getByText('captured', { exact: true })).toHaveCount(7)
  // That of an older Go, as Debian's, is not read.
  const older = /^go 1\.(1\d|2[01]) /.test(readFileSync(join(captures, 'trace.001.out'), 'latin1').slice(0, 16))
  if (older) await expect(card).toContainText(`go tool trace ${join(captures, 'trace.001.out')}`)
  await expect(card).toContainText('GODEBUG=gctrace=1')
  await card.getByRole('button', { name: 'Open the story' }).click()
  await expect(page.getByRole('heading', { name: /^Story of/ })).toBeVisible({ timeout: 45_000 })
})

test('the trace of a full investigation is one of the files of its story', async ({ page, allow }) => {
  const { address } = await service()
  const { url } = await command(allow, [await inFrontOf(address, newerTrace)])
  await page.goto(url)
  await page.getByLabel('Full investigation: Seconds of CPU').fill('1')
  await page.getByLabel('Full investigation: Seconds of Execution trace').fill('1')
  await page.getByLabel('Seconds until heap').fill('1')
  await page.getByRole('button', { name: 'Start the full investigation' }).click()
  await expect(page.getByRole('heading', { name: /^Story of/ })).toBeVisible({ timeout: 45_000 })
  await expect(page.getByRole('main')).toContainText('trace.001.out')
  await backToLive(page)
  const card = page.getByRole('region', { name: 'Full investigation' })
  await expect(card).not.toContainText('go tool trace')
})

test('what a service does not have is said, and the investigation goes on without it', async ({ page, allow }) => {
  // Only what a proxy lets through.
  const { address } = await service()
  const host = await inFrontOf(address, (url, response) => {
    if (!/vars|trace/.test(url)) return false
    response.writeHead(url.includes('vars') ? 404 : 503).end()
    return true
  })
  const { url } = await command(allow, [host])
  await page.goto(url)
  await expect(capture(page, 'Counters (expvar)')).toBeHidden()
  await page.getByLabel('Full investigation: Seconds of CPU').fill('1')
  await page.getByLabel('Full investigation: Seconds of Execution trace').fill('1')
  await page.getByLabel('Seconds until heap').fill('1')
  await page.getByRole('button', { name: 'Start the full investigation' }).click()
  await expect(page.getByRole('heading', { name: /^Story of/ })).toBeVisible({ timeout: 45_000 })
  await backToLive(page)
  const card = page.getByRole('region', { name: 'Full investigation' })
  await expect(card).toContainText(`Execution trace: ${host} answers 503`)
  await expect(card).toContainText('Counters (expvar): the service has none')
})

test('an execution trace opens on its timeline', async ({ page, allow }) => {
  const { address } = await service()
  const { url } = await command(allow, [await inFrontOf(address, newerTrace)])
  await page.goto(url)
  await secondsOf(page, 'Execution trace').fill('1')
  await capture(page, 'Execution trace').click()
  await expect(page.getByRole('figure', { name: 'Timeline' })).toBeVisible()
})

test('a capture is given up by its button, which keeps the focus; the service is free again', async ({
  page,
  allow,
}) => {
  const { address } = await service()
  const { url, captures } = await command(allow, [address])
  await page.goto(url)
  await capture(page, 'CPU').focus()
  await page.keyboard.press('Enter')
  const cancel = page.getByRole('button', { name: 'Cancel CPU' })
  await expect(cancel).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(capture(page, 'CPU')).toBeFocused()
  await expect(page.getByRole('region', { name: 'Captures' })).toContainText('None yet')
  await secondsOf(page, 'CPU').fill('1')
  await expect(async () => {
    // The program ends its profile when it notices that nobody listens.
    if (await capture(page, 'CPU').isVisible()) await capture(page, 'CPU').click()
    await expect(flameTree(page)).toBeVisible()
  }).toPass()
  expect(readdirSync(captures)).toEqual(['pprof.service.samples.cpu.001.pb.gz'])
})

test('a program without the import, one that is gone and one that ends mid-way are said so', async ({
  page,
  allow,
}) => {
  const bare = await service('-without-pprof', '-idle')
  const whole = await service()
  const { url } = await command(allow, [bare.address, whole.address])
  await page.goto(url)
  await expect(page.getByRole('alert')).toContainText(
    `${bare.address} answers 404: the program does not import net/http/pprof`,
  )
  await bare.stop()
  await page.getByRole('button', { name: 'Ask again' }).click()
  await expect(page.getByRole('alert')).toContainText(`Nothing answers at ${bare.address} (connection refused)`)

  await capture(page, 'CPU').click()
  await expect(page.getByRole('progressbar', { name: 'Capture CPU' })).toBeVisible()
  // The page counts from the press; the service is at it a little later.
  const goroutines = `http://${whole.address}/debug/pprof/goroutine?debug=2`
  await expect.poll(async () => (await fetch(goroutines)).text()).toContain('net/http/pprof.Profile')
  await whole.stop()
  const list = page.getByRole('region', { name: 'Captures' })
  await expect(list).toContainText('CPU failed')
  await expect(list).toContainText(`${whole.address} ended the connection before its answer was whole`)
  await capture(page, 'Heap').click()
  await expect(list).toContainText(`Nothing answers at ${whole.address}`)
})

test('user and password reach the service, and nothing else', async ({ page, allow }) => {
  const { address } = await service('-user', 'ada:s3cret')
  const { url, said, captures } = await command(allow, [`http://ada:s3cret@${address}`])
  const sent: string[] = []
  page.on('response', async (response) => sent.push(response.url(), await response.text().catch(() => '')))
  await page.goto(url)
  await capture(page, 'Heap').click()
  // What a heap holds right after the start is chance.
  await expect(flameTree(page)).toBeVisible()
  const html = await page.content()
  for (const text of [said(), html, page.url(), ...sent, ...readdirSync(captures)]) {
    expect(text).not.toMatch(/s3cret|ada:|YWRhOnMzY3JldA/)
  }
  const { url: refused } = await command(allow, [`http://ada:wrong@${address}`])
  await page.goto(refused)
  await expect(page.getByRole('alert')).toContainText('wants a user and a password')
})

test('an address of a profile opens as a file does, in the view that the options of pprof say', async ({
  page,
  allow,
}) => {
  const { address } = await service()
  const options = ['-sample_index=alloc_space', '-focus=decode', '-lines']
  const { url, said } = await command(allow, [...options, `${address}/debug/pprof/heap`])
  expect(said()).toContain(`fetching http://${address}/debug/pprof/heap`)
  await page.goto(url)
  await expect(page.getByRole('radio', { name: 'Alloc space' })).toBeChecked()
  await expect(page.getByRole('region', { name: 'Filters' })).toContainText('decode')
  await expect(
    flameTree(page)
      .getByRole('treeitem', { name: /^main\.work .*main\.go:\d+/ })
      .first(),
  ).toBeVisible()
})

test('standard input opens as a file does', async ({ page, allow }) => {
  const { url } = await command(allow, ['-'], fixturePath('go1.22/map/heap.pb.gz'))
  await page.goto(url)
  await expect(flameTree(page)).toBeVisible()
})

test('the live page can be used by everybody: axe, both themes, 390 pixels, Chinese', async ({ page, allow }) => {
  const { address } = await service()
  const { url } = await command(allow, [address])
  await page.goto(url)
  await expect(capture(page, 'Heap')).toBeVisible()
  expect(await axe(page)).toEqual([])
  await page.keyboard.press('t')
  expect(await axe(page)).toEqual([])
  await capture(page, 'CPU').click()
  await expect(page.getByRole('progressbar', { name: 'Capture CPU' })).toBeVisible()
  expect(await axe(page)).toEqual([])
  await capture(page, 'Heap').click()
  await expect(page.getByRole('button', { name: 'Show pprof.service.alloc_objects' })).toBeVisible()
  await page.getByRole('button', { name: /^Show/ }).click()
  await expect(flameTree(page)).toBeVisible()
  expect(await axe(page)).toEqual([])

  await page.setViewportSize({ width: 390, height: 844 })
  await backToLive(page)
  await expect(page.getByRole('button', { name: 'Cancel CPU' })).toBeVisible()
  const width = () => page.evaluate(() => document.querySelector('main')?.scrollWidth)
  expect(await width()).toBeLessThanOrEqual(390)
  await page.evaluate(() => localStorage.setItem('hotzone.language', 'zh'))
  await page.goto(url)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`实时：${address}`)
  await expect(page.getByRole('button', { name: '采集堆内存' })).toBeVisible()
  expect(await width()).toBeLessThanOrEqual(390)
  expect(await axe(page)).toEqual([])
})
