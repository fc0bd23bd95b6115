/**
 * Stubs of Grafana Pyroscope and of Parca, written from their public API definitions: api/querier/v1/querier.proto and
 * proto/parca/query/v1alpha1/query.proto. They answer with profiles of the fixtures, one sample type at a time, as both do.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { Function as Func, Label, Line, Location, Mapping, Profile, Sample, StringTable, ValueType } from 'pprof-format'
import { ProtobufWriter } from '../core/export/protobuf-writer.ts'
import { Wire } from '../core/formats/wire.ts'

export interface Asked {
  path: string
  type: string
  selector: string
  from: number
  until: number
  headers: IncomingMessage['headers']
}

export interface DatabaseStub {
  /** host:port */
  host: string
  /** Profiles that were asked for, in their order. */
  asked: Asked[]
  /** Pyroscope: before 2.2, without profiles among the formats of stack traces. */
  isOlder: boolean
  /** Answers the next requests in another way; null = as it should. */
  misbehave: ((response: ServerResponse) => void) | null
  close(): void
}

/** Stacks, leaf first, with a value of each type. */
const STACKS: readonly [readonly string[], Readonly<Record<string, number>>][] = [
  [
    ['main.decode', 'main.main'],
    { alloc_objects: 40, alloc_space: 4000, inuse_objects: 4, inuse_space: 400, cpu: 900 },
  ],
  [['main.encode', 'main.main'], { alloc_objects: 20, alloc_space: 9000, inuse_objects: 0, inuse_space: 0, cpu: 100 }],
  // What the server folds away where there are too many stacks.
  [['other', 'main.main'], { alloc_objects: 5, alloc_space: 500, inuse_objects: 1, inuse_space: 50, cpu: 30 }],
]

export const totalOf = (type: string): number => STACKS.reduce((sum, [, values]) => sum + (values[type] ?? 0), 0)

function encoded(type: string, unit: string): Uint8Array<ArrayBuffer> {
  const stringTable = new StringTable()
  const names = [...new Set(STACKS.flatMap(([stack]) => stack))]
  const text = (s: string) => stringTable.dedup(s)
  const profile = new Profile({
    sampleType: [new ValueType({ type: text(type), unit: text(unit) })],
    mapping: [new Mapping({ id: 1, filename: text('service'), hasFunctions: true })],
    function: names.map(
      (name, i) => new Func({ id: i + 1, name: text(name), filename: text(name === 'other' ? '' : 'main.go') }),
    ),
    location: names.map(
      (_, i) => new Location({ id: i + 1, mappingId: 1, line: [new Line({ functionId: i + 1, line: 1 })] }),
    ),
    // A stack that has nothing of a type is not stored for it.
    sample: STACKS.filter(([, values]) => (values[type] ?? 0) > 0).map(
      ([stack, values]) =>
        new Sample({
          locationId: stack.map((name) => names.indexOf(name) + 1),
          value: [values[type] ?? 0],
          label: [new Label({ key: text('pod'), str: text('a') })],
        }),
    ),
    stringTable,
  })
  return new Uint8Array(profile.encode())
}

const TYPES = [
  ['memory', 'alloc_objects', 'count', 'space', 'bytes'],
  ['memory', 'alloc_space', 'bytes', 'space', 'bytes'],
  ['memory', 'inuse_objects', 'count', 'space', 'bytes'],
  ['memory', 'inuse_space', 'bytes', 'space', 'bytes'],
  ['process_cpu', 'cpu', 'nanoseconds', 'cpu', 'nanoseconds'],
] as const

const unitOf = (type: string) => TYPES.find(([, name]) => name === type)?.[2] ?? 'count'

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** A message of one field, which is a message or a text. */
function message(field: number, bytes: Uint8Array): Uint8Array {
  const out = new ProtobufWriter()
  out.utf8(field, bytes)
  return out.finish()
}

/** Fields of a message of texts and numbers. */
function fieldsOf(bytes: Buffer): Map<number, string | number> {
  const fields = new Map<number, string | number>()
  const wire = new Wire()
  wire.bytes = bytes
  wire.end = bytes.length
  while (wire.pos < wire.end) {
    const tag = wire.unsigned()
    if (tag % 8 === 0) fields.set(tag >> 3, wire.unsigned())
    else {
      const stop = wire.stop(wire.end)
      fields.set(tag >> 3, bytes.toString('utf8', wire.pos, stop))
      wire.pos = stop
    }
  }
  return fields
}

async function serving(answer: (request: IncomingMessage, response: ServerResponse, stub: DatabaseStub) => unknown) {
  const server = createServer((request, response) => {
    if (stub.misbehave) stub.misbehave(response)
    else void answer(request, response, stub)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stub: DatabaseStub = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    isOlder: false,
    misbehave: null,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
  return stub
}

const json = (response: ServerResponse, value: unknown) =>
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))

export function startPyroscope(): Promise<DatabaseStub> {
  return serving(async (request, response, { asked, isOlder }) => {
    const { url = '', headers, method } = request
    const call = url.replace('/querier.v1.QuerierService/', '')
    const body = await bodyOf(request)
    if (method !== 'POST') return response.writeHead(405).end()
    const isNewer = call === 'SelectMergeStacktraces'
    if ((isNewer || call === 'SelectMergeProfile') && headers['content-type'] === 'application/proto') {
      const fields = fieldsOf(body)
      const id = String(fields.get(1))
      const [, type = ''] = id.split(':')
      const selector = String(fields.get(2))
      asked.push({ path: url, type: id, selector, from: Number(fields.get(3)), until: Number(fields.get(4)), headers })
      // Nothing of that application: an empty message.
      const found = selector.includes('"idle"') ? new Uint8Array() : encoded(type, unitOf(type))
      // Before, the format is a field that is not known, and the answer a flame graph.
      const isFlame = isOlder || fields.get(6) !== 4
      const traces = isFlame ? message(1, message(1, Buffer.from('total'))) : message(5, message(1, found))
      return response.writeHead(200, { 'Content-Type': 'application/proto' }).end(isNewer ? traces : found)
    }
    if (headers['content-type'] !== 'application/json') return response.writeHead(415).end()
    const { name, start, end } = JSON.parse(body.toString()) as Record<string, string>
    if (!/^\d+$/.test(start ?? '') || !/^\d+$/.test(end ?? '')) {
      return response.writeHead(400, { 'Content-Type': 'application/json' }).end('{"code":"invalid_argument"}')
    }
    if (call === 'ProfileTypes') {
      const profileTypes = TYPES.map((parts) => {
        const [name, sampleType, sampleUnit, periodType, periodUnit] = parts
        return { ID: parts.join(':'), name, sampleType, sampleUnit, periodType, periodUnit }
      })
      return json(response, { profileTypes })
    }
    if (call === 'LabelNames') return json(response, { names: ['pod', 'service_name'] })
    if (call === 'LabelValues')
      return json(response, name === 'service_name' ? { names: ['shop', 'idle'] } : { names: ['a'] })
    return response.writeHead(404).end()
  })
}

export function startParca(): Promise<DatabaseStub> {
  return serving((request, response, { asked }) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://stub')
    if (pathname === '/api/profiles/types') {
      const types = TYPES.map(([name, sampleType, sampleUnit, periodType, periodUnit]) => ({
        ...{ name, sampleType, sampleUnit, periodType, periodUnit },
        ...(name === 'process_cpu' ? { delta: true } : {}),
      }))
      return json(response, { types })
    }
    if (pathname === '/api/profiles/labels') return json(response, { labelNames: ['job', 'pod'] })
    if (pathname === '/api/profiles/labels/job/values') return json(response, { labelValues: ['shop', 'idle'] })
    if (pathname !== '/api/profiles/query') return response.writeHead(404).end()
    const text = searchParams.get('merge.query') ?? ''
    const [, id = '', selector = ''] = /^([^{]*)(\{.*\})$/.exec(text) ?? []
    const { headers } = request
    const [from, until] = ['merge.start', 'merge.end'].map((key) => Date.parse(searchParams.get(key) ?? ''))
    asked.push({ path: pathname, type: id, selector, from: from ?? 0, until: until ?? 0, headers })
    const isMerge = searchParams.get('mode') === 'MODE_MERGE'
    if (!isMerge || searchParams.get('report_type') !== 'REPORT_TYPE_PPROF') return json(response, { flamegraph: {} })
    const [, type = ''] = id.split(':')
    const pprof = Buffer.from(gzipSync(encoded(type, unitOf(type)))).toString('base64')
    return json(response, { pprof, total: '0', filtered: '0' })
  })
}
