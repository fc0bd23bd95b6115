/**
 * Where lanes are on screen, one below the other. A group that is open has a row for each of its members, which may be a
 * million: rows are worked out where they are seen. Heights and tops are CSS px.
 */
import { firstAbove } from '../../model/sorted.ts'
import type { GroupKind, Lane } from './lane.ts'
import type { Timeline } from './lanes.ts'

export interface LaneRow {
  lane: Lane
  top: number
  height: number
}

export interface Heights {
  /** Of a span, of what is drawn as a curve, and of the line above the first lane of a kind. */
  lane: number
  chart: number
  head: number
}

/** Rows of one height. */
interface Block {
  top: number
  height: number
  count: number
  lane(i: number): Lane
}

/** What stands above the lanes of a kind. */
export interface Section {
  of: 'collector' | 'processors' | GroupKind
  top: number
  /** Lanes, or groups. */
  count: number
}

export class TimelineRows {
  readonly height: number
  readonly sections: readonly Section[]
  private readonly blocks: readonly Block[]

  /** isOpen: which groups show their members. shows: which groups there are, by name; null = all. */
  constructor(
    private readonly timeline: Timeline,
    isOpen: (of: GroupKind, group: number) => boolean,
    readonly heights: Heights,
    shows: ((name: string) => boolean) | null = null,
  ) {
    const blocks: Block[] = []
    const sections: Section[] = []
    let top = 0
    const add = (height: number, count: number, lane: Block['lane']) => {
      if (count === 0) return
      blocks.push({ top, height, count, lane })
      top += height * count
    }
    const section = (of: Section['of'], count: number) => {
      if (count === 0) return
      sections.push({ of, top, count })
      top += heights.head
    }
    const { lane, chart } = heights
    const { hasAssists, hasSweeps, hasHeap, processors } = timeline
    section('collector', 2 + Number(hasAssists) + Number(hasSweeps) + Number(hasHeap))
    add(lane, 1, () => ({ kind: 'collections' }))
    add(lane, 1, () => ({ kind: 'pauses' }))
    add(lane, Number(hasAssists), () => ({ kind: 'assists' }))
    add(lane, Number(hasSweeps), () => ({ kind: 'sweeps' }))
    add(chart, Number(hasHeap), () => ({ kind: 'heap' }))
    section('processors', processors.length)
    add(lane, processors.length, (row) => ({ kind: 'processor', row }))
    for (const of of ['tasks', 'regions', 'goroutines'] as const) {
      const groups = timeline[of]
      const shown = [...groups.name.keys()].filter((group) => shows === null || shows(groups.name[group]))
      section(of, shown.length)
      for (const group of shown) {
        const first = groups.start[group]
        add(lane, 1, () => ({ kind: 'group', of, group }))
        if (isOpen(of, group))
          add(lane, groups.start[group + 1] - first, (i) => ({ kind: 'member', of, group, member: first + i }))
      }
    }
    this.blocks = blocks
    this.sections = sections
    this.height = top
  }

  /** Rows that touch [from, to), from top to bottom. */
  within(from: number, to: number): LaneRow[] {
    const rows: LaneRow[] = []
    for (const { top, height, count, lane } of this.blocks) {
      if (top + height * count <= from) continue
      if (top >= to) break
      const first = Math.max(0, Math.floor((from - top) / height))
      const last = Math.min(count, Math.ceil((to - top) / height))
      for (let i = first; i < last; i++) rows.push({ lane: lane(i), top: top + i * height, height })
    }
    return rows
  }

  /** The row at a height, null between lanes. */
  at(y: number): LaneRow | null {
    return this.within(y, y + 1e-6).find((row) => row.top <= y && y < row.top + row.height) ?? null
  }

  /** The row of a lane; null where its group is closed. */
  find(lane: Lane): LaneRow | null {
    const { blocks } = this
    for (const block of blocks) {
      const first = block.lane(0)
      if (first.kind !== lane.kind) continue
      const i = indexIn(first, lane)
      if (i >= 0 && i < block.count) return { lane, top: block.top + i * block.height, height: block.height }
    }
    return null
  }

  /** The row above or below one; the first or last one where there is none. */
  beside(lane: Lane | null, step: number): LaneRow | null {
    const row = lane && this.find(lane)
    if (!row) return this.at(this.blocks[0]?.top ?? 0)
    const last = this.blocks.at(-1) as Block
    const end = last.top + last.height * last.count
    const y = step > 0 ? row.top + row.height + (step - 1) * row.height : row.top - 1 + (step + 1) * row.height
    const near = Math.max(this.blocks[0].top, Math.min(end - 1, y))
    // Between two kinds of lanes is a line that names the next.
    const { head } = this.heights
    return this.at(near) ?? this.at(step > 0 ? near + head : near - head) ?? row
  }

  /** The lane of a goroutine, null where there is none. */
  laneOf(goroutine: number): Lane | null {
    const { goroutines } = this.timeline
    const member = goroutines.member.indexOf(goroutine)
    return member < 0
      ? null
      : {
          kind: 'member',
          of: 'goroutines',
          group: firstAbove(goroutines.start, member) - 1,
          member,
        }
  }
}

/** How many rows a lane is below the first one of its block, -1 = it is in another. */
function indexIn(first: Lane, lane: Lane): number {
  if (first.kind === 'processor' && lane.kind === 'processor') return lane.row - first.row
  if (first.kind === 'group' && lane.kind === 'group') {
    return first.of === lane.of && first.group === lane.group ? 0 : -1
  }
  if (first.kind === 'member' && lane.kind === 'member') {
    return first.of === lane.of && first.group === lane.group ? lane.member - first.member : -1
  }
  return 0
}
