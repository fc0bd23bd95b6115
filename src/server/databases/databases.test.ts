/** Both databases, as stubs of their public APIs: no live server was asked. */
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readProfile } from '../../core/formats/index.ts'
import type { DatabaseQuery } from '../../core/live/database.ts'
import type { Profile } from '../../core/model/profile.ts'
import { type DatabaseStub, startParca, startPyroscope, totalOf } from '../../testing/database-stubs.ts'
import { SourceError } from '../sources/source-error.ts'
import { DatabaseAccess, databaseState, readDatabase, selectorOf } from './database.ts'
import { callsOf, captureQuery } from './query.ts'

const range = { from: Date.UTC(2026, 0, 1), until: Date.UTC(2026, 0, 1, 1) }
const MEMORY = ['alloc_objects:count', 'alloc_space:bytes', 'inuse_objects:count', 'inuse_space:bytes'].map(
  (type) => `memory:${type}:space:bytes`,
)
const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds'

let folder: string
let stub: DatabaseStub
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotzone-databases-'))
  vi.stubEnv('PPROF_TMPDIR', folder)
})
afterEach(() => {
  stub.close()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

function access(text: string, env: NodeJS.ProcessEnv = {}) {
  const address = readDatabase(text, env)
  if (!address) throw new Error(`no database: ${text}`)
  return { calls: callsOf(address), to: new DatabaseAccess(address, new AbortController().signal) }
}

const query = (part: Partial<DatabaseQuery>): DatabaseQuery => ({
  ...{ types: [CPU], labels: [], ...range },
  ...part,
})

async function saved(path: string): Promise<Profile> {
  return (await readProfile(new Blob([new Uint8Array(await readFile(path))]), { seed: 1 })).profile
}

const sums = ({ sampleTypes, samples }: Profile) =>
  Object.fromEntries(sampleTypes.map(({ type }, t) => [type, samples.value[t]?.reduce((sum, v) => sum + v, 0)]))

const namesOf = ({ functions, strings }: Profile) => Array.from(functions.name, (name) => strings.get(name)).sort()

const kinds = {
  pyroscope: { start: startPyroscope, application: 'service_name', cpu: CPU, name: 'Pyroscope' },
  parca: { start: startParca, application: 'job', cpu: `${CPU}:delta`, name: 'Parca' },
}

describe.each(Object.entries(kinds))('%s', (kind, { start, application, cpu, name }) => {
  beforeEach(async () => {
    stub = await start()
  })
  const address = (user = '') => `${kind}+http://${user}${stub.host}`

  it('says its types, its labels, and what names applications', async () => {
    const { calls, to } = access(address())
    const state = await databaseState(calls, to, range)
    expect(state.types.map(({ id }) => id)).toEqual([...MEMORY, cpu])
    expect(state.types[0]).toEqual({ id: MEMORY[0], name: 'memory', type: 'alloc_objects' })
    expect(state.application).toBe(application)
    expect(state.labels).toContain('pod')
    expect(await calls.values(to, application, range)).toEqual(['shop', 'idle'])
  })

  it('gives one type as it is, and says where it is from', async () => {
    const { calls, to } = access(address())
    const { path } = await captureQuery(
      calls,
      to,
      query({ types: [cpu], labels: [{ label: application, is: '=', value: 'a "b" \\ c' }] }),
    )
    expect(basename(path)).toBe('pprof.service.cpu.001.pb.gz')
    const profile = await saved(path)
    expect(sums(profile)).toEqual({ cpu: totalOf('cpu') })
    const [asked] = stub.asked
    expect(asked).toMatchObject({ type: cpu, selector: `{${application}="a \\"b\\" \\\\ c"}`, ...range })
    expect(profile.meta.comments.join()).toContain('2026-01-01T00:00:00.000Z – 2026-01-01T01:00:00.000Z')
  })

  it('makes one profile of several types, stack by stack', async () => {
    const { calls, to } = access(address())
    const { path } = await captureQuery(calls, to, query({ types: MEMORY }))
    const profile = await saved(path)
    expect(sums(profile)).toEqual(
      Object.fromEntries(
        ['alloc_objects', 'alloc_space', 'inuse_objects', 'inuse_space'].map((type) => [type, totalOf(type)]),
      ),
    )
    // As many as there are stacks, not as many as there are stacks of each type.
    expect(profile.samples.length).toBe(3)
  })

  it('says of what was folded away that it was', async () => {
    const { calls, to } = access(address())
    const { path } = await captureQuery(calls, to, query({ types: [cpu] }))
    expect(namesOf(await saved(path))).toEqual([
      'main.decode',
      'main.encode',
      'main.main',
      `other (folded away by ${name})`,
    ])
  })

  it('sends user and password, a token or a tenant to it alone, and shows none of them', async () => {
    await captureQuery(...pair(access(address('ada:s3cret@'), { PROFILECLI_TENANT_ID: 'team-a' })))
    await captureQuery(...pair(access(address(), { HOTZONE_DATABASE_TOKEN: 't0ken' })))
    await captureQuery(...pair(access(address(), { PROFILECLI_USERNAME: 'eve', PROFILECLI_PASSWORD: 'pw' })))
    expect(stub.asked.map(({ headers }) => [headers.authorization, headers['x-scope-orgid']])).toEqual([
      [`Basic ${btoa('ada:s3cret')}`, 'team-a'],
      ['Bearer t0ken', undefined],
      [`Basic ${btoa('eve:pw')}`, undefined],
    ])
  })

  const pair = ({ calls, to }: ReturnType<typeof access>) => [calls, to, query({ types: [cpu] })] as const

  it.each([
    ['status', 500, 'text/plain', 'out of memory', 'answers 500: out of memory'],
    ['status', 404, 'text/plain', 'nothing', 'answers 404'],
    ['unauthorized', 401, 'text/plain', 'no', 'wants a user'],
  ] as const)('says %s of %s', async (code, status, type, body, sentence) => {
    stub.misbehave = (response) => response.writeHead(status, { 'Content-Type': type }).end(body)
    const error = await captureQuery(...pair(access(address('ada:s3cret@')))).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(SourceError)
    expect(error.code).toBe(code)
    expect(error.message).toContain(sentence)
    expect(error.message).not.toMatch(/ada|s3cret/)
  })

  it('says that an answer is cut off, and that it is none', async () => {
    stub.misbehave = (response) => {
      response.setHeader('Content-Length', '100')
      response.write('x', () => response.destroy())
    }
    await expect(captureQuery(...pair(access(address())))).rejects.toMatchObject({ code: 'cut' })
    stub.misbehave = (response) => response.end('<html>log in</html>')
    await expect(captureQuery(...pair(access(address())))).rejects.toMatchObject({
      code: kind === 'parca' ? 'bad-answer' : 'not-a-profile',
    })
  })

  it('takes credentials to no other host', async () => {
    const other = await start()
    stub.misbehave = (response) =>
      response.writeHead(302, { Location: `http://${other.host}/api/profiles/query` }).end()
    await captureQuery(...pair(access(address('ada:s3cret@')))).catch(() => undefined)
    expect(other.asked.every(({ headers }) => headers.authorization === undefined)).toBe(true)
    other.close()
  })
})

describe('pyroscope', () => {
  it('says that there are no samples in a range', async () => {
    stub = await startPyroscope()
    const { calls, to } = access(`pyroscope+http://${stub.host}/`)
    const asked = captureQuery(calls, to, query({ labels: [{ label: 'service_name', is: '=', value: 'idle' }] }))
    await expect(asked).rejects.toMatchObject({ code: 'no-samples' })
  })
})

describe('the call of newer ones', () => {
  beforeEach(async () => {
    stub = await startPyroscope()
  })
  const pathsAsked = () => stub.asked.map(({ path }) => path.split('/').at(-1))

  it('is used where it is known', async () => {
    const { calls, to } = access(`pyroscope+http://${stub.host}/`)
    const { path } = await captureQuery(calls, to, query({ types: MEMORY }))
    expect(sums(await saved(path))).toMatchObject({ alloc_space: totalOf('alloc_space') })
    expect(new Set(pathsAsked())).toEqual(new Set(['SelectMergeStacktraces']))
  })

  it('is asked once of a server that answers it with a flame graph, or not at all', async () => {
    for (const misbehave of [null, 404, 501] as const) {
      stub.isOlder = true
      stub.asked.splice(0)
      const { calls, to } = access(`pyroscope+http://${stub.host}/`)
      stub.misbehave =
        misbehave === null
          ? null
          : (response) => {
              stub.misbehave = null
              response.writeHead(misbehave).end()
            }
      for (let i = 0; i < 2; i++) {
        const { path } = await captureQuery(calls, to, query({ types: [CPU] }))
        expect(sums(await saved(path))).toEqual({ cpu: totalOf('cpu') })
      }
      const older = ['SelectMergeProfile', 'SelectMergeProfile']
      expect(pathsAsked()).toEqual(misbehave === null ? ['SelectMergeStacktraces', ...older] : older)
    }
  })
})

describe('readDatabase', () => {
  beforeEach(async () => {
    stub = await startParca()
  })
  it.each([
    ['pyroscope+http://host:4040', 'http://host:4040/'],
    ['pyroscope+https://host/below/it', 'https://host/below/it/'],
    ['parca+https+insecure://host:7070/', 'https://host:7070/'],
    ['http://host:4040', null],
    ['pyroscope+ftp://host', null],
    ['pyroscope+host:4040', null],
  ])('%s', (text, base) => {
    expect(readDatabase(text, {})?.base.url.href ?? null).toBe(base)
  })

  it('writes selectors so that no value ends them', () => {
    expect(selectorOf([{ label: 'a', is: '=', value: '"} or {b="' }])).toBe('{a="\\"} or {b=\\""}')
    expect(selectorOf([])).toBe('{}')
    const both = selectorOf([
      { label: 'pod', is: '!=', value: 'a' },
      { label: 'zone', is: '=~', value: 'eu-\\d' },
    ])
    expect(both).toBe('{pod!="a",zone=~"eu-\\\\d"}')
  })
})
