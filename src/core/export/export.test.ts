/** What is written can be read: by this app, and by eyes. */
import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { readProfile } from '../formats/index.ts'
import type { Profile } from '../model/profile.ts'
import { plainQuery } from '../query/query-spec.ts'
import { type Queried, QueryRunner } from '../query/run.ts'
import { buildTree } from '../query/tree.ts'
import { foldedStacks } from './folded.ts'
import type { ExportId } from './formats.ts'
import { exporters } from './index.ts'

async function open(bytes: Uint8Array<ArrayBuffer>): Promise<Profile> {
  return (await readProfile(new Blob([bytes]), { seed: 1 })).profile
}

const focus = { ...plainQuery, filters: [{ kind: 'focus', text: 'json|main', on: true }] } as const

function written(queried: Queried, id: ExportId, sampleType: number): Uint8Array<ArrayBuffer> {
  const { profile, keys, frameKey } = queried.result
  const tree = () =>
    buildTree(
      { profile, keys, frameKey, links: queried.links, weights: queried.weights(sampleType), order: 'size' },
      { sampleType, order: 'size', path: [], minShare: 0, from: 0, to: 1 },
      null,
      () => -1,
    )
  return exporters[id]({ queried, sampleType, name: 'heap.pb.gz', tree, findingsLegend: null }).bytes
}

const foldedLines = (queried: Queried, sampleType: number) => foldedStacks(queried, sampleType).lines

describe.each(['texts/folded-leaf-only.pb.gz', 'go1.22/map/threadcreate.pb.gz'])('%s', (file) => {
  it('opens again from folded stacks of a single frame, or of none', async () => {
    const queried = new QueryRunner(await open(fixture(file))).run()
    const again = new QueryRunner(await open(written(queried, 'folded', 0))).run()
    expect(foldedLines(again, 0).sort()).toEqual(foldedLines(queried, 0).sort())
  })
})

describe.each(['go1.27/map/heap.pb.gz', 'go1.22/map/cpu.pb.gz', 'odd/generics-cpu.pb.gz'])('%s', (file) => {
  it.each<ExportId>(['pprof', 'speedscope', 'folded'])('%s opens again with the same stacks', async (id) => {
    const profile = await open(fixture(file))
    const queried = new QueryRunner(profile).run(focus)
    const sampleType = profile.defaultSampleType
    const again = new QueryRunner(await open(written(queried, id, sampleType))).run()
    const type = id === 'folded' ? 0 : sampleType
    expect(foldedLines(again, type).sort()).toEqual(foldedLines(queried, sampleType).sort())
  })

  it('draws pictures that hold every box and fetch nothing', async () => {
    const profile = await open(fixture(file))
    const queried = new QueryRunner(profile).run(focus)
    for (const id of ['svg', 'html'] as const) {
      const text = new TextDecoder().decode(written(queried, id, profile.defaultSampleType))
      expect(text).toContain('main')
      expect(text.match(/<rect /g)?.length).toBeGreaterThan(20)
      expect(text).not.toMatch(/<script|(?:href|src)=/)
    }
  })

  it('writes a table of every sample type', async () => {
    const profile = await open(fixture(file))
    const text = new TextDecoder().decode(written(new QueryRunner(profile).run(), 'tsv', 0))
    const rows = text
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'))
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([1 + 2 * profile.sampleTypes.length]))
    const sum = rows.slice(1).reduce((total, row) => total + Number(row[1]), 0)
    expect(sum).toBe(profile.samples.value[0].reduce((a, b) => a + b, 0))
  })
})
