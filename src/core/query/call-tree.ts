/**
 * The merged call tree of functions, in rows the screen can show: what the engine answers and what the
 * layout reads. Boxes too small to see are never built; each group of them is one REST row.
 */
import type { SampleTypeRow } from '../model/rows.ts'

/** func of row 0, "all samples". */
export const ROOT = -1
/** func of a row that stands for siblings too small to show. */
export const REST = -2

/** Steps from the root: the 30-bit name hash (FunctionTable.hash) of each function, outermost first. */
export type CallPath = readonly number[]

export interface CallTree {
  /** Rows in depth-first order; parent < row; the subtree of row r is rows [r, subtreeEnd[r]). Row 0 is the root. */
  length: number
  /** Symbol (FunctionTable.symbol), or ROOT or REST. */
  func: Int32Array
  /** File (row of ProfileInfo.files, -1 = unknown) and line of the heaviest frame merged into this row. */
  file: Int32Array
  line: Int32Array
  parent: Int32Array
  depth: Int32Array
  subtreeEnd: Int32Array
  /** In the sample type's unit, signed. total = self + children (REST rows included). */
  self: Float64Array
  total: Float64Array
  /**
   * Horizontal extent in the same unit: the root spans [0, width[0]). Siblings lie side by side in the
   * asked order; a row's own self part is at the right end. Equal to total unless the profile has
   * negative values: then width is the sum of absolute values, which is never negative.
   */
  x: Float64Array
  width: Float64Array
  /** REST rows: how many sibling boxes it stands for. Other rows 0. */
  merged: Int32Array
  /** 1 where every frame merged into the row is an inlined call. */
  inlined: Uint8Array
  /** Bit i set: this row is a head (a place) of zones[i] of the ZoneReport made for the same sample type. */
  zoneHead: Uint32Array
  /** False when the zones were not known yet: zoneHead is empty, and the same request asked again has them. */
  hasFindings: boolean
  /** 52-bit hash of the path of function names; the same box has the same one in every tree of this profile. */
  pathHash: Float64Array
  /** Of a comparison; null of any other profile. */
  sides: TreeSides | null
  /** Row the request's path led to; the rows above it are its ancestors without their other children. */
  root: number
  /** How many steps of the requested path existed; root is the deepest that did. */
  found: number
  /** True when there is no REST row: the tree is whole and no finer one exists. */
  complete: boolean
  /** Boxes narrower than this (in width units) were merged. */
  minWidth: number
  /** Only this part of the root's extent was expanded (whole: [0, width[0]]). */
  lo: number
  hi: number
}

/** What the rows of a comparison's tree hold besides their difference (`total`); NaN in REST rows. */
export interface TreeSides {
  /** Total of the base, on the scale of the query; the current one is base + total. */
  base: Float64Array
  /** Of both together, see compare/noise.ts. */
  variance: Float64Array
  /** What the values of each side were multiplied by. */
  factors: { base: number; current: number }
}

export interface TreeRequest {
  /** Row of sampleTypes. */
  sampleType: SampleTypeRow
  order: 'size' | 'name'
  path: CallPath
  /** Share of the whole tree's width below which boxes are merged. The engine may answer finer. */
  minShare: number
  /** Wanted part of the root path's extent, as shares of it (0..1). */
  from: number
  to: number
  /** How many levels below the path are expanded; left out = all. */
  levels?: number
}
