/**
 * The whole graph in little, at the end away from the root, while there is more than the screen shows. The window on
 * it is what the screen shows: it can be moved, stretched and drawn anew. All of that has keys on the graph itself
 * (W, A, D, + and -, 0, the arrows), so that assistive technology has no need of it.
 */
import { Boxes } from '../../core/layout/boxes.ts'
import { brushed, centered, type Grip, gripAt } from '../../core/layout/brush.ts'
import type { Window } from '../../core/layout/camera.ts'
import { layoutFlame } from '../../core/layout/flame.ts'
import { drawOverview, overviewStep } from '../../draw/overview.ts'
import type { Elements } from './elements.ts'
import type { FrameLoop } from './frame-loop.ts'
import type { GraphLayout } from './graph-layout.ts'
import { side } from './lines.ts'
import type { Look } from './look.ts'
import type { Navigation } from './navigation.ts'

/** Height in CSS px with its border, without it, and how high the graph must be to have one. */
const outer = 44
const high = outer - 1
const highFrom = 300
/** How near to an edge of the window a press takes hold of it, in CSS px. */
const reach = 6
/** A press that moves less is a click. */
const slack = 4
/** Boxes narrower than this are merged, in CSS px. */
const narrowest = 1
/** Its picture is drawn anew once the graph's has been still for so long: a step changes that several times, and does not wait for this. */
const afterMs = 120

interface Press {
  id: number
  x: number
  y: number
  grip: Grip
  /** Shares of the whole width where it began. */
  from: number
  window: Window
  moved: boolean
}

export class Minimap {
  private readonly el = document.createElement('div')
  private readonly canvas = document.createElement('canvas')
  private readonly window = document.createElement('div')
  private readonly boxes = new Boxes()
  /** What the picture on the canvas was made of. */
  private drawn: unknown[] = []
  private lines = 1
  private timer = 0
  private placed = ''
  private press: Press | null = null
  private readonly stop = new AbortController()

  constructor(
    { host }: Pick<Elements, 'host'>,
    private readonly layout: GraphLayout,
    private readonly look: Look,
    private readonly navigation: Navigation,
    private readonly loop: FrameLoop,
  ) {
    const { el, canvas, window } = this
    el.className = 'flame-map'
    el.ariaHidden = 'true'
    el.hidden = true
    window.className = 'flame-map-window'
    el.append(canvas, window)
    host.append(el)
    const { signal } = this.stop
    el.addEventListener('pointerdown', (event) => this.onDown(event), { signal })
    el.addEventListener('pointermove', (event) => this.onMove(event), { signal })
    el.addEventListener('pointerup', (event) => this.onUp(event), { signal })
    el.addEventListener('pointercancel', () => this.letGo(), { signal })
    el.addEventListener('lostpointercapture', () => this.letGo(), { signal })
  }

  destroy(): void {
    clearTimeout(this.timer)
    this.stop.abort()
    this.el.remove()
  }

  /** Follows a frame of the graph; `resting` when nothing moves, which is when it may go, unless it is pressed. */
  follow(resting: boolean): void {
    const { layout, el } = this
    const { frame, lines, camera } = layout
    const [lo, hi] = this.shown()
    const more = lo > 1e-9 || hi < 1 - 1e-9 || lines.overflows
    const stays = !el.hidden && (!resting || this.press !== null)
    const show = frame.height >= highFrom && layout.view.width > 0 && (more || stays)
    if (show === el.hidden) {
      el.hidden = !show
      lines.covered = show ? outer : 0
      layout.fitContent()
    }
    if (!show || camera.tree.length === 0) return
    el.classList.toggle('flipped', lines.flipped)
    if (this.isOutdated()) {
      clearTimeout(this.timer)
      this.timer = window.setTimeout(() => this.renew(), afterMs)
    }
    this.place(lo, hi)
  }

  private renew(): void {
    if (this.el.hidden || this.layout.props.tree.length === 0) return
    this.draw()
    this.place(...this.shown())
  }

  /** What the picture would be made of now. */
  private source(): unknown[] {
    const { frame, props, lines, view } = this.layout
    return [this.look.skin(props.tree, props).paint, view.width, frame.dpr, lines.flipped]
  }

  private isOutdated(): boolean {
    return this.source().some((value, i) => value !== this.drawn[i])
  }

  /** What is on the screen, as shares of the whole width. */
  private shown(): Window {
    const { camera } = this.layout
    const whole = camera.tree.width[0] || 1
    return [camera.camera[0] / whole, camera.camera[1] / whole]
  }

  private draw(): void {
    const { layout, look, canvas, boxes } = this
    const { frame, props, lines, view } = layout
    const { tree } = props
    const { paint } = look.skin(tree, props)
    this.drawn = this.source()
    canvas.width = Math.round(frame.width * frame.dpr)
    canvas.height = Math.round(high * frame.dpr)
    const ctx = canvas.getContext('2d', { alpha: false })
    if (!ctx) return
    layoutFlame(
      tree,
      {
        zoom: 0,
        lo: 0,
        hi: tree.width[0],
        width: view.width,
        minBox: narrowest,
        maxAncestors: 0,
        firstLine: 0,
        lastLine: 2 ** 30,
      },
      boxes,
    )
    this.lines = boxes.lastLine + 1
    const of = {
      width: frame.width,
      height: high,
      dpr: frame.dpr,
      left: side,
      lines: this.lines,
      flipped: lines.flipped,
    }
    drawOverview(ctx, of, boxes, paint, look.palette)
  }

  private place(lo: number, hi: number): void {
    const { layout, window, lines } = this
    const { view, frame } = layout
    const step = overviewStep({ height: high, lines })
    const hidden = layout.firstDepth()
    const row = layout.lines.rowHeight()
    const from = layout.lines.fromRoot() / row + hidden
    const to = from + (frame.height - outer) / row
    const top = Math.min(from, lines - 1) * step
    const height = Math.max(6, Math.min(to, lines) * step - top)
    const width = Math.max(4, (hi - lo) * view.width)
    const left = Math.min(side + lo * view.width, frame.width - side - width)
    const y = layout.lines.flipped ? high - top - height : top
    const style = `transform:translate(${left}px,${y}px);width:${width}px;height:${height}px`
    if (style === this.placed) return
    this.placed = style
    window.style.cssText = style
  }

  /** Shares of the whole width at a client position. */
  private shareAt(clientX: number): number {
    return (clientX - this.el.getBoundingClientRect().left - side) / Math.max(1, this.layout.view.width)
  }

  private onDown(event: PointerEvent): void {
    if (event.button !== 0 || this.press) return
    // Where lines are is known once it is drawn.
    if (this.isOutdated()) this.renew()
    const from = this.shareAt(event.clientX)
    const window = this.shown()
    const grip = gripAt(from, window, reach / this.layout.view.width)
    this.press = { id: event.pointerId, x: event.clientX, y: event.clientY, grip, from, window, moved: false }
    this.el.setPointerCapture(event.pointerId)
    // The focus stays where it is: nothing in here takes it.
    event.preventDefault()
  }

  private onMove(event: PointerEvent): void {
    const { press, el, layout } = this
    const at = this.shareAt(event.clientX)
    if (!press) {
      const grip = gripAt(at, this.shown(), reach / layout.view.width)
      el.dataset.grip = grip
      return
    }
    if (press.id !== event.pointerId) return
    // It was let go where nobody heard of it.
    if (event.buttons === 0) {
      this.letGo()
      return
    }
    if (!press.moved && Math.hypot(event.clientX - press.x, event.clientY - press.y) < slack) return
    if (!press.moved) press.y = event.clientY
    press.moved = true
    this.navigation.showPart(...brushed(press.grip, press.window, press.from, at, layout.camera.leastPart()))
    if (press.grip === 'move') {
      const lines = (event.clientY - press.y) / overviewStep({ height: high, lines: this.lines })
      layout.lines.scrollBy(lines * layout.lines.rowHeight())
      press.y = event.clientY
    }
  }

  private onUp(event: PointerEvent): void {
    const { press, layout } = this
    if (press?.id !== event.pointerId) return
    this.letGo()
    if (press.moved) return
    const y = event.clientY - this.el.getBoundingClientRect().top
    const step = overviewStep({ height: high, lines: this.lines })
    const depth = Math.max(0, (layout.lines.flipped ? high - y : y) / step)
    // A click goes there: the window about it, and the lines about it.
    this.navigation.showPart(...centered(press.window, press.from), depth)
  }

  private letGo(): void {
    if (!this.press) return
    this.press = null
    // It may have stayed only because it was pressed.
    this.loop.drawBoxes()
  }
}
