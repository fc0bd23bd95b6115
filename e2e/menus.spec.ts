/** Menus, popovers and dialogs: keyboard, focus, presses elsewhere, and presses that come before their code is there. */
import { fixturePath } from '../src/testing/fixtures.ts'
import { appUrl, axe, expect, openApp, openFiles, type Page, test, treeItem } from './app.ts'

const cpu = fixturePath('go1.27/map/cpu.pb.gz')

const floating = (page: Page) => page.locator('.menu, .popover')
const frame = (page: Page) => treeItem(page, 'main.decodeMap').first()
const openFrameMenu = (page: Page) => frame(page).click({ button: 'right', position: { x: 12, y: 6 } })

/** Keeps the code of menus and popovers back until it is released. */
async function holdPanels(page: Page): Promise<{ asked: Promise<void>; release: () => void }> {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let ask = () => {}
  const asked = new Promise<void>((resolve) => {
    ask = resolve
  })
  await page.route(/\/assets\/panels-[^/]+\.js$/, async (route) => {
    ask()
    await held
    await route.continue()
  })
  return { asked, release: () => release() }
}

test('a press before the code of menus is there is kept, and Escape takes it back', async ({ page }) => {
  const panels = await holdPanels(page)
  // What is asked for before the page has loaded keeps it from being that.
  await page.goto(appUrl(), { waitUntil: 'domcontentloaded' })
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await openFiles(page, cpu)
  await panels.asked
  const button = page.getByRole('button', { name: 'Menu', exact: true })
  await button.click()
  await expect(button).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('Escape')
  await expect(button).toHaveAttribute('aria-expanded', 'false')
  await button.click()
  await button.click()
  await expect(button).toHaveAttribute('aria-expanded', 'false')
  await openFrameMenu(page)
  await page.keyboard.press('Escape')
  await openFrameMenu(page)
  // A press elsewhere takes it back too.
  const account = page.getByRole('button', { name: 'Where the total went' })
  await account.click()
  await expect(account).toHaveAttribute('aria-expanded', 'true')
  panels.release()
  await expect(page.getByRole('dialog', { name: /^Where/ })).toContainText('Total')
  await expect(floating(page)).toHaveCount(1)
})

test('a button whose menu cannot be loaded does not stay pressed', async ({ page, allow }) => {
  allow(/ERR_FAILED|panels/)
  await page.route(/\/assets\/panels-[^/]+\.js$/, (route) => route.abort())
  await openApp(page)
  const button = page.getByRole('button', { name: 'Menu', exact: true })
  await button.click()
  await expect(button).toHaveAttribute('aria-expanded', 'false')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})

test('the keyboard walks a menu and comes back to its button', async ({ page }) => {
  await openApp(page)
  await openFiles(page, cpu)
  const button = page.getByRole('button', { name: 'Menu', exact: true })
  await button.press('Enter')
  const first = page.getByRole('menuitem', { name: 'Open file…' })
  const last = page.getByRole('menuitem', { name: 'Keyboard' })
  await expect(first).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(last).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(first).toBeFocused()
  await page.keyboard.press('End')
  await expect(last).toBeFocused()
  await page.keyboard.press('Home')
  await expect(first).toBeFocused()
  // Letters look for a row; those of the page do nothing.
  await page.keyboard.press('l')
  await expect(page.getByRole('menuitemradio', { name: 'Light' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(floating(page)).toHaveCount(0)
  await expect(button).toBeFocused()
  await button.press('Enter')
  await expect(first).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(floating(page)).toHaveCount(0)

  // A box is zoomed to by Enter and has its menu under the keys for it.
  await frame(page).focus()
  await page.keyboard.press('Shift+F10')
  await expect(page.getByRole('menuitem', { name: 'Zoom here' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(floating(page)).toHaveCount(0)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('navigation', { name: 'Zoomed path' })).toContainText('main.decodeMap')
})

test('a press elsewhere closes and acts', async ({ page }) => {
  await openApp(page)
  await openFiles(page, cpu)
  const search = page.getByRole('searchbox', { name: 'Search frames' })
  await page.getByRole('button', { name: 'Menu', exact: true }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await search.click()
  await expect(floating(page)).toHaveCount(0)
  await expect(search).toBeFocused()
  const account = page.getByRole('button', { name: 'Where the total went' })
  for (const elsewhere of [
    () => search.click(),
    () => frame(page).click({ position: { x: 12, y: 6 } }),
    () => page.getByRole('button', { name: 'View options' }).click(),
  ]) {
    await account.click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await elsewhere()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  await expect(page.getByRole('menu', { name: 'View options' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'View options' })).toBeFocused()
})

test('menus stay within the window', async ({ page }) => {
  await page.setViewportSize({ width: 720, height: 450 })
  await openApp(page)
  await openFiles(page, cpu)
  const within = async () => {
    const box = await page.getByRole('menu').boundingBox()
    expect(box).not.toBeNull()
    if (!box) return
    expect(box.x).toBeGreaterThanOrEqual(0)
    expect(box.y).toBeGreaterThanOrEqual(0)
    expect(box.x + box.width).toBeLessThanOrEqual(720)
    expect(box.y + box.height).toBeLessThanOrEqual(450)
  }
  await page.getByRole('button', { name: 'Menu', exact: true }).click()
  await expect(page.getByRole('menuitem', { name: 'Open file…' })).toBeFocused()
  await within()
  await page.keyboard.press('End')
  await expect(page.getByRole('menuitem', { name: 'Keyboard' })).toBeInViewport()
  await page.keyboard.press('Escape')
  const box = await treeItem(page, 'net/http.(*conn).serve').first().boundingBox()
  await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) - 4, (box?.y ?? 0) + 6, { button: 'right' })
  await expect(page.getByRole('menuitem', { name: 'Zoom here' })).toBeFocused()
  await within()
})

test('a dialog closes a menu, keeps the focus, and gives it back', async ({ page }) => {
  await openApp(page)
  await openFiles(page, cpu)
  const button = page.getByRole('button', { name: 'Menu', exact: true })
  await button.click()
  await page.getByRole('menuitem', { name: 'Keyboard' }).click()
  const help = page.getByRole('dialog', { name: 'Keyboard' })
  await expect(help).toBeVisible()
  await expect(floating(page)).toHaveCount(0)
  await expect(help.getByRole('button', { name: 'Close' })).toBeFocused()
  for (let i = 0; i < 3; i++) await page.keyboard.press('Tab')
  expect(await help.evaluate((el) => el.contains(document.activeElement))).toBe(true)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(button).toBeFocused()

  // Opened by a key while a menu stands there, from outside of it.
  await button.click()
  await expect(page.getByRole('menu')).toBeVisible()
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button').first().focus()
  await page.keyboard.press('s')
  await expect(page.getByRole('dialog', { name: 'Share this view' })).toBeVisible()
  await expect(floating(page)).toHaveCount(0)
  // A press beside it closes it.
  await page.mouse.click(5, 400)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('navigation', { name: 'Views' }).getByRole('button').first()).toBeFocused()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in what floats above the page, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    await openApp(page)
    await openFiles(page, cpu)
    for (const name of ['Menu', 'View options', 'Where the total went']) {
      await page.getByRole('button', { name, exact: true }).click()
      await expect(floating(page)).toHaveCount(1)
      expect(await axe(page), name).toEqual([])
      await page.keyboard.press('Escape')
      await expect(floating(page)).toHaveCount(0)
    }
    await openFrameMenu(page)
    await expect(page.getByRole('menu')).toBeVisible()
    expect(await axe(page), 'menu of a frame').toEqual([])
    await page.keyboard.press('Escape')
    await expect(floating(page)).toHaveCount(0)
    for (const key of ['s', 'e', '?']) {
      await page.keyboard.press(key)
      await expect(page.getByRole('dialog')).toBeVisible()
      expect(await axe(page), key).toEqual([])
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
    }
  })
}
