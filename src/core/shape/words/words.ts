/** What is said of shapes: a language is one file of this type, and a missing key does not compile. */
import type { Remedy } from '../../zones/words/words.ts'
import type { ShapeFact, ShapeFinding, ShapeId } from '../shape.ts'

/** How numbers and names are written. */
export interface ShapeFormat {
  value(value: number): string
  share(share: number): string
  bytes(size: number): string
  count(n: number): string
  /** Short name of a function (symbol). */
  name(func: number): string
}

/** What a sentence is made of: everything written out, a fact that the shape does not have is ''. */
export interface ShapeSaid extends Record<ShapeFact, string> {
  value: string
  share: string
  /** The function, package or line that it is about, and what it causes or ends in. */
  subject: string
  other: string
}

export interface ShapeRuleWords {
  title: string
  /** What, how much and where. */
  sentence(said: ShapeSaid): string
  /** Why it matters. */
  meaning: string
  /** What it is told by, with its floors (rules.ts). */
  know: string
  remedies: readonly Remedy[]
}

export interface ShapeWords {
  title: string
  none: string
  fold: string
  shapes: Record<ShapeId, ShapeRuleWords>
}

const SIZES: readonly ShapeFact[] = ['size', 'smallestSize', 'largestSize']
const SHARES: readonly ShapeFact[] = ['largest', 'ofLeaf', 'inUse']
const FACTS: readonly ShapeFact[] = [
  ...SIZES,
  ...SHARES,
  'places',
  'objects',
  'steps',
  'frames',
  'depth',
  'functions',
  'allFunctions',
]

/** One sentence about a shape. */
export function shapeSentence(
  { id, value, share, subject, facts }: ShapeFinding,
  words: ShapeWords,
  format: ShapeFormat,
) {
  const written = (fact: ShapeFact): string => {
    const n = facts[fact]
    if (n === undefined) return ''
    return SIZES.includes(fact) ? format.bytes(n) : SHARES.includes(fact) ? format.share(n) : format.count(n)
  }
  const said = {
    ...(Object.fromEntries(FACTS.map((fact) => [fact, written(fact)])) as Record<ShapeFact, string>),
    value: format.value(value),
    share: format.share(share),
    subject: '',
    other: '',
  }
  if (subject.kind === 'function') said.subject = format.name(subject.func)
  if (subject.kind === 'package') said.subject = subject.path
  if (subject.kind === 'line') {
    said.subject = format.name(subject.func)
    said.other = subject.leaf < 0 ? '' : format.name(subject.leaf)
  }
  if (subject.kind === 'chain') {
    said.subject = format.name(subject.first)
    said.other = format.name(subject.last)
  }
  return words.shapes[id].sentence(said)
}
