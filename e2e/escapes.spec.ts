/** Compiler output: what leaves the stack and why, ranked by the bytes of a profile that is open. */
import { fixturePath } from '../src/testing/fixtures.ts'
import { axe, chooseFiles, dropFiles, expect, openApp, openFiles, type Page, test } from './app.ts'

const escapes = fixturePath('escape/escape-m2-1.27-rel.txt')
const heap = fixturePath('go1.27/map/allocs.pb.gz')

const table = (page: Page) => page.getByRole('table', { name: 'Escapes' })

async function openBoth(page: Page) {
  await openApp(page)
  await openFiles(page, heap)
  await chooseFiles(page, [escapes])
  await expect(page.getByText('Paths matched as =example.com/ingest/')).toBeVisible()
}

test('escapes without a profile, with their reasons', async ({ page }) => {
  await openApp(page)
  await dropFiles(page, [escapes])
  await expect(page.getByText('92 on the heap, 35 stay on the stack, 17 parameters are kept')).toBeVisible()
  await expect(page.getByText('Open a heap or allocs profile')).toBeVisible()
  await page.getByLabel('Filter escapes').fill('make(map[string]interface')
  await expect(table(page).getByRole('row')).toHaveText([
    'WhatWhyLine',
    'make(map[string]interface {}, len(m))returned to the callerdecode.go:56',
  ])
  expect(await axe(page)).toEqual([])
})

test('escapes are ranked by the bytes of their lines, and unfold their chain', async ({ page }) => {
  await openBoth(page)
  // Of `pprof -lines -top -sample_index=alloc_space`.
  await expect(table(page).getByRole('row').nth(1)).toHaveText(
    /^2\.88 MiB0\.6%"x_" \+ k.*stored in a mapdecode\.go:58$/,
  )
  await expect(page.getByText(/escapes without weight in the profile are folded away/)).toBeVisible()
  await expect(page.getByRole('table', { name: 'Lines that allocate without an escape' })).toContainText(
    'calls encoding/json.Unmarshal, which allocates',
  )
  const row = table(page).getByRole('button', { name: /^"x_" \+ k/ })
  await row.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('list', { name: 'Chain of "x_" + k' })).toContainText('used as a key of a map')
  await page.getByRole('button', { name: 'Show in the source of the profile' }).first().click()
  await expect(page.getByRole('heading', { name: 'example.com/ingest/decode.go' })).toBeVisible()
  // The line beside its weight.
  await expect(page.getByRole('row').filter({ hasText: '"x_" + k escapes: stored in a map' })).toContainText('2.88 MiB')
})

test('filters and a mapping of paths are in the link', async ({ page }) => {
  await openBoth(page)
  await page.getByLabel('Why').selectOption('returned')
  await page.getByLabel('Paths: FROM=TO').fill('./=example.com/elsewhere/')
  await expect(page.getByText(/files of the text are not in the profile/)).toBeVisible()
  const rows = table(page).getByRole('row')
  await page.getByRole('button', { name: 'Show them' }).click()
  await expect(rows.nth(1)).toContainText('returned to the caller')
  await page.reload()
  await expect(page.getByLabel('Why')).toHaveValue('returned')
  await expect(rows.nth(1)).toContainText('returned to the caller')
})

test('the profile says the escapes of its functions and lines', async ({ page }) => {
  await openBoth(page)
  const profiles = page.getByRole('list', { name: 'Profiles' })
  await profiles
    .getByRole('button', { name: /^allocs/ })
    .first()
    .click()
  const graph = page.getByRole('tree', { name: 'Flame graph' })
  await graph
    .getByRole('treeitem', { name: /^main\.main\.func2\.1,/ })
    .first()
    .click()
  await expect(page.getByRole('region', { name: 'Escapes of this function' })).toContainText(
    'srv.URL + "/ingest" escapes at main.go:135: passed to (*http.Client).Post, which may keep it (320.1 KiB)',
  )
})

test('a finding says the escape of the line that it blames', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath('go1.27/map/cpu.pb.gz'))
  await chooseFiles(page, [escapes])
  await expect(table(page)).toBeVisible()
  const profiles = page.getByRole('list', { name: 'Profiles' })
  await profiles.getByRole('button', { name: /^cpu/ }).first().click()
  const findings = page.getByRole('region', { name: 'Findings' })
  const card = findings.getByRole('button', { name: 'What to do about String-keyed map writes', exact: true })
  await findings.getByRole('button', { name: /^\d+ more, up to/ }).click()
  await card.click()
  await expect(findings).toContainText('srv.URL + "/ingest" escapes: passed to (*http.Client).Post, which may keep it')
})

test.describe('where people speak Chinese', () => {
  test.use({ locale: 'zh-CN', colorScheme: 'dark', viewport: { width: 390, height: 844 } })

  test('in the dark, on a narrow screen', async ({ page }) => {
    await openApp(page)
    await chooseFiles(page, [escapes])
    await expect(page.getByRole('table')).toContainText('返回给调用者')
    expect(await axe(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false)
  })
})
