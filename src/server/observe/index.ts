/**
 * The server looks at itself: /healthz for balancers; /metrics for Prometheus; /debug/pprof/{heap,profile} in pprof's
 * format. All but the first tell of the machine, and answer to programs on this machine only, not to what a proxy passes on.
 */
import { performance } from 'node:perf_hooks'
import type { Context } from 'hono'
import { type App, type Feature, sentence } from '../feature.ts'
import { isForeign } from '../guard.ts'
import type { Answered } from '../server.ts'
import type { StoreFeature } from '../store/index.ts'
import { cpuProfile, heapProfile, sampleHeap } from './profiles.ts'

const BUCKETS = [0.005, 0.025, 0.1, 0.5, 2.5, 10]
const MOST_SECONDS = 60

export interface Observed extends Feature {
  count(answered: Answered): void
}

export function observe(stored: StoreFeature): Observed {
  const heap = sampleHeap()
  const answers = new Map<string, number>()
  const buckets = new Array<number>(BUCKETS.length).fill(0)
  let requests = 0
  let seconds = 0
  let bytes = 0
  let broken = 0
  let isProfiling = false

  function count({ method, status, milliseconds, bytes: sent, whole }: Answered): void {
    const key = `method="${/^[A-Z]{1,7}$/.test(method) ? method : 'other'}",status="${status}"`
    answers.set(key, (answers.get(key) ?? 0) + 1)
    requests++
    seconds += milliseconds / 1000
    bytes += sent
    if (!whole) broken++
    BUCKETS.forEach((limit, i) => {
      if (milliseconds / 1000 <= limit) buckets[i] = (buckets[i] as number) + 1
    })
  }

  function metrics(): string {
    const { rss, heapUsed } = process.memoryUsage()
    const one = (name: string, type: string, help: string, value: number) =>
      `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`
    return [
      '# HELP hotzone_requests_total Answers by method and status.\n# TYPE hotzone_requests_total counter\n',
      ...[...answers].map(([labels, n]) => `hotzone_requests_total{${labels}} ${n}\n`),
      '# HELP hotzone_request_seconds Time from request to the end of the answer.\n# TYPE hotzone_request_seconds histogram\n',
      ...BUCKETS.map((limit, i) => `hotzone_request_seconds_bucket{le="${limit}"} ${buckets[i]}\n`),
      `hotzone_request_seconds_bucket{le="+Inf"} ${requests}\n`,
      `hotzone_request_seconds_sum ${seconds.toFixed(3)}\nhotzone_request_seconds_count ${requests}\n`,
      one('hotzone_sent_bytes_total', 'counter', 'Bytes sent.', bytes),
      one('hotzone_broken_answers_total', 'counter', 'Answers whose connection ended early.', broken),
      one('hotzone_store_bytes', 'gauge', 'Bytes stored, as of the last look through the store.', stored.used()),
      one('hotzone_store_uploads', 'gauge', 'Uploads under way.', stored.uploads()),
      one('process_resident_memory_bytes', 'gauge', 'Resident memory.', rss),
      one('nodejs_heap_used_bytes', 'gauge', 'Used heap.', heapUsed),
      one('process_start_time_seconds', 'gauge', 'Start, since 1970.', Math.round(performance.timeOrigin / 1000)),
    ].join('')
  }

  function routes(app: App): void {
    app.get('/healthz', async () => {
      try {
        await stored.store.blobs.check()
        return sentence(200, 'ok', { 'Cache-Control': 'no-store' })
      } catch (error) {
        return sentence(503, (error as Error).message, { 'Cache-Control': 'no-store' })
      }
    })
    const forThisMachine = (answer: (c: Context) => Promise<Response> | Response) => (c: Context) =>
      isDirect(c) && !isForeign(c.req.raw.headers)
        ? answer(c)
        : sentence(403, 'This is for programs on the machine of the server only.')
    app.get(
      '/metrics',
      forThisMachine(() => sentence(200, metrics().trimEnd(), { 'Content-Type': 'text/plain; version=0.0.4' })),
    )
    app.get(
      '/debug/pprof/heap',
      forThisMachine(async () => asFile(await heapProfile(await heap), 'heap')),
    )
    app.get(
      '/debug/pprof/profile',
      forThisMachine(async (c) => {
        const asked = Number(c.req.query('seconds') ?? 30)
        if (!(asked > 0 && asked <= MOST_SECONDS)) {
          return sentence(400, `seconds is more than 0 and at most ${MOST_SECONDS}.`)
        }
        if (isProfiling) {
          // The words of Go's net/http/pprof, which programs that fetch profiles know.
          const said = 'Could not enable CPU profiling: cpu profiling already in use'
          return sentence(500, said, { 'X-Go-Pprof': '1' })
        }
        isProfiling = true
        try {
          return asFile(await cpuProfile(asked), 'profile')
        } finally {
          isProfiling = false
        }
      }),
    )
  }

  return { routes, count, close: async () => (await heap).disconnect() }
}

function isDirect(c: Context): boolean {
  const { remoteAddress = '' } = (c.env as { incoming: import('node:http').IncomingMessage }).incoming.socket
  const passedOn = ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'].some((name) => c.req.header(name) !== undefined)
  return !passedOn && /^(127\.|::1$|::ffff:127\.)/.test(remoteAddress)
}

const asFile = (bytes: Uint8Array<ArrayBuffer>, name: string) =>
  new Response(bytes, {
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${name}.pb.gz"`,
      'Cache-Control': 'no-store',
    },
  })
