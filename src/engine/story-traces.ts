/** What an execution trace tells a story. */
import { ownFunctions } from '../core/compare/same-program.ts'
import { TracePieces } from '../core/formats/execution-trace.ts'
import { MAX_RAW_BYTES, type ReadOptions } from '../core/formats/index.ts'
import { unpack } from '../core/formats/unpack.ts'
import type { Moment, TraceFact } from '../core/story/facts.ts'
import { answersOf } from '../core/trace/answers/answers.ts'
import type { Example } from '../core/trace/answers/spread.ts'
import { isOfRuntime } from '../core/trace/functions.ts'
import type { OpenRequest } from './protocol.ts'

/** Rows of each that the story may need. */
const MOST = 5

export interface ReadTrace {
  id: string
  fact: Omit<TraceFact, 'file'>
  /** Functions of the program's main package. */
  own: ReadonlySet<string>
  /** Milliseconds since 1970; null = it does not say. */
  time: number | null
}

/** Throws FormatError. */
export async function readTrace(
  { file }: OpenRequest['sources'][number],
  options: Partial<ReadOptions> = {},
): Promise<ReadTrace> {
  let pieces = new TracePieces()
  const { id } = await (options.unpack ?? unpack)(file, {
    maxRawBytes: options.maxRawBytes ?? MAX_RAW_BYTES,
    onPiece: (piece) => pieces.push(piece),
    onRestart: () => {
      pieces = new TracePieces()
    },
  })
  const trace = pieces.finish()
  const answers = answersOf(trace)
  const { collector, durationNs } = answers
  const moment = ({ atNs, ns }: Example): Moment => ({ atNs, ns })
  const busy = collector.share * collector.processorNs - collector.idleWorkersNs
  const own = answers.latency.filter(({ function: name }) => !isOfRuntime(name))
  return {
    id,
    time: trace.wallMs,
    own: ownFunctions(
      trace.frames.map(({ func }) => trace.texts[func]),
      ['main'],
    ),
    fact: {
      durationNs,
      processors: collector.processors,
      gc: {
        share: collector.processorNs > 0 ? Math.max(0, busy) / collector.processorNs : 0,
        assistNs: collector.assistsNs,
        processorNs: collector.processorNs,
        cycles: collector.cycles,
      },
      pauses: heldUp(answers.heldUp.filter(({ by }) => by === 'pause')),
      assists: heldUp(answers.heldUp.filter(({ by }) => by === 'assist')),
      latency: own.slice(0, MOST).map(({ function: name, count, totalNs, p99Ns, busyNs, ranNs, worst }) => ({
        function: name,
        count,
        totalNs,
        p99Ns,
        share: totalNs > 0 ? totalNs / (totalNs + ranNs) : 0,
        busyShare: totalNs > 0 ? busyNs / totalNs : 0,
        worst: moment(worst),
      })),
      contended: answers.contended
        .flatMap(({ resource, place, goroutines, most, count, totalNs, worst, wokenBy: [first] }) => {
          if (resource !== 'lock' && resource !== 'send') return []
          const wokenBy = first
            ? { function: first.function, place: first.place, share: totalNs > 0 ? first.totalNs / totalNs : 0 }
            : null
          return [{ resource, place, goroutines, most, count, totalNs, worst: moment(worst), wokenBy }]
        })
        .slice(0, MOST),
      neverEnded: answers.neverEnded.slice(0, MOST).map(({ function: name, place, count, state, at, oldestNs }) => ({
        function: name,
        place,
        count,
        state,
        at,
        oldestNs,
      })),
    },
  }

  /** By kind and place, whichever function the goroutines began with. */
  function heldUp(rows: typeof answers.heldUp): TraceFact['pauses'] {
    const found = new Map<string, TraceFact['pauses'][number]>()
    for (const { kind, place, goroutines, totalNs, worst } of rows) {
      const known = found.get(`${kind}\0${place}`)
      found.set(`${kind}\0${place}`, {
        kind,
        place,
        goroutines: (known?.goroutines ?? 0) + goroutines,
        totalNs: (known?.totalNs ?? 0) + totalNs,
        worst: known && known.worst.ns >= worst.ns ? known.worst : moment(worst),
      })
    }
    return [...found.values()].sort((a, b) => b.totalNs - a.totalNs).slice(0, MOST)
  }
}
