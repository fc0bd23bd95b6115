import { foreignFormat } from './foreign.ts'
import { foreignWords } from './foreign-words.ts'
import { FormatError } from './format-error.ts'
import { type OtherFormat, otherFormatOf } from './other-formats.ts'

const textStarts: [RegExp, 'html' | 'json' | 'go-debug-text'][] = [
  [/^\s*<(!doctype|html|head|body|\?xml)/i, 'html'],
  [/^\s*[{[]/, 'json'],
  [
    /^(heap profile:|goroutine profile:|threadcreate profile:|goroutineleak profile:|--- (mutex|contention):)/,
    'go-debug-text',
  ],
]

/**
 * The format of a file by its first bytes (or those of what was inside its gzip), by content, never by name; null for
 * what may be pprof's. Throws a FormatError that names what the file is instead.
 */
export function judge(head: Uint8Array): OtherFormat | null {
  if (startsWith(head, [0x1f, 0x8b])) throw new FormatError('not-pprof', 'This is gzip inside gzip.', { offset: 0 })
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04])) throw new FormatError('zip', 'This is a zip archive.')
  if (startsWith(head, [0x7f, 0x45, 0x4c, 0x46]))
    throw new FormatError('elf', 'This is a program (ELF), not a profile.')
  const other = otherFormatOf(head)
  if (other) return other
  const text = printable(head)
  const foreign = foreignFormat(head, text)
  if (foreign) throw new FormatError('foreign', foreignWords[foreign], { format: foreign })
  if (text !== null && text.trim() !== '') {
    const code = textStarts.find(([start]) => start.test(text))?.[1] ?? 'text'
    throw new FormatError(code, 'This is text, not a pprof profile.', { start: firstLine(text) })
  }
  return null
}

/** Text that is none of the formats that are read or named here. */
export function isUnknownText(head: Uint8Array): boolean {
  try {
    judge(head)
    return false
  } catch (error) {
    return error instanceof FormatError && ['text', 'json', 'go-debug-text'].includes(error.code)
  }
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

function firstLine(text: string): string {
  const line = text.trim().split(/\r?\n/, 1)[0]
  return line.length > 80 ? `${line.slice(0, 80)}…` : line
}
