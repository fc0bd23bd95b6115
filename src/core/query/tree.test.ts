import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { foldedProfile } from '../../testing/folded.ts'
import { readProfile } from '../formats/index.ts'
import type { Profile } from '../model/profile.ts'
import { type CallTree, REST, type TreeRequest } from './call-tree.ts'
import { keyFrames } from './keys.ts'
import { plainQuery } from './query-spec.ts'
import { buildTree } from './tree.ts'
import { linkStacks, weigh } from './weights.ts'

async function treeOf(file: string) {
  const { profile } = await readProfile(new Blob([fixture(file)]), { seed: 1 })
  return treesOf(profile)
}

function treesOf(profile: Profile) {
  const sampleType = profile.defaultSampleType
  const input = {
    profile,
    links: linkStacks(profile.stacks),
    weights: weigh(profile, sampleType),
    ...keyFrames(profile, plainQuery),
  }
  const whole: TreeRequest = { sampleType, order: 'size', path: [], minShare: 0, from: 0, to: 1 }
  return {
    hash: profile.functions.hash,
    build: (request: Partial<TreeRequest> = {}) =>
      buildTree({ ...input, order: request.order ?? 'size' }, { ...whole, ...request }, null, () => -1),
  }
}

const childrenOf = (tree: CallTree, row: number) =>
  Array.from({ length: tree.length }, (_, r) => r).filter((r) => tree.parent[r] === row)

describe('a pruned tree', () => {
  it.each(['go1.27/map/cpu.pb.gz', 'go1.22/map/heap.pb.gz', 'odd/wide-6000.pb.gz', 'odd/diff-heap0-heap3.pb.gz'])(
    'keeps every weight of %s: what is not shown is in a REST row that says how many boxes',
    async (file) => {
      const { build } = await treeOf(file)
      const full = build()
      const rowByKey = new Map(Array.from(full.pathHash, (key, row) => [key, row]))
      for (const minShare of [0.001, 0.02, 0.3]) {
        const pruned = build({ minShare })
        const least = minShare * full.width[0]
        for (let r = 0; r < pruned.length; r++) {
          if (pruned.func[r] === REST) continue
          const same = rowByKey.get(pruned.pathHash[r]) as number
          expect(pruned.total[r]).toBe(full.total[same])
          expect(pruned.x[r]).toBe(full.x[same])
          const shown = childrenOf(pruned, r)
          const all = childrenOf(full, same)
          const rest = shown.find((c) => pruned.func[c] === REST)
          const boxes = shown.filter((c) => c !== rest)
          expect(boxes.length + (rest === undefined ? 0 : pruned.merged[rest])).toBe(all.length)
          const sum = (tree: CallTree, rows: number[]) => rows.reduce((n, c) => n + tree.total[c], 0)
          expect(sum(pruned, shown)).toBe(sum(full, all))
          if (rest !== undefined) {
            expect(pruned.merged[rest]).toBeGreaterThan(1)
            for (const c of all) {
              const kept = boxes.some((b) => pruned.pathHash[b] === full.pathHash[c])
              expect(kept).toBe(full.width[c] >= least)
            }
          }
        }
        expect(pruned.complete).toBe(!pruned.func.includes(REST))
      }
    },
  )

  it('opens only the asked part of the root, and hides nothing of the rest', async () => {
    const { build } = await treeOf('go1.27/map/cpu.pb.gz')
    const full = build()
    const part = build({ from: 0.8, to: 0.9 })
    expect(part.length).toBeLessThan(full.length / 2)
    const rowByKey = new Map(Array.from(part.pathHash, (key, row) => [key, row]))
    for (let r = 0; r < full.length; r++) {
      const inside = full.x[r] < part.hi && full.x[r] + full.width[r] > part.lo
      if (inside) expect(rowByKey.has(full.pathHash[r])).toBe(true)
    }
    for (let r = 0; r < part.length; r++) {
      const below = childrenOf(part, r).reduce((n, c) => n + part.total[c], 0)
      if (part.func[r] !== REST) expect(below + part.self[r]).toBe(part.total[r])
    }
  })

  it('lays siblings out by name when asked to', async () => {
    const { build } = await treeOf('go1.22/map/cpu.pb.gz')
    const bySize = build()
    const byName = build({ order: 'name' })
    expect(byName.length).toBe(bySize.length)
    expect([...byName.pathHash].sort()).toEqual([...bySize.pathHash].sort())
    for (let r = 0; r < bySize.length; r++) {
      const widths = childrenOf(bySize, r).map((c) => bySize.width[c])
      expect(widths).toEqual([...widths].sort((a, b) => b - a))
    }
  })
})

describe('values beyond 2^53', () => {
  it('lose no box whose place at the right end cannot be told from the end itself', () => {
    const { build } = treesOf(foldedProfile('heap', [`a ${2 ** 53}`, 'c;d;e 1']))
    expect(build().depth).toContain(3)
  })
})

describe('a deep recursion', () => {
  it('is all there', async () => {
    const { build } = await treeOf('odd/deep-20000.pb.gz')
    const tree = build()
    expect(Math.max(...Array.from(tree.depth).slice(0, 50_000))).toBeGreaterThanOrEqual(20_000)
  })
})
