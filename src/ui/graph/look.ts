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

/** What belongs to one tree and changes only with zones, search and theme. */
interface Skin {
  heat: Heat | null
  paint: Paint
}

export class Look {
  palette!: Palette
  fitter!: LabelFitter
  measure!: TextMeasure
  runPattern: CanvasPattern | null = null
  patterns: Partial<Record<ZoneFamily, CanvasPattern | null>> = {}
  /** True when the page's sizes or colours may have changed. */
  stale = true

  private functions!: FunctionColors
  private readonly skins = new Map<CallTree, Skin>()

  constructor(private readonly ctx: CanvasRenderingContext2D) {}

  /** Reads tokens and sizes; writes what of them concerns the geometry into `frame` and `view`. */
  read(host: HTMLElement, props: FlameGraphProps, frame: Frame, view: FlameView): void {
    this.stale = false
    const style = getComputedStyle(host)
    const token = (name: string) => style.getPropertyValue(name)
    const size = (name: string, otherwise: number) => Number.parseFloat(token(name)) || otherwise
    const { clientWidth, clientHeight } = host
    const narrow = clientWidth < narrowBelow
    const large = narrow || matchMedia('(pointer: coarse)').matches
    frame.width = clientWidth
    frame.height = clientHeight
    frame.dpr = devicePixelRatio
    frame.fontSize = large ? 13 : size('--flame-type', 11.5)
    frame.font = `${frame.fontSize}px ${style.fontFamily}`
    view.width = Math.max(0, clientWidth - 2 * side)
    view.minBox = large ? 3 : size('--flame-min-box', 2)
    view.maxAncestors = narrow ? 1 : 6
    const base = large ? 26 : size('--flame-row', 20)
    // Rows grow a little where the whole tree has room.
    const roomy = Math.floor((clientHeight - padTop - padBottom) / (props.info.maxDepth + 1))
    frame.step = Math.max(base, Math.min(24, roomy)) * (props.flipped ? -1 : 1)

    const { names, granularity } = props
    this.palette = readPalette(token)
    this.functions = new FunctionColors(
      this.palette,
      (func) => splitKeyName(names.get(func), granularity).code,
      props.own,
    )
    this.measure = canvasMeasure(this.ctx, frame.font)
    this.fitter = new LabelFitter(this.measure, (func) => keyLabels(drawable(names.get(func)), granularity))
    this.runPattern = runStrokes(this.ctx, this.palette, frame.dpr)
    this.patterns = {}
    this.skins.clear()
  }

  /** Row colours of a tree under the present zones and search. */
  skin(tree: CallTree, props: FlameGraphProps): Skin {
    let skin = this.skins.get(tree)
    if (!skin) {
      const { zones, zonesOff, match } = props
      const shade = props.shade?.(tree) ?? null
      // Two meanings of colour at once are none.
      const heat = !shade?.step ? heatOf(tree, zones, zonesOff) : null
      const families = (zones?.zones ?? []).map((zone) => zone.family)
      for (const family of families) this.pattern(family)
      skin = { heat, paint: paintRows(tree, this.functions, heat, families, match, shade) }
      this.skins.set(tree, skin)
    }
    return skin
  }

  /** Number of the finding that a row is a place of, 0 = none. */
  zoneNumber(tree: CallTree, row: number, props: FlameGraphProps): number {
    const { heat } = this.skin(tree, props)
    return heat && heat.role[row] === HEAD ? heat.rank[heat.zone[row]] : 0
  }

  /** Index of the finding that a row is a place of or lies in, -1 = none. */
  zoneOf(tree: CallTree, row: number, props: FlameGraphProps): number {
    return this.skin(tree, props).heat?.zone[row] ?? -1
  }

  private pattern(family: ZoneFamily): void {
    if (family in this.patterns) return
    this.patterns[family] = zonePattern(this.ctx, family, this.palette.embers[family].ink, devicePixelRatio)
  }

  /** Zones or search changed. */
  forgetSkins(): void {
    this.skins.clear()
  }

  /** Lets go of trees that are no longer shown. */
  keepOnly(...trees: (CallTree | null)[]): void {
    for (const tree of this.skins.keys()) if (!trees.includes(tree)) this.skins.delete(tree)
  }
}
