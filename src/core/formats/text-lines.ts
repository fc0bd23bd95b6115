/** A text line by line, and an account of the lines that nobody could read. */
import type { Note } from '../model/profile.ts'

/** Calls `visit` with every line, without its line break. Lines are not kept, so that long texts take no more room. */
export function eachLine(text: string, visit: (line: string) => void): void {
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start)
    const end = found < 0 ? text.length : found
    visit(text.slice(start, end > start && text[end - 1] === '\r' ? end - 1 : end))
    start = end + 1
  }
}

/** How much of a line a sentence can quote. */
const QUOTED = 60

/** Counts lines that were left out, so that nothing goes unsaid. Blank ones hold nothing. */
export class UnreadLines {
  private count = 0
  private first = ''

  add(line: string): void {
    const text = line.trim()
    if (text === '') return
    if (this.count === 0) this.first = text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text
    this.count++
  }

  notes(): Note[] {
    return this.count === 0 ? [] : [{ code: 'lines-left-out', count: this.count, detail: this.first }]
  }
}
