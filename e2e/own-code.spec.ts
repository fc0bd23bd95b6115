/** Whose code it is: told by the profile, changed by the reader, carried by the link. */
import { fixturePath } from '../src/testing/fixtures.ts'
import { axe, expect, openApp, openFiles, test } from './app.ts'

const chip = /^Your code: /

test('the chip names the module; what the reader writes instead goes into findings, filters and the link', async ({
  page,
  freshPage,
}) => {
  const heap = fixturePath('go1.27/map/heap.pb.gz')
  await openApp(page)
  await openFiles(page, heap)
  const button = page.getByRole('button', { name: chip })
  await expect(button).toHaveText('Your code: example.com/ingest')
  const firstLine = page.locator('.zone').first().locator('.blame-name').first()
  await expect(firstLine).toContainText('main.decodeMap')

  await button.focus()
  await page.keyboard.press('Enter')
  const paths = page.getByRole('textbox', { name: 'Import paths' })
  await paths.fill('not a path!')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('Write import paths')
  expect(await axe(page)).toEqual([])
  await paths.fill('encoding/json')
  await page.keyboard.press('Enter')
  await expect(button).toHaveText('Your code: encoding/json')
  await expect(firstLine).toContainText('json')
  expect(page.url()).toContain('own=encoding/json')

  const other = await freshPage()
  await other.goto(page.url())
  await openFiles(other, heap)
  await expect(other.getByRole('button', { name: chip })).toHaveText('Your code: encoding/json')
  await other.getByRole('button', { name: chip }).click()
  await other.getByRole('button', { name: 'As the profile says' }).click()
  await expect(other.getByRole('button', { name: chip })).toHaveText('Your code: example.com/ingest')

  await page.goBack()
  await expect(button).toHaveText('Your code: example.com/ingest')
})
