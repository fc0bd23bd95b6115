/** Widths of texts on a canvas, each measured once. */
import type { TextMeasure } from '../core/layout/label.ts'

const limit = 20_000

/** A measure for the context's present font; make a new one when the font changes. */
export function canvasMeasure(ctx: CanvasRenderingContext2D, font: string): TextMeasure {
  const widths = new Map<string, number>()
  const width = (text: string): number => {
    let w = widths.get(text)
    if (w === undefined) {
      if (widths.size >= limit) widths.clear()
      if (ctx.font !== font) ctx.font = font
      w = ctx.measureText(text).width
      widths.set(text, w)
    }
    return w
  }
  return { width, advance: width }
}
