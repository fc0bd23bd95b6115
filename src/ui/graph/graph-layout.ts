/**
 * What is to be seen: the boxes of the tree under the camera, where each lies on the page, what it is called and
 * what is to be said of it. Indexes are into `boxes` or `all`, -1 = none; positions are CSS pixels.
 */
import { type BoxName, findNamed, nameBox } from '../../core/layout/box-name.ts'
import { Boxes, RUN } from '../../core/layout/boxes.ts'
import { type BoxDetails, boxDetails, type DetailsSource, runDetails } from '../../core/layout/details.ts'
import { boxOfRow, type FlameView, foldedDepth, hitTest, layoutFlame } from '../../core/layout/flame.ts'
import { findPath } from '../../core/layout/tree-path.ts'
import type { CallPath, CallTree } from '../../core/query/call-tree.ts'
import type { Frame } from '../../draw/scene.ts'
import type { Elements } from './elements.ts'
import { Lines, side } from './lines.ts'
import type { FlameGraphProps, SnapshotBox } from './props.ts'
import { Viewpoint } from './viewpoint.ts'

const allLines = 2 ** 30

export class GraphLayout {
  props!: FlameGraphProps
  /** The boxes drawn last. */
  readonly boxes = new Boxes()
  /** The same view with all its lines, for walking and for the accessible tree. */
  readonly all = new Boxes()
  readonly camera = new Viewpoint()
  readonly lines: Lines
  readonly frame: Frame = {
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
  readonly view: FlameView = {
    zoom: 0,
    lo: 0,
    hi: 1,
    width: 0,
    minBox: 2,
    maxAncestors: 6,
    firstLine: 0,
    lastLine: allLines,
  }
  private stale = true
  private boxesOf: CallTree | null = null

  constructor(private readonly el: Elements) {
    this.lines = new Lines(el.scroller, el.tree, this.frame)
  }

  /** Tree the boxes' rows belong to. */
  get tree(): CallTree {
    return this.camera.tree
  }

  /** Whether the boxes drawn last are of the tree in use. */
  get isDrawn(): boolean {
    return this.boxesOf === this.tree
  }

  /** Says that `all` has to be laid out again before it is next read. */
  invalidate(): void {
    this.stale = true
  }

  /** Lays out the visible lines for where the camera is now. */
  layoutBoxes(): void {
    const { camera, view } = this
    const { first, last } = this.lines.place(camera.rise)
    view.firstLine = first
    view.lastLine = last
    view.zoom = camera.zoomRow
    view.lo = camera.camera[0]
    view.hi = camera.camera[1]
    layoutFlame(this.tree, view, this.boxes)
    this.boxesOf = this.tree
  }

  /** Lays out all lines for where the camera is going. */
  layoutAll(): void {
    if (!this.stale) return
    this.stale = false
    const { tree, view, camera } = this
    const [lo, hi] = camera.target(this.props)
    layoutFlame(tree, { ...view, zoom: camera.zoomRow, lo, hi, firstLine: 0, lastLine: allLines }, this.all)
  }

  /** How many lines the whole tree has on the screen, however far the reader has gone in. */
  wholeLines(): number {
    const { props, view, all, camera } = this
    const { tree } = props
    if (camera.tree === tree && camera.zoomRow === 0 && !camera.window()) {
      this.layoutAll()
      return all.lastLine + 1
    }
    layoutFlame(tree, { ...view, zoom: 0, lo: 0, hi: tree.width[0], firstLine: 0, lastLine: allLines }, all)
    this.stale = true
    return all.lastLine + 1
  }

  /** Makes the scrolled content as high as its lines. */
  fitContent(): boolean {
    this.layoutAll()
    return this.lines.fit(this.all.lastLine + 1)
  }

  /** Top on the canvas of the box a path leads to. */
  pathTop(path: CallPath): number {
    const { row } = findPath(this.tree, this.props.info.hash, path)
    return this.lines.top(this.lineOfRow(row))
  }

  /** Depth of the rows in line 0: the callers above the zoomed box share it where they are many. */
  firstDepth(): number {
    return foldedDepth(this.tree.depth[this.camera.zoomRow], this.view.maxAncestors)
  }

  lineOfRow(row: number): number {
    return this.camera.lineOf(row, this.view.maxAncestors)
  }

  /** Index of the drawn box at a client position, -1 = none. */
  boxAt(clientX: number, clientY: number): number {
    if (!this.isDrawn) return -1
    const rect = this.el.host.getBoundingClientRect()
    const y = clientY - rect.top - this.frame.top
    const lines = y / this.frame.step
    const line = this.frame.step > 0 ? Math.floor(lines) : Math.ceil(lines)
    return line < 0 ? -1 : hitTest(this.boxes, clientX - rect.left - side, line)
  }

  /** Where in a box a client position is: 0 at its left end, 1 at its right one. */
  shareOfBox(boxes: Boxes, i: number, clientX: number): number {
    const left = this.el.host.getBoundingClientRect().left + side + boxes.x[i]
    return (clientX - left) / boxes.w[i]
  }

  /** Box of `all` in the coordinates of the tree element, for its item. */
  place(i: number): { x: number; y: number; w: number; h: number } {
    const y = this.lines.topInContent(this.all.line[i])
    return { x: this.all.x[i], y, w: this.all.w[i], h: this.lines.rowHeight() - 1 }
  }

  /** What of a box of `all` is on the screen, in client coordinates. */
  placeOnPage(i: number): { left: number; top: number; right: number; bottom: number } {
    const rect = this.el.host.getBoundingClientRect()
    const left = rect.left + side + this.all.x[i]
    this.lines.read()
    const top = rect.top + this.lines.top(this.all.line[i])
    return { left, top, right: left + Math.min(this.all.w[i], 1), bottom: top + this.lines.rowHeight() - 1 }
  }

  nameOf(boxes: Boxes, i: number): BoxName {
    return nameBox(this.tree, this.props.info.hash, boxes, i)
  }

  /** Index in `boxes` of a named box, -1 when it is not visible. */
  find(boxes: Boxes, name: BoxName | null): number {
    return findNamed(this.tree, this.props.info.hash, boxes, name)
  }

  /** Index in `all` of the zoomed box. */
  zoomedIndex(): number {
    return Math.max(0, boxOfRow(this.tree, this.all, this.camera.zoomRow))
  }

  detailsAt(boxes: Boxes, i: number): BoxDetails {
    const row = boxes.row[i]
    if (boxes.kind[i] === RUN) return runDetails(this.tree, row, boxes.next[i], this.camera.zoomRow, this.source())
    return this.detailsOf(this.tree, row)
  }

  /** Of any box of a tree, visible or not; shares are of the zoomed box. */
  detailsOf(tree: CallTree, row: number, zoomRow = this.camera.zoomRow): BoxDetails {
    return boxDetails(tree, row, zoomRow, this.source())
  }

  /** What 100% is. */
  whole(): number {
    return this.source().whole
  }

  private source(): DetailsSource {
    const { names, files, info, sampleType } = this.props
    return { names, files, hash: info.hash, whole: info.sampleTypes[sampleType]?.total || this.tree.width[0] }
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
