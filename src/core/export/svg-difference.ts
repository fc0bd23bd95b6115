/** What a picture of a comparison has besides names: the colour of each box, both its sides in words, and a legend. */
import { differenceOf, differenceSteps, vanished } from '../compare/box-difference.ts'
import { DIFFERENCE_LIMITS } from '../compare/difference-limits.ts'
import { formatShare, formatValue } from '../model/units.ts'
import type { CallTree } from '../query/call-tree.ts'

/** Less to more on white paper, as the light theme has them; the middle is the same, or within noise. */
const COLOURS = ['#6db6ff', '#96c6f7', '#bcd4ed', '#e1e1e1', '#ecc7c3', '#f4aba5', '#f98f87'] as const
/** Where a box has merged ones below it only. */
const UNKNOWN = '#eeeeee'
const SWATCH = 64

export interface DifferencePicture {
  /** Fill of a row's box, and whether nothing is left of it. */
  fill(row: number): string
  isGone(row: number): boolean
  /** "35.4 MiB → 140.2 MiB, +241.2%"; per cent are of the base. */
  text(row: number): string
  /** One line of the legend, its upper edge at y. */
  legend(y: number): string
}

/** Null of a tree that compares nothing. whole: of which per cent are taken. */
export function differencePicture(tree: CallTree, whole: number, unit: string): DifferencePicture | null {
  if (!tree.sides) return null
  const steps = differenceSteps(tree)
  const gone = vanished(tree)
  return {
    fill: (row) => COLOURS[steps[row]] ?? UNKNOWN,
    isGone: (row) => gone[row] === 1,
    text(row) {
      const sides = differenceOf(tree, row)
      const share = whole > 0 ? tree.total[row] / whole : 0
      const change = signed(share, formatShare(share))
      if (!sides) return `${signed(tree.total[row], formatValue(tree.total[row], unit))}, ${change}`
      return `${formatValue(sides.base, unit)} → ${formatValue(sides.current, unit)}, ${change}`
    },
    legend(y) {
      const swatches = COLOURS.map(
        (fill, i) => `<rect x="${4 + i * SWATCH}" y="${y}" width="${SWATCH}" height="8" fill="${fill}"/>`,
      )
      const limits = DIFFERENCE_LIMITS.map(
        (limit, i) =>
          `<text x="${4 + (i + 1) * SWATCH}" y="${y + 19}" text-anchor="middle">${signed(limit, formatShare(limit))}</text>`,
      )
      return [...swatches, ...limits].join('')
    },
  }
}

const signed = (value: number, text: string) => (value > 0 ? `+${text}` : text)
