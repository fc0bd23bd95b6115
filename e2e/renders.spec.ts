/** What React renders again while the reader moves: counted through the hook that React offers to developer tools. */
import { fixturePath } from '../src/testing/fixtures.ts'
import { expect, openApp, openFiles, type Page, test } from './app.ts'

/** Of a fiber only what developer tools look at too. */
interface Fiber {
  tag: number
  flags: number
  alternate: Fiber | null
  child: Fiber | null
  sibling: Fiber | null
  stateNode: unknown
}

/** Counts renders of function components by where on the page they stand. */
async function countRenders(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const PERFORMED_WORK = 1
    const FUNCTION = 0
    const HOST = 5
    const counts: Record<string, number> = {}
    Object.assign(window, { renderCounts: counts })
    const hostOf = (fiber: Fiber): Element | null => {
      let at: Fiber | null = fiber
      while (at && at.tag !== HOST) at = at.child
      return at ? (at.stateNode as Element) : null
    }
    const placeOf = (fiber: Fiber): string => {
      const host = hostOf(fiber)
      if (!host) return 'nothing on screen'
      const place = host.closest('.graph-place, .zones, header, nav, form, .crumb-part, .strip, .details, .app > *')
      return place ? place.className || place.tagName.toLowerCase() : 'the page'
    }
    const visit = (fiber: Fiber): void => {
      for (let child = fiber.child; child; child = child.sibling) {
        const before = child.alternate
        if (!before) continue
        if (child.tag === FUNCTION && (child.flags & PERFORMED_WORK) !== 0) {
          const place = placeOf(child)
          counts[place] = (counts[place] ?? 0) + 1
        }
        if (child.child !== before.child) visit(child)
      }
    }
    Object.assign(window, {
      __REACT_DEVTOOLS_GLOBAL_HOOK__: {
        supportsFiber: true,
        isDisabled: false,
        inject: () => 1,
        checkDCE: () => {},
        onCommitFiberUnmount: () => {},
        onCommitFiberRoot: (_: number, { current }: { current: Fiber }) => visit(current),
      },
    })
  })
}

async function rendersWhile(page: Page, work: () => Promise<void>): Promise<Record<string, number>> {
  await page.evaluate(() => {
    const { renderCounts } = window as unknown as { renderCounts: Record<string, number> }
    for (const place of Object.keys(renderCounts)) delete renderCounts[place]
  })
  await work()
  return page.evaluate(() => (window as unknown as { renderCounts: Record<string, number> }).renderCounts)
}

test('panning renders the graph and nothing beside it', async ({ page }) => {
  await countRenders(page)
  await openApp(page)
  await openFiles(page, fixturePath('go1.27/map/cpu.pb.gz'))
  await expect(page.getByRole('region', { name: 'Findings' }).getByRole('listitem').first()).toBeVisible()
  const graph = page.getByRole('tree')
  const box = await graph.boundingBox()
  if (!box) throw new Error('no graph')
  const [x, y] = [box.x + box.width / 2, box.y + 200]
  // Zoomed in, so that there is something to pan, and at rest.
  await page.mouse.move(x, y)
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -600)
  await page.keyboard.up('Control')
  await expect.poll(() => new URL(page.url()).hash).toContain('w=')
  const drag = async () => {
    const before = new URL(page.url()).hash
    await page.mouse.down()
    for (let step = 1; step <= 20; step++) await page.mouse.move(x - step * 8, y)
    await page.mouse.up()
    await expect.poll(() => new URL(page.url()).hash).not.toBe(before)
  }
  const renders = await rendersWhile(page, drag)
  expect(renders['graph-place']).toBeGreaterThan(5)
  // What follows the pointer or the camera renders with it: the details, what is in view; that of a second profile is empty here.
  const { 'graph-place': _, details: __, 'nothing on screen': ___, 'crumb crumb-part': ____, ...elsewhere } = renders
  expect(elsewhere).toEqual({})
})

test('the counter sees what a change of the search renders', async ({ page }) => {
  await countRenders(page)
  await openApp(page)
  await openFiles(page, fixturePath('go1.27/map/cpu.pb.gz'))
  await expect(page.getByRole('region', { name: 'Findings' }).getByRole('listitem').first()).toBeVisible()
  const renders = await rendersWhile(page, async () => {
    await page.getByRole('searchbox').fill('json')
    await expect(page.locator('#search-status')).toContainText('functions')
  })
  expect(Object.values(renders).reduce((a, b) => a + b, 0)).toBeGreaterThan(3)
})
