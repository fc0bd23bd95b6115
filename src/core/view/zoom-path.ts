/**
 * A zoom path as text: five base64url characters for each frame's 30-bit name hash. Recursion repeats
 * frames, so a run of a repeating period is written once: `.PCC` after it says "the last P + 1 frames come
 * C more times" (P one base64url digit, C two). Every token has a fixed width, so any text parses in one way.
 */
import type { CallPath } from '../query/call-tree.ts'

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const VALUE = new Map([...DIGITS].map((c, i) => [c, i]))
const FRAME_CHARS = 5
const LONGEST_PERIOD = 64
const MOST_REPEATS = 4096
/** Deeper paths than any Go stack; a link that claims more is not ours. */
const MAX_FRAMES = 100_000

const number = (text: string): number => {
  let n = 0
  for (const c of text) {
    const v = VALUE.get(c)
    if (v === undefined) return -1
    n = n * 64 + v
  }
  return n
}

const digits = (n: number, width: number): string => {
  let out = ''
  for (let i = 0; i < width; i++) {
    out = DIGITS[n % 64] + out
    n = Math.floor(n / 64)
  }
  return out
}

/** How many further times path[at - period, at) follows at `at`. */
function repeats(path: CallPath, at: number, period: number): number {
  let n = 0
  while (n < MOST_REPEATS - 1 && at + (n + 1) * period <= path.length) {
    for (let i = 0; i < period; i++) if (path[at + n * period + i] !== path[at - period + i]) return n
    n++
  }
  return n
}

/** The text of a path; '' for the root. */
export function formatZoomPath(path: CallPath): string {
  let out = ''
  let at = 0
  // A repeat token stands for frames that were written out in full after this position.
  let written = 0
  while (at < path.length) {
    let best = 0
    let bestPeriod = 0
    for (let period = 1; period <= Math.min(LONGEST_PERIOD, at - written); period++) {
      const n = repeats(path, at, period)
      if (n * period > best * bestPeriod) {
        best = n
        bestPeriod = period
      }
    }
    if (best > 0) {
      out += `.${digits(bestPeriod - 1, 1)}${digits(best, 2)}`
      at += best * bestPeriod
      written = at - bestPeriod
    } else {
      out += digits(path[at] as number, FRAME_CHARS)
      at++
    }
  }
  return out
}

/** The path a text stands for, or null when it is not one. */
export function parseZoomPath(text: string): number[] | null {
  const path: number[] = []
  let at = 0
  while (at < text.length) {
    if (text[at] === '.') {
      const period = number(text.slice(at + 1, at + 2)) + 1
      const count = number(text.slice(at + 2, at + 4))
      if (at + 4 > text.length || period < 1 || count < 1 || period > path.length) return null
      if (path.length + period * count > MAX_FRAMES) return null
      for (let i = 0; i < period * count; i++) path.push(path[path.length - period] as number)
      at += 4
    } else {
      const hash = number(text.slice(at, at + FRAME_CHARS))
      if (at + FRAME_CHARS > text.length || hash < 0 || path.length >= MAX_FRAMES) return null
      path.push(hash)
      at += FRAME_CHARS
    }
  }
  return path
}

/** Equal step by step. */
export function samePath(a: CallPath, b: CallPath): boolean {
  return a.length === b.length && a.every((step, i) => step === b[i])
}
