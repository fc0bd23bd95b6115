/** Finding frames: count, share, next and previous, bad and runaway expressions. */
import { fixturePath } from '../src/testing/fixtures.ts'
import { expect, openApp, openFiles, type Page, test, treeItem } from './app.ts'

const cpu = fixturePath('go1.27/map/cpu.pb.gz')

const box = (page: Page) => page.getByRole('searchbox', { name: 'Search frames' })
const status = (page: Page) => page.getByRole('search').getByRole('status')

test.beforeEach(async ({ page }) => {
  await openApp(page)
  await openFiles(page, cpu)
})

test('plain text, any case, with functions, frames, weight and share', async ({ page }) => {
  await box(page).fill('REFLECT')
  await expect(status(page)).toContainText('38 functions')
  await expect(status(page)).toContainText('2.05 s')
  await expect(status(page)).toContainText('29.8%')
  // Words are not alternatives.
  await box(page).fill('reflect json')
  await expect(status(page)).toHaveText('No matches')
  await box(page).press('Escape')
  await expect(box(page)).toHaveValue('')
  await expect(status(page)).toHaveText('')
})

test('Enter and Shift+Enter go through the matches', async ({ page }) => {
  await box(page).fill('runtime.mapassign_faststr')
  await expect(status(page)).toContainText('1 function')
  await box(page).press('Enter')
  await expect(status(page)).toContainText(/1 of \d+/)
  const details = page.getByRole('region', { name: 'Frame details' })
  await expect(details).toContainText('runtime.mapassign_faststr')
  const of = Number(/of (\d+)/.exec((await status(page).textContent()) ?? '')?.[1])
  await box(page).press('Enter')
  await expect(status(page)).toContainText(`2 of ${of}`)
  await box(page).press('Shift+Enter')
  await box(page).press('Shift+Enter')
  await expect(status(page)).toContainText(`${of} of ${of}`)
  // However small the box, it is brought into view.
  await expect(details).toContainText('runtime.mapassign_faststr')
  await expect(treeItem(page, 'runtime.mapassign_faststr').first()).toBeVisible()
})

test('a regular expression between slashes', async ({ page }) => {
  await box(page).fill('/^main\\.(ingest|decodeMap)$/')
  await expect(status(page)).toContainText('2 functions')
  await expect(status(page)).toContainText('63.5%')
})

test('a bad expression marks the box with the reason and changes nothing else', async ({ page }) => {
  await box(page).fill('reflect')
  await expect(status(page)).toContainText('38 functions')
  const tree = await page.getByRole('tree').innerText()
  await box(page).fill('/mapassign(/')
  await expect(box(page)).toHaveAttribute('aria-invalid', 'true')
  await expect(status(page)).toContainText('Not a regular expression')
  expect(await page.getByRole('tree').innerText()).toBe(tree)
  await box(page).fill('reflect')
  await expect(box(page)).toHaveAttribute('aria-invalid', 'false')
  await expect(status(page)).toContainText('38 functions')
})

test('a runaway expression is stopped and the page stays usable', async ({ page }) => {
  await box(page).fill('/^(\\w|\\W|[a-z])*!$/')
  await treeItem(page, 'main.ingest')
    .first()
    .click({ position: { x: 12, y: 6 } })
  await expect(page.getByRole('navigation', { name: 'Zoomed path' })).toContainText('main.ingest')
  await expect(status(page)).toContainText('takes too long', { timeout: 20_000 })
  await expect(box(page)).toHaveAttribute('aria-invalid', 'true')
  await box(page).fill('reflect')
  await expect(status(page)).toContainText('38 functions')
})
