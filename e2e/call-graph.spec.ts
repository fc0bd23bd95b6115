/** The call graph: what pprof draws, said what is left out, and the way from a box to its function. */
import { formatValue } from '../src/core/model/units.ts'
import { fixtureIndex, fixturePath } from '../src/testing/fixtures.ts'
import { axe, expect, openApp, openFiles, test } from './app.ts'

const cpu = fixtureIndex().files.find((f) => f.file === 'go1.27/map/cpu.pb.gz')

test('boxes with their numbers, what is trimmed, zoom, and on to the function', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath('go1.27/map/cpu.pb.gz'))
  await page.getByRole('button', { name: 'Graph', exact: true }).click()
  const graph = page.getByRole('region', { name: 'Call graph' })
  await expect(graph.getByRole('button')).toHaveCount(80)
  await expect(page.getByText(/^80 of 515 functions · left out: functions under 34.4 ms/)).toBeVisible()
  const ingest = cpu?.peek?.find((p) => p.function === 'main.ingest')
  const box = graph.getByRole('button').filter({ has: page.getByTitle('main.ingest', { exact: true }) })
  await expect(box).toContainText(formatValue(ingest?.self.cum ?? Number.NaN, 'nanoseconds'))
  expect(await axe(page)).toEqual([])
  const before = (await box.boundingBox())?.width ?? 0
  await page.getByRole('button', { name: 'Larger' }).click()
  expect((await box.boundingBox())?.width).toBeGreaterThan(before * 1.2)
  await box.focus()
  await page.keyboard.press('Enter')
  await expect(box).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'main.ingest' })).toBeVisible()
})
