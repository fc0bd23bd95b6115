/** Colours of the graph, computed from the page's tokens. Drawing holds no colour of its own. */

import { type ScaleKind, STEPS } from '../core/layout/shade.ts'
import { type Family, familyOf, packageOf } from '../core/model/go-name.ts'
import { textHash } from '../core/model/name-hash.ts'
import type { ZoneFamily } from '../core/zones/zone.ts'
import { contrast, mix, oklch, parseHex, type Rgb } from './color.ts'

interface FamilyRange {
  l: number
  c: number
  h0: number
  h1: number
}

export interface Ember {
  fill: Rgb
  /** Text, number and pattern on it: whichever of the two inks contrasts more. */
  ink: Rgb
  /** Its outline. */
  edge: Rgb
}

export interface Palette {
  surface: Rgb
  text: Rgb
  text2: Rgb
  text3: Rgb
  control: Rgb
  accent: Rgb
  ink: Rgb
  inkDim: Rgb
  dim: Rgb
  warm: Rgb
  ancestor: Rgb
  root: Rgb
  line: Rgb
  tint: number
  wash: number
  outline: number
  families: Readonly<Record<Family, FamilyRange>>
  embers: Readonly<Record<ZoneFamily, Ember>>
}

/** Share of ink the package prefix of a label and the share at its right end get. */
export const softInk = 0.86
/** Share of ember that a dimmed box of a zone keeps. */
export const dimEmber = 0.16
/** Share of ember in places of findings while another one is in the spotlight. */
const traceEmber = 0.18
/** Share of the ground mixed into boxes that rest on few samples. */
export const fewFade = 0.55
/** Share of the text colour mixed into the box below the pointer. */
export const hoverInk = 0.08

const zoneFamilies: readonly ZoneFamily[] = ['reflect', 'map', 'json', 'meet', 'gc', 'alloc', 'wait']
const codeFamilies: readonly Family[] = ['user', 'dep', 'std', 'runtime', 'native']

/** Reads the palette from custom properties; `token` gives the value of `--name`. */
export function readPalette(token: (name: string) => string): Palette {
  const color = (name: string) => parseHex(token(`--${name}`))
  const number = (name: string) => Number.parseFloat(token(`--${name}`)) || 0
  const edge = color('zone-edge')
  const inks = [color('on-zone-dark'), color('on-zone-light')]
  const ember = (family: ZoneFamily): Ember => {
    const fill = color(`zone-${family}`)
    const ink = contrast(inks[0], fill) >= contrast(inks[1], fill) ? inks[0] : inks[1]
    return { fill, ink, edge: mix(edge, fill, 0.38) }
  }
  const range = (family: Family): FamilyRange => ({
    l: number(`family-${family}-l`),
    c: number(`family-${family}-c`),
    h0: number(`family-${family}-h0`),
    h1: number(`family-${family}-h1`),
  })
  return {
    surface: color('surface'),
    text: color('text'),
    text2: color('text-2'),
    text3: color('text-3'),
    control: color('control'),
    accent: color('accent'),
    ink: color('flame-text'),
    inkDim: color('flame-text-dim'),
    dim: color('flame-dim'),
    warm: color('flame-warm'),
    ancestor: color('flame-ancestor'),
    root: color('flame-root'),
    line: color('line'),
    tint: number('zone-tint'),
    wash: number('zone-wash'),
    outline: number('zone-outline') || 1.5,
    families: Object.fromEntries(codeFamilies.map((f) => [f, range(f)])) as Record<Family, FamilyRange>,
    embers: Object.fromEntries(zoneFamilies.map((f) => [f, ember(f)])) as Record<ZoneFamily, Ember>,
  }
}

/** How far siblings of one package may differ in lightness. */
export const jitter = 0.011

/** Short names that end alike have alike upper bits in FNV-1a; this spreads them over the range. */
function spread(hash: number): number {
  let h = hash ^ (hash >>> 15)
  h = Math.imul(h, 0x2c1b3c6d)
  return (h ^ (h >>> 12)) >>> 0
}

export function hueOf(path: string, { h0, h1 }: { h0: number; h1: number }): number {
  // The same name has the same colour in every file and session.
  return h0 + (spread(textHash(path)) / 2 ** 32) * (h1 - h0)
}

/**
 * Colour of a step (0..6) of a scale. Diverging goes from blue over grey to red, which differ for every kind of
 * colour vision; sequential from pale to deep violet, by lightness alone readable.
 */
export function scaleColor(palette: Palette, kind: ScaleKind, step: number): Rgb {
  const bright = contrast(palette.surface, [0, 0, 0]) > contrast(palette.surface, [255, 255, 255])
  const middle = (STEPS - 1) / 2
  if (kind === 'sequential') {
    const t = step / (STEPS - 1)
    return bright ? oklch(0.94 - 0.2 * t, 0.015 + 0.115 * t, 300) : oklch(0.29 + 0.19 * t, 0.015 + 0.125 * t, 300)
  }
  const t = Math.abs(step - middle) / middle
  const hue = step < middle ? 250 : 25
  return bright ? oklch(0.91 - 0.15 * t, 0.13 * t, hue) : oklch(0.34 + 0.13 * t, 0.13 * t, hue)
}

/** Colour of a function's boxes: hue by package, lightness nudged by name. `own` as in familyOf. */
export function functionColor(palette: Palette, name: string, own: readonly string[]): { family: Family; fill: Rgb } {
  const family = familyOf(name, own)
  const range = palette.families[family]
  const nudge = ((textHash(name) % 3) - 1) * jitter
  return { family, fill: oklch(range.l + nudge, range.c, hueOf(packageOf(name), range)) }
}

/** Least contrast of a label on a tinted box, a little above what WCAG AA asks. */
const readable = 4.6

/** So much ember on a ground, or as much as leaves its label readable: the lightest would lift some dark boxes too far. */
function warmed({ ink }: Palette, ground: Rgb, ember: Ember, most: number): Rgb {
  let share = most
  let color = mix(ground, ember.fill, share)
  while (share > 0.02 && contrast(ink, color) < readable) {
    share -= 0.02
    color = mix(ground, ember.fill, share)
  }
  return color
}

/** Colour of a place of a finding while another finding is in the spotlight. */
export function traceColor(palette: Palette, fill: Rgb, ember: Ember): Rgb {
  return warmed(palette, fill, ember, traceEmber)
}

/** Colour of a box called from a place of a zone. The user's own code keeps its colour. */
export function heatedColor(palette: Palette, fill: Rgb, family: Family, ember: Ember, washed: boolean): Rgb {
  if (family === 'user') return fill
  return washed ? warmed(palette, palette.warm, ember, palette.wash) : warmed(palette, fill, ember, palette.tint)
}
