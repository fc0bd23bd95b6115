/** Everything drawing needs that does not move: sizes and colours read from the page, labels, patterns, row colours. */
import type { FlameView } from '../../core/layout/flame.ts'
import { HEAD, type Heat, heatOf } from '../../core/layout/heat.ts'
import { keyLabels, splitKeyName } from '../../core/layout/key-name.ts'
import { drawable, LabelFitter, type TextMeasure } from '../../core/layout/label.ts'
import type { CallTree } from '../../core/query/call-tree.ts'
import type { ZoneFamily } from '../../core/zones/zone.ts'
import { runStrokes } from '../../draw/box-marks.ts'
import { FunctionColors, type Paint, paintRows } from '../../draw/paint.ts'
import { type Palette, readPalette } from '../../draw/palette.ts'
import { zonePattern } from '../../draw/patterns.ts'
import type { Frame } from '../../draw/scene.ts'
import { canvasMeasure } from '../../draw/text-width.ts'
import { padBottom, padTop, side } from './lines.ts'
import type { FlameGraphProps } from './props.ts'

/** Below this width the graph is drawn for a phone. */
const narrowBelow = 640

/** Heights that rows may have instead of the least one, in CSS px. */
const rowHeights = [32, 28, 24]

/** What belongs to one tree and changes only with zones, search and theme. */
interface Skin {
  /** What is lit: all findings, or the one in the spotlight. */
  heat: Heat | null
  /** All of them. */
  all: Heat | null
  paint: Paint
  /** What it was made of besides the tree. */
  of: readonly unknown[]
}

const made = ({ zones, zonesOff, focusedZone, match, shade }: FlameGraphProps, functions: FunctionColors) => [
  zones,
  zonesOff,
  focusedZone,
  match,
  shade,
  functions,
]

/** The finding that the reader opened, alone; null when none is, it is switched off, or has no place in the tree. */
function inSpotlight(tree: CallTree, { zones, zonesOff, focusedZone }: FlameGraphProps): Heat | null {
  if (!zones || focusedZone === '' || zonesOff.has(focusedZone)) return null
  const others = new Set(zones.zones.map(({ id }) => id).filter((id) => id !== focusedZone))
  const heat = heatOf(tree, zones, others)
  return heat?.role.includes(HEAD) ? heat : null
}

export class Look {
  palette!: Palette
  fitter!: LabelFitter
  measure!: TextMeasure
  runPattern: CanvasPattern | null = null
  patterns: Partial<Record<ZoneFamily, CanvasPattern | null>> = {}
  /** True when the page's colours, letters or names may have changed. */
  stale = true
  /** True when the page's sizes may have changed. */
  sizesStale = true

  /** Names or fonts are others than those that labels are fitted with. */
  private labelsStale = true
  private functions!: FunctionColors
  private leastRow = 20
  private leastFont = 11.5
  private family = ''
  /** Trees that are shown again, as after an undo, have their colours. */
  private readonly skins = new WeakMap<CallTree, Skin>()

  constructor(private readonly ctx: CanvasRenderingContext2D) {}

  /** Reads tokens and sizes; writes what of them concerns the geometry into `frame` and `view`. Call fitRows then. */
  read(host: HTMLElement, props: FlameGraphProps, frame: Frame, view: FlameView): void {
    const { stale } = this
    this.stale = false
    this.sizesStale = false
    const style = getComputedStyle(host)
    const token = (name: string) => style.getPropertyValue(name)
    const size = (name: string, otherwise: number) => Number.parseFloat(token(name)) || otherwise
    const { clientWidth, clientHeight } = host
    const narrow = clientWidth < narrowBelow
    const large = narrow || matchMedia('(pointer: coarse)').matches
    frame.width = clientWidth
    frame.height = clientHeight
    view.width = Math.max(0, clientWidth - 2 * side)
    view.minBox = large ? 3 : size('--flame-min-box', 2)
    view.maxAncestors = narrow ? 1 : 6
    this.leastRow = large ? 26 : size('--flame-row', 20)
    this.leastFont = large ? 13 : size('--flame-type', 11.5)
    if (!stale) return
    frame.dpr = devicePixelRatio
    this.family = style.fontFamily
    this.palette = readPalette(token)
    const { names, granularity } = props
    this.functions = new FunctionColors(
      this.palette,
      (func) => splitKeyName(names.get(func), granularity).code,
      props.own,
    )
    this.labelsStale = true
    this.runPattern = runStrokes(this.ctx, this.palette, frame.dpr)
    this.patterns = {}
  }

  /** Rows, and the letters in them, grow where all `lines` of the whole tree have room; never while the reader moves. */
  fitRows(props: FlameGraphProps, frame: Frame, lines: number): void {
    const room = (frame.height - padTop - padBottom) / Math.max(1, lines)
    const row = rowHeights.find((height) => height <= room && height > this.leastRow) ?? this.leastRow
    frame.step = props.flipped ? -row : row
    const size = Math.max(this.leastFont, row >= 30 ? 13 : row >= 27 ? 12.5 : 0)
    if (size === frame.fontSize && !this.labelsStale) return
    this.labelsStale = false
    frame.fontSize = size
    this.measureLabels(props, frame)
  }

  private measureLabels({ names, granularity }: FlameGraphProps, frame: Frame): void {
    frame.font = `${frame.fontSize}px ${this.family}`
    this.measure = canvasMeasure(this.ctx, frame.font)
    this.fitter = new LabelFitter(this.measure, (func) => keyLabels(drawable(names.get(func)), granularity))
  }

  /** Row colours of a tree under the present zones and search. */
  skin(tree: CallTree, props: FlameGraphProps): Skin {
    let skin = this.skins.get(tree)
    const of = made(props, this.functions)
    if (!skin || of.some((value, i) => value !== skin?.of[i])) {
      const { zones, zonesOff, match } = props
      const shade = props.shade?.(tree) ?? null
      // Two meanings of colour at once are none.
      const all = !shade?.step ? heatOf(tree, zones, zonesOff) : null
      const heat = (all && inSpotlight(tree, props)) ?? all
      const families = (zones?.zones ?? []).map((zone) => zone.family)
      for (const family of families) this.pattern(family)
      const embers = heat === all ? null : all
      skin = { heat, all, paint: paintRows(tree, this.functions, heat, families, match, shade, embers), of }
      this.skins.set(tree, skin)
    }
    return skin
  }

  /** Number of the finding that a row is a place of, 0 = none. */
  zoneNumber(tree: CallTree, row: number, props: FlameGraphProps): number {
    const { all } = this.skin(tree, props)
    return all && all.role[row] === HEAD ? all.rank[all.zone[row]] : 0
  }

  /** Index of the finding that a row is a place of or lies in, -1 = none. */
  zoneOf(tree: CallTree, row: number, props: FlameGraphProps): number {
    return this.skin(tree, props).all?.zone[row] ?? -1
  }

  private pattern(family: ZoneFamily): void {
    if (family in this.patterns) return
    this.patterns[family] = zonePattern(this.ctx, family, this.palette.embers[family].ink, devicePixelRatio)
  }
}
