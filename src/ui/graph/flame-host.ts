/**
 * The graph on screen. React makes it once and hands it props; everything per frame happens here, without React.
 * This joins the parts: what is laid out (graph-layout.ts), what stands out (marked-boxes.ts), where the reader
 * goes (navigation.ts), input (flame-input.ts), the accessible tree (item-tree.ts), and when each has its turn.
 */
import { WHOLE } from '../../core/layout/camera.ts'
import type { CallPath, CallTree } from '../../core/query/call-tree.ts'
import { controlKey } from '../parts/control-key.ts'
import type { Words } from '../words/en.ts'
import type { Elements } from './elements.ts'
import type { Extras } from './extras.ts'
import { FlameInput } from './flame-input.ts'
import { FrameClock } from './frame-clock.ts'
import { FrameLoop } from './frame-loop.ts'
import { GraphLayout } from './graph-layout.ts'
import { ItemTree } from './item-tree.ts'
import type { Look } from './look.ts'
import { MarkedBoxes } from './marked-boxes.ts'
import { Navigation } from './navigation.ts'
import { watchSize } from './page-size.ts'
import { Painter } from './painter.ts'
import type { FlameGraphHandle, FlameGraphProps, SnapshotBox } from './props.ts'
import type { TipSource } from './tip-source.ts'
import { samePath, sameWindow } from './viewpoint.ts'

/** Props of which another value is another picture, besides those that move the camera or the selection. */
const drawn = [
  'tree',
  'detail',
  'names',
  'granularity',
  'own',
  'files',
  'sampleType',
  'zones',
  'zonesOff',
  'focusedZone',
  'shade',
  'match',
  'searchText',
  'rootLabel',
  'flipped',
  'theme',
] as const satisfies readonly (keyof FlameGraphProps)[]

export class FlameHost implements FlameGraphHandle {
  private readonly layout: GraphLayout
  private readonly painter: Painter
  private readonly look: Look
  private readonly marks: MarkedBoxes
  private readonly navigation: Navigation
  private readonly input: FlameInput
  private readonly items: ItemTree
  private readonly clock = new FrameClock()
  private readonly loop = new FrameLoop({ draw: (now) => this.draw(now, true), settle: () => this.settle() })
  private readonly stopWatching: () => void
  private words!: Words['graph']
  private extras: Extras | null = null
  private gone = false
  /** Another tree may have room for higher rows. */
  private rowsStale = true
  private lastAsked = ''
  /** The tree drawn last, and how many there have been. */
  private pictureOf: CallTree | null = null
  private pictures = 0
  /** What is on screen was drawn while it moved: less finely. */
  private drawnInMotion = false

  constructor(
    private readonly el: Elements,
    tips: TipSource,
    /** Called once the first picture is on screen. */
    private readonly onPictured: () => void,
  ) {
    this.layout = new GraphLayout(el)
    this.painter = new Painter(el)
    this.look = this.painter.look
    this.marks = new MarkedBoxes(this.layout, this.loop, this.clock, this.look, tips, el.tree)
    this.navigation = new Navigation(this.layout, this.marks, this.loop)
    this.items = new ItemTree(el.tree, this.layout, this.look, this.marks, () => this.input.byKey)
    this.marks.follow(this.items)
    this.input = new FlameInput(el, this.layout, this.marks, this.navigation, this.items, () => this.sayHowToZoom())
    el.scroller.addEventListener('scroll', this.onScroll, { passive: true })
    this.stopWatching = watchSize(
      el.host,
      () => this.resize(),
      () => this.readAgain(),
    )
  }

  destroy(): void {
    this.gone = true
    this.loop.stop()
    this.extras?.destroy()
    this.stopWatching()
    this.el.scroller.removeEventListener('scroll', this.onScroll)
    this.input.destroy()
    this.items.destroy()
  }

  focusGraph(): void {
    this.loop.settle()
    this.marks.walkTo(this.marks.focusIndex())
  }

  goTo(path: CallPath, pathHash: number): boolean {
    return this.navigation.goTo(path, pathHash)
  }

  snapshot(): SnapshotBox[] {
    return this.layout.snapshot()
  }

  // ---- what changes ------------------------------------------------------------------------------------

  update(next: FlameGraphProps, words: Words['graph']): void {
    const { layout, look, navigation } = this
    const { camera } = layout
    const last = layout.props as FlameGraphProps | undefined
    let changed = this.words !== words
    if (changed) {
      this.words = words
      this.items.words = words
      layout.invalidate()
    }
    layout.props = next
    layout.lines.flipped = next.flipped
    if (
      !last ||
      last.theme !== next.theme ||
      last.names !== next.names ||
      last.granularity !== next.granularity ||
      last.own !== next.own
    )
      look.stale = true
    const newTree = !last || last.tree !== next.tree || last.detail !== next.detail
    if (
      newTree ||
      last.sampleType !== next.sampleType ||
      last.names !== next.names ||
      last.zones !== next.zones ||
      last.zonesOff !== next.zonesOff ||
      last.shade !== next.shade
    )
      this.marks.outdateTip()
    const zoomed = !last || !samePath(last.zoom, next.zoom)
    const windowed = !last || (!sameWindow(last.window, next.window) && !navigation.isEcho(next.window))
    const wide = next.window ?? WHOLE
    const otherWidths = !last || last.sampleType !== next.sampleType || last.tree !== next.tree
    const moved = zoomed || (windowed && !sameWindow(wide, camera.shares))
    if (zoomed || windowed) camera.shares = wide
    if (last && moved && !otherWidths) navigation.begin(zoomed, last.zoom)
    else if (newTree || moved) {
      if (otherWidths) camera.stop()
      camera.aim(next)
    }
    if (newTree || moved) layout.invalidate()
    if (!last || last.tree !== next.tree) this.rowsStale = true
    if (last && last.flipped !== next.flipped) layout.lines.showRoot()
    const selected = last?.func !== next.func || !samePath(last?.place ?? [], next.place ?? [])
    if (next.func !== undefined && (newTree || selected)) this.marks.takeSelection()
    this.el.root.classList.toggle('stale', next.stale)
    changed ||= !last || zoomed || windowed || drawn.some((prop) => last[prop] !== next[prop])
    // Whatever the page is told is handed on, and most of it is nothing to draw.
    if (!changed && !selected) return
    if (changed) this.loop.drawBoxes()
    else this.loop.drawMarks()
    // The first picture goes on screen with the page around it; what else a new tree asks for follows it.
    if (last) this.loop.settleSoon(newTree ? 0 : undefined)
    else {
      this.clock.afterPaint(() => {
        this.loop.settle()
        this.onPictured()
        void this.loadExtras()
      })
    }
  }

  /** Axis and minimap follow the first picture; where they cannot be loaded, the graph goes without. */
  private async loadExtras(): Promise<void> {
    const code = await import('./extras.ts').catch(() => null)
    if (!code || this.gone) return
    this.extras = new code.Extras(this.el, this.layout, this.look, this.navigation, this.loop)
    this.loop.drawBoxes()
  }

  private sayHowToZoom(): void {
    if (this.extras && this.layout.props.onIdleWheel()) this.extras.sayHowToZoom(this.words.howToZoom(controlKey))
  }

  private onScroll = (): void => {
    this.marks.hidePointerTip()
    this.layout.lines.read()
    this.loop.drawBoxes()
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.el.host
    const { width, height } = this.layout.frame
    // Observers report once what was known from the start.
    if (clientWidth === width && clientHeight === height) return
    this.look.sizesStale = true
    this.loop.drawBoxes()
    this.loop.settleSoon(0)
  }

  private readAgain(): void {
    this.look.stale = true
    this.loop.drawBoxes()
    this.loop.settleSoon(0)
  }

  /** Takes over sizes, fonts and colours of the page. */
  private readPage(): void {
    const { layout } = this
    this.look.read(this.el.host, layout.props, layout.frame, layout.view)
    this.painter.fit(layout.frame)
    layout.camera.aim(layout.props)
    layout.invalidate()
    this.fitRows()
    this.extras?.forget()
  }

  private fitRows(): void {
    const { layout } = this
    this.rowsStale = false
    this.look.fitRows(layout.props, layout.frame, layout.wholeLines())
    layout.fitContent()
  }

  // ---- drawing -----------------------------------------------------------------------------------------

  /** inFrame: the browser is making a frame, and shows it right after this. */
  private draw(now: number, inFrame = false): void {
    const { layout, loop, marks } = this
    const { camera, frame } = layout
    if (!layout.props) return
    const began = performance.now()
    const { rowsStale } = this
    if (frame.dpr !== devicePixelRatio) this.look.stale = true
    const reread = this.look.stale || this.look.sizesStale
    if (reread) this.readPage()
    if (frame.width === 0 || frame.height === 0) return
    if (this.rowsStale) this.fitRows()
    this.navigation.pursue()
    const { labels, arrived } = camera.step(now, layout.props)
    if (arrived) loop.settleSoon(0)
    if (loop.takeBoxes() || reread || arrived || camera.travelling) {
      layout.layoutBoxes()
      this.paint(labels)
      marks.refreshHover()
      if (rowsStale) marks.report()
      this.painter.drawMarks(frame, layout.tree, layout.boxes, marks.drawn())
      loop.takeMarks()
    } else if (loop.takeMarks()) this.painter.drawMarks(frame, layout.tree, layout.boxes, marks.drawn())
    this.extras?.follow(!this.navigation.moving && !camera.travelling)
    if (this.pictureOf !== layout.tree) this.pictures++
    this.pictureOf = layout.tree
    this.clock.note('frame', began, this.pictures)
    this.clock.shown(layout.props.info.id, inFrame)
    if (camera.travelling) loop.drawBoxes()
  }

  private paint(labels: number): void {
    const { tree, boxes, frame, props, camera, view } = this.layout
    const quick = this.navigation.moving || camera.travelling
    this.drawnInMotion = quick
    const done = this.painter.draw(
      { tree, boxes, frame, lo: view.lo, hi: view.hi, width: view.width, whole: this.layout.whole(), labels, quick },
      props,
      this.words,
    )
    // The labels that had to wait come with the next frame.
    if (!done) this.loop.drawBoxes()
  }

  // ---- at rest -----------------------------------------------------------------------------------------

  /** What need not happen in every frame: scroll height, accessible tree, asking for a finer tree. */
  private settle(): void {
    const { layout } = this
    if ((this.look.stale || this.look.sizesStale) && layout.props) this.draw(performance.now())
    if (!layout.props || layout.camera.travelling || layout.frame.width === 0) return
    const grown = layout.fitContent()
    this.navigation.settle()
    this.marks.report()
    this.items.rebuild()
    this.askForMore()
    if (grown || this.drawnInMotion) this.loop.drawBoxes()
    else this.loop.drawMarks()
  }

  private askForMore(): void {
    const { camera, props, view } = this.layout
    const want = camera.wanted(props, view.width, view.minBox)
    const asked = JSON.stringify(want) + props.sampleType
    if (!want || asked === this.lastAsked) return
    this.lastAsked = asked
    props.onNeed(want)
  }
}
