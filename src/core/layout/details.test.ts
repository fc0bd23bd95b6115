import { describe, expect, it } from 'vitest'
import { textTree } from '../../testing/text-tree.ts'
import { boxDetails, runDetails } from './details.ts'

const t = textTree(`
  main.main;main.work~ 40
  main.main;main.work~;fmt.Println 20
  main.main;*9 30
  runtime.gc 10
`)
const source = { names: t.names, files: t.files, hash: t.hash, whole: 100 }

describe('details', () => {
  it('give shares of the whole, of the zoomed box and of the caller', () => {
    const row = t.row('main.main;main.work')
    const d = boxDetails(t.tree, row, t.row('main.main'), source)
    expect(d).toMatchObject({
      kind: 'box',
      name: 'main.work',
      packagePath: 'main',
      inlined: true,
      self: 40,
      total: 60,
      ofTotal: 0.6,
      stack: ['main.main', 'main.work'],
      count: 1,
      pathHash: t.tree.pathHash[row],
    })
    expect(d.ofZoom).toBeCloseTo(60 / 90)
    expect(d.ofParent).toBeCloseTo(60 / 90)
    expect(d.path).toHaveLength(2)
  })

  it('describe the root', () => {
    const d = boxDetails(t.tree, 0, 0, source)
    expect(d).toMatchObject({ kind: 'root', name: '', total: 100, ofTotal: 1, ofParent: 1, path: [], stack: [] })
  })

  it('describe a run by its caller and by what it holds', () => {
    const rest = t.row('main.main;*9')
    expect(boxDetails(t.tree, rest, 0, source)).toMatchObject({
      kind: 'run',
      count: 9,
      total: 30,
      stack: ['main.main'],
    })
    const d = runDetails(t.tree, t.row('main.main;main.work'), t.tree.subtreeEnd[rest], 0, source)
    expect(d).toMatchObject({ kind: 'run', count: 10, total: 90, ofParent: 1 })
    expect(d.end - d.start).toBe(90)
  })

  it('call a run of one box by its name', () => {
    const row = t.row('runtime.gc')
    expect(runDetails(t.tree, row, t.tree.subtreeEnd[row], 0, source).name).toBe('runtime.gc')
  })

  it('take no share of what holds values of both signs: a part may be more than the whole', () => {
    const diff = textTree('a;b 30\na;c -10')
    const d = boxDetails(diff.tree, diff.row('a;b'), diff.row('a'), { ...source, ...diff, whole: 40 })
    expect([d.total, d.gross, d.ofTotal, d.ofParent]).toEqual([30, 30, 0.75, null])
  })

  it('survive a box without weight', () => {
    const none = textTree('a;b 0')
    expect(boxDetails(none.tree, none.row('a'), 0, { ...source, ...none, whole: 0 })).toMatchObject({
      ofTotal: 0,
      ofZoom: 0,
    })
  })
})
