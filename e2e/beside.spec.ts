/** A CPU and a heap profile of one program, open at once. */
import { fixturePath } from '../src/testing/fixtures.ts'
import { axe, expect, openApp, openFiles, test, treeItem } from './app.ts'

const cpu = fixturePath('go1.27/map/cpu.pb.gz')
const heap = fixturePath('go1.27/map/heap.pb.gz')

test('a function shows its time, its bytes and its share of allocation work, in both profiles', async ({ page }) => {
  await openApp(page)
  await openFiles(page, cpu)
  const both = page.getByRole('region', { name: 'CPU and heap together' })
  await expect(page.getByRole('region', { name: 'Hot zones' })).toContainText('50.7%')
  await expect(both).toHaveCount(0)
  await openFiles(page, heap)
  await expect(both).toContainText('With cpu.pb.gz')
  await treeItem(page, 'main.decodeMap').first().focus()
  await page.keyboard.press('Enter')
  await expect(both).toContainText('CPU time 3.81 s · 55.5%')
  await expect(both).toContainText('In use space 227 MB · 85.5%')
  await expect(both).toContainText(/Allocation work [\d.]+ m?s · \d/)
  expect(await axe(page)).toEqual([])
  const heapSays = await both.locator('.details-facts').textContent()
  await page.getByRole('list', { name: 'Profiles' }).getByRole('button', { name: /^cpu/ }).click()
  await expect(both).toContainText('With heap.pb.gz')
  await treeItem(page, 'main.decodeMap').first().focus()
  await page.keyboard.press('Enter')
  await expect(both.locator('.details-facts')).toHaveText(heapSays ?? '')
})

test('profiles of different programs stay apart', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath('labelled/sort-ints.cpu.pb.gz'))
  await openFiles(page, heap)
  await expect(page.getByRole('region', { name: 'Hot zones' })).toContainText('85.4%')
  await expect(page.getByRole('region', { name: 'CPU and heap together' })).toHaveCount(0)
})
