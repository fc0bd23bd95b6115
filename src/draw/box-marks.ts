/** What is drawn into boxes besides their fill: patterns of zones, strokes, edges of matches. */
import { BOX, FOLD, RUN } from '../core/layout/boxes.ts'
import { HEAD } from '../core/layout/heat.ts'
import { ROOT } from '../core/query/call-tree.ts'
import { css } from './color.ts'
import type { Palette } from './palette.ts'
import { boxHeight, drawnWidth, holdsMatch, leftEdge, NARROW, RADIUS, type Scene, topEdge } from './scene.ts'

/** Narrower boxes do not say that they are inlined, in CSS px: nobody could read what they are. */
const leastInlined = 10

export function drawPatterns(ctx: CanvasRenderingContext2D, scene: Scene): void {
  const { boxes, frame, heat, paint, families, patterns } = scene
  if (!heat) return
  const h = boxHeight(frame)
  for (let i = 0; i < boxes.length; i++) {
    const row = boxes.row[i]
    if (boxes.kind[i] !== BOX || heat.role[row] !== HEAD || paint.dim[row] === 1 || boxes.w[i] < NARROW) continue
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
export function drawRuns(ctx: CanvasRenderingContext2D, scene: Scene): void {
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

export function drawInlined(ctx: CanvasRenderingContext2D, scene: Scene): void {
  const { boxes, frame, tree, palette } = scene
  const h = boxHeight(frame)
  let any = false
  for (let i = 0; i < boxes.length; i++) {
    if (boxes.kind[i] !== BOX || boxes.w[i] < leastInlined || tree.inlined[boxes.row[i]] === 0) continue
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

/** Boxes of less than nothing, and what is gone, are hollow: a dashed edge around a pale fill. */
export function drawHollow(ctx: CanvasRenderingContext2D, scene: Scene): void {
  const { boxes, frame, paint, palette } = scene
  if (!paint.hollow) return
  const h = boxHeight(frame)
  ctx.beginPath()
  for (let i = 0; i < boxes.length; i++) {
    if (boxes.kind[i] !== BOX || boxes.w[i] < 4 || paint.hollow[boxes.row[i]] === 0) continue
    const x = leftEdge(frame, boxes, i)
    ctx.rect(x + 0.5, topEdge(frame, boxes.line[i]) + 0.5, drawnWidth(frame, boxes, i, x) - 1, h - 1)
  }
  ctx.strokeStyle = css(palette.ink, 0.5)
  ctx.lineWidth = 1
  ctx.setLineDash([4, 2.5])
  ctx.stroke()
  ctx.setLineDash([])
}

export function drawMatches(ctx: CanvasRenderingContext2D, scene: Scene): void {
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
    ctx.roundRect(x + 0.75, y + 0.75, w - 1.5, h - 1.5, RADIUS)
  }
  if (any) ctx.stroke()
}

/** How far the ends of boxes fade that go on beyond the view, in CSS px. */
const clippedFade = 22
/** So far outlines reach beyond their boxes. */
const outlined = 3

/** Boxes that the edge of the view cuts fade out towards it. */
export function drawClipped(ctx: CanvasRenderingContext2D, scene: Scene): void {
  const { boxes, frame, tree, palette, lo, hi, width } = scene
  const slack = ((hi - lo) / width) * 0.5
  if (lo <= slack && hi >= tree.width[0] - slack) return
  const h = boxHeight(frame)
  const [left, right] = [frame.left - outlined, frame.left + width + outlined]
  const [clear, solid] = [css(palette.surface, 0), css(palette.surface)]
  const towards = (from: number, to: number) => {
    const gradient = ctx.createLinearGradient(from, 0, to, 0)
    gradient.addColorStop(0, solid)
    gradient.addColorStop(0.3, css(palette.surface, 0.75))
    gradient.addColorStop(1, clear)
    return gradient
  }
  for (const [isLeft, gradient] of [
    [true, towards(left, left + clippedFade)],
    [false, towards(right, right - clippedFade)],
  ] as const) {
    ctx.fillStyle = gradient
    for (let i = 0; i < boxes.length; i++) {
      const row = boxes.row[i]
      if (boxes.kind[i] !== BOX) continue
      const cut = isLeft ? tree.x[row] < lo - slack : tree.x[row] + tree.width[row] > hi + slack
      if (!cut) continue
      ctx.fillRect(isLeft ? left : right - clippedFade, topEdge(frame, boxes.line[i]) - 1, clippedFade, h + 2)
    }
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
