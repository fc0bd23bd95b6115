/** What the graph is given and what it reports. */

import type { Window } from '../../core/layout/camera.ts'
import type { BoxDetails } from '../../core/layout/details.ts'
import type { Shade } from '../../core/layout/row-shade.ts'
import type { Strings } from '../../core/model/strings.ts'
import type { CallPath, CallTree, TreeRequest } from '../../core/query/call-tree.ts'
import type { Granularity } from '../../core/query/query-spec.ts'
import type { ZoneReport } from '../../core/zones/zone.ts'
import type { ProfileInfo } from '../../state/store.ts'

export interface MenuRequest {
  details: BoxDetails
  /** Client coordinates where the menu should open. */
  x: number
  y: number
}

/** What of a profile the graph needs besides its names. */
export type GraphInfo = Pick<ProfileInfo, 'id' | 'hash' | 'sampleTypes'>

export interface FlameGraphProps {
  info: GraphInfo
  /** What a box stands for, and the name of each (CallTree.func). */
  granularity: Granularity
  names: Strings
  /** Import paths of the reader's own code; a new list when they change. */
  own: readonly string[]
  files: Strings
  /** The whole profile. */
  tree: CallTree
  /** A finer tree around the zoomed place, when `tree` is not complete. */
  detail: CallTree | null
  /** Row of info.sampleTypes. */
  sampleType: number
  zones: ZoneReport | null
  /** Ids of the rules that are switched off. */
  zonesOff: ReadonlySet<string>
  focusedZone: string
  /** Colours other than by package, and boxes to fade, per row of a tree; the function changes when they do. */
  shade?: (tree: CallTree) => Shade | null
  /** 1 per function row that matches; null = no search. */
  match: Uint8Array | null
  /** Name row of the function that all views have selected (-1 = none), and the box of it that is meant; [] = none is. */
  func?: number
  place?: CallPath
  /** Plain text of the search, for underlining; a regular expression underlines nothing. */
  searchText?: string
  /** Label of the root row; without it "All" and the total. */
  rootLabel?: string
  /** Accessible name; without it "Flame graph". */
  name?: string
  zoom: CallPath
  /** Camera as shares of the zoomed box's extent; null = all of it. A new zoom is expected to reset it. */
  window: Window | null
  flipped: boolean
  theme: 'light' | 'dark'
  /** The tree answers an earlier question: drawn at 60%. */
  stale: boolean
  onZoom(path: CallPath, details: BoxDetails): void
  /** `settled` is false while the reader is still moving. */
  onWindow(window: Window | null, settled: boolean): void
  /** The reader moved out of the zoomed box: all of the graph, with this window (shares of the whole). */
  onLeave?(window: Window): void
  onNeed(want: Pick<TreeRequest, 'path' | 'from' | 'to' | 'minShare'>): void
  onHover(details: BoxDetails | null): void
  onSelect(details: BoxDetails | null): void
  /** The selected box once more: with another tree or zoom its numbers are others. */
  onRenew?(details: BoxDetails): void
  /** The reader scrolls where there is nothing to scroll: whether to say how to zoom. */
  onIdleWheel(): boolean
  onMenu(request: MenuRequest): void
}

export interface FlameGraphHandle {
  focusGraph(): void
  /** Brings a box into view, at least 60 px wide, and selects it; false when it does not exist. */
  goTo(path: CallPath, pathHash: number): boolean
  /** The boxes on screen, in client coordinates. */
  snapshot(): SnapshotBox[]
}

export interface SnapshotBox {
  name: string
  x: number
  y: number
  width: number
  height: number
  total: number
  kind: 'box' | 'ancestor' | 'fold' | 'run'
}
