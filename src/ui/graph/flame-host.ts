/**
 * The graph on screen. React makes it once and hands it props; everything per frame happens here, without
 * React: camera, layout, drawing, marks. Input (flame-input.ts) and the accessible tree (item-tree.ts) are
 * its hands and its voice.
 */
import { easeCubicInOut } from 'd3'
import { Boxes, FOLD, RUN } from '../../core/layout/boxes.ts'
import {
  clampShares,
  findBox,
  findPath,
  pathOf,
  travel,
  WHOLE,
  type Window,
  windowOf,
} from '../../core/layout/camera.ts'
import { type BoxDetails, boxDetails, type DetailsSource, runDetails } from '../../core/layout/details.ts'
import { boxOfRow, type FlameView, foldedDepth, hitTest, layoutFlame } from '../../core/layout/flame.ts'
import { HEAD, type Heat, heatOf } from '../../core/layout/heat.ts'
import { LabelFitter, type TextMeasure } from '../../core/layout/label.ts'
import { formatValue } from '../../core/model/units.ts'
import type { CallPath, CallTree } from '../../core/query/call-tree.ts'
import { isExpression } from '../../core/query/name-match.ts'
import type { ZoneFamily } from '../../core/zones/zone.ts'
import { drawFlame, type Frame, runStrokes } from '../../draw/flame.ts'
import { drawOverlay } from '../../draw/overlay.ts'
import { FunctionColors, type Paint, paintRows } from '../../draw/paint.ts'
import { type Palette, readPalette } from '../../draw/palette.ts'
import { zonePattern } from '../../draw/patterns.ts'
import { canvasMeasure } from '../../draw/text-width.ts'
import type { Words } from '../words/en.ts'
import { FlameInput } from './flame-input.ts'
import { FrameClock } from './frame-clock.ts'
import type { BoxName, Elements, GraphHost } from './host.ts'
import { ItemTree } from './item-tree.ts'
import type { FlameGraphProps, SnapshotBox } from './props.ts'

/** Space around the boxes, so that rings and outlines are never cut. */
const side = 12
const padTop = 3
const padBottom = 10
/** A movement counts as over after this long without another step. */
const settleMs = 140
const allLines = 2 ** 30
/** Functions that may get their first label in one frame. */
const labelsInMotion = 24
const labelsAtRest = 250
/** goTo makes its box at least this wide. */
const reachable = 80
/** Boxes of a run are opened to about this many px each. */
const tellApart = 12

interface Move {
  way: (t: number) => Window
  began: number
  duration: number
  /** How far the lines still have to travel vertically when it begins, in px. */
  rise: number
}

/** What belongs to one tree and changes only with zones, search and theme. */
interface Skin {
  heat: Heat | null
  paint: Paint
}

export class FlameHost implements GraphHost {
  props!: FlameGraphProps
  /** The boxes drawn last. */
  readonly boxes = new Boxes()
  /** The same view with all its lines, for walking and for the accessible tree. */
  readonly all = new Boxes()
  /** Tree the boxes' rows belong to. */
  tree!: CallTree
  zoomRow = 0
  /** Window within the zoomed box, as shares; what `props.window` is once the parent has heard of it. */
  shares: Window = WHOLE

  private readonly graphCtx: CanvasRenderingContext2D
  private readonly marksCtx: CanvasRenderingContext2D
  private readonly input: FlameInput
  private readonly items: ItemTree
  private readonly clock = new FrameClock()
  private readonly resizer: ResizeObserver
  private pixelRatio: MediaQueryList | null = null

  private palette!: Palette
  private functions!: FunctionColors
  private fitter!: LabelFitter
  private measure!: TextMeasure
  private patterns: Partial<Record<ZoneFamily, CanvasPattern | null>> = {}
  private runPattern: CanvasPattern | null = null
  private skins = new Map<CallTree, Skin>()
  private readonly frame: Frame = {
    width: 0,
    height: 0,
    left: side,
    top: 0,
    step: 20,
    dpr: 1,
    fontSize: 11.5,
    font: '11.5px sans-serif',
    moreAbove: false,
    moreBelow: false,
  }
  private readonly view: FlameView = {
    zoom: 0,
    lo: 0,
    hi: 1,
    width: 0,
    minBox: 2,
    maxAncestors: 6,
    firstLine: 0,
    lastLine: allLines,
  }

  private camera: Window = WHOLE
  private move: Move | null = null
  private moving = false
  private rise = 0
  private scrollTop = 0
  private contentHeight = 0
  private allStale = true
  private raf = 0
  private settleTimer = 0
  private graphDirty = true
  private marksDirty = true
  private tokensDirty = true
  private lastAsked = ''
  private goal: { path: CallPath; key: number } | null = null

  private hover = -1
  private pointer: { x: number; y: number } | null = null
  private selected: BoxName | null = null
  private focus: BoxName | null = null
  private focusSeen = false
  private reportedZoom = 0

  constructor(
    readonly el: Elements,
    readonly words: Words['graph'],
  ) {
    // Opaque: text on it gets the better smoothing, and nothing behind it has to be blended.
    this.graphCtx = context(el.graph, false)
    this.marksCtx = context(el.marks, true)
    this.input = new FlameInput(this)
    this.items = new ItemTree(this)
    el.scroller.addEventListener('scroll', this.onScroll, { passive: true })
    this.resizer = new ResizeObserver(() => this.resize())
    this.resizer.observe(el.host)
    this.watchPixelRatio()
  }

  destroy(): void {
    cancelAnimationFrame(this.raf)
    clearTimeout(this.settleTimer)
    this.resizer.disconnect()
    this.pixelRatio?.removeEventListener('change', this.onPixelRatio)
    this.el.scroller.removeEventListener('scroll', this.onScroll)
    this.input.destroy()
    this.items.destroy()
  }

  // ---- props -------------------------------------------------------------------------------------------

  update(next: FlameGraphProps): void {
    const last = this.props as FlameGraphProps | undefined
    this.props = next
    if (!last || last.info.id !== next.info.id) {
      this.selected = null
      this.focus = null
      this.move = null
      this.skins.clear()
      this.tokensDirty = true
      this.lastAsked = ''
    }
    if (!last || last.theme !== next.theme) this.tokensDirty = true
    if (
      last &&
      (last.zones !== next.zones ||
        last.zonesOff !== next.zonesOff ||
        last.zonesShown !== next.zonesShown ||
        last.match !== next.match)
    ) {
      this.skins.clear()
    }
    const newTree = !last || last.tree !== next.tree || last.detail !== next.detail
    if (newTree) {
      for (const tree of this.skins.keys()) if (tree !== next.tree && tree !== next.detail) this.skins.delete(tree)
    }
    const zoomed = !last || !samePath(last.zoom, next.zoom)
    // While the reader moves, what comes back is an echo of an earlier step.
    const windowed = !last || (!this.moving && !sameWindow(last.window, next.window))
    const wide = next.window ?? WHOLE
    const otherWidths = !last || last.sampleType !== next.sampleType || last.tree !== next.tree
    if (last && !otherWidths && (zoomed || (windowed && !sameWindow(wide, this.shares)))) {
      this.shares = wide
      this.begin(zoomed, last.zoom)
    } else {
      if (zoomed || windowed) this.shares = wide
      if (newTree || zoomed || windowed) {
        if (otherWidths) this.move = null
        this.aim()
      }
    }
    if (last && last.flipped !== next.flipped) this.showRoot()
    this.el.host.classList.toggle('late', next.late)
    this.invalidate()
    this.settleSoon(last === undefined || newTree ? 0 : settleMs)
  }

  /** Points the camera at the zoomed box at once, unless a movement is under way. */
  private aim(): void {
    this.pickTree(this.target())
    if (!this.move) this.camera = this.target()
    this.allStale = true
  }

  /** Window that the zoom and the shares ask for, in width units. */
  private target(): Window {
    const { tree, detail, zoom, info } = this.props
    const coarse = findPath(tree, info.hash, zoom)
    if (coarse.found === zoom.length || !detail) return windowOf(tree, coarse.row, this.shares)
    return windowOf(detail, findPath(detail, info.hash, zoom).row, this.shares)
  }

  /** Takes the finer tree where it covers what is looked at. */
  private pickTree([lo, hi]: Window): void {
    const { tree, detail, zoom, info } = this.props
    let pick = tree
    let at = findPath(tree, info.hash, zoom)
    if (detail && !tree.complete) {
      const fine = findPath(detail, info.hash, zoom)
      const slack = (hi - lo) * 1e-6
      const covered =
        detail.root <= fine.row &&
        fine.row < detail.end[detail.root] &&
        detail.lo <= lo + slack &&
        detail.hi >= hi - slack &&
        detail.minWidth <= tree.minWidth
      if (fine.found > at.found || (fine.found === at.found && covered)) {
        pick = detail
        at = fine
      }
    }
    if (this.tree !== pick || this.zoomRow !== at.row) this.allStale = true
    this.tree = pick
    this.zoomRow = at.row
  }

  // ---- camera ------------------------------------------------------------------------------------------

  /** Starts the way from where the camera is to what the props ask for. */
  private begin(zoomed: boolean, oldZoom: CallPath): void {
    // The deeper of the two zoomed boxes should not jump when lines fold.
    const deeper = oldZoom.length > this.props.zoom.length ? oldZoom : this.props.zoom
    const before = zoomed && this.frame.height > 0 ? this.pathTop(deeper) : 0
    const from = this.camera
    const to = this.target()
    this.pickTree(to)
    this.allStale = true
    let rise = 0
    if (zoomed) {
      this.fitContent()
      this.showRoot()
      rise = before - this.pathTop(deeper)
    }
    const duration = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 220
    this.hover = -1
    if (duration === 0 || this.view.width === 0) {
      this.move = null
      this.camera = to
      return
    }
    this.move = { way: travel(from, to), began: performance.now(), duration, rise }
    this.invalidate()
  }

  /** Top on the canvas of the box a path leads to. */
  private pathTop(path: CallPath): number {
    return this.lineTop(this.lineOf(findPath(this.tree, this.props.info.hash, path).row))
  }

  private lineOf(row: number): number {
    const { depth } = this.tree
    return Math.max(0, depth[row] - foldedDepth(depth[this.zoomRow], this.view.maxAncestors))
  }

  /** Moves the window within the zoomed box, by the reader's hand. */
  setShares(lo: number, hi: number): void {
    const least = 1 / this.mostZoom()
    const next = clampShares(lo, hi, least)
    if (sameWindow(next, this.shares) && !this.move) return
    this.shares = next
    this.move = null
    this.moving = true
    this.camera = this.target()
    this.pickTree(this.camera)
    this.allStale = true
    this.props.onWindow(this.sharesOrNull(), false)
    this.invalidate()
    this.settleSoon(settleMs)
  }

  /** Zooms by a factor about a point, given as share of the view's width. */
  zoomBy(factor: number, at: number): void {
    const [lo, hi] = this.shares
    const point = lo + (hi - lo) * at
    this.setShares(point - (point - lo) / factor, point + (hi - point) / factor)
  }

  panBy(px: number): void {
    const [lo, hi] = this.shares
    const by = (px / Math.max(1, this.view.width)) * (hi - lo)
    this.setShares(lo + by, hi + by)
  }

  scrollBy(px: number): void {
    this.el.scroller.scrollTop += px
  }

  /** How far the camera can go in: the narrowest box may fill the view. */
  mostZoom(): number {
    return Math.max(1, Math.min(1e9, this.tree.width[this.zoomRow] / narrowest(this.tree)))
  }

  private sharesOrNull(): Window | null {
    return this.shares[0] <= 0 && this.shares[1] >= 1 ? null : this.shares
  }

  /**
   * Zooms to a run without leaving the zoomed box. One of very many boxes would show nothing new: then to
   * the part of it about `at` (share of the run) in which the boxes can be told apart.
   */
  private windowToRun({ start, end, count }: BoxDetails, at: number): void {
    const from = this.tree.start[this.zoomRow]
    const width = this.tree.width[this.zoomRow]
    const most = Math.max(1, this.view.width / tellApart)
    const size = (end - start) * Math.min(1, most / Math.max(1, count))
    const lo = Math.min(end - size, Math.max(start, start + (end - start) * at - size / 2))
    const shares = clampShares((lo - from) / width, (lo + size - from) / width, 1 / this.mostZoom())
    this.askWindow(shares)
  }

  // ---- what input asks for -----------------------------------------------------------------------------

  /** Index of the drawn box at a client position, -1 = none. */
  boxAt(clientX: number, clientY: number): number {
    const rect = this.el.host.getBoundingClientRect()
    const y = clientY - rect.top - this.frame.top
    const lines = y / this.frame.step
    const line = this.frame.step > 0 ? Math.floor(lines) : Math.ceil(lines)
    return line < 0 ? -1 : hitTest(this.boxes, clientX - rect.left - side, line)
  }

  detailsAt(boxes: Boxes, i: number): BoxDetails {
    const row = boxes.row[i]
    if (boxes.kind[i] === RUN) return runDetails(this.tree, row, boxes.next[i], this.zoomRow, this.source())
    return boxDetails(this.tree, row, this.zoomRow, this.source())
  }

  private source(): DetailsSource {
    const { names, files, info, sampleType } = this.props
    return { names, files, hash: info.hash, whole: info.sampleTypes[sampleType]?.total || this.tree.width[0] }
  }

  /** A click on, or Enter at, a box; `clientX` says where in it. */
  activate(boxes: Boxes, i: number, clientX?: number): void {
    const details = this.detailsAt(boxes, i)
    if (details.kind === 'run') {
      this.select(boxes, i)
      const left = this.el.host.getBoundingClientRect().left + side + boxes.x[i]
      this.windowToRun(details, clientX === undefined ? 0 : (clientX - left) / boxes.w[i])
      return
    }
    this.select(boxes, i)
    if (boxes.kind[i] !== FOLD && boxes.row[i] === this.zoomRow) {
      if (this.sharesOrNull()) this.askWindow(null)
      return
    }
    this.askZoom(details.path, details)
  }

  /** Asks for a window at once; whatever movement there was is over. */
  private askWindow(window: Window | null): void {
    this.moving = false
    this.props.onWindow(window, true)
  }

  private askZoom(path: CallPath, details: BoxDetails): void {
    this.moving = false
    this.props.onZoom(path, details)
  }

  /** One caller up from the zoomed box, or the whole of it when the camera shows a part. */
  zoomOut(): boolean {
    if (this.sharesOrNull()) {
      this.askWindow(null)
      return true
    }
    if (this.zoomRow === 0) return false
    const details = boxDetails(this.tree, this.tree.parent[this.zoomRow], this.zoomRow, this.source())
    this.askZoom(details.path, details)
    return true
  }

  reset(): void {
    if (this.props.zoom.length > 0) this.askZoom([], boxDetails(this.tree, 0, 0, this.source()))
    else if (this.sharesOrNull()) this.askWindow(null)
  }

  /** Escape takes back one thing at a time; false when nothing was left. */
  escape(): boolean {
    if (this.selected) {
      const i = this.find(this.all, this.selected)
      this.deselect()
      // The zoomed box bears no ring: to the reader nothing would seem to happen.
      if (i >= 0 && this.all.row[i] !== this.zoomRow) return true
    }
    if (this.sharesOrNull()) {
      this.askWindow(null)
      return true
    }
    if (this.props.zoom.length === 0) return false
    this.reset()
    return true
  }

  select(boxes: Boxes, i: number): void {
    this.selected = this.nameOf(boxes, i)
    this.props.onSelect(this.detailsAt(boxes, i))
    this.marksDirty = true
    this.invalidate(false)
    this.items.markSelected()
  }

  private deselect(): void {
    this.selected = null
    this.props.onSelect(null)
    this.marksDirty = true
    this.invalidate(false)
    this.items.markSelected()
  }

  /** Shares of the zoomed box change with every zoom, so the details are given again. */
  private reportSelected(): void {
    if (!this.selected || this.reportedZoom === this.zoomRow) return
    this.reportedZoom = this.zoomRow
    const i = this.find(this.all, this.selected)
    if (i >= 0) this.props.onSelect(this.detailsAt(this.all, i))
  }

  setPointer(point: { x: number; y: number } | null): void {
    const began = performance.now()
    this.pointer = point
    const hover = point && !this.move ? this.boxAt(point.x, point.y) : -1
    if (hover !== this.hover) {
      this.hover = hover
      this.el.tree.style.cursor = hover >= 0 ? '' : 'default'
      this.props.onHover(hover >= 0 ? this.detailsAt(this.boxes, hover) : null)
      this.marksDirty = true
      this.invalidate(false)
    }
    this.clock.note('hover', began)
  }

  /** Keyboard focus goes to a box of `all`. */
  walkTo(i: number): void {
    if (i < 0) return
    this.focusSeen = true
    this.focus = this.nameOf(this.all, i)
    this.items.focusBox(i)
    this.reveal(this.all.line[i])
    this.props.onHover(this.detailsAt(this.all, i))
    this.marksDirty = true
    this.invalidate(false)
  }

  /** The real focus entered or left an item; `seen` when the keyboard did it. */
  focusChanged(name: BoxName | null, seen: boolean): void {
    if (name) this.focus = name
    this.focusSeen = name !== null && seen
    if (!name) this.props.onHover(null)
    this.marksDirty = true
    this.invalidate(false)
  }

  nameOf(boxes: Boxes, i: number): BoxName {
    const run = boxes.kind[i] === RUN && boxes.count[i] !== 1
    const row = run ? this.tree.parent[boxes.row[i]] : boxes.row[i]
    return { path: pathOf(this.tree, this.props.info.hash, row), key: this.tree.key[boxes.row[i]], run }
  }

  /** Index in `boxes` of a named box, -1 when it is not visible. */
  find(boxes: Boxes, name: BoxName | null): number {
    if (!name) return -1
    const { hash } = this.props.info
    if (!name.run) {
      const row = findBox(this.tree, hash, name.path, name.key)
      return row < 0 ? -1 : boxOfRow(this.tree, boxes, row)
    }
    for (let i = 0; i < boxes.length; i++) if (this.tree.key[boxes.row[i]] === name.key) return i
    return -1
  }

  /** Whether the keyboard moved the focus last. */
  focusByKey(): boolean {
    return this.input.byKey
  }

  /** Index in `all` of the box an accessible item stands for, -1 when the target is none. */
  itemIndex(target: EventTarget | null): number {
    return this.items.indexOf(target)
  }

  /** Number of the zone that a row is a place of, 0 = none. */
  zoneNumber(row: number): number {
    const { heat } = this.skin()
    return heat && heat.role[row] === HEAD ? heat.rank[heat.zone[row]] : 0
  }

  get selectedName(): BoxName | null {
    return this.selected
  }

  /** Box of `all` that has the keyboard focus, or where it would go: the focused, selected or zoomed one. */
  focusIndex(): number {
    this.fillAll()
    for (const name of [this.focus, this.selected]) {
      const i = this.find(this.all, name)
      if (i >= 0) return i
    }
    return Math.max(0, boxOfRow(this.tree, this.all, this.zoomRow))
  }

  focusGraph(): void {
    this.settle()
    this.walkTo(this.focusIndex())
  }

  goTo(path: CallPath, key: number): boolean {
    const { tree, detail, info } = this.props
    const there =
      findBox(tree, info.hash, path, key) >= 0 || (detail !== null && findBox(detail, info.hash, path, key) >= 0)
    if (!there && tree.complete) return false
    // Taken up in the next frame: a zoom asked for just before has arrived by then.
    this.goal = { path, key }
    this.invalidate()
    return true
  }

  private reach({ path, key }: { path: CallPath; key: number }): void {
    const { tree: whole, detail, info } = this.props
    let tree = this.tree
    let row = -1
    for (const candidate of [this.tree, whole, detail]) {
      if (!candidate || row >= 0) continue
      row = findBox(candidate, info.hash, path, key)
      tree = candidate
    }
    if (row < 0) {
      // Merged in every tree at hand: zoom to its caller and go on when the finer tree is there.
      const caller = path.slice(0, -1)
      if (samePath(caller, this.props.zoom)) return
      this.askZoom(caller, boxDetails(whole, findPath(whole, info.hash, caller).row, 0, this.source()))
      return
    }
    this.goal = null
    this.selected = { path, key, run: false }
    this.focus = this.selected
    this.props.onSelect(boxDetails(tree, row, this.zoomRow, this.source()))
    this.items.markSelected()
    const [lo, hi] = this.target()
    const px = this.view.width
    const inZoom = tree === this.tree && this.zoomRow <= row && row < tree.end[this.zoomRow]
    const wide = (tree.width[row] / (hi - lo)) * px
    const seen = Math.min(hi, tree.start[row] + tree.width[row]) - Math.max(lo, tree.start[row])
    const inWindow = (seen / (hi - lo)) * px >= Math.min(reachable, wide - 1)
    if (!inZoom || wide < reachable || !inWindow) {
      // The widest caller in which the box is wide enough keeps the most of its surroundings.
      let to = row
      for (let r = row; r >= 0; r = tree.parent[r]) {
        if ((tree.width[row] / tree.width[r]) * px < reachable) break
        to = r
      }
      const details = boxDetails(tree, to, this.zoomRow, this.source())
      if (samePath(details.path, this.props.zoom)) this.askWindow(null)
      else this.askZoom(details.path, details)
      this.revealLater = true
    } else this.reveal(this.lineOf(row))
  }

  private revealLater = false

  // ---- geometry ----------------------------------------------------------------------------------------

  /** Height of the scrollable content, given the lines of the present view. */
  private fitContent(): void {
    this.fillAll()
    const lines = this.all.lastLine + 1
    const height = Math.max(this.frame.height, padTop + lines * this.rowHeight() + padBottom)
    if (height === this.contentHeight) return
    const grown = height - this.contentHeight
    this.contentHeight = height
    this.el.tree.style.height = `${height}px`
    // With the root at the bottom everything hangs on the lower edge.
    if (this.props.flipped) this.el.scroller.scrollTop = this.scrollTop + grown
    this.scrollTop = this.el.scroller.scrollTop
  }

  private showRoot(): void {
    this.el.scroller.scrollTop = this.props.flipped ? this.contentHeight : 0
    this.scrollTop = this.el.scroller.scrollTop
  }

  private rowHeight(): number {
    return Math.abs(this.frame.step)
  }

  /** Top of a line on the canvas. */
  private lineTop(line: number): number {
    const h = this.rowHeight()
    const y = this.props.flipped ? this.contentHeight - padTop - (line + 1) * h : padTop + line * h
    return y - this.scrollTop
  }

  /** Box of `all` in the coordinates of the tree element, for its item. */
  place(i: number): { x: number; y: number; w: number; h: number } {
    const y = this.lineTop(this.all.line[i]) + this.scrollTop
    return { x: this.all.x[i], y, w: this.all.w[i], h: this.rowHeight() - 1 }
  }

  private reveal(line: number): void {
    const top = this.lineTop(line)
    const h = this.rowHeight()
    const margin = h * 2
    if (top < margin) this.scrollBy(top - margin)
    else if (top + h > this.frame.height - margin) this.scrollBy(top + h - this.frame.height + margin)
  }

  private onScroll = (): void => {
    this.scrollTop = this.el.scroller.scrollTop
    this.invalidate()
  }

  private resize(): void {
    this.tokensDirty = true
    this.allStale = true
    this.invalidate()
    this.settleSoon(0)
  }

  private watchPixelRatio(): void {
    this.pixelRatio?.removeEventListener('change', this.onPixelRatio)
    this.pixelRatio = matchMedia(`(resolution: ${devicePixelRatio}dppx)`)
    this.pixelRatio.addEventListener('change', this.onPixelRatio)
  }

  private onPixelRatio = (): void => {
    this.watchPixelRatio()
    this.resize()
  }

  /** Sizes, fonts and colours, read from the page. */
  private readTokens(): void {
    this.tokensDirty = false
    const style = getComputedStyle(this.el.host)
    const token = (name: string) => style.getPropertyValue(name)
    const { clientWidth, clientHeight } = this.el.host
    const { frame, view } = this
    frame.width = clientWidth
    frame.height = clientHeight
    frame.dpr = devicePixelRatio
    const narrow = clientWidth < 640
    const coarse = matchMedia('(pointer: coarse)').matches
    frame.fontSize = narrow || coarse ? 13 : Number.parseFloat(token('--flame-type')) || 11.5
    frame.font = `${frame.fontSize}px ${style.fontFamily}`
    view.width = Math.max(0, clientWidth - 2 * side)
    view.minBox = narrow || coarse ? 3 : Number.parseFloat(token('--flame-min-box')) || 2
    view.maxAncestors = narrow ? 1 : 6
    const base = narrow || coarse ? 26 : Number.parseFloat(token('--flame-row')) || 20
    // Rows grow a little where the whole tree has room.
    const lines = this.props.info.maxDepth + 1
    const roomy = Math.floor((clientHeight - padTop - padBottom) / Math.max(1, lines))
    const row = Math.max(base, Math.min(24, roomy))
    frame.step = this.props.flipped ? -row : row
    for (const canvas of [this.el.graph, this.el.marks]) {
      const w = Math.round(clientWidth * frame.dpr)
      const h = Math.round(clientHeight * frame.dpr)
      if (canvas.width !== w) canvas.width = w
      if (canvas.height !== h) canvas.height = h
    }
    this.palette = readPalette(token)
    const { names, info, zones } = this.props
    this.functions = new FunctionColors(this.palette, (func) => names.get(func), info.module)
    this.measure = canvasMeasure(this.graphCtx, frame.font)
    this.fitter = new LabelFitter(this.measure, (func) => names.get(func))
    this.patterns = {}
    for (const { family } of zones?.zones ?? []) this.ensurePattern(family)
    this.runPattern = runStrokes(this.graphCtx, this.palette, frame.dpr)
    this.skins.clear()
    this.allStale = true
  }

  private ensurePattern(family: ZoneFamily): void {
    if (family in this.patterns) return
    this.patterns[family] = zonePattern(this.graphCtx, family, this.palette.embers[family].ink, this.frame.dpr)
  }

  private skin(): Skin {
    let skin = this.skins.get(this.tree)
    if (!skin) {
      const { zones, zonesOff, zonesShown, match } = this.props
      const heat = zonesShown ? heatOf(this.tree, zones, zonesOff) : null
      const families = (zones?.zones ?? []).map((zone) => zone.family)
      for (const family of families) this.ensurePattern(family)
      skin = { heat, paint: paintRows(this.tree, this.functions, heat, families, match) }
      this.skins.set(this.tree, skin)
    }
    return skin
  }

  /** Lays out all lines of where the camera is going. */
  private fillAll(): void {
    if (!this.allStale) return
    this.allStale = false
    const [lo, hi] = this.target()
    layoutFlame(this.tree, { ...this.view, zoom: this.zoomRow, lo, hi, firstLine: 0, lastLine: allLines }, this.all)
  }

  // ---- frames ------------------------------------------------------------------------------------------

  private invalidate(graph = true): void {
    if (graph) this.graphDirty = true
    if (this.raf === 0) this.raf = requestAnimationFrame(this.tick)
  }

  private tick = (now: number): void => {
    this.raf = 0
    if (!this.props) return
    const began = performance.now()
    if (this.tokensDirty) {
      this.readTokens()
      this.pickTree(this.target())
      this.fitContent()
      if (!this.move) this.camera = this.target()
      this.graphDirty = true
    }
    if (this.frame.width === 0 || this.frame.height === 0) return
    if (this.goal) this.reach(this.goal)
    const labels = this.step(now)
    if (this.graphDirty || this.move) {
      this.graphDirty = false
      this.layout()
      this.draw(labels)
      this.refreshHover()
      this.marksDirty = true
    }
    if (this.marksDirty) {
      this.marksDirty = false
      this.drawMarks()
    }
    this.clock.note('frame', began)
    this.clock.shown(this.props.info.id)
    if (this.move) this.invalidate()
  }

  /** Advances a movement; answers how strong labels are. */
  private step(now: number): number {
    const { move } = this
    if (!move) {
      this.rise = 0
      return 1
    }
    const passed = Math.max(0, now - move.began)
    if (passed >= move.duration) {
      this.camera = this.target()
      this.move = null
      this.rise = 0
      this.graphDirty = true
      this.settleSoon(0)
      return 1
    }
    const t = easeCubicInOut(passed / move.duration)
    this.camera = move.way(t)
    this.rise = move.rise * (1 - t)
    return Math.max(0, 1 - passed / 60, 1 - (move.duration - passed) / 80)
  }

  private layout(): void {
    const { frame, view } = this
    frame.step = this.props.flipped ? -this.rowHeight() : this.rowHeight()
    frame.top = this.lineTop(0) + this.rise
    const rows = frame.height / this.rowHeight()
    const first = frame.step > 0 ? -frame.top / frame.step : (frame.height - frame.top) / frame.step
    view.firstLine = Math.max(0, Math.floor(first) - 1)
    view.lastLine = Math.ceil(first + rows) + 1
    view.zoom = this.zoomRow
    view.lo = this.camera[0]
    view.hi = this.camera[1]
    frame.moreAbove = this.scrollTop > 1
    frame.moreBelow = this.scrollTop + frame.height < this.contentHeight - 1
    layoutFlame(this.tree, view, this.boxes)
  }

  private draw(labels: number): void {
    const { heat, paint } = this.skin()
    const { zones, focusedZone, match, searchText, sampleType, info, rootLabel } = this.props
    const unit = info.sampleTypes[sampleType]?.unit ?? ''
    this.fitter.allow(this.moving || this.move ? labelsInMotion : labelsAtRest)
    drawFlame(this.graphCtx, {
      tree: this.tree,
      boxes: this.boxes,
      frame: this.frame,
      paint,
      palette: this.palette,
      fitter: this.fitter,
      measure: this.measure,
      heat,
      families: (zones?.zones ?? []).map((zone) => zone.family),
      patterns: this.patterns,
      runPattern: this.runPattern,
      focusedZone: zones?.zones.findIndex((zone) => zone.id === focusedZone) ?? -1,
      underline: match && searchText && !isExpression(searchText) ? searchText.toLowerCase() : '',
      searching: match !== null,
      whole: this.source().whole,
      labels,
      rootLabel: rootLabel ?? this.words.rootLabel(formatValue(this.tree.total[0], unit)),
      foldLabel: this.words.callersAbove,
      runLabel: this.runLabel,
    })
    // The labels that had to wait come with the next frame.
    if (this.fitter.starved) this.invalidate()
  }

  private readonly runLabels = new Map<number, string>()
  private runLabel = (count: number): string => {
    let text = this.runLabels.get(count)
    if (text === undefined) {
      text = this.words.merged(count)
      this.runLabels.set(count, text)
    }
    return text
  }

  private drawMarks(): void {
    const selected = this.move ? -1 : this.find(this.boxes, this.selected)
    const focus = this.focusSeen && !this.move ? this.find(this.boxes, this.focus) : -1
    const zoomed = selected >= 0 && this.boxes.row[selected] === this.zoomRow
    drawOverlay(
      this.marksCtx,
      this.frame,
      this.boxes,
      { hover: this.hover, selected: zoomed ? -1 : selected, focus },
      this.palette,
    )
  }

  /** After the boxes moved, another one may lie below the pointer. */
  private refreshHover(): void {
    if (!this.pointer || this.move) {
      this.hover = -1
      return
    }
    this.hover = -2
    this.setPointer(this.pointer)
  }

  // ---- at rest -----------------------------------------------------------------------------------------

  private settleSoon(ms: number): void {
    clearTimeout(this.settleTimer)
    this.settleTimer = window.setTimeout(() => this.settle(), ms)
  }

  /** What need not happen on every frame: scroll height, accessible tree, asking for a finer tree. */
  private settle(): void {
    clearTimeout(this.settleTimer)
    if (this.tokensDirty) this.tick(performance.now())
    if (this.move || this.frame.width === 0 || !this.props) return
    this.fitContent()
    if (this.moving) {
      this.moving = false
      this.props.onWindow(this.sharesOrNull(), true)
    }
    if (this.revealLater) {
      this.revealLater = false
      const i = this.find(this.all, this.selected)
      if (i >= 0) this.reveal(this.all.line[i])
    }
    this.reportSelected()
    this.input.sync()
    this.items.rebuild()
    this.askForMore()
    this.invalidate()
  }

  private askForMore(): void {
    const { props, view, tree } = this
    if (props.tree.complete) return
    const [lo, hi] = this.target()
    const least = ((hi - lo) / view.width) * view.minBox
    if (tree.minWidth <= least * 1.01 || (tree !== props.tree && tree.complete)) return
    const [from, to] = this.shares
    const margin = (to - from) / 2
    const want = {
      path: props.zoom,
      from: Math.max(0, from - margin),
      to: Math.min(1, to + margin),
      minShare: least / 2 / props.tree.width[0],
    }
    const asked = JSON.stringify(want) + props.sampleType
    if (asked === this.lastAsked) return
    this.lastAsked = asked
    props.onNeed(want)
  }

  snapshot(): SnapshotBox[] {
    const rect = this.el.host.getBoundingClientRect()
    const kinds = ['box', 'ancestor', 'fold', 'run'] as const
    const list: SnapshotBox[] = []
    for (let i = 0; i < this.boxes.length; i++) {
      const func = this.tree.func[this.boxes.row[i]]
      list.push({
        name: func >= 0 ? this.props.names.get(func) : '',
        x: rect.left + side + this.boxes.x[i],
        y: rect.top + this.frame.top + this.boxes.line[i] * this.frame.step,
        width: this.boxes.w[i],
        height: this.rowHeight() - 1,
        total: this.boxes.total[i],
        kind: kinds[this.boxes.kind[i]],
      })
    }
    return list
  }
}

function context(canvas: HTMLCanvasElement, alpha: boolean): CanvasRenderingContext2D {
  const ctx = canvas.getContext('2d', { alpha })
  if (!ctx) throw new Error('This browser has no 2D canvas')
  return ctx
}

function samePath(a: CallPath, b: CallPath): boolean {
  return a === b || (a.length === b.length && a.every((step, i) => step === b[i]))
}

function sameWindow(a: Window | null, b: Window | null): boolean {
  const x = a ?? WHOLE
  const y = b ?? WHOLE
  return Math.abs(x[0] - y[0]) < 1e-12 && Math.abs(x[1] - y[1]) < 1e-12
}

const narrowestOf = new WeakMap<CallTree, number>()

/** Width of the narrowest box of a tree, in width units. */
function narrowest(tree: CallTree): number {
  let least = narrowestOf.get(tree)
  if (least === undefined) {
    least = tree.width[0] || 1
    for (let r = 0; r < tree.length; r++) if (tree.width[r] > 0 && tree.width[r] < least) least = tree.width[r]
    narrowestOf.set(tree, least)
  }
  return least
}
