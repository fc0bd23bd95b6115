/** The boxes that stand out: the one under the pointer, the selected one, and the one with the keyboard focus. */
import type { BoxName } from '../../core/layout/box-name.ts'
import type { Boxes } from '../../core/layout/boxes.ts'
import { findPath } from '../../core/layout/tree-path.ts'
import type { CallTree } from '../../core/query/call-tree.ts'
import type { Marks } from '../../draw/overlay.ts'
import type { FrameClock } from './frame-clock.ts'
import type { FrameLoop } from './frame-loop.ts'
import type { GraphLayout } from './graph-layout.ts'
import type { Look } from './look.ts'
import type { TipAnchor, TipSource } from './tip-source.ts'

/** What follows the marks outside the canvas: the accessible tree. */
interface Items {
  markSelected(): void
  /** Gives the real focus to a box of `all`. */
  focusBox(i: number): void
}

export class MarkedBoxes {
  selected: BoxName | null = null
  private hover = -1
  private pointer: { x: number; y: number } | null = null
  private focus: BoxName | null = null
  /** The keyboard moved the focus, so that it is shown. */
  private focusSeen = false
  /** What the details of the selected box were read from last. */
  private reported: { tree: CallTree | null; zoomRow: number } = { tree: null, zoomRow: 0 }
  /** What the pointer's tooltip is about, null = it shows none. A row means another box in another tree. */
  private tipBox: { tree: CallTree; row: number } | null = null
  private tipWaits = false
  /** Whose tooltip comes back, written anew, with the next picture. */
  private tipReturns: 'pointer' | 'focus' | null = null
  private items!: Items

  constructor(
    private readonly layout: GraphLayout,
    private readonly loop: FrameLoop,
    private readonly clock: FrameClock,
    private readonly look: Look,
    private readonly tips: TipSource,
    /** Shows by its cursor whether a box lies under the pointer. */
    private readonly surface: HTMLElement,
  ) {}

  follow(items: Items): void {
    this.items = items
  }

  select(boxes: Boxes, i: number): void {
    this.selected = this.layout.nameOf(boxes, i)
    this.layout.props.onSelect(this.layout.detailsAt(boxes, i))
    this.loop.drawMarks()
    this.items.markSelected()
  }

  /** Follows a selection that was made elsewhere. */
  takeSelection(): void {
    const { tree, props } = this.layout
    const { func = -1, place = [] } = props
    const { row, found } = findPath(tree, props.info.hash, place)
    const isPlace = place.length > 0 && found === place.length
    if (isPlace) this.selected = { path: place, pathHash: tree.pathHash[row], run: false }
    else if (func < 0 || place.length > 0 || !this.selects(func)) this.selected = null
    this.items.markSelected()
  }

  /** Whether the selected box is one of a function. */
  private selects(func: number): boolean {
    const step = this.selected?.path.at(-1)
    return step !== undefined && !this.selected?.run && step === this.layout.props.info.hash[func]
  }

  /** Selects a box of any tree, which is the next one to have the focus too. */
  selectNamed(name: BoxName, tree: CallTree, row: number): void {
    this.selected = name
    this.focus = name
    this.layout.props.onSelect(this.layout.detailsOf(tree, row))
    this.items.markSelected()
  }

  deselect(): void {
    this.selected = null
    this.layout.props.onSelect(null)
    this.loop.drawMarks()
    this.items.markSelected()
  }

  /** Index in `all` of the selected box, -1 = none is, or it is not visible. */
  selectedIndex(): number {
    return this.layout.find(this.layout.all, this.selected)
  }

  setPointer(point: { x: number; y: number } | null): void {
    const began = performance.now()
    this.pointer = point
    // The picture is of another tree: what is at the pointer is known with the next one, see refreshHover.
    if (!this.layout.isDrawn) return
    const hover = point && !this.layout.camera.travelling ? this.layout.boxAt(point.x, point.y) : -1
    if (hover !== this.hover) {
      this.hover = hover
      this.surface.style.cursor = hover >= 0 ? '' : 'default'
      this.reportHover()
      this.loop.drawMarks()
    }
    this.showTip()
    this.clock.note('hover', began)
  }

  /** After the boxes moved, another one may lie below the pointer. The tooltip waits until the pointer moves. */
  refreshHover(): void {
    if (this.layout.camera.travelling) {
      this.hover = -1
      return
    }
    const returns = this.tipReturns
    this.tipReturns = null
    if (this.pointer) {
      this.hover = -2
      this.tipWaits = returns !== 'pointer'
      this.setPointer(this.pointer)
      this.tipWaits = false
    } else this.hover = -1
    if (returns === 'focus' && this.focusSeen) this.tipOfFocus()
  }

  clearHover(): void {
    this.hover = -1
    this.hideTip()
  }

  /** The tooltip is gone until the reader points at something again. */
  hideTip(): void {
    this.tipBox = null
    this.tipReturns = null
    this.tips.hide()
  }

  /** Tree, unit or findings are others: what the tooltip says is written anew with the next picture. */
  outdateTip(): void {
    if (!this.tips.tip) return
    const of = this.tipBox ? 'pointer' : 'focus'
    this.hideTip()
    this.tipReturns = of
  }

  /** The same of what is pointed at; the focused box keeps its own. */
  hidePointerTip(): void {
    if (this.tipBox) this.hideTip()
  }

  /** The tooltip of the box under the pointer, beside the pointer. */
  private showTip(): void {
    const { pointer, hover, layout } = this
    if (!pointer || hover < 0) {
      if (this.tipBox || !this.focusSeen) this.hideTip()
      return
    }
    if (this.tipWaits) return
    const { x, y } = pointer
    const anchor = { left: x, top: y, right: x, bottom: y }
    const { tree } = layout
    const row = layout.boxes.row[hover]
    if (this.tipBox?.tree === tree && this.tipBox.row === row) this.tips.move(anchor)
    else this.tipOf(layout.boxes, hover, anchor)
    this.tipBox = { tree, row }
  }

  private tipOf(boxes: Boxes, i: number, anchor: TipAnchor): void {
    const { layout, look } = this
    const row = boxes.row[i]
    this.tips.show({ box: layout.detailsAt(boxes, i), zone: look.zoneOf(layout.tree, row, layout.props) }, anchor)
  }

  /** The tooltip of the box that the keyboard is at, where it is on the screen. */
  private tipOfFocus(): void {
    const { layout } = this
    layout.layoutAll()
    const i = layout.find(layout.all, this.focus)
    if (i >= 0) this.tipOf(layout.all, i, layout.placeOnPage(i))
  }

  /** Details of the box under the pointer, else of the one the keyboard is at. */
  private reportHover(): void {
    const { layout } = this
    const focus = this.hover < 0 && this.focusSeen ? layout.find(layout.all, this.focus) : -1
    if (this.hover >= 0) layout.props.onHover(layout.detailsAt(layout.boxes, this.hover))
    else layout.props.onHover(focus >= 0 ? layout.detailsAt(layout.all, focus) : null)
  }

  /** Values change with the tree, and shares of the zoomed box with every zoom: the details are given again. */
  report(): void {
    const { layout, reported } = this
    const { zoomRow } = layout.camera
    if (this.selected && (reported.zoomRow !== zoomRow || reported.tree !== layout.tree)) {
      this.reported = { tree: layout.tree, zoomRow }
      const i = this.selectedIndex()
      if (i >= 0) layout.props.onRenew?.(layout.detailsAt(layout.all, i))
    }
    if (this.focusSeen) this.reportHover()
  }

  /** Keyboard focus goes to a box of `all`. */
  walkTo(i: number): void {
    if (i < 0) return
    const { layout } = this
    this.focusSeen = true
    this.focus = layout.nameOf(layout.all, i)
    this.items.focusBox(i)
    layout.lines.reveal(layout.all.line[i])
    layout.props.onHover(layout.detailsAt(layout.all, i))
    this.loop.drawMarks()
    this.tipBox = null
    this.tipOf(layout.all, i, layout.placeOnPage(i))
  }

  /** The real focus entered or left an item; `seen` when the keyboard did it. */
  focusChanged(name: BoxName | null, seen: boolean): void {
    if (name) this.focus = name
    this.focusSeen = name !== null && seen
    if (!name) {
      this.layout.props.onHover(null)
      this.hideTip()
    }
    this.loop.drawMarks()
  }

  /** Box of `all` that has the keyboard focus, or where it would go: the focused, selected or zoomed one. */
  focusIndex(): number {
    const { layout } = this
    layout.layoutAll()
    for (const name of [this.focus, this.selected]) {
      const i = layout.find(layout.all, name)
      if (i >= 0) return i
    }
    return layout.zoomedIndex()
  }

  /** What to draw over the boxes. The zoomed box bears no ring. */
  drawn(): Marks {
    const { boxes, camera } = this.layout
    const selected = camera.travelling ? -1 : this.layout.find(boxes, this.selected)
    const focus = this.focusSeen && !camera.travelling ? this.layout.find(boxes, this.focus) : -1
    const zoomed = selected >= 0 && boxes.row[selected] === camera.zoomRow
    const func = camera.travelling ? -1 : (this.layout.props.func ?? -1)
    return { hover: this.hover, selected: zoomed ? -1 : selected, focus, func }
  }
}
