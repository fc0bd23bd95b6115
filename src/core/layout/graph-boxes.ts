/**
 * What stands in the boxes and on the arrows of a call graph, and how large that makes them. As pprof draws it, a box
 * is as large as its own value and an arrow as thick as what runs through it. Pure: widths of texts come from outside.
 */
import { parseGoName } from '../model/go-name.ts'
import type { Granularity } from '../query/query-spec.ts'
import { keyLabels, shortKeyName, splitKeyName } from './key-name.ts'
import { drawable } from './label.ts'

export interface BoxLine {
  text: string
  /** CSS px. */
  size: number
  kind: 'package' | 'name' | 'number'
}

/** CSS px. Lines stand below each other in the middle of the box. */
export interface GraphBox {
  lines: readonly BoxLine[]
  width: number
  height: number
}

/** What is written on an arrow. */
export interface EdgeLabel {
  lines: readonly string[]
  width: number
  height: number
}

export type MeasureText = (text: string, size: number, bold: boolean) => number

/** Sizes of a name without a value of its own, and of the one with the largest. */
const SMALLEST_NAME = 11
const LARGEST_NAME = 24
/** Smallest size of everything else in a box; it grows with the name, less. */
const SMALLEST = 10.5
/** Letters that stand in one line. A longer name is broken where it has a dot, and cut at the end of its second line. */
const LINE = 26
const LONGEST_LINE = 34
const PADDING_X = 9
const PADDING_Y = 6
const LEADING = 1.22
export const EDGE_TYPE = 10.5
/** Room around the text of an arrow, so that it touches neither an arrow nor its neighbour. */
const EDGE_PADDING_X = 4
const EDGE_PADDING_Y = 2

/** CSS px. share: the box's own value ÷ the largest one of the graph, 0 to 1. Small values grow more, so that they can be told apart. */
export const nameSize = (share: number) => stepped(SMALLEST_NAME + (LARGEST_NAME - SMALLEST_NAME) * Math.sqrt(share))

/** Half pixels: a browser sets up a font for every size, which takes longer than its text. */
const stepped = (size: number) => Math.round(2 * size) / 2

/** numbers: one text for each line below the name. */
export function graphBox(
  name: string,
  granularity: Granularity,
  numbers: readonly string[],
  share: number,
  measure: MeasureText,
): GraphBox {
  const size = nameSize(share)
  const small = Math.max(SMALLEST, stepped(size * 0.72))
  const { qualifier, own } = nameParts(name, granularity)
  const lines: BoxLine[] = []
  if (qualifier !== '') lines.push({ text: shorten(qualifier), size: small, kind: 'package' })
  for (const text of broken(own)) lines.push({ text, size, kind: 'name' })
  for (const text of numbers) lines.push({ text, size: small, kind: 'number' })
  const width = lines.reduce((max, line) => Math.max(max, measure(line.text, line.size, line.kind === 'name')), 0)
  const height = lines.reduce((sum, line) => sum + line.size * LEADING, 0)
  return { lines, width: Math.ceil(width + 2 * PADDING_X), height: Math.ceil(height + 2 * PADDING_Y) }
}

/** Distance of each line's baseline from the top of its box. */
export function baselines({ lines }: GraphBox): number[] {
  let at = PADDING_Y
  return lines.map(({ size }) => {
    const line = at + size * (LEADING - 0.27)
    at += size * LEADING
    return line
  })
}

/** thickness: of the arrow's line, in whose middle Graphviz puts an edge of the label. */
export function edgeLabel(lines: readonly string[], thickness: number, measure: MeasureText): EdgeLabel {
  const width = lines.reduce((max, text) => Math.max(max, measure(text, EDGE_TYPE, false)), 0)
  return {
    lines,
    width: Math.ceil(width + 2 * EDGE_PADDING_X + thickness),
    height: Math.ceil(lines.length * EDGE_TYPE * LEADING + 2 * EDGE_PADDING_Y),
  }
}

/** Width of an arrow's line. weight and whole are values; as in pprof, one that everything runs through is six times as thick. */
export const edgeWidth = (weight: number, whole: number) => 1 + 5 * shareOf(weight, whole)

/** 0 to 1, whatever the signs. */
export const shareOf = (value: number, whole: number) => (whole === 0 ? 0 : Math.min(1, Math.abs(value / whole)))

/**
 * Where a share stands between grey (0) and the hottest colour (1) of the scale. As in pprof, a power moves shares away
 * from grey, since most are small, and the smallest are moved back towards it, so that they do not look warm: here from a
 * tenth down and with the power 0.4, in pprof from a fifth down and with 0.3.
 */
export const heatOfShare = (share: number) => (share <= 0 ? 0 : Math.min(1, share / 0.1) * share ** 0.4)

function nameParts(full: string, granularity: Granularity): { qualifier: string; own: string } {
  const name = drawable(full)
  if (granularity === 'files' || granularity === 'packages') {
    const labels = keyLabels(name, granularity)
    const { text, prefix } = labels.find((label) => label.text.split('/').length <= 3) ?? { text: name, prefix: 0 }
    return { qualifier: text.slice(0, prefix), own: text.slice(prefix) }
  }
  const short = shortKeyName(name, granularity)
  const { shortPackage } = parseGoName(splitKeyName(name, granularity).code)
  const hasPackage = shortPackage !== '' && short.startsWith(`${shortPackage}.`)
  return hasPackage
    ? { qualifier: shortPackage, own: short.slice(shortPackage.length + 1) }
    : { qualifier: '', own: short || name }
}

const shorten = (text: string) => (text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE - 1)}…` : text)

/** One line or two. */
function broken(text: string): string[] {
  if (text.length <= LINE) return [text]
  // Behind the last dot, bracket, slash or space that leaves a first line that fits; else where the line is full.
  let at = 0
  for (let i = 1; i < Math.min(text.length, LINE + 1); i++) if (/[.)\]/ _,]/.test(text[i - 1] as string)) at = i
  // A dot belongs to what follows it.
  if (at > 1 && text[at - 1] === '.') at--
  if (at < 4) at = Math.min(LONGEST_LINE, text.length)
  const first = text.slice(0, at).trimEnd()
  const rest = text.slice(at)
  return rest === '' ? [first] : [first, shorten(rest)]
}
