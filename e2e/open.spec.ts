/** The ways a profile gets into the page, and what comes of files that are none. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeProfile } from '../src/core/export/pprof.ts'
import { ProfileBuilder } from '../src/core/model/builder.ts'
import { fixturePath } from '../src/testing/fixtures.ts'
import {
  appUrl,
  chooseFiles,
  dropFiles,
  expect,
  openApp,
  openFiles,
  type Page,
  pasteFiles,
  test,
  treeItem,
  waitForFlame,
} from './app.ts'

const cpu = fixturePath('go1.27/map/cpu.pb.gz')
const heap = fixturePath('go1.27/map/heap.pb.gz')
const slow = fixturePath('malformed/gzip-bomb-150MiB.pb.gz')

const profiles = (page: Page) => page.getByRole('list', { name: 'Profiles' })
const entries = (page: Page) => profiles(page).getByRole('listitem')
const current = (page: Page) => profiles(page).locator('[aria-current]')

test('the first screen says what this is and where the data stays', async ({ page }) => {
  await openApp(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('See where your Go program burns time and memory.')
  await expect(page.getByText('Nothing is uploaded unless you share it.')).toBeVisible()
  await expect(page.locator('input[type=file]')).toHaveCount(1)
  await expect(profiles(page)).toHaveCount(1)
})

test('drop anywhere', async ({ page }) => {
  await openApp(page)
  await openFiles(page, cpu)
  await expect(treeItem(page, 'main.decodeMap')).toBeVisible()
  await expect(current(page)).toContainText('cpu.pb.gz')
  await expect(page.getByText('6.87 s sampled over 7.02 s')).toBeVisible()
  await expect(page.getByText(/^5\d\d stacks$/)).toBeVisible()
  await expect(page).toHaveTitle(/cpu\.pb\.gz/)
})

test('the file button', async ({ page }) => {
  await openApp(page)
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose file…' }).click()
  await (await chooser).setFiles(heap)
  await waitForFlame(page)
  await expect(current(page)).toContainText('heap.pb.gz')
})

test('paste: files, base64 text, an address', async ({ page }) => {
  await openApp(page)
  await pasteFiles(page, [cpu])
  await waitForFlame(page)
  await expect(current(page)).toContainText('cpu.pb.gz')

  const pasteText = (text: string) =>
    page.evaluate((t) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', t)
      document.body.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }))
    }, text)
  await pasteText(readFileSync(heap).toString('base64'))
  await expect(current(page)).toContainText('Heap')
  await pasteText(`${appUrl()}samples/mutex.pb.gz`)
  await expect(current(page)).toContainText('mutex.pb.gz')
  await pasteText('nothing of the kind')
  await expect(page.getByRole('alert')).toContainText(
    'Nothing in this text is known; it starts with “nothing of the kind”',
  )
})

test('every sample opens from its card, with its picture drawn', async ({ page }) => {
  await openApp(page)
  const cards = page.getByRole('list', { name: 'Or start from a sample' }).getByRole('button')
  expect(await cards.count()).toBeGreaterThanOrEqual(4)
  for (let i = 0; i < (await cards.count()); i++) {
    const painted = () =>
      cards
        .nth(i)
        .locator('canvas')
        .evaluate((canvas: HTMLCanvasElement) => {
          const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
          return new Set(new Uint32Array((data as Uint8ClampedArray).buffer)).size
        })
    await expect.poll(painted).toBeGreaterThan(4)
    await cards.nth(i).click()
    await waitForFlame(page, i + 1)
    await expect(entries(page)).toHaveCount(i + 1)
    await page.goBack()
    await expect(cards.first()).toBeVisible()
  }
})

test('several files at once become several profiles, each with its own view', async ({ page }) => {
  await openApp(page)
  await chooseFiles(page, [cpu, heap])
  await expect(entries(page)).toHaveCount(2)
  await expect(current(page)).toContainText('cpu.pb.gz')
  await page.keyboard.press(']')
  await expect(current(page)).toContainText('heap.pb.gz')
  await page.getByRole('radio', { name: 'Alloc space' }).check()
  await profiles(page)
    .getByRole('button', { name: /^cpu\.pb\.gz/ })
    .click()
  await expect(page.getByText('6.87 s sampled over 7.02 s')).toBeVisible()
  await profiles(page)
    .getByRole('button', { name: /^heap\.pb\.gz/ })
    .click()
  await expect(page.getByRole('radio', { name: 'Alloc space' })).toBeChecked()
  await page.getByRole('button', { name: 'Close heap.pb.gz' }).click()
  await expect(entries(page)).toHaveCount(1)
  await expect(current(page)).toContainText('cpu.pb.gz')
  await page.getByRole('button', { name: 'Close cpu.pb.gz' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})

test('closing a profile with the keyboard leaves the focus on the next one', async ({ page }) => {
  await openApp(page)
  await chooseFiles(page, [cpu, heap])
  await expect(entries(page)).toHaveCount(2)
  await page.getByRole('button', { name: 'Close cpu.pb.gz' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Close heap.pb.gz' })).toBeFocused()
})

test('open profiles add up, and the link to their sum opens from what the browser kept', async ({ page }) => {
  await openApp(page)
  await openFiles(page, heap)
  await dropFiles(page, [fixturePath('go1.27/struct/heap.pb.gz')])
  await expect(entries(page)).toHaveCount(2)
  await page.getByRole('button', { name: 'Menu', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Add up the open profiles' }).click()
  await expect(entries(page)).toHaveCount(3)
  await expect(current(page)).toContainText('heap.pb.gz + heap.pb.gz')
  await expect(treeItem(page, 'main.decodeMap').first()).toBeVisible()
  await expect.poll(() => new URL(page.url()).searchParams.get('p')).toMatch(/^[\w-]{43}\.[\w-]{43}$/)
  const kept = () => page.evaluate(() => performance.getEntriesByName('remembered').length)
  await expect.poll(kept).toBeGreaterThan(2)
  await page.reload()
  await expect(entries(page)).toHaveCount(1)
  await expect(current(page)).toContainText('heap.pb.gz + heap.pb.gz')
  await expect(treeItem(page, 'main.decodeMap').first()).toBeVisible()
})

test('the same file twice is one profile', async ({ page }) => {
  await openApp(page)
  await chooseFiles(page, [cpu, cpu])
  await waitForFlame(page)
  await expect(page.getByRole('progressbar')).toHaveCount(0)
  await expect(entries(page)).toHaveCount(1)
})

test('the sample type is switched in place and keeps the zoom', async ({ page }) => {
  await openApp(page)
  await openFiles(page, heap)
  await treeItem(page, 'main.decodeMap')
    .first()
    .click({ position: { x: 12, y: 6 } })
  const crumbs = page.getByRole('navigation', { name: 'Zoomed path' })
  await expect(crumbs).toContainText('main.decodeMap')
  const value = await crumbs.innerText()
  await expect(page.getByRole('radiogroup', { name: 'Sample type' })).toBeVisible()
  await page.getByRole('radio', { name: 'Alloc objects' }).check()
  await expect(crumbs).toContainText('main.decodeMap')
  await expect(crumbs).not.toHaveText(value, { useInnerText: true })
  await page.goBack()
  await expect(page.getByRole('radio', { name: 'In use space' })).toBeChecked()
  await expect(crumbs).toHaveText(value, { useInnerText: true })
})

test('opening can be cancelled in the middle, and what was open stays', async ({ page }) => {
  await openApp(page)
  await openFiles(page, cpu)
  await dropFiles(page, [slow])
  const bar = page.getByRole('progressbar')
  await expect(bar).toBeVisible()
  await expect(page.getByText(/^Step [1-4] of 4/)).toBeVisible()
  // The page answers while the file is being read.
  await page.getByRole('searchbox', { name: 'Search frames' }).fill('main.ingest')
  await expect(page.getByRole('search').getByRole('status')).toContainText('1 function')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(bar).toHaveCount(0)
  await expect(entries(page)).toHaveCount(1)
  await expect(page.getByRole('alert')).toHaveCount(0)
  await openFiles(page, heap)
  await expect(current(page)).toContainText('heap.pb.gz')
})

test('an engine that dies is made again from the file', async ({ page, allow }) => {
  allow(/killed by the test/)
  await openApp(page)
  await openFiles(page, heap)
  await expect(treeItem(page, 'main.ingest')).toBeVisible()
  const engines = page.workers().filter((worker) => worker.url().includes('/engine-worker'))
  expect(engines.length).toBeGreaterThan(0)
  const dead = Promise.any(engines.map((engine) => engine.waitForEvent('close')))
  for (const engine of engines) {
    await engine.evaluate(() => {
      setTimeout(() => {
        throw new Error('killed by the test')
      })
    })
  }
  await dead
  await page.getByRole('radio', { name: 'Alloc objects' }).check()
  await expect(page.getByText(/8,703,456/).first()).toBeVisible()
  await expect(treeItem(page, 'main.ingest')).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('on the way to a kept profile no first screen flashes by', async ({ page }) => {
  await openApp(page)
  await openFiles(page, cpu)
  await page.addInitScript(() => {
    const seen = () => {
      if (document.querySelector('.drop-zone')) performance.mark('first-screen')
    }
    new MutationObserver(seen).observe(document, { childList: true, subtree: true })
  })
  await page.reload()
  await waitForFlame(page)
  const flashes = () => page.evaluate(() => performance.getEntriesByName('first-screen').length)
  expect(await flashes()).toBe(0)
  // What is looked for is there where it belongs.
  await openApp(page)
  await expect.poll(flashes).toBeGreaterThan(0)
})

test('recent profiles reopen, and can be deleted', async ({ page }) => {
  await openApp(page)
  await openFiles(page, cpu)
  await openApp(page)
  const row = page.getByRole('listitem').filter({ hasText: 'cpu.pb.gz' })
  await expect(row).toContainText('27.8 KiB')
  await row.getByRole('button', { name: /^cpu\.pb\.gz/ }).click()
  await waitForFlame(page)
  await openApp(page)
  await page.getByRole('button', { name: 'Delete cpu.pb.gz from this browser' }).click()
  await expect(row).toHaveCount(0)
  await page.reload()
  await expect(page.getByText('up to 200 MiB')).toBeVisible()
  await expect(row).toHaveCount(0)
})

test('a browser that keeps nothing still opens profiles', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined })
    Object.defineProperty(globalThis, 'localStorage', {
      get: () => {
        throw new Error('blocked')
      },
    })
  })
  await openApp(page)
  await openFiles(page, cpu)
  await expect(treeItem(page, 'main.ingest')).toBeVisible()
  await expect(page.getByText('could not be kept in this browser')).toBeVisible()
})

test('what is no profile gets a sentence, and the open one stays', async ({ page }) => {
  test.setTimeout(120_000)
  await openApp(page)
  await openFiles(page, cpu)
  const sentences: [string, RegExp][] = [
    ['empty', /The file is empty/],
    ['truncated-gzip.pb.gz', /ends in the middle of its compressed data, after 16,743 bytes/],
    ['truncated-proto.pb.gz', /The profile ends in the middle/],
    ['html-error.pb.gz', /This is a web page/],
    ['plain.txt', /Nothing in this text is known/],
    ['json.pb.gz', /Nothing in this text is known/],
    ['elf-magic.bin', /This is a program/],
    ['dangling-location.pb.gz', /refers to a location that it does not hold/],
    ['no-sample-types.pb.gz', /does not say what it counts/],
  ]
  for (const [file, sentence] of sentences) {
    await dropFiles(page, [fixturePath(`malformed/${file}`)])
    const alert = page.getByRole('alert').filter({ hasText: `${file} did not open.` })
    await expect(alert).toContainText(sentence)
    await expect(alert).toContainText('cpu.pb.gz stays open.')
    await alert.getByRole('button', { name: 'Dismiss' }).click()
  }
  await expect(entries(page)).toHaveCount(1)
  await expect(treeItem(page, 'main.ingest')).toBeVisible()
})

test('every file of the malformed and odd sets opens or says why not', async ({ page }) => {
  test.setTimeout(180_000)
  await openApp(page)
  const files = ['malformed', 'odd'].flatMap((set) =>
    readdirSync(fixturePath(set)).map((name) => ({ name, path: fixturePath(`${set}/${name}`) })),
  )
  for (const { name, path } of files) {
    await dropFiles(page, [path])
    const opened = entries(page).filter({ hasText: name })
    const refused = page.getByRole('alert').filter({ hasText: `${name} did not open.` })
    await expect(opened.or(refused)).toHaveCount(1, { timeout: 30_000 })
    if ((await opened.count()) === 0) await refused.getByRole('button', { name: 'Dismiss' }).click()
    else {
      await expect(page.locator('.graph-place [role=tree], .graph-empty')).toHaveCount(1)
      await page.getByRole('button', { name: `Close ${name}` }).click()
      await expect(opened).toHaveCount(0)
    }
    const dismiss = page.getByRole('button', { name: 'Dismiss' })
    while ((await dismiss.count()) > 0) await dismiss.first().click()
  }
})

test('what a profile says of itself: a link to the web alone, and frames that it asks to leave out', async ({
  page,
}) => {
  await openApp(page)
  await openFiles(page, fixturePath('cases/export-roundtrip.pb.gz'))
  const about = page.getByRole('link', { name: 'About this profile' })
  await expect(about).toHaveAttribute('href', 'https://example.com/doc')
  await expect(about).toHaveAttribute('rel', 'noopener noreferrer')

  const builder = new ProfileBuilder([{ type: 'cpu', unit: 'nanoseconds' }])
  builder.sample([builder.location([{ func: builder.func('main.main', ''), line: 0 }])], [7])
  const file = join(mkdtempSync(join(tmpdir(), 'hotzone-')), 'script.pb')
  writeFileSync(file, encodeProfile(builder.finish({ docUrl: 'javascript:alert(1)' })))
  await openFiles(page, file)
  await expect(current(page)).toContainText('script.pb')
  await expect(about).toHaveCount(0)

  await openFiles(page, fixturePath('cases/drop-frames.pb.gz'))
  await expect(page.getByText(/2 samples are shown without them, and count for the caller/)).toBeVisible()
  await expect(treeItem(page, 'app::load')).toBeVisible()
  await expect(treeItem(page, 'operator new')).toHaveCount(0)

  await dropFiles(page, [fixturePath('cases/concatenated.pb.gz')])
  await expect(page.getByRole('alert')).toContainText('Two profiles stand in this file')
})
