/** An upload says how far it is, and can be given up: then nothing of it is on the server. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { fixturePath } from '../src/testing/fixtures.ts'
import { axe, dropFiles, expect, openFiles, type Page, test } from './app.ts'
import { type Gate, startGate } from './gate.ts'
import { freshPage, type StoreProcess, startStore } from './store-server.ts'

// Files of 12 MiB are opened and sent, one of them twice.
test.describe.configure({ mode: 'serial', timeout: 120_000 })

let server: StoreProcess
let gate: Gate

test.beforeAll(async () => {
  server = await startStore()
  gate = await startGate(server.port)
})
test.afterAll(async () => {
  gate.release()
  await gate.stop()
  await server.stop()
})
test.afterEach(() => gate.release())

const heap = gunzipSync(readFileSync(fixturePath('go1.27/map/heap.pb.gz')))

/** A heap profile with a text that nothing uses: more than any system takes before it is read. */
function largeProfile(bytes = 12 * 1024 ** 2): Buffer {
  const length: number[] = []
  for (let rest = bytes; rest > 0; rest >>>= 7) length.push((rest & 127) | (rest > 127 ? 128 : 0))
  return Buffer.concat([heap, Buffer.from([0x32, ...length]), Buffer.alloc(bytes, 'x')])
}

const dialogOf = (page: Page) => page.getByRole('dialog')
const bar = (page: Page) => dialogOf(page).getByRole('progressbar', { name: 'Uploading…' })

async function begin(page: Page, way: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Share' }).click()
  await dialogOf(page).getByRole('radio', { name: way }).check()
  await expect(dialogOf(page).getByText('Nothing has been sent yet.')).toBeVisible()
  await dialogOf(page).getByRole('button', { name: 'Upload and copy link' }).click()
}

/** Files of the store: contents and their holds, and what is on its way. */
function filesIn(folder: string): string[] {
  const path = join(server.folder, 'store', folder)
  if (!existsSync(path)) return []
  const entries = readdirSync(path, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
}

/** What stands between reads on: only then does it see who left. */
async function nothingStored(): Promise<void> {
  gate.release()
  await expect.poll(() => [filesIn('holds'), filesIn('tmp')]).toEqual([[], []])
}

test('how far it is, by text and for assistive technology, without moving what is below; given up by keyboard', async ({
  browser,
}) => {
  const large = test.info().outputPath('large.pb')
  writeFileSync(large, largeProfile())
  const mine = await freshPage(browser)
  const { page } = mine
  await page.goto(gate.url)
  await openFiles(page, large)
  gate.hold('bodies')
  await page.getByRole('button', { name: 'Share' }).click()
  const dialog = dialogOf(page)
  await dialog.getByRole('radio', { name: /Store it on this server/ }).check()
  const place = async () => (await dialog.getByRole('radio', { name: /Link only/ }).boundingBox())?.y
  const before = await place()
  await dialog.getByRole('button', { name: 'Upload and copy link' }).press('Enter')
  await expect(bar(page)).toHaveAttribute('aria-valuetext', /^[\d.]+ [kM]iB of 12 MiB · [\d.]+ ?%$/)
  expect(await place()).toBe(before)
  const far = await bar(page).evaluate((element) => (element as HTMLProgressElement).value)
  expect(far).toBeGreaterThan(0)
  expect(far).toBeLessThan(1)
  // What is sent cannot be chosen anew meanwhile.
  await expect(dialog.getByRole('radio', { name: /Store it sealed/ })).toBeDisabled()
  await expect(dialog.getByRole('checkbox', { name: /Without labels/ })).toBeDisabled()
  expect(await axe(page)).toEqual([])
  await page.screenshot({ path: test.info().outputPath('uploading.png') })
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toHaveText('Cancelled. Nothing of it is left on the server.')
  expect(await place()).toBe(before)
  await expect(dialog.getByRole('button', { name: 'Upload and copy link' })).toBeFocused()
  await nothingStored()
  await expect(dialog.getByText('Stored from this browser')).toHaveCount(0)

  await page.keyboard.press('Enter')
  await expect(dialog.getByText(/^Stored, until/)).toBeVisible()
  expect(await place()).toBe(before)
  await dialog.getByRole('button', { name: 'Delete large.pb from the server' }).click()
  await expect(dialog.getByText('large.pb is deleted.')).toBeVisible()
  await nothingStored()
  expect(mine.errors).toEqual([])
  await mine.context.close()
})

test('given up once all is sent: the answer is waited for, and what was stored is deleted', async ({ browser }) => {
  const mine = await freshPage(browser)
  const { page } = mine
  await page.goto(gate.url)
  await openFiles(page, fixturePath('go1.27/map/cpu.pb.gz'))
  gate.hold('answers')
  await begin(page, /Store it sealed/)
  await expect(bar(page)).toHaveAttribute('aria-valuetext', 'All is sent. The server is storing it…')
  await expect.poll(() => filesIn('holds')).toHaveLength(1)
  await dialogOf(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(bar(page)).toHaveAttribute('aria-valuetext', 'Cancelling: what is already stored is deleted…')
  gate.release()
  await expect(dialogOf(page).getByRole('alert')).toHaveText('Cancelled. Nothing of it is left on the server.')
  await nothingStored()
  expect(mine.errors).toEqual([])
  await mine.context.close()
})

for (const way of ['Store it on this server', 'Store it sealed']) {
  test(`an investigation given up in its second file leaves none of them; so does closing the dialog: ${way}`, async ({
    browser,
  }) => {
    const zip = test.info().outputPath('run.zip')
    const files = { 'run/a.pb': heap, 'run/b.pb': largeProfile() }
    writeFileSync(zip, zipSync(files, { level: 0 }))
    const mine = await freshPage(browser)
    const { page } = mine
    await page.goto(gate.url)
    await dropFiles(page, [zip])
    await expect.poll(() => page.url()).toContain('investigation~')
    gate.hold('bodies', 2)
    await begin(page, new RegExp(way))
    await expect.poll(() => filesIn('holds')).toHaveLength(1)
    await expect(bar(page)).toHaveAttribute('aria-valuetext', /MiB of 12[.]1 MiB/)
    await dialogOf(page).getByRole('button', { name: 'Cancel' }).click()
    await expect(dialogOf(page).getByRole('alert')).toHaveText('Cancelled. Nothing of it is left on the server.')
    await nothingStored()

    gate.hold('bodies', 2)
    await dialogOf(page).getByRole('button', { name: 'Upload and copy link' }).click()
    await expect.poll(() => filesIn('holds')).toHaveLength(1)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await nothingStored()
    expect(mine.errors).toEqual([])
    await mine.context.close()
  })
}

test('in Chinese, dark and on a narrow screen', async ({ browser }) => {
  const large = test.info().outputPath('large.pb')
  writeFileSync(large, largeProfile())
  const options = { locale: 'zh-CN', viewport: { width: 390, height: 780 }, colorScheme: 'dark' as const }
  const mine = await freshPage(browser, options)
  const { page } = mine
  await page.goto(gate.url)
  await openFiles(page, large)
  gate.hold('bodies')
  await page.keyboard.press('s')
  await dialogOf(page)
    .getByRole('radio', { name: /保存到此服务器/ })
    .check()
  await dialogOf(page).getByRole('button', { name: '上传并复制链接' }).click()
  await expect(dialogOf(page).getByRole('progressbar', { name: '正在上传…' })).toHaveAttribute(
    'aria-valuetext',
    /MiB · /,
  )
  expect(await axe(page)).toEqual([])
  const overflow = await dialogOf(page).evaluate((element) => element.scrollWidth - element.clientWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  await page.screenshot({ path: test.info().outputPath('narrow.png') })
  await dialogOf(page).getByRole('button', { name: '取消' }).click()
  await expect(dialogOf(page).getByRole('alert')).toHaveText('已取消。服务器上没有留下任何内容。')
  await nothingStored()
  await mine.context.close()
})
