import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type TextTree, textTree } from '../../testing/text-tree.ts'
import { ANCESTOR, BOX, Boxes, FOLD, RUN } from './boxes.ts'
import { boxOfRow, type FlameView, foldedDepth, hitTest, layoutFlame } from './flame.ts'

const wide = (t: TextTree, view: Partial<FlameView> = {}): FlameView => ({
  zoom: 0,
  lo: 0,
  hi: t.tree.width[0],
  width: 1000,
  minBox: 2,
  maxAncestors: 6,
  firstLine: 0,
  lastLine: 1e9,
  ...view,
})

function lay(t: TextTree, view: Partial<FlameView> = {}): Boxes {
  const boxes = new Boxes()
  layoutFlame(t.tree, wide(t, view), boxes)
  return boxes
}

/** "line:name x+w" of every box, for reading. */
function show(t: TextTree, boxes: Boxes): string[] {
  return Array.from({ length: boxes.length }, (_, i) => {
    const func = t.tree.func[boxes.row[i]]
    const kind = boxes.kind[i]
    const name =
      kind === RUN
        ? `run${boxes.count[i]}`
        : kind === FOLD
          ? `fold${boxes.count[i]}`
          : func < 0
            ? 'all'
            : t.names.get(func)
    return `${boxes.line[i]}:${name} ${Math.round(boxes.x[i])}+${Math.round(boxes.w[i])}`
  })
}

const small = textTree(`
  main;work;parse 500
  main;work;print 200
  main;idle 200
  gc 100
`)

describe('layoutFlame', () => {
  it('puts boxes side by side, widest first, callees inside their callers', () => {
    expect(show(small, lay(small))).toEqual([
      '0:all 0+1000',
      '1:main 0+900',
      '2:work 0+700',
      '3:parse 0+500',
      '3:print 500+200',
      '2:idle 700+200',
      '1:gc 900+100',
    ])
  })

  it('fills the width with the zoomed box and its callers', () => {
    const zoom = small.row('main;work')
    const boxes = lay(small, { zoom, lo: 0, hi: 700 })
    expect(show(small, boxes)).toEqual([
      '0:all 0+1000',
      '1:main 0+1000',
      '2:work 0+1000',
      '3:parse 0+714',
      '3:print 714+286',
    ])
    expect([...boxes.kind.slice(0, 3)]).toEqual([ANCESTOR, ANCESTOR, BOX])
  })

  it('merges neighbours that are too narrow, and counts them', () => {
    const t = textTree(`main;a 990\n${Array.from({ length: 10 }, (_, i) => `main;b${i} 1`).join('\n')}`)
    expect(show(t, lay(t))).toEqual(['0:all 0+1000', '1:main 0+1000', '2:a 0+990', '2:run10 990+10'])
    // Closer, each of them has a box of its own.
    expect(lay(t, { lo: 990, hi: 1000 }).length).toBe(2 + 10)
  })

  it('counts what a row of merged boxes stands for', () => {
    const t = textTree('main;a 900\nmain;*59 99\nmain;b 1')
    expect(show(t, lay(t))).toEqual(['0:all 0+1000', '1:main 0+1000', '2:a 0+900', '2:run60 900+100'])
  })

  it('folds callers beyond the limit into one line', () => {
    const t = textTree('a;b;c;d;e;f;g;h;i 10')
    const zoom = t.row('a;b;c;d;e;f;g;h')
    expect(foldedDepth(8, 6)).toBe(2)
    const boxes = lay(t, { zoom, lo: 0, hi: 10 })
    expect(show(t, boxes)).toEqual([
      '0:fold2 0+1000',
      '1:c 0+1000',
      '2:d 0+1000',
      '3:e 0+1000',
      '4:f 0+1000',
      '5:g 0+1000',
      '6:h 0+1000',
      '7:i 0+1000',
    ])
    expect(t.names.get(t.tree.func[boxes.row[0]])).toBe('b')
    expect(show(t, lay(t, { zoom, lo: 0, hi: 10, maxAncestors: 1 }))[0]).toBe('0:fold7 0+1000')
  })

  it('leaves out lines nobody sees', () => {
    expect(show(small, lay(small, { firstLine: 2, lastLine: 2 }))).toEqual(['2:work 0+700', '2:idle 700+200'])
  })

  it('does not go deep by recursion', () => {
    const deep = textTree(`${Array.from({ length: 3000 }, (_, i) => `f${i}`).join(';')} 1`)
    const boxes = lay(deep)
    expect(boxes.length).toBe(3001)
    expect(boxes.lastLine).toBe(3000)
  })

  it('draws nothing of a tree without weight', () => {
    expect(lay(textTree('main 0'), { hi: 0 }).length).toBe(0)
  })
})

/** Random trees: stacks over few names, so that they share callers. */
const stacks = fc
  .array(
    fc.tuple(
      fc.array(fc.constantFrom('a', 'b', 'c', 'd', '*7'), { minLength: 1, maxLength: 7 }),
      fc.integer({ min: 1, max: 400 }),
    ),
    {
      minLength: 1,
      maxLength: 60,
    },
  )
  .map((list) => textTree(list.map(([names, value]) => `${beforeRest(names).join(';')} ${value}`).join('\n')))

/** A row of merged boxes has no callees. */
function beforeRest(names: string[]): string[] {
  const at = names.indexOf('*7')
  return at < 0 ? names : names.slice(0, at + 1)
}

const views = fc.record({
  zoom: fc.nat(),
  from: fc.double({ min: 0, max: 0.9, noNaN: true }),
  size: fc.double({ min: 0.01, max: 1, noNaN: true }),
  width: fc.integer({ min: 40, max: 900 }),
  minBox: fc.constantFrom(0.5, 2, 3, 20),
  maxAncestors: fc.integer({ min: 1, max: 7 }),
})

function resolve(
  t: TextTree,
  v: { zoom: number; from: number; size: number } & Pick<FlameView, 'width' | 'minBox' | 'maxAncestors'>,
) {
  const boxRows = [...t.tree.func.keys()].filter((r) => t.tree.func[r] !== -2 && t.tree.width[r] > 0)
  const zoom = boxRows[v.zoom % boxRows.length]
  const lo = t.tree.x[zoom] + v.from * t.tree.width[zoom]
  const hi = Math.min(t.tree.x[zoom] + t.tree.width[zoom], lo + v.size * t.tree.width[zoom])
  return wide(t, { zoom, lo, hi, width: v.width, minBox: v.minBox, maxAncestors: v.maxAncestors })
}

const slack = 1e-3

describe('whatever the tree and the view', () => {
  it('boxes of one line do not overlap, lie in the view, and callees lie within callers', () => {
    fc.assert(
      fc.property(stacks, views, (t, v) => {
        const view = resolve(t, v)
        const boxes = lay(t, view)
        const edge = new Map<number, number>()
        const at = new Map<number, number>()
        for (let i = 0; i < boxes.length; i++) {
          const right = boxes.x[i] + boxes.w[i]
          expect(boxes.x[i]).toBeGreaterThanOrEqual(0)
          expect(right).toBeLessThanOrEqual(view.width + slack)
          expect(boxes.x[i]).toBeGreaterThanOrEqual((edge.get(boxes.line[i]) ?? 0) - slack)
          edge.set(boxes.line[i], right)
          const caller = at.get(t.tree.parent[boxes.row[i]])
          if (caller !== undefined) {
            expect(boxes.line[i]).toBe(boxes.line[caller] + 1)
            expect(boxes.x[i]).toBeGreaterThanOrEqual(boxes.x[caller] - slack)
            expect(right).toBeLessThanOrEqual(boxes.x[caller] + boxes.w[caller] + slack)
          } else expect(boxes.line[i]).toBe(0)
          if (boxes.kind[i] !== RUN) at.set(boxes.row[i], i)
        }
      }),
    )
  })

  it('nothing vanishes: callees drawn and merged add up to the part of the caller that is not its own', () => {
    fc.assert(
      fc.property(stacks, views, (t, v) => {
        const view = resolve(t, v)
        const boxes = lay(t, view)
        const scale = view.width / (view.hi - view.lo)
        for (let i = 0; i < boxes.length; i++) {
          if (boxes.kind[i] === RUN) continue
          const row = boxes.row[i]
          // The callees' extent is the caller's without its own part, which lies at the right end.
          const inner = t.tree.width[row] - Math.abs(t.tree.self[row])
          const from = Math.max(view.lo, t.tree.x[row])
          const to = Math.min(view.hi, t.tree.x[row] + inner)
          let sum = 0
          for (let j = 0; j < boxes.length; j++) if (t.tree.parent[boxes.row[j]] === row) sum += boxes.w[j]
          expect(sum).toBeCloseTo(Math.max(0, to - from) * scale, 3)
        }
      }),
    )
  })

  it('the box under a point is the one that was drawn there, and every row is found in its box or run', () => {
    fc.assert(
      fc.property(stacks, views, (t, v) => {
        const view = resolve(t, v)
        const boxes = lay(t, view)
        for (let i = 0; i < boxes.length; i++) {
          expect(hitTest(boxes, boxes.x[i] + boxes.w[i] / 2, boxes.line[i])).toBe(i)
          expect(boxOfRow(t.tree, boxes, boxes.row[i])).toBe(i)
          if (boxes.kind[i] !== RUN) continue
          for (let r = boxes.row[i]; r < boxes.next[i]; r = t.tree.subtreeEnd[r])
            expect(boxOfRow(t.tree, boxes, r)).toBe(i)
        }
        expect(hitTest(boxes, -1, 0)).toBe(-1)
        expect(hitTest(boxes, 1, boxes.lastLine + 1)).toBe(-1)
      }),
    )
  })

  it('a run holds at least as many boxes and as much weight as the rows it covers', () => {
    fc.assert(
      fc.property(stacks, views, (t, v) => {
        const boxes = lay(t, resolve(t, v))
        for (let i = 0; i < boxes.length; i++) {
          if (boxes.kind[i] !== RUN) continue
          let count = 0
          let total = 0
          for (let r = boxes.row[i]; r < boxes.next[i]; r = t.tree.subtreeEnd[r]) {
            count += t.tree.func[r] === -2 ? t.tree.merged[r] : 1
            total += t.tree.total[r]
          }
          expect([boxes.count[i], boxes.total[i]]).toEqual([count, total])
        }
      }),
    )
  })
})
