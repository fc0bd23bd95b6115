import { describe, expect, it } from 'vitest'
import { type TextTree, textTree } from '../../testing/text-tree.ts'
import { findNamed, nameBox } from './box-name.ts'
import { Boxes } from './boxes.ts'
import { layoutFlame } from './flame.ts'

function lay(t: TextTree, minBox = 2): Boxes {
  const boxes = new Boxes()
  const view = { zoom: 0, lo: 0, hi: t.tree.width[0], width: 1000, minBox, maxAncestors: 6, firstLine: 0, lastLine: 99 }
  layoutFlame(t.tree, view, boxes)
  return boxes
}

const before = textTree('main;work;parse 500\nmain;work;print 300\nmain;tiny 1\nmain;small 1\ngc 198')
// The same functions with other weights: other widths, other order, other rows.
const after = textTree('main;work;parse 1\nmain;work;print 700\nmain;tiny 1\nmain;small 1\ngc 297')

describe('names of boxes', () => {
  it('find the same box in another tree', () => {
    const boxes = lay(before)
    for (let i = 0; i < boxes.length; i++) {
      const name = nameBox(before.tree, before.hash, boxes, i)
      expect(findNamed(before.tree, before.hash, boxes, name)).toBe(i)
      if (name.run) continue
      const found = findNamed(after.tree, after.hash, lay(after), name)
      expect(found).toBeGreaterThanOrEqual(0)
    }
  })

  it('lead to the run that a box has been merged into', () => {
    const wide = lay(before, 0.5)
    const tiny = wide.row.subarray(0, wide.length).indexOf(before.row('main;tiny'))
    const name = nameBox(before.tree, before.hash, wide, tiny)
    expect(name.run).toBe(false)
    const merged = lay(before)
    const run = findNamed(before.tree, before.hash, merged, name)
    expect(merged.count[run]).toBe(2)
    expect(nameBox(before.tree, before.hash, merged, run)).toMatchObject({
      run: true,
      path: [before.hash[before.tree.func[before.row('main')]]],
    })
  })

  it('say so when there is no such box', () => {
    const other = textTree('main;else 10')
    const boxes = lay(before)
    const parse = boxes.row.subarray(0, boxes.length).indexOf(before.row('main;work;parse'))
    expect(findNamed(other.tree, other.hash, lay(other), nameBox(before.tree, before.hash, boxes, parse))).toBe(-1)
    expect(findNamed(other.tree, other.hash, lay(other), null)).toBe(-1)
  })
})
