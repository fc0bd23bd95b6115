/** Runs regular expressions over the function names, apart from the engine, so that a runaway one can be killed. */

import { Strings } from '../core/model/strings.ts'
import { type NamePattern, parsePattern } from '../core/query/name-match.ts'
import { compileRe2 } from '../core/query/re2.ts'
import { badPattern } from './bad-pattern.ts'
import type { FromPatternWorker, PatternSyntax, ToPatternWorker } from './protocol.ts'

let syntax: PatternSyntax = 'search'
let names = new Strings({ bytes: new Uint8Array(0), offset: new Uint32Array(1) })

function run(text: string): Uint8Array<ArrayBuffer> {
  const match = new Uint8Array(names.length)
  const pattern: NamePattern | null = syntax === 'go' ? compileRe2(text) : parsePattern(text)
  if (pattern) for (let i = 0; i < names.length; i++) match[i] = Number(pattern.test(names.get(i)))
  return match
}

self.onmessage = ({ data }: MessageEvent<ToPatternWorker>) => {
  if ('names' in data) {
    names = new Strings(data.names)
    syntax = data.syntax
    return
  }
  let answer: FromPatternWorker
  try {
    answer = { id: data.id, match: run(data.text) }
  } catch (error) {
    answer = { id: data.id, error: badPattern(error) }
  }
  self.postMessage(answer, { transfer: 'match' in answer ? [answer.match.buffer] : [] })
}
