/**
 * The local API about services that were named on the command line, and about no others: a call names a service by its
 * number and a capture by its kind.
 */
import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { captureKind, MOST_SECONDS } from '../../core/live/kinds.ts'
import type { CaptureEvent, Saved, Service } from '../../core/live/protocol.ts'
import { API_PATH } from '../../core/service/offer.ts'
import { type Feature, NOTHING_HERE, sentence } from '../feature.ts'
import { type SourceAddress, shownAddress } from '../sources/address.ts'
import { capture } from '../sources/capture.ts'
import { SourceError } from '../sources/source-error.ts'
import { below, stateOf } from './service.ts'

/** index: address of its /debug/pprof/. */
export interface LiveService {
  kind: 'go'
  index: SourceAddress
}

/** As people write it. */
const nameOf = ({ index }: LiveService): string =>
  shownAddress(index)
    .replace(/^http:\/\//, '')
    .replace(/\/debug\/pprof\/$/, '')

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
      app.get(`/${API_PATH}live/:number`, async (c) => {
        const service = services[Number(c.req.param('number'))]
        if (!service) return sentence(404, NOTHING_HERE)
        return c.json(await stateOf(service.index, AbortSignal.any([ending.signal, goneSignal(c.env.outgoing)])))
      })
      app.post(`/${API_PATH}live/:number/:kind`, (c) => {
        const service = services[Number(c.req.param('number'))]
        const kind = captureKind(c.req.param('kind'))
        if (!service || !kind) return sentence(404, NOTHING_HERE)
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
