/**
 * The picture of a timeline. React makes it once and hands it what to show; everything per frame happens here, without
 * React. What is drawn are the last answers of the engine (tiles.ts).
 */
import { LabelFitter } from '../../../core/layout/label.ts'
import { placeTip } from '../../../core/layout/tip-place.ts'
import { nameLabels } from '../../../core/model/go-name.ts'
import { firstAbove } from '../../../core/model/sorted.ts'
import { around, clampWindow, panned, type TimeWindow, zoomed } from '../../../core/trace/timeline/camera.ts'
import { type Lane, laneKey } from '../../../core/trace/timeline/lane.ts'
import type { Timeline } from '../../../core/trace/timeline/lanes.ts'
import type { LaneRow, TimelineRows } from '../../../core/trace/timeline/rows.ts'
import type { Spans, Tone } from '../../../core/trace/timeline/window.ts'
import { TONES } from '../../../core/trace/timeline/window.ts'
import { css } from '../../../draw/color.ts'
import { functionColor, type Palette, readPalette } from '../../../draw/palette.ts'
import { canvasMeasure } from '../../../draw/text-width.ts'
import {
  type Arrow,
  drawTimeline,
  drawTimelineOverview,
  type Mark,
  readTimelinePalette,
  type Tile,
  type TimelinePalette,
} from '../../../draw/timeline.ts'
import { drawAxis, TickTexts } from '../../../draw/value-axis.ts'
import { FrameClock } from '../../graph/frame-clock.ts'
import { FrameLoop } from '../../graph/frame-loop.ts'
import { watchSize } from '../../graph/page-size.ts'
import { type Ask, Tiles } from './tiles.ts'

export interface TimelineElements {
  overview: HTMLElement
  overviewCanvas: HTMLCanvasElement
  overviewWindow: HTMLElement
  axis: HTMLCanvasElement
  scroller: HTMLElement
  lanes: HTMLCanvasElement
  tip: HTMLElement
}

export interface TimelineProps {
  timeline: Timeline
  rows: TimelineRows
  own: readonly string[]
  theme: string
  /** Null = all of it. */
  window: TimeWindow | null
  range: TimeWindow | null
  base: TimeWindow | null
  selected: Mark | null
  arrows: readonly Arrow[]
  active: Lane | null
}

/** What is under the pointer. */
export interface Pointed extends Mark {
  row: number
  name: number
  tone: Tone
}

export interface TimelineEvents {
  /** The reader came to rest in another window; null = all. */
  onWindow(window: TimeWindow | null): void
  onPointed(pointed: Pointed | null): void
  onPictured(): void
  ask: Ask
}

const TRAVEL_MS = 220
/** Of the overview. */
const OVERVIEW_PARTS = 1200

export class TimelineHost {
  private readonly loop = new FrameLoop({ draw: (now) => this.draw(now), settle: () => this.settle() })
  /** All of the trace; more where it is shorter than the narrowest window. */
  readonly all: TimeWindow
  view: TimeWindow
  props!: TimelineProps
  width = 0
  height = 0
  private readonly tiles: Tiles
  private readonly clock = new FrameClock()
  private readonly ticks = new TickTexts()
  private readonly stopWatching: () => void
  private palette!: TimelinePalette
  private colors!: Palette
  private font = ''
  private fitter!: LabelFitter
  private readonly colorOfName = new Map<number, string>()
  private lookStale = true
  private overviewStale = true
  private pictured = false
  /** Something of the trace was drawn. */
  private hasLanes = false
  private hovered: Pointed | null = null
  private pointer: { x: number; y: number } | null = null
  private travel: { from: TimeWindow; to: TimeWindow; began: number } | null = null
  private overviewTiles: { running: Tile | null; collections: Tile | null } = { running: null, collections: null }
  private dpr = 0
  private readonly gone = new AbortController()

  constructor(
    readonly el: TimelineElements,
    private readonly timeline: Timeline,
    private readonly events: TimelineEvents,
  ) {
    const { begin: from, end: to } = timeline
    this.all = clampWindow({ from, to }, { from, to })
    this.view = this.all
    this.tiles = new Tiles(this.all, events.ask, () => this.loop.drawBoxes())
    el.scroller.addEventListener('scroll', this.onScroll, { passive: true })
    this.stopWatching = watchSize(
      el.scroller,
      () => this.readAgain(),
      () => this.readAgain(),
    )
    void this.askOverview()
  }

  destroy(): void {
    this.gone.abort()
    this.loop.stop()
    this.tiles.stop()
    this.stopWatching()
    this.el.scroller.removeEventListener('scroll', this.onScroll)
  }

  update(next: TimelineProps): void {
    const last = this.props as TimelineProps | undefined
    this.props = next
    if (!last || last.theme !== next.theme || last.own !== next.own) this.lookStale = true
    const asked = next.window ?? this.all
    if (!last) this.view = clampWindow(asked, this.all)
    else if (last.window !== next.window && !isSame(asked, this.view)) this.go(asked)
    this.loop.drawBoxes()
  }

  // ---- where the reader is ---------------------------------------------------------------------------------

  zoomBy(factor: number, share: number): void {
    this.moveTo(zoomed(this.view, factor, share))
  }

  panBy(px: number): void {
    if (px !== 0) this.moveTo(panned(this.view, px / Math.max(1, this.width)))
  }

  showAll(): void {
    this.go(this.all)
  }

  /** A span with some room beside it. */
  show(span: TimeWindow): void {
    this.go(around(span, 0.5))
  }

  go(window: TimeWindow): void {
    const to = clampWindow(window, this.all)
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.moveTo(to)
      return
    }
    this.travel = { from: this.view, to, began: performance.now() }
    this.loop.drawBoxes()
  }

  moveTo(window: TimeWindow): void {
    this.travel = null
    this.view = clampWindow(window, this.all)
    this.loop.drawBoxes()
    this.loop.settleSoon()
  }

  /** Scrolls as little as is needed until the lane is seen. */
  reveal(lane: Lane): void {
    const { scroller } = this.el
    const row = this.rowOf(lane)
    if (!row) return
    // Not the height of the last frame: there may have been none.
    const { clientHeight } = scroller
    if (row.top < scroller.scrollTop) scroller.scrollTop = row.top - this.props.rows.heights.head
    else if (row.top + row.height > scroller.scrollTop + clientHeight)
      scroller.scrollTop = row.top + row.height - clientHeight
  }

  /** The row of a lane, or that of its group where it is closed. */
  rowOf(lane: Lane): LaneRow | null {
    const { rows } = this.props
    const found = rows.find(lane)
    if (found || lane.kind !== 'member') return found
    return rows.find({ kind: 'group', of: lane.of, group: lane.group })
  }

  timeAt(clientX: number): number {
    const { left } = this.el.lanes.getBoundingClientRect()
    return this.view.from + ((clientX - left) / Math.max(1, this.width)) * (this.view.to - this.view.from)
  }

  shareAt(clientX: number): number {
    const { left } = this.el.lanes.getBoundingClientRect()
    return Math.min(1, Math.max(0, (clientX - left) / Math.max(1, this.width)))
  }

  // ---- what is where ---------------------------------------------------------------------------------------

  laneAt(clientY: number): LaneRow | null {
    const { top } = this.el.lanes.getBoundingClientRect()
    return this.props.rows.at(clientY - top + this.el.scroller.scrollTop)
  }

  pointedAt(clientX: number, clientY: number): Pointed | null {
    const row = this.laneAt(clientY)
    const tile = row && this.tiles.of(laneKey(row.lane), this.view)
    if (!row || !tile || !('spans' in tile.lane)) return null
    const { spans } = tile.lane
    const reach = (1.5 * (this.view.to - this.view.from)) / Math.max(1, this.width)
    const i = spanAt(spans, this.timeAt(clientX), reach)
    if (i < 0) return null
    return {
      lane: row.lane,
      from: spans.from[i] ?? 0,
      to: spans.to[i] ?? 0,
      row: spans.row[i] ?? -1,
      name: spans.name[i] ?? 0,
      tone: TONES[spans.tone[i] ?? 0] as Tone,
    }
  }

  setPointer(pointer: { x: number; y: number } | null): void {
    this.pointer = pointer
    this.loop.drawMarks()
  }

  // ---- frames ----------------------------------------------------------------------------------------------

  private onScroll = (): void => this.loop.drawBoxes()

  private readAgain(): void {
    this.lookStale = true
    this.loop.drawBoxes()
  }

  private readLook(): void {
    const { el, props } = this
    this.lookStale = false
    this.dpr = devicePixelRatio
    const style = getComputedStyle(el.scroller)
    const token = (name: string) => style.getPropertyValue(name)
    this.palette = readTimelinePalette(token)
    this.colors = readPalette(token)
    this.colorOfName.clear()
    this.width = el.axis.parentElement?.clientWidth ?? 0
    this.height = el.scroller.clientHeight
    for (const [canvas, width, height] of [
      [el.lanes, this.width, this.height],
      [el.axis, this.width, el.axis.clientHeight],
      [el.overviewCanvas, this.width, el.overview.clientHeight],
    ] as const) {
      canvas.width = Math.round(width * this.dpr)
      canvas.height = Math.round(height * this.dpr)
      canvas.style.width = `${width}px`
      if (canvas === el.lanes) canvas.style.height = `${height}px`
    }
    const font = `11px ${style.fontFamily}`
    const ctx = el.lanes.getContext('2d', { alpha: false })
    if (ctx && font !== this.font) {
      this.font = font
      const { names } = props.timeline
      this.fitter = new LabelFitter(canvasMeasure(ctx, font), (name) => {
        const text = names[name] ?? ''
        return text.includes('.') ? nameLabels(text) : [{ text, prefix: 0 }]
      })
    }
    this.overviewStale = true
  }

  private colorOf = (name: number): string => {
    let color = this.colorOfName.get(name)
    if (color === undefined) {
      const text = this.props.timeline.names[name] ?? ''
      color = css(functionColor(this.colors, text, this.props.own).fill)
      this.colorOfName.set(name, color)
    }
    return color
  }

  private draw(now: number): void {
    const { el, props } = this
    if (!props) return
    const began = performance.now()
    if (this.lookStale || this.dpr !== devicePixelRatio) this.readLook()
    if (this.width <= 0 || this.height <= 0) return
    this.step(now)
    this.loop.takeBoxes()
    this.loop.takeMarks()
    const { scrollTop } = el.scroller
    const rows = props.rows.within(scrollTop, scrollTop + this.height)
    this.point()
    const ctx = el.lanes.getContext('2d', { alpha: false })
    const axis = el.axis.getContext('2d', { alpha: false })
    if (!ctx || !axis) return
    drawTimeline(ctx, {
      width: this.width,
      height: this.height,
      dpr: this.dpr,
      view: this.view,
      scrollTop,
      rows,
      tileOf: (key) => this.tiles.of(key, this.view),
      font: this.font,
      fitter: this.fitter,
      colorOf: this.colorOf,
      palette: this.palette,
      pauses: props.timeline.pauses,
      range: props.range,
      selected: props.selected,
      hovered: this.hovered,
      arrows: props.arrows,
      active: props.active,
      topOf: (lane) => this.rowOf(lane),
    })
    this.drawAxis(axis)
    this.drawOverview()
    this.clock.note('frame', began)
    this.tiles.want(
      rows.map(({ lane }) => lane),
      this.travel?.to ?? this.view,
      this.width,
    )
    if (this.travel) this.loop.drawBoxes()
    if (!this.pictured) {
      this.pictured = true
      this.clock.afterPaint(() => this.events.onPictured(), true)
    }
    if (this.hasLanes || !rows.some(({ lane }) => this.tiles.of(laneKey(lane), this.view))) return
    this.hasLanes = true
    this.clock.afterPaint(() => performance.mark('first-lanes'), true)
  }

  /** On the way to another window. */
  private step(now: number): void {
    const { travel } = this
    if (!travel) return
    const share = Math.min(1, Math.max(0, (now - travel.began) / TRAVEL_MS))
    const eased = 1 - (1 - share) ** 3
    // Sizes change by factors, so that zooming looks even.
    const size = (of: TimeWindow) => of.to - of.from
    const width = size(travel.from) * (size(travel.to) / size(travel.from)) ** eased
    const toSize = size(travel.from) - size(travel.to)
    const way = Math.abs(toSize) > 1e-9 * size(travel.from) ? (size(travel.from) - width) / toSize : eased
    const from = travel.from.from + (travel.to.from - travel.from.from) * way
    this.view = clampWindow({ from, to: from + width }, this.all)
    if (share < 1) return
    this.view = travel.to
    this.travel = null
    this.loop.settleSoon(0)
  }

  private drawAxis(ctx: CanvasRenderingContext2D): void {
    const { view, width, props } = this
    const height = this.el.axis.clientHeight
    drawAxis(
      ctx,
      {
        width,
        height,
        dpr: this.dpr,
        left: 0,
        span: width,
        lo: view.from,
        hi: view.to,
        unit: 'nanoseconds',
        font: this.font,
        above: false,
      },
      this.colors,
      this.ticks,
    )
    const { range, base } = props
    const scale = width / (view.to - view.from)
    const seen = ({ from, to }: TimeWindow): [left: number, width: number] => {
      const left = Math.max(-2, (from - view.from) * scale)
      return [left, Math.min(width + 2, (to - view.from) * scale) - left]
    }
    if (range) {
      const [left, wide] = seen(range)
      ctx.fillStyle = this.palette.accentSoft
      if (wide > 0) ctx.fillRect(left, 0, wide, height)
    }
    if (!base) return
    const [left, wide] = seen(base)
    ctx.strokeStyle = this.palette.text2
    ctx.setLineDash([4, 3])
    if (wide > 0) ctx.strokeRect(left + 0.5, 0.5, Math.max(1, wide - 1), height - 1)
    ctx.setLineDash([])
  }

  private drawOverview(): void {
    const { el, all, view } = this
    if (this.overviewStale) {
      this.overviewStale = false
      const ctx = el.overviewCanvas.getContext('2d', { alpha: false })
      const size = { width: this.width, height: el.overview.clientHeight, dpr: this.dpr }
      if (ctx) drawTimelineOverview(ctx, size, this.overviewTiles, all, this.timeline.processors.length, this.palette)
    }
    const scale = this.width / (all.to - all.from)
    const left = (view.from - all.from) * scale
    const width = Math.max(4, (view.to - view.from) * scale)
    el.overviewWindow.style.cssText = `transform:translateX(${Math.min(left, this.width - width)}px);width:${width}px`
  }

  private async askOverview(): Promise<void> {
    const lanes: Lane[] = [{ kind: 'running' }, { kind: 'collections' }]
    const request = { ...this.all, parts: OVERVIEW_PARTS, lanes }
    const { signal } = this.gone
    const answer = await this.events.ask(request, signal).catch(() => null)
    if (!answer || signal.aborted) return
    const [running, collections] = answer.lanes.map((lane) => ({ ...this.all, parts: answer.parts, lane }))
    this.overviewTiles = { running: running ?? null, collections: collections ?? null }
    this.overviewStale = true
    this.loop.drawBoxes()
  }

  private point(): void {
    const { pointer } = this
    const pointed = pointer && !this.travel ? this.pointedAt(pointer.x, pointer.y) : null
    if (pointer && pointed) this.placeTip(pointer)
    const same =
      pointed?.from === this.hovered?.from &&
      pointed?.to === this.hovered?.to &&
      (pointed && laneKey(pointed.lane)) === (this.hovered && laneKey(this.hovered.lane))
    if (same) return
    this.hovered = pointed
    this.events.onPointed(pointed)
  }

  private placeTip({ x, y }: { x: number; y: number }): void {
    const { tip } = this.el
    const about = { left: x, right: x, top: y, bottom: y + 4 }
    const size = { width: tip.offsetWidth, height: tip.offsetHeight }
    const { left, top } = placeTip(about, size, { width: innerWidth, height: innerHeight })
    tip.style.transform = `translate(${left}px,${top}px)`
  }

  private settle(): void {
    const { view, all, props } = this
    const isWhole = view.from <= all.from && view.to >= all.to
    const asked = props.window ?? all
    if (!isSame(asked, view)) this.events.onWindow(isWhole ? null : view)
  }
}

const isSame = (a: TimeWindow, b: TimeWindow) => Math.abs(a.from - b.from) < 1 && Math.abs(a.to - b.to) < 1

/** Index of the span at a time, or of one that is not further away than `reach`; -1 = none. */
function spanAt({ from, to }: Spans, time: number, reach: number): number {
  const low = firstAbove(to, time)
  if ((from[low] ?? Number.POSITIVE_INFINITY) <= time) return low
  const before = low > 0 ? time - (to[low - 1] ?? 0) : Number.POSITIVE_INFINITY
  const behind = (from[low] ?? Number.POSITIVE_INFINITY) - time
  if (Math.min(before, behind) > reach) return -1
  return before <= behind ? low - 1 : low
}
