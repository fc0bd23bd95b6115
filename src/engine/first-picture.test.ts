/** What a page is sent draws the same boxes as the tree that the engine answers with. */
import { openAsBlob, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { flatTree, treeOfFlat } from '../core/layout/flat-tree.ts'
import { Strings } from '../core/model/strings.ts'
import type { CallTree } from '../core/query/call-tree.ts'
import { fixturePath } from '../testing/fixtures.ts'
import { Engine } from './engine.ts'
import { firstPicture } from './first-picture.ts'

const profiles = [
  'go1.27/map/heap.pb.gz',
  'go1.27/map/cpu.pb.gz',
  'go1.27/map/goroutine.pb.gz',
  'go1.27/map/mutex.pb.gz',
]

/** What drawing reads of a row. */
const rowsOf = (tree: CallTree, nameOf: (func: number) => string) =>
  Array.from({ length: tree.length }, (_, r) => ({
    name: tree.func[r] < 0 ? tree.func[r] : nameOf(tree.func[r]),
    parent: tree.parent[r],
    depth: tree.depth[r],
    end: tree.subtreeEnd[r],
    x: tree.x[r],
    width: tree.width[r],
    total: tree.total[r],
    merged: tree.merged[r],
    inlined: tree.inlined[r],
  }))

async function opened(path: string) {
  const engine = new Engine()
  const info = await engine.read({ name: path, source: await openAsBlob(fixturePath(path)) }, () => {})
  return { engine, info }
}

describe('a picture inside a page', () => {
  it.each(profiles)('draws the rows of the tree: %s', async (path) => {
    const { engine, info } = await opened(path)
    const names = new Strings(info.names)
    // Some boxes are merged in one of them, and none in the other.
    for (const minShare of [0, 0.02]) {
      const asked = { sampleType: info.defaultSampleType, order: 'size', path: [], minShare, from: 0, to: 1 } as const
      const tree = engine.tree(asked, false)
      const flat = flatTree(tree, (func) => names.get(func))
      if (!flat) throw new Error('no tree')
      const again = treeOfFlat(JSON.parse(JSON.stringify(flat)))
      expect(rowsOf(again, (func) => flat.names[func] ?? '')).toEqual(rowsOf(tree, (func) => names.get(func)))
      expect(again.complete).toBe(tree.complete)
    }
  })

  it('is of the sample type that is shown first', async () => {
    const path = 'go1.27/map/heap.pb.gz'
    const picture = await firstPicture({ name: 'heap', file: await openAsBlob(fixturePath(path)) })
    const { info } = await opened(path)
    expect(picture?.type).toEqual(info.sampleTypes[info.defaultSampleType])
    expect(picture?.own).toEqual(info.own)
    expect(picture?.tree.total[0]).toBe(picture?.type.total)
  })

  it('is none of a text, of what cannot be read, and of values of both signs', async () => {
    const text = new Blob([
      'gc 1 @0.012s 2%: 0.026+0.39+0.10 ms clock, 0.21+0.88/0.52/0+0.84 ms cpu, 4->5->1 MB, 5 MB goal\n',
    ])
    expect(await firstPicture({ name: 'gc.log', file: text })).toBeNull()
    await expect(firstPicture({ name: 'x', file: new Blob([new Uint8Array([0x1f, 0x8b, 8, 0])]) })).rejects.toThrow()
    const folded = (lines: string) => firstPicture({ name: 'x.folded', file: new Blob([lines]) })
    expect((await folded('main;a 10\nmain;b 5\n'))?.tree.names).toEqual(['main', 'a', 'b'])
    const signed = new Blob([readFileSync(fixturePath('go1.27/map/heap-delta.pb.gz'))])
    expect(await firstPicture({ name: 'diff', file: signed })).toBeNull()
  })
})
