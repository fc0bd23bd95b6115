import { foreignFormat, foreignWords } from './foreign.ts'
import { FormatError } from './format-error.ts'
import { otherFormatOf } from './other-formats.ts'

/** What the first bytes of a file (or of what was inside its gzip) say; by content, never by name. */
export type Sniffed = 'gzip' | 'maybe-pprof' | 'other'

const textStarts: [RegExp, 'html' | 'json' | 'go-debug-text'][] = [
  [/^\s*<(!doctype|html|head|body|\?xml)/i, 'html'],
  [/^\s*[{[]/, 'json'],
  [
    /^(heap profile:|goroutine profile:|threadcreate profile:|goroutineleak profile:|--- (mutex|contention):|goroutine \d+ \[)/,
    'go-debug-text',
  ],
]

/** Answers what can be opened, or throws a FormatError that names what the file is instead. */
export function sniff(head: Uint8Array): Sniffed {
  if (startsWith(head, [0x1f, 0x8b])) return 'gzip'
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04])) throw new FormatError('zip', 'This is a zip archive.')
  if (startsWith(head, [0x7f, 0x45, 0x4c, 0x46]))
    throw new FormatError('elf', 'This is a program (ELF), not a profile.')
  if (otherFormatOf(head)) return 'other'
  const text = printable(head)
  const foreign = foreignFormat(head, text)
  if (foreign) throw new FormatError('foreign', foreignWords[foreign], { format: foreign })
  if (/^go 1\.\d+ trace/.test(text ?? latin1(head.subarray(0, 16)))) {
    throw new FormatError('go-trace', 'This is a Go execution trace.')
  }
  if (text !== null && text.trim() !== '') {
    for (const [start, code] of textStarts) {
      if (start.test(text))
        throw new FormatError(code, 'This is text, not a pprof profile.', { start: firstLine(text) })
    }
    throw new FormatError('text', 'This is text, not a pprof profile.', { start: firstLine(text) })
  }
  return 'maybe-pprof'
}

function startsWith(bytes: Uint8Array, magic: number[]): boolean {
  return magic.every((b, i) => bytes[i] === b)
}

/** The head as text when it holds no control bytes but white space; null otherwise. */
function printable(head: Uint8Array): string | null {
  for (const b of head) if (b < 0x20 && b !== 9 && b !== 10 && b !== 13) return null
  try {
    // As a stream, since the last letter may be cut.
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
  } catch {
    return null
  }
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}

function firstLine(text: string): string {
  const line = text.trim().split(/\r?\n/, 1)[0]
  return line.length > 80 ? `${line.slice(0, 80)}…` : line
}
