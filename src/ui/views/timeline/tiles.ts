/** What the engine has answered of the lanes: the whole of each, and the part that was last in view. */
import { clampWindow, type TimeWindow } from '../../../core/trace/timeline/camera.ts'
import { type Lane, laneKey } from '../../../core/trace/timeline/lane.ts'
import { MOST_LANES, MOST_PARTS, type WindowAnswer, type WindowRequest } from '../../../core/trace/timeline/window.ts'
import type { Tile } from '../../../draw/timeline.ts'

/** CSS px that one part of an answer is as wide as. */
const PART_PX = 1.5
/** Of the window, what is asked for on each side of it, so that there is something when it is moved. */
const BESIDE = 0.5
/** Parts may be so many times wider, or narrower, than they should be. */
const COARSE = 1.4
const FINE = 0.3
/** Lanes that are kept, those that were answered last. Each takes some tens of kB. */
export const MOST_KEPT = 1000

export type Ask = (request: WindowRequest, signal: AbortSignal) => Promise<WindowAnswer>

export class Tiles {
  private readonly whole = new Map<string, Tile>()
  private readonly near = new Map<string, Tile>()
  private asking: AbortController | null = null

  constructor(
    private readonly all: TimeWindow,
    private readonly ask: Ask,
    private readonly onCome: () => void,
  ) {}

  stop(): void {
    this.asking?.abort()
  }

  /** The finest of a lane that covers what is in view, else what there is of it. */
  of(key: string, view: TimeWindow): Tile | null {
    const near = this.near.get(key)
    const covers = near && near.from <= Math.max(view.from, this.all.from) && near.to >= Math.min(view.to, this.all.to)
    return covers ? near : (this.whole.get(key) ?? near ?? null)
  }

  /** Asks for what is not there in the fineness of the screen; one request at a time, the next when it is answered. */
  want(lanes: readonly Lane[], view: TimeWindow, width: number): void {
    if (this.asking || width <= 0) return
    const size = view.to - view.from
    const window = {
      from: Math.max(this.all.from, view.from - size * BESIDE),
      to: Math.min(this.all.to, view.to + size * BESIDE),
    }
    // No finer than an answer can be: it would be asked for again and again.
    const part = Math.max((size / width) * PART_PX, (window.to - window.from) / MOST_PARTS)
    const lacking = lanes.filter((lane) => !this.isFine(this.of(laneKey(lane), view), view, part)).slice(0, MOST_LANES)
    if (lacking.length === 0) return
    const parts = Math.max(1, Math.min(MOST_PARTS, Math.ceil((window.to - window.from) / part)))
    const abort = new AbortController()
    this.asking = abort
    this.ask({ ...window, parts, lanes: lacking }, abort.signal).then(
      (answer) => {
        this.asking = null
        this.take(lacking, answer)
        this.onCome()
      },
      // The engine is gone or was asked to stop; whoever takes its place is asked when something moves.
      () => {
        this.asking = null
      },
    )
  }

  private isFine(tile: Tile | null, view: TimeWindow, part: number): boolean {
    if (!tile) return false
    const shown = clampWindow(view, this.all)
    if (tile.from > shown.from + part || tile.to < shown.to - part) return false
    const width = (tile.to - tile.from) / tile.parts
    // Nothing is finer than what is already there where the tile is as fine as a nanosecond.
    return width <= Math.max(1, part * COARSE) && width >= part * FINE
  }

  private take(lanes: readonly Lane[], { from, to, parts, lanes: found }: WindowAnswer): void {
    const isWhole = from <= this.all.from && to >= this.all.to
    const tiles = isWhole ? this.whole : this.near
    for (const [i, lane] of lanes.entries()) {
      const answer = found[i]
      if (!answer) continue
      const key = laneKey(lane)
      tiles.delete(key)
      tiles.set(key, { from, to, parts, lane: answer })
    }
    // The first ones are those that were answered first.
    for (const key of tiles.keys()) {
      if (tiles.size <= MOST_KEPT) break
      tiles.delete(key)
    }
  }
}
