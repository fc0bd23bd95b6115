/** English and Chinese: from the browser, by the menu, remembered. */
import { fixturePath } from '../src/testing/fixtures.ts'
import { axe, expect, openApp, openFiles, type Page, test } from './app.ts'
import { weightOf } from './shares.ts'

const cpu = fixturePath('go1.27/map/cpu.pb.gz')
const lang = (page: Page) => page.evaluate(() => document.documentElement.lang)

test('the menu switches the language in place, and it is remembered', async ({ page }) => {
  await openApp(page)
  await openFiles(page, cpu)
  expect(await lang(page)).toBe('en')
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('menuitemradio', { name: '简体中文' }).click()
  const panel = page.getByRole('region', { name: '热区' })
  await expect(panel.getByRole('heading', { name: '把 JSON 解码为 interface{}' })).toBeVisible()
  await expect(page.getByRole('tree', { name: '火焰图' })).toBeVisible()
  expect(await lang(page)).toBe('zh-CN')
  // What is not a name of Go's, of a file or of a unit is Chinese by now.
  await expect(panel.getByRole('contentinfo').or(panel.locator('footer'))).toContainText('条规则均未发现')
  await expect(page.getByRole('button', { name: '菜单' })).toBeFocused()
  await page.reload()
  await expect(page.getByRole('region', { name: '热区' })).toContainText('GC 税')
  await page.getByRole('button', { name: '菜单' }).click()
  await page.getByRole('menuitemradio', { name: 'English' }).click()
  await expect(page.getByRole('region', { name: 'Hot zones' })).toContainText('GC tax')
  expect(await lang(page)).toBe('en')
})

test.describe('a Chinese browser', () => {
  test.use({ locale: 'zh-CN' })

  test('starts in Chinese, and every screen is', async ({ page }) => {
    await openApp(page)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('看清 Go 程序把时间和内存花在哪里。')
    expect(await axe(page)).toEqual([])
    await openFiles(page, cpu)
    await expect(page.getByRole('region', { name: '热区' })).toContainText(
      weightOf('go1.27/map/cpu.pb.gz', 'json-any').share,
    )
    // All that the findings have to say.
    const panel = page.getByRole('region', { name: '热区' })
    await panel.getByRole('button', { name: /^另有 \d+ 项/ }).click()
    await panel.getByRole('button', { name: '把 JSON 解码为 interface{}：怎么办' }).click()
    for (const summary of await panel.locator('summary').all()) await summary.click()
    await expect(panel.getByText('依据 320 个样本，经过')).toBeVisible()
    // Shown text: letters in a row that are no code are words that somebody forgot.
    const left = await page.evaluate(() => {
      const found: string[] = []
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      while (walker.nextNode()) {
        const text = walker.currentNode.textContent ?? ''
        if (walker.currentNode.parentElement?.closest('bdi, kbd, noscript, script, [role=tree], title')) continue
        if (/\b(the|of|and|is|to|in|with|not|what|for|by)\b/i.test(text)) found.push(text)
      }
      return found
    })
    expect(left).toEqual([])
    await page.getByRole('button', { name: '分享' }).click()
    await expect(page.getByRole('dialog', { name: '分享此视图' })).toBeVisible()
    expect(await axe(page)).toEqual([])
  })
})
