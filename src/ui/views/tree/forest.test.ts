import { describe, expect, it } from 'vitest'
import { readProfile } from '../../../core/formats/index.ts'
import { pathOf } from '../../../core/layout/tree-path.ts'
import type { CallTree, TreeRequest } from '../../../core/query/call-tree.ts'
import { QueryRunner } from '../../../core/query/run.ts'
import { buildTree } from '../../../core/query/tree.ts'
import { fixture } from '../../../testing/fixtures.ts'
import { type Box, Forest, isRest, isRoot, keyOf } from './forest.ts'

async function treesOf(file: string) {
  const { profile } = await readProfile(new Blob([fixture(file)]), { seed: 1 })
  const sampleType = profile.defaultSampleType
  const queried = new QueryRunner(profile).run()
  const input = {
    ...queried.result,
    links: queried.links,
    weights: queried.weights(sampleType),
    order: 'size' as const,
  }
  const whole: TreeRequest = { sampleType, order: 'size', path: [], minShare: 0, from: 0, to: 1 }
  return {
    hash: profile.functions.hash,
    build: (request: Partial<TreeRequest>) => buildTree(input, { ...whole, ...request }, null, () => -1),
  }
}

/** Opens everything, merged boxes too, until nothing is merged. */
async function openAll(file: string, minShare: number) {
  const { hash, build } = await treesOf(file)
  const trees: CallTree[] = []
  const whole = build({ minShare })
  const open = new Set<number>()
  for (;;) {
    const forest = new Forest(whole, trees)
    let boxes = forest.listed(open)
    for (let before = 0; before < boxes.length; boxes = forest.listed(open)) {
      before = boxes.length
      for (const box of boxes) open.add(keyOf(box))
    }
    const rest = boxes.find(isRest)
    if (!rest) return { boxes, full: build({}), asked: trees.length }
    const question = forest.question(rest, pathOf(rest.tree, hash, rest.tree.parent[rest.row]))
    if (!question) throw new Error('merged boxes that cannot be told apart')
    trees.push(build(question))
  }
}

describe.each([
  ['go1.27/map/cpu.pb.gz', 0.02],
  ['go1.22/map/heap.pb.gz', 0.1],
  ['odd/wide-6000.pb.gz', 0.01],
])('%s, merged below %d', (file, minShare) => {
  it('holds every box of the whole tree once all is opened', async () => {
    const { boxes, full, asked } = await openAll(file, minShare)
    expect(asked).toBeGreaterThan(0)
    const value = ({ tree, row }: Box) => [tree.total[row], tree.self[row], tree.depth[row]]
    const opened = new Map(boxes.map((box) => [keyOf(box), value(box)]))
    expect(opened.size).toBe(boxes.length)
    expect(opened).toEqual(new Map(Array.from(full.pathHash, (key, row) => [key, value({ tree: full, row })])))
  })
})

it('follows the heaviest path through merged boxes to its end', async () => {
  const { hash, build } = await treesOf('go1.27/map/cpu.pb.gz')
  const heaviest = (forest: Forest) => forest.heaviestPath(forest.root)
  const wanted = heaviest(new Forest(build({}), [])).path.map(keyOf)
  const whole = build({ minShare: 0.4 })
  const trees: CallTree[] = []
  let loads = 0
  for (; ; loads++) {
    const forest = new Forest(whole, trees)
    const { path, merged } = heaviest(forest)
    expect(path.map(keyOf)).toEqual(wanted.slice(0, path.length))
    if (!merged) {
      expect(path).toHaveLength(wanted.length)
      break
    }
    const question = forest.question(merged, pathOf(merged.tree, hash, merged.tree.parent[merged.row]))
    if (question) trees.push(build(question))
    expect(question).not.toBeNull()
  }
  expect(loads).toBeGreaterThan(0)
})

it('leaves a million boxes of one size together', () => {
  const column = (...values: number[]) => Float64Array.from(values)
  const tree = {
    length: 2,
    func: Int32Array.of(-1, -2),
    parent: Int32Array.of(-1, 0),
    subtreeEnd: Int32Array.of(2, 2),
    x: column(0, 0),
    width: column(1, 1),
    total: column(1, 1),
    self: column(0, 1),
    merged: Int32Array.of(0, 1_000_000),
    pathHash: column(0, 7),
    minWidth: 1 / 20_000,
    root: 0,
  } as unknown as CallTree
  const forest = new Forest(tree, [])
  const [rest] = forest.children(forest.root)
  expect(rest && isRoot(rest)).toBe(false)
  expect(rest && forest.question(rest, [])).toBeNull()
})
