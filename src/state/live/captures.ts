/** Asks the server for captures of services (src/server/live). */
import type { DatabaseQuery, DatabaseState, LabelValues } from '../../core/live/database.ts'
import type { CaptureKindId } from '../../core/live/kinds.ts'
import type { CaptureEvent, Saved, SavedCaptures, ServiceState } from '../../core/live/protocol.ts'
import type { SourceErrorCode, SourceProblem } from '../../core/live/source-error.ts'
import { callServer } from '../server-calls.ts'

/** A capture that could not be had. problem: null = given up. */
export class CaptureFailure extends Error {
  override readonly name = 'CaptureFailure'

  constructor(readonly problem: SourceProblem | null) {
    super(problem?.code ?? 'given up')
  }
}

export interface Captured {
  saved: Saved
  file: Blob
}

/** What the server itself did not answer. */
const lost = (code: SourceErrorCode, said = ''): CaptureFailure =>
  new CaptureFailure({ code, facts: { host: location.host, said } })

/** number: of the service. Throws CaptureFailure. */
export async function askService(number: number, signal?: AbortSignal): Promise<ServiceState> {
  const response = await answered(callServer(`live/${number}`, signal ? { signal } : {}), signal)
  return (await response.json()) as ServiceState
}

/** Throws CaptureFailure. seconds: 0 = as long as the kind takes. */
export async function captureFrom(
  number: number,
  kind: CaptureKindId,
  seconds: number,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<Captured> {
  const query = seconds > 0 ? `?seconds=${seconds}` : ''
  const asked = callServer(`live/${number}/${kind}${query}`, { method: 'POST', signal })
  return savedBy(await answered(asked, signal), signal, onBytes)
}

/** Throws CaptureFailure. */
export async function queryFrom(number: number, query: DatabaseQuery, signal: AbortSignal): Promise<Captured> {
  const headers = { 'Content-Type': 'application/json' }
  const init = { method: 'POST', signal, headers, body: JSON.stringify(query) }
  return savedBy(await answered(callServer(`live/${number}/query`, init), signal), signal, () => undefined)
}

/** Throws CaptureFailure. */
export async function savedCaptures(): Promise<SavedCaptures> {
  return (await (await answered(callServer('live/saved'))).json()) as SavedCaptures
}

/** Throws CaptureFailure. name: of the list. */
export async function savedFile(name: string): Promise<Blob> {
  return (await answered(callServer(`live/saved/${encodeURIComponent(name)}`))).blob()
}

export interface Range {
  from: number
  until: number
}

async function askDatabase<T>(path: string): Promise<T> {
  const answer = (await (await answered(callServer(path))).json()) as T | { problem: SourceProblem }
  if (typeof answer === 'object' && answer !== null && 'problem' in answer) throw new CaptureFailure(answer.problem)
  return answer
}

/** Throws CaptureFailure. */
export const databaseState = (number: number, { from, until }: Range): Promise<DatabaseState> =>
  askDatabase(`live/${number}/database?from=${from}&until=${until}`)

/** Throws CaptureFailure. */
export async function labelValues(number: number, label: string, { from, until }: Range): Promise<string[]> {
  const query = new URLSearchParams({ label, from: String(from), until: String(until) })
  return (await askDatabase<LabelValues>(`live/${number}/values?${query}`)).values
}

/** The end of an answer that tells how a capture goes. */
async function savedBy(response: Response, signal: AbortSignal, onBytes: (bytes: number) => void): Promise<Captured> {
  for await (const event of eventsOf(response, signal)) {
    if ('problem' in event) throw new CaptureFailure(event.problem)
    if ('bytes' in event) onBytes(event.bytes)
    else {
      const got = await answered(callServer(`live/captures/${event.saved.id}`, { signal }), signal)
      return { saved: event.saved, file: await got.blob() }
    }
  }
  throw lost('cut')
}

async function answered(asked: Promise<Response>, signal?: AbortSignal): Promise<Response> {
  let response: Response
  try {
    response = await asked
  } catch {
    throw signal?.aborted ? new CaptureFailure(null) : lost('unreachable')
  }
  if (response.ok) return response
  throw new CaptureFailure({
    code: 'status',
    facts: { host: location.host, status: response.status, said: (await response.text()).trim() },
  })
}

/** Lines of JSON as they come. */
async function* eventsOf(response: Response, signal: AbortSignal): AsyncGenerator<CaptureEvent> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  while (reader) {
    let piece: ReadableStreamReadResult<string>
    try {
      piece = await reader.read()
    } catch {
      throw signal.aborted ? new CaptureFailure(null) : lost('cut')
    }
    if (piece.done) return
    const lines = (rest + piece.value).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line) as CaptureEvent
  }
}
