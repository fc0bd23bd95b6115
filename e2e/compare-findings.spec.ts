/** What became of the findings of two profiles that are compared: the verdict, whose line made it, and what is gone. */
import { fixturePath } from '../src/testing/fixtures.ts'
import { axe, expect, openApp, openFiles, type Page, test, waitForFlame } from './app.ts'

const heaps = [0, 3].map((i) => fixturePath(`go1.27/map/heap-${i}.pb.gz`))
const cpus = ['map', 'struct'].map((name) => fixturePath(`go1.27/${name}/cpu.pb.gz`))

const card = (page: Page) => page.getByRole('region', { name: 'What changed' })
const changed = (page: Page) => card(page).getByRole('list', { name: 'Findings that changed' })

/** Opens both, and then the link to their comparison. */
async function compare(page: Page, ...files: string[]): Promise<void> {
  await openApp(page)
  const ids: string[] = []
  for (const file of files) {
    await openFiles(page, file)
    await expect.poll(() => new URL(page.url()).searchParams.get('p') ?? '').not.toBe(ids.at(-1) ?? '')
    await waitForFlame(page, 1)
    ids.push(new URL(page.url()).searchParams.get('p') ?? '')
  }
  const address = new URL(page.url())
  await page.goto(`${address.origin}/?p=comparison~${ids.join('.')}`)
  await waitForFlame(page, 1)
}

test('two heaps: whose line kept it comes first, then what grew; a row opens the card of the finding', async ({
  page,
}) => {
  await compare(page, ...heaps)
  // Of `pprof -top -unit=B`: 45,567,027 and 170,674,650 bytes.
  await expect(card(page).getByRole('heading')).toHaveText('main.decodeMap kept +104.8 MiB, decode.go:49')
  await expect(card(page)).toContainText('43.5 MiB → 162.8 MiB (+274.6%), more than chance')
  await expect(changed(page).getByRole('listitem').first()).toContainText(
    /Grown.*JSON decoded into interface\{\}.*\+104\.8 MiB/,
  )
  await expect(page.getByRole('region', { name: 'Where it goes' })).toContainText('Values are differences')
  await expect(page.getByRole('heading', { name: 'In heap-3.pb.gz' })).toBeVisible()
  expect(await axe(page)).toEqual([])
  const row = changed(page).getByRole('button', { name: /JSON decoded into interface/ })
  await row.focus()
  await page.keyboard.press('Enter')
  const open = page.locator('.zone[data-selected="true"]')
  await expect(open).toContainText('JSON decoded into interface{}')
  await expect(open).toBeInViewport()
  await expect(open).toContainText('86.0%')
  expect(page.url()).toContain('zf=json-any')
})

test('CPU before and after: what is gone, new and smaller, and what is gone can be read', async ({ page }) => {
  await compare(page, ...cpus)
  await expect(card(page).getByRole('heading')).toHaveText('CPU -26.2%: JSON decoded into interface{} 50.7% → gone')
  await expect(card(page)).toContainText(/The other way\s*decode\.go:66 main\.decodeStruct/)
  await expect(card(page)).toContainText(/GC tax\s*18\.6% → 11\.4%/)
  const gone = changed(page).getByRole('button', { name: /^Gone JSON decoded into interface/ })
  await gone.click()
  await expect(gone).toHaveAttribute('aria-expanded', 'true')
  const item = changed(page).getByRole('listitem').first()
  await expect(item).toContainText('Each object becomes a map')
  // Its line is that of the base, and leads to its box, which is hollow.
  const address = page.url()
  await item.getByRole('button', { name: /^main\.decodeMap/ }).click()
  await expect.poll(() => page.url()).not.toBe(address)
  await expect(page.locator('.crumbs').filter({ hasText: 'decodeMap' })).toBeVisible()
  await expect(changed(page).getByRole('button', { name: /^New JSON decoded into structs/ })).toContainText('new 35.7%')
  await expect(card(page)).toContainText('The same, or within noise: Memory copied and cleared')
})

test('other sides, other findings; one profile alone has none to compare', async ({ page }) => {
  await compare(page, ...heaps)
  await expect(card(page)).toBeVisible()
  await page.getByRole('button', { name: 'Swap base and current' }).click()
  await expect(card(page).getByRole('heading')).toHaveText('main.decodeMap keeps 104.8 MiB less, decode.go:49')
  await expect(page.getByRole('heading', { name: 'In heap-0.pb.gz' })).toBeVisible()
  await page.getByRole('combobox', { name: 'Base' }).selectOption('None: the current one alone')
  await expect(card(page)).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Where it goes' })).not.toContainText('Values are differences')
})

test('in Chinese', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'languages', { get: () => ['zh-CN'] }))
  await compare(page, ...heaps)
  const region = page.getByRole('region', { name: '有何变化' })
  await expect(region.getByRole('heading')).toHaveText('main.decodeMap 多保留 +104.8 MiB，decode.go:49')
  await expect(region).toContainText('超出偶然')
})
