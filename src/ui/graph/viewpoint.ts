/** The horizontal half of the view: which tree is looked at, where the camera is, and its way to a new place. */
import { clampShares, travel, WHOLE, type Window, windowOf } from '../../core/layout/camera.ts'
import { foldedDepth } from '../../core/layout/flame.ts'
import { findPath } from '../../core/layout/tree-path.ts'
import type { CallPath, CallTree } from '../../core/query/call-tree.ts'
import type { FlameGraphProps } from './props.ts'

const duration = 220
/** Labels fade out while boxes set off and in while they arrive, in ms. */
const fadeOut = 60
const fadeIn = 80

interface Move {
  way: (t: number) => Window
  began: number
  /** How far lines still have to travel vertically when it begins, in px. */
  rise: number
}

/** How far a movement is at a share of its time: slow, quick, slow. */
const eased = (t: number) => (t < 0.5 ? 4 * t ** 3 : 1 - (2 - 2 * t) ** 3 / 2)

export class Viewpoint {
  /** Tree in use: the whole one, or the finer one where that covers what is looked at. */
  tree!: CallTree
  /** Row of the zoomed box in `tree`. */
  zoomRow = 0
  /** Window within the zoomed box, as shares; what `props.window` is once the parent has heard of it. */
  shares: Window = WHOLE
  /** What is on the screen, in width units. */
  camera: Window = WHOLE
  /** How far lines are from their places, in px. */
  rise = 0
  private move: Move | null = null
  private readonly narrowestOf = new WeakMap<CallTree, number>()

  get travelling(): boolean {
    return this.move !== null
  }

  /** Window that the zoom and the shares ask for, in width units. */
  target({ tree, detail, zoom, info }: FlameGraphProps): Window {
    const coarse = findPath(tree, info.hash, zoom)
    if (coarse.found === zoom.length || !detail) return windowOf(tree, coarse.row, this.shares)
    return windowOf(detail, findPath(detail, info.hash, zoom).row, this.shares)
  }

  /** Chooses the tree for a window. */
  pick({ tree, detail, zoom, info }: FlameGraphProps, [lo, hi]: Window): void {
    this.tree = tree
    const at = findPath(tree, info.hash, zoom)
    this.zoomRow = at.row
    if (!detail || tree.complete) return
    const fine = findPath(detail, info.hash, zoom)
    const slack = (hi - lo) * 1e-6
    const covered =
      detail.root <= fine.row &&
      fine.row < detail.subtreeEnd[detail.root] &&
      detail.lo <= lo + slack &&
      detail.hi >= hi - slack &&
      detail.minWidth <= tree.minWidth
    if (fine.found > at.found || (fine.found === at.found && covered)) {
      this.tree = detail
      this.zoomRow = fine.row
    }
  }

  /** Goes to where the props point, unless it is on its way there. */
  aim(props: FlameGraphProps): void {
    const target = this.target(props)
    this.pick(props, target)
    if (!this.move) this.camera = target
  }

  stop(): void {
    this.move = null
    this.rise = 0
  }

  /** Sets off for where the props point; cuts for readers who asked for less motion. */
  begin(props: FlameGraphProps, rise: number): void {
    const to = this.target(props)
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.stop()
      this.camera = to
    } else this.move = { way: travel(this.camera, to), began: performance.now(), rise }
  }

  /** Advances the movement to `now`; answers how strong labels are (0..1), and whether it has just arrived. */
  step(now: number, props: FlameGraphProps): { labels: number; arrived: boolean } {
    const { move } = this
    if (!move) return { labels: 1, arrived: false }
    const passed = Math.max(0, now - move.began)
    if (passed >= duration) {
      this.stop()
      this.camera = this.target(props)
      return { labels: 1, arrived: true }
    }
    const t = eased(passed / duration)
    this.camera = move.way(t)
    this.rise = move.rise * (1 - t)
    return { labels: Math.max(0, 1 - passed / fadeOut, 1 - (duration - passed) / fadeIn), arrived: false }
  }

  /** Moves the window by the reader's hand; false when that changes nothing. */
  setShares(lo: number, hi: number, props: FlameGraphProps): boolean {
    const next = clampShares(lo, hi, 1 / this.mostZoom())
    if (sameWindow(next, this.shares) && !this.move) return false
    this.shares = next
    this.stop()
    this.aim(props)
    return true
  }

  /** The shares, or null for all of the zoomed box. */
  window(): Window | null {
    const [lo, hi] = this.shares
    // Zoomed in and out again it is all but the whole.
    return lo < 1e-9 && hi > 1 - 1e-9 ? null : this.shares
  }

  /** The zoomed box's extent as shares of the whole graph. */
  extent(): Window {
    const whole = this.tree.width[0] || 1
    const from = this.tree.x[this.zoomRow] / whole
    return [from, from + this.tree.width[this.zoomRow] / whole]
  }

  /** An extent in width units as shares of the zoomed box, no narrower than the camera can show. */
  sharesOf(lo: number, hi: number): Window {
    const from = this.tree.x[this.zoomRow]
    const width = this.tree.width[this.zoomRow]
    return clampShares((lo - from) / width, (hi - from) / width, 1 / this.mostZoom())
  }

  /** How narrow the window may be, as share of the whole graph. */
  leastPart(): number {
    const [from, to] = this.extent()
    return (to - from) / this.mostZoom()
  }

  /** How far the camera can go in: the narrowest box may fill the view. */
  mostZoom(): number {
    return Math.max(1, Math.min(1e9, this.tree.width[this.zoomRow] / this.narrowest()))
  }

  /** Width of the narrowest box of the tree in use, in width units. */
  private narrowest(): number {
    const { tree } = this
    let least = this.narrowestOf.get(tree)
    if (least === undefined) {
      least = tree.width[0] || 1
      for (let r = 0; r < tree.length; r++) if (tree.width[r] > 0 && tree.width[r] < least) least = tree.width[r]
      this.narrowestOf.set(tree, least)
    }
    return least
  }

  /** What to ask of the engine so that no box `minBox` px wide is missing; null when the tree is fine enough. */
  wanted(props: FlameGraphProps, px: number, minBox: number): Parameters<FlameGraphProps['onNeed']>[0] | null {
    const { tree } = this
    const [lo, hi] = this.target(props)
    const least = ((hi - lo) / px) * minBox
    if (props.tree.complete || tree.complete || tree.minWidth <= least * 1.01) return null
    const [from, to] = this.shares
    // Half a view more on either side, so that a short pan needs no other tree.
    const margin = (to - from) / 2
    return {
      path: props.zoom,
      from: Math.max(0, from - margin),
      to: Math.min(1, to + margin),
      minShare: least / 2 / props.tree.width[0],
    }
  }

  /** Line of a row on the screen. */
  lineOf(row: number, maxAncestors: number): number {
    const { depth } = this.tree
    return Math.max(0, depth[row] - foldedDepth(depth[this.zoomRow], maxAncestors))
  }
}

export function samePath(a: CallPath, b: CallPath): boolean {
  return a === b || (a.length === b.length && a.every((step, i) => step === b[i]))
}

export function sameWindow(a: Window | null, b: Window | null): boolean {
  const x = a ?? WHOLE
  const y = b ?? WHOLE
  return Math.abs(x[0] - y[0]) < 1e-12 && Math.abs(x[1] - y[1]) < 1e-12
}
