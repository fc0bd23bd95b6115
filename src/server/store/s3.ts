/**
 * The store in a bucket of an S3-compatible service. Requests are signed by aws4fetch and sent by Node itself, so that files
 * go out as streams of known length and every wait has an end. Nothing depends on conditional writes: what is put under a
 * key is always the same, so every request may be sent again.
 */
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { AwsV4Signer } from 'aws4fetch'
import { type BlobStore, type StoredBlob, StoreFailure } from './blobs.ts'

export interface S3Options {
  bucket: string
  /** In front of all keys, without slashes at its ends; '' = none. */
  prefix: string
  /** Address of the service; null = Amazon's, by the region. */
  endpoint: string | null
  region: string
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string | undefined
  /** Milliseconds that the service may be silent. */
  patience?: number
}

const PATIENCE_MS = 20_000
const TRIES = 3
const FIRST_PAUSE_MS = 100

/** "s3://bucket/prefix" and the variables that Amazon's own tools read. Throws a sentence for what is missing. */
export function s3Options(address: string, env: Readonly<Record<string, string | undefined>>): S3Options {
  const [, bucket, path = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([\w./-]*))?$/.exec(address) ?? []
  if (!bucket) throw new Error(`${address} is no bucket: write s3://bucket or s3://bucket/prefix.`)
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env
  if (!accessKeyId || !secretAccessKey) {
    throw new Error('A store in S3 needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment.')
  }
  return {
    bucket,
    prefix: path.replace(/^\/+|\/+$/g, ''),
    endpoint: env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL || null,
    region: env.AWS_REGION || env.AWS_DEFAULT_REGION || 'us-east-1',
    accessKeyId,
    secretAccessKey,
    sessionToken: env.AWS_SESSION_TOKEN,
  }
}

interface Asked {
  method: string
  /** Below the bucket. */
  key?: string
  query?: Record<string, string>
  headers?: Record<string, string>
  /** Made anew for every try. */
  body?: { size: number; sha256: string; open(): Readable }
}

const EMPTY = createHash('sha256').digest('hex')

export function s3Store(options: S3Options): BlobStore {
  const { bucket, prefix, region, patience = PATIENCE_MS } = options
  const root = options.endpoint
    ? `${options.endpoint.replace(/\/+$/, '')}/${bucket}`
    : `https://${bucket}.s3.${region}.amazonaws.com`
  const secure = root.startsWith('https:')
  const agent = new (secure ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets: 64 })
  const full = (key: string) => (prefix === '' ? key : `${prefix}/${key}`)
  let staging: Promise<string> | null = null
  /** Milliseconds that the clock of the service is ahead of ours, once it complained. */
  let skew = 0

  /** One try: the answer with its body still to come. */
  async function send({ method, key = '', query = {}, headers = {}, body }: Asked): Promise<IncomingMessage> {
    const url = new URL(key === '' ? root : `${root}/${full(key)}`)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    const signed = await new AwsV4Signer({
      method,
      url: url.href,
      headers: { ...headers, 'X-Amz-Content-Sha256': body?.sha256 ?? EMPTY },
      accessKeyId: options.accessKeyId,
      secretAccessKey: options.secretAccessKey,
      ...(options.sessionToken ? { sessionToken: options.sessionToken } : {}),
      service: 's3',
      region,
      datetime: new Date(Date.now() + skew).toISOString().replace(/[:-]|\.\d{3}/g, ''),
    }).sign()
    const sent = (secure ? requestHttps : requestHttp)(signed.url, {
      method,
      agent,
      headers: { ...Object.fromEntries(signed.headers), 'Content-Length': body?.size ?? 0 },
    })
    sent.setTimeout(patience, () => sent.destroy(new Error(`no answer for ${patience / 1000} seconds`)))
    const answer = new Promise<IncomingMessage>((resolve, reject) => {
      sent.once('response', resolve)
      sent.once('error', reject)
    })
    if (body) {
      // A service that refuses answers before it has all; what it says counts, not the broken pipe.
      pipeline(body.open(), sent).catch((error) => sent.destroy(error as Error))
    } else sent.end()
    return answer
  }

  /** Sends again what may have failed by chance. Resolves to what the service answered with one of the statuses that count. */
  async function ask(asked: Asked, good: readonly number[]): Promise<IncomingMessage> {
    let said = ''
    for (let attempt = 0; attempt < TRIES; attempt++) {
      if (attempt > 0) await wait(FIRST_PAUSE_MS * 2 ** attempt * (0.5 + Math.random()))
      let answer: IncomingMessage
      try {
        answer = await send(asked)
        if (good.includes(answer.statusCode ?? 0)) return answer
        said = await textOf(answer)
      } catch (error) {
        said = (error as NodeJS.ErrnoException).code ?? (error as Error).message
        continue
      }
      const status = answer.statusCode ?? 0
      const code = /<Code>([\w.]+)<\/Code>/.exec(said)?.[1] ?? ''
      if (code === 'RequestTimeTooSkewed') {
        const theirs = Date.parse(String(answer.headers.date))
        if (Number.isNaN(theirs) || attempt === TRIES - 1) {
          throw new StoreFailure('clock', 'The clock of this machine and that of the S3 service differ too much.')
        }
        skew = theirs - Date.now()
        continue
      }
      said = `${status}${code && ` ${code}`}`
      if (status < 500 && status !== 429 && status !== 408) {
        throw new StoreFailure('refused', `The S3 service refused with ${said}${hintFor(code, bucket)}`)
      }
    }
    throw new StoreFailure('unreachable', `The S3 service failed ${TRIES} times, at last with ${said}.`)
  }

  async function found(asked: Asked, good: readonly number[]): Promise<IncomingMessage | null> {
    const answer = await ask(asked, [...good, 404])
    if (answer.statusCode !== 404) return answer
    const text = await textOf(answer)
    if (text.includes('NoSuchBucket')) {
      throw new StoreFailure('refused', `The S3 service knows no bucket ${bucket}.`)
    }
    return null
  }

  async function* list(folder: string): AsyncGenerator<StoredBlob> {
    for (let token = ''; ; ) {
      const query = { 'list-type': '2', prefix: full(folder), ...(token && { 'continuation-token': token }) }
      const xml = await textOf(await ask({ method: 'GET', query }, [200]))
      for (const [, entry = ''] of xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
        const value = (tag: string) => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(entry)?.[1] ?? ''
        yield {
          key: value('Key').slice(prefix === '' ? 0 : prefix.length + 1),
          size: Number(value('Size')),
          modified: Date.parse(value('LastModified')),
        }
      }
      token = /<NextContinuationToken>([^<]+)</.exec(xml)?.[1] ?? ''
      if (token === '' || !/<IsTruncated>true</.test(xml)) return
    }
  }

  return {
    name: `s3://${bucket}${prefix && `/${prefix}`}`,
    async stagingPath() {
      staging ??= mkdtemp(join(tmpdir(), 'hotzone-store-'))
      return join(await staging, randomBytes(16).toString('hex'))
    },
    async put(key, { path, size, sha256 }) {
      const body = { size, sha256, open: () => createReadStream(path) }
      await drained(await ask({ method: 'PUT', key, body }, [200]))
    },
    async putBytes(key, bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const body = { size: bytes.length, sha256, open: () => Readable.from([bytes]) }
      await drained(await ask({ method: 'PUT', key, body }, [200]))
    },
    async head(key) {
      const answer = await found({ method: 'HEAD', key }, [200])
      if (!answer) return null
      answer.resume()
      const { 'content-length': length, 'last-modified': modified } = answer.headers
      return { key, size: Number(length), modified: Date.parse(String(modified)) }
    },
    async get(key, range) {
      const headers: Record<string, string> = range ? { Range: `bytes=${range.first}-${range.last}` } : {}
      const answer = await found({ method: 'GET', key, headers }, [200, 206])
      if (!answer) return null
      const [, size = answer.headers['content-length']] = /\/(\d+)$/.exec(answer.headers['content-range'] ?? '') ?? []
      return { size: Number(size), stream: answer }
    },
    async delete(key) {
      await drained(await ask({ method: 'DELETE', key }, [200, 204, 404]))
    },
    list,
    async check() {
      await drained(await ask({ method: 'GET', query: { 'list-type': '2', 'max-keys': '1' } }, [200]))
    },
  }
}

function hintFor(code: string, bucket: string): string {
  if (code === 'SignatureDoesNotMatch' || code === 'InvalidAccessKeyId') return ': the keys are not right.'
  if (code === 'AccessDenied') return `: the keys may not use the bucket ${bucket}.`
  if (code === 'NoSuchBucket') return `: there is no bucket ${bucket}.`
  if (code === 'QuotaExceeded') return ': its quota is used up.'
  return '.'
}

async function drained(answer: IncomingMessage): Promise<void> {
  await textOf(answer)
}

/** Short answers only: what is longer is no answer of such a service. */
async function textOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of answer) {
    size += (part as Buffer).length
    if (size > 4_000_000) throw new Error('the answer does not end')
    parts.push(part as Buffer)
  }
  return Buffer.concat(parts).toString()
}
