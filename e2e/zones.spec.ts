/** The findings: what is found and why, what cannot show, toggles, the way through the places, what can be copied. */
import { fixturePath } from '../src/testing/fixtures.ts'
import { axe, expect, openApp, openFiles, type Page, test } from './app.ts'

const panel = (page: Page) => page.getByRole('region', { name: 'Hot zones' })
const zone = (page: Page, title: string) =>
  panel(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: title }) })
const opened = (page: Page, title: string) => page.getByRole('button', { name: `What to do about ${title}` })

async function open(page: Page, fixture: string): Promise<void> {
  await openApp(page)
  await openFiles(page, fixturePath(fixture))
}

test('a CPU profile of Go 1.27: the cause first, with its line, what to do and how it is known', async ({ page }) => {
  await open(page, 'go1.27/map/cpu.pb.gz')
  const first = panel(page).locator('.zone').first()
  await expect(first).toContainText('JSON decoded into interface{}')
  await expect(first).toContainText('50.7%')
  await expect(first).toContainText('3.48 s')
  await expect(first).toContainText('certain')
  await expect(first).toContainText('decode.go:49')
  await expect(first).not.toContainText('json.RawMessage')
  await opened(page, 'JSON decoded into interface{}').click()
  await expect(first).toContainText('json.RawMessage')
  await expect(first).toContainText('Shares weight with')
  await first.getByText('How do you know').click()
  await expect(first.getByText(/Told by \d+ samples/)).toBeVisible()
  await expect(first.getByText('v2.makeInterfaceArshaler.func2')).toBeVisible()
  await expect(first.getByRole('link', { name: /decode\.go/ })).toHaveAttribute(
    'href',
    'https://go.dev/src/encoding/json/decode.go',
  )
  await first.getByRole('button', { name: /decode\.go:49/ }).click()
  await expect(page.getByRole('navigation', { name: 'Zoomed path' })).toContainText('main.decodeMap')
})

test('the three answers stand above the list; context is folded away and not lit', async ({ page }) => {
  await open(page, 'go1.27/map/cpu.pb.gz')
  await expect(zone(page, 'String-keyed map writes')).toContainText('9.9%')
  await expect(zone(page, 'String-keyed map writes')).toContainText('680 ms')
  await expect(zone(page, 'Reflective allocation')).toContainText('22.7%')
  await expect(zone(page, 'Maps filled by reflection')).toContainText('likely')
  await panel(page).getByText('mostly into interface{}').click()
  await expect(panel(page).getByText(/50\.7% of the profile/)).toBeVisible()
  await panel(page).getByText('GC tax').click()
  await expect(panel(page).getByText('Divided by each line’s CPU time')).toBeVisible()
  await panel(page).getByText('What cannot be seen here').click()
  await expect(panel(page).getByText(/CPU profiles see no waiting/)).toBeVisible()
  await expect(page.getByRole('switch', { name: 'Light Allocation', exact: true })).toBeHidden()
  await panel(page)
    .getByText(/For orientation/)
    .click()
  await expect(page.getByRole('switch', { name: 'Light Allocation', exact: true })).not.toBeChecked()
  await page.getByRole('switch', { name: 'Light Allocation', exact: true }).click()
  await expect.poll(() => page.url()).toContain('zl=malloc')
})

test('CPU profiles of Go 1.24 and heaps of two versions', async ({ page }) => {
  await open(page, 'go1.24/map/cpu.pb.gz')
  await expect(zone(page, 'JSON decoded into interface{}')).toContainText('32.1%')
  await expect(zone(page, 'String-keyed map writes').getByRole('switch')).toBeChecked()
  await openFiles(page, fixturePath('go1.27/map/heap.pb.gz'))
  await expect(zone(page, 'JSON decoded into interface{}')).toContainText('85.4%')
  await expect(zone(page, 'String-keyed map writes')).toContainText('45.1%')
  await panel(page).getByText('What cannot be seen here').click()
  await expect(panel(page).getByText(/hide the runtime’s frames/)).toBeVisible()
  await openFiles(page, fixturePath('go1.22/map/heap.pb.gz'))
  await expect(zone(page, 'JSON decoded into interface{}')).toContainText('82.5%')
  await panel(page).getByText('What cannot be seen here').click()
  await expect(panel(page)).toContainText('(*decodeState).objectInterface')
})

test('a goroutine profile says what it cannot show', async ({ page }) => {
  await open(page, 'goroutines/leak-go1.27/goroutine.pb.gz')
  await expect(zone(page, 'Goroutines that pile up')).toContainText('58.1%')
  await panel(page).getByText('What cannot be seen here').click()
  await expect(panel(page).getByText(/counts waiting or goroutines/)).toContainText('String-keyed map writes')
})

test('a title zooms to the biggest place; next and previous walk the places', async ({ page }) => {
  await open(page, 'go1.27/map/cpu.pb.gz')
  await zone(page, 'Reflective allocation').getByRole('button', { name: 'Reflective allocation', exact: true }).click()
  await expect(page.getByRole('navigation', { name: 'Zoomed path' })).toContainText('reflect.')
  await expect(zone(page, 'Reflective allocation')).toContainText(/1 of \d+/)
  await page.getByRole('button', { name: 'Next place: Reflective allocation' }).click()
  await expect(zone(page, 'Reflective allocation')).toContainText(/2 of \d+/)
  await expect(page.getByRole('region', { name: 'Frame details' })).toContainText('reflect')
  await page.keyboard.press('Shift+Z')
  await expect(zone(page, 'Reflective allocation')).toContainText(/1 of \d+/)
  await page.keyboard.press('z')
  await expect(zone(page, 'Reflective allocation')).toContainText(/2 of \d+/)
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
  await expect(zone(page, 'String-keyed map writes').getByRole('switch')).toBeChecked()
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

test('copies the findings as Markdown of under 200 lines', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(page, 'go1.27/map/cpu.pb.gz')
  await page.getByRole('button', { name: 'Copy as Markdown' }).click()
  await expect(panel(page).getByText('Copied as Markdown')).toBeVisible()
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(text).toMatch(/^# Hot zones of `cpu\.pb\.gz`/)
  for (const part of ['`json-any`): 50.7%', 'main.decodeMap', 'decode.go:49', 'Heaviest path', 'see no waiting']) {
    expect(text).toContain(part)
  }
  expect(text.split('\n').length).toBeLessThan(200)
})

for (const scheme of ['light', 'dark'] as const) {
  test(`axe: everything in the panel open, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await open(page, 'go1.27/map/cpu.pb.gz')
    await opened(page, 'JSON decoded into interface{}').click()
    for (const summary of await panel(page).locator('summary').all()) await summary.click()
    expect(await axe(page)).toEqual([])
  })
}
