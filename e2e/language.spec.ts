/** English and Chinese: from the browser, by the menu, remembered. */
import { readdirSync } from 'node:fs'
import { fixturePath } from '../src/testing/fixtures.ts'
import { messages as filters } from '../src/ui/filters/messages.ts'
import { messages as top } from '../src/ui/views/top/messages.ts'
import { en } from '../src/ui/words/en.ts'
import type { Words } from '../src/ui/words/index.ts'
import { zh } from '../src/ui/words/zh.ts'
import { axe, dropFiles, expect, openApp, openFiles, type Page, pasteFiles, test, treeItem } from './app.ts'
import { weightOf } from './shares.ts'

const cpu = fixturePath('go1.27/map/cpu.pb.gz')
const lang = (page: Page) => page.evaluate(() => document.documentElement.lang)

test('the menu switches the language in place, and it is remembered', async ({ page }) => {
  await openApp(page)
  await openFiles(page, cpu)
  expect(await lang(page)).toBe('en')
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('menuitemradio', { name: '简体中文' }).click()
  const panel = page.getByRole('region', { name: '发现' })
  await expect(panel.getByRole('heading', { name: '把 JSON 解码为 interface{}' })).toBeVisible()
  await expect(page.getByRole('tree', { name: '火焰图' })).toBeVisible()
  expect(await lang(page)).toBe('zh-CN')
  // What is not a name of Go's, of a file or of a unit is Chinese by now.
  await expect(panel.getByRole('contentinfo').or(panel.locator('footer'))).toContainText('条规则没有发现')
  await expect(page.getByRole('button', { name: '菜单' })).toBeFocused()
  await page.reload()
  await expect(page.getByRole('region', { name: '发现' })).toContainText('GC 税')
  await page.getByRole('button', { name: '菜单' }).click()
  await page.getByRole('menuitemradio', { name: 'English' }).click()
  await expect(page.getByRole('region', { name: 'Findings' })).toContainText('GC tax')
  expect(await lang(page)).toBe('en')
})

test('files that are dropped or pasted before the words of the language have come are opened', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'zh-CN' })
  const page = await context.newPage()
  let come: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    come = resolve
  })
  let asked = 0
  await page.route(/\/zh-[^/]*\.js$/, async (route) => {
    asked++
    await held
    await route.continue()
  })
  await openApp(page)
  await expect.poll(() => asked).toBeGreaterThan(0)
  await expect(page.locator('#root')).toBeEmpty()
  await dropFiles(page, [cpu])
  await pasteFiles(page, [fixturePath('go1.27/map/heap.pb.gz')])
  await expect(page.locator('#root')).toBeEmpty()
  come()
  await expect(page.getByRole('list', { name: zh.bar.profiles }).getByRole('listitem')).toHaveCount(2)
  await expect(page.getByRole('tree', { name: '火焰图' })).toBeVisible()
  await context.close()
})

/** Every text of a catalogue that needs no number or name. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
}

/** The catalogue of the whole page, and every messages.ts that comes with a part of it. */
async function catalogues(): Promise<{ en: unknown; zh: unknown }[]> {
  const ui = new URL('../src/ui/', import.meta.url)
  const files = readdirSync(ui, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(^|[\\/])messages\.ts$/.test(path),
  )
  const parts = files.map(async (path) => (await import(new URL(path, ui).href)).messages)
  return [{ en, zh }, ...(await Promise.all(parts))]
}

/** What stands on the page, in text and in names for assistive technology, and is not in the language it should be. */
async function leftovers(page: Page, language: 'en' | 'zh'): Promise<string[]> {
  const all = await catalogues()
  const chinese = new Set(all.flatMap((words) => texts(words.zh)))
  const english = all.flatMap((words) => texts(words.en)).filter((text) => text.length > 1 && !chinese.has(text))
  return page.evaluate(
    ([language, english]) => {
      const wrong = (text: string) => {
        if (language === 'en') return /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/.test(text.replace('简体中文', ''))
        return (
          english.includes(text.trim()) || /\b(the|of|and|is|are|to|in|with|not|what|for|by|this|all)\b/i.test(text)
        )
      }
      const seen: string[] = []
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      while (walker.nextNode()) {
        // Names, keys and code are the same in all languages.
        if (
          !walker.currentNode.parentElement?.closest(
            'bdi, kbd, noscript, script, style, option[value], pre, svg[data-graph] text',
          )
        )
          seen.push(walker.currentNode.textContent ?? '')
      }
      for (const name of ['aria-label', 'title', 'placeholder', 'aria-roledescription']) {
        for (const el of document.querySelectorAll(`[${name}]`)) seen.push(el.getAttribute(name) ?? '')
      }
      return [...new Set(seen.filter(wrong))]
    },
    [language, english] as const,
  )
}

async function switchTo(page: Page, from: Words, name: string): Promise<void> {
  await page.getByRole('button', { name: from.bar.menu, exact: true }).click()
  await page.getByRole('menuitemradio', { name }).click()
  await expect(page.getByRole('menu')).toHaveCount(0)
}

test('a switch reaches every view, dialog, menu and panel', async ({ page }) => {
  test.setTimeout(240_000)
  await openApp(page)
  await openFiles(page, fixturePath('goroutines/labels-go1.27/cpu.pb.gz'))
  await dropFiles(page, [fixturePath('go1.27/map/heap.pb.gz')])
  await expect(treeItem(page, 'main.decodeMap').first()).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('decode')
  const button = (name: string) => page.getByRole('button', { name, exact: true }).first()
  const titles = { en: [] as string[], zh: [] as string[] }
  /** All that can be opened, in the words of the language that the page should speak. */
  const visit = async (language: 'en' | 'zh') => {
    const w = language === 'en' ? en : zh
    const clean = async (where: string) => {
      await expect.poll(() => leftovers(page, language), { message: `${where}, ${language}` }).toEqual([])
    }
    const tabs = page.getByRole('navigation', { name: w.views.label }).getByRole('button')
    await expect(tabs).toHaveCount(4)
    titles[language] = await tabs.allTextContents()
    for (const tab of await tabs.all()) {
      await tab.click()
      await expect(tab).toHaveAttribute('aria-current', 'page')
      // The view that comes is there, not the one before it.
      await expect(
        page.locator('.graph-place:visible :is([role=treeitem], [role=row], button, g, td, p)').first(),
      ).toBeAttached()
      await clean((await tab.textContent()) ?? '')
      for (const choice of await page.locator('.strip').getByRole('radio').all()) {
        await choice.click()
        await clean('a view that shares its tab')
      }
    }
    for (const tab of await page.locator('.inspector-tab').all()) {
      await tab.click()
      await clean(`inspector: ${await tab.textContent()}`)
    }
    await page.locator('.inspector-tab').first().click()
    await tabs.nth(1).click()
    for (const name of [top[language].columns, top[language].copy]) {
      await button(name).click()
      await expect(page.locator('.menu, .popover')).toHaveCount(1)
      await clean(name)
      await page.keyboard.press('Escape')
      await expect(page.locator('.menu, .popover')).toHaveCount(0)
    }
    await tabs.first().click()
    const { options, account } = filters[language]
    for (const name of [w.bar.menu, options.button, account.button, w.search.filter.button]) {
      await button(name).click()
      await expect(page.locator('.menu, .popover')).toHaveCount(1)
      await clean(name)
      await page.keyboard.press('Escape')
      await expect(page.locator('.menu, .popover')).toHaveCount(0)
    }
    await page
      .getByRole('tree')
      .first()
      .getByRole('treeitem')
      .nth(1)
      .click({ button: 'right', position: { x: 12, y: 6 } })
    await expect(page.getByRole('menu')).toBeVisible()
    await clean('menu of a frame')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toHaveCount(0)
    await page.getByRole('navigation', { name: w.views.label }).getByRole('button').first().focus()
    await page.keyboard.press('f')
    await expect(page.getByRole('form')).toBeVisible()
    await clean('form of a filter')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('form')).toHaveCount(0)
    for (const key of ['s', 'e', '?']) {
      await page.getByRole('navigation', { name: w.views.label }).getByRole('button').first().focus()
      await page.keyboard.press(key)
      await expect(page.getByRole('dialog')).toBeVisible()
      await clean(`dialog of ${key}`)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
    }
  }
  await visit('en')
  await switchTo(page, en, '简体中文')
  await visit('zh')
  expect(titles.zh.filter((title) => titles.en.includes(title))).toEqual([])
  // In each view, while it is on screen.
  let [from, to]: ['en' | 'zh', 'en' | 'zh'] = ['zh', 'en']
  for (let i = 0; i < 4; i++) {
    const w = from === 'en' ? en : zh
    await page.getByRole('navigation', { name: w.views.label }).getByRole('button').nth(i).click()
    await switchTo(page, w, to === 'en' ? 'English' : '简体中文')
    await expect.poll(() => leftovers(page, to), { message: `view ${i + 1}, switched to ${to}` }).toEqual([])
    ;[from, to] = [to, from]
  }
})

test('menu buttons close on their second press', async ({ page }) => {
  await openApp(page)
  await openFiles(page, cpu)
  await page.getByRole('searchbox').fill('decode')
  await treeItem(page, 'encoding/json/v2.unmarshalDecode')
    .first()
    .click({ position: { x: 12, y: 6 } })
  const views = page.getByRole('navigation', { name: 'Views' })
  const twice = async (name: string | RegExp) => {
    const button = page.getByRole('button', { name }).first()
    await button.click()
    await expect(page.locator('.menu, .popover')).toHaveCount(1)
    await button.click()
    await expect(page.locator('.menu, .popover')).toHaveCount(0)
    await expect(button).toHaveAttribute('aria-expanded', 'false')
  }
  await twice('Menu')
  await twice('View options')
  await twice('Where the total went')
  await twice('Filter by this search')
  await twice(/^Colour: /)
  await twice(/^\d+ more$/)
  await views.getByRole('button', { name: 'Table' }).click()
  await twice('Columns')
  await twice('Copy')
  await page.goto(`${page.url()}&fn=main.decodeMap`)
  await page.getByRole('navigation', { name: 'Inspector' }).getByRole('button', { name: 'Source' }).click()
  await twice('Paths')
})

test.describe('a Chinese browser', () => {
  test.use({ locale: 'zh-CN' })

  test('starts in Chinese, and every screen is', async ({ page }) => {
    await openApp(page)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('看清 Go 程序把时间和内存花在哪里。')
    expect(await axe(page)).toEqual([])
    await openFiles(page, cpu)
    await expect(page.getByRole('region', { name: '发现' })).toContainText(
      weightOf('go1.27/map/cpu.pb.gz', 'json-any').share,
    )
    // All that the findings have to say.
    const panel = page.getByRole('region', { name: '发现' })
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
