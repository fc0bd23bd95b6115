/** Shapes as lines of Markdown. */
import { code } from '../zones/markdown.ts'
import type { ShapeFinding } from './shape.ts'
import { type ShapeFormat, type ShapeWords, shapeSentence } from './words/words.ts'

interface MarkdownFormat extends ShapeFormat {
  /** "main.go:12", '' where the file is not known. */
  place(file: number, line: number): string
}

const MOST = 6

/** The heaviest; empty where there are none. */
export function shapesAsMarkdown(shapes: readonly ShapeFinding[], words: ShapeWords, format: MarkdownFormat): string[] {
  if (shapes.length === 0) return []
  // Names come from files that anybody can write: nothing in them may become markup.
  const named = { ...format, name: (func: number) => code(format.name(func)) }
  const lines = shapes.slice(0, MOST).map((shape) => {
    const { subject } = shape
    const path = subject.kind === 'package' ? { ...subject, path: code(subject.path) } : subject
    const place = subject.kind === 'line' ? format.place(subject.file, subject.line) : ''
    const sentence = shapeSentence({ ...shape, subject: path }, words, named)
    return `- **${words.shapes[shape.id].title}** ${sentence}${place === '' ? '' : ` ${code(place)}`}`
  })
  return [`## ${words.title}`, '', ...lines, '']
}
