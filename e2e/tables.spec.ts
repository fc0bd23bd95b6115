/** Call tree, labels and exports: numbers, keyboard, link, files that other tools read. */

import { writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { encodeProfile } from '../src/core/export/pprof.ts'
import { readProfile } from '../src/core/formats/index.ts'
import { ProfileBuilder } from '../src/core/model/builder.ts'
import { formatValue } from '../src/core/model/units.ts'
import { Engine } from '../src/engine/engine.ts'
import { fixtureIndex, fixturePath } from '../src/testing/fixtures.ts'
import { axe, expect, openApp, openFiles, type Page, tab, test } from './app.ts'

const entry = (file: string) => {
  const found = fixtureIndex().files.find((f) => f.file === file)
  if (!found) throw new Error(`no fixture ${file}`)
  return found
}
const cpu = entry('go1.27/map/cpu.pb.gz')
const heap = entry('go1.27/map/heap.pb.gz')
const labelled = entry('goroutines/labels-go1.27/cpu.pb.gz')

const tree = (page: Page) => page.getByRole('treegrid', { name: 'Call tree' })

async function openFile(page: Page, file: string): Promise<void> {
  await openApp(page)
  await openFiles(page, fixturePath(file))
}

async function openTree(page: Page): Promise<void> {
  await tab(page, 'Table').click()
  await page.getByRole('radio', { name: 'Call tree' }).click()
}

test('the call tree opens along its heaviest path, with the numbers of pprof', async ({ page }) => {
  await openFile(page, cpu.file)
  await openTree(page)
  const total = cpu.oracle?.cpu?.total ?? Number.NaN
  await expect(tree(page).getByRole('row').nth(1)).toContainText(formatValue(total, 'nanoseconds'))
  await page.getByRole('button', { name: 'Open the heaviest path' }).click()
  // main.ingest has one place in the whole profile, so that its box is the function.
  const ingest = cpu.peek?.find((p) => p.function === 'main.ingest' && p.sample_type === 'cpu')
  await tree(page).focus()
  await page.keyboard.press('Home')
  const row = tree(page)
    .getByRole('row')
    .filter({ has: page.getByTitle('main.ingest', { exact: true }) })
  await expect(row).toContainText(formatValue(ingest?.self.cum ?? Number.NaN, 'nanoseconds'))
  await expect(row).toHaveAttribute('aria-expanded', 'true')
  await row.click()
  await page.keyboard.press('ArrowLeft')
  await expect(row).toHaveAttribute('aria-expanded', 'false')
  await page.keyboard.press('ArrowRight')
  await expect(row).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'main.ingest' })).toBeVisible()
  await page.goBack()
  expect(await axe(page)).toEqual([])
  await page.keyboard.press('e')
  await expect(page.getByRole('dialog', { name: 'Export' })).toBeVisible()
  expect(await axe(page)).toEqual([])
})

/** 300 handlers of 200 leaves each: 60,000 stacks, so that leaves are too small to be in the first tree. */
function manySmall(file: string): string {
  const builder = new ProfileBuilder([{ type: 'alloc_space', unit: 'bytes' }])
  const at = (name: string) => builder.location([{ func: builder.func(name, 'main.go'), line: 1 }])
  const main = at('main.main')
  const deep = [at('main.deep2'), at('main.deep1')]
  for (let h = 0; h < 300; h++) {
    for (let l = 0; l < 200; l++) {
      const stack = [at(`main.leaf${l}`), at(`main.handler${h}`), main]
      // One leaf is heavier than the others, and still small.
      if (h === 123 && l === 77) builder.sample([...deep, ...stack], [20])
      else builder.sample(stack, [1])
    }
  }
  writeFileSync(file, encodeProfile(builder.finish()))
  return file
}

test('boxes too small for the first tree are loaded when their row is opened; the heaviest path goes to the end', async ({
  page,
}, info) => {
  await openApp(page)
  await openFiles(page, manySmall(info.outputPath('small.pb')))
  await openTree(page)
  const named = (name: string) =>
    tree(page)
      .getByRole('row')
      .filter({ has: page.getByTitle(name, { exact: true }) })
  await page.getByRole('button', { name: 'Open the heaviest path' }).click()
  await expect(named('main.deep2')).toHaveAttribute('aria-selected', 'true')
  await expect(named('main.deep2')).toContainText('20 B')
  await expect(named('main.handler123')).toContainText('219 B')

  await page.getByRole('button', { name: 'Close all' }).click()
  await tree(page).focus()
  await page.keyboard.press('Home')
  for (const name of ['main.main', 'main.handler123', 'main.handler0']) {
    await page.keyboard.press('ArrowDown')
    await expect(named(name)).toHaveAttribute('aria-selected', 'true')
    if (name !== 'main.handler123') await page.keyboard.press('ArrowRight')
    if (name === 'main.handler0') await expect(tree(page)).toContainText('main.leaf')
  }
  // Two hundred leaves of one byte each, told apart as soon as the handler is opened.
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(tree(page).getByRole('row', { selected: true })).toContainText(/main\.leaf\d+\s*1 B/)
  const rows = page.getByRole('status').filter({ hasText: /rows$/ })
  await expect(rows).toHaveText('502 rows')
  await expect(tree(page)).not.toContainText('too small to list')

  // Two that are opened one right after the other both get their leaves.
  await page.getByRole('button', { name: 'Close all' }).click()
  await tree(page).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await expect(rows).toHaveText('302 rows')
  await tree(page).evaluate((grid) => {
    const handlers = [...grid.querySelectorAll('tbody tr')].filter((row) => /main\.handler/.test(row.textContent ?? ''))
    // The first one has another weight.
    for (const row of handlers.slice(1, 3)) row.querySelector('button')?.click()
  })
  await expect(rows).toHaveText('702 rows')
})

test('labels: a value is kept, the graph is grouped', async ({ page }) => {
  await openFile(page, labelled.file)
  await tab(page, 'Labels').click()
  const route = page.getByRole('region', { name: 'Label route' })
  await expect(route).toContainText('4 values')
  const value = route.getByRole('row').filter({ has: page.getByRole('rowheader', { name: '/orders', exact: true }) })
  const weight = (await value.locator('[data-value]').textContent()) ?? ''
  await value.getByRole('button', { name: 'Keep only /orders' }).click()
  await expect(route).toContainText('1 value')
  await openTree(page)
  await expect(tree(page).getByRole('row').nth(1)).toContainText(weight)
  await page.keyboard.press('Control+z')
  await tab(page, 'Labels').click()
  await expect(route).toContainText('4 values')
  await route.getByRole('button', { name: 'Group at the root' }).click()
  await expect(route.getByRole('button', { name: 'Group at the root' })).toHaveAttribute('aria-pressed', 'true')
  // The panel beside is not what this is about.
  await page.keyboard.press('b')
  expect(await axe(page)).toEqual([])
  await openTree(page)
  await expect(tree(page)).toContainText('/orders/inner')
  await page.reload()
  await expect(tree(page)).toContainText('/orders/inner')
})

test('object sizes: the histogram adds up to the total, a bar keeps its range', async ({ page }) => {
  await openFile(page, heap.file)
  await tab(page, 'Labels').click()
  const sizes = page.getByRole('region', { name: 'Label bytes' })
  await expect(sizes.getByRole('list', { name: 'Histogram of bytes' }).getByRole('button').first()).toBeVisible()
  const bar = sizes.getByRole('button', { name: /^256 B to 512 B: / })
  const kept = /: (.+?), /.exec((await bar.getAttribute('title')) ?? '')?.[1] ?? 'none'
  await bar.click()
  await expect(sizes.getByRole('button', { name: /^16 B to 32 B: / })).toHaveCount(0)
  await openTree(page)
  await expect(tree(page).getByRole('row').nth(1)).toContainText(kept)
})

async function save(page: Page, name: string): Promise<{ name: string; bytes: Buffer<ArrayBuffer> }> {
  const waiting = page.waitForEvent('download')
  await page.getByRole('dialog', { name: 'Export' }).getByRole('button', { name, exact: true }).click()
  const download = await waiting
  const bytes = await readFile(await download.path())
  return { name: download.suggestedFilename(), bytes: Buffer.from(bytes) }
}

test('exports hold what the filters leave', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath(cpu.file))
  const focus = cpu.filters?.results.focus[0]
  if (!focus) throw new Error('no filter')
  await page.goto(`${page.url()}&f=${encodeURIComponent(focus.regex)}`)
  await page.reload()
  await expect(page.getByRole('tree', { name: 'Flame graph' })).toBeVisible()
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('menuitem', { name: 'Export…' }).click()

  const pprof = await save(page, 'pprof')
  expect(pprof.name).toBe('cpu-filtered.pb.gz')
  const { profile } = await readProfile(new Blob([pprof.bytes]), { seed: 1 })
  const type = profile.sampleTypes.findIndex((t) => t.type === 'cpu')
  expect(profile.samples.value[type]?.reduce((sum, v) => sum + v, 0)).toBe(focus.total)
  const engine = new Engine()
  const info = await engine.open({ name: 'x', source: new Blob([pprof.bytes]) }, () => undefined)
  expect(info.sampleTypes[type]?.total).toBe(focus.total)

  const folded = await save(page, 'Folded stacks')
  const lines = folded.bytes.toString().trimEnd().split('\n')
  expect(lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)).toBe(focus.total)

  const speedscope = await save(page, 'speedscope')
  expect(JSON.parse(speedscope.bytes.toString())).toHaveProperty('$schema')
  expect((await save(page, 'Table (TSV)')).bytes.toString()).toMatch(/^name\t/)
  expect((await save(page, 'PNG')).bytes.subarray(1, 4).toString()).toBe('PNG')
  expect((await save(page, 'SVG')).bytes.toString()).toContain(formatValue(focus.total, 'nanoseconds'))

  const html = await save(page, 'HTML')
  const mailed = await page.context().newPage()
  await mailed.setContent(html.bytes.toString())
  await expect(mailed.locator('svg')).toBeVisible()
  const [top] = focus.top
  const row = mailed.getByRole('row').filter({ has: mailed.getByRole('cell', { name: top?.name, exact: true }) })
  await expect(mailed.getByRole('heading', { name: 'Findings' })).toBeVisible()
  await expect(mailed.getByRole('listitem').first()).toContainText('JSON decoded into interface{}')
  await expect(row).toContainText(formatValue(top?.flat ?? Number.NaN, 'nanoseconds'))
})
