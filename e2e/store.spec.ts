/** What a team shares through a server: upload, links in other browsers, sealed, whole investigations, deleting. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { fixturePath } from '../src/testing/fixtures.ts'
import { axe, compareOffer, dropFiles, expect, openFiles, type Page, test, treeItem, waitForFlame } from './app.ts'
import { bytesBelow, freshPage, type StoreProcess, startStore } from './store-server.ts'

const heap = fixturePath('go1.27/map/heap.pb.gz')
const cpu = fixturePath('go1.27/map/cpu.pb.gz')

test.describe.configure({ mode: 'serial' })

let server: StoreProcess

test.beforeAll(async () => {
  server = await startStore()
})
test.afterAll(async () => {
  expect(await server.stop()).toBe(0)
})

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Share this view' })
const linkOf = (page: Page) => dialogOf(page).getByRole('textbox', { name: 'Link' })

async function share(page: Page, way: RegExp): Promise<string> {
  await page.getByRole('button', { name: 'Share' }).click()
  await dialogOf(page).getByRole('radio', { name: way }).check()
  await dialogOf(page).getByRole('button', { name: 'Upload and copy link' }).click()
  await expect(dialogOf(page).getByText(/^Stored, until/)).toBeVisible()
  return linkOf(page).inputValue()
}

test('a profile is uploaded, opens in another browser at the same view, survives a restart and is deleted', async ({
  browser,
}) => {
  const mine = await freshPage(browser, { permissions: ['clipboard-read', 'clipboard-write'] })
  const { page } = mine
  await page.goto(server.url)
  await openFiles(page, heap)
  await page.getByRole('radio', { name: 'Alloc space' }).check()
  await page.getByRole('button', { name: 'Share' }).click()
  const dialog = dialogOf(page)
  await dialog.getByRole('radio', { name: /Store it on this server/ }).check()
  const leaves = dialog.getByRole('region', { name: 'What leaves this computer' })
  await expect(leaves).toContainText('heap.pb.gz')
  await expect(leaves).toContainText('function names, file paths, build ids and values')
  expect(await axe(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Upload and copy link' }).click()
  await expect(dialog.getByText(/^Stored, until/)).toBeVisible()
  const link = await linkOf(page).inputValue()
  expect(link.length).toBeLessThan(300)
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link)
  expect(bytesBelow(server.folder).includes(readFileSync(heap))).toBe(true)

  await server.restart()
  const theirs = await freshPage(browser)
  await theirs.page.goto(link)
  await waitForFlame(theirs.page)
  await expect(theirs.page.getByRole('radio', { name: 'Alloc space' })).toBeChecked()
  await expect(treeItem(theirs.page, 'main.decodeMap').first()).toBeVisible()
  await expect(theirs.page.getByRole('list', { name: 'Profiles' })).toContainText('heap.pb.gz')
  // What the log says holds no query.
  expect(server.log()).not.toContain('?')
  expect(server.log()).toContain('"path":"/store/')

  await dialog.getByRole('button', { name: 'Delete heap.pb.gz from the server' }).click()
  await expect(dialog.getByText('heap.pb.gz is deleted.')).toBeVisible()
  const late = await freshPage(browser)
  await late.page.goto(link)
  await expect(late.page.getByRole('heading', { level: 1 })).toHaveText('This link needs heap.pb.gz')
  // This browser kept it: the link goes on.
  await theirs.page.goto('about:blank')
  await theirs.page.goto(link)
  await waitForFlame(theirs.page)
  expect([...mine.errors, ...theirs.errors]).toEqual([])
  for (const { context } of [mine, theirs, late]) await context.close()
})

test('a sealed link opens; what the server holds has no name in it; a cut key says so', async ({ browser }) => {
  const mine = await freshPage(browser)
  await mine.page.goto(server.url)
  await openFiles(mine.page, cpu)
  const link = await share(mine.page, /Store it sealed/)
  expect(new URL(link).search).toMatch(/^\?stored=[\w-]{43}$/)
  expect(link).toMatch(/[#&]key=[\w-]{43}(&|$)/)
  // Neither as it is nor inside any gzip.
  const stored = bytesBelow(server.folder)
  for (const name of ['main.ingest', 'cpu.pb.gz', 'runtime.mallocgc']) expect(stored.includes(name)).toBe(false)
  expect(gunzipSync(readFileSync(cpu)).includes('main.ingest')).toBe(true)
  expect(stored.includes(readFileSync(cpu).subarray(20, 60))).toBe(false)

  const theirs = await freshPage(browser)
  await theirs.page.goto(link)
  await waitForFlame(theirs.page)
  await expect(treeItem(theirs.page, 'main.ingest').first()).toBeVisible()
  // The address of the page goes on leading there, in another browser too.
  await expect.poll(() => theirs.page.url()).toContain('key=')
  // No hash of what is sealed, which this server would be sent when the page is loaded again.
  expect(new URL(theirs.page.url()).search).toMatch(/^\?stored=[\w-]{43}$/)
  await theirs.page.reload()
  await waitForFlame(theirs.page)
  await expect(treeItem(theirs.page, 'main.ingest').first()).toBeVisible()
  await expect.poll(() => new URL(theirs.page.url()).search).toMatch(/^\?stored=[\w-]{43}$/)
  const third = await freshPage(browser)
  await third.page.goto(theirs.page.url())
  await waitForFlame(third.page)
  expect([...mine.errors, ...theirs.errors, ...third.errors]).toEqual([])
  expect(server.log()).not.toContain(new URLSearchParams(new URL(link).hash.slice(1)).get('key') ?? '')

  const cut = await freshPage(browser)
  await cut.page.goto(link.replace(/key=.{20}/, 'key='))
  await expect(cut.page.getByRole('alert')).toContainText('The key of this link does not fit')
  for (const { context } of [mine, theirs, third, cut]) await context.close()
})

test('no address tells the hash of what came sealed: compared, opened again, loaded again, or handed on without the key', async ({
  browser,
}) => {
  const mine = await freshPage(browser)
  await mine.page.goto(server.url)
  const older = fixturePath('go1.24/map/heap.pb.gz')
  await openFiles(mine.page, older)
  const hash = /[?&]p=([\w-]{43})/.exec(mine.page.url())?.[1] ?? ''
  expect(hash).not.toBe('')
  const link = await share(mine.page, /Store it sealed/)
  const stored = new URL(link).searchParams.get('stored') ?? ''
  const key = new URLSearchParams(new URL(link).hash.slice(1)).get('key') ?? ''

  const theirs = await freshPage(browser)
  const { page } = theirs
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(link)
  await waitForFlame(page)
  await dropFiles(page, [heap])
  await compareOffer(page).click()
  await expect(page.getByRole('group', { name: 'Compare', exact: true })).toBeVisible()
  const named = new RegExp(`[?]p=comparison~[\\w-]{43}[.]${stored}#.*&key=[.]${key}`)
  await expect.poll(() => page.url()).toMatch(named)
  await page.getByRole('button', { name: 'Share' }).click()
  await expect(dialogOf(page)).toContainText('carries the key')
  const handed = await linkOf(page).inputValue()
  for (const address of [page.url(), handed]) expect(address).not.toContain(hash)
  await page.keyboard.press('Escape')

  // What the browser kept opens under the same name.
  const kept = () => page.evaluate(() => performance.getEntriesByName('remembered').length)
  await expect.poll(kept).toBeGreaterThan(2)
  await page.reload()
  await expect(page.getByRole('group', { name: 'Compare', exact: true })).toBeVisible()
  await expect.poll(() => page.url()).toMatch(named)
  // From the list of what is kept, where no link says that it was sealed.
  const names: string[] = []
  for (let row = 0; row < 3; row++) {
    await page.goto(server.url)
    await page.locator('.recent-open').nth(row).click()
    await waitForFlame(page)
    await expect.poll(() => page.url()).toMatch(/stored=|p=/)
    names.push(new URL(page.url()).search)
    await page.reload()
    await waitForFlame(page)
  }
  expect(names).toContain(`?stored=${stored}`)
  for (const address of [...asked, page.url()]) expect(address).not.toContain(hash)
  expect(theirs.errors).toEqual([])

  // Another browser opens the whole, with the key, once the other file is stored too.
  await mine.page.keyboard.press('Escape')
  await dropFiles(mine.page, [heap])
  await expect(mine.page.getByRole('list', { name: 'Profiles' }).getByRole('listitem')).toHaveCount(2)
  await share(mine.page, /Store it on this server/)
  const third = await freshPage(browser)
  await third.page.goto(handed.replace(/&key=[^&]*/, ''))
  await expect(third.page.getByRole('alert')).toContainText('The key of this link does not fit')
  await third.page.goto('about:blank')
  await third.page.goto(handed)
  await expect(third.page.getByRole('group', { name: 'Compare', exact: true })).toBeVisible()
  await expect.poll(() => third.page.url()).toMatch(named)
  expect(third.errors).toEqual([])
  for (const { context } of [mine, theirs, third]) await context.close()
})

/** The address of a page names its document by the hashes of its files, of a sealed one what is stored alone. */
async function expectNamed(page: Page, way: string, id: string): Promise<void> {
  const named = way.includes('sealed') ? /^\?stored=[\w-]{43}$/ : new RegExp(`[?&]p=${id}`)
  await expect.poll(() => new URL(page.url()).search).toMatch(named)
}

for (const way of ['Store it on this server', 'Store it sealed']) {
  test(`two profiles as one comparison go through one link: ${way}`, async ({ browser }) => {
    const mine = await freshPage(browser)
    await mine.page.goto(server.url)
    await openFiles(mine.page, fixturePath('go1.24/map/heap.pb.gz'))
    await dropFiles(mine.page, [heap])
    await waitForFlame(mine.page, 2)
    await mine.page
      .getByRole('button', { name: /^Compare/ })
      .first()
      .click()
    await expect.poll(() => mine.page.url()).toContain('comparison~')
    const link = await share(mine.page, new RegExp(way))
    expect(link.length).toBeLessThan(400)
    const theirs = await freshPage(browser)
    await theirs.page.goto(link)
    await waitForFlame(theirs.page)
    await expect(theirs.page.getByRole('group', { name: 'Compare', exact: true })).toBeVisible()
    await expectNamed(theirs.page, way, 'comparison~')
    expect(theirs.errors).toEqual([])
    await mine.context.close()
    await theirs.context.close()
  })
}

for (const way of ['Store it on this server', 'Store it sealed']) {
  test(`a whole investigation goes through one link: ${way}`, async ({ browser }) => {
    const mine = await freshPage(browser)
    await mine.page.goto(server.url)
    const folder = fixturePath('go1.27/map')
    const paths = readdirSync(folder).map((name) => join(folder, name))
    const zip = test.info().outputPath('run.zip')
    writeFileSync(zip, zipSync(Object.fromEntries(paths.map((path) => [`run/${basename(path)}`, readFileSync(path)]))))
    await dropFiles(mine.page, [zip])
    await expect.poll(() => mine.page.url()).toContain('investigation~')
    await expect(mine.page.getByRole('button', { name: 'Share' })).toBeVisible()
    const link = await share(mine.page, new RegExp(way))
    expect(link.length).toBeLessThan(400)
    const theirs = await freshPage(browser)
    await theirs.page.goto(link)
    // The list of its files is open where somebody has just given them.
    const told = async (page: Page) => (await page.locator('main').innerText()).split('What it is told from')[0]
    await expect.poll(() => told(theirs.page), { timeout: 30_000 }).toBe(await told(mine.page))
    await expectNamed(theirs.page, way, 'investigation~')
    expect([...mine.errors, ...theirs.errors]).toEqual([])
    await mine.context.close()
    await theirs.context.close()
  })
}

test('what is stripped holds no folder, no build id and no label', async ({ browser }) => {
  const mine = await freshPage(browser)
  await mine.page.goto(server.url)
  await openFiles(mine.page, cpu)
  await mine.page.getByRole('button', { name: 'Share' }).click()
  const dialog = dialogOf(mine.page)
  await dialog.getByRole('radio', { name: /Store it on this server/ }).check()
  await dialog.getByRole('checkbox', { name: /Without labels/ }).check()
  await dialog.getByRole('button', { name: 'Upload and copy link' }).click()
  await expect(dialog.getByText(/^Stored, until/)).toBeVisible()
  const link = await linkOf(mine.page).inputValue()
  const id = new URL(link).searchParams.get('p') ?? ''
  const body = gunzipSync(Buffer.from(await (await fetch(new URL(`store/${id}`, server.url))).arrayBuffer()))
  expect(body.includes('main.ingest')).toBe(true)
  expect(/\/[\w.-]+\/[\w.-]+\.go/.test(body.toString('latin1'))).toBe(false)
  const theirs = await freshPage(browser)
  await theirs.page.goto(link)
  await waitForFlame(theirs.page)
  await expect(treeItem(theirs.page, 'main.ingest').first()).toBeVisible()
  await mine.context.close()
  await theirs.context.close()
})

for (const way of ['Store it on this server', 'Store it sealed']) {
  test(`of an investigation that is stripped only profiles leave, and it opens without the rest: ${way}`, async ({
    browser,
  }) => {
    const own = await startStore()
    const mine = await freshPage(browser)
    await mine.page.goto(own.url)
    const names = ['heap.pb.gz', 'cpu.pb.gz', 'gctrace.log', 'trace.out']
    const zip = test.info().outputPath('run.zip')
    const files = names.map((name) => [`run/${name}`, readFileSync(fixturePath(`go1.27/map/${name}`))])
    writeFileSync(zip, zipSync(Object.fromEntries(files)))
    await dropFiles(mine.page, [zip])
    await expect.poll(() => mine.page.url()).toContain('investigation~')
    await mine.page.getByRole('button', { name: 'Share' }).click()
    const dialog = dialogOf(mine.page)
    await dialog.getByRole('radio', { name: new RegExp(way) }).check()
    const leaves = dialog.getByRole('region', { name: 'What leaves this computer' })
    await expect(leaves).not.toContainText('stays here')
    await leaves.getByRole('checkbox', { name: /^Profiles alone/ }).check()
    await expect(leaves.getByRole('listitem').filter({ hasText: 'stays here: no profile' })).toHaveText([
      /gctrace\.log/,
      /trace\.out/,
    ])
    await expect(leaves).toContainText('2 files are no profiles')
    expect(await axe(mine.page)).toEqual([])
    await leaves.scrollIntoViewIfNeeded()
    await mine.page.screenshot({ path: test.info().outputPath('stripped.png') })
    await dialog.getByRole('button', { name: 'Upload and copy link' }).click()
    await expect(dialog.getByText(/^Stored, until/)).toBeVisible()
    const link = await linkOf(mine.page).inputValue()
    if (!way.includes('sealed')) {
      const contents = readdirSync(join(own.folder, 'store', 'blobs'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
        .map((bytes) => (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('latin1'))
      expect(contents).toHaveLength(3)
      expect(contents.filter((text) => text.includes('main.ingest'))).toHaveLength(2)
      for (const text of contents) expect(text).not.toMatch(/\/[\w.@-]+\/[\w.-]+\.go\b|gctrace|trace\.out/)
    }
    const theirs = await freshPage(browser)
    await theirs.page.goto(link)
    await expectNamed(theirs.page, way, 'investigation~')
    await expect(theirs.page.locator('main')).toContainText('heap.pb.gz')
    await expect(theirs.page.locator('main')).not.toContainText('gctrace.log')
    expect([...mine.errors, ...theirs.errors]).toEqual([])
    for (const { context } of [mine, theirs]) await context.close()
    await own.stop()
  })
}

test('in Chinese and on a narrow screen, by keyboard', async ({ browser }) => {
  const mine = await freshPage(browser, { locale: 'zh-CN', viewport: { width: 390, height: 780 } })
  await mine.page.goto(server.url)
  await openFiles(mine.page, heap)
  await mine.page.keyboard.press('s')
  const dialog = mine.page.getByRole('dialog')
  await expect(dialog.getByRole('radio', { name: /只有链接/ })).toBeVisible()
  // Whether the link can carry the profile is found out first; until then its choice is passed over.
  await expect(dialog.getByRole('radio', { disabled: true })).toHaveCount(0)
  await dialog.getByRole('radio', { name: /只有链接/ }).focus()
  await mine.page.keyboard.press('ArrowDown')
  await mine.page.keyboard.press('ArrowDown')
  await expect(dialog.getByRole('radio', { name: /保存到此服务器/ })).toBeChecked()
  await expect(dialog.getByText('离开本机的内容')).toBeVisible()
  expect(await axe(mine.page)).toEqual([])
  const overflow = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  await dialog.getByRole('button', { name: '上传并复制链接' }).press('Enter')
  await expect(dialog.getByText(/^已保存，/)).toBeVisible()
  await mine.page.screenshot({ path: test.info().outputPath('narrow.png') })
  await mine.context.close()
})

test('with previews the page of a link has a title and a picture, which the uploader’s browser drew', async ({
  browser,
}) => {
  const shown = await startStore(['--previews', 'https://hotzone.example/'])
  try {
    const mine = await freshPage(browser)
    await mine.page.goto(shown.url)
    await openFiles(mine.page, heap)
    await mine.page.getByRole('button', { name: 'Share' }).click()
    const dialog = dialogOf(mine.page)
    await dialog.getByRole('radio', { name: /Store it on this server/ }).check()
    await dialog.getByRole('checkbox', { name: /With a picture/ }).check()
    await dialog.getByRole('button', { name: 'Upload and copy link' }).click()
    await expect(dialog.getByText(/^Stored, until/)).toBeVisible()
    const link = await linkOf(mine.page).inputValue()
    const html = await (await fetch(link)).text()
    expect(html).toContain('<meta property="og:title" content="heap.pb.gz">')
    const [, image = ''] = /og:image" content="https:\/\/hotzone\.example\/([^"]+)"/.exec(html) ?? []
    const picture = Buffer.from(await (await fetch(new URL(image, shown.url))).arrayBuffer())
    expect(picture.subarray(1, 4).toString()).toBe('PNG')
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1200, 630])
    writeFileSync(test.info().outputPath('preview.png'), picture)
    expect(mine.errors).toEqual([])
    // Without it, and of what nobody stored, the page says nothing.
    expect(await (await fetch(link.replace(/p=.{43}/, `p=${'a'.repeat(43)}`))).text()).not.toContain('og:')
    await mine.context.close()
  } finally {
    await shown.stop()
  }
})
