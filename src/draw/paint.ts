/** One colour per row of a tree, worked out once per tree, zones, search and theme: drawing only looks it up. */
import { COLD, HEAD, type Heat, TINT, WASH } from '../core/layout/heat.ts'
import type { Shade } from '../core/layout/row-shade.ts'
import { STEPS } from '../core/layout/shade.ts'
import type { Family } from '../core/model/go-name.ts'
import { type CallTree, REST, ROOT } from '../core/query/call-tree.ts'
import type { ZoneFamily } from '../core/zones/zone.ts'
import { css, mix, type Rgb } from './color.ts'
import { dimEmber, fewFade, functionColor, heatedColor, type Palette, scaleColor, traceColor } from './palette.ts'

/** Colours of functions in one theme; shared by all trees of a profile. */
export class FunctionColors {
  private readonly known = new Map<number, { family: Family; fill: Rgb }>()

  constructor(
    readonly palette: Palette,
    private readonly nameOf: (func: number) => string,
    private readonly own: readonly string[],
  ) {}

  get(func: number): { family: Family; fill: Rgb } {
    let color = this.known.get(func)
    if (!color) {
      color = functionColor(this.palette, this.nameOf(func), this.own)
      this.known.set(func, color)
    }
    return color
  }
}

export interface Paint {
  /**
   * Index into `colors` of a row's colour; worked out when the row is first drawn. `quiet`: of a box too narrow to be
   * read, which lets some of the ground through and burns like what a place calls, not like a place.
   */
  colorOf(row: number, quiet?: boolean): number
  colors: string[]
  /** Per row: 1 where a search leaves it out. */
  dim: Uint8Array
  /** Per row: 1 where the total is less than nothing; null when it is nowhere. */
  negative: Uint8Array | null
  /** Per row: 1 where it is drawn hollow; null when none is. */
  hollow: Uint8Array | null
  /** matches[r] = matching rows before r, so that a run knows whether it holds one; null without a search. */
  matches: Int32Array | null
  /** Per row: the next row at or after it that is a place of a zone, `length` when there is none; null without zones. */
  nextHead: Int32Array | null
  /** Colour of a merged run in a zone (-1 = none). */
  runColor(zone: number, dim: boolean): number
}

/** How much of the ground shows through boxes of less than nothing. */
const hollowness = 0.72

/** Share of the ground in boxes too narrow to be read: many side by side would be all one sees. */
const quietness = 0.4

/** Role of a place of a zone that is not lit while another one is. */
const TRACE = 4

const maxColors = 65_534

/**
 * `match` is one flag per function; `families` the colour family of each zone of the report. `embers`: places of zones
 * that are not in `heat`, of which a trace remains.
 */
export function paintRows(
  tree: CallTree,
  functions: FunctionColors,
  heat: Heat | null,
  families: readonly ZoneFamily[],
  match: Uint8Array | null,
  shade: Shade | null = null,
  embers: Heat | null = null,
): Paint {
  const { palette } = functions
  const { length, func } = tree
  /** Index into colors plus one, 0 = not asked yet: of a large tree most rows are never drawn. */
  const color = new Uint16Array(length)
  const quietColor = new Uint16Array(length)
  const dim = new Uint8Array(length)
  const negative = tree.total.some((total) => total < 0)
    ? Uint8Array.from(tree.total, (total) => Number(total < 0))
    : null
  const hollow = shade?.hollow ?? negative
  const matches = match ? new Int32Array(length + 1) : null
  const colors: string[] = []
  const ids = new Map<number, number>()

  const fillOf = (f: number, zone: number, role: number, dimmed: boolean): Rgb => {
    if (f === ROOT) return palette.root
    if (role === TRACE && !dimmed && f >= 0) {
      return traceColor(palette, functions.get(f).fill, palette.embers[families[zone]])
    }
    const ember = zone >= 0 && role !== TRACE ? palette.embers[families[zone]] : null
    if (dimmed) return ember ? mix(palette.dim, ember.fill, dimEmber) : palette.dim
    if (ember && role === HEAD) return ember.fill
    // Merged boxes belong to nobody: the colour of code nobody knows.
    const own = f >= 0 ? functions.get(f) : { family: 'native' as const, fill: mix(palette.surface, palette.ink, 0.09) }
    return ember ? heatedColor(palette, own.fill, own.family, ember, role === WASH) : own.fill
  }
  /** `step` of a scale instead of the function's own colour, -1 = none; `faint`: few samples stand behind it. */
  const shaded = (fill: Rgb, f: number, step: number, role: number, dimmed: boolean, faint: boolean): Rgb => {
    if (dimmed || f === ROOT) return fill
    const own = shade?.step ? (step < 0 ? palette.ancestor : scaleColor(palette, shade.kind, step)) : fill
    return faint && role !== HEAD ? mix(own, palette.surface, fewFade) : own
  }
  const idOf = (
    f: number,
    zone: number,
    role: number,
    dimmed: boolean,
    step = -1,
    faint = false,
    hollow = false,
    quiet = false,
  ): number => {
    const shades = (((step + 1) * 2 + (faint ? 1 : 0)) * 2 + (hollow ? 1 : 0)) * 2 + (quiet ? 1 : 0)
    const key = ((((f + 2) * 64 + zone + 1) * 5 + role) * 2 + (dimmed ? 1 : 0)) * (STEPS + 1) * 8 + shades
    let id = ids.get(key)
    if (id === undefined) {
      id = Math.min(colors.length, maxColors)
      const fill = shaded(fillOf(f, zone, role, dimmed), f, step, role, dimmed, faint)
      colors[id] = css(mix(fill, palette.surface, hollow ? hollowness : quiet ? quietness : 0))
      ids.set(key, id)
    }
    return id
  }

  for (let r = 0; r < length; r++) {
    const f = func[r]
    const hit = match !== null && f >= 0 && match[f] === 1
    if (matches) matches[r + 1] = matches[r] + (hit ? 1 : 0)
    if (f !== ROOT && ((match !== null && !hit) || shade?.dim?.[r] === 1)) dim[r] = 1
  }
  // Where colour is a number, and where the reader searches or has opened a finding, every box counts.
  const mayBeQuiet = !shade?.step && match === null && embers === null
  const colorOf = (r: number, quiet = false): number => {
    const soft = quiet && mayBeQuiet
    const known = soft ? quietColor : color
    if (known[r] === 0) {
      let zone = heat ? heat.zone[r] : -1
      let role: number = heat ? heat.role[r] : COLD
      if (zone < 0 && embers?.role[r] === HEAD) {
        zone = embers.zone[r]
        role = TRACE
      }
      if (soft && role === HEAD) role = TINT
      const step = shade?.step ? shade.step[r] : -1
      known[r] = idOf(func[r], zone, role, dim[r] === 1, step, shade?.faint?.[r] === 1, hollow?.[r] === 1, soft) + 1
    }
    return known[r] - 1
  }

  let nextHead: Int32Array | null = null
  if (heat) {
    nextHead = new Int32Array(length + 1)
    nextHead[length] = length
    for (let r = length - 1; r >= 0; r--) nextHead[r] = heat.role[r] === HEAD ? r : nextHead[r + 1]
  }
  return {
    colorOf,
    colors,
    dim,
    negative,
    hollow,
    matches,
    nextHead,
    runColor: (zone, dimmed) => idOf(REST, zone, zone < 0 ? COLD : TINT, dimmed),
  }
}
