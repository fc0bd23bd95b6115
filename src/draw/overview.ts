/** The whole graph in little: what a minimap is made of. Drawn when tree or colours change, not while the reader moves. */
import { type Boxes, RUN } from '../core/layout/boxes.ts'
import { css } from './color.ts'
import type { Paint } from './paint.ts'
import type { Palette } from './palette.ts'

export interface OverviewFrame {
  width: number
  height: number
  dpr: number
  left: number
  /** Lines that share the height. */
  lines: number
  /** The root is at the bottom. */
  flipped: boolean
}

/** Narrower boxes are quiet, in CSS px. */
const unreadable = 4

/** Lines are no thicker than this, in CSS px. */
const mostLine = 4

/** How far one line is from the next, in CSS px. */
export function overviewStep({ height, lines }: Pick<OverviewFrame, 'height' | 'lines'>): number {
  return Math.min(mostLine, height / Math.max(1, lines))
}

export function drawOverview(
  ctx: CanvasRenderingContext2D,
  frame: OverviewFrame,
  boxes: Boxes,
  paint: Paint,
  palette: Palette,
): void {
  const { width, height, dpr, left, flipped } = frame
  const step = overviewStep(frame)
  ctx.setTransform(dpr, 0, 0, dpr, 0, 0)
  ctx.fillStyle = css(palette.surface)
  ctx.fillRect(0, 0, width, height)
  const colorOf = (i: number) => {
    const merged = boxes.kind[i] === RUN && boxes.count[i] > 1
    return merged ? paint.runColor(-1, false) : paint.colorOf(boxes.row[i], boxes.w[i] < unreadable)
  }
  // Colour by colour: to set one takes longer than to fill a box.
  const colors = Int32Array.from({ length: boxes.length }, (_, i) => colorOf(i))
  const order = Int32Array.from(colors.keys()).sort((a, b) => colors[a] - colors[b])
  let last = -1
  for (const i of order) {
    if (colors[i] !== last) ctx.fillStyle = paint.colors[colors[i]] ?? ''
    last = colors[i]
    const y = flipped ? height - (boxes.line[i] + 1) * step : boxes.line[i] * step
    ctx.fillRect(
      left + boxes.x[i],
      y,
      Math.max(0.5, boxes.w[i] - (boxes.w[i] > 3 ? 0.5 : 0)),
      Math.max(0.5, step - (step > 2 ? 0.5 : 0)),
    )
  }
}
