/** The store as teams run it: behind nginx below a path, two processes on one S3 service, plain http in a network, inside a wiki, killed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { chromium } from 'playwright'
import { freePorts, isThere, missingForRgw, startRgw } from '../scripts/rgw.mjs'
import { makeBucket } from '../src/server/store/testing.ts'
import { fixturePath } from '../src/testing/fixtures.ts'
import { canRun } from '../src/testing/needed-servers.ts'
import { axe, expect, openFiles, type Page, test, treeItem, waitForFlame } from './app.ts'
import { launchOptions } from './browser.mjs'
import { freshPage, type StoreProcess, startStore } from './store-server.ts'

const heap = fixturePath('go1.27/map/heap.pb.gz')
const cpu = fixturePath('go1.27/map/cpu.pb.gz')
const configuration = fileURLToPath(new URL('../test/servers/nginx.conf', import.meta.url))

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Share this view' })

async function shared(page: Page, way: RegExp): Promise<string> {
  await page.getByRole('button', { name: 'Share' }).click()
  await dialogOf(page).getByRole('radio', { name: way }).check()
  await dialogOf(page).getByRole('button', { name: 'Upload and copy link' }).click()
  await expect(dialogOf(page).getByText(/^Stored, until/)).toBeVisible()
  return dialogOf(page).getByRole('textbox', { name: 'Link' }).inputValue()
}

async function startNginx(ports: readonly number[]): Promise<{ url: string; stop: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'hotzone-nginx-'))
  const [listen] = await freePorts(1)
  const values: Record<string, string> = {
    FOLDER: folder,
    FIRST: String(ports[0]),
    SECOND: String(ports[1] ?? ports[0]),
    LISTEN: String(listen),
  }
  const text = readFileSync(configuration, 'utf8').replace(
    /\b(FOLDER|FIRST|SECOND|LISTEN)\b/g,
    (name) => values[name] ?? '',
  )
  writeFileSync(join(folder, 'nginx.conf'), text)
  const child: ChildProcess = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const url = `http://127.0.0.1:${listen}/tools/hotzone/`
  await expect
    .poll(
      () =>
        fetch(url).then(
          (answer) => answer.status,
          () => 0,
        ),
      { timeout: 20_000 },
    )
    .toBe(200)
  return {
    url,
    stop: () => {
      child.kill('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const missingNginx = isThere('nginx') ? '' : 'nginx (Debian: nginx-light)'

test.describe('behind nginx below a path', () => {
  test.skip(!canRun('The store behind nginx', missingNginx), 'there is no nginx')

  test('a profile is stored, opened and deleted', async ({ browser }) => {
    const server = await startStore(['--base-path', '/tools/hotzone/'])
    const nginx = await startNginx([server.port])
    try {
      const mine = await freshPage(browser)
      await mine.page.goto(nginx.url)
      await openFiles(mine.page, heap)
      const link = await shared(mine.page, /Store it on this server/)
      expect(link.startsWith(nginx.url)).toBe(true)
      const theirs = await freshPage(browser)
      await theirs.page.goto(link)
      await waitForFlame(theirs.page)
      await dialogOf(mine.page)
        .getByRole('button', { name: /^Delete heap/ })
        .click()
      await expect(dialogOf(mine.page).getByText('is deleted')).toBeVisible()
      expect([...mine.errors, ...theirs.errors]).toEqual([])
      // The path without its last slash, and what lies above it.
      expect((await fetch(nginx.url.slice(0, -1))).url).toBe(nginx.url)
      expect((await fetch(`http://127.0.0.1:${server.port}/`)).status).toBe(404)
      // What tells of the machine is not passed on.
      expect((await fetch(`${nginx.url}metrics`)).status).toBe(403)
      expect((await fetch(`http://127.0.0.1:${server.port}/tools/hotzone/metrics`)).status).toBe(200)
      await mine.context.close()
      await theirs.context.close()
    } finally {
      nginx.stop()
      await server.stop()
    }
  })

  test('two processes on one S3 service serve what either stored', async ({ browser }) => {
    test.skip(!canRun('Two servers on one S3 service', missingForRgw()), 'there is no Ceph')
    test.setTimeout(240_000)
    const rgw = await startRgw()
    const servers: StoreProcess[] = []
    try {
      const { endpoint, region, accessKeyId, secretAccessKey } = rgw
      const made = await makeBucket({ bucket: 'team', prefix: '', endpoint, region, accessKeyId, secretAccessKey })
      expect(made).toBe(200)
      const env = {
        AWS_ENDPOINT_URL: endpoint,
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
      }
      for (let i = 0; i < 2; i++) {
        servers.push(await startStore(['--base-path', '/tools/hotzone/'], { place: 's3://team/profiles', env }))
      }
      const nginx = await startNginx(servers.map(({ port }) => port))
      const mine = await freshPage(browser)
      await mine.page.goto(nginx.url)
      await openFiles(mine.page, cpu)
      const link = await shared(mine.page, /Store it sealed/)
      const stored = new URL(link).searchParams.get('stored')
      for (const { url } of servers) expect((await fetch(new URL(`store/${stored}`, url))).status).toBe(200)
      // One of them goes; the other one has all.
      await servers[0]?.stop('SIGKILL')
      const theirs = await freshPage(browser)
      await theirs.page.goto(link)
      await waitForFlame(theirs.page)
      await expect(treeItem(theirs.page, 'main.ingest').first()).toBeVisible()
      nginx.stop()
      await mine.context.close()
      await theirs.context.close()
    } finally {
      for (const server of servers) await server.stop()
      await rgw.stop()
    }
  })
})

test('on plain http in a network what browsers switch off is said, and the rest works', async () => {
  const server = await startStore(['--trust-host', 'hotzone.lan'])
  const { args, ...options } = launchOptions()
  const browser = await chromium.launch({
    ...options,
    args: [...args, '--host-resolver-rules=MAP hotzone.lan 127.0.0.1'],
  })
  try {
    const home = `http://hotzone.lan:${server.port}/`
    const mine = await freshPage(browser)
    await mine.page.goto(home)
    expect(await mine.page.evaluate(() => [isSecureContext, 'subtle' in crypto])).toEqual([false, false])
    await openFiles(mine.page, heap)
    await mine.page.getByRole('button', { name: 'Share' }).click()
    const dialog = dialogOf(mine.page)
    await expect(dialog.getByRole('radio', { name: /Store it sealed/ })).toBeDisabled()
    await expect(dialog.getByText('Browsers encrypt on secure addresses only')).toBeVisible()
    expect(await axe(mine.page)).toEqual([])
    await dialog.getByRole('radio', { name: /Store it on this server/ }).check()
    await dialog.getByRole('button', { name: 'Upload and copy link' }).click()
    await expect(dialog.getByText(/^Stored, until/)).toBeVisible()
    const link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue()
    const theirs = await freshPage(browser)
    await theirs.page.goto(link)
    await waitForFlame(theirs.page)
    expect([...mine.errors, ...theirs.errors]).toEqual([])
    // A sealed link opens on secure addresses only, which is said.
    const secure = await freshPage(browser)
    await secure.page.goto(server.url)
    await openFiles(secure.page, cpu)
    const sealed = await shared(secure.page, /Store it sealed/)
    await theirs.page.goto(sealed.replace(server.url, home))
    await expect(theirs.page.getByRole('alert')).toContainText('Open it over https')
    // A name that nobody trusts.
    const answer = await fetch(`http://127.0.0.1:${server.port}/`, { headers: {} })
    expect(answer.status).toBe(200)
  } finally {
    await browser.close()
    await server.stop()
  }
})

test('inside another page: the graph alone, and bytes from the pages that the server allows', async ({ browser }) => {
  const hosts = [createServer(), createServer()]
  const bytes = readFileSync(heap).toString('base64')
  let server: StoreProcess | null = null
  const origins: string[] = []
  for (const host of hosts) {
    host.on('request', (_, response) => {
      response.setHeader('Content-Type', 'text/html')
      response.end(`<!doctype html><title>wiki</title><iframe width="900" height="600" src="${server?.url}?embed"></iframe>
<script>
  window.said = []
  const frame = document.querySelector('iframe')
  addEventListener('message', ({ origin, data }) => {
    said.push(data)
    if (data.hotzone !== 'ready') return
    const bytes = Uint8Array.from(atob('${bytes}'), (c) => c.charCodeAt(0)).buffer
    frame.contentWindow.postMessage({ hotzone: 'open', name: 'from wiki.pb.gz', bytes }, origin)
  })
</script>`)
    })
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
    origins.push(`http://127.0.0.1:${(host.address() as AddressInfo).port}`)
  }
  server = await startStore(['--frame-ancestors', origins[0] ?? ''])
  try {
    const wiki = await freshPage(browser)
    await wiki.page.goto(origins[0] ?? '')
    const frame = wiki.page.frameLocator('iframe')
    await expect(frame.getByRole('tree', { name: 'Flame graph' })).toBeVisible()
    await expect(frame.getByRole('treeitem', { name: /main\.decodeMap/ }).first()).toBeAttached()
    await expect(frame.locator('.top-bar')).toBeHidden()
    await expect(frame.getByRole('region', { name: 'Findings' })).toBeHidden()
    await expect
      .poll(() => wiki.page.evaluate(() => (globalThis as unknown as { said: unknown[] }).said))
      .toEqual([{ hotzone: 'ready' }, { hotzone: 'opened', name: 'from wiki.pb.gz' }])
    // Another site may not show it.
    const other = await freshPage(browser)
    await other.page.goto(origins[1] ?? '')
    await expect.poll(() => other.errors.join()).toContain('frame-ancestors')
    await wiki.context.close()
    await other.context.close()
  } finally {
    for (const host of hosts) host.close()
    await server.stop()
  }
})

test('killed during uploads, it has all that it acknowledged, and nothing half', async () => {
  const server = await startStore()
  try {
    const raw = gunzipSync(readFileSync(cpu))
    const acknowledged: string[] = []
    let sent = 0
    let someAreKept = () => {}
    const kept = new Promise<void>((resolve) => {
      someAreKept = resolve
    })
    /** False when the server is gone. */
    const send = async (i: number): Promise<boolean> => {
      // A comment more makes another profile of it.
      const text = Buffer.from(`comment ${i} ${'x'.repeat(200_000)}`)
      const length = Buffer.from([(text.length & 127) | 128, ((text.length >> 7) & 127) | 128, text.length >> 14])
      const body = Buffer.concat([raw, Buffer.from([0x32]), length, text])
      const id = createHash('sha256').update(body).digest('base64url')
      const answer = await fetch(new URL(`store/${id}`, server.url), { method: 'PUT', body }).catch(() => null)
      if (answer?.status === 201 && acknowledged.push(id) > 2) someAreKept()
      return answer !== null
    }
    // All of them go on until the server is killed under them.
    const sending = Promise.all(
      Array.from({ length: 20 }, async () => {
        while (await send(sent++)) {}
      }),
    )
    await kept
    await server.restart()
    await sending
    expect(acknowledged.length).toBeLessThan(sent)
    for (const id of acknowledged) {
      const answer = await fetch(new URL(`store/${id}`, server.url))
      expect(answer.status).toBe(200)
      const body = Buffer.from(await answer.arrayBuffer())
      expect(createHash('sha256').update(body).digest('base64url')).toBe(id)
    }
    // Whatever is at the place of a content is that content.
    const blobs = readdirSync(join(server.folder, 'store', 'blobs'), { recursive: true, withFileTypes: true })
    for (const entry of blobs.filter((one) => one.isFile())) {
      const body = readFileSync(join(entry.parentPath, entry.name))
      const hash = createHash('sha256').update(body)
      expect(entry.name).toBe(`${hash.copy().digest('base64url')}.${hash.digest('hex')}`)
    }
  } finally {
    await server.stop()
  }
})
