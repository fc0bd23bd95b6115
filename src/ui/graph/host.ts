/** What the input and the accessible tree may ask of the graph they belong to. */

import type { BoxName } from '../../core/layout/box-name.ts'
import type { Boxes } from '../../core/layout/boxes.ts'
import type { Window } from '../../core/layout/camera.ts'
import type { BoxDetails } from '../../core/layout/details.ts'
import type { CallTree } from '../../core/query/call-tree.ts'
import type { Words } from '../words/en.ts'
import type { FlameGraphProps } from './props.ts'

export interface Elements {
  host: HTMLElement
  graph: HTMLCanvasElement
  marks: HTMLCanvasElement
  scroller: HTMLElement
  tree: HTMLElement
}

/** Indexes are into `boxes` or `all`, -1 = none; positions are CSS pixels. */
export interface GraphHost {
  readonly el: Elements
  readonly props: FlameGraphProps
  readonly words: Words['graph']
  /** The boxes drawn last. */
  readonly boxes: Boxes
  /** The same view with all its lines. */
  readonly all: Boxes
  readonly tree: CallTree
  readonly shares: Window
  readonly selectedName: BoxName | null
  setShares(lo: number, hi: number): void
  zoomBy(factor: number, at: number): void
  panBy(px: number): void
  scrollBy(px: number): void
  mostZoom(): number
  boxAt(clientX: number, clientY: number): number
  detailsAt(boxes: Boxes, i: number): BoxDetails
  activate(boxes: Boxes, i: number, clientX?: number): void
  zoomOut(): boolean
  reset(): void
  escape(): boolean
  setPointer(point: { x: number; y: number } | null): void
  walkTo(i: number): void
  focusChanged(name: BoxName | null, seen: boolean): void
  focusByKey(): boolean
  focusIndex(): number
  itemIndex(target: EventTarget | null): number
  nameOf(boxes: Boxes, i: number): BoxName
  place(i: number): { x: number; y: number; w: number; h: number }
  zoneNumber(row: number): number
}
