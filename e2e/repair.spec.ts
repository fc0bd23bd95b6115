/** Stacks that Go cut get their callers back, with the numbers that `go tool pprof -traces` has of them. */
import { formatValue } from '../src/core/model/units.ts'
import { fixturePath } from '../src/testing/fixtures.ts'
import { axe, expect, openApp, openFiles, type Page, test, treeItem } from './app.ts'

const FILE = 'cut/heap-go1.19.pb.gz'
const bytes = (value: number) => formatValue(value, 'bytes')
/** pprof: what runs below runtime.main, and what the cut stacks of order02, bill02 and shared02 hold. */
const MAIN = 25_056
const [ORDERS, BILLING, SHARED] = [65_632, 131_072, 524_288]
const REPAIRED = MAIN + ORDERS + BILLING

const account = (page: Page) => page.getByRole('dialog', { name: 'Where the total went' })
const repair = (page: Page) => account(page).getByRole('checkbox', { name: 'Repair cut stacks by overlap' })
const bar = (page: Page) => page.getByRole('region', { name: 'Filters' })

async function holds(page: Page, name: string, value: number): Promise<void> {
  await expect(treeItem(page, name).first()).toHaveAttribute('aria-label', new RegExp(`, ${bytes(value)},`))
}

test('cut stacks are counted, repaired, undone, and repaired again by the link', async ({ page, freshPage }) => {
  await openApp(page, '#v=1&si=alloc_space')
  await openFiles(page, fixturePath(FILE))
  await holds(page, 'runtime.main', MAIN)
  await page.getByRole('button', { name: 'Where the total went' }).click()
  await expect(account(page)).toContainText(`samples (${bytes(ORDERS + BILLING + SHARED)}, 96.2%)`)
  await expect(repair(page)).not.toBeChecked()
  await repair(page).focus()
  await page.keyboard.press('Space')
  await expect(repair(page)).toBeChecked()
  await expect(account(page)).toContainText(`(${bytes(ORDERS + BILLING)}, 26.3%) got the missing callers`)
  await expect(account(page)).toContainText(`(${bytes(SHARED)}, 70.0%) could not be repaired`)
  await holds(page, 'runtime.main', REPAIRED)
  // What is still being counted is dimmed for a moment.
  await expect.poll(() => axe(page)).toEqual([])
  await page.keyboard.press('Escape')
  await holds(page, 'main.shared02', SHARED)
  await holds(page, 'All', 749_312)
  await expect(bar(page)).toContainText('Cut stacks repaired')

  await page.keyboard.press('Control+z')
  await holds(page, 'runtime.main', MAIN)
  await page.keyboard.press('Control+Shift+z')
  await holds(page, 'runtime.main', REPAIRED)
  await page.goBack()
  await holds(page, 'runtime.main', MAIN)
  await page.goForward()
  await holds(page, 'runtime.main', REPAIRED)
  await page.reload()
  await holds(page, 'runtime.main', REPAIRED)

  const other = await freshPage()
  await other.goto(page.url())
  await openFiles(other, fixturePath(FILE))
  await holds(other, 'runtime.main', REPAIRED)
  await bar(other).getByRole('button', { name: 'Remove option: Cut stacks repaired' }).click()
  await holds(other, 'runtime.main', MAIN)
})
