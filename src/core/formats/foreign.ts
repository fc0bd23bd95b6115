/** Files of other tools that are not read here, told by their first bytes, so that a refusal can name them. */

import type { ForeignFormat } from './foreign-words.ts'
import { isOtlp } from './pprof-head.ts'

const magic: readonly (readonly [ForeignFormat, readonly (string | number)[]])[] = [
  ['perf-data', ['PERFILE2']],
  ['perf-data', ['2ELIFREP']],
  ['perf-data', ['PERFFILE']],
  ['jfr', ['FLR', 0]],
  ['nettrace', ['Nettrace']],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['xz', [0xfd, '7zXZ', 0]],
  ['bzip2', ['BZh']],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
]

/** By the first few kilobytes of a text. */
const texts: readonly (readonly [ForeignFormat, RegExp])[] = [
  ['otlp', /^\s*\{.*"resourceProfiles"\s*:/s],
  ['heapsnapshot', /^\s*\{\s*"snapshot"\s*:\s*\{/],
  ['heapprofile', /^\s*\{\s*"head"\s*:\s*\{.*"(selfSize|callFrame)"\s*:/s],
  ['cpuprofile', /^\s*\{.*"(nodes|head)"\s*:.*"(hitCount|callFrame|callUID)"\s*:/s],
  ['chrome-trace', /^\s*\{.*"traceEvents"\s*:/s],
  ['chrome-trace', /^\s*\[\s*\{[^[]*"ph"\s*:\s*"/],
  ['firefox', /^\s*\{.*"(preprocessedProfileVersion|processType|sourceCodeIsNotOnSearchfox)"\s*:/s],
  ['callgrind', /^(# callgrind format|version: 1\s+creator: callgrind|(.*\n){0,6}events: \w+.*\n)/],
  ['pprof-report', /^(.*\n){0,12}Showing nodes accounting for /],
  ['pprof-report', /^PeriodType: .*\nPeriod: /],
  ['svg', /^\s*(<\?xml[^>]*>\s*)?(<!doctype svg[^>]*>\s*)?(<!--.*?-->\s*)*<svg[\s>]/is],
]

/** text: the head when it is one, else null. */
export function foreignFormat(head: Uint8Array, text: string | null): ForeignFormat | null {
  const found = magic.find(([, signature]) => startsWith(head, signature))
  if (found) return found[0]
  if (isOtlp(head)) return 'otlp'
  return (text !== null && texts.find(([, pattern]) => pattern.test(text))?.[0]) || null
}

function startsWith(head: Uint8Array, signature: readonly (string | number)[]): boolean {
  const bytes = signature.flatMap((part) => (typeof part === 'number' ? part : [...part].map((c) => c.charCodeAt(0))))
  return bytes.every((b, i) => head[i] === b)
}
