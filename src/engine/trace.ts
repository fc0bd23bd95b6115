/**
 * A document of an execution trace: a profile made of it, which times of the trace can take the place of, and what its
 * timeline asks.
 */
import { TracePieces } from '../core/formats/execution-trace.ts'
import { MAX_RAW_BYTES, type ReadOptions } from '../core/formats/index.ts'
import { unpack } from '../core/formats/unpack.ts'
import { parseTimes } from '../core/query/options.ts'
import { answering } from '../core/trace/answers/answers.ts'
import { traceProfile } from '../core/trace/profile.ts'
import { summaryOf } from '../core/trace/summary.ts'
import { intervalDetails, logsOf, rangeDetails } from '../core/trace/timeline/details.ts'
import { timelineOf } from '../core/trace/timeline/lanes.ts'
import { TRACE, type TraceHead, type TraceQuestions } from '../core/trace/timeline/questions.ts'
import { TimelineWindows } from '../core/trace/timeline/window.ts'
import { Engine } from './engine.ts'
import { EngineFailure } from './failure.ts'
import type { HeldDocument } from './kinds/kind.ts'
import { heldProfile } from './kinds/profile.ts'
import { LeftoverTime } from './leftover-time.ts'
import type { OpenRequest, Progress } from './protocol.ts'
import { findsOf } from './trace-search.ts'

type Answer<Q extends keyof TraceQuestions> = TraceQuestions[Q]['answer']
type Answers = { [Q in keyof TraceQuestions]: (args: TraceQuestions[Q]['args']) => Answer<Q> | Promise<Answer<Q>> }

/** Throws FormatError. */
export async function openTrace(
  { sources, first }: OpenRequest,
  onProgress: (progress: Progress) => void,
  options: Partial<ReadOptions>,
): Promise<HeldDocument> {
  const [{ name, file }] = sources
  let pieces = new TracePieces()
  const read = await (options.unpack ?? unpack)(file, {
    maxRawBytes: options.maxRawBytes ?? MAX_RAW_BYTES,
    onPiece: (piece) => pieces.push(piece),
    onRestart: () => {
      pieces = new TracePieces()
    },
    onBytes: (bytes) => onProgress({ stage: 'decode', share: bytes / file.size, bytes, totalBytes: file.size }),
  })
  const trace = pieces.finish()
  onProgress({ stage: 'index', share: 0, bytes: file.size, totalBytes: file.size })
  const engine = new Engine()
  const seed = options.seed ?? (Math.random() * 2 ** 32) | 0
  const about = { reads: [read], name, fileBytes: file.size }
  const info = await engine.hold(traceProfile(trace, seed), about, (time) => {
    const during = parseTimes(time)
    return during && traceProfile(trace, seed, { from: during[0] + trace.started, to: during[1] + trace.started })
  })
  const timeline = timelineOf(trace)
  const head: TraceHead = { timeline, summary: summaryOf(trace) }
  const held = heldProfile(engine, TRACE, { ...info, trace: head } as typeof info, first, onProgress)
  const windows = new TimelineWindows(trace, timeline)
  const leftover = new LeftoverTime()
  const answers: Answers = {
    'trace.window': (args) => windows.answer(args),
    'trace.groups': async ({ text }) => {
      const finds = await findsOf(text)
      const names = [timeline.goroutines, timeline.tasks, timeline.regions].flatMap(({ name }) => name)
      return finds && names.filter(finds)
    },
    'trace.at': ({ lane, time }) => windows.at(lane, time),
    'trace.interval': (args) => intervalDetails(trace, windows, args),
    'trace.range': (args) => rangeDetails(trace, windows, args),
    'trace.logs': ({ during, most }) => logsOf(trace, during, most),
    'trace.answers': ({ during }) =>
      leftover.run(answering(trace, during && { from: during.from + trace.started, to: during.to + trace.started })),
  }
  function answerOf(request: Parameters<HeldDocument['answer']>[0]): unknown {
    if (request.call !== 'ask') return held.answer(request)
    const { question, args } = request.args
    if (!Object.hasOwn(answers, question))
      throw new EngineFailure({ code: 'internal', message: `A trace has no ${question}.`, facts: {} })
    return answers[question as keyof Answers](args as never)
  }
  return {
    ...held,
    answer(request) {
      leftover.note()
      try {
        return answerOf(request)
      } finally {
        leftover.note()
      }
    },
  }
}
