/** What the shape of a profile says, and what can be done with it: chains fold into one step and unfold. */
import { writeFileSync } from 'node:fs'
import { fixturePath } from '../src/testing/fixtures.ts'
import { axe, expect, openApp, openFiles, test, treeItem } from './app.ts'

const wrappers = Array.from({ length: 12 }, (_, i) => `example.com/mid.Wrap${i}`)

test('a chain of wrappers is folded into one step for reading, and unfolded on click', async ({ page }, info) => {
  const file = info.outputPath('wrapped.folded')
  writeFileSync(file, `main.main;${wrappers.join(';')};main.work 300\nmain.main;main.rest 100\n`)
  await openApp(page)
  await openFiles(page, file)
  await page.getByText('What the shape says').click()
  const chain = page.locator('.fold[open] li').filter({ hasText: 'A chain of wrappers' })
  await expect(chain).toContainText('13 frames from mid.Wrap0 to main.work each call only the next one: 300 (75.0%).')
  expect(await axe(page)).toEqual([])
  await expect(treeItem(page, 'example.com/mid.Wrap5')).toHaveCount(1)
  await chain.getByRole('button', { name: 'Fold into one step' }).click()
  const chips = page.getByRole('list', { name: 'Filters and transforms' })
  await expect(chips).toContainText('Fold a chain of 13 frames')
  await expect(treeItem(page, 'example.com/mid.Wrap5')).toHaveCount(0)
  await expect(treeItem(page, 'example.com/mid.Wrap0')).toHaveCount(1)
  expect(page.url()).toContain('x=chain:13:')
  await chips.getByRole('switch', { name: /Fold a chain/ }).click()
  await expect(treeItem(page, 'example.com/mid.Wrap5')).toHaveCount(1)
})

test('a heavy line leads to its box; the report that is copied says where it goes and what the shape says', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openApp(page)
  await openFiles(page, fixturePath('go1.27/map/heap.pb.gz'))
  await page.getByText('What the shape says').click()
  const line = page.locator('.fold[open] li').filter({ hasText: 'One line' })
  await expect(line).toContainText('One line of main.decodeMap causes')
  await line.getByRole('button', { name: /^main\.decodeMap/ }).click()
  await expect(page.getByRole('navigation', { name: 'Zoomed path' })).toContainText('main.decodeMap')
  await page.getByRole('button', { name: 'Copy as Markdown' }).click()
  await expect(page.locator('.zones-foot')).toContainText('Copied')
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(text).toContain('## Where it goes')
  expect(text).toContain('| JSON decoding |')
  expect(text).toContain('## What the shape says')
})
