/**
 * Mouse, wheel, touch and keys on a timeline. As on the flame graph the wheel scrolls, and with Control or Command it
 * zooms at the pointer. The axis above the lanes takes a range of time, and so does Shift on the lanes.
 */
import { brushed, centered, type Grip, gripAt } from '../../../core/layout/brush.ts'
import type { Window } from '../../../core/layout/camera.ts'
import type { TimeWindow } from '../../../core/trace/timeline/camera.ts'
import { latinLetter, type Pinch, pinchOf, scrollOfWheel, zoomOfWheel } from '../../parts/gestures.ts'
import type { Pointed, TimelineHost } from './host.ts'

/** Further than this is a drag, not a click. */
const slack = 4
const keyZoom = 1.5
const keyPan = 0.15
/** How near to an edge of the overview's window counts as on it, in CSS px. */
const reach = 6

export interface InputEvents {
  /** Null: the press came to nothing, and the range is what it was. isOver: the press has ended. */
  onRange(range: TimeWindow | null, isOver: boolean): void
  onChoose(pointed: Pointed | null): void
  /** To the interval before or behind the selected one. */
  onStep(step: 1 | -1): void
  /** To the lane above or below. */
  onLane(step: 1 | -1): void
  /** Opens or closes a group; selects what another lane is in. */
  onEnter(): void
  /** What is in view becomes the range. */
  onTakeView(): void
  /** Lets go of what is selected, then of the range; false: there was neither. */
  onEscape(): boolean
}

interface Press {
  id: number
  x: number
  y: number
  moved: boolean
  /** Time that the press began at, where it draws a range. */
  from: number | null
}

export class TimelineInput {
  private press: Press | null = null
  private pinch: Pinch | null = null
  private brush: { id: number; grip: Grip; from: number; window: Window; moved: boolean } | null = null
  private readonly stop = new AbortController()

  constructor(
    private readonly host: TimelineHost,
    /** What has the keyboard: the lanes with their canvas. */
    private readonly area: HTMLElement,
    private readonly events: () => InputEvents,
  ) {
    const { signal } = this.stop
    const { el } = host
    area.tabIndex = 0
    const active = { passive: false, signal }
    el.scroller.addEventListener('wheel', (event) => this.onWheel(event), active)
    for (const canvas of [el.lanes, el.axis]) {
      canvas.addEventListener('pointerdown', (event) => this.onDown(event, canvas === el.axis), { signal })
      canvas.addEventListener('pointermove', (event) => this.onMove(event), { signal })
      canvas.addEventListener('pointerup', (event) => this.onUp(event), { signal })
      canvas.addEventListener('pointercancel', () => this.letGo(), { signal })
      for (const type of ['touchstart', 'touchmove', 'touchend', 'touchcancel'] as const)
        canvas.addEventListener(type, (event) => this.onTouches(event), active)
    }
    el.lanes.addEventListener('pointerleave', () => host.setPointer(null), { signal })
    el.lanes.addEventListener('dblclick', (event) => this.onDouble(event), { signal })
    area.addEventListener('keydown', (event) => this.onKey(event), { signal })
    area.addEventListener('blur', () => delete area.dataset.pressed, { signal })
    el.overview.addEventListener('pointerdown', (event) => this.onBrush(event), { signal })
    el.overview.addEventListener('pointermove', (event) => this.onBrushMove(event), { signal })
    el.overview.addEventListener('pointerup', (event) => this.onBrushUp(event), { signal })
    el.overview.addEventListener('pointercancel', () => this.letBrushGo(), { signal })
  }

  destroy(): void {
    this.stop.abort()
  }

  private onWheel(event: WheelEvent): void {
    const { host } = this
    const factor = zoomOfWheel(event, host.height)
    if (factor !== null) {
      event.preventDefault()
      host.zoomBy(factor, host.shareAt(event.clientX))
      return
    }
    // Up and down is left to the browser, which does it smoothly.
    const { x } = scrollOfWheel(event, host.height)
    if (x === 0) return
    event.preventDefault()
    host.panBy(x)
  }

  private onTouches(event: TouchEvent): void {
    const now = pinchOf(event)
    const before = this.pinch
    this.pinch = now
    if (!now) return
    event.preventDefault()
    this.letGo()
    if (!before || event.type !== 'touchmove') return
    this.host.zoomBy(now.apart / before.apart, this.host.shareAt(now.x))
    this.host.panBy(before.x - now.x)
  }

  private onDown(event: PointerEvent, onAxis: boolean): void {
    if (event.button !== 0 || event.ctrlKey || this.press) return
    const draws = onAxis || event.shiftKey
    const { clientX: x, clientY: y, pointerId: id } = event
    this.press = { id, x, y, moved: false, from: draws ? this.host.timeAt(x) : null }
    // Pressed lanes get the focus of the browser, which shows no ring for it then. The axis is not in what has it.
    if (!onAxis) return
    this.area.dataset.pressed = ''
    this.area.focus({ preventScroll: true })
    event.preventDefault()
  }

  private onMove(event: PointerEvent): void {
    const { press, host } = this
    if (press && press.id === event.pointerId && event.buttons !== 0) {
      const [dx, dy] = [event.clientX - press.x, event.clientY - press.y]
      if (!press.moved) {
        if (Math.hypot(dx, dy) <= slack) return
        press.moved = true
        if (event.target instanceof Element) event.target.setPointerCapture(event.pointerId)
        host.setPointer(null)
      }
      if (press.from !== null) {
        this.events().onRange(between(press.from, host.timeAt(event.clientX)), false)
        return
      }
      host.panBy(-dx)
      // A finger scrolls by itself.
      if (event.pointerType !== 'touch') host.el.scroller.scrollTop -= dy
      press.x = event.clientX
      press.y = event.clientY
      return
    }
    if (event.buttons === 0) {
      this.letGo()
      if (event.pointerType !== 'touch' && event.target === host.el.lanes)
        host.setPointer({ x: event.clientX, y: event.clientY })
    }
  }

  private onUp(event: PointerEvent): void {
    const { press, host } = this
    if (press?.id !== event.pointerId) return
    if (press.moved && press.from !== null && Math.abs(event.clientX - press.x) > slack) {
      this.press = null
      this.events().onRange(between(press.from, host.timeAt(event.clientX)), true)
    } else this.letGo()
    if (press.moved || event.target !== host.el.lanes) return
    const pointed = host.pointedAt(event.clientX, event.clientY)
    // Several that were put together are told apart by going nearer.
    if (pointed && pointed.row < 0) host.zoomBy(8, host.shareAt(event.clientX))
    else this.events().onChoose(pointed)
  }

  private letGo(): void {
    const { press } = this
    this.press = null
    if (press?.moved && press.from !== null) this.events().onRange(null, true)
  }

  private onDouble(event: MouseEvent): void {
    const pointed = this.host.pointedAt(event.clientX, event.clientY)
    if (pointed && pointed.row >= 0) this.host.show(pointed)
  }

  private onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.target !== this.area) return
    delete this.area.dataset.pressed
    if (!this.pressed(event)) return
    event.preventDefault()
    event.stopPropagation()
  }

  /** Does what a key asks for; false when the timeline has no use for it. */
  private pressed(event: KeyboardEvent): boolean {
    const { host } = this
    const events = this.events()
    const letter = latinLetter(event)
    if (letter === 'w') host.zoomBy(keyZoom, 0.5)
    else if (letter === 'a') host.panBy(-keyPan * host.width)
    else if (letter === 'd') host.panBy(keyPan * host.width)
    else if (letter === 'r') events.onTakeView()
    else
      switch (event.key) {
        case '+':
        case '=':
          host.zoomBy(keyZoom, 0.5)
          break
        case '-':
          host.zoomBy(1 / keyZoom, 0.5)
          break
        case 'ArrowRight':
          if (event.shiftKey) host.panBy(keyPan * host.width)
          else events.onStep(1)
          break
        case 'ArrowLeft':
          if (event.shiftKey) host.panBy(-keyPan * host.width)
          else events.onStep(-1)
          break
        case 'ArrowDown':
          events.onLane(1)
          break
        case 'ArrowUp':
          events.onLane(-1)
          break
        case 'Enter':
        case ' ':
          events.onEnter()
          break
        case 'Home':
        case '0':
          host.showAll()
          break
        case 'Escape':
          return events.onEscape()
        default:
          return false
      }
    return true
  }

  // The overview: its window is taken by its edges or moved; elsewhere a new one is drawn.

  private shareOfAll(clientX: number): number {
    const { left } = this.host.el.overview.getBoundingClientRect()
    return (clientX - left) / Math.max(1, this.host.width)
  }

  private get windowOfAll(): Window {
    const { view, all } = this.host
    const size = all.to - all.from
    return [(view.from - all.from) / size, (view.to - all.from) / size]
  }

  private onBrush(event: PointerEvent): void {
    if (event.button !== 0) return
    const from = this.shareOfAll(event.clientX)
    const window = this.windowOfAll
    const grip = gripAt(from, window, reach / Math.max(1, this.host.width))
    this.brush = { id: event.pointerId, grip, from, window, moved: false }
    this.host.el.overview.setPointerCapture(event.pointerId)
    event.preventDefault()
  }

  private onBrushMove(event: PointerEvent): void {
    const at = this.shareOfAll(event.clientX)
    const { brush, host } = this
    if (!brush) {
      host.el.overview.dataset.grip = gripAt(at, this.windowOfAll, reach / Math.max(1, host.width))
      return
    }
    if (brush.id !== event.pointerId) return
    if (!brush.moved && Math.abs(at - brush.from) * host.width < slack) return
    brush.moved = true
    this.showPart(brushed(brush.grip, brush.window, brush.from, at, 100 / (host.all.to - host.all.from)))
  }

  private onBrushUp(event: PointerEvent): void {
    const { brush } = this
    if (brush?.id !== event.pointerId) return
    this.letBrushGo()
    if (!brush.moved) this.showPart(centered(brush.window, brush.from))
  }

  private letBrushGo(): void {
    this.brush = null
  }

  private showPart([lo, hi]: Window): void {
    const { all } = this.host
    const size = all.to - all.from
    this.host.moveTo({ from: all.from + lo * size, to: all.from + hi * size })
  }
}

const between = (a: number, b: number): TimeWindow => ({ from: Math.min(a, b), to: Math.max(a, b) })
