/** The fills of the boxes, colour by colour, and the outlines of zones below them. */
import { ANCESTOR, BOX, FOLD, RUN } from '../core/layout/boxes.ts'
import { encloses, HEAD, TINT } from '../core/layout/heat.ts'
import { css, mix } from './color.ts'
import type { Paint } from './paint.ts'
import { boxHeight, drawnWidth, holdsMatch, leftEdge, NARROW, RADIUS, type Scene, topEdge } from './scene.ts'

/** Colours besides those of the paint: what lies above the zoomed box, and one to spare. */
const EXTRA = 2

const colorsOf = (paint: Paint) => paint.colors.length + EXTRA

/** Zone whose outline a box belongs to, or -1. */
function ringOf(scene: Scene, i: number): number {
  const { heat, boxes } = scene
  if (!heat || boxes.kind[i] !== BOX || boxes.w[i] < NARROW) return -1
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

/** The boxes of a scene in the order in which they are filled. The arrays are kept from frame to frame. */
export class BoxLayers {
  private order = new Int32Array(0)
  /** By box: its layer and colour as one number. */
  private key = new Int32Array(0)
  private slots = new Int32Array(0)

  /**
   * Counting sort of the boxes by layer (plain first, then one per zone) and colour. Afterwards `slots[k]`
   * is where the boxes of key k - 1 begin in `order`. Answers how many layers there are.
   */
  sort(scene: Scene): number {
    const { boxes, paint, heat } = scene
    const n = boxes.length
    if (this.order.length < n) {
      this.order = new Int32Array(boxes.row.length)
      this.key = new Int32Array(boxes.row.length)
    }
    const { order, key: keyOf } = this
    // New rows may add colours to the table, so all are asked before its size is read.
    for (let i = 0; i < n; i++) {
      if (boxes.kind[i] === RUN && boxes.count[i] > 1) {
        keyOf[i] = paint.runColor(zoneOfRun(scene, i), paint.matches !== null && !holdsMatch(scene, i))
      } else keyOf[i] = paint.colorOf(boxes.row[i], boxes.w[i] < NARROW)
    }
    const colorCount = colorsOf(paint)
    const layers = 1 + (heat ? scene.families.length : 0)
    const keys = layers * colorCount
    if (this.slots.length < keys + 1) this.slots = new Int32Array(keys + 1024)
    const { slots } = this
    slots.fill(0, 0, keys + 1)
    for (let i = 0; i < n; i++) {
      const kind = boxes.kind[i]
      let key = keyOf[i]
      if (kind === ANCESTOR || kind === FOLD) key = paint.colors.length
      else if (kind === BOX) key += (ringOf(scene, i) + 1) * colorCount
      keyOf[i] = key
      slots[key + 1]++
    }
    for (let k = 1; k <= keys; k++) slots[k] += slots[k - 1]
    for (let i = 0; i < n; i++) order[slots[keyOf[i]]++] = i
    return layers
  }

  /** Layer 0 holds what lies in no zone, layer z + 1 the boxes of zone z. */
  fill(ctx: CanvasRenderingContext2D, scene: Scene, layer: number): void {
    const { slots, order } = this
    const colorCount = colorsOf(scene.paint)
    const firstKey = layer * colorCount
    const { boxes, frame, paint, palette } = scene
    const h = boxHeight(frame)
    const roundFrom = scene.quick ? 10 * NARROW : NARROW
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
          ctx.roundRect(x, y, w, h, RADIUS)
        } else ctx.fillRect(x, y, w, h)
      }
      if (rounded) ctx.fill()
    }
  }

  /**
   * The outline of a zone's boxes taken together, painted below them: first all of them grown by the ring,
   * then all of them grown by the gap in the colour of the ground. What remains visible is the ring.
   */
  outline(ctx: CanvasRenderingContext2D, scene: Scene, zone: number): void {
    const { slots, order } = this
    const colorCount = colorsOf(scene.paint)
    const firstKey = (zone + 1) * colorCount
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

  /** The colour that a box was filled with. */
  colorAt(i: number, { paint, palette }: Scene): string {
    return paint.colors[this.key[i] % colorsOf(paint)] ?? css(palette.ancestor)
  }
}
