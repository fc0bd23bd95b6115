/** Pointer, selection and keyboard focus, on a canvas of their own: moving the pointer never redraws the graph. */
import { BOX, type Boxes } from '../core/layout/boxes.ts'
import { css } from './color.ts'
import { hoverInk, type Palette } from './palette.ts'
import { boxHeight, type Frame, topEdge } from './scene.ts'

export interface Marks {
  /** Indexes into the boxes, -1 = none. */
  hover: number
  selected: number
  focus: number
  /** Name row (CallTree.func) whose boxes get a thin ring, -1 = none. */
  func: number
}

const radius = 2

/** Clears the canvas and draws the marks. */
export function drawOverlay(
  ctx: CanvasRenderingContext2D,
  frame: Frame,
  boxes: Boxes,
  funcs: Int32Array,
  marks: Marks,
  palette: Palette,
): void {
  ctx.setTransform(frame.dpr, 0, 0, frame.dpr, 0, 0)
  ctx.clearRect(0, 0, frame.width, frame.height)
  const rect = (i: number, grow: number): void => {
    const x = Math.round((frame.left + boxes.x[i]) * frame.dpr) / frame.dpr
    const w = Math.max(1, boxes.w[i] - 1)
    const y = topEdge(frame, boxes.line[i])
    ctx.beginPath()
    ctx.roundRect(x - grow, y - grow, w + 2 * grow, boxHeight(frame) + 2 * grow, Math.max(0, radius + grow))
  }
  const { hover, selected, focus, func } = marks
  if (hover >= 0 && hover < boxes.length) {
    rect(hover, 0)
    ctx.fillStyle = css(palette.ink, hoverInk)
    ctx.fill()
  }
  if (func >= 0) {
    ctx.lineWidth = 1.25
    ctx.strokeStyle = css(palette.text, 0.8)
    for (let i = 0; i < boxes.length; i++) {
      if (i === selected || boxes.kind[i] !== BOX || boxes.w[i] < 3 || funcs[boxes.row[i]] !== func) continue
      rect(i, 0.25)
      ctx.stroke()
    }
  }
  if (selected >= 0 && selected < boxes.length && selected !== focus) {
    rect(selected, 0.25)
    ctx.lineWidth = 1.5
    ctx.strokeStyle = css(palette.surface)
    if (boxes.w[selected] > 6) {
      rect(selected, -0.75)
      ctx.stroke()
    }
    rect(selected, 1)
    ctx.lineWidth = 2
    ctx.strokeStyle = css(palette.text)
    ctx.stroke()
  }
  if (focus >= 0 && focus < boxes.length) {
    rect(focus, 0.5)
    ctx.lineWidth = 1
    ctx.strokeStyle = css(palette.surface)
    ctx.stroke()
    rect(focus, 2)
    ctx.lineWidth = 2
    ctx.strokeStyle = css(palette.accent)
    ctx.stroke()
  }
}
