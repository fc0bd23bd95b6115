/** The address holds the view: back, forward, reload, links to other people, with and without the profile. */
import { readFileSync } from 'node:fs'
import { fixturePath } from '../src/testing/fixtures.ts'
import { appUrl, axe, dropFiles, expect, openApp, openFiles, type Page, test, treeItem, waitForFlame } from './app.ts'

const cpu = fixturePath('go1.27/map/cpu.pb.gz')
const heap = fixturePath('go1.27/map/heap.pb.gz')
const other = fixturePath('go1.27/struct/cpu.pb.gz')

const crumbs = (page: Page) => page.getByRole('navigation', { name: 'Zoomed path' })
const click = (page: Page, name: string) =>
  treeItem(page, name)
    .first()
    .click({ position: { x: 12, y: 6 } })

async function zoomedAndSearched(page: Page): Promise<void> {
  await openFiles(page, heap)
  await page.getByRole('radio', { name: 'Alloc space' }).check()
  await click(page, 'main.decodeMap')
  await expect(crumbs(page)).toContainText('main.decodeMap')
  await page.getByRole('searchbox', { name: 'Search frames' }).fill('reflect')
  await expect(page.getByRole('search').getByRole('status')).toContainText('functions')
  await page.getByRole('switch', { name: 'Mark Reflective allocation in the graph' }).click()
  await expect.poll(() => page.url()).toContain('q=reflect')
}

async function expectThatView(page: Page): Promise<void> {
  await expect(page.getByRole('radio', { name: 'Alloc space' })).toBeChecked()
  await expect(crumbs(page)).toContainText('main.decodeMap')
  await expect(page.getByRole('searchbox', { name: 'Search frames' })).toHaveValue('reflect')
  await expect(page.getByRole('search').getByRole('status')).toContainText('functions')
  await expect(page.getByRole('switch', { name: 'Mark Reflective allocation in the graph' })).not.toBeChecked()
  await expect(page.getByRole('switch', { name: 'Mark String-keyed map writes in the graph' })).toBeChecked()
}

test('back and forward walk the zooms; typing a search leaves no steps', async ({ page }) => {
  await openApp(page)
  await openFiles(page, cpu)
  await click(page, 'main.ingest')
  await expect(crumbs(page)).toContainText('main.ingest')
  await click(page, 'main.decodeMap')
  await expect(crumbs(page)).toContainText('main.decodeMap')
  const steps = await page.evaluate(() => history.length)
  await page.getByRole('searchbox', { name: 'Search frames' }).pressSequentially('mapassign', { delay: 20 })
  await expect.poll(() => page.url()).toContain('q=mapassign')
  expect(await page.evaluate(() => history.length)).toBe(steps)
  await page.goBack()
  await expect(crumbs(page)).not.toContainText('main.decodeMap')
  await expect(crumbs(page)).toContainText('main.ingest')
  await page.goBack()
  await expect(crumbs(page)).not.toContainText('main.ingest')
  await page.goForward()
  await page.goForward()
  await expect(crumbs(page)).toContainText('main.decodeMap')
})

test('a reload comes back to the same view, from what this browser kept', async ({ page }) => {
  await openApp(page)
  await zoomedAndSearched(page)
  await page.reload()
  await waitForFlame(page)
  await expectThatView(page)
})

test('a link in another browser asks for the file and then goes to the same view', async ({ page, freshPage }) => {
  await openApp(page)
  await zoomedAndSearched(page)
  await page.getByRole('button', { name: 'Share' }).click()
  const link = await page.getByRole('dialog').getByRole('textbox', { name: 'Link' }).inputValue()
  expect(link.length).toBeLessThan(500)
  const theirs = await freshPage()
  await theirs.goto(link)
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('This link needs heap.pb.gz')
  await dropFiles(theirs, [heap])
  await waitForFlame(theirs)
  await expectThatView(theirs)
})

test('a link carries a small profile inside and needs nothing else', async ({ page, freshPage, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openApp(page)
  await zoomedAndSearched(page)
  await page.getByRole('button', { name: 'Share' }).click()
  const dialog = page.getByRole('dialog', { name: 'Share this view' })
  await dialog.getByRole('radio', { name: /Put the profile into the link/ }).check()
  await expect(dialog.getByText(/The link gets [\d,]+ characters long/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Copy link' }).click()
  await expect(dialog.getByText('Link copied')).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(new URL(link).search.length).toBeLessThan(60)
  const theirs = await freshPage()
  await theirs.goto(link)
  await waitForFlame(theirs)
  await expectThatView(theirs)
  // Once this browser has kept the profile the address is short again.
  await expect.poll(() => theirs.url().length).toBeLessThan(500)
})

test('a link to this machine says that nobody else can open it, and offers one page that everybody can', async ({
  page,
  freshPage,
}) => {
  await openApp(page)
  await openFiles(page, cpu)
  await page.getByRole('button', { name: 'Share' }).click()
  const dialog = page.getByRole('dialog', { name: 'Share this view' })
  await expect(dialog.getByLabel('Link', { exact: true })).toBeFocused()
  await expect(dialog.getByText('This link leads to this computer: nobody else can open it.')).toBeVisible()
  expect(await axe(page)).toEqual([])
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save as one HTML page' }).click()
  const file = await download
  await expect(dialog.getByText(`${file.suggestedFilename()} is saved.`)).toBeVisible()
  const html = readFileSync((await file.path()) ?? '', 'utf8')
  const theirs = await freshPage()
  await theirs.setContent(html.replace(/<meta http-equiv[^>]*>/, ''))
  await expect(theirs.getByText('main.ingest').first()).toBeAttached()
  await dialog.getByRole('radio', { name: /Put the profile into the link/ }).check()
  await expect(dialog.getByText(/where Hotzone answers at this same address/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Share' })).toBeFocused()
})

test('the link of a sample offers the sample', async ({ page, freshPage }) => {
  await openApp(page)
  await page.getByRole('button', { name: /Goroutine leak/ }).click()
  await waitForFlame(page)
  await expect.poll(() => page.url()).toContain('?p=')
  const theirs = await freshPage()
  await theirs.goto(page.url())
  await theirs.getByRole('button', { name: 'Open the sample' }).click()
  await waitForFlame(theirs)
  await expect(theirs.getByRole('list', { name: 'Profiles' })).toContainText('goroutine-leak.pb.gz')
})

test('another profile of the program opens the deepest frame that exists, and says so', async ({ page, freshPage }) => {
  await openApp(page)
  await openFiles(page, cpu)
  await page
    .getByRole('region', { name: 'Findings' })
    .getByRole('button', { name: 'Maps filled by reflection', exact: true })
    .click()
  await expect(crumbs(page)).toContainText('makeMapArshaler')
  const theirs = await freshPage()
  await theirs.goto(page.url())
  await dropFiles(theirs, [other])
  await waitForFlame(theirs)
  await expect(theirs.getByText('is not the profile the link was made from')).toBeVisible()
  await expect(theirs.getByText('Showing the deepest frame that exists.')).toBeVisible()
  await expect(crumbs(theirs)).toContainText('main.ingest')
})

test('?profile= loads over HTTP; what cannot be had says why', async ({ page, allow }) => {
  allow(/404/)
  await openApp(page, '?profile=samples/heap-maps.pb.gz&profile=samples/mutex.pb.gz')
  await waitForFlame(page)
  const list = page.getByRole('list', { name: 'Profiles' })
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await expect(list.locator('[aria-current]')).toContainText('heap-maps.pb.gz')
  await openApp(page, '?profile=samples/none.pb.gz')
  await expect(page.getByRole('alert')).toContainText('404')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})

test('garbage in the address is named and does no harm', async ({ page }) => {
  await openApp(page, '?p=nonsense#v=1&z=***&order=sideways&later=1')
  await expect(page.getByText('could not be read and was left out').first()).toBeVisible()
  await openFiles(page, cpu)
  await expect(treeItem(page, 'main.ingest')).toBeVisible()
  expect(page.url()).toContain('later=1')
  expect(page.url().startsWith(appUrl())).toBe(true)
})

test('an edited address is followed', async ({ page }) => {
  await openApp(page)
  await openFiles(page, cpu)
  await page.evaluate(() => {
    location.hash = '#v=1&q=mapassign&flip=1'
  })
  await expect(page.getByRole('searchbox', { name: 'Search frames' })).toHaveValue('mapassign')
  await expect(page.getByRole('button', { name: /Root at the bottom/ })).toBeVisible()
})
