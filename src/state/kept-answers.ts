/** Answers that were on screen a moment ago, by their question, for each engine. What was used last stays. */
import type { EngineClient } from '../engine/client.ts'

/** All kept answers of one engine take so many bytes at most. A tree of a screen has two million. */
const MOST_BYTES = 32 * 2 ** 20

interface Kept<A> {
  answer: A
  bytes: number
}

export class KeptAnswers<A> {
  /** In the order of the last use. An engine that is gone takes its answers along. */
  private readonly engines = new WeakMap<EngineClient, Map<string, Kept<A>>>()

  constructor(private readonly mostBytes = MOST_BYTES) {}

  keep(client: EngineClient, key: string, answer: A): void {
    const known = this.engines.get(client) ?? new Map<string, Kept<A>>()
    this.engines.set(client, known)
    known.delete(key)
    known.set(key, { answer, bytes: bytesOf(answer) })
    let total = 0
    for (const { bytes } of known.values()) total += bytes
    for (const [oldest, { bytes }] of known) {
      if (total <= this.mostBytes) break
      known.delete(oldest)
      total -= bytes
    }
  }

  find(client: EngineClient, key: string): A | null {
    const known = this.engines.get(client)
    const found = known?.get(key)
    if (!known || !found) return null
    known.delete(key)
    known.set(key, found)
    return found.answer
  }
}

/** Of the columns that an answer's value holds: what else there is is small. */
function bytesOf(answer: unknown): number {
  let bytes = 0
  const visit = (value: unknown, depth: number) => {
    if (ArrayBuffer.isView(value)) bytes += value.byteLength
    else if (depth > 0 && typeof value === 'object' && value !== null) {
      for (const inner of Object.values(value)) visit(inner, depth - 1)
    }
  }
  if (typeof answer === 'object' && answer !== null && 'value' in answer) visit(answer.value, 3)
  return bytes
}
