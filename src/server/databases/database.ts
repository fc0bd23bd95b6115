/** A database of profiles that was named on the command line: Grafana Pyroscope or Parca. */
import type { DatabaseQuery, DatabaseState, DatabaseType } from '../../core/live/database.ts'
import { readAddress, type SourceAddress } from '../sources/address.ts'
import { type Downloaded, type DownloadOptions, download } from '../sources/download.ts'
import { SourceError } from '../sources/source-error.ts'

export type DatabaseKind = 'pyroscope' | 'parca'

/** How a kind of database is asked. Each throws SourceError. */
export interface DatabaseCalls {
  /** For people. */
  name: string
  types(to: DatabaseAccess, range: Range): Promise<DatabaseType[]>
  labels(to: DatabaseAccess, range: Range): Promise<string[]>
  values(to: DatabaseAccess, label: string, range: Range): Promise<string[]>
  /** The bytes of a profile of one type. */
  profile(to: DatabaseAccess, type: string, query: DatabaseQuery): Promise<Uint8Array<ArrayBuffer>>
  /** Labels that name applications, the most usual one first. */
  applications: readonly string[]
}

export interface Range {
  from: number
  until: number
}

/** Where a database is, and what it has to be told. */
export interface DatabaseAddress {
  kind: DatabaseKind
  /** With a slash at the end. */
  base: SourceAddress
  headers: Readonly<Record<string, string>>
  /** Learnt from its answers: it does not know the newer of two calls. */
  isOlder?: boolean
}

const ASK_SECONDS = 60

/** A request to a database, below its address. */
export class DatabaseAccess {
  constructor(
    private readonly address: DatabaseAddress,
    private readonly signal: AbortSignal,
  ) {}

  get isOlder(): boolean {
    return this.address.isOlder ?? false
  }

  /** Remembered for as long as the address is. */
  noteOlder(): void {
    this.address.isOlder = true
  }

  get host(): string {
    return this.address.base.url.host
  }

  /** path: without a slash in front. */
  async ask(path: string, more: Pick<DownloadOptions, 'body'> = {}): Promise<Downloaded> {
    const { base, headers } = this.address
    const options = { seconds: ASK_SECONDS, signal: this.signal, headers, ...more }
    try {
      return await download({ ...base, url: new URL(path, base.url) }, options)
    } catch (error) {
      // What 404 means of a Go service it does not mean of a database.
      if (error instanceof SourceError && error.code === 'no-pprof')
        throw new SourceError('status', { host: this.host, status: 404, said: '' })
      throw error
    }
  }

  async json(path: string, body?: unknown): Promise<unknown> {
    const { bytes } = await this.ask(
      path,
      body === undefined ? {} : { body: { type: 'application/json', bytes: JSON.stringify(body) } },
    )
    try {
      return JSON.parse(new TextDecoder().decode(bytes))
    } catch {
      throw new SourceError('bad-answer', { host: this.host, said: 'it is no JSON' })
    }
  }

  badAnswer(said: string): SourceError {
    return new SourceError('bad-answer', { host: this.host, said })
  }
}

const WITH_KIND = /^(pyroscope|parca)\+(?=https?(?:\+insecure)?:)/i

/** "pyroscope+http://host:4040". null: a text is none. env: where tokens and tenants come from. */
export function readDatabase(text: string, env = process.env): DatabaseAddress | null {
  const [prefix, kind] = WITH_KIND.exec(text) ?? []
  const address = prefix === undefined ? null : readAddress(text.slice(prefix.length))
  if (!address || kind === undefined) return null
  const url = new URL(address.url)
  url.search = ''
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  const token = env.HOTZONE_DATABASE_TOKEN ?? env.PROFILECLI_TOKEN ?? ''
  const [user, password] = [env.PROFILECLI_USERNAME ?? '', env.PROFILECLI_PASSWORD ?? '']
  const basic = user === '' ? '' : `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  const authorization = address.authorization || (token === '' ? basic : `Bearer ${token}`)
  const tenant = env.PROFILECLI_TENANT_ID ?? ''
  return {
    kind: kind.toLowerCase() as DatabaseKind,
    base: { ...address, url, authorization },
    headers: tenant === '' ? {} : { 'X-Scope-OrgID': tenant },
  }
}

/** The label selector of both databases, whose values are quoted as in Go. */
export function selectorOf(labels: DatabaseQuery['labels']): string {
  return `{${labels.map(({ label, is, value }) => `${label}${is}${JSON.stringify(value)}`).join(',')}}`
}

export async function databaseState(calls: DatabaseCalls, to: DatabaseAccess, range: Range): Promise<DatabaseState> {
  const [types, labels] = await Promise.all([calls.types(to, range), calls.labels(to, range)])
  return { types, labels, application: calls.applications.find((label) => labels.includes(label)) ?? '' }
}

/** A list of texts of an answer; a message without entries leaves its field out. */
export function textsIn(answer: unknown, field: string): string[] {
  const list: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, field) : undefined
  return Array.isArray(list) ? list.filter((text) => typeof text === 'string') : []
}

/** Types of an answer, whose parts both databases call alike. */
export function typesIn(
  answer: unknown,
  field: string,
  idOf: (type: Record<string, string>) => string,
): DatabaseType[] {
  const list: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, field) : undefined
  if (!Array.isArray(list)) return []
  return list.map((type: Record<string, string>) => ({
    id: idOf(type),
    name: type.name ?? '',
    type: type.sampleType ?? '',
  }))
}
