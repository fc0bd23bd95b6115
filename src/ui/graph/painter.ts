/** The two canvases: puts the scene together from what the host knows and has it drawn. */
import type { Boxes } from '../../core/layout/boxes.ts'
import { formatValue } from '../../core/model/units.ts'
import type { CallTree } from '../../core/query/call-tree.ts'
import { expressionOf } from '../../core/query/name-match.ts'
import { FlameDrawing } from '../../draw/flame.ts'
import { drawOverlay, type Marks } from '../../draw/overlay.ts'
import type { Frame } from '../../draw/scene.ts'
import type { Words } from '../words/en.ts'
import type { Elements } from './elements.ts'
import { Look } from './look.ts'
import type { FlameGraphProps } from './props.ts'

/** Functions that may get their first label in one frame. */
const labelsInMotion = 24
const labelsAtRest = 250

/** What stands in boxes besides names. */
type PictureWords = Pick<Words['graph'], 'rootLabel' | 'callersAbove' | 'merged'>

export interface Picture {
  tree: CallTree
  boxes: Boxes
  frame: Frame
  /** What of the tree is in view, in its width units, and how wide that is drawn. */
  lo: number
  hi: number
  width: number
  /** What 100% is. */
  whole: number
  /** 0..1, see Scene. */
  labels: number
  /** True while the next frame will replace this one. */
  quick: boolean
}

export class Painter {
  readonly look: Look
  private readonly graph: CanvasRenderingContext2D
  private readonly marks: CanvasRenderingContext2D
  private readonly drawing = new FlameDrawing()
  /** Labels of merged boxes by their number, in the words that were used last. */
  private runLabels = { words: null as PictureWords | null, of: new Map<number, string>() }
  /** The second canvas has its memory once there is something to mark: the first picture does not wait for that. */
  private marked = false

  constructor(private readonly el: Elements) {
    // Opaque: text on it gets the better smoothing, and nothing behind it has to be blended.
    this.graph = context(el.graph, false)
    this.marks = context(el.marks, true)
    this.look = new Look(this.graph)
  }

  fit(frame: Frame): void {
    sizeTo(this.el.graph, frame)
    if (this.marked) sizeTo(this.el.marks, frame)
  }

  /** Draws the graph; false when labels had to be left for the next frame. */
  draw(
    { tree, boxes, frame, lo, hi, width, whole, labels, quick }: Picture,
    props: FlameGraphProps,
    words: PictureWords,
  ): boolean {
    const { look } = this
    if (this.runLabels.words !== words) this.runLabels = { words, of: new Map() }
    const { heat, paint } = look.skin(tree, props)
    const { zones, focusedZone, match, searchText = '', sampleType, info, rootLabel } = props
    const unit = info.sampleTypes[sampleType]?.unit ?? ''
    look.fitter.allow(quick ? labelsInMotion : labelsAtRest)
    this.drawing.draw(this.graph, {
      tree,
      boxes,
      frame,
      lo,
      hi,
      width,
      paint,
      palette: look.palette,
      fitter: look.fitter,
      measure: look.measure,
      heat,
      families: (zones?.zones ?? []).map((zone) => zone.family),
      patterns: look.patterns,
      runPattern: look.runPattern,
      focusedZone: zones?.zones.findIndex((zone) => zone.id === focusedZone) ?? -1,
      underline: match && expressionOf(searchText) === null ? searchText.trim().toLowerCase() : '',
      searching: match !== null,
      whole,
      labels,
      quick,
      rootLabel: rootLabel ?? words.rootLabel(formatValue(tree.total[0], unit)),
      foldLabel: words.callersAbove,
      runLabel: (count) => this.runLabel(words, count),
    })
    return !look.fitter.starved
  }

  drawMarks(frame: Frame, tree: CallTree, boxes: Boxes, marks: Marks): void {
    if (!this.marked) {
      if (marks.hover < 0 && marks.selected < 0 && marks.focus < 0 && marks.func < 0) return
      this.marked = true
      sizeTo(this.el.marks, frame)
    }
    drawOverlay(this.marks, frame, boxes, tree.func, marks, this.look.palette)
  }

  private runLabel(words: PictureWords, count: number): string {
    let text = this.runLabels.of.get(count)
    if (text === undefined) {
      text = words.merged(count)
      this.runLabels.of.set(count, text)
    }
    return text
  }
}

/** One canvas px per device px. */
function sizeTo(canvas: HTMLCanvasElement, { width, height, dpr }: Frame): void {
  const w = Math.round(width * dpr)
  const h = Math.round(height * dpr)
  if (canvas.width !== w) canvas.width = w
  if (canvas.height !== h) canvas.height = h
}

function context(canvas: HTMLCanvasElement, alpha: boolean): CanvasRenderingContext2D {
  const ctx = canvas.getContext('2d', { alpha })
  if (!ctx) throw new Error('This browser has no 2D canvas')
  return ctx
}
