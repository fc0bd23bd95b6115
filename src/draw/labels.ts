/** The texts in boxes: names, shares, numbers of findings. */
import { ANCESTOR, FOLD, RUN } from '../core/layout/boxes.ts'
import { HEAD } from '../core/layout/heat.ts'
import { formatShare } from '../core/model/units.ts'
import { type CallTree, ROOT } from '../core/query/call-tree.ts'
import type { BoxLayers } from './box-layers.ts'
import { css } from './color.ts'
import { softInk } from './palette.ts'
import { boxHeight, holdsMatch, leftEdge, RADIUS, type Scene, topEdge } from './scene.ts'

const padding = 6
const minLabel = 30
const minShare = 150
const minBadge = 54
/** In front of the name of a box whose total is less than nothing. */
const MINUS = '− '
const badge = 13

/** The fill of a canvas, set only when it changes: that is slow. */
class Ink {
  private last = ''

  constructor(private readonly ctx: CanvasRenderingContext2D) {}

  use(color: string): void {
    if (color === this.last) return
    this.ctx.fillStyle = color
    this.last = color
  }

  /** After somebody else has changed the fill. */
  forget(): void {
    this.last = ''
  }
}

/** Shares of the whole as text. */
export class ShareTexts {
  private readonly texts = new WeakMap<CallTree, Map<number, string>>()

  /** A row's share; a tree has one whole, so it is written once. Where a base has nothing, all is new: there is nothing to say. */
  of(tree: CallTree, row: number, whole: number): string {
    let known = this.texts.get(tree)
    if (!known) {
      known = new Map()
      this.texts.set(tree, known)
    }
    let text = known.get(row)
    if (text === undefined) {
      const share = whole === 0 ? 0 : tree.total[row] / whole
      const isNew = tree.sides?.base[0] === 0
      text = isNew ? '' : `${tree.sides && share > 0 ? '+' : ''}${formatShare(share)}`
      known.set(row, text)
    }
    return text
  }
}

/** shares: texts of shares, which are kept from frame to frame. */
export function drawLabels(ctx: CanvasRenderingContext2D, scene: Scene, layers: BoxLayers, shares: ShareTexts): void {
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
  const ink = new Ink(ctx)
  for (let i = 0; i < boxes.length; i++) {
    const kind = boxes.kind[i]
    const w = boxes.w[i]
    const row = boxes.row[i]
    if (kind === RUN) {
      if (w >= 24 && boxes.count[i] > 1) drawRunLabel(ctx, scene, layers, ink, i, baseline)
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
    else if (head && paint.hollow?.[row] !== 1) weak = strong = css(ember.ink)
    else if (zone >= 0) weak = full

    let textX = x + padding
    if (above) {
      drawChevron(ctx, textX, y + h / 2, frame.step > 0, quiet)
      ink.forget()
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
    const share = withShare ? shares.of(tree, row, whole) : ''
    const shareWidth = share ? measure.width(share) : 0
    if (head && !dimmed && (text || numbered)) {
      ink.use(paint.colors[paint.colorOf(row)])
      const from = numbered ? x + padding - 2 : textX - 3
      ctx.fillRect(from, y + 2, textX + width + 3 - from, h - 4)
      if (share) ctx.fillRect(x + w - 1 - padding - shareWidth - 3, y + 2, shareWidth + 6, h - 4)
    }
    if (numbered && heat) {
      const by = y + (h - badge) / 2
      ink.use(dimmed ? quiet : css(ember.ink))
      ctx.beginPath()
      ctx.roundRect(x + padding, by, badge, badge, 3)
      ctx.fill()
      ink.use(dimmed ? css(palette.surface) : css(ember.fill))
      ctx.font = badgeFont
      ctx.textAlign = 'center'
      ctx.fillText(String(heat.rank[zone]), x + padding + badge / 2, by + 10)
      ctx.textAlign = 'left'
      ctx.font = frame.font
    }
    if (text) {
      if (prefix > 0 && prefixWidth > 0 && weak !== strong) {
        ink.use(weak)
        ctx.fillText(text.slice(0, prefix), textX, y + baseline)
        ink.use(strong)
        ctx.fillText(text.slice(prefix), textX + prefixWidth, y + baseline)
      } else {
        ink.use(strong)
        ctx.fillText(text, textX, y + baseline)
      }
      if (scene.underline && !dimmed && tree.func[row] !== ROOT && kind !== FOLD) {
        underlineMatches(ctx, scene, text, textX, y + baseline + 1.5)
      }
    }
    if (share) {
      ink.use(weak)
      ctx.fillText(share, x + w - 1 - padding - shareWidth, y + baseline)
    }
  }
  ctx.globalAlpha = 1
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

function drawRunLabel(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  layers: BoxLayers,
  ink: Ink,
  i: number,
  baseline: number,
): void {
  const { boxes, frame, measure, palette, paint } = scene
  const text = scene.runLabel(boxes.count[i])
  const width = measure.width(text)
  const w = boxes.w[i] - 1
  if (width + 8 > w) return
  const x = leftEdge(frame, boxes, i) + (w - width) / 2
  const y = topEdge(frame, boxes.line[i])
  ink.use(layers.colorAt(i, scene))
  ctx.beginPath()
  ctx.roundRect(x - 3, y + 2, width + 6, boxHeight(frame) - 4, RADIUS)
  ctx.fill()
  ink.use(paint.matches !== null && !holdsMatch(scene, i) ? css(palette.inkDim) : css(palette.ink))
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
