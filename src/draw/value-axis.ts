/** The scale along the graph: how much of the sample type's unit a width on the screen is. */
import { tickStep, ticks } from 'd3'
import { formatDigits, formatValue, measuredUnit, writtenIn } from '../core/model/units.ts'
import { css } from './color.ts'
import type { Palette } from './palette.ts'

export interface Tick {
  /** In the sample type's unit. */
  value: number
  text: string
}

/** Texts by value, kept while the reader pans: the same unit and step give the same values again. */
export class TickTexts {
  private key = ''
  private readonly texts = new Map<number, string>()

  /** `key`: what but the value decides how it is written. */
  of(key: string, value: number, write: () => string): string {
    if (key !== this.key || this.texts.size > mostTexts) this.texts.clear()
    this.key = key
    let text = this.texts.get(value)
    if (text === undefined) {
      text = write()
      this.texts.set(value, text)
    }
    return text
  }
}

const mostTexts = 1000

/** Round values within [lo, hi], about `most` of them, written in one unit and as exactly as their step asks for. */
export function axisTicks(lo: number, hi: number, unit: string, most: number, texts = new TickTexts()): Tick[] {
  if (!(hi > lo) || most < 1) return []
  const largest = writtenIn(hi, unit)
  // Fifths of a minute or of an hour are nothing that people count in.
  const tooLarge = largest && /^(min|h|d)/.test(largest.name) && tickStep(lo, hi, most) < largest.size
  const written = tooLarge ? writtenIn(largest.size * 0.9, unit) : largest
  if (!written && measuredUnit(unit) === unit) {
    const step = Math.max(1, tickStep(lo, hi, most))
    return multiples(lo, hi, step).map((value) => ({
      value,
      text: texts.of(unit, value, () => formatValue(value, unit)),
    }))
  }
  const size = written?.size ?? 1
  const step = tickStep(lo / size, hi / size, most)
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  const key = `${written?.name ?? unit} ${decimals}`
  const write = (value: number) =>
    written ? `${value.toFixed(decimals)} ${written.name}` : formatDigits(value, unit, decimals)
  return ticks(lo / size, hi / size, most).map((value) => ({
    value: value * size,
    text: value === 0 ? '0' : texts.of(key, value, () => write(value)),
  }))
}

/** Of what only whole numbers exist of. */
function multiples(lo: number, hi: number, step: number): number[] {
  const list: number[] = []
  for (let i = Math.ceil(lo / step); i * step <= hi; i++) list.push(i * step)
  return list
}

/** Room from one tick to the next, in CSS px. */
const perTick = 110
const tickHeight = 5

export interface AxisView {
  /** Of the canvas, in CSS px. */
  width: number
  height: number
  dpr: number
  /** Left end of the boxes on it, and how wide they may be. */
  left: number
  span: number
  /** Values at both ends of the span. */
  lo: number
  hi: number
  unit: string
  font: string
  /** Boxes lie above the axis, not below it. */
  above: boolean
}

export function drawAxis(ctx: CanvasRenderingContext2D, view: AxisView, palette: Palette, texts: TickTexts): void {
  const { width, height, dpr, left, span, lo, hi, unit, font, above } = view
  ctx.setTransform(dpr, 0, 0, dpr, 0, 0)
  ctx.fillStyle = css(palette.surface)
  ctx.fillRect(0, 0, width, height)
  ctx.font = font
  ctx.textBaseline = 'middle'
  const list = axisTicks(lo, hi, unit, Math.max(2, span / perTick), texts)
  // On its way to a box the camera looks at what lies left of it, too.
  const seen = list.filter(({ value }) => value >= 0)
  const at = ({ value }: Tick) => Math.round((left + ((value - lo) / (hi - lo)) * span) * dpr) / dpr
  ctx.fillStyle = css(palette.control)
  for (const tick of seen) ctx.fillRect(at(tick), above ? 0 : height - tickHeight, 1, tickHeight)
  ctx.fillStyle = css(palette.text3)
  for (const tick of seen) {
    const x = at(tick) + 4
    // A label that would be cut is left out; only the last one may be.
    if (x > width - perTick && x + ctx.measureText(tick.text).width > width) continue
    ctx.fillText(tick.text, x, above ? height / 2 + 1 : height / 2 - 0.5)
  }
}
