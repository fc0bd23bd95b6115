/** What tests of the store have in common: profiles of any size, a server over a store, and calls of it. */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { AwsClient } from 'aws4fetch'
import { ProtobufWriter } from '../../core/export/protobuf-writer.ts'
import { DELETE_TOKEN_HEADER, type StoredAnswer } from '../../core/service/stored.ts'
import { type RunningServer, type ServeOptions, serve } from '../server.ts'
import type { BlobStore } from './blobs.ts'
import { StreamedHash } from './content.ts'
import { DEFAULT_LIMITS, type StoreFeature, type StoreLimits, storeFeature } from './index.ts'
import type { S3Options } from './s3.ts'

/** Bytes of a pprof profile of one sample type whose strings fill about `size` bytes; text makes it different from others. */
export function profileOf(text: string, size = 1000): Buffer {
  const filler = createHash('sha512').update(text).digest('hex')
  const long = filler.repeat(Math.ceil(size / filler.length)).slice(0, size)
  const out = new ProtobufWriter()
  out.utf8(1, Buffer.from([8, 1, 16, 2]))
  for (const string of ['', 'cpu', 'nanoseconds', text, long]) out.string(6, string)
  return Buffer.from(out.finish())
}

export function idOf(raw: Uint8Array): string {
  const hash = new StreamedHash()
  hash.update(raw)
  return hash.finish()
}

export const gz = (raw: Uint8Array) => gzipSync(raw)

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: Buffer
  /** False when the connection ended before the answer did. */
  whole: boolean
}

type Body = Uint8Array | AsyncIterable<Uint8Array>

/** One request; nothing of the path is tidied. Rejects where there is no answer at all. */
export function call(
  server: { port: number },
  method: string,
  path: string,
  { body, headers = {} }: { body?: Body; headers?: Record<string, string> } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: server.port, method, path, headers, agent: false }, (answer) => {
      const parts: Buffer[] = []
      const done = (whole: boolean) =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts), whole })
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => done(answer.complete))
      answer.on('error', () => done(false))
    })
    sent.on('error', reject)
    if (body === undefined) sent.end()
    else if (body instanceof Uint8Array) sent.end(body)
    else {
      const write = async () => {
        for await (const part of body) {
          if (sent.destroyed) return
          if (!sent.write(part)) await new Promise<void>((next) => sent.once('drain', next).once('close', next))
        }
        sent.end()
      }
      write().catch((error) => sent.destroy(error as Error))
    }
  })
}

/** The answer's JSON. */
export const json = ({ body }: Answer) =>
  JSON.parse(body.toString()) as StoredAnswer & { error: string; message: string }

export async function upload(server: { port: number }, raw: Uint8Array, headers: Record<string, string> = {}) {
  const answer = await call(server, 'PUT', `/store/${idOf(raw)}`, { body: gz(raw), headers })
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.body}`)
  return json(answer)
}

export const remove = (server: { port: number }, id: string, token: string) =>
  call(server, 'DELETE', `/store/${id}`, { headers: { [DELETE_TOKEN_HEADER]: token } })

/** An app with a page and nothing else, for servers whose app does not matter. */
export function smallApp(folder: string): string {
  const app = join(folder, 'app')
  mkdirSync(app, { recursive: true })
  writeFileSync(join(app, 'index.html'), '<title>app</title><script>begin()</script>')
  return app
}

export interface StoreServer extends RunningServer {
  feature: StoreFeature
  warnings: string[]
}

export async function startStore(
  app: string,
  blobs: BlobStore,
  limits: Partial<StoreLimits> = {},
  options: Partial<ServeOptions> & { previews?: boolean } = {},
): Promise<StoreServer> {
  const warnings: string[] = []
  const warn = (sentence: string) => void warnings.push(sentence)
  const { previews = false, ...rest } = options
  const feature = await storeFeature({ blobs, limits: { ...DEFAULT_LIMITS, ...limits }, previews, warn })
  const server = await serve({ app, api: false, port: 0, ...rest, features: [feature, ...(rest.features ?? [])] })
  return { ...server, feature, warnings }
}

/** Makes a bucket, as operators do with the tools of their service. Resolves to the status of the answer. */
export async function makeBucket({
  endpoint,
  bucket,
  region,
  accessKeyId,
  secretAccessKey,
}: S3Options): Promise<number> {
  const aws = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 })
  return (await aws.fetch(`${endpoint}/${bucket}`, { method: 'PUT' })).status
}
