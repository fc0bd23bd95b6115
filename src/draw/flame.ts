/**
 * Draws the flame graph and nothing else: no input. Runs on every frame of a movement, so boxes are filled colour by
 * colour, arrays are used again, and nothing is allocated per box.
 */
import { BoxLayers } from './box-layers.ts'
import { drawClipped, drawHollow, drawInlined, drawMatches, drawPatterns, drawRuns } from './box-marks.ts'
import { css } from './color.ts'
import { drawLabels, ShareTexts } from './labels.ts'
import type { Palette } from './palette.ts'
import type { Frame, Scene } from './scene.ts'

/** Height of the fades at the edges, in CSS px. */
const fade = 16

export class FlameDrawing {
  private readonly layers = new BoxLayers()
  private readonly shares = new ShareTexts()

  draw(ctx: CanvasRenderingContext2D, scene: Scene): void {
    const { layers } = this
    const { boxes, frame, palette, heat } = scene
    ctx.setTransform(frame.dpr, 0, 0, frame.dpr, 0, 0)
    ctx.globalAlpha = 1
    ctx.fillStyle = css(palette.surface)
    ctx.fillRect(0, 0, frame.width, frame.height)
    if (boxes.length > 0) {
      const count = layers.sort(scene)
      layers.fill(ctx, scene, 0)
      for (let z = 0; z < count - 1; z++) {
        if (heat) layers.outline(ctx, scene, z)
        layers.fill(ctx, scene, z + 1)
      }
      if (heat) drawPatterns(ctx, scene)
      drawRuns(ctx, scene)
      drawInlined(ctx, scene)
      drawHollow(ctx, scene)
      if (scene.searching) drawMatches(ctx, scene)
      drawClipped(ctx, scene)
      if (scene.labels > 0) drawLabels(ctx, scene, layers, this.shares)
    }
    drawFades(ctx, frame, palette)
  }
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
