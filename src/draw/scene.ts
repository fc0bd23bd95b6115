/** What is to be drawn, and where its boxes lie on the canvas. */
import type { Boxes } from '../core/layout/boxes.ts'
import type { Heat } from '../core/layout/heat.ts'
import type { LabelFitter, TextMeasure } from '../core/layout/label.ts'
import type { CallTree } from '../core/query/call-tree.ts'
import type { ZoneFamily } from '../core/zones/zone.ts'
import type { Paint } from './paint.ts'
import type { Palette } from './palette.ts'

/** Where lines and edges lie on the canvas, in CSS px. */
export interface Frame {
  width: number
  height: number
  /** Left edge of the boxes. */
  left: number
  /** Top of line 0, and what each further line adds (negative with the root at the bottom). */
  top: number
  step: number
  dpr: number
  /** Size of labels. */
  fontSize: number
  font: string
  /** Whether lines lie beyond the upper and the lower edge, for the fades. */
  moreAbove: boolean
  moreBelow: boolean
}

export interface Scene {
  tree: CallTree
  boxes: Boxes
  frame: Frame
  paint: Paint
  palette: Palette
  fitter: LabelFitter
  measure: TextMeasure
  heat: Heat | null
  /** Colour family of each zone. */
  families: readonly ZoneFamily[]
  patterns: Readonly<Partial<Record<ZoneFamily, CanvasPattern | null>>>
  runPattern: CanvasPattern | null
  /** What of the tree is in view, in its width units. */
  lo: number
  hi: number
  /** How wide that is drawn, in CSS px. */
  width: number
  /** Index of the zone to stress, -1 = none. */
  focusedZone: number
  /** Lower-case text whose letters are underlined in matching labels; '' = none. */
  underline: string
  searching: boolean
  /** What 100% is. */
  whole: number
  /** 0..1; labels fade while boxes travel. */
  labels: number
  /** The picture will be replaced by the next frame: corners of small boxes are not rounded. */
  quick: boolean
  /** Label of the root row, of a line of folded callers, of a run of merged boxes. */
  rootLabel: string
  foldLabel: (callers: number) => string
  runLabel: (boxes: number) => string
}

/** Of the corners of boxes, in CSS px. */
export const RADIUS = 2
/** Boxes of less width have neither round corners nor outlines, in CSS px. */
export const NARROW = 6

/** Left and right edge on whole device px, and the gap to the next box. */
export function leftEdge(frame: Frame, boxes: Boxes, i: number): number {
  return Math.round((frame.left + boxes.x[i]) * frame.dpr) / frame.dpr
}

export function drawnWidth(frame: Frame, boxes: Boxes, i: number, left: number): number {
  const w = boxes.w[i]
  const right = Math.round((frame.left + boxes.x[i] + w) * frame.dpr) / frame.dpr
  const gap = w >= 3 ? 1 : w >= 1.5 ? 0.5 : 0
  const drawn = Math.round((right - left - gap) * frame.dpr) / frame.dpr
  return Math.max(drawn, 0.5)
}

export function topEdge(frame: Frame, line: number): number {
  return Math.round((frame.top + line * frame.step) * frame.dpr) / frame.dpr
}

export function boxHeight(frame: Frame): number {
  return Math.round((Math.abs(frame.step) - 1) * frame.dpr) / frame.dpr
}

/** Whether a run of merged boxes has a match among them. */
export function holdsMatch(scene: Scene, i: number): boolean {
  const { matches } = scene.paint
  return matches !== null && matches[scene.boxes.next[i]] > matches[scene.boxes.row[i]]
}
