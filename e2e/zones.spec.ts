/** The hot zones: what is found, what cannot show, toggles and the way through the places. */
import { fixturePath } from '../src/testing/fixtures.ts'
import { expect, openApp, openFiles, type Page, test } from './app.ts'

const panel = (page: Page) => page.getByRole('region', { name: 'Hot zones' })
const zone = (page: Page, title: string) =>
  panel(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: title }) })

async function open(page: Page, fixture: string): Promise<void> {
  await openApp(page)
  await openFiles(page, fixturePath(fixture))
}

test('a CPU profile of Go 1.27: all three zones', async ({ page }) => {
  await open(page, 'go1.27/map/cpu.pb.gz')
  await expect(zone(page, 'String-keyed map writes')).toContainText('9.9%')
  await expect(zone(page, 'String-keyed map writes')).toContainText('680 ms')
  await expect(zone(page, 'Reflective allocation')).toContainText('%')
  await expect(zone(page, 'Maps filled by reflection')).toContainText('never lie on one stack')
  await expect(zone(page, 'Maps filled by reflection')).toContainText('neither calls the other')
})

test('a CPU profile of Go 1.24: map writes without reflection', async ({ page }) => {
  await open(page, 'go1.24/map/cpu.pb.gz')
  await expect(zone(page, 'String-keyed map writes')).toContainText('%')
  await expect(zone(page, 'String-keyed map writes').getByRole('switch')).toBeChecked()
})

test('heap profiles of two Go versions say what they leave out', async ({ page }) => {
  await open(page, 'go1.27/map/heap.pb.gz')
  await expect(zone(page, 'String-keyed map writes')).toContainText('45.1%')
  await expect(panel(page)).toContainText('leave out runtime frames')
  await openFiles(page, fixturePath('go1.22/map/heap.pb.gz'))
  await expect(zone(page, 'String-keyed map writes')).toContainText('(*decodeState).objectInterface')
})

test('a goroutine profile says that it cannot show them', async ({ page }) => {
  await open(page, 'goroutines/leak-go1.27/goroutine.pb.gz')
  await expect(zone(page, 'String-keyed map writes')).toContainText('Cannot show in this kind of profile')
  await expect(panel(page)).not.toContainText('0%')
})

test('a title zooms to the biggest place; next and previous walk the places', async ({ page }) => {
  await open(page, 'go1.27/map/cpu.pb.gz')
  await zone(page, 'Reflective allocation').getByRole('button', { name: 'Reflective allocation', exact: true }).click()
  await expect(page.getByRole('navigation', { name: 'Zoomed path' })).toContainText('reflect.')
  await expect(zone(page, 'Reflective allocation')).toContainText('1 of 16')
  await page.getByRole('button', { name: 'Next place: Reflective allocation' }).click()
  await expect(zone(page, 'Reflective allocation')).toContainText('2 of 16')
  await expect(page.getByRole('region', { name: 'Frame details' })).toContainText('reflect.')
  await page.keyboard.press('Shift+Z')
  await expect(zone(page, 'Reflective allocation')).toContainText('1 of 16')
  await page.keyboard.press('z')
  await expect(zone(page, 'Reflective allocation')).toContainText('2 of 16')
})

test('switching a zone off takes its light from the graph and stands in the address', async ({ page }) => {
  await open(page, 'go1.27/map/cpu.pb.gz')
  await expect(zone(page, 'String-keyed map writes')).toBeVisible()
  const pixels = () => page.locator('.graph-place canvas').first().screenshot()
  const lit = await pixels()
  await page.getByRole('switch', { name: 'Light String-keyed map writes' }).click()
  await expect.poll(() => page.url()).toContain('zo=str-map-assign')
  await expect.poll(async () => (await pixels()).equals(lit)).toBe(false)
  await page.getByRole('button', { name: 'Hide all' }).click()
  await expect(page.getByRole('switch', { checked: true })).toHaveCount(0)
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(page.getByRole('switch', { checked: false })).toHaveCount(0)
  await expect.poll(() => page.url()).not.toContain('zo=')
})

test('the panel folds to a strip and has a width for the keyboard', async ({ page }) => {
  await open(page, 'go1.27/map/cpu.pb.gz')
  const grip = page.getByRole('slider', { name: 'Width of the hot zones panel' })
  const before = await panel(page).boundingBox()
  await grip.focus()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(async () => (await panel(page).boundingBox())?.width).toBe((before?.width ?? 0) + 16)
  await page.keyboard.press('[')
  await expect(panel(page).getByRole('listitem')).toHaveCount(0)
  await page.getByRole('button', { name: 'Show the hot zones' }).click()
  await expect(zone(page, 'String-keyed map writes')).toBeVisible()
})
