/**
 * The graph on screen. React makes it once and hands it props; everything per frame happens here, without
 * React: camera, layout, drawing, marks. Input (flame-input.ts) and the accessible tree (item-tree.ts) are
 * its hands and its voice.
 */
import { type BoxName, findNamed, nameBox } from '../../core/layout/box-name.ts'
import { Boxes, FOLD, RUN } from '../../core/layout/boxes.ts'
import { findBox, findPath, visiblePx, WHOLE, type Window, zoomFor } from '../../core/layout/camera.ts'
import { type BoxDetails, boxDetails, type DetailsSource, runDetails } from '../../core/layout/details.ts'
import { boxOfRow, type FlameView, hitTest, layoutFlame } from '../../core/layout/flame.ts'
import { HEAD } from '../../core/layout/heat.ts'
import type { CallPath, CallTree } from '../../core/query/call-tree.ts'
import type { Frame } from '../../draw/flame.ts'
import type { Words } from '../words/en.ts'
import { FlameInput } from './flame-input.ts'
import { FrameClock } from './frame-clock.ts'
import type { Elements, GraphHost } from './host.ts'
import { ItemTree } from './item-tree.ts'
import { Lines, side } from './lines.ts'
import type { Look } from './look.ts'
import { Painter } from './painter.ts'
import type { FlameGraphProps, SnapshotBox } from './props.ts'
import { samePath, sameWindow, Viewpoint } from './viewpoint.ts'

/** A movement counts as over after this long without another step. */
const settleMs = 140
const allLines = 2 ** 30
/** goTo makes its box at least this wide. */
const reachable = 80
/** Boxes of a run are opened to about this many px each. */
const tellApart = 12

export class FlameHost implements GraphHost {
  props!: FlameGraphProps
  /** The boxes drawn last. */
  readonly boxes = new Boxes()
  /** The same view with all its lines, for walking and for the accessible tree. */
  readonly all = new Boxes()
  private readonly painter: Painter
  private readonly input: FlameInput
  private readonly items: ItemTree
  private readonly clock = new FrameClock()
  private readonly resizer: ResizeObserver
  private pixelRatio: MediaQueryList | null = null

  private readonly look: Look
  private readonly lines: Lines
  private readonly at = new Viewpoint()
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

  private moving = false
  private allStale = true
  private raf = 0
  private settleTimer = 0
  private graphDirty = true
  private marksDirty = true
  private lastAsked = ''
  private goal: { path: CallPath; key: number } | null = null

  private hover = -1
  private pointer: { x: number; y: number } | null = null
  private selected: BoxName | null = null
  private focus: BoxName | null = null
  private focusSeen = false
  private reportedZoom = 0

  words!: Words['graph']

  constructor(readonly el: Elements) {
    this.painter = new Painter(el)
    this.look = this.painter.look
    this.lines = new Lines(el.scroller, el.tree, this.frame)
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

  /** Tree the boxes' rows belong to. */
  get tree(): CallTree {
    return this.at.tree
  }

  get shares(): Window {
    return this.at.shares
  }

  mostZoom(): number {
    return this.at.mostZoom()
  }

  // ---- props -------------------------------------------------------------------------------------------

  update(next: FlameGraphProps, words: Words['graph']): void {
    const last = this.props as FlameGraphProps | undefined
    const { at, look } = this
    if (this.words !== words) {
      this.words = words
      this.allStale = true
    }
    this.props = next
    this.lines.flipped = next.flipped
    if (!last || last.theme !== next.theme || last.names !== next.names || last.own !== next.own) look.stale = true
    else if (
      last.zones !== next.zones ||
      last.zonesOff !== next.zonesOff ||
      last.shade !== next.shade ||
      last.match !== next.match
    ) {
      look.forgetSkins()
    }
    const newTree = !last || last.tree !== next.tree || last.detail !== next.detail
    if (newTree) look.keepOnly(next.tree, next.detail)
    const zoomed = !last || !samePath(last.zoom, next.zoom)
    // While the reader moves, what comes back is an echo of an earlier step.
    const windowed = !last || (!this.moving && !sameWindow(last.window, next.window))
    const wide = next.window ?? WHOLE
    const otherWidths = !last || last.sampleType !== next.sampleType || last.tree !== next.tree
    const moved = zoomed || (windowed && !sameWindow(wide, at.shares))
    if (zoomed || windowed) at.shares = wide
    if (last && moved && !otherWidths) this.begin(zoomed, last.zoom)
    else if (newTree || moved) {
      if (otherWidths) at.stop()
      at.aim(next)
    }
    if (newTree || moved) this.allStale = true
    if (last && last.flipped !== next.flipped) this.lines.showRoot()
    this.el.host.classList.toggle('late', next.late)
    this.invalidate()
    // The first picture goes on screen with the page around it; what else a new tree asks for follows it.
    if (last) this.settleSoon(newTree ? 0 : settleMs)
    else this.clock.afterPaint(() => this.settle())
  }

  // ---- camera ------------------------------------------------------------------------------------------

  /** Starts the way from where the camera is to what the props ask for. */
  private begin(zoomed: boolean, oldZoom: CallPath): void {
    const { at, props } = this
    // The deeper of the two zoomed boxes should not jump when lines fold.
    const deeper = oldZoom.length > props.zoom.length ? oldZoom : props.zoom
    const before = this.pathTop(deeper)
    at.pick(props, at.target(props))
    this.allStale = true
    let rise = 0
    if (zoomed) {
      this.fitContent()
      this.lines.showRoot()
      rise = before - this.pathTop(deeper)
    }
    this.hover = -1
    at.begin(props, rise)
  }

  /** Top on the canvas of the box a path leads to. */
  private pathTop(path: CallPath): number {
    const { row } = findPath(this.tree, this.props.info.hash, path)
    return this.lines.top(this.at.lineOf(row, this.view.maxAncestors))
  }

  /** Moves the window within the zoomed box, by the reader's hand. */
  setShares(lo: number, hi: number): void {
    if (!this.at.setShares(lo, hi, this.props)) return
    this.moving = true
    this.allStale = true
    this.props.onWindow(this.at.window(), false)
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
    this.lines.scrollBy(px)
  }

  /**
   * Zooms to a run without leaving the zoomed box. One of very many boxes would show nothing new: then to
   * the part of it about `at` (share of the run) in which the boxes can be told apart.
   */
  private windowToRun({ start, end, count }: BoxDetails, at: number): void {
    const most = Math.max(1, this.view.width / tellApart)
    const size = (end - start) * Math.min(1, most / Math.max(1, count))
    const lo = Math.min(end - size, Math.max(start, start + (end - start) * at - size / 2))
    this.askWindow(this.at.sharesOf(lo, lo + size))
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
    if (boxes.kind[i] === RUN) return runDetails(this.tree, row, boxes.next[i], this.at.zoomRow, this.source())
    return boxDetails(this.tree, row, this.at.zoomRow, this.source())
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
    if (boxes.kind[i] !== FOLD && boxes.row[i] === this.at.zoomRow) {
      if (this.at.window()) this.askWindow(null)
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
    if (this.at.window()) {
      this.askWindow(null)
      return true
    }
    if (this.at.zoomRow === 0) return false
    const details = boxDetails(this.tree, this.tree.parent[this.at.zoomRow], this.at.zoomRow, this.source())
    this.askZoom(details.path, details)
    return true
  }

  reset(): void {
    if (this.props.zoom.length > 0) this.askZoom([], boxDetails(this.tree, 0, 0, this.source()))
    else if (this.at.window()) this.askWindow(null)
  }

  /** Escape takes back one thing at a time; false when nothing was left. */
  escape(): boolean {
    if (this.selected) {
      const i = this.find(this.all, this.selected)
      this.deselect()
      // The zoomed box bears no ring: to the reader nothing would seem to happen.
      if (i >= 0 && this.all.row[i] !== this.at.zoomRow) return true
    }
    if (this.at.window()) {
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
    if (!this.selected || this.reportedZoom === this.at.zoomRow) return
    this.reportedZoom = this.at.zoomRow
    const i = this.find(this.all, this.selected)
    if (i >= 0) this.props.onSelect(this.detailsAt(this.all, i))
  }

  setPointer(point: { x: number; y: number } | null): void {
    const began = performance.now()
    this.pointer = point
    const hover = point && !this.at.travelling ? this.boxAt(point.x, point.y) : -1
    if (hover !== this.hover) {
      this.hover = hover
      this.el.tree.style.cursor = hover >= 0 ? '' : 'default'
      this.reportHover()
      this.marksDirty = true
      this.invalidate(false)
    }
    this.clock.note('hover', began)
  }

  /** Details of the box under the pointer, else of the one the keyboard is at. */
  private reportHover(): void {
    const focus = this.hover < 0 && this.focusSeen ? this.find(this.all, this.focus) : -1
    if (this.hover >= 0) this.props.onHover(this.detailsAt(this.boxes, this.hover))
    else this.props.onHover(focus >= 0 ? this.detailsAt(this.all, focus) : null)
  }

  /** Keyboard focus goes to a box of `all`. */
  walkTo(i: number): void {
    if (i < 0) return
    this.focusSeen = true
    this.focus = this.nameOf(this.all, i)
    this.items.focusBox(i)
    this.lines.reveal(this.all.line[i])
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
    return nameBox(this.tree, this.props.info.hash, boxes, i)
  }

  /** Index in `boxes` of a named box, -1 when it is not visible. */
  find(boxes: Boxes, name: BoxName | null): number {
    return findNamed(this.tree, this.props.info.hash, boxes, name)
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
    const { heat } = this.look.skin(this.tree, this.props)
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
    return Math.max(0, boxOfRow(this.tree, this.all, this.at.zoomRow))
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
    this.props.onSelect(boxDetails(tree, row, this.at.zoomRow, this.source()))
    this.items.markSelected()
    const px = this.view.width
    const inZoom = tree === this.tree && this.at.zoomRow <= row && row < tree.end[this.at.zoomRow]
    const { seen, whole: full } = visiblePx(tree, row, this.at.target(this.props), px)
    if (!inZoom || full < reachable || seen < Math.min(reachable, full - 1)) {
      const to = zoomFor(tree, row, px, reachable)
      const details = boxDetails(tree, to, this.at.zoomRow, this.source())
      if (samePath(details.path, this.props.zoom)) this.askWindow(null)
      else this.askZoom(details.path, details)
      this.revealLater = true
    } else this.lines.reveal(this.at.lineOf(row, this.view.maxAncestors))
  }

  private revealLater = false

  // ---- geometry ----------------------------------------------------------------------------------------

  private fitContent(): void {
    this.fillAll()
    this.lines.fit(this.all.lastLine + 1)
  }

  /** Box of `all` in the coordinates of the tree element, for its item. */
  place(i: number): { x: number; y: number; w: number; h: number } {
    const y = this.lines.topInContent(this.all.line[i])
    return { x: this.all.x[i], y, w: this.all.w[i], h: this.lines.rowHeight() - 1 }
  }

  private onScroll = (): void => {
    this.lines.read()
    this.invalidate()
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.el.host
    // Observers report once what was known from the start.
    if (clientWidth !== this.frame.width || clientHeight !== this.frame.height) this.reread()
  }

  private reread(): void {
    this.look.stale = true
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
    this.reread()
  }

  /** Takes over sizes, fonts and colours of the page. */
  private readPage(): void {
    this.look.read(this.el.host, this.props, this.frame, this.view)
    this.painter.fit(this.frame)
    this.allStale = true
    this.at.aim(this.props)
    this.fitContent()
    this.graphDirty = true
  }

  /** Lays out all lines of where the camera is going. */
  private fillAll(): void {
    if (!this.allStale) return
    this.allStale = false
    const [lo, hi] = this.at.target(this.props)
    layoutFlame(this.tree, { ...this.view, zoom: this.at.zoomRow, lo, hi, firstLine: 0, lastLine: allLines }, this.all)
  }

  // ---- frames ------------------------------------------------------------------------------------------

  private invalidate(graph = true): void {
    if (graph) this.graphDirty = true
    if (this.raf === 0) this.raf = requestAnimationFrame(this.onFrame)
  }

  private onFrame = (now: number): void => {
    this.raf = 0
    this.tick(now, true)
  }

  /** inFrame: the browser is making a frame, and shows it right after this. */
  private tick(now: number, inFrame = false): void {
    if (!this.props) return
    const began = performance.now()
    if (this.look.stale || this.frame.dpr !== devicePixelRatio) this.readPage()
    if (this.frame.width === 0 || this.frame.height === 0) return
    if (this.goal) this.reach(this.goal)
    const { labels, arrived } = this.at.step(now, this.props)
    if (arrived) this.settleSoon(0)
    if (this.graphDirty || arrived || this.at.travelling) {
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
    this.clock.shown(this.props.info.id, inFrame)
    if (this.at.travelling) this.invalidate()
  }

  private layout(): void {
    const { at, view } = this
    const { first, last } = this.lines.place(at.rise)
    view.firstLine = first
    view.lastLine = last
    view.zoom = at.zoomRow
    view.lo = at.camera[0]
    view.hi = at.camera[1]
    layoutFlame(this.tree, view, this.boxes)
  }

  private draw(labels: number): void {
    const { tree, boxes, frame } = this
    const quick = this.moving || this.at.travelling
    const done = this.painter.draw(
      { tree, boxes, frame, whole: this.source().whole, labels, quick },
      this.props,
      this.words,
    )
    // The labels that had to wait come with the next frame.
    if (!done) this.invalidate()
  }

  private drawMarks(): void {
    const selected = this.at.travelling ? -1 : this.find(this.boxes, this.selected)
    const focus = this.focusSeen && !this.at.travelling ? this.find(this.boxes, this.focus) : -1
    const zoomed = selected >= 0 && this.boxes.row[selected] === this.at.zoomRow
    this.painter.drawMarks(this.frame, this.boxes, { hover: this.hover, selected: zoomed ? -1 : selected, focus })
  }

  /** After the boxes moved, another one may lie below the pointer. */
  private refreshHover(): void {
    if (!this.pointer || this.at.travelling) {
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
    if (this.look.stale && this.props) this.tick(performance.now())
    if (!this.props || this.at.travelling || this.frame.width === 0) return
    this.fitContent()
    if (this.moving) {
      this.moving = false
      this.props.onWindow(this.at.window(), true)
    }
    if (this.revealLater) {
      this.revealLater = false
      const i = this.find(this.all, this.selected)
      if (i >= 0) this.lines.reveal(this.all.line[i])
    }
    this.reportSelected()
    if (this.focusSeen) this.reportHover()
    this.input.sync()
    this.items.rebuild()
    this.askForMore()
    this.invalidate()
  }

  private askForMore(): void {
    const want = this.at.wanted(this.props, this.view.width, this.view.minBox)
    const asked = JSON.stringify(want) + this.props.sampleType
    if (!want || asked === this.lastAsked) return
    this.lastAsked = asked
    this.props.onNeed(want)
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
        height: this.lines.rowHeight() - 1,
        total: this.boxes.total[i],
        kind: kinds[this.boxes.kind[i]],
      })
    }
    return list
  }
}
