/** Differences of two profiles: net and gross are told apart, per cent are pprof's, less than nothing looks like it. */
import { fixtureIndex, fixturePath } from '../src/testing/fixtures.ts'
import { expect, openApp, openFiles, tab, test } from './app.ts'

test('a difference says net and gross, takes per cent of the base, and no share of what holds both signs', async ({
  page,
}) => {
  const file = 'odd/diff-heap0-heap3.pb.gz'
  await openApp(page)
  await openFiles(page, fixturePath(file))
  // `pprof -top` says 43.46MB total, and 121.08% for reflect.mapassign_faststr0.
  await expect(page.locator('.measured')).toContainText('net 119.3 MiB · 100% is 43.5 MiB of the base profile')
  const details = page.getByRole('region', { name: 'Frame details' })
  await expect(details).toContainText('Total 119.3 MiB')
  await expect(details).toContainText('Gross 206.2 MiB')
  await expect(details).toContainText('274.6% of total')
  await expect(details).not.toContainText('of zoom')
  await tab(page, 'Table').click()
  const oracle = fixtureIndex().files.find((f) => f.file === file)?.oracle?.inuse_space
  const line = oracle?.top_flat.find((t) => t.name === 'reflect.mapassign_faststr0')
  expect(((line?.flat ?? 0) / (oracle?.total ?? 1)) * 100).toBeCloseTo(121.08, 2)
  await expect(page.getByRole('row', { name: /mapassign_faststr0/ })).toContainText('121.1%')
})

test('boxes of less than nothing are hollow and say minus', async ({ page }) => {
  await openApp(page)
  await openFiles(page, fixturePath('odd/diff-struct-minus-map-allocs.pb.gz'))
  await expect(page.locator('.measured')).toContainText('net -217.4 MiB')
  const corner = await page
    .locator('.graph-place canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const ctx = canvas.getContext('2d')
      // Inside of the root's box, right of its label.
      return [...(ctx?.getImageData(canvas.width / 2, 8, 1, 1).data ?? [])]
    })
  const [r = 0, g = 0, b = 0] = corner
  expect(Math.min(r, g, b)).toBeGreaterThan(235)
  await expect(page.getByRole('treeitem', { name: /main\.decodeMap.*-/ }).first()).toBeAttached()
})
