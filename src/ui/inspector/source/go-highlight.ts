/** Go source in its parts, line by line, for colours. Loaded with the first source file. */

import { parser } from '@lezer/go'
import { highlightCode, tagHighlighter, tags } from '@lezer/highlight'

export type GoPart = 'keyword' | 'string' | 'number' | 'comment' | 'type' | 'function' | ''

/** Part of a line; '' = plain. */
export interface Piece {
  text: string
  part: GoPart
}

const highlighter = tagHighlighter([
  { tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword], class: 'keyword' },
  { tag: [tags.string, tags.character, tags.special(tags.string)], class: 'string' },
  { tag: [tags.number, tags.bool, tags.null], class: 'number' },
  { tag: [tags.lineComment, tags.blockComment], class: 'comment' },
  { tag: [tags.typeName], class: 'type' },
  {
    tag: [
      tags.function(tags.variableName),
      tags.function(tags.propertyName),
      tags.function(tags.definition(tags.variableName)),
    ],
    class: 'function',
  },
])

/** One list of pieces for each line of `text`, whose lines end with \n. */
export function goLines(text: string): Piece[][] {
  const lines: Piece[][] = [[]]
  highlightCode(
    text,
    parser.parse(text),
    highlighter,
    (piece, part) => lines.at(-1)?.push({ text: piece, part: part.split(' ')[0] as GoPart }),
    () => lines.push([]),
  )
  return lines
}
