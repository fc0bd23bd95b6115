/** What execution traces say: numbers of events, not of samples, so that they are certain where they are large enough to matter. */
import type { Confidence } from '../../zones/zone.ts'
import type { Facts, FileRow, Moment, TraceFact } from '../facts.ts'
import { amount, placeIn, type StoryRule, sentence } from '../rule.ts'
import { facts } from './made.ts'

const MS = 1e6

/** A goroutine that is held up for as long is worth a sentence. */
const HELD_UP_NS = MS
/** Of the time in which goroutines of a function ran or could run, and of the duration of the trace. */
const WAITED_SHARE = 0.2
const WAITED_OF_TRACE = 0.01
/** Of processor time. */
const GC_SHARE = 0.1
/** That wait at one place at once, and of the duration of the trace that they wait in sum. */
const CROWD = 3
const CROWD_OF_TRACE = 0.1
/** Started at one line, blocked, and not ended. */
const ALIVE = 10
const SURE_ALIVE_NS = 1e9
const MOST = 2

const ns = (value: number) => amount(value, 'nanoseconds')

/** The timeline of the trace, around a moment. */
const around = (all: Facts, file: FileRow, { atNs, ns }: Moment) => {
  const from = Math.max(0, Math.round(atNs - ns))
  return placeIn(all, file, { view: 'timeline', tw: `${from}~${Math.round(Math.max(atNs + 2 * ns, from + 1))}` })
}

const byCount = (count: number): Confidence => (count >= 20 ? 'certain' : 'likely')

/** Reasons to wait from which somebody else has to wake a goroutine. */
const isStuck = (state: string) => /chan|select|sync|forever/.test(state)

export const traceSignals: readonly StoryRule[] = [
  {
    id: 'trace-paused',
    step: 'signals',
    tell: (all) =>
      all.traces.flatMap(({ file, pauses }) =>
        pauses
          .filter(({ worst }) => worst.ns >= HELD_UP_NS)
          .slice(0, MOST)
          .map(({ kind, place, goroutines, totalNs, worst }) => {
            const values = { kind, place, goroutines, total: ns(totalNs), worst: ns(worst.ns) }
            const at = around(all, file, worst)
            return sentence(all, 'trace-paused', values, { confidence: 'certain', files: [file], place: at })
          }),
      ),
    hits: [facts({ traces: [made({ pauses: [pause(3 * MS)] })] })],
    misses: [facts({ traces: [made({ pauses: [pause(MS / 2)] })] }), facts({ traces: [made({})] })],
  },
  {
    id: 'trace-assists',
    step: 'signals',
    tell: (all) =>
      all.traces.flatMap(({ file, assists }) =>
        assists
          .filter(({ worst }) => worst.ns >= HELD_UP_NS)
          .slice(0, 1)
          .map(({ place, goroutines, totalNs, worst }) => {
            const values = { place, goroutines, total: ns(totalNs), worst: ns(worst.ns) }
            const at = around(all, file, worst)
            return sentence(all, 'trace-assists', values, { confidence: 'certain', files: [file], place: at })
          }),
      ),
    hits: [facts({ traces: [made({ assists: [pause(2 * MS)] })] })],
    misses: [facts({ traces: [made({ assists: [pause(MS / 10)] })] }), facts({ traces: [made({})] })],
  },
  {
    id: 'trace-latency',
    step: 'signals',
    tell: (all) =>
      all.traces.flatMap(({ file, durationNs, latency }) =>
        latency
          .filter(({ share, totalNs }) => share >= WAITED_SHARE && totalNs >= WAITED_OF_TRACE * durationNs)
          .slice(0, MOST)
          .map(({ function: func, count, totalNs, p99Ns, share, busyShare, worst }) => {
            const values = { func, count, share, total: ns(totalNs), p99: ns(p99Ns), busyShare }
            const place = around(all, file, worst)
            return sentence(all, 'trace-latency', values, { confidence: byCount(count), files: [file], place })
          }),
      ),
    hits: [facts({ traces: [made({ latency: [waited(0.5, 300 * MS)] })] })],
    misses: [
      facts({ traces: [made({ latency: [waited(0.1, 300 * MS)] })] }),
      facts({ traces: [made({ latency: [waited(0.5, MS)] })] }),
    ],
  },
  {
    id: 'trace-gc',
    step: 'signals',
    tell: (all) =>
      all.traces
        .filter(({ gc }) => gc.share >= GC_SHARE)
        .slice(0, 1)
        .map(({ file, gc }) => {
          const values = { share: gc.share, of: ns(gc.processorNs), cycles: gc.cycles, assists: ns(gc.assistNs) }
          const place = placeIn(all, file, { view: 'timeline' })
          return sentence(all, 'trace-gc', values, {
            confidence: gc.cycles >= 2 ? 'certain' : 'likely',
            files: [file],
            place,
          })
        }),
    hits: [facts({ traces: [made({ gc: { share: 0.3, assistNs: MS, processorNs: 4000 * MS, cycles: 7 } })] })],
    misses: [facts({ traces: [made({})] })],
  },
  {
    id: 'trace-alive',
    step: 'signals',
    tell: (all) =>
      all.traces.flatMap(({ file, neverEnded }) =>
        neverEnded
          .filter(({ count, state }) => count >= ALIVE && isStuck(state))
          .slice(0, 1)
          .map(({ function: func, place, count, state, at, oldestNs }) => {
            const values = { func, place, count, state, at, oldest: ns(oldestNs) }
            // They may end a moment after the trace.
            const confidence: Confidence = oldestNs >= SURE_ALIVE_NS ? 'likely' : 'hint'
            const there = placeIn(all, file, { view: 'timeline' })
            return sentence(all, 'trace-alive', values, { confidence, files: [file], place: there })
          }),
      ),
    hits: [facts({ traces: [made({ neverEnded: [alive(40, 'chan receive')] })] })],
    misses: [
      facts({ traces: [made({ neverEnded: [alive(4, 'chan receive')] })] }),
      facts({ traces: [made({ neverEnded: [alive(40, 'running')] })] }),
    ],
  },
]

export const tracePlaces: readonly StoryRule[] = [
  {
    id: 'trace-contended',
    step: 'place',
    tell: (all) =>
      all.traces.flatMap(({ file, durationNs, contended }) =>
        contended
          .filter(({ most, totalNs }) => most >= CROWD && totalNs >= CROWD_OF_TRACE * durationNs)
          .slice(0, MOST)
          .map(({ resource, place, goroutines, most, count, totalNs, worst, wokenBy }) => {
            const by = wokenBy && { func: wokenBy.function, place: wokenBy.place, share: wokenBy.share }
            const values = { resource, place, goroutines, most, count, total: ns(totalNs), by }
            const at = around(all, file, worst)
            return sentence(all, 'trace-contended', values, { confidence: byCount(count), files: [file], place: at })
          }),
      ),
    hits: [facts({ traces: [made({ contended: [crowd(5, 600 * MS)] })] })],
    misses: [
      facts({ traces: [made({ contended: [crowd(2, 600 * MS)] })] }),
      facts({ traces: [made({ contended: [crowd(5, MS)] })] }),
    ],
  },
]

function made(part: Partial<TraceFact>): TraceFact {
  return {
    file: 0,
    durationNs: 1000 * MS,
    processors: 4,
    gc: { share: 0.02, assistNs: 0, processorNs: 4000 * MS, cycles: 3 },
    pauses: [],
    assists: [],
    latency: [],
    contended: [],
    neverEnded: [],
    ...part,
  }
}

function pause(worst: number): TraceFact['pauses'][number] {
  return {
    kind: 'GC mark termination',
    place: 'main.load (main.go:10)',
    goroutines: 7,
    totalNs: 5 * worst,
    worst: { atNs: 5 * MS, ns: worst },
  }
}

function waited(share: number, totalNs: number): TraceFact['latency'][number] {
  return {
    function: 'main.serve',
    count: 40,
    totalNs,
    p99Ns: totalNs / 20,
    share,
    busyShare: 0.9,
    worst: { atNs: 5 * MS, ns: totalNs / 10 },
  }
}

function alive(count: number, state: string): TraceFact['neverEnded'][number] {
  const place = 'main.serve (main.go:12)'
  return { function: 'main.wait', place, count, state, at: 'main.wait (main.go:20)', oldestNs: 2000 * MS }
}

function crowd(most: number, totalNs: number): TraceFact['contended'][number] {
  return {
    resource: 'lock',
    place: 'main.put (main.go:30)',
    goroutines: 8,
    most,
    count: 50,
    totalNs,
    worst: { atNs: 5 * MS, ns: 20 * MS },
    wokenBy: { function: 'main.flush', place: 'main.flush (main.go:44)', share: 0.8 },
  }
}
