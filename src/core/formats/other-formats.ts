/**
 * What opens besides pprof. Telling a file is small and done wherever bytes arrive; the readers come when one is met.
 * A format is a file with `read` and a row in the list.
 */
import type { Profile } from '../model/profile.ts'
import { isExecutionTrace } from '../trace/head.ts'
import { cpuWordsOf } from './cpu-head.ts'
import {
  CONTENTION,
  FOLDED_LINE,
  GO_COUNT,
  GOROUTINE,
  isFoldedComment,
  isPerfComment,
  JEMALLOC,
  perfFrame,
  perfHead,
  RECORDED_HEAP,
  THREADS,
} from './text-patterns.ts'

/** head: the first few kilobytes, perhaps cut in the middle of a line. read throws FormatError. seed: see StackTrie. */
export type OtherFormat =
  | {
      of: 'text'
      detect(head: string): boolean
      load(): Promise<{ read(text: string, seed: number): Profile }>
    }
  | {
      of: 'bytes'
      detect(head: Uint8Array): boolean
      load(): Promise<{ read(bytes: Uint8Array, seed: number): Profile }>
    }
  | {
      /** Read as it comes, so that it need not be held whole. */
      of: 'pieces'
      detect(head: Uint8Array): boolean
      load(): Promise<{ reader(seed: number): PiecesReader }>
    }

export interface PiecesReader {
  /** Copies what it keeps. */
  push(piece: Uint8Array): void
  finish(): Profile
}

/** The first that knows a file reads it. */
const formats: readonly OtherFormat[] = [
  {
    of: 'pieces',
    detect: isExecutionTrace,
    load: () => import('./execution-trace.ts'),
  },
  {
    of: 'bytes',
    detect: (head) => cpuWordsOf(head) !== null,
    load: () => import('./cpu-words.ts'),
  },
  {
    of: 'text',
    detect: isJavaText,
    load: () => import('./java-text.ts'),
  },
  {
    of: 'text',
    detect: (head) => {
      const first = firstLine(head)
      return RECORDED_HEAP.test(first) || GO_COUNT.test(first) || CONTENTION.test(first)
    },
    load: () => import('./stack-records.ts'),
  },
  {
    of: 'text',
    detect: (head) => /^\s*\{/.test(head) && /speedscope\.app\/file-format-schema|"shared"\s*:\s*\{/.test(head),
    load: () => import('./speedscope.ts'),
  },
  {
    of: 'text',
    detect: (head) => JEMALLOC.test(firstLine(head)),
    load: () => import('./jemalloc.ts'),
  },
  {
    of: 'text',
    detect: (head) => THREADS.test(firstLine(head)),
    load: () => import('./thread-pages.ts'),
  },
  {
    of: 'text',
    detect: (head) => GOROUTINE.test(head),
    load: () => import('../evidence/goroutines/profile.ts'),
  },
  {
    of: 'text',
    detect: looksLikePerf,
    load: () => import('./perf.ts'),
  },
  {
    of: 'text',
    detect: looksFolded,
    load: () => import('./folded.ts'),
  },
]

/** The format of a file by its beginning; null for what may be pprof's and for what nobody knows. */
export function otherFormatOf(head: Uint8Array): OtherFormat | null {
  const text = head.subarray(0, 64).some((b) => b < 9) ? null : new TextDecoder().decode(head)
  const knows = (format: OtherFormat) =>
    format.of === 'text' ? text !== null && format.detect(text) : format.detect(head)
  return formats.find(knows) ?? null
}

/** What is neither blank nor a comment. */
const firstLine = (head: string) => head.split(/\r?\n/).find((line) => !/^\s*(#|$)/.test(line)) ?? ''

/** The whole lines of a head: the last one may be cut. */
function wholeLines(head: string): string[] {
  const lines = head.split(/\r?\n/)
  if (lines.length > 1) lines.pop()
  return lines.filter((line) => line.trim() !== '')
}

/** Contention pages of C++ begin alike, but say nothing of a format. */
function isJavaText(head: string): boolean {
  return /^--- (heapz|contentionz) 1 ---/.test(firstLine(head)) && /^\s*(format|resolution)\s*=/m.test(head)
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
