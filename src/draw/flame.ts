/**
 * Draws the flame graph and nothing else: no input, no state of its own besides reused arrays. Runs on
 * every frame of a movement, so boxes are filled colour by colour and nothing is allocated per box.
 */
import { ANCESTOR, BOX, type Boxes, FOLD, RUN } from '../core/layout/boxes.ts'
import { encloses, HEAD, type Heat, TINT } from '../core/layout/heat.ts'
import type { LabelFitter, TextMeasure } from '../core/layout/label.ts'
import { formatShare } from '../core/model/units.ts'
import { type CallTree, ROOT } from '../core/query/call-tree.ts'
import type { ZoneFamily } from '../core/zones/zone.ts'
import { css, mix } from './color.ts'
import type { Paint } from './paint.ts'
import { type Palette, softInk } from './palette.ts'

/** Where lines and edges lie on the canvas, in CSS px. */
export interface Frame {
  width: number
  height: number
  /** Left edge of the boxes. */
  left: number
  /** Top of line 0, and what each further line adds (negative with the root at the bottom). */
  top: number
  step: number
  dpr: number
  /** Size of labels. */
  fontSize: number
  font: string
  /** Whether lines lie beyond the upper and the lower edge, for the fades. */
  moreAbove: boolean
  moreBelow: boolean
}

export interface Scene {
  tree: CallTree
  boxes: Boxes
  frame: Frame
  paint: Paint
  palette: Palette
  fitter: LabelFitter
  measure: TextMeasure
  heat: Heat | null
  /** Colour family of each zone. */
  families: readonly ZoneFamily[]
  patterns: Readonly<Partial<Record<ZoneFamily, CanvasPattern | null>>>
  runPattern: CanvasPattern | null
  /** Index of the zone to stress, -1 = none. */
  focusedZone: number
  /** Lower-case text whose letters are underlined in matching labels; '' = none. */
  underline: string
  searching: boolean
  /** What 100% is. */
  whole: number
  /** 0..1; labels fade while boxes travel. */
  labels: number
  /** The picture will be replaced by the next frame: corners of small boxes are not rounded. */
  quick: boolean
  /** Label of the root row, of a line of folded callers, of a run of merged boxes. */
  rootLabel: string
  foldLabel: (callers: number) => string
  runLabel: (boxes: number) => string
}

const padding = 6
const minLabel = 30
const minShare = 150
const minRing = 6
const minBadge = 54
/** In front of the name of a box whose total is less than nothing. */
const MINUS = '− '
const badge = 13
const radius = 2
const fade = 16

let order = new Int32Array(0)
let colorOf = new Int32Array(0)
let slots = new Int32Array(0)

/** Colour of a box on the screen, by kind. */
const extra = 2

export function drawFlame(ctx: CanvasRenderingContext2D, scene: Scene): void {
  const { boxes, frame, palette, paint, heat } = scene
  ctx.setTransform(frame.dpr, 0, 0, frame.dpr, 0, 0)
  ctx.globalAlpha = 1
  ctx.fillStyle = css(palette.surface)
  ctx.fillRect(0, 0, frame.width, frame.height)
  if (boxes.length > 0) {
    const layers = sortByColor(scene)
    const colorCount = paint.colors.length + extra
    fillLayer(ctx, scene, 0, colorCount)
    for (let z = 0; z < layers - 1; z++) {
      if (heat) outlineZone(ctx, scene, z, (z + 1) * colorCount, colorCount)
      fillLayer(ctx, scene, (z + 1) * colorCount, colorCount)
    }
    if (heat) drawPatterns(ctx, scene)
    drawRuns(ctx, scene)
    drawInlined(ctx, scene)
    drawNegative(ctx, scene)
    if (scene.searching) drawMatches(ctx, scene)
    if (scene.labels > 0) drawLabels(ctx, scene)
  }
  drawFades(ctx, frame, palette)
}

/** Zone whose outline a box belongs to, or -1. */
function ringOf(scene: Scene, i: number): number {
  const { heat, boxes } = scene
  if (!heat || boxes.kind[i] !== BOX || boxes.w[i] < minRing) return -1
  const row = boxes.row[i]
  const role = heat.role[row]
  return role === HEAD || role === TINT ? heat.zone[row] : -1
}

/** Zone that colours a run: the one around it, else the first that burns inside it; -1 = none. */
function zoneOfRun(scene: Scene, i: number): number {
  const { heat, boxes, paint, tree } = scene
  if (!heat || !paint.nextHead) return -1
  const around = heat.zone[tree.parent[boxes.row[i]]]
  if (around >= 0) return around
  const head = paint.nextHead[boxes.row[i]]
  return head < boxes.next[i] ? heat.zone[head] : -1
}

function holdsMatch(scene: Scene, i: number): boolean {
  const { matches } = scene.paint
  return matches !== null && matches[scene.boxes.next[i]] > matches[scene.boxes.row[i]]
}

/**
 * Counting sort of the boxes by layer (plain first, then one per zone) and colour. Afterwards `slots[k]`
 * is where the boxes of key k - 1 begin in `order`. Answers how many layers there are.
 */
function sortByColor(scene: Scene): number {
  const { boxes, paint, heat } = scene
  const n = boxes.length
  if (order.length < n) {
    order = new Int32Array(boxes.row.length)
    colorOf = new Int32Array(boxes.row.length)
  }
  // New rows may add colours to the table, so all are asked before its size is read.
  for (let i = 0; i < n; i++) {
    if (boxes.kind[i] === RUN && boxes.count[i] > 1) {
      colorOf[i] = paint.runColor(zoneOfRun(scene, i), paint.matches !== null && !holdsMatch(scene, i))
    } else colorOf[i] = paint.colorOf(boxes.row[i])
  }
  const colorCount = paint.colors.length + extra
  const layers = 1 + (heat ? scene.families.length : 0)
  const keys = layers * colorCount
  if (slots.length < keys + 1) slots = new Int32Array(keys + 1024)
  slots.fill(0, 0, keys + 1)
  for (let i = 0; i < n; i++) {
    const kind = boxes.kind[i]
    let key = colorOf[i]
    if (kind === ANCESTOR || kind === FOLD) key = paint.colors.length
    else if (kind === BOX) key += (ringOf(scene, i) + 1) * colorCount
    colorOf[i] = key
    slots[key + 1]++
  }
  for (let k = 1; k <= keys; k++) slots[k] += slots[k - 1]
  for (let i = 0; i < n; i++) order[slots[colorOf[i]]++] = i
  return layers
}

/** Left and right edge on whole device px, and the gap to the next box. */
function leftEdge(frame: Frame, boxes: Boxes, i: number): number {
  return Math.round((frame.left + boxes.x[i]) * frame.dpr) / frame.dpr
}

function drawnWidth(frame: Frame, boxes: Boxes, i: number, left: number): number {
  const w = boxes.w[i]
  const right = Math.round((frame.left + boxes.x[i] + w) * frame.dpr) / frame.dpr
  const gap = w >= 3 ? 1 : w >= 1.5 ? 0.5 : 0
  const drawn = Math.round((right - left - gap) * frame.dpr) / frame.dpr
  return Math.max(drawn, 0.5)
}

export function topEdge(frame: Frame, line: number): number {
  return Math.round((frame.top + line * frame.step) * frame.dpr) / frame.dpr
}

export function boxHeight(frame: Frame): number {
  return Math.round((Math.abs(frame.step) - 1) * frame.dpr) / frame.dpr
}

function fillLayer(ctx: CanvasRenderingContext2D, scene: Scene, firstKey: number, colorCount: number): void {
  const { boxes, frame, paint, palette } = scene
  const h = boxHeight(frame)
  const roundFrom = scene.quick ? 10 * minRing : minRing
  for (let c = 0; c < colorCount; c++) {
    const key = firstKey + c
    const to = slots[key]
    const from = key > 0 ? slots[key - 1] : 0
    if (to === from) continue
    ctx.fillStyle = c < paint.colors.length ? paint.colors[c] : css(palette.ancestor)
    let rounded = false
    for (let k = from; k < to; k++) {
      const i = order[k]
      const x = leftEdge(frame, boxes, i)
      const w = drawnWidth(frame, boxes, i, x)
      const y = topEdge(frame, boxes.line[i])
      if (w >= roundFrom) {
        if (!rounded) {
          rounded = true
          ctx.beginPath()
        }
        ctx.roundRect(x, y, w, h, radius)
      } else ctx.fillRect(x, y, w, h)
    }
    if (rounded) ctx.fill()
  }
}

/**
 * The outline of a zone's boxes taken together, painted below them: first all of them grown by the ring,
 * then all of them grown by the gap in the colour of the ground. What remains visible is the ring.
 */
function outlineZone(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  zone: number,
  firstKey: number,
  colorCount: number,
): void {
  const from = slots[firstKey - 1]
  const to = slots[firstKey + colorCount - 1]
  if (from === to) return
  const { palette, boxes, frame, families, paint } = scene
  const ember = palette.embers[families[zone]]
  const stressed = zone === scene.focusedZone
  const ring = (encloses(families[zone]) ? palette.outline - 0.25 : palette.outline) + (stressed ? 0.75 : 0)
  const h = boxHeight(frame)
  const edge = stressed ? palette.text : ember.edge
  for (const [grow, color] of [
    [0.5 + ring, null],
    [0.5, css(palette.surface)],
  ] as const) {
    let last = ''
    for (let k = from; k < to; k++) {
      const i = order[k]
      const faint = paint.dim[boxes.row[i]] === 1
      const fill = color ?? css(faint ? mix(palette.surface, edge, 0.35) : edge)
      if (fill !== last) {
        ctx.fillStyle = fill
        last = fill
      }
      const x = leftEdge(frame, boxes, i)
      const y = topEdge(frame, boxes.line[i])
      const w = drawnWidth(frame, boxes, i, x)
      ctx.fillRect(x - grow, y - grow, w + 2 * grow, h + 2 * grow)
    }
  }
}

function drawPatterns(ctx: CanvasRenderingContext2D, scene: Scene): void {
  const { boxes, frame, heat, paint, families, patterns } = scene
  if (!heat) return
  const h = boxHeight(frame)
  for (let i = 0; i < boxes.length; i++) {
    const row = boxes.row[i]
    if (boxes.kind[i] !== BOX || heat.role[row] !== HEAD || paint.dim[row] === 1 || boxes.w[i] < 4) continue
    const pattern = patterns[families[heat.zone[row]]]
    if (!pattern) continue
    const x = leftEdge(frame, boxes, i)
    const y = topEdge(frame, boxes.line[i])
    // The tile is tied to the box, so that it travels with it.
    ctx.save()
    ctx.translate(x, y)
    ctx.fillStyle = pattern
    ctx.fillRect(0.5, 0.5, drawnWidth(frame, boxes, i, x) - 1, h - 1)
    ctx.restore()
  }
}

/** Strokes that tell a run of many boxes from one box. */
function drawRuns(ctx: CanvasRenderingContext2D, scene: Scene): void {
  const { boxes, frame, runPattern } = scene
  if (!runPattern) return
  const h = boxHeight(frame)
  ctx.fillStyle = runPattern
  for (let i = 0; i < boxes.length; i++) {
    if (boxes.kind[i] !== RUN || boxes.count[i] < 2 || boxes.w[i] < 4) continue
    const x = leftEdge(frame, boxes, i)
    ctx.fillRect(x, topEdge(frame, boxes.line[i]), drawnWidth(frame, boxes, i, x), h)
  }
}

function drawInlined(ctx: CanvasRenderingContext2D, scene: Scene): void {
  const { boxes, frame, tree, palette } = scene
  const h = boxHeight(frame)
  let any = false
  for (let i = 0; i < boxes.length; i++) {
    if (boxes.kind[i] !== BOX || boxes.w[i] < 5 || tree.inlined[boxes.row[i]] === 0) continue
    if (!any) {
      any = true
      ctx.beginPath()
    }
    const x = leftEdge(frame, boxes, i) + 1.25
    const y = topEdge(frame, boxes.line[i])
    ctx.moveTo(x, y + 1.5)
    ctx.lineTo(x, y + h - 1)
  }
  if (!any) return
  ctx.strokeStyle = css(palette.ink, 0.6)
  ctx.lineWidth = 1.5
  ctx.setLineDash([3, 2.5])
  ctx.stroke()
  ctx.setLineDash([])
}

/** Boxes of less than nothing are hollow: a dashed edge around a pale fill. */
function drawNegative(ctx: CanvasRenderingContext2D, scene: Scene): void {
  const { boxes, frame, paint, palette } = scene
  if (!paint.negative) return
  const h = boxHeight(frame)
  ctx.beginPath()
  for (let i = 0; i < boxes.length; i++) {
    if (boxes.kind[i] !== BOX || boxes.w[i] < 4 || paint.negative[boxes.row[i]] === 0) continue
    const x = leftEdge(frame, boxes, i)
    ctx.rect(x + 0.5, topEdge(frame, boxes.line[i]) + 0.5, drawnWidth(frame, boxes, i, x) - 1, h - 1)
  }
  ctx.strokeStyle = css(palette.ink, 0.5)
  ctx.lineWidth = 1
  ctx.setLineDash([4, 2.5])
  ctx.stroke()
  ctx.setLineDash([])
}

function drawMatches(ctx: CanvasRenderingContext2D, scene: Scene): void {
  const { boxes, frame, paint, palette, tree } = scene
  const h = boxHeight(frame)
  ctx.fillStyle = css(palette.accent)
  ctx.strokeStyle = css(palette.accent)
  ctx.lineWidth = 1.5
  ctx.beginPath()
  let any = false
  for (let i = 0; i < boxes.length; i++) {
    const row = boxes.row[i]
    const run = boxes.kind[i] === RUN
    if (boxes.kind[i] === FOLD) continue
    if (run ? !holdsMatch(scene, i) : paint.dim[row] === 1 || tree.func[row] === ROOT) continue
    const x = leftEdge(frame, boxes, i)
    const y = topEdge(frame, boxes.line[i])
    const w = drawnWidth(frame, boxes, i, x)
    if (w < 4) {
      ctx.fillRect(x, y, Math.max(1, w), h)
      continue
    }
    any = true
    ctx.roundRect(x + 0.75, y + 0.75, w - 1.5, h - 1.5, radius)
  }
  if (any) ctx.stroke()
}

let lastFill = ''
function ink(ctx: CanvasRenderingContext2D, color: string): void {
  if (color === lastFill) return
  ctx.fillStyle = color
  lastFill = color
}

function drawLabels(ctx: CanvasRenderingContext2D, scene: Scene): void {
  const { boxes, frame, palette, tree, paint, heat, families, fitter, measure, whole } = scene
  const h = boxHeight(frame)
  const baseline = Math.round(((h + frame.fontSize * 0.72) / 2) * frame.dpr) / frame.dpr
  const full = css(palette.ink)
  const soft = css(palette.ink, softInk)
  const dim = css(palette.inkDim)
  const quiet = css(palette.text2)
  const badgeFont = frame.font.replace(/^[\d.]+px/, 'bold 10px')
  ctx.font = frame.font
  ctx.textAlign = 'left'
  ctx.textBaseline = 'alphabetic'
  ctx.globalAlpha = scene.labels
  lastFill = ''
  for (let i = 0; i < boxes.length; i++) {
    const kind = boxes.kind[i]
    const w = boxes.w[i]
    const row = boxes.row[i]
    if (kind === RUN) {
      if (w >= 24 && boxes.count[i] > 1) drawRunLabel(ctx, scene, i, baseline)
      continue
    }
    if (w < minLabel) continue
    const x = leftEdge(frame, boxes, i)
    const y = topEdge(frame, boxes.line[i])
    const above = kind === ANCESTOR || kind === FOLD
    const dimmed = !above && paint.dim[row] === 1
    const role = heat && !above ? heat.role[row] : 0
    const zone = heat && !above ? heat.zone[row] : -1
    const ember = zone >= 0 ? palette.embers[families[zone]] : null
    const head = role === HEAD && ember !== null

    let strong = full
    let weak = soft
    if (above) weak = strong = quiet
    else if (dimmed) weak = strong = zone >= 0 ? quiet : dim
    else if (head && paint.negative?.[row] !== 1) weak = strong = css(ember.ink)
    else if (zone >= 0) weak = full

    let textX = x + padding
    if (above) {
      drawChevron(ctx, textX, y + h / 2, frame.step > 0, quiet)
      lastFill = ''
      textX += 13
    }
    const numbered = head && w >= minBadge
    if (numbered) textX += badge + 4
    const room = x + w - 1 - padding - textX

    let text: string
    let prefix = 0
    let width: number
    let prefixWidth = 0
    if (kind === FOLD || tree.func[row] === ROOT) {
      text = kind === FOLD ? scene.foldLabel(boxes.count[i]) : scene.rootLabel
      width = measure.width(text)
      if (width > room) {
        text = ''
        width = 0
      }
    } else {
      const minus = !above && paint.negative?.[row] === 1 ? MINUS : ''
      const minusWidth = minus === '' ? 0 : measure.width(minus)
      const label = fitter.fit(tree.func[row], room - minusWidth)
      text = label ? minus + label.text : ''
      width = label ? label.width + minusWidth : 0
      prefix = label && label.prefix > 0 ? minus.length + label.prefix : 0
      prefixWidth = label && label.prefix > 0 ? minusWidth + label.prefixWidth : 0
    }

    const withShare = room - width >= minShare || (above && room - width >= 60)
    const share = withShare ? shareOf(tree, row, whole) : ''
    const shareWidth = share ? measure.width(share) : 0
    if (head && !dimmed && (text || numbered)) {
      ink(ctx, paint.colors[paint.colorOf(row)])
      const from = numbered ? x + padding - 2 : textX - 3
      ctx.fillRect(from, y + 2, textX + width + 3 - from, h - 4)
      if (share) ctx.fillRect(x + w - 1 - padding - shareWidth - 3, y + 2, shareWidth + 6, h - 4)
    }
    if (numbered && heat) {
      const by = y + (h - badge) / 2
      ink(ctx, dimmed ? quiet : css(ember.ink))
      ctx.beginPath()
      ctx.roundRect(x + padding, by, badge, badge, 3)
      ctx.fill()
      ink(ctx, dimmed ? css(palette.surface) : css(ember.fill))
      ctx.font = badgeFont
      ctx.textAlign = 'center'
      ctx.fillText(String(heat.rank[zone]), x + padding + badge / 2, by + 10)
      ctx.textAlign = 'left'
      ctx.font = frame.font
    }
    if (text) {
      if (prefix > 0 && prefixWidth > 0 && weak !== strong) {
        ink(ctx, weak)
        ctx.fillText(text.slice(0, prefix), textX, y + baseline)
        ink(ctx, strong)
        ctx.fillText(text.slice(prefix), textX + prefixWidth, y + baseline)
      } else {
        ink(ctx, strong)
        ctx.fillText(text, textX, y + baseline)
      }
      if (scene.underline && !dimmed && tree.func[row] !== ROOT && kind !== FOLD) {
        underlineMatches(ctx, scene, text, textX, y + baseline + 1.5)
      }
    }
    if (share) {
      ink(ctx, weak)
      ctx.fillText(share, x + w - 1 - padding - shareWidth, y + baseline)
    }
  }
  ctx.globalAlpha = 1
}

const shares = new WeakMap<CallTree, Map<number, string>>()

/** A row's share of the whole as text; a tree has one whole, so it is written once. */
function shareOf(tree: CallTree, row: number, whole: number): string {
  let known = shares.get(tree)
  if (!known) {
    known = new Map()
    shares.set(tree, known)
  }
  let text = known.get(row)
  if (text === undefined) {
    text = formatShare(whole === 0 ? 0 : tree.total[row] / whole)
    known.set(row, text)
  }
  return text
}

function underlineMatches(ctx: CanvasRenderingContext2D, scene: Scene, text: string, x: number, y: number): void {
  const lower = text.toLowerCase()
  const { underline, measure } = scene
  // Lower case of a few letters has another length; then positions mean nothing.
  if (lower.length !== text.length) return
  for (let at = lower.indexOf(underline); at >= 0; at = lower.indexOf(underline, at + underline.length)) {
    const from = at > 0 ? measure.width(text.slice(0, at)) : 0
    ctx.fillRect(x + from, y, measure.width(text.slice(at, at + underline.length)), 1.5)
  }
}

function drawRunLabel(ctx: CanvasRenderingContext2D, scene: Scene, i: number, baseline: number): void {
  const { boxes, frame, measure, palette, paint } = scene
  const text = scene.runLabel(boxes.count[i])
  const width = measure.width(text)
  const w = boxes.w[i] - 1
  if (width + 8 > w) return
  const x = leftEdge(frame, boxes, i) + (w - width) / 2
  const y = topEdge(frame, boxes.line[i])
  ink(ctx, paint.colors[colorOf[i] % (paint.colors.length + extra)] ?? css(palette.ancestor))
  ctx.beginPath()
  ctx.roundRect(x - 3, y + 2, width + 6, boxHeight(frame) - 4, radius)
  ctx.fill()
  ink(ctx, paint.matches !== null && !holdsMatch(scene, i) ? css(palette.inkDim) : css(palette.ink))
  ctx.fillText(text, x, y + baseline)
}

function drawChevron(ctx: CanvasRenderingContext2D, x: number, y: number, up: boolean, color: string): void {
  const d = up ? 2 : -2
  ctx.beginPath()
  ctx.moveTo(x, y + d)
  ctx.lineTo(x + 4, y - d)
  ctx.lineTo(x + 8, y + d)
  ctx.strokeStyle = color
  ctx.lineWidth = 1.5
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  ctx.stroke()
  ctx.lineCap = 'butt'
  ctx.lineJoin = 'miter'
}

function drawFades(ctx: CanvasRenderingContext2D, frame: Frame, palette: Palette): void {
  const solid = css(palette.surface)
  const clear = css(palette.surface, 0)
  for (const [wanted, from, to] of [
    [frame.moreAbove, 0, fade],
    [frame.moreBelow, frame.height, frame.height - fade],
  ] as const) {
    if (!wanted) continue
    const gradient = ctx.createLinearGradient(0, from, 0, to)
    gradient.addColorStop(0, solid)
    gradient.addColorStop(1, clear)
    ctx.fillStyle = gradient
    ctx.fillRect(0, Math.min(from, to), frame.width, fade)
  }
}

/** The strokes of merged runs: 1 px every 3 px. */
export function runStrokes(ctx: CanvasRenderingContext2D, palette: Palette, dpr: number): CanvasPattern | null {
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(3 * dpr)
  canvas.height = 1
  const t = canvas.getContext('2d')
  if (!t) return null
  t.fillStyle = css(palette.ink, 0.3)
  t.fillRect(0, 0, Math.round(dpr), 1)
  const pattern = ctx.createPattern(canvas, 'repeat')
  pattern?.setTransform(new DOMMatrix([3 / canvas.width, 0, 0, 1, 0, 0]))
  return pattern
}
