/** Colour arithmetic on sRGB triples 0..255. */

export type Rgb = readonly [r: number, g: number, b: number]

function toByte(linear: number): number {
  const c = Math.min(1, Math.max(0, linear))
  return 255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055)
}

function toLinear(byte: number): number {
  const c = byte / 255
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
}

/** OKLCH (L 0..1, C, H in degrees) as sRGB, clipped to what a screen can show. */
export function oklch(l: number, c: number, h: number): Rgb {
  const a = c * Math.cos((h * Math.PI) / 180)
  const b = c * Math.sin((h * Math.PI) / 180)
  const l3 = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m3 = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s3 = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    toByte(4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3),
    toByte(-1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3),
    toByte(-0.0041960863 * l3 - 0.7034186147 * m3 + 1.707614701 * s3),
  ]
}

/** "#rgb" or "#rrggbb"; anything else is black. */
export function parseHex(text: string): Rgb {
  let hex = text.trim().replace('#', '')
  if (hex.length === 3) hex = [...hex].map((c) => c + c).join('')
  const n = Number.parseInt(hex, 16)
  return hex.length === 6 && Number.isFinite(n) ? [n >> 16, (n >> 8) & 255, n & 255] : [0, 0, 0]
}

export function css([r, g, b]: Rgb, alpha = 1): string {
  const rgb = `${Math.round(r)},${Math.round(g)},${Math.round(b)}`
  return alpha < 1 ? `rgba(${rgb},${alpha})` : `rgb(${rgb})`
}

/** `share` of `over` laid on `under`. */
export function mix(under: Rgb, over: Rgb, share: number): Rgb {
  return [
    under[0] + (over[0] - under[0]) * share,
    under[1] + (over[1] - under[1]) * share,
    under[2] + (over[2] - under[2]) * share,
  ]
}

function luminance([r, g, b]: Rgb): number {
  return 0.2126 * toLinear(r) + 0.7152 * toLinear(g) + 0.0722 * toLinear(b)
}

/** Contrast of two colours after WCAG, 1..21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (hi + 0.05) / (lo + 0.05)
}
