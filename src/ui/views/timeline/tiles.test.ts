/** What is asked of the engine while a timeline is moved. */
import { describe, expect, it } from 'vitest'
import { clampWindow, type TimeWindow } from '../../../core/trace/timeline/camera.ts'
import { type Lane, laneKey } from '../../../core/trace/timeline/lane.ts'
import type { WindowRequest } from '../../../core/trace/timeline/window.ts'
import { MOST_KEPT, Tiles } from './tiles.ts'

const member = (at: number): Lane => ({ kind: 'member', of: 'goroutines', group: 0, member: at })

/** An engine that answers at once, and what it was asked. */
function made(all: TimeWindow) {
  const asked: WindowRequest[] = []
  const empty = { density: { mean: new Float32Array(0), most: 0 } }
  const tiles = new Tiles(
    all,
    async (request) => {
      asked.push(request)
      return { ...request, lanes: request.lanes.map(() => empty) }
    },
    () => undefined,
  )
  /** As many frames as a moment has. */
  const show = async (lanes: readonly Lane[], view: TimeWindow, width: number) => {
    for (let frame = 0; frame < 20; frame++) {
      tiles.want(lanes, view, width)
      await Promise.resolve()
      await Promise.resolve()
    }
  }
  return { asked, tiles, show }
}

describe('tiles', () => {
  it.each([
    [0, 1e9],
    [-500, 1e9],
    [0, 40],
    [0, 0],
  ])('what lies in view of %d to %d is asked for once, on screens of any width', async (from, to) => {
    const all = clampWindow({ from, to }, { from, to })
    for (const width of [1, 320, 1440, 7680, 20_000])
      for (const share of [1, 0.3, 1e-4]) {
        const { asked, show } = made(all)
        const size = (all.to - all.from) * share
        await show(
          [member(0), { kind: 'heap' }],
          clampWindow({ from: all.from + size, to: all.from + 2 * size }, all),
          width,
        )
        expect(asked.length).toBe(1)
      }
  })

  it('those that were wanted last are kept, and no more than a bounded number', async () => {
    const all = { from: 0, to: 1e9 }
    const { asked, tiles, show } = made(all)
    for (let at = 0; at < MOST_KEPT * 2; at += 50)
      await show(
        Array.from({ length: 50 }, (_, i) => member(at + i)),
        all,
        1000,
      )
    const kept = Array.from({ length: MOST_KEPT * 2 }, (_, at) => tiles.of(laneKey(member(at)), all) !== null)
    expect(kept.filter(Boolean).length).toBe(MOST_KEPT)
    expect(kept.slice(-MOST_KEPT).every(Boolean)).toBe(true)
    expect(asked.length).toBe((MOST_KEPT * 2) / 50)
  })
})
