/**
 * Mouse, wheel, touch and keys on the graph, translated into what the graph can do. The wheel scrolls, as it does
 * everywhere; with Control or Command it zooms at the pointer, which is also how browsers report a pinch of a trackpad.
 */
import type { BoxDetails } from '../../core/layout/details.ts'
import { besideOf, calleeOf, callerOf } from '../../core/layout/walk.ts'
import { latinLetter, type Pinch, pinchOf, scrollOfWheel, zoomOfWheel } from '../parts/gestures.ts'
import type { Elements } from './elements.ts'
import type { GraphLayout } from './graph-layout.ts'
import type { ItemTree } from './item-tree.ts'
import type { MarkedBoxes } from './marked-boxes.ts'
import type { Navigation } from './navigation.ts'

/** A finger that rests this long asks for the menu. */
const longPressMs = 500
/** Further than this is a drag, not a click. */
const clickSlack = 5
const keyZoom = 1.5
/** Part of the view that one pan by key moves. */
const keyPan = 0.15

export class FlameInput {
  private touch: { id: number; x: number; y: number; panning: boolean } | null = null
  private pinch: Pinch | null = null
  private drag: { id: number; x: number; y: number; moved: boolean } | null = null
  private longPress = 0
  /** A click that follows a drag or a long press is not a click. */
  private ignoreClick = false
  private menuOpened = Number.NEGATIVE_INFINITY
  /** The last thing the reader used, so that a clicked box gets no focus ring. */
  byKey = false
  private readonly stop = new AbortController()

  constructor(
    private readonly el: Elements,
    private readonly layout: GraphLayout,
    private readonly marks: MarkedBoxes,
    private readonly navigation: Navigation,
    private readonly items: ItemTree,
    /** The reader scrolls where there is nothing to scroll. */
    private readonly onIdleWheel: () => void,
  ) {
    const { tree, root } = el
    const { signal } = this.stop
    // Not passive: over the graph Control and the wheel must not zoom the page, nor two fingers.
    const active = { passive: false, signal }
    root.addEventListener('wheel', (event) => this.onWheel(event), active)
    tree.addEventListener('touchstart', (event) => this.onTouches(event), active)
    tree.addEventListener('touchmove', (event) => this.onTouches(event), active)
    tree.addEventListener('touchend', (event) => this.onTouches(event), active)
    tree.addEventListener('touchcancel', (event) => this.onTouches(event), active)

    tree.addEventListener('pointerdown', (event) => this.onDown(event), { signal })
    tree.addEventListener('pointermove', (event) => this.onMove(event), { signal })
    tree.addEventListener('pointerup', () => this.endPress(), { signal })
    tree.addEventListener('pointercancel', () => this.endPress(), { signal })
    tree.addEventListener('lostpointercapture', () => this.endPress(), { signal })
    tree.addEventListener('pointerleave', () => marks.setPointer(null), { signal })
    tree.addEventListener('click', (event) => this.onClick(event), { signal })
    tree.addEventListener('contextmenu', (event) => this.onContextMenu(event), { signal })
    tree.addEventListener('keydown', (event) => this.onKey(event), { signal })
    window.addEventListener(
      'keydown',
      ({ key }) => {
        this.byKey = true
        // Wherever the focus is: the pointer alone is enough for a tooltip.
        if (key === 'Escape') marks.hideTip()
      },
      { signal, capture: true },
    )
    window.addEventListener(
      'pointerdown',
      () => {
        this.byKey = false
      },
      { signal, capture: true },
    )
  }

  destroy(): void {
    clearTimeout(this.longPress)
    this.stop.abort()
  }

  private onWheel(event: WheelEvent): void {
    const { navigation, layout } = this
    const factor = zoomOfWheel(event, layout.frame.height)
    if (factor !== null) {
      event.preventDefault()
      this.marks.hideTip()
      if (factor !== 1) navigation.zoomBy(factor, this.shareOfView(event.clientX))
      return
    }
    const { x, y } = scrollOfWheel(event, layout.frame.height)
    this.marks.hideTip()
    // Up and down alone is left to the browser, which does it smoothly.
    const native = x === 0 && event.target instanceof Node && this.el.scroller.contains(event.target)
    const scrolled = native ? layout.lines.canScroll(y) : navigation.scrollBy(y)
    if (!native) event.preventDefault()
    const panned = navigation.panBy(x)
    if (!scrolled && !panned && !layout.lines.canScroll(-y)) this.onIdleWheel()
  }

  /** Where in the view's width a client position is, 0 at its left end. */
  private shareOfView(clientX: number): number {
    const { left, width } = this.el.tree.getBoundingClientRect()
    return Math.min(1, Math.max(0, (clientX - left) / width))
  }

  /** Two fingers zoom where they are and take what is between them along; one scrolls natively, see onMove. */
  private onTouches(event: TouchEvent): void {
    const now = pinchOf(event)
    const before = this.pinch
    this.pinch = now
    if (!now) return
    event.preventDefault()
    this.endPress()
    this.ignoreClick = true
    if (!before || event.type !== 'touchmove') return
    this.navigation.zoomBy(now.apart / before.apart, this.shareOfView(now.x))
    this.navigation.panBy(before.x - now.x)
    this.navigation.scrollBy(before.y - now.y)
  }

  private onDown(event: PointerEvent): void {
    this.ignoreClick = false
    if (event.pointerType !== 'touch') {
      if (event.button === 0 && !event.ctrlKey)
        this.drag = { id: event.pointerId, x: event.clientX, y: event.clientY, moved: false }
      return
    }
    if (this.touch || this.pinch) {
      this.endPress()
      this.ignoreClick = true
      return
    }
    this.touch = { id: event.pointerId, x: event.clientX, y: event.clientY, panning: false }
    clearTimeout(this.longPress)
    this.longPress = window.setTimeout(() => {
      this.ignoreClick = true
      this.menuOpened = performance.now()
      this.openMenu(event.clientX, event.clientY)
    }, longPressMs)
  }

  private onMove(event: PointerEvent): void {
    const { touch, drag } = this
    if (drag && drag.id === event.pointerId) {
      if (event.buttons !== 0) {
        this.onDrag(drag, event)
        return
      }
      // It was let go where nobody heard of it.
      this.endPress()
    }
    if (event.pointerType !== 'touch') {
      if (event.buttons === 0) this.marks.setPointer({ x: event.clientX, y: event.clientY })
      return
    }
    if (!touch || touch.id !== event.pointerId) return
    const dx = event.clientX - touch.x
    if (!touch.panning) {
      if (Math.hypot(dx, event.clientY - touch.y) <= clickSlack) return
      clearTimeout(this.longPress)
      touch.panning = true
    }
    this.ignoreClick = true
    this.navigation.panBy(-dx)
    touch.x = event.clientX
  }

  private onDrag(drag: NonNullable<FlameInput['drag']>, event: PointerEvent): void {
    const { tree } = this.el
    const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y]
    if (!drag.moved) {
      if (Math.hypot(dx, dy) <= clickSlack) return
      drag.moved = true
      this.ignoreClick = true
      tree.setPointerCapture(event.pointerId)
      tree.classList.add('dragging')
      this.marks.hideTip()
    }
    this.navigation.panBy(-dx)
    this.navigation.scrollBy(-dy)
    drag.x = event.clientX
    drag.y = event.clientY
  }

  private endPress(): void {
    clearTimeout(this.longPress)
    this.touch = null
    this.drag = null
    this.el.tree.classList.remove('dragging')
  }

  private onClick(event: MouseEvent): void {
    if (this.ignoreClick) {
      this.ignoreClick = false
      return
    }
    const { layout, navigation } = this
    // A click made by assistive technology has no coordinates: it means the item itself.
    if (event.detail === 0 && event.clientX === 0 && event.clientY === 0) {
      const i = this.items.indexOf(event.target)
      if (i >= 0) navigation.activate(layout.all, i)
      return
    }
    const i = layout.boxAt(event.clientX, event.clientY)
    if (i >= 0) navigation.activate(layout.boxes, i, event.clientX)
  }

  private onContextMenu(event: MouseEvent): void {
    event.preventDefault()
    // The menu key arrives here without a position; onKey has opened the menu already.
    if (performance.now() - this.menuOpened < 700) return
    // Nor does a finger need it, whose long press is timed above: the browser's own comes whenever it likes.
    if (event instanceof PointerEvent && event.pointerType === 'touch') return
    if (event.button === 2 || event.clientX !== 0 || event.clientY !== 0) this.openMenu(event.clientX, event.clientY)
    else this.openMenuAtFocus()
  }

  private openMenu(x: number, y: number): void {
    const { layout } = this
    const i = layout.boxAt(x, y)
    if (i < 0) return
    this.report(layout.detailsAt(layout.boxes, i), x, y)
  }

  private openMenuAtFocus(): void {
    const { layout } = this
    const i = this.marks.focusIndex()
    this.menuOpened = performance.now()
    const { x, y, w, h } = layout.place(i)
    const rect = this.el.tree.getBoundingClientRect()
    this.report(layout.detailsAt(layout.all, i), rect.left + x + Math.min(24, w / 2), rect.top + y + h)
  }

  private report(details: BoxDetails, x: number, y: number): void {
    this.marks.hideTip()
    this.layout.props.onMenu({ details, x, y })
  }

  private onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented) return
    if (this.press(event)) {
      event.preventDefault()
      event.stopPropagation()
    }
  }

  /** Does what a key asks for; false when the graph has no use for it. */
  private press(event: KeyboardEvent): boolean {
    const { layout, marks, navigation } = this
    if (event.ctrlKey || event.metaKey || event.altKey) return false
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      this.openMenuAtFocus()
      return true
    }
    const down = layout.props.flipped ? 'ArrowUp' : 'ArrowDown'
    const up = layout.props.flipped ? 'ArrowDown' : 'ArrowUp'
    const at = () => marks.focusIndex()
    const letter = latinLetter(event)
    if (letter === 'w') return this.zoomByKey(keyZoom)
    if (letter === 'a') return this.panByKey(-keyPan)
    if (letter === 'd') return this.panByKey(keyPan)
    switch (event.key) {
      case down:
        marks.walkTo(calleeOf(layout.tree, layout.all, at()))
        return true
      case up:
        marks.walkTo(callerOf(layout.tree, layout.all, at()))
        return true
      case 'ArrowRight':
        marks.walkTo(besideOf(layout.all, at(), 1))
        return true
      case 'ArrowLeft':
        marks.walkTo(besideOf(layout.all, at(), -1))
        return true
      case 'Enter':
      case ' ':
        navigation.activate(layout.all, at())
        return true
      case 'Backspace':
        navigation.zoomOut()
        return true
      case 'Home':
      case '0':
        navigation.reset()
        return true
      case 'Escape':
        return navigation.escape()
      case '+':
      case '=':
        return this.zoomByKey(keyZoom)
      case '-':
        return this.zoomByKey(1 / keyZoom)
      default:
        return false
    }
  }

  /** About the middle of the focused box, so that it stays in view. */
  private zoomByKey(factor: number): boolean {
    const { all } = this.layout
    const i = this.marks.focusIndex()
    const width = this.el.tree.clientWidth
    this.navigation.zoomBy(factor, i > 0 ? (all.x[i] + all.w[i] / 2) / width : 0.5)
    return true
  }

  private panByKey(part: number): boolean {
    this.navigation.panBy(part * this.el.tree.clientWidth)
    return true
  }
}
