/** What stands around the graph and is loaded once its first picture is on screen: axis, minimap, a hint. */
import { drawAxis, TickTexts } from '../../draw/value-axis.ts'
import type { Elements } from './elements.ts'
import type { FrameLoop } from './frame-loop.ts'
import type { GraphLayout } from './graph-layout.ts'
import { side } from './lines.ts'
import type { Look } from './look.ts'
import { Minimap } from './minimap.ts'
import type { Navigation } from './navigation.ts'

/** How long a hint stays. */
const hintMs = 5000

export class Extras {
  private readonly axis: HTMLCanvasElement
  private readonly ctx: CanvasRenderingContext2D | null
  private readonly minimap: Minimap
  private readonly texts = new TickTexts()
  private shown = ''
  /** Of the axis in CSS px: asked for where it may have changed, since asking in a frame has the page laid out again. */
  private height = 0
  private hint: HTMLElement | null = null
  private timer = 0

  constructor(
    private readonly el: Elements,
    private readonly layout: GraphLayout,
    private readonly look: Look,
    navigation: Navigation,
    loop: FrameLoop,
  ) {
    this.axis = document.createElement('canvas')
    this.ctx = this.axis.getContext('2d', { alpha: false })
    el.axis.append(this.axis)
    this.forget()
    this.minimap = new Minimap(el, layout, look, navigation, loop)
  }

  destroy(): void {
    clearTimeout(this.timer)
    this.minimap.destroy()
    this.axis.remove()
    this.hint?.remove()
  }

  /** After each frame of the graph. */
  follow(resting: boolean): void {
    this.drawAxis()
    this.minimap.follow(resting)
  }

  /** The page's colours or sizes may be others. */
  forget(): void {
    this.shown = ''
    this.height = this.el.axis.clientHeight
  }

  /** Says how to zoom to somebody who scrolls where there is nothing to scroll. */
  sayHowToZoom(text: string): void {
    const hint = document.createElement('p')
    hint.className = 'flame-hint'
    hint.role = 'status'
    this.el.host.append(hint)
    // A status is announced when its text changes.
    hint.textContent = text
    this.hint = hint
    this.timer = window.setTimeout(() => hint.remove(), hintMs)
  }

  private drawAxis(): void {
    const { axis, ctx, layout, look, height } = this
    const { frame, view, camera, props } = layout
    const start = camera.tree.x[camera.zoomRow]
    const [lo, hi] = camera.camera
    const unit = props.info.sampleTypes[props.sampleType]?.unit ?? ''
    const now = `${lo - start} ${hi - start} ${frame.width} ${frame.dpr} ${unit} ${layout.lines.flipped}`
    if (!ctx || now === this.shown) return
    this.shown = now
    const [w, h] = [Math.round(frame.width * frame.dpr), Math.round(height * frame.dpr)]
    if (axis.width !== w) axis.width = w
    if (axis.height !== h) axis.height = h
    const font = frame.font.replace(/^[\d.]+px/, '11px')
    const { width, dpr } = frame
    const above = layout.lines.flipped
    drawAxis(
      ctx,
      { width, height, dpr, left: side, span: view.width, lo: lo - start, hi: hi - start, unit, font, above },
      look.palette,
      this.texts,
    )
  }
}
