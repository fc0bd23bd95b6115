/**
 * Every question to an engine goes through here. Some are asked again and again, by parts of the page that do not know of
 * each other: of these the last answers are kept for each engine. Large answers are kept by the slot that shows them
 * (answers.ts).
 */
import type { EngineClient, RequestOptions } from '../engine/client.ts'
import type { EngineCall, EngineCalls } from '../engine/protocol.ts'

/** How many answers of a call are kept for each engine. What these calls are asked is plain data. */
const KEPT: Partial<Record<EngineCall, number>> = { query: 4, symbols: 32, checkFilter: 32 }

export function createRequests() {
  /** By engine and call, in the order of the last use: answers by their question as text. */
  const known = new WeakMap<EngineClient, Partial<Record<EngineCall, Map<string, Promise<unknown>>>>>()

  /**
   * Rejects with an EngineFailure. An answer that is kept cannot be given up by its signal, since somebody else may wait
   * for the same one.
   */
  function request<C extends EngineCall>(
    client: EngineClient,
    call: C,
    args: EngineCalls[C]['args'],
    options: RequestOptions = {},
  ): Promise<EngineCalls[C]['answer']> {
    const most = KEPT[call]
    if (most === undefined) return client.call(call, args, options)
    const calls = known.get(client) ?? {}
    known.set(client, calls)
    const answers = calls[call] ?? new Map<string, Promise<unknown>>()
    calls[call] = answers
    const question = JSON.stringify(args)
    const answer = answers.get(question) ?? client.call(call, args, { onProgress: options.onProgress })
    // One that failed is asked again when it is needed again.
    answer.catch(() => answers.delete(question))
    answers.delete(question)
    answers.set(question, answer)
    if (answers.size > most) answers.delete(answers.keys().next().value as string)
    return answer as Promise<EngineCalls[C]['answer']>
  }

  return request
}

export type Request = ReturnType<typeof createRequests>
