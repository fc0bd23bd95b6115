/** What a reader should know of a file that did open, on stderr, so that reports stay what programs can read. */
import { noteWords } from '../core/formats/note-words.ts'
import type { Note } from '../core/model/profile.ts'

/** file: '' = of all files together. */
export function tellNotes(file: string, notes: readonly Note[]): void {
  for (const { code, count = 0, detail = '' } of notes) {
    process.stderr.write(`hotzone: ${file === '' ? '' : `${file}: `}${noteWords[code](count, detail)}\n`)
  }
}
