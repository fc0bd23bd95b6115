/** Draws the lanes of a timeline and nothing else: no input, no text that is measured more than once. Sizes are CSS px. */
import type { LabelFitter } from '../core/layout/label.ts'
import type { TimeWindow } from '../core/trace/timeline/camera.ts'
import { type Lane, laneKey } from '../core/trace/timeline/lane.ts'
import type { LaneRow } from '../core/trace/timeline/rows.ts'
import {
  type Density,
  type LaneWindow,
  type Line,
  type Spans,
  TONES,
  type Tone,
} from '../core/trace/timeline/window.ts'
import { css, mix, parseHex, type Rgb } from './color.ts'

/** What a lane shows of a part of the trace. */
export interface Tile extends TimeWindow {
  parts: number
  lane: LaneWindow
}

export interface TimelinePalette {
  surface: Rgb
  text: string
  text2: string
  text3: string
  line: string
  hover: string
  accent: string
  accentSoft: string
  ink: string
  /** By tone, and by how much of a span is filled: the last one is full. */
  tones: readonly (readonly string[])[]
  pauseBand: string
  goal: string
}

/** How finely it is told how much of a span is filled. */
const FILLS = 5

/** By tone: name of the custom property. */
const TOKENS = [
  'where-1',
  'zone-map',
  'where-2',
  'where-7',
  'where-3',
  'where-rest',
  'zone-gc',
  'danger',
  'where-4',
] as const

/** How high a span is in its lane, by tone: what is at work stands highest, so that states are told without colour. */
const HEIGHTS = [1, 0.72, 0.86, 0.36, 0.36, 0.2, 1, 1, 0.8]

/** For a legend. */
export const toneHeight = (tone: Tone): number => HEIGHTS[TONES.indexOf(tone)]
export const toneToken = (tone: Tone): string => TOKENS[TONES.indexOf(tone)]

/** token: gives the value of `--name`. */
export function readTimelinePalette(token: (name: string) => string): TimelinePalette {
  const color = (name: string) => parseHex(token(`--${name}`))
  const surface = color('surface')
  const shades = (name: string) =>
    Array.from({ length: FILLS }, (_, i) => css(mix(surface, color(name), 0.3 + (0.7 * i) / (FILLS - 1))))
  return {
    surface,
    text: css(color('text')),
    text2: css(color('text-2')),
    text3: css(color('text-3')),
    line: css(color('line')),
    hover: css(color('hover')),
    accent: css(color('accent')),
    accentSoft: css(color('accent'), 0.12),
    ink: css(color('flame-text')),
    tones: TOKENS.map(shades),
    pauseBand: css(color('danger'), 0.13),
    goal: css(color('text-3')),
  }
}

export interface Mark {
  lane: Lane
  from: number
  to: number
}

/** From a lane to another one at a time. */
export interface Arrow {
  from: Lane
  to: Lane
  at: number
}

export interface TimelineScene {
  width: number
  height: number
  dpr: number
  view: TimeWindow
  /** Of what is drawn at the top. */
  scrollTop: number
  rows: readonly LaneRow[]
  /** By laneKey(). */
  tileOf(key: string): Tile | null
  font: string
  /** Fits what stands in a span: row of names. */
  fitter: LabelFitter
  /** Colour of what ran on a processor: row of names. */
  colorOf(name: number): string
  palette: TimelinePalette
  pauses: { from: Float64Array; to: Float64Array }
  range: TimeWindow | null
  selected: Mark | null
  hovered: Mark | null
  arrows: readonly Arrow[]
  /** The lane that the keyboard is in. */
  active: Lane | null
  topOf(lane: Lane): LaneRow | null
}

const GAP = 2

export function drawTimeline(ctx: CanvasRenderingContext2D, scene: TimelineScene): void {
  const { width, height, dpr, palette, rows, scrollTop, active } = scene
  ctx.setTransform(dpr, 0, 0, dpr, 0, 0)
  ctx.globalAlpha = 1
  ctx.fillStyle = css(palette.surface)
  ctx.fillRect(0, 0, width, height)
  const activeKey = active && laneKey(active)
  for (const row of rows) {
    const top = row.top - scrollTop
    const key = laneKey(row.lane)
    if (key === activeKey) {
      ctx.fillStyle = palette.hover
      ctx.fillRect(0, top, width, row.height)
    }
    ctx.fillStyle = palette.line
    ctx.fillRect(0, top + row.height - 1, width, 1)
  }
  drawPauses(ctx, scene)
  ctx.font = scene.font
  ctx.textBaseline = 'middle'
  for (const row of rows) {
    const tile = scene.tileOf(laneKey(row.lane))
    if (!tile) continue
    const top = row.top - scrollTop + 1
    const room = row.height - GAP - 1
    if ('spans' in tile.lane) drawSpans(ctx, scene, row.lane, tile.lane.spans, top, room)
    else if ('density' in tile.lane) drawDensity(ctx, scene, tile, tile.lane.density, top, room)
    else drawLine(ctx, scene, tile, tile.lane.line, top, room)
  }
  drawRange(ctx, scene)
  drawArrows(ctx, scene)
  drawMark(ctx, scene, scene.hovered, scene.palette.text2, 1)
  drawMark(ctx, scene, scene.selected, scene.palette.text, 2)
}

/** CSS px of a time. */
const acrossOf = ({ view, width }: Pick<TimelineScene, 'view' | 'width'>) => {
  const scale = width / (view.to - view.from)
  return (time: number) => (time - view.from) * scale
}

/** Least room for a label, and what is left free beside it. */
const LABEL_FROM = 34
const LABEL_PAD = 5

function drawSpans(
  ctx: CanvasRenderingContext2D,
  scene: TimelineScene,
  lane: Lane,
  spans: Spans,
  top: number,
  room: number,
): void {
  const { palette, width, fitter } = scene
  const across = acrossOf(scene)
  const isProcessor = lane.kind === 'processor'
  const { from, to, tone, share, name, row } = spans
  let fill = ''
  for (let i = 0; i < from.length; i++) {
    const left = across(from[i])
    if (left > width) break
    const right = across(to[i])
    if (right < 0) continue
    const x = Math.max(-2, left)
    const end = Math.min(width + 2, right)
    // What is narrower than a px is still seen; between wide ones a gap shows where one ends.
    const w = Math.max(1, end - x - (right - left > 4 ? 0.75 : 0))
    const level = share[i] === 255 ? FILLS - 1 : Math.floor((share[i] / 255) * (FILLS - 1))
    const next = isProcessor && row[i] >= 0 ? scene.colorOf(name[i]) : palette.tones[tone[i]][level]
    if (next !== fill) {
      ctx.fillStyle = next
      fill = next
    }
    const h = Math.max(2, room * HEIGHTS[tone[i]])
    ctx.fillRect(x, top + room - h, w, h)
  }
  const isNamed = isProcessor || lane.kind === 'pauses' || (lane.kind === 'member' && lane.of === 'goroutines')
  if (!isNamed) return
  ctx.fillStyle = isProcessor ? palette.ink : lane.kind === 'pauses' ? css(palette.surface) : palette.text2
  for (let i = 0; i < from.length; i++) {
    const left = Math.max(0, across(from[i]))
    const right = Math.min(width, across(to[i]))
    if (left > width) break
    if (right - left < LABEL_FROM || name[i] === 0 || row[i] < 0) continue
    // Waits are low bars: their reason stands above them.
    const isWait = HEIGHTS[tone[i]] < 0.5
    if (!isProcessor && lane.kind === 'member' && !isWait) continue
    const label = fitter.fit(name[i], right - left - 2 * LABEL_PAD)
    if (label) ctx.fillText(label.text, left + LABEL_PAD, top + (isWait ? room * 0.36 : room / 2 + 0.5))
  }
}

/** Order in which tones stand on each other: what is at work lies at the bottom. */
const STACKED = [0, 2, 1, 6, 8, 3, 4, 5]

function drawDensity(
  ctx: CanvasRenderingContext2D,
  scene: TimelineScene,
  { from, to, parts }: Tile,
  { mean, most }: Density,
  top: number,
  room: number,
): void {
  if (most <= 0) return
  const { palette, width } = scene
  const across = acrossOf(scene)
  const scale = room / most
  const step = (to - from) / parts
  const base = new Float32Array(parts).fill(top + room)
  const first = Math.max(0, Math.floor((scene.view.from - from) / step))
  const last = Math.min(parts, Math.ceil((scene.view.to - from) / step))
  for (const tone of STACKED) {
    // Who waits is the rule: what is at work stands out of it.
    ctx.fillStyle = palette.tones[tone][HEIGHTS[tone] < 0.5 ? 0 : FILLS - 1]
    for (let part = first; part < last; part++) {
      const value = mean[tone * parts + part]
      if (value <= 0) continue
      // Alike neighbours are one box.
      let end = part + 1
      while (end < last && mean[tone * parts + end] === value && base[end] === base[part]) end++
      const h = Math.max(0.75, value * scale)
      const x = Math.max(-2, across(from + part * step))
      const right = Math.min(width + 2, across(from + end * step))
      ctx.fillRect(x, base[part] - h, Math.max(1, right - x), h)
      for (let i = part; i < end; i++) base[i] -= h
      part = end - 1
    }
  }
}

function drawLine(
  ctx: CanvasRenderingContext2D,
  scene: TimelineScene,
  { from, to, parts }: Tile,
  { heap, goal, most }: Line,
  top: number,
  room: number,
): void {
  if (most <= 0) return
  const { palette } = scene
  const across = acrossOf(scene)
  const step = (to - from) / parts
  const y = (value: number) => top + room - (value / most) * (room - 2)
  const path = (values: Float64Array) => {
    let known = false
    for (let part = 0; part < parts; part++) {
      const value = values[part]
      if (Number.isNaN(value)) continue
      const x = across(from + part * step)
      if (!known) ctx.moveTo(x, y(value))
      else ctx.lineTo(x, y(value))
      ctx.lineTo(across(from + (part + 1) * step), y(value))
      known = true
    }
    return known
  }
  ctx.beginPath()
  if (path(heap)) {
    ctx.strokeStyle = palette.tones[0][FILLS - 1]
    ctx.lineWidth = 1.5
    ctx.stroke()
    ctx.lineTo(across(to), top + room)
    ctx.lineTo(across(from), top + room)
    ctx.fillStyle = palette.accentSoft
    ctx.fill()
  }
  ctx.beginPath()
  path(goal)
  ctx.strokeStyle = palette.goal
  ctx.setLineDash([3, 3])
  ctx.lineWidth = 1
  ctx.stroke()
  ctx.setLineDash([])
}

/** Bands over all lanes while the world was stopped, as soon as they can be seen. */
function drawPauses(ctx: CanvasRenderingContext2D, scene: TimelineScene): void {
  const { pauses, palette, height, width, view } = scene
  const across = acrossOf(scene)
  ctx.fillStyle = palette.pauseBand
  for (let i = 0; i < pauses.from.length; i++) {
    if (pauses.to[i] < view.from) continue
    if (pauses.from[i] > view.to) break
    const left = Math.max(0, across(pauses.from[i]))
    const right = Math.min(width, across(pauses.to[i]))
    if (right - left >= 1) ctx.fillRect(left, 0, right - left, height)
  }
}

function drawRange(ctx: CanvasRenderingContext2D, scene: TimelineScene): void {
  const { range, width, height, palette } = scene
  if (!range) return
  const across = acrossOf(scene)
  const left = across(range.from)
  const right = across(range.to)
  ctx.fillStyle = css(palette.surface, 0.55)
  if (left > 0) ctx.fillRect(0, 0, Math.min(width, left), height)
  if (right < width) ctx.fillRect(Math.max(0, right), 0, width - Math.max(0, right), height)
  ctx.fillStyle = palette.accent
  for (const x of [left, right]) if (x >= -1 && x <= width) ctx.fillRect(x - 0.75, 0, 1.5, height)
}

function drawMark(
  ctx: CanvasRenderingContext2D,
  scene: TimelineScene,
  mark: Mark | null,
  color: string,
  weight: number,
): void {
  const row = mark && scene.topOf(mark.lane)
  if (!row) return
  const across = acrossOf(scene)
  const left = Math.max(-4, across(mark.from))
  const right = Math.min(scene.width + 4, across(mark.to))
  if (right < left) return
  const w = Math.max(2, right - left)
  ctx.strokeStyle = color
  ctx.lineWidth = weight
  ctx.strokeRect(left - 0.5, row.top - scene.scrollTop + 0.5, w + 1, row.height - GAP)
}

function drawArrows(ctx: CanvasRenderingContext2D, scene: TimelineScene): void {
  const across = acrossOf(scene)
  const { palette, scrollTop } = scene
  ctx.strokeStyle = palette.accent
  ctx.fillStyle = palette.accent
  ctx.lineWidth = 1.5
  for (const { from, to, at } of scene.arrows) {
    const [a, b] = [scene.topOf(from), scene.topOf(to)]
    if (!a || !b) continue
    const x = across(at)
    if (x < -1 || x > scene.width + 1) continue
    const start = a.top + a.height / 2 - scrollTop
    const end = b.top + b.height / 2 - scrollTop
    const down = Math.sign(end - start) || 1
    ctx.beginPath()
    ctx.moveTo(x, start)
    ctx.lineTo(x, end)
    ctx.stroke()
    ctx.beginPath()
    ctx.arc(x, start, 2.5, 0, 2 * Math.PI)
    ctx.moveTo(x, end)
    ctx.lineTo(x - 3.5, end - 6 * down)
    ctx.lineTo(x + 3.5, end - 6 * down)
    ctx.closePath()
    ctx.fill()
  }
}

/** How many processors were at work, over the whole trace, with the collections below. */
export function drawTimelineOverview(
  ctx: CanvasRenderingContext2D,
  { width, height, dpr }: { width: number; height: number; dpr: number },
  tiles: { running: Tile | null; collections: Tile | null },
  whole: TimeWindow,
  processors: number,
  palette: TimelinePalette,
): void {
  ctx.setTransform(dpr, 0, 0, dpr, 0, 0)
  ctx.fillStyle = css(palette.surface)
  ctx.fillRect(0, 0, width, height)
  const scale = width / (whole.to - whole.from)
  const below = 4
  const { running, collections } = tiles
  if (running && 'density' in running.lane) {
    const { mean } = running.lane.density
    const step = (running.to - running.from) / running.parts
    ctx.fillStyle = palette.tones[0][2]
    for (let part = 0; part < running.parts; part++) {
      const h = (mean[part] / Math.max(1, processors)) * (height - below - 1)
      ctx.fillRect((running.from + part * step - whole.from) * scale, height - below - h, step * scale + 0.5, h)
    }
  }
  if (collections && 'spans' in collections.lane) {
    const { from, to } = collections.lane.spans
    ctx.fillStyle = palette.tones[TONES.indexOf('gc')][FILLS - 1]
    for (let i = 0; i < from.length; i++) {
      const x = (from[i] - whole.from) * scale
      ctx.fillRect(x, height - below + 1, Math.max(1, (to[i] - from[i]) * scale), below - 1)
    }
  }
}
