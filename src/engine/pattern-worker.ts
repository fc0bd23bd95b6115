/** Runs regular expressions over the function names, apart from the engine, so that a runaway one can be killed. */

import { Strings } from '../core/model/strings.ts'
import { type NamePattern, parsePattern } from '../core/query/name-match.ts'
import { badPattern } from './bad-pattern.ts'
import type { FromPatternWorker, ToPatternWorker } from './protocol.ts'

let names = new Strings({ bytes: new Uint8Array(0), offset: new Uint32Array(1) })

/** wanted: text of the search box, or an expression that is compiled. */
function run(wanted: string | RegExp): Uint8Array<ArrayBuffer> {
  const match = new Uint8Array(names.length)
  const pattern: NamePattern | null = typeof wanted === 'string' ? parsePattern(wanted) : wanted
  if (pattern) for (let i = 0; i < names.length; i++) match[i] = Number(pattern.test(names.get(i)))
  return match
}

self.onmessage = ({ data }: MessageEvent<ToPatternWorker>) => {
  if ('names' in data) {
    names = new Strings(data.names)
    return
  }
  let answer: FromPatternWorker
  try {
    answer = { id: data.id, match: run(data.pattern) }
  } catch (error) {
    answer = { id: data.id, error: badPattern(error) }
  }
  self.postMessage(answer, { transfer: 'match' in answer ? [answer.match.buffer] : [] })
}
