/** Colours by other numbers than the width, and how many samples a frame rests on. */
import { fixturePath } from '../src/testing/fixtures.ts'
import { axe, expect, openApp, openFiles, type Page, test } from './app.ts'
import { totalOf } from './shares.ts'

const heap = fixturePath('go1.27/map/heap.pb.gz')
const details = (page: Page) => page.getByRole('region', { name: 'Frame details' })
const pixels = (page: Page) => page.locator('.graph-place canvas').first().screenshot()

async function colorBy(page: Page, choice: string): Promise<void> {
  await page.getByRole('button', { name: /^Colour: / }).click()
  await page.getByRole('menuitemradio', { name: choice }).click()
}

test('a heap by what is in use of what was allocated, which says no more, in the address and back', async ({
  page,
}) => {
  await openApp(page)
  await openFiles(page, heap)
  const before = await pixels(page)
  await colorBy(page, 'In use ÷ allocated')
  const legend = page.getByRole('region', { name: 'What the colours mean' })
  await expect(legend).toContainText('little of it in use now')
  await expect(legend).toContainText('50.0%')
  await expect(details(page)).toContainText(/In use ÷ allocated \d/)
  await expect.poll(() => page.url()).toContain('cb=in-use')
  await expect.poll(async () => (await pixels(page)).equals(before)).toBe(false)
  await page.reload()
  await expect(legend).toBeVisible()
  await colorBy(page, 'Mean object size')
  await expect(legend).toContainText('512 B')
  await expect(details(page)).toContainText('Mean object 49 B')
  await page.goBack()
  await expect(legend).toContainText('little of it in use now')
  await page.getByRole('button', { name: 'Colour by package again' }).click()
  await expect(legend).toHaveCount(0)
  await expect.poll(() => page.url()).not.toContain('cb=')
})

test('width by allocated bytes, colour by bytes in use', async ({ page }) => {
  await openApp(page)
  await openFiles(page, heap)
  await page.getByRole('radio', { name: 'Alloc space' }).check({ force: true })
  await colorBy(page, 'Share of In use space')
  await expect(page.getByRole('region', { name: 'What the colours mean' })).toContainText('×0.25')
  await expect(details(page)).toContainText(`In use space ${totalOf('go1.27/map/heap.pb.gz', 'inuse_space')} · 100%`)
})

test('the details say how many samples a frame rests on; few fade unless told otherwise', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath('go1.27/map/cpu.pb.gz'))
  await expect(details(page)).toContainText('Samples 687 ±7.5%')
  const faded = await pixels(page)
  await page.getByRole('button', { name: /^Colour: / }).click()
  await page.getByRole('menuitemradio', { name: 'Show them like the others' }).click()
  await expect.poll(() => page.url()).toContain('fade=0')
  await expect.poll(async () => (await pixels(page)).equals(faded)).toBe(false)
  await openFiles(page, heap)
  await expect(details(page)).toContainText(/Samples 3,995 ±\d/)
  await openFiles(page, fixturePath('goroutines/leak-go1.27/goroutine.pb.gz'))
  await expect(details(page)).not.toContainText('±')
  // Nothing to choose, but the legend is there.
  await page.getByRole('button', { name: /^Colour: / }).click()
  await expect(page.getByRole('menuitemradio')).toHaveCount(0)
  await expect(page.getByRole('menuitem', { name: 'What the colours mean' })).toBeVisible()
})

for (const scheme of ['light', 'dark'] as const) {
  test(`axe: coloured by a ratio, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await openApp(page)
    await openFiles(page, heap)
    await colorBy(page, 'In use ÷ allocated')
    await expect(page.getByRole('region', { name: 'What the colours mean' })).toBeVisible()
    expect(await axe(page)).toEqual([])
  })
}
