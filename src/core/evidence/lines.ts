/** Pieces of a text → its lines, however the pieces are cut. */

/** Longest line that is kept whole, in UTF-16 units. What is longer is no line that Go writes; its end is dropped. */
const LONGEST_LINE = 1 << 20

const ESCAPE = '\u001b'

/** Colours and other control sequences of terminals (ECMA-48 §5.4). */
const CONTROL_SEQUENCE = new RegExp(`${ESCAPE}\\[[0-?]*[ -/]*[@-~]`, 'g')

export class LineSplitter {
  private rest = ''
  private number = 0

  constructor(private readonly visit: (line: string, number: number) => void) {}

  push(piece: string): void {
    let start = 0
    for (;;) {
      const end = piece.indexOf('\n', start)
      if (end < 0) break
      this.give(this.rest + piece.slice(start, end))
      this.rest = ''
      start = end + 1
    }
    if (this.rest.length < LONGEST_LINE) this.rest += piece.slice(start, start + LONGEST_LINE)
  }

  end(): void {
    if (this.rest !== '') this.give(this.rest)
    this.rest = ''
    this.number = 0
  }

  private give(line: string): void {
    this.number++
    const text = line.endsWith('\r') ? line.slice(0, -1) : line
    this.visit(text.includes(ESCAPE) ? text.replace(CONTROL_SEQUENCE, '') : text, this.number)
  }
}
