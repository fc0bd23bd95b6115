/** Everything about one program at once: archives, texts beside profiles, and the story that they tell. */
import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zipSync } from 'fflate'
import { fixturePath } from '../src/testing/fixtures.ts'
import { axe, dropFiles, expect, type Locator, openApp, type Page, test } from './app.ts'

const RUN = ['heap-0', 'heap-1', 'heap-2', 'heap-3', 'heap', 'cpu', 'allocs'].map((name) =>
  fixturePath(`go1.27/map/${name}.pb.gz`),
)
/** Two runs of the example service: by maps, and mended. */
const CAPTURES = fixturePath('captures')
const LOG = fixturePath('go1.27/map/gctrace.log')

/** A zip of files in the folder of the test. */
function zipped(folder: string, paths: readonly string[], more: Record<string, string> = {}): string {
  const entries = [
    ...paths.map((path) => [`run/${path.split('/').at(-1)}`, new Uint8Array(readFileSync(path))] as const),
    ...Object.entries(more).map(([name, text]) => [name, new TextEncoder().encode(text)] as const),
  ]
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'run.zip')
  writeFileSync(path, zipSync(Object.fromEntries(entries)))
  return path
}

const story = (page: Page, name = 'Story'): Locator => page.getByRole('region', { name, exact: true })

/** Waits for the first sentence: reading many files takes its time on a machine that does much besides. */
const isTold = (page: Page): Promise<void> =>
  expect(story(page).locator('[data-rule]').first()).toBeVisible({ timeout: 30_000 })

/** The sentences of a step. */
const told = (page: Page, rule: string): Locator => story(page).locator(`[data-rule="${rule}"]`)

test('an archive is one investigation: its story, each sentence a way to its place, the same after reload', async ({
  page,
}, info) => {
  await openApp(page)
  await dropFiles(page, [zipped(info.outputDir, [...RUN, LOG])])
  await isTold(page)
  for (const step of ['Signals', 'Where', 'Why', 'What to do', 'What is still missing']) {
    await expect(story(page).getByRole('heading', { name: step, exact: true })).toBeVisible()
  }
  await expect(told(page, 'memory-grows')).toContainText('43.5 MiB → 253.1 MiB, in 3 of 3 steps')
  await expect(told(page, 'path-grows').first()).toContainText('main.decodeMap (decode.go:49) holds 181 MiB more')
  await expect(told(page, 'memory-says').first()).toContainText('1 MiB to 214 MiB')
  const cause = told(page, 'zone').filter({ hasText: 'JSON decoded into interface{}' })
  await expect(cause).toContainText('50.7% of CPU time, 52.0% of allocated bytes and 85.4% of memory in use')
  await expect(
    page.getByRole('figure', { name: /^Memory in use, by heap profiles: 43\.5 MiB → 253\.1 MiB/ }),
  ).toBeVisible()
  expect(await axe(page)).toEqual([])

  // One entry for all of them; a sentence opens what it speaks of.
  const list = page.getByRole('list', { name: 'Profiles' }).getByRole('listitem')
  await expect(list).toHaveCount(1)
  await cause.getByRole('link').click()
  await expect(list).toHaveCount(2)
  await expect(list.filter({ has: page.locator('[title="run/heap.pb.gz"]') })).toHaveAttribute('aria-current', 'true')
  await expect(page).toHaveURL(/zf=json-any/)
  await page.goBack()
  await expect(told(page, 'memory-grows')).toBeVisible()

  await page.reload()
  await isTold(page)
  await expect(told(page, 'memory-grows')).toContainText('43.5 MiB → 253.1 MiB')
  await told(page, 'path-grows').first().getByRole('link').click()
  await expect(page.getByRole('figure', { name: 'Over time' })).toBeVisible()
})

test('a link to an investigation names its files in another browser, and goes on when they come', async ({
  page,
  freshPage,
}, info) => {
  await openApp(page)
  const files = [...RUN.slice(0, 4), LOG]
  await dropFiles(page, [zipped(info.outputDir, files)])
  await isTold(page)
  const other = await freshPage()
  await other.goto(page.url())
  await expect(other.getByText('run/heap-0.pb.gz').first()).toBeVisible()
  await dropFiles(other, files)
  await isTold(other)
  await expect(told(other, 'memory-grows')).toBeVisible()
})

test('texts beside profiles make a story of all that was dropped; what cannot be read is named in it', async ({
  page,
}, info) => {
  await openApp(page)
  await dropFiles(page, [RUN[4] ?? '', LOG])
  await isTold(page)
  await expect(page.getByRole('list', { name: 'Profiles' }).getByRole('listitem')).toHaveCount(3)
  await expect(told(page, 'need-snapshots')).toContainText('curl -so heap-$i.pb.gz')

  await openApp(page)
  await dropFiles(page, [zipped(info.outputDir, RUN.slice(0, 2), { 'run/notes.txt': 'Nothing that anybody knows.\n' })])
  await expect(story(page).getByRole('row', { name: /notes\.txt/ })).toContainText('could not be read')
  await expect(told(page, 'memory-two')).toBeVisible()
})

test('all of one run, logs and dumps and compiler output among it', async ({ page }, info) => {
  await openApp(page)
  const folder = fixturePath('go1.27/map')
  const all = readdirSync(folder).map((name) => join(folder, name))
  await dropFiles(page, [zipped(info.outputDir, [...all, fixturePath('escape/escape-m2-1.27.txt')])])
  await isTold(page)
  await expect(story(page).getByRole('heading', { level: 1 })).toHaveText('Story of ingest-1.27')
  await expect(page.getByRole('figure', { name: /^Live after each collection: 1 MiB → 214 MiB/ })).toContainText(
    'placed by the collections of run/memstats.jsonl',
  )
  // What the compiler says of heavy lines: here nothing, and that is said.
  await expect(told(page, 'escapes-weightless')).toBeVisible()
  // All of them were read, an execution trace among them.
  await story(page)
    .getByText(/^What it is told from: \d+ files$/)
    .click()
  await expect(story(page).getByRole('row', { name: /trace\.out/ })).toContainText('Trace')
  await expect(told(page, 'one-place')).toContainText('55.5% of CPU time')
})

test('a folder that is dropped is one investigation; the change that its runs show is told', async ({ page }) => {
  await openApp(page)
  const cdp = await page.context().newCDPSession(page)
  const data = { items: [], files: [CAPTURES], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await cdp.send('Input.dispatchDragEvent', { type, x: 400, y: 400, data })
  }
  await isTold(page)
  await expect(told(page, 'after-total').filter({ hasText: 'Memory in use' })).toContainText('449.9 MiB → 135.9 MiB')
  await expect(told(page, 'after-finding').filter({ hasText: 'interface{}' })).toContainText('27.1% of CPU time → gone')
  await expect(told(page, 'escape')).toContainText('13.0% of allocated bytes')
  // Nothing of the later run is told of the time before.
  await expect(told(page, 'memory-says').first()).toContainText('map-vars.json')
  await expect(told(page, 'memory-says').first()).not.toContainText('struct')
})

test('the command opens a folder as one investigation, and its address opens it again', async ({
  page,
  freshPage,
  allow,
}) => {
  // The command serves on a port of its own.
  allow(/^request to another host: http:\/\/127\.0\.0\.1:/)
  const hotzone = fileURLToPath(new URL('../dist/node/hotzone.js', import.meta.url))
  const child = spawn(process.execPath, [hotzone, '--no-browser', '--port', '0', CAPTURES], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const said = await new Promise<string>((resolve) => {
      let text = ''
      child.stdout.setEncoding('utf8').on('data', (part: string) => {
        text += part
        if (text.includes('Ctrl+C')) resolve(text)
      })
    })
    await page.goto(/http:\S+/.exec(said)?.[0] ?? '')
    await isTold(page)
    await expect(page.getByRole('list', { name: 'Profiles' }).getByRole('listitem')).toHaveCount(1)
    await expect(page).toHaveURL(/p=investigation~/)
    const other = await freshPage()
    await other.goto(page.url())
    await isTold(other)
    await expect(told(other, 'memory-grows')).toContainText('66 MiB → 449.9 MiB')
  } finally {
    child.kill()
  }
})

test('what is open side by side tells its story from the menu', async ({ page }) => {
  await openApp(page)
  await dropFiles(page, RUN.slice(0, 4))
  const list = page.getByRole('list', { name: 'Profiles' }).getByRole('listitem')
  await expect(list).toHaveCount(4)
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('menuitem', { name: 'Tell the story of all that is open' }).click()
  await isTold(page)
  await expect(told(page, 'memory-grows')).toContainText('43.5 MiB')
  await expect(list).toHaveCount(5)
})

test('a log without times is placed by who knows when its process began, and the link keeps it', async ({
  page,
}, info) => {
  await openApp(page)
  await dropFiles(page, [zipped(info.outputDir, [...RUN.slice(0, 4), LOG])])
  await isTold(page)
  const live = page.getByRole('figure', { name: /^Live after each collection/ })
  await expect(live).toHaveCount(0)
  await page.getByLabel(/gctrace\.log says no time of day/).fill('2026-10-14T07:09:56')
  await expect(live).toBeVisible()
  await page.reload()
  await expect(live).toBeVisible()
})

test('names as long as pprof saves captures under do not widen the story', async ({ page }, info) => {
  mkdirSync(info.outputDir, { recursive: true })
  const named = [0, 1, 3].map((n) => {
    const path = join(info.outputDir, `pprof.service.alloc_objects.alloc_space.inuse_objects.inuse_space.00${n}.pb.gz`)
    writeFileSync(path, readFileSync(fixturePath(`go1.27/map/heap-${n}.pb.gz`)))
    return path
  })
  await openApp(page)
  await dropFiles(page, [zipped(info.outputDir, named)])
  await isTold(page)
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 760 })
    const sideways = () => story(page).evaluate((element) => element.scrollWidth - element.clientWidth)
    await expect.poll(sideways).toBe(0)
    // Nor do they stand out of the column that the headings begin.
    const [column, sentence] = await Promise.all([
      story(page).locator('article').boundingBox(),
      told(page, 'memory-grows').boundingBox(),
    ])
    expect((sentence?.x ?? 0) + (sentence?.width ?? 0)).toBeLessThanOrEqual((column?.x ?? 0) + (column?.width ?? 0))
  }
})

test('in Chinese, by keyboard, on a phone', async ({ page }, info) => {
  await page.setViewportSize({ width: 390, height: 760 })
  await openApp(page)
  await dropFiles(page, [zipped(info.outputDir, [...RUN, LOG])])
  await isTold(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await page.keyboard.press('Tab')
  const link = told(page, 'one-place').getByRole('link')
  await link.focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/in=function/)
  await page.goBack()
  await expect(told(page, 'memory-grows')).toBeVisible()

  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('menuitemradio', { name: '简体中文' }).click()
  await expect(story(page, '排查结论')).toContainText('占用中的内存在增长：43.5 MiB → 253.1 MiB')
  await expect(story(page, '排查结论').getByRole('heading', { name: '怎么办' })).toBeVisible()
  expect(await axe(page)).toEqual([])
})
