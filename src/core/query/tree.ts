/** Merge → the CallTree the page draws. */
import { DoubleColumn, IntColumn } from '../model/columns.ts'
import { type CallTree, REST, ROOT, type TreeRequest } from './call-tree.ts'
import { type Children, Merge, type MergeInput } from './merge.ts'
import { childPathHash, ROOT_HASH } from './path-hash.ts'
import type { StackSums } from './weights.ts'

/** Which boxes are heads of zones. What a box is called from decides, so it is asked on the way down. */
export interface ZoneHeads {
  /** The state below a box of that function; 0 at the root. */
  step(state: number, func: number): number
  /** Bits of a box: by the state it leads to, and by its CallTree.pathHash. */
  bits(state: number, key: number): number
}

export const noZoneHeads: ZoneHeads = { step: () => 0, bits: () => 0 }

/** A box whose children are being written. */
interface Open {
  row: number
  children: Children
  /** Next of children.sorted to write. */
  next: number
  /** Left edge of the next child. */
  x: number
  key: number
  mark: { groups: number; places: number }
}

/**
 * fileRow: function row → row of the page's file list. Rows come depth first; boxes narrower than
 * request.minShare of the whole are merged, and boxes outside the asked part are not opened. zones null:
 * not known yet. `columns`: numbers per stack row, to be summed for each box (NaN where boxes were merged).
 */
export function buildTree(
  input: MergeInput,
  request: TreeRequest,
  zones: ZoneHeads | null,
  fileRow: (func: number) => number,
  columns: readonly StackSums[] = [],
): CallTree & { columns: Float64Array[] } {
  const { profile, keys } = input
  const merge = new Merge(input)
  const out = new Rows()
  const hash = keys.hash

  const extra = columns.map(() => new DoubleColumn())
  /** Per row. */
  const zoneState: number[] = []

  const write = (group: number, parent: number, depth: number, start: number, key: number): number => {
    const func = merge.key[group]
    const frame = merge.bestFrame[group]
    out.func.push(parent < 0 ? ROOT : func)
    out.file.push(frame >= 0 ? fileRow(profile.frames.func[frame]) : -1)
    out.line.push(frame >= 0 ? profile.frames.line[frame] : 0)
    out.parent.push(parent)
    out.depth.push(depth)
    out.subtreeEnd.push(0)
    out.self.push(merge.self[group])
    out.total.push(merge.total[group])
    out.x.push(start)
    out.width.push(merge.width[group])
    out.merged.push(0)
    out.inlined.push(merge.inlined[group])
    const own = parent < 0 ? -1 : keys.func[func]
    // A key that a transform made stands for no function of the profile.
    const at = own < profile.functions.length ? own : -1
    const state = zones === null || at < 0 ? (parent < 0 ? 0 : zoneState[parent]) : zones.step(zoneState[parent], at)
    zoneState.push(state)
    out.zoneHead.push(zones === null || at < 0 ? 0 : zones.bits(state, key))
    out.pathHash.push(key)
    for (let i = 0; i < columns.length; i++) extra[i].push(merge.sumWeights(group, columns[i]))
    return out.func.length - 1
  }
  const writeRest = (
    parent: number,
    depth: number,
    start: number,
    key: number,
    count: number,
    total: number,
    width: number,
  ) => {
    zoneState.push(0)
    out.func.push(REST)
    out.file.push(-1)
    out.line.push(0)
    out.parent.push(parent)
    out.depth.push(depth)
    out.subtreeEnd.push(out.func.length)
    out.self.push(total)
    out.total.push(total)
    out.x.push(start)
    out.width.push(width)
    out.merged.push(count)
    out.inlined.push(0)
    out.zoneHead.push(0)
    out.pathHash.push(childPathHash(key, REST))
    for (const column of extra) column.push(Number.NaN)
  }

  let group = 0
  // A tree that starts at a function has it as row 0, under the name of the root.
  let row = write(group, -1, 0, 0, ROOT_HASH)
  let key = ROOT_HASH
  let start = 0
  let found = 0
  for (const step of request.path) {
    const children = merge.expand(group, 0)
    let x = start
    let match = -1
    for (let i = children.from; i < children.to; i++) {
      const child = merge.sorted[i]
      if (hash[merge.key[child]] === step) {
        match = child
        break
      }
      x += merge.width[child]
    }
    if (match < 0) break
    found++
    group = match
    start = x
    key = childPathHash(key, step)
    row = write(group, row, found, start, key)
  }
  const root = row
  const wholeWidth = merge.width[0]
  const extent = merge.width[group]
  const lo = start + request.from * extent
  const hi = start + request.to * extent
  const minWidth = request.minShare * wholeWidth
  const wholeExtent = request.from <= 0 && request.to >= 1
  const { levels = Number.POSITIVE_INFINITY } = request
  let complete = found === 0 && wholeExtent

  const open: Open[] = [
    { row, children: merge.expand(group, minWidth), next: 0, x: start, key, mark: merge.position() },
  ]
  open[0].next = open[0].children.from
  while (open.length > 0) {
    const top = open[open.length - 1]
    const depth = out.depth.data[top.row] + 1
    if (top.next === top.children.to) {
      if (top.children.restCount > 0) {
        complete = false
        writeRest(
          top.row,
          depth,
          top.x,
          top.key,
          top.children.restCount,
          top.children.restTotal,
          top.children.restWidth,
        )
      }
      out.subtreeEnd.data[top.row] = out.func.length
      open.pop()
      const above = open[open.length - 1]
      if (above) merge.release(above.mark)
      continue
    }
    const child = merge.sorted[top.next++]
    const x = top.x
    const width = merge.width[child]
    top.x += width
    const childHash = childPathHash(top.key, hash[merge.key[child]])
    const childRow = write(child, top.row, depth, x, childHash)
    // Beyond 2^53 a narrow box at the right end may have its left edge at `hi`.
    const inSight = wholeExtent || (x < hi && x + width > lo)
    if (inSight && depth - found < levels) {
      const children = merge.expand(child, minWidth)
      open.push({ row: childRow, children, next: children.from, x, key: childHash, mark: merge.position() })
    } else {
      // Not asked for: one block for whatever is below, so that nothing seems to be missing.
      const below = merge.total[child] - merge.self[child]
      if (below !== 0) {
        complete = false
        writeRest(childRow, depth + 1, x, childHash, 0, below, width)
      }
      out.subtreeEnd.data[childRow] = out.func.length
    }
  }
  for (let r = root; r >= 0; r = out.parent.data[r]) out.subtreeEnd.data[r] = out.func.length
  return {
    ...out.finish(),
    hasFindings: zones !== null,
    sides: null,
    root,
    found,
    complete,
    minWidth,
    lo,
    hi,
    columns: extra.map((column) => column.finish()),
  }
}

class Rows {
  readonly func = new IntColumn()
  readonly file = new IntColumn()
  readonly line = new IntColumn()
  readonly parent = new IntColumn()
  readonly depth = new IntColumn()
  readonly subtreeEnd = new IntColumn()
  readonly self = new DoubleColumn()
  readonly total = new DoubleColumn()
  readonly x = new DoubleColumn()
  readonly width = new DoubleColumn()
  readonly merged = new IntColumn()
  readonly inlined = new IntColumn()
  readonly zoneHead = new IntColumn()
  readonly pathHash = new DoubleColumn()

  finish() {
    return {
      length: this.func.length,
      func: this.func.finish(),
      file: this.file.finish(),
      line: this.line.finish(),
      parent: this.parent.finish(),
      depth: this.depth.finish(),
      subtreeEnd: this.subtreeEnd.finish(),
      self: this.self.finish(),
      total: this.total.finish(),
      x: this.x.finish(),
      width: this.width.finish(),
      merged: this.merged.finish(),
      inlined: Uint8Array.from(this.inlined.finish()),
      zoneHead: Uint32Array.from(this.zoneHead.finish()),
      pathHash: this.pathHash.finish(),
    }
  }
}
