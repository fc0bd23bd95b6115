/** The tiles that tell zones apart without colour. */
import type { ZoneFamily } from '../core/zones/zone.ts'
import { css, type Rgb } from './color.ts'

/** Share of ink in a pattern. */
const strength = 0.34

interface Tile {
  /** Edge in CSS px. */
  size: number
  draw(ctx: CanvasRenderingContext2D, size: number): void
}

function lines(width: number, ...segments: [x0: number, y0: number, x1: number, y1: number][]): Tile['draw'] {
  return (ctx) => {
    ctx.lineWidth = width
    ctx.beginPath()
    for (const [x0, y0, x1, y1] of segments) {
      ctx.moveTo(x0, y0)
      ctx.lineTo(x1, y1)
    }
    ctx.stroke()
  }
}

const tiles: Readonly<Record<ZoneFamily, Tile>> = {
  reflect: {
    size: 6,
    draw: (ctx) => {
      ctx.beginPath()
      for (const [x, y] of [
        [1.5, 1.5],
        [4.5, 4.5],
      ]) {
        ctx.moveTo(x + 1.05, y)
        ctx.arc(x, y, 1.05, 0, Math.PI * 2)
      }
      ctx.fill()
    },
  },
  map: { size: 8, draw: lines(1.5, [-2, 10, 10, -2], [-2, 2, 2, -2], [6, 10, 10, 6]) },
  json: { size: 5, draw: lines(1.2, [0, 2.5, 5, 2.5]) },
  meet: { size: 8, draw: lines(1.1, [-1, -1, 9, 9], [-1, 9, 9, -1]) },
  gc: { size: 5, draw: lines(1.2, [2.5, 0, 2.5, 5]) },
  alloc: { size: 8, draw: lines(1.5, [-2, -2, 10, 10], [-2, 6, 2, 10], [6, -2, 10, 2]) },
  wait: { size: 8, draw: lines(1.2, [0, 2, 4, 2], [4, 6, 8, 6]) },
}

/** A repeating fill in the zone's ink, crisp at `scale` device px per CSS px. */
export function zonePattern(
  ctx: CanvasRenderingContext2D,
  family: ZoneFamily,
  ink: Rgb,
  scale: number,
): CanvasPattern | null {
  const tile = tiles[family]
  const px = Math.max(1, Math.round(tile.size * scale))
  const canvas = document.createElement('canvas')
  canvas.width = px
  canvas.height = px
  const t = canvas.getContext('2d')
  if (!t) return null
  t.scale(px / tile.size, px / tile.size)
  t.strokeStyle = css(ink, strength)
  t.fillStyle = css(ink, strength)
  tile.draw(t, tile.size)
  const pattern = ctx.createPattern(canvas, 'repeat')
  pattern?.setTransform(new DOMMatrix([tile.size / px, 0, 0, tile.size / px, 0, 0]))
  return pattern
}
