/** Profiles that are compared: how it starts, which two, on which scale. */
import { fixturePath } from '../src/testing/fixtures.ts'
import { axe, expect, type Locator, openApp, openFiles, type Page, test, waitForFlame } from './app.ts'

const heap = (n: number) => fixturePath(`go1.27/map/heap-${n}.pb.gz`)
const cpus = [fixturePath('go1.22/map/cpu.pb.gz'), fixturePath('go1.27/map/cpu.pb.gz')] as const

const group = (page: Page) => page.getByRole('group', { name: 'Compare', exact: true })
const base = (page: Page) => group(page).getByRole('combobox', { name: 'Base' })
const current = (page: Page) => group(page).getByRole('combobox', { name: 'Current' })
const swap = (page: Page) => group(page).getByRole('button', { name: 'Swap base and current' })
const scale = (page: Page) => page.getByRole('radiogroup', { name: 'Scale' })
const measured = (page: Page) => page.locator('.measured')
const offer = (page: Page) => page.getByRole('banner').getByRole('button', { name: 'Compare', exact: true })
const profiles = (page: Page) => page.getByRole('list', { name: 'Profiles' }).getByRole('listitem')

/** What is chosen, as it is read. */
const chosen = (select: Locator) => select.evaluate((el: HTMLSelectElement) => el.selectedOptions[0]?.text ?? '')

async function openBoth(page: Page, ...files: string[]): Promise<void> {
  await openApp(page)
  await openFiles(page, ...files)
  await waitForFlame(page, 1)
  await expect(profiles(page)).toHaveCount(files.length)
  await offer(page).click()
  await expect(group(page)).toBeVisible()
}

test('two profiles of one program: one press compares them, the earlier as base, and says what lies between', async ({
  page,
}) => {
  await openBoth(page, heap(3), heap(0))
  expect(await chosen(base(page))).toBe('heap-0.pb.gz · 07:09:58')
  expect(await chosen(current(page))).toBe('heap-3.pb.gz · 07:10:02')
  await expect(group(page)).toContainText('heap-0 → heap-3, 4 s later, both of build f12591df')
  await expect(measured(page)).toContainText('net 119.3 MiB · 100% is 43.5 MiB of the base profile · as measured')
  await expect(offer(page)).toHaveCount(0)
  await expect(profiles(page)).toHaveCount(3)
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: 'Close heap-0.pb.gz → heap-3.pb.gz' }).click()
  await expect(profiles(page)).toHaveCount(2)
  await expect(group(page)).toHaveCount(0)
})

test('base and current are swapped with one press, chosen anew or left alone, and all of it is undone', async ({
  page,
}) => {
  await openBoth(page, heap(0), heap(1), heap(3))
  await expect(profiles(page)).toHaveCount(4)
  await swap(page).click()
  await expect(group(page)).toContainText('heap-3 → heap-0, 4 s earlier')
  await expect(measured(page)).toContainText('net -119.3 MiB')
  expect(page.url()).toContain('sides=2-0')
  await base(page).selectOption({ label: 'heap-1.pb.gz · 07:09:59' })
  await expect(group(page)).toContainText('heap-1 → heap-0')
  // What is the base becomes the current one: the two change places.
  await current(page).selectOption({ label: 'heap-1.pb.gz · 07:09:59' })
  await expect(group(page)).toContainText('heap-0 → heap-1')
  await base(page).selectOption('None: the current one alone')
  await expect(group(page)).toContainText('heap-1 alone')
  await expect(swap(page)).toBeDisabled()
  for (const words of ['heap-0 → heap-1', 'heap-1 → heap-0', 'heap-3 → heap-0', 'heap-0 → heap-3']) {
    await page.keyboard.press('Control+z')
    await expect(group(page)).toContainText(words)
  }
  expect(page.url()).not.toContain('sides=')
})

test('the scale follows from what is measured, can be chosen, and says why where it cannot', async ({ page }) => {
  await openBoth(page, ...cpus)
  const radio = (name: string) => scale(page).getByRole('radio', { name })
  await expect(radio('Per second')).toBeChecked()
  await expect(measured(page)).toContainText(/ms\/s.* · per second/)
  await radio('Share of total').check()
  await expect(measured(page)).toContainText(/net -?\d+ ns · .* · brought to one total/)
  expect(page.url()).toContain('scale=share')
  await radio('Per operation').check()
  await expect(page.getByText('As measured until both are known')).toBeVisible()
  await page.getByRole('spinbutton', { name: 'Operations of base' }).fill('1000')
  await page.getByRole('spinbutton', { name: 'Operations of base' }).press('Enter')
  await page.getByRole('spinbutton', { name: 'Operations of current' }).fill('2000')
  await page.getByRole('spinbutton', { name: 'Operations of current' }).press('Enter')
  await expect(measured(page)).toContainText(/ms\/op.* · per operation/)
  expect(page.url()).toContain('ops=1000,2000')
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: 'View options' }).click()
  await page.getByRole('menuitemradio', { name: 'Base', exact: true }).click()
  expect(page.url()).toContain('width=base')
})

test('snapshots of a heap are not per second, and that is said', async ({ page }) => {
  await openBoth(page, heap(0), heap(3))
  const second = scale(page).getByRole('radio', { name: 'Per second' })
  await expect(second).toBeDisabled()
  await expect(second).toHaveAccessibleDescription('Not both profiles say how long they were captured')
})
