/** The kinds of evidence that texts may hold. A kind is a folder whose index.ts is an EvidenceCode, and a row here. */
import type { EvidenceKind } from './reader.ts'

export const evidenceKinds: readonly EvidenceKind[] = [
  {
    part: 'gctrace',
    mark: /\bgc \d+ @\d+\.\d+s \d+%/,
    load: async () => (await import('./gctrace/index.ts')).gctrace,
  },
  {
    part: 'goroutines',
    mark: /\bgoroutine \d+ (?:gp=.*)?\[[^\]\n]+\].*:|\b(?:panic|fatal error): |SIGQUIT: quit|WARNING: DATA RACE|--- FAIL: /,
    load: async () => (await import('./goroutines/index.ts')).goroutines,
  },
  {
    part: 'memstats',
    mark: /"HeapAlloc"\s*:|"memstats"\s*:|\/(?:memory|gc|sched|cpu)\/[a-z/-]+:(?:bytes|objects|goroutines|gc-cycles|cpu-seconds)\b|^go_(?:memstats|goroutines)/m,
    load: async () => (await import('./memstats/index.ts')).memstats,
  },
]

/** Whether the first bytes of a file show that it holds evidence. What lies further on is found by reading it. */
export function isEvidence(head: Uint8Array): boolean {
  // UTF-16, which PowerShell writes, has a zero beside each of these letters, and a mark of two bytes in front.
  const text = String.fromCharCode(...head).replace(/^\xff\xfe|\0/g, '')
  return evidenceKinds.some(({ mark }) => mark.test(text))
}
