/** Mouse, wheel, touch and keys on the graph, translated into what the graph can do. */
import { type D3ZoomEvent, select, type ZoomBehavior, type ZoomTransform, zoom, zoomIdentity } from 'd3'
import type { BoxDetails } from '../../core/layout/details.ts'
import { besideOf, calleeOf, callerOf } from '../../core/layout/walk.ts'
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
  private readonly zoom: ZoomBehavior<HTMLElement, unknown>
  private touch: { id: number; x: number; y: number; panning: boolean } | null = null
  private longPress = 0
  /** A click that follows a drag or a long press is not a click. */
  private ignoreClick = false
  private menuOpened = Number.NEGATIVE_INFINITY
  private lastY: number | null = null
  /** The last thing the reader used, so that a clicked box gets no focus ring. */
  byKey = false
  private readonly stop = new AbortController()

  constructor(
    private readonly el: Elements,
    private readonly layout: GraphLayout,
    private readonly marks: MarkedBoxes,
    private readonly navigation: Navigation,
    private readonly items: ItemTree,
  ) {
    const { tree, scroller } = el
    const { signal } = this.stop
    this.zoom = zoom<HTMLElement, unknown>()
      .extent(() => [
        [0, 0],
        [tree.clientWidth, scroller.clientHeight],
      ])
      .clickDistance(clickSlack)
      .wheelDelta(
        (event) =>
          -event.deltaY * (event.deltaMode === 1 ? 0.05 : event.deltaMode ? 1 : 0.003) * (event.ctrlKey ? 6 : 1),
      )
      .filter((event: Event) => this.accepts(event))
      .on('start', (event: D3ZoomEvent<HTMLElement, unknown>) => {
        this.lastY = event.sourceEvent instanceof MouseEvent ? event.sourceEvent.clientY : null
      })
      .on('zoom', (event: D3ZoomEvent<HTMLElement, unknown>) => this.onZoom(event))
      .on('end', () => {
        tree.classList.remove('dragging')
        this.sync()
      })
    // A wheel that d3 has no use for must not scroll the page by accident; registered first, so it comes first.
    tree.addEventListener('wheel', (event) => this.onWheel(event), { passive: false, signal })
    select(tree).call(this.zoom).on('dblclick.zoom', null)

    tree.addEventListener('pointerdown', (event) => this.onDown(event), { signal })
    tree.addEventListener('pointermove', (event) => this.onMove(event), { signal })
    tree.addEventListener('pointerup', () => this.endTouch(), { signal })
    tree.addEventListener('pointercancel', () => this.endTouch(), { signal })
    tree.addEventListener('pointerleave', () => marks.setPointer(null), { signal })
    tree.addEventListener('click', (event) => this.onClick(event), { signal })
    tree.addEventListener('contextmenu', (event) => this.onContextMenu(event), { signal })
    tree.addEventListener('keydown', (event) => this.onKey(event), { signal })
    window.addEventListener(
      'keydown',
      () => {
        this.byKey = true
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
    select(this.el.tree).on('.zoom', null)
  }

  /** Tells d3 where the camera is, after it was moved by something else. */
  sync(): void {
    const { camera } = this.layout
    const [lo, hi] = camera.shares
    const k = 1 / (hi - lo)
    const width = this.el.tree.clientWidth
    this.zoom.scaleExtent([1, camera.mostZoom()]).translateExtent([
      [0, Number.NEGATIVE_INFINITY],
      [width, Number.POSITIVE_INFINITY],
    ])
    const transform: ZoomTransform = zoomIdentity.translate(-lo * k * width, 0).scale(k)
    select(this.el.tree).property('__zoom', transform)
  }

  private accepts(event: Event): boolean {
    if (event instanceof WheelEvent) return !event.shiftKey && Math.abs(event.deltaY) >= Math.abs(event.deltaX)
    // One finger scrolls natively and pans by pointer events; two pinch.
    if (event.type.startsWith('touch')) return (event as TouchEvent).touches.length > 1
    return event instanceof MouseEvent && event.button === 0 && !event.ctrlKey
  }

  private onZoom(event: D3ZoomEvent<HTMLElement, unknown>): void {
    const source: unknown = event.sourceEvent
    const { k, x } = event.transform
    const width = this.el.tree.clientWidth
    if (source instanceof MouseEvent && source.type === 'mousemove') {
      this.el.tree.classList.add('dragging')
      if (this.lastY !== null) this.navigation.scrollBy(this.lastY - source.clientY)
      this.lastY = source.clientY
    }
    this.navigation.setShares(-x / (k * width), (width - x) / (k * width))
  }

  private onWheel(event: WheelEvent): void {
    event.preventDefault()
    const unit = event.deltaMode === 1 ? 16 : 1
    if (event.shiftKey) this.navigation.scrollBy((event.deltaY || event.deltaX) * unit)
    else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      this.navigation.panBy(event.deltaX * unit)
      this.sync()
    }
  }

  private onDown(event: PointerEvent): void {
    this.ignoreClick = false
    if (event.pointerType !== 'touch') return
    if (this.touch) {
      this.endTouch()
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
    const { touch } = this
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
    this.sync()
    touch.x = event.clientX
  }

  private endTouch(): void {
    clearTimeout(this.longPress)
    this.touch = null
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
      case 'w':
        return this.zoomByKey(keyZoom)
      case '-':
        return this.zoomByKey(1 / keyZoom)
      case 'a':
        return this.panByKey(-keyPan)
      case 'd':
        return this.panByKey(keyPan)
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
    this.sync()
    return true
  }

  private panByKey(part: number): boolean {
    this.navigation.panBy(part * this.el.tree.clientWidth)
    this.sync()
    return true
  }
}
