/** Where the reader goes: zooming to boxes and out again, moving the camera by hand, and the way to a named box. */
import { type Boxes, FOLD } from '../../core/layout/boxes.ts'
import { clampShares, visiblePx, type Window, zoomFor } from '../../core/layout/camera.ts'
import type { BoxDetails } from '../../core/layout/details.ts'
import { findBox, findPath } from '../../core/layout/tree-path.ts'
import type { CallPath } from '../../core/query/call-tree.ts'
import type { FrameLoop } from './frame-loop.ts'
import type { GraphLayout } from './graph-layout.ts'
import type { MarkedBoxes } from './marked-boxes.ts'
import { samePath, sameWindow } from './viewpoint.ts'

/** goTo makes its box at least this wide. */
const reachable = 80
/** Boxes of a run are opened to about this many px each. */
const tellApart = 12

export class Navigation {
  /** The reader is moving the camera by hand. */
  moving = false
  /** The window that the parent was told last; while the reader moves, it comes back. */
  private told: Window | null = null
  private goal: { path: CallPath; pathHash: number } | null = null
  /** The selected box is scrolled to once the zoom it asked for has arrived. */
  private revealLater = false
  /** Depth that is in the middle of the view once the zoom that was asked for begins; -1 = the root is in view. */
  private depthLater = -1

  constructor(
    private readonly layout: GraphLayout,
    private readonly marks: MarkedBoxes,
    private readonly loop: FrameLoop,
  ) {}

  /** Starts the way from where the camera is to what the props ask for. */
  begin(zoomed: boolean, oldZoom: CallPath): void {
    this.moving = false
    const { layout } = this
    const { camera, props } = layout
    // The deeper of the two zoomed boxes should not jump when lines fold.
    const deeper = oldZoom.length > props.zoom.length ? oldZoom : props.zoom
    const before = layout.pathTop(deeper)
    camera.pick(props, camera.target(props))
    layout.invalidate()
    let rise = 0
    if (zoomed) {
      layout.fitContent()
      layout.lines.showRoot()
      if (this.depthLater >= 0) layout.lines.center(this.depthLater - layout.firstDepth())
      this.depthLater = -1
      rise = before - layout.pathTop(deeper)
    }
    this.marks.clearHover()
    camera.begin(props, rise)
  }

  /** Moves the window within the zoomed box, by the reader's hand; false when it is there already. */
  setShares(lo: number, hi: number): boolean {
    const { layout } = this
    if (!layout.camera.setShares(lo, hi, layout.props)) return false
    this.moving = true
    layout.invalidate()
    this.tell(false)
    this.loop.drawBoxes()
    this.loop.settleSoon()
    return true
  }

  private tell(settled: boolean): void {
    this.told = this.layout.camera.window()
    this.layout.props.onWindow(this.told, settled)
  }

  /** Whether a window that the parent asks for is only what it was told. */
  isEcho(window: Window | null): boolean {
    return this.moving && sameWindow(window, this.told)
  }

  /**
   * Moves the window to shares of the whole graph: within the zoomed box where that holds them, else away from it.
   * `depth` is to be in the middle of the view, -1 = whatever the lines show.
   */
  showPart(lo: number, hi: number, depth = -1): void {
    const { layout } = this
    const { camera, props } = layout
    const [from, to] = camera.extent()
    const slack = (hi - lo) * 1e-6
    if (props.zoom.length === 0 || (lo >= from - slack && hi <= to + slack)) {
      this.setShares((lo - from) / (to - from), (hi - from) / (to - from))
      if (depth >= 0) layout.lines.center(depth - layout.firstDepth())
      return
    }
    if (!props.onLeave) return
    this.moving = true
    this.depthLater = depth
    props.onLeave(clampShares(lo, hi, 0))
  }

  /** Zooms by a factor about a point, given as share of the view's width. */
  zoomBy(factor: number, at: number): void {
    const [lo, hi] = this.layout.camera.shares
    const point = lo + (hi - lo) * at
    const next = [point - (point - lo) / factor, point + (hi - point) / factor] as const
    // Further out than the zoomed box is wide: out of it.
    if (next[1] - next[0] > 1 && this.layout.props.onLeave) {
      const [from, to] = this.layout.camera.extent()
      this.showPart(from + next[0] * (to - from), from + next[1] * (to - from))
    } else this.setShares(...next)
  }

  /** False when there is nothing more in this direction. */
  panBy(px: number): boolean {
    if (px === 0) return false
    const { camera, view } = this.layout
    const [lo, hi] = camera.shares
    const by = (px / Math.max(1, view.width)) * (hi - lo)
    return this.setShares(lo + by, hi + by)
  }

  /** The same, up and down. */
  scrollBy(px: number): boolean {
    return this.layout.lines.scrollBy(px)
  }

  /** A click on, or Enter at, a box; `clientX` says where in it. */
  activate(boxes: Boxes, i: number, clientX?: number): void {
    const { layout, marks } = this
    const { camera } = layout
    const details = layout.detailsAt(boxes, i)
    marks.select(boxes, i)
    if (details.kind === 'run') {
      this.windowToRun(details, clientX === undefined ? 0 : layout.shareOfBox(boxes, i, clientX))
      return
    }
    if (boxes.kind[i] !== FOLD && boxes.row[i] === camera.zoomRow) {
      if (camera.window()) this.askWindow(null)
      return
    }
    this.askZoom(details.path, details)
  }

  /**
   * Zooms to a run without leaving the zoomed box. One of very many boxes would show nothing new: then to
   * the part of it about `at` (share of the run) in which the boxes can be told apart.
   */
  private windowToRun({ start, end, count }: BoxDetails, at: number): void {
    const most = Math.max(1, this.layout.view.width / tellApart)
    const size = (end - start) * Math.min(1, most / Math.max(1, count))
    const lo = Math.min(end - size, Math.max(start, start + (end - start) * at - size / 2))
    this.askWindow(this.layout.camera.sharesOf(lo, lo + size))
  }

  /** Asks for a window at once; whatever movement there was is over. */
  private askWindow(window: Window | null): void {
    this.moving = false
    this.layout.props.onWindow(window, true)
  }

  private askZoom(path: CallPath, details: BoxDetails): void {
    this.moving = false
    this.depthLater = -1
    this.layout.props.onZoom(path, details)
  }

  /** One caller up from the zoomed box, or the whole of it when the camera shows a part. */
  zoomOut(): void {
    const { tree, camera } = this.layout
    if (camera.window()) {
      this.askWindow(null)
      return
    }
    if (camera.zoomRow === 0) return
    const details = this.layout.detailsOf(tree, tree.parent[camera.zoomRow])
    this.askZoom(details.path, details)
  }

  reset(): void {
    const { tree, props, camera } = this.layout
    if (props.zoom.length > 0) this.askZoom([], this.layout.detailsOf(tree, 0, 0))
    else if (camera.window()) this.askWindow(null)
  }

  /** Escape takes back one thing at a time; false when nothing was left. */
  escape(): boolean {
    const { layout, marks } = this
    if (marks.selected) {
      const i = marks.selectedIndex()
      marks.deselect()
      // The zoomed box bears no ring: to the reader nothing would seem to happen.
      if (i >= 0 && layout.all.row[i] !== layout.camera.zoomRow) return true
    }
    if (layout.camera.window()) {
      this.askWindow(null)
      return true
    }
    if (layout.props.zoom.length === 0) return false
    this.reset()
    return true
  }

  /** See FlameGraphHandle. */
  goTo(path: CallPath, pathHash: number): boolean {
    const { tree, detail, info } = this.layout.props
    const there =
      findBox(tree, info.hash, path, pathHash) >= 0 ||
      (detail !== null && findBox(detail, info.hash, path, pathHash) >= 0)
    if (!there && tree.complete) return false
    // Taken up in the next frame: a zoom asked for just before has arrived by then.
    this.goal = { path, pathHash: pathHash }
    this.loop.drawBoxes()
    return true
  }

  /** Goes on towards the box that goTo named, if it did. */
  pursue(): void {
    if (!this.goal) return
    const { path, pathHash: key } = this.goal
    const { layout, marks } = this
    const { camera, props, view } = layout
    const { tree: whole, detail, info } = props
    let tree = layout.tree
    let row = -1
    for (const candidate of [layout.tree, whole, detail]) {
      if (!candidate || row >= 0) continue
      row = findBox(candidate, info.hash, path, key)
      tree = candidate
    }
    if (row < 0) {
      // Merged in every tree at hand: zoom to its caller and go on when the finer tree is there.
      const caller = path.slice(0, -1)
      if (samePath(caller, props.zoom)) return
      this.askZoom(caller, layout.detailsOf(whole, findPath(whole, info.hash, caller).row, 0))
      return
    }
    this.goal = null
    marks.selectNamed({ path, pathHash: key, run: false }, tree, row)
    const px = view.width
    const inZoom = tree === layout.tree && camera.zoomRow <= row && row < tree.subtreeEnd[camera.zoomRow]
    const { seen, whole: full } = visiblePx(tree, row, camera.target(props), px)
    if (!inZoom || full < reachable || seen < Math.min(reachable, full - 1)) {
      const details = layout.detailsOf(tree, zoomFor(tree, row, px, reachable))
      if (samePath(details.path, props.zoom)) this.askWindow(null)
      else this.askZoom(details.path, details)
      this.revealLater = true
    } else layout.lines.reveal(layout.lineOfRow(row))
  }

  /** Ends what a movement left to do once it is over. */
  settle(): void {
    const { layout } = this
    if (this.moving) {
      this.moving = false
      this.tell(true)
    }
    if (this.revealLater) {
      this.revealLater = false
      const i = this.marks.selectedIndex()
      if (i >= 0) layout.lines.reveal(layout.all.line[i])
    }
  }
}
