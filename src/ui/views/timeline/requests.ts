/** What the timeline asks for besides its lanes, which it asks for as it is moved. */
import { parseTimes } from '../../../core/query/options.ts'
import type { TimeWindow } from '../../../core/trace/timeline/camera.ts'
import type { TraceQuestions } from '../../../core/trace/timeline/questions.ts'
import { fieldValue } from '../../../core/view/view-field.ts'
import type { ViewState } from '../../../core/view/view-state.ts'
import type { ViewContext, ViewRequest } from '../../../state/view-spec.ts'
import { chosenField } from './fields.ts'

type Question = { [Q in keyof TraceQuestions]: { question: Q; args: TraceQuestions[Q]['args'] } }[keyof TraceQuestions]

const ask = (slot: `view:${string}`, args: Question): ViewRequest => ({ slot, call: 'ask', args })

/** The time of the trace that is looked at, or that a text of such a time says; null = all of it. */
export function during(view: Pick<ViewState, 'time'>): TimeWindow | null {
  const time = parseTimes(view.time)
  return time && { from: time[0], to: time[1] }
}

export function timelineRequests({ view }: ViewContext): ViewRequest[] {
  const chosen = fieldValue(view.fields, chosenField)
  const answers = ask('view:trace-answers', { question: 'trace.answers', args: { during: during(view) } })
  if (!chosen) return [answers]
  const { table, row, lane } = chosen
  const details: Question =
    table === 'interval'
      ? { question: 'trace.interval', args: { row, lane } }
      : { question: 'trace.range', args: { row, lane } }
  return [answers, ask('view:trace-chosen', details)]
}
