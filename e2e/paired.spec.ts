/** A CPU and a heap profile of one program, open at once. */
import { mkdirSync } from 'node:fs'
import { fixturePath } from '../src/testing/fixtures.ts'
import { goroutineSeries, leaked } from '../src/testing/goroutine-series.ts'
import { axe, expect, openApp, openFiles, test, treeItem } from './app.ts'
import { cumOf, weightOf } from './shares.ts'

const cpuFile = 'go1.27/map/cpu.pb.gz'
const heapFile = 'go1.27/map/heap.pb.gz'
const cpu = fixturePath(cpuFile)
const mkdirAt = (path: string) => {
  mkdirSync(path, { recursive: true })
  return path
}
const heap = fixturePath(heapFile)

test('a function shows its time, its bytes and its share of allocation work, in both profiles', async ({ page }) => {
  await openApp(page)
  await openFiles(page, cpu)
  const both = page.getByRole('region', { name: 'CPU and heap together' })
  await expect(page.getByRole('region', { name: 'Findings' })).toContainText(weightOf(cpuFile, 'json-any').share)
  await expect(both).toHaveCount(0)
  await openFiles(page, heap)
  await expect(both).toContainText('With cpu.pb.gz')
  await treeItem(page, 'main.decodeMap').first().focus()
  await page.keyboard.press('Enter')
  const [time, bytes] = [cumOf(cpuFile, 'main.decodeMap', 'cpu'), cumOf(heapFile, 'main.decodeMap', 'inuse_space')]
  await expect(both).toContainText(`CPU time ${time.value} · ${time.share}`)
  await expect(both).toContainText(`In use space ${bytes.value} · ${bytes.share}`)
  await expect(both).toContainText(/Allocation work [\d.]+ m?s · \d/)
  expect(await axe(page)).toEqual([])
  const heapSays = await both.locator('.details-facts').textContent()
  await page.getByRole('list', { name: 'Profiles' }).getByRole('button', { name: /^cpu/ }).click()
  await expect(both).toContainText('With heap.pb.gz')
  await treeItem(page, 'main.decodeMap').first().focus()
  await page.keyboard.press('Enter')
  await expect(both.locator('.details-facts')).toHaveText(heapSays ?? '')
})

test('two goroutine profiles of one program: the later one says what grew', async ({ page }, info) => {
  const [before, after] = goroutineSeries(mkdirAt(info.outputPath()))
  await openApp(page)
  await openFiles(page, before)
  const panel = page.getByRole('region', { name: 'Findings' })
  await expect(panel.getByText('Goroutines that pile up')).toHaveCount(0)
  await openFiles(page, after)
  const card = panel
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: 'Goroutines that pile up' }) })
  await expect(card).toContainText(`${leaked.after - leaked.before} goroutines more stand here than in goroutine-1.pb`)
  await expect(card).toContainText('certain')
  // The earlier one goes: what is left cannot tell.
  await page.getByRole('button', { name: 'Close goroutine-1.pb' }).click()
  await expect(card).toContainText('likely')
  await expect(card).not.toContainText('more stand here')
})

test('profiles of different programs stay apart', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath('labelled/sort-ints.cpu.pb.gz'))
  await openFiles(page, heap)
  await expect(page.getByRole('region', { name: 'Findings' })).toContainText(weightOf(heapFile, 'json-any').share)
  await expect(page.getByRole('region', { name: 'CPU and heap together' })).toHaveCount(0)
})
