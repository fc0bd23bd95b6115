/**
 * The local API about services that were named on the command line, and about no others: a call names a service by its
 * number and a capture by its kind.
 */
import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { type DatabaseQuery, type LabelMatcher, MATCHES } from '../../core/live/database.ts'
import { captureKind, MOST_SECONDS } from '../../core/live/kinds.ts'
import type { CaptureEvent, Saved, Service } from '../../core/live/protocol.ts'
import { API_PATH } from '../../core/service/offer.ts'
import { answerBytes } from '../bytes.ts'
import { DatabaseAccess, type DatabaseAddress, databaseState, type Range } from '../databases/database.ts'
import { callsOf, captureQuery } from '../databases/query.ts'
import { type App, type Feature, NOTHING_HERE, sentence } from '../feature.ts'
import { type SourceAddress, shownAddress } from '../sources/address.ts'
import { capture } from '../sources/capture.ts'
import { savedCaptures, savedFile } from '../sources/saved.ts'
import { SourceError } from '../sources/source-error.ts'
import { below, stateOf } from './service.ts'

/** index: address of its /debug/pprof/. */
export type LiveService = { kind: 'go'; index: SourceAddress } | DatabaseAddress

/** As people write it. */
const nameOf = (service: LiveService): string =>
  shownAddress(service.kind === 'go' ? service.index : service.base)
    .replace(/^http:\/\//, '')
    .replace(/\/(debug\/pprof\/)?$/, '')

export function live(services: readonly LiveService[]): Feature {
  const captures: Saved[] = []
  /** What is being captured: it ends with the server. */
  const ending = new AbortController()
  const offered: Service[] = services.map((service) => ({ kind: service.kind, name: nameOf(service) }))

  function saved(path: string, size: number): Saved {
    const one = { id: captures.length, name: basename(path), path, size }
    captures.push(one)
    return one
  }

  const databaseOf = (number: string): DatabaseAddress | null => {
    const service = services[Number(number)]
    return !service || service.kind === 'go' ? null : service
  }

  /** Problems are answers, as of services. */
  async function told(work: () => Promise<object>): Promise<Response> {
    try {
      return Response.json(await work())
    } catch (error) {
      if (!(error instanceof SourceError)) throw error
      return Response.json({ problem: { code: error.code, facts: error.facts } })
    }
  }

  function addDatabases(app: App): void {
    for (const what of ['database', 'values'] as const) {
      app.get(`/${API_PATH}live/:number/${what}`, (c) => {
        const database = databaseOf(c.req.param('number'))
        const range = { from: Number(c.req.query('from')), until: Number(c.req.query('until')) }
        const label = c.req.query('label') ?? ''
        if (!database) return sentence(404, NOTHING_HERE)
        if (!isRange(range)) return sentence(400, 'from and until are milliseconds since 1970.')
        if (what === 'values' && !LABEL.test(label)) return sentence(400, 'label is the name of a label.')
        const calls = callsOf(database)
        const to = new DatabaseAccess(database, AbortSignal.any([ending.signal, goneSignal(c.env.outgoing)]))
        return told(async () =>
          what === 'database' ? databaseState(calls, to, range) : { values: await calls.values(to, label, range) },
        )
      })
    }
    app.post(`/${API_PATH}live/:number/query`, async (c) => {
      const database = databaseOf(c.req.param('number'))
      if (!database) return sentence(404, NOTHING_HERE)
      const query = readQuery(await c.req.json().catch(() => null))
      if (!query) return sentence(400, 'This is no query.')
      const to = new DatabaseAccess(database, AbortSignal.any([ending.signal, goneSignal(c.env.outgoing)]))
      return events(async (tell) => {
        const { path, size } = await captureQuery(callsOf(database), to, query)
        tell({ saved: saved(path, size) })
      })
    })
  }

  return {
    offer: { live: { services: offered } },
    close: () => ending.abort(),
    routes(app) {
      app.get(`/${API_PATH}live/captures/:id`, async (c) => {
        const found = captures[Number(c.req.param('id'))]
        if (!found) return sentence(404, NOTHING_HERE)
        try {
          const blob = await openAsBlob(found.path)
          const { size } = await stat(found.path)
          return new Response(blob.stream(), {
            headers: { 'Content-Type': 'application/octet-stream', 'Content-Length': String(size) },
          })
        } catch {
          return sentence(404, `${found.name} cannot be read any more.`)
        }
      })
      app.get(`/${API_PATH}live/saved`, async (c) => c.json(await savedCaptures()))
      app.get(`/${API_PATH}live/saved/:name`, async (c) => {
        const found = await savedFile(c.req.param('name'))
        const answer = found && answerBytes(c.req.raw, found, { 'Cache-Control': 'no-store' })
        return (await answer?.catch(() => null)) ?? sentence(404, NOTHING_HERE)
      })
      app.get(`/${API_PATH}live/:number`, async (c) => {
        const service = services[Number(c.req.param('number'))]
        if (service?.kind !== 'go') return sentence(404, NOTHING_HERE)
        return c.json(await stateOf(service.index, AbortSignal.any([ending.signal, goneSignal(c.env.outgoing)])))
      })
      addDatabases(app)
      app.post(`/${API_PATH}live/:number/:kind`, (c) => {
        const service = services[Number(c.req.param('number'))]
        const kind = captureKind(c.req.param('kind'))
        if (service?.kind !== 'go' || !kind) return sentence(404, NOTHING_HERE)
        const seconds = readSeconds(c.req.query('seconds'), kind.seconds)
        if (seconds === null) return sentence(400, `seconds is a whole number from 1 to ${MOST_SECONDS}.`)
        const signal = AbortSignal.any([ending.signal, goneSignal(c.env.outgoing)])
        return events(async (tell) => {
          const options = { signal, onBytes: (bytes: number, total: number) => tell({ bytes, total }) }
          const address = below(service.index, kind.path)
          const { path, size } = await capture(address, seconds === 0 ? options : { ...options, seconds })
          tell({ saved: saved(path, size) })
        })
      })
    },
  }
}

const LABEL = /^[A-Za-z_][\w.]{0,200}$/
const MOST_TYPES = 12
const MOST_MATCHERS = 20

const isRange = ({ from, until }: Range): boolean =>
  Number.isSafeInteger(from) && Number.isSafeInteger(until) && from >= 0 && from < until

function readQuery(given: unknown): DatabaseQuery | null {
  if (typeof given !== 'object' || given === null) return null
  const { types, labels, from, until } = given as Partial<DatabaseQuery>
  const isText = (text: unknown): text is string => typeof text === 'string' && text.length <= 500
  if (!Array.isArray(types) || types.length === 0 || types.length > MOST_TYPES) return null
  if (!types.every((type) => isText(type) && /^[^{}"\s]+$/.test(type))) return null
  if (!Array.isArray(labels) || labels.length > MOST_MATCHERS) return null
  const isMatcher = ({ label, is, value }: Partial<LabelMatcher>) =>
    isText(label) && LABEL.test(label) && MATCHES.some((one) => one === is) && isText(value)
  if (!labels.every((one: unknown) => typeof one === 'object' && one !== null && isMatcher(one))) return null
  const range = { from: Number(from), until: Number(until) }
  return isRange(range) ? { types, labels, ...range } : null
}

/** 0: a picture of one moment. null: not to be understood. */
function readSeconds(text: string | undefined, initial: number): number | null {
  if (text === undefined) return initial
  const seconds = Number(text)
  return /^\d{1,5}$/.test(text) && seconds >= 1 && seconds <= MOST_SECONDS ? seconds : null
}

/** Aborted when whoever asked has gone. */
function goneSignal(outgoing: { once(event: 'close', run: () => void): unknown }): AbortSignal {
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  return gone.signal
}

/** Progress is told no more often than this. */
const TELL_MS = 100

/** Events as lines of JSON, as they happen. What goes wrong with a source is the last of them. */
function events(work: (tell: (event: CaptureEvent) => void) => Promise<void>): Response {
  const encoder = new TextEncoder()
  let isGone = false
  const body = new ReadableStream<Uint8Array>({
    cancel: () => {
      isGone = true
    },
    async start(controller) {
      let last = 0
      const tell = (event: CaptureEvent) => {
        const now = Date.now()
        if (isGone || ('bytes' in event && now - last < TELL_MS)) return
        last = now
        controller.enqueue(encoder.encode(`${JSON.stringify(event)}\n`))
      }
      // So that the answer begins, and the reader knows that it is under way.
      tell({ bytes: 0, total: 0 })
      try {
        await work(tell)
      } catch (error) {
        if (error instanceof SourceError) tell({ problem: { code: error.code, facts: error.facts } })
        // Given up, or the server stops: there is nobody to tell, or nothing more.
        else if ((error as Error).name !== 'AbortError') throw error
      }
      if (!isGone) controller.close()
    },
  })
  return new Response(body, { headers: { 'Content-Type': 'application/x-ndjson', 'X-Accel-Buffering': 'no' } })
}
