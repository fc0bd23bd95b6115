/** The built command, asked by the client of the protocol's own library, and the links of its answers opened in the page. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { makeCertificate } from '../src/testing/certificate.ts'
import { fixtureIndex, fixturePath } from '../src/testing/fixtures.ts'
import { lacking } from '../src/testing/go-service.ts'
import { test as base, expect, flameTree, waitForFlame } from './app.ts'

const command = fileURLToPath(new URL('../dist/node/hotzone.js', import.meta.url))
const heap = fixtureIndex().files.find(({ file }) => file === 'go1.27/map/heap.pb.gz')

interface Asked {
  client: Client
  folder: string
  /** JSON of an answer, or its text. Throws where the tool says that something is wrong. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are what the test looks at
  ask(name: string, args?: Record<string, unknown>): Promise<any>
  refused(name: string, args: Record<string, unknown>): Promise<string>
}

/** A folder of profiles, a service of the host, and the command on both. */
const test = base.extend<{ asked: Asked }>({
  // biome-ignore lint/correctness/noEmptyPattern: that is how fixtures are told apart
  asked: async ({}, use) => {
    const root = mkdtempSync(join(tmpdir(), 'hotzone-mcp-'))
    const folder = join(root, 'profiles')
    mkdirSync(folder)
    for (const name of [
      'heap.pb.gz',
      'cpu.pb.gz',
      'heap-0.pb.gz',
      'heap-1.pb.gz',
      'heap-2.pb.gz',
      'heap-3.pb.gz',
      'gctrace.log',
    ])
      copyFileSync(fixturePath(`go1.27/map/${name}`), join(folder, name))
    copyFileSync(fixturePath('go1.27/map/cpu.pb.gz'), join(root, 'secret.pb.gz'))
    symlinkSync(join(root, 'secret.pb.gz'), join(folder, 'link.pb.gz'))
    const service = createServer((request, response) => {
      if (request.url === '/debug/pprof/heap') response.end(readFileSync(fixturePath('go1.27/map/heap.pb.gz')))
      else response.writeHead(404).end()
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => service.once('listening', resolve))
    const port = (service.address() as AddressInfo).port
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [command, 'mcp', folder, `127.0.0.1:${port}`],
      env: { PATH: process.env.PATH ?? '', PPROF_TMPDIR: join(root, 'captures') },
      stderr: 'ignore',
    })
    const client = new Client({ name: 'test', version: '1' })
    await client.connect(transport)
    const call = async (name: string, args: Record<string, unknown>) => {
      const { content, isError } = await client.callTool({ name, arguments: args })
      const [{ text = '' } = {}] = content as { text?: string }[]
      return { text, isError: isError === true }
    }
    await use({
      client,
      folder,
      async ask(name, args = {}) {
        const { text, isError } = await call(name, args)
        if (isError) throw new Error(text)
        return text.startsWith('{') ? JSON.parse(text) : text
      },
      async refused(name, args) {
        const { text, isError } = await call(name, args)
        expect(isError).toBe(true)
        return text
      },
    })
    await client.close()
    service.closeAllConnections()
    service.close()
    rmSync(root, { recursive: true })
  },
})

test.beforeEach(({ allow }) => allow(/^request to another host: http:\/\/127\.0\.0\.1:/))

test('every tool says what it is for, and what it takes', async ({ asked }) => {
  const { tools } = await asked.client.listTools()
  expect(tools.map(({ name }) => name).sort()).toEqual(
    [
      'capture',
      'compare',
      'findings',
      'labels',
      'lines',
      'list_sources',
      'peek',
      'search',
      'series',
      'story',
      'top',
    ].sort(),
  )
  for (const { description, inputSchema, name } of tools) {
    expect(description?.length ?? 0, name).toBeGreaterThan(40)
    expect(inputSchema.type).toBe('object')
  }
  expect(asked.client.getInstructions()).toContain('list_sources')
})

test('reports have the numbers of pprof, and links that open them', async ({ asked, page }) => {
  const { files, services } = await asked.ask('list_sources')
  expect(files).toContain(join(asked.folder, 'heap.pb.gz'))
  expect(services).toHaveLength(1)
  const oracle = heap?.oracle?.inuse_space
  const top = await asked.ask('top', { file: 'heap.pb.gz', sampleType: 'inuse_space', limit: 5 })
  expect(top.rows).toHaveLength(5)
  expect(top.rowsLeftOut).toBeGreaterThan(0)
  expect(top.total).toBe(oracle?.total)
  for (const row of top.rows) {
    const said = oracle?.top_flat.find(({ name }) => name === row.name)
    if (said) expect({ flat: row.flat, cum: row.cum }).toEqual({ flat: said.flat, cum: said.cum })
  }
  const peek = await asked.ask('peek', { file: 'heap.pb.gz', pattern: '^main.decodeMap$' })
  expect(peek.rows[0].callers[0].name).toBe('main.ingest')
  const found = await asked.ask('search', { file: 'cpu.pb.gz', pattern: 'mapassign' })
  expect(found.matches).toBeGreaterThan(0)
  expect(
    (await asked.ask('lines', { file: 'heap.pb.gz', pattern: '^main.decodeMap$' })).rows[0].lines.length,
  ).toBeGreaterThan(0)
  expect(await asked.ask('labels', { file: 'cpu.pb.gz' })).toHaveProperty('keys')

  const focused = await asked.ask('top', { file: 'heap.pb.gz', focus: 'main.decodeMap' })
  await page.goto(focused.link)
  await expect(page.getByRole('grid', { name: 'Top functions' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Filters' })).toContainText('main.decodeMap')
  await page.goto(peek.link)
  await waitForFlame(page)
  await expect(flameTree(page)).toBeVisible()
  await expect(page.getByRole('searchbox', { name: 'Search frames' })).toHaveValue('^main.decodeMap$')
})

test('findings, comparison, series and story', async ({ asked, page }) => {
  const { profiles } = await asked.ask('findings', { files: ['heap.pb.gz'] })
  expect(profiles[0].findings.map(({ id }: { id: string }) => id)).toContain('json-any')
  const changed = await asked.ask('compare', {
    base: 'heap-0.pb.gz',
    current: 'heap-3.pb.gz',
    sampleType: 'inuse_space',
  })
  expect(changed.current.total).toBeGreaterThan(changed.base.total)
  const grown = await asked.ask('series', { files: ['heap-0.pb.gz', 'heap-1.pb.gz', 'heap-2.pb.gz', 'heap-3.pb.gz'] })
  expect(grown.points).toHaveLength(4)
  const story = await asked.ask('story', {
    paths: ['heap-0.pb.gz', 'heap-1.pb.gz', 'heap-2.pb.gz', 'heap-3.pb.gz', 'gctrace.log'],
  })
  expect(story).toContain('#')
  await page.goto(changed.link)
  await waitForFlame(page)
  await expect(page.getByRole('button', { name: /heap-0.pb.gz/ }).first()).toBeVisible()
})

test('a named service can be captured from', async ({ asked }) => {
  const { services } = await asked.ask('list_sources')
  const { file } = await asked.ask('capture', { service: services[0], kind: 'heap' })
  const top = await asked.ask('top', { file, sampleType: 'inuse_space', limit: 1 })
  expect(top.total).toBe(heap?.oracle?.inuse_space?.total)
  expect(await asked.refused('capture', { service: 'http://127.0.0.1:1/debug/pprof', kind: 'heap' })).toContain(
    'no service',
  )
})

test('a service over https is captured from by the file of -tls_ca, with one dash', async ({ asked }) => {
  test.skip(lacking('openssl', 'version'), 'openssl makes the certificate')
  const folder = join(asked.folder, '..')
  const { key, cert } = makeCertificate(folder)
  const heapFile = readFileSync(fixturePath('go1.27/map/heap.pb.gz'))
  const service = createSecure({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => {
    response.end(heapFile)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => service.once('listening', resolve))
  const name = `https://127.0.0.1:${(service.address() as AddressInfo).port}`
  const answers: boolean[] = []
  for (const options of [[`-tls_ca=${cert}`], []]) {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [command, 'mcp', ...options, name],
      env: { PATH: process.env.PATH ?? '', PPROF_TMPDIR: join(folder, 'captures') },
      stderr: 'ignore',
    })
    const client = new Client({ name: 'test', version: '1' })
    await client.connect(transport)
    const given = { service: `${name}/debug/pprof`, kind: 'heap' }
    answers.push((await client.callTool({ name: 'capture', arguments: given })).isError !== true)
    await client.close()
  }
  expect(answers).toEqual([true, false])
  service.closeAllConnections()
  service.close()
})

test('what lies elsewhere is not read, and what is wrong is said', async ({ asked }) => {
  for (const file of ['../secret.pb.gz', 'link.pb.gz', '/etc/hostname'])
    expect(await asked.refused('top', { file })).toContain('outside')
  for (const file of ['http://127.0.0.1:1/debug/pprof/heap', '-output=/tmp/x', 'none.pb.gz'])
    expect(await asked.refused('top', { file })).toContain('There is no file')
  expect(await asked.refused('search', { file: 'heap.pb.gz', pattern: '(' })).not.toBe('')
  expect(await asked.refused('top', { file: 'heap.pb.gz', sampleType: 'nonsense' })).toContain('inuse_space')
  expect(await asked.refused('top', { file: 'gctrace.log' })).toContain('gctrace.log')
})
