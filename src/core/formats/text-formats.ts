/**
 * What opens besides pprof. Telling a text is small and done wherever bytes arrive; the readers come when one is met.
 * A format is a file with `read` and a row in the list.
 */
import type { Profile } from '../model/profile.ts'
import {
  FOLDED_LINE,
  GO_CONTENTION,
  GO_COUNT,
  GO_HEAP,
  isFoldedComment,
  isPerfComment,
  perfFrame,
  perfHead,
} from './text-patterns.ts'

export interface TextFormat {
  id: string
  /** head: the first few kilobytes, perhaps cut in the middle of a line. */
  detect(head: string): boolean
  /** read throws FormatError. seed: see StackTrie. */
  load(): Promise<{ read(text: string, seed: number): Profile }>
}

/** The first that knows a text reads it. */
const textFormats: readonly TextFormat[] = [
  {
    id: 'go-text',
    detect: (head) => {
      const [first] = head.split(/\r?\n/, 1) as [string]
      return GO_HEAP.test(first) || GO_COUNT.test(first) || GO_CONTENTION.test(first)
    },
    load: () => import('./go-text.ts'),
  },
  {
    id: 'speedscope',
    detect: (head) => /^\s*\{/.test(head) && /speedscope\.app\/file-format-schema|"shared"\s*:\s*\{/.test(head),
    load: () => import('./speedscope.ts'),
  },
  {
    id: 'perf',
    detect: looksLikePerf,
    load: () => import('./perf.ts'),
  },
  {
    id: 'folded',
    detect: looksFolded,
    load: () => import('./folded.ts'),
  },
]

/** How much of a file is looked at to know it. */
export const HEAD_BYTES = 4096

/** The format of a text by its beginning; null for binary data and for text that nobody knows. */
export function textFormatOf(head: Uint8Array): TextFormat | null {
  for (const b of head.subarray(0, 64)) if (b < 9) return null
  const text = new TextDecoder().decode(head)
  return textFormats.find((format) => format.detect(text)) ?? null
}

/** The whole lines of a head: the last one may be cut. */
function wholeLines(head: string): string[] {
  const lines = head.split(/\r?\n/)
  if (lines.length > 1) lines.pop()
  return lines.filter((line) => line.trim() !== '')
}

/** A sample with a frame, below it or on its line; or samples that have none, but all say when they were taken. */
function looksLikePerf(head: string): boolean {
  const lines = wholeLines(head).filter((line) => !isPerfComment(line))
  let timed = 0
  for (const [i, line] of lines.entries()) {
    const sample = perfHead(line)
    if (!sample) continue
    if (perfFrame(sample.rest) || (i + 1 < lines.length && perfFrame(lines[i + 1]))) return true
    if (sample.timed) timed++
  }
  return timed > 0 && timed === lines.length
}

/** Stacks among notes and odd lines; or, where no stack has two frames, nothing but names with counts. */
function looksFolded(head: string): boolean {
  const lines = wholeLines(head).filter((line) => !isFoldedComment(line))
  const stacks = lines.filter((line) => FOLDED_LINE.test(line))
  if (stacks.some((line) => line.includes(';'))) return stacks.length * 2 >= lines.length
  // "Error 404" is what a server says.
  return stacks.length > 0 && stacks.length === lines.length && !/^\W*(http|error|status)\b/i.test(lines[0])
}
