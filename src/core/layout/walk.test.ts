import { describe, expect, it } from 'vitest'
import { textTree } from '../../testing/text-tree.ts'
import { Boxes } from './boxes.ts'
import { layoutFlame } from './flame.ts'
import { besideOf, calleeOf, callerOf } from './walk.ts'

const t = textTree(`
  main;work;parse 500
  main;work;print 200
  main;idle 200
  gc;mark 90
  gc;x1 1
  gc;x2 1
`)
const boxes = new Boxes()
layoutFlame(
  t.tree,
  { zoom: 0, lo: 0, hi: t.tree.width[0], width: 992, minBox: 2, maxAncestors: 6, firstLine: 0, lastLine: 99 },
  boxes,
)
const at = (path: string) => boxes.row.subarray(0, boxes.length).indexOf(t.row(path))
const name = (i: number) => (i < 0 ? 'none' : boxes.count[i] > 1 ? 'run' : t.names.get(t.tree.func[boxes.row[i]]))

describe('walking', () => {
  it('goes to the caller and to the widest callee', () => {
    expect(name(calleeOf(t.tree, boxes, at('main')))).toBe('work')
    expect(name(calleeOf(t.tree, boxes, at('main;work')))).toBe('parse')
    expect(name(calleeOf(t.tree, boxes, at('gc')))).toBe('mark')
    expect(calleeOf(t.tree, boxes, at('main;idle'))).toBe(-1)
    expect(name(callerOf(t.tree, boxes, at('main;work;print')))).toBe('work')
    expect(callerOf(t.tree, boxes, 0)).toBe(-1)
  })

  it('goes sideways beyond the edge of the caller, and to runs', () => {
    expect(name(besideOf(boxes, at('main;work;parse'), 1))).toBe('print')
    expect(besideOf(boxes, at('main;work;parse'), -1)).toBe(-1)
    expect(name(besideOf(boxes, at('main;idle'), 1))).toBe('mark')
    expect(name(besideOf(boxes, at('gc;mark'), 1))).toBe('run')
    expect(name(besideOf(boxes, at('gc;mark'), -1))).toBe('idle')
  })
})
