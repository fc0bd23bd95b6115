import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { STEPS } from '../core/layout/shade.ts'
import type { Family } from '../core/model/go-name.ts'
import type { ZoneFamily } from '../core/zones/zone.ts'
import { contrast, css, mix, oklch, parseHex, type Rgb } from './color.ts'
import {
  dimEmber,
  fewFade,
  functionColor,
  heatedColor,
  hueOf,
  jitter,
  type Palette,
  readPalette,
  scaleColor,
  softInk,
  traceColor,
} from './palette.ts'

const theme = readFileSync(fileURLToPath(new URL('../ui/theme.css', import.meta.url)), 'utf8')

/** The custom properties of one block of the style sheet, as a browser would answer them. */
function tokens(selector: string): Map<string, string> {
  const from = theme.indexOf(`${selector} {`)
  const block = theme.slice(from, theme.indexOf('\n}', from)).replace(/\/\*.*?\*\//g, '')
  return new Map([...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value.trim()]))
}
const light = tokens(':root')
const dark = new Map([...light, ...tokens('[data-theme="dark"]')])
const palettes: [string, Palette][] = [
  ['light', readPalette((name) => light.get(name) ?? '')],
  ['dark', readPalette((name) => dark.get(name) ?? '')],
]

const families: Family[] = ['user', 'dep', 'std', 'runtime', 'native']
const zones: ZoneFamily[] = ['reflect', 'map', 'json', 'meet', 'gc', 'alloc', 'wait']

/** Every colour a box of the family can have: all hues, and lightness up and down. */
function fills(palette: Palette, family: Family): Rgb[] {
  const { l, c, h0, h1 } = palette.families[family]
  const list: Rgb[] = []
  for (let h = h0; h <= h1; h += 5) for (const d of [-jitter, 0, jitter]) list.push(oklch(l + d, c, h))
  return list
}

/** Machado, Oliveira and Fernandes 2009, severity 1, for linear RGB. */
const deficient = {
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
}

/** A colour as somebody with that colour vision sees it, 0..255. */
function seen(m: readonly number[], color: Rgb): number[] {
  const linear = color.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4))
  return [0, 3, 6].map((row) => {
    const v = Math.min(
      1,
      Math.max(
        0,
        linear.reduce((sum, c, i) => sum + m[row + i] * c, 0),
      ),
    )
    return 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055)
  })
}

/** Where a colour lies for the eye: OKLab times 100, in which 2 is just visible. */
function perceived(color: readonly number[]): number[] {
  const [r, g, b] = color.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4))
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    20.42104553 * l + 79.3617785 * m - 0.40720468 * s,
    197.79984951 * l - 242.8592205 * m + 45.05937099 * s,
    2.59040371 * l + 78.27717662 * m - 80.8675766 * s,
  ]
}

/** Least distance of any two colours, of one from each list, to somebody with that colour vision. */
function apart(matrix: readonly number[] | null, a: Rgb[], b: Rgb[]): number {
  const look = (color: Rgb) => perceived(matrix ? seen(matrix, color) : color)
  const [as, bs] = [a.map(look), b.map(look)]
  return Math.min(...as.flatMap((x) => bs.map((y) => Math.hypot(...x.map((v, i) => v - y[i])))))
}

const least = (pairs: [Rgb, Rgb][]) => Math.min(...pairs.map(([a, b]) => contrast(a, b)))

describe.each(palettes)('%s: text can be read (WCAG AA, 4.5)', (_, palette) => {
  it('on the boxes of every family, package prefix and share included', () => {
    for (const family of families) {
      const boxes = fills(palette, family)
      expect(least(boxes.map((fill) => [palette.ink, fill]))).toBeGreaterThan(4.5)
      expect(least(boxes.map((fill) => [mix(fill, palette.ink, softInk), fill]))).toBeGreaterThan(4.5)
    }
  })

  it('on the places of zones, and on what they call', () => {
    for (const zone of zones) {
      const ember = palette.embers[zone]
      expect(contrast(ember.ink, ember.fill)).toBeGreaterThan(4.5)
      for (const family of families) {
        for (const washed of [false, true]) {
          const boxes = fills(palette, family).map((fill) => heatedColor(palette, fill, family, ember, washed))
          expect(least(boxes.map((fill) => [palette.ink, fill]))).toBeGreaterThan(4.5)
        }
      }
    }
  })

  it('on places of findings that are not in the spotlight', () => {
    for (const zone of zones) {
      for (const family of families) {
        const boxes = fills(palette, family).map((fill) => traceColor(palette, fill, palette.embers[zone]))
        expect(least(boxes.map((fill) => [palette.ink, fill])), `${zone} in ${family}`).toBeGreaterThan(4.5)
      }
    }
  })

  it('on dimmed boxes, callers and the root', () => {
    expect(contrast(palette.inkDim, palette.dim)).toBeGreaterThan(4.5)
    for (const zone of zones) {
      expect(contrast(palette.text2, mix(palette.dim, palette.embers[zone].fill, dimEmber))).toBeGreaterThan(4.5)
    }
    expect(contrast(palette.text2, palette.ancestor)).toBeGreaterThan(4.5)
    expect(contrast(palette.ink, palette.root)).toBeGreaterThan(4.5)
  })

  it('on every step of a scale, and where few samples let it fade', () => {
    for (const kind of ['diverging', 'sequential'] as const) {
      for (let step = 0; step < STEPS; step++) {
        const fill = scaleColor(palette, kind, step)
        for (const box of [fill, mix(fill, palette.surface, fewFade)]) {
          expect(contrast(palette.ink, box)).toBeGreaterThan(4.5)
          expect(contrast(mix(box, palette.ink, softInk), box)).toBeGreaterThan(4.5)
        }
      }
    }
  })

  it('the ends of the diverging scale differ for every kind of colour vision', () => {
    const [low, middle, high] = [0, (STEPS - 1) / 2, STEPS - 1].map((step) => scaleColor(palette, 'diverging', step))
    for (const matrix of Object.values(deficient)) {
      const distance = (a: Rgb, b: Rgb) => Math.hypot(...seen(matrix, a).map((v, i) => v - seen(matrix, b)[i]))
      expect(distance(low, high)).toBeGreaterThan(40)
      expect(distance(low, middle)).toBeGreaterThan(20)
      expect(distance(high, middle)).toBeGreaterThan(20)
    }
  })

  it('rings and outlines stand out (3)', () => {
    expect(contrast(palette.accent, palette.surface)).toBeGreaterThan(3)
    expect(contrast(palette.text, palette.surface)).toBeGreaterThan(3)
    for (const zone of zones) expect(contrast(palette.embers[zone].edge, palette.surface)).toBeGreaterThan(3)
  })
})

describe.each(palettes)('%s: colours of findings are told apart by every kind of colour vision', (_, palette) => {
  const visions = [['all colours', null], ...Object.entries(deficient)] as [string, number[] | null][]
  const embers = zones.map((zone) => palette.embers[zone].fill)

  it.each(visions)('%s: from each other', (_, matrix) => {
    for (const [i, ember] of embers.entries()) {
      expect(apart(matrix, [ember], embers.slice(i + 1)), zones[i]).toBeGreaterThan(7)
    }
  })

  it.each(visions)('%s: from the boxes of every family of packages', (_, matrix) => {
    const boxes = families.flatMap((family) => fills(palette, family))
    for (const [i, ember] of embers.entries()) expect(apart(matrix, [ember], boxes), zones[i]).toBeGreaterThan(4)
  })

  it('none is nearly black or nearly white: large ones would look as if something were left out', () => {
    for (const [i, ember] of embers.entries()) {
      const [lightness] = perceived(ember)
      expect(lightness, zones[i]).toBeGreaterThan(40)
      expect(lightness, zones[i]).toBeLessThan(94)
    }
  })
})

describe('colours of functions', () => {
  const palette = palettes[0][1]

  it('depend on the package, and a little on the name', () => {
    const a = functionColor(palette, 'net/http.(*conn).serve', [])
    expect(functionColor(palette, 'net/http.(*conn).serve', [])).toEqual(a)
    expect(a.family).toBe('std')
    expect(hueOf('net/http', palette.families.std)).not.toBe(hueOf('encoding/json', palette.families.std))
  })

  it('never reach the warm hues that mean heat', () => {
    for (const family of families) {
      const { h0, h1 } = palette.families[family]
      for (const path of ['main', 'a', 'net/http', 'github.com/x/y', 'z'.repeat(99)]) {
        const hue = hueOf(path, { h0, h1 })
        expect(hue).toBeGreaterThanOrEqual(150)
        expect(hue).toBeLessThanOrEqual(300)
      }
    }
  })

  it('stay the user’s own inside zones', () => {
    const fill: Rgb = [1, 2, 3]
    expect(heatedColor(palette, fill, 'user', palette.embers.map, false)).toBe(fill)
    expect(heatedColor(palette, fill, 'std', palette.embers.map, false)).not.toEqual(fill)
  })
})

describe('colour arithmetic', () => {
  it('agrees with the tokens, whose OKLCH source stands beside the hex', () => {
    for (const [, hex, l, c, h] of theme.matchAll(/(#[0-9a-f]{6});\s*\/\* oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)) {
      const computed = oklch(Number(l), Number(c), Number(h))
      for (const [i, channel] of parseHex(hex).entries()) expect(Math.abs(computed[i] - channel)).toBeLessThan(3)
    }
  })

  it('writes CSS', () => {
    expect(css([1, 2.4, 254.6])).toBe('rgb(1,2,255)')
    expect(css([1, 2, 3], 0.5)).toBe('rgba(1,2,3,0.5)')
    expect(parseHex('#fff')).toEqual([255, 255, 255])
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21)
  })
})
