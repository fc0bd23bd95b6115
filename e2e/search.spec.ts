/** Finding frames: count, share, next and previous, bad and runaway expressions. */
import { fixturePath } from '../src/testing/fixtures.ts'
import { expect, openApp, openFiles, type Page, test, treeItem } from './app.ts'

const cpu = fixturePath('go1.27/map/cpu.pb.gz')

const box = (page: Page) => page.getByRole('searchbox', { name: 'Search frames' })
const status = (page: Page) => page.getByRole('search').getByRole('status')

test.beforeEach(async ({ page }) => {
  await openApp(page)
  await openFiles(page, cpu)
})

test('plain text, any case, with functions, frames, weight and share', async ({ page }) => {
  await box(page).fill('REFLECT')
  await expect(status(page)).toContainText('38 functions')
  await expect(status(page)).toContainText('2.05 s')
  await expect(status(page)).toContainText('29.8%')
  // Words are not alternatives.
  await box(page).fill('reflect json')
  await expect(status(page)).toHaveText('No matches')
  await box(page).press('Escape')
  await expect(box(page)).toHaveValue('')
  await expect(status(page)).toHaveText('')
})

test('Enter and Shift+Enter go through the matches', async ({ page }) => {
  await box(page).fill('runtime.mapassign_faststr')
  await expect(status(page)).toContainText('1 function')
  await box(page).press('Enter')
  await expect(status(page)).toContainText(/1 of \d+/)
  const details = page.getByRole('region', { name: 'Frame details' })
  await expect(details).toContainText('runtime.mapassign_faststr')
  const of = Number(/of (\d+)/.exec((await status(page).textContent()) ?? '')?.[1])
  await box(page).press('Enter')
  await expect(status(page)).toContainText(`2 of ${of}`)
  await box(page).press('Shift+Enter')
  await box(page).press('Shift+Enter')
  await expect(status(page)).toContainText(`${of} of ${of}`)
  // However small the box, it is brought into view.
  await expect(details).toContainText('runtime.mapassign_faststr')
  await expect(treeItem(page, 'runtime.mapassign_faststr').first()).toBeVisible()
})

/** Types and presses in one breath, as no pause of any length may come between. */
async function typeAndPress(page: Page, text: string, button: string, item = ''): Promise<void> {
  await page.evaluate(
    async ([text, button, item]) => {
      const press = (selector: string) => {
        const found = document.querySelector<HTMLElement>(selector)
        if (!found) throw new Error(`nothing to press: ${selector}`)
        found.click()
      }
      const box = document.querySelector<HTMLInputElement>('search input')
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(box, text)
      box?.dispatchEvent(new InputEvent('input', { bubbles: true }))
      await Promise.resolve()
      press(`search button[aria-label="${button}"]`)
      if (item === '') return
      await Promise.resolve()
      const items = [...document.querySelectorAll<HTMLElement>('[role=menuitem]')]
      items.find((i) => i.textContent?.includes(item))?.click()
    },
    [text, button, item] as const,
  )
}

test('what is pressed right after typing acts on what was typed', async ({ page }) => {
  const filters = page.getByRole('region', { name: 'Filters' })
  const details = page.getByRole('region', { name: 'Frame details' })
  const names = ['main.ingest', 'reflect.New', 'runtime.mallocgc', 'main.decodeMap', 'runtime.newobject']
  await box(page).fill('runtime')
  await expect(status(page)).toContainText('functions')
  for (let round = 0; round < 2; round++) {
    for (const name of names) {
      await typeAndPress(page, name, 'Next match')
      await expect(details).toContainText(name)
      const another = `${name.slice(0, -1)}`
      await typeAndPress(page, another, 'Filter by this search', 'Keep')
      const pattern = `(?i)${another.replaceAll('.', '\\.')}`
      await expect(filters.getByRole('switch')).toHaveAccessibleName(`Filter on: Focus ${pattern}`)
      await filters.getByRole('button', { name: /^Undo/ }).click()
      await expect(filters).toHaveCount(0)
    }
  }
})

test('Enter right after typing goes to the first match', async ({ page }) => {
  for (const name of ['main.ingest', 'reflect.New', 'runtime.mallocgc']) {
    await box(page).fill(name)
    await box(page).press('Enter')
    await expect(status(page)).toContainText(/^1 of /)
    await expect(page.getByRole('region', { name: 'Frame details' })).toContainText(name)
  }
})

test('a change of the address that the browser swallows is made later', async ({ page }) => {
  // Chromium does so after 200 changes in a row, and says nothing.
  await page.evaluate(() => {
    const replace = history.replaceState
    history.replaceState = () => {
      history.replaceState = replace
    }
  })
  await box(page).fill('reflect')
  await expect(page).toHaveURL(/q=reflect(&|$)/)
})

test('a regular expression between slashes', async ({ page }) => {
  await box(page).fill('/^main\\.(ingest|decodeMap)$/')
  await expect(status(page)).toContainText('2 functions')
  await expect(status(page)).toContainText('63.5%')
})

test('a bad expression marks the box with the reason and changes nothing else', async ({ page }) => {
  await box(page).fill('reflect')
  await expect(status(page)).toContainText('38 functions')
  const tree = await page.getByRole('tree').innerText()
  await box(page).fill('/mapassign(/')
  await expect(box(page)).toHaveAttribute('aria-invalid', 'true')
  await expect(status(page)).toContainText('Not a regular expression')
  expect(await page.getByRole('tree').innerText()).toBe(tree)
  await box(page).fill('reflect')
  await expect(box(page)).toHaveAttribute('aria-invalid', 'false')
  await expect(status(page)).toContainText('38 functions')
})

test('an expression that engines which go back would never end with is answered like any other', async ({ page }) => {
  await box(page).fill('/^(\\w|\\W|[a-z])*!$/')
  await expect(status(page)).toHaveText('No matches')
  await box(page).fill('/^(\\w|\\W|[a-z])*serve$/')
  await expect(status(page)).toContainText('1 function')
})

test('finds files, package paths and what boxes are labelled with, and filters by that', async ({ page }) => {
  await openFiles(page, fixturePath('cases/search-names.pb.gz'))
  await box(page).fill('conn.go')
  await expect(status(page)).toContainText('10 functions (10 by file)')
  await expect(status(page)).toContainText('100%')
  await box(page).fill(' /[[:upper:]]\\pL+Impl/ ')
  await expect(status(page)).toContainText('1 function')
  await box(page).fill(' gopkg.in/yaml.v3 ')
  await expect(status(page)).toContainText('1 function')
  await expect(status(page)).toContainText('11.1%')
  // The file writes yaml%2ev3.
  await page.getByRole('button', { name: 'Filter by this search' }).click()
  await page.getByRole('menuitem', { name: 'Keep only stacks with a match' }).click()
  await expect(page.getByRole('region', { name: 'Filters' })).toContainText('10 ns of 90 ns kept')
})
