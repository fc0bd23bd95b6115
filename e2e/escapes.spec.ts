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
