/** The findings: what is found and why, what cannot show, toggles, the way through the places, what can be copied. */
import { fixturePath } from '../src/testing/fixtures.ts'
import { axe, expect, openApp, openFiles, type Page, test } from './app.ts'
import { weightOf } from './shares.ts'

const panel = (page: Page) => page.getByRole('region', { name: 'Findings' })
const zone = (page: Page, title: string) =>
  panel(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: title }) })
const opened = (page: Page, title: string) => page.getByRole('button', { name: `What to do about ${title}` })

const mapCpu = 'go1.27/map/cpu.pb.gz'

async function open(page: Page, fixture: string): Promise<void> {
  await openApp(page)
  await openFiles(page, fixturePath(fixture))
}

/** Causes below the largest four. */
const showRest = (page: Page) => page.getByRole('button', { name: /^\d+ more, up to/ }).click()

test('a CPU profile of Go 1.27: the cause first, with its line, what to do and how it is known', async ({ page }) => {
  await open(page, mapCpu)
  const first = panel(page).locator('.zone').first()
  await expect(first).toContainText('JSON decoded into interface{}')
  await expect(first).toContainText(weightOf(mapCpu, 'json-any').share)
  await expect(first).toContainText(weightOf(mapCpu, 'json-any').value)
  await expect(first).toContainText('certain')
  await expect(first).toContainText('decode.go:49')
  await expect(first).not.toContainText('json.RawMessage')
  await opened(page, 'JSON decoded into interface{}').click()
  await expect(first).toContainText('json.RawMessage')
  await expect(first).toContainText('Shares weight with')
  await first.getByText('How do you know').click()
  await expect(first.getByText(/Rests on \d+ samples/)).toBeVisible()
  await expect(first.getByText('v2.makeInterfaceArshaler.func2')).toBeVisible()
  await expect(first.getByRole('link', { name: /decode\.go/ })).toHaveAttribute(
    'href',
    'https://go.dev/src/encoding/json/decode.go',
  )
  const docs = page.waitForEvent('popup')
  await first.getByRole('link', { name: 'All about this rule' }).click()
  await expect((await docs).locator('section:target')).toContainText('Decode into a struct that names the fields')
  await (await docs).close()
  await first
    .locator('.blame')
    .getByRole('button', { name: /^main\.decodeMap/ })
    .click()
  await expect(page.getByRole('navigation', { name: 'Zoomed path' })).toContainText('main.decodeMap')
  // The place leads to its line.
  await first.getByRole('button', { name: 'decode.go:49' }).click()
  const lines = page.getByRole('region', { name: 'Lines', exact: true })
  await expect(lines.getByRole('row').and(page.locator('[aria-current=true]'))).toContainText('49')
})

test('the three answers stand above the list; few causes at first, context folded away and not marked', async ({
  page,
}) => {
  await open(page, mapCpu)
  const answers = panel(page).locator('.answer-line')
  await expect(answers).toHaveText([
    `${weightOf(mapCpu, 'json-any').share}JSONmostly into interface{}`,
    /^[\d.]+%GC taxmostly background marking$/,
    /^[\d.]+%Maps by reflectionin json\/v2\.makeMapArshaler/,
  ])
  await expect(panel(page).getByRole('listitem').locator('visible=true')).toHaveCount(4)
  await expect(zone(page, 'String-keyed map writes')).toHaveCount(0)
  await showRest(page)
  await expect(zone(page, 'String-keyed map writes')).toContainText(weightOf(mapCpu, 'str-map-assign').share)
  await expect(zone(page, 'String-keyed map writes')).toContainText(weightOf(mapCpu, 'str-map-assign').value)
  await expect(zone(page, 'Reflective allocation')).toContainText(weightOf(mapCpu, 'reflect-alloc').share)
  await expect(zone(page, 'Maps filled by reflection')).toContainText('likely')
  await page.getByRole('button', { name: 'Show only the largest' }).click()
  await expect(zone(page, 'String-keyed map writes')).toHaveCount(0)
  await answers.getByText('JSON', { exact: true }).click()
  await expect(panel(page).getByText(/of the profile and [\d.]+% of all JSON decoding/)).toBeVisible()
  await answers.getByText('GC tax').click()
  await expect(panel(page).getByText('Divided by each line’s CPU time')).toBeVisible()
  await panel(page).getByText('What cannot be seen here').click()
  await expect(panel(page).getByText(/CPU profiles see no waiting/)).toBeVisible()
  await expect(page.getByRole('switch', { name: 'Mark Allocation in the graph', exact: true })).toBeHidden()
  await panel(page)
    .getByText(/For orientation/)
    .click()
  await expect(page.getByRole('switch', { name: 'Mark Allocation in the graph', exact: true })).not.toBeChecked()
  await page.getByRole('switch', { name: 'Mark Allocation in the graph', exact: true }).click()
  await expect.poll(() => page.url()).toContain('zl=malloc')
})

test('CPU profiles of Go 1.24 and heaps of two versions', async ({ page }) => {
  await open(page, 'go1.24/map/cpu.pb.gz')
  await expect(zone(page, 'JSON decoded into interface{}')).toContainText(
    weightOf('go1.24/map/cpu.pb.gz', 'json-any').share,
  )
  await showRest(page)
  await expect(zone(page, 'String-keyed map writes').getByRole('switch')).toBeChecked()
  await openFiles(page, fixturePath('go1.27/map/heap.pb.gz'))
  await expect(zone(page, 'JSON decoded into interface{}')).toContainText(
    weightOf('go1.27/map/heap.pb.gz', 'json-any').share,
  )
  await expect(zone(page, 'String-keyed map writes')).toContainText(
    weightOf('go1.27/map/heap.pb.gz', 'str-map-assign').share,
  )
  await panel(page).getByText('What cannot be seen here').click()
  await expect(panel(page).getByText(/hide the runtime’s frames/)).toBeVisible()
  await openFiles(page, fixturePath('go1.22/map/heap.pb.gz'))
  await expect(zone(page, 'JSON decoded into interface{}')).toContainText(
    weightOf('go1.22/map/heap.pb.gz', 'json-any').share,
  )
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
  await open(page, mapCpu)
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
  await open(page, mapCpu)
  await showRest(page)
  await expect(zone(page, 'String-keyed map writes')).toBeVisible()
  const pixels = () => page.locator('.flame-canvas').first().screenshot()
  // What is found is known a moment before the graph is lit by it.
  await expect(page.getByRole('treeitem', { name: /finding \d/ }).first()).toBeVisible()
  const lit = await pixels()
  await page.getByRole('switch', { name: 'Mark String-keyed map writes in the graph' }).click()
  await expect.poll(() => page.url()).toContain('zo=str-map-assign')
  await expect.poll(async () => (await pixels()).equals(lit)).toBe(false)
  await page.getByRole('button', { name: 'Hide all' }).click()
  await expect(page.getByRole('switch', { checked: true })).toHaveCount(0)
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(zone(page, 'String-keyed map writes').getByRole('switch')).toBeChecked()
  await expect.poll(() => page.url()).not.toContain('zo=')
})

test('a link carries which finding is open and which are switched off', async ({ page, freshPage }) => {
  await open(page, mapCpu)
  await page.getByRole('switch', { name: 'Mark Reflective allocation in the graph' }).click()
  // The fifth cause: its card is not among those that are shown at first.
  await showRest(page)
  await opened(page, 'String-keyed map writes').click()
  await expect.poll(() => page.url()).toContain('zf=str-map-assign')
  const theirs = await freshPage()
  await theirs.goto(page.url())
  await openFiles(theirs, fixturePath(mapCpu))
  await expect(opened(theirs, 'String-keyed map writes')).toHaveAttribute('aria-expanded', 'true')
  await expect(zone(theirs, 'String-keyed map writes')).toContainText('make(map[string]T, n)')
  await expect(theirs.getByRole('switch', { name: 'Mark Reflective allocation in the graph' })).not.toBeChecked()
  await opened(theirs, 'String-keyed map writes').click()
  await expect.poll(() => theirs.url()).not.toContain('zf=')
})

test('a colleague is told: read the first finding, go to its place, see the line, copy it all', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(page, mapCpu)
  const first = panel(page).locator('.zone').first()
  await expect(first.getByRole('heading')).toHaveText('JSON decoded into interface{}')
  const title = first.getByRole('button', { name: 'JSON decoded into interface{}', exact: true })
  await title.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('navigation', { name: 'Zoomed path' })).toContainText('makeInterfaceArshaler')
  await expect(page.getByRole('region', { name: 'Frame details' })).toContainText(weightOf(mapCpu, 'json-any').value)
  await expect(first.locator('.blame')).toContainText('decode.go:49')
  await first
    .locator('.blame')
    .getByRole('button', { name: /^main\.decodeMap/ })
    .focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('navigation', { name: 'Zoomed path' })).toContainText('main.decodeMap')
  await expect(page.getByRole('region', { name: 'Frame details' })).toContainText('decode.go:49')
  await page.getByRole('button', { name: 'Copy as Markdown' }).click()
  await expect(panel(page).getByText('Copied as Markdown')).toBeVisible()
  const { share, value } = weightOf(mapCpu, 'json-any')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
    `### JSON decoded into interface{} (\`json-any\`): ${share}, ${value}, certain`,
  )
})

test('the panel folds to a strip and has a width for the keyboard', async ({ page }) => {
  await open(page, mapCpu)
  const grip = page.getByRole('slider', { name: 'Width of the inspector' })
  const before = await panel(page).boundingBox()
  await grip.focus()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(async () => (await panel(page).boundingBox())?.width).toBe((before?.width ?? 0) + 16)
  await page.keyboard.press('b')
  await expect(panel(page).getByRole('listitem')).toHaveCount(0)
  await page.getByRole('button', { name: 'Open the inspector' }).click()
  await expect(zone(page, 'Reflective allocation')).toBeVisible()
})

test('copies the findings as Markdown of under 200 lines', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(page, mapCpu)
  await page.getByRole('button', { name: 'Copy as Markdown' }).click()
  await expect(panel(page).getByText('Copied as Markdown')).toBeVisible()
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(text).toMatch(/^# Findings in `cpu\.pb\.gz`/)
  for (const part of [
    `\`json-any\`): ${weightOf(mapCpu, 'json-any').share}`,
    'main.decodeMap',
    'decode.go:49',
    'Heaviest path',
    'see no waiting',
  ]) {
    expect(text).toContain(part)
  }
  expect(text.split('\n').length).toBeLessThan(200)
})

for (const scheme of ['light', 'dark'] as const) {
  test(`axe: everything in the panel open, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await open(page, mapCpu)
    await opened(page, 'JSON decoded into interface{}').click()
    await showRest(page)
    for (const summary of await panel(page).locator('summary').all()) await summary.click()
    expect(await axe(page)).toEqual([])
  })
}

test('a helper that several lines call names them', async ({ page }) => {
  await open(page, 'labelled/shared-helper.cpu.pb.gz')
  await opened(page, 'Formatting with fmt').click()
  await expect(zone(page, 'Formatting with fmt')).toContainText('called by service.go:217 main.second')
  await expect(zone(page, 'Formatting with fmt')).toContainText('called by service.go:216 main.first')
})
