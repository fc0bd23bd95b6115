/** Rows coloured by something else than their package: steps of a scale, and how thinly some are founded. */
import { differenceSteps, vanished } from '../compare/box-difference.ts'
import type { CallTree } from '../query/call-tree.ts'
import type { TreeColumns } from '../query/tree-columns.ts'
import { type Scale, type ScaleKind, STEPS } from './shade.ts'

/** Boxes that rest on so few raw samples may be there by chance. */
const FEW_SAMPLES = 3
/** Least part of a box that makes it one of those that are singled out. */
const LIT_SHARE = 0.5

export interface Shade {
  /** Per row: step of the scale, -1 = not known; null while boxes are coloured by package. */
  step: Int8Array | null
  kind: ScaleKind
  /** Per row: 1 where it rests on few samples; null = not said. */
  faint: Uint8Array | null
  /** Per row: 1 where it is not of what is singled out; null = nothing is. */
  dim: Uint8Array | null
  /** Per row: 1 where nothing is left of what the base had; null where nothing is compared. */
  hollow: Uint8Array | null
}

/** Boxes by how much more or less they became; null for a tree that compares nothing. */
export function differenceShade(tree: CallTree): Shade | null {
  if (!tree.sides) return null
  return { step: differenceSteps(tree), kind: 'diverging', faint: null, dim: null, hollow: vanished(tree) }
}

export interface ShadeInput {
  scale: Scale | null
  /** Per row; the quotient is what the scale is of. */
  over: Float64Array | null
  under: Float64Array | null
  /** The quotient is multiplied by it: turns values into shares. */
  factor: number
  raw: Float64Array | null
  /** Per row, in the unit of `width`: how much of it belongs to what the reader singled out; null = nothing is. */
  lit: Float64Array | null
  width: Float64Array
}

/** True when the columns are of the rows of this tree. */
export function columnsFit(tree: CallTree, { pathHash: key }: TreeColumns): boolean {
  const last = tree.length - 1
  return key.length === tree.length && key[last] === tree.pathHash[last] && key[last >> 1] === tree.pathHash[last >> 1]
}

export function shadeOf(length: number, { scale, over, under, factor, raw, lit, width }: ShadeInput): Shade | null {
  const faint = raw && Uint8Array.from(raw, (n) => (n > 0 && n < FEW_SAMPLES + 0.5 ? 1 : 0))
  // What filters took away singles nothing out.
  const dim = lit && lit[0] > 0 ? Uint8Array.from(lit, (v, r) => (v < LIT_SHARE * width[r] ? 1 : 0)) : null
  if (!scale || !over || !under)
    return faint || dim ? { step: null, kind: 'diverging', faint, dim, hollow: null } : null
  const step = new Int8Array(length)
  for (let r = 0; r < length; r++) {
    const value = (over[r] / under[r]) * factor
    // Nothing over nothing, and merged boxes, have no place on the scale.
    step[r] = Number.isNaN(value) ? -1 : stepOf(scale, value)
  }
  return { step, kind: scale.kind, faint, dim, hollow: null }
}

export function stepOf({ limits }: Scale, value: number): number {
  const at = limits.findIndex((limit) => value < limit)
  return at < 0 ? STEPS - 1 : at
}
