/** Firefox: a profile opens, is searched, zoomed and linked, and every view shows it, without an error on the console. */
import { fixturePath } from '../src/testing/fixtures.ts'
import { expect, openApp, openFiles, test, treeItem, waitForFlame } from './app.ts'

test('opens, searches, zooms, comes back by its link, and shows every view', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath('go1.27/map/cpu.pb.gz'))
  await expect(treeItem(page, 'main.ingest').first()).toBeVisible()

  // Typed, since what Playwright fills in over WebDriver BiDi is not noticed by React.
  await page.getByRole('searchbox').click()
  await page.keyboard.type('mapassign')
  await expect(page.getByRole('search').getByRole('status')).toContainText('4 functions')

  await treeItem(page, 'main.ingest').first().focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/[#&]z=/)
  await expect(page).toHaveURL(/[#&]q=mapassign/)
  const link = page.url()

  await page.goto('about:blank')
  await page.goto(link)
  await waitForFlame(page)
  await expect(page.getByRole('searchbox')).toHaveValue('mapassign')
  await expect(treeItem(page, 'main.ingest').first()).toBeVisible()

  const tabs = page.getByRole('navigation', { name: 'Views' }).getByRole('button')
  expect(await tabs.count()).toBeGreaterThan(3)
  for (const tab of await tabs.all()) {
    await tab.click()
    await expect(tab).toHaveAttribute('aria-current', 'page')
    await expect(page.getByText('Counting…')).toHaveCount(0)
  }
  await page.getByRole('button', { name: 'Graph', exact: true }).click()
  await expect(
    page.getByRole('region', { name: 'Call graph' }).getByRole('button', { name: /^main\.ingest, self/ }),
  ).toBeVisible()
  await page.getByRole('button', { name: 'Table', exact: true }).click()
  await expect(page.getByText('main.ingest').first()).toBeVisible()
})
