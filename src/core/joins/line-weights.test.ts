import { expect, test } from 'vitest'
import { fixture, fixtureIndex } from '../../testing/fixtures.ts'
import { readProfile } from '../formats/index.ts'
import { lineWeights } from './line-weights.ts'

const files = fixtureIndex().files.filter(({ file, oracle }) => oracle && /map\/(allocs|heap|cpu)\.pb\.gz$/.test(file))

test.each(files.map((entry) => [entry.file, entry] as const))(
  'lines of %s add up to its functions',
  async (file, entry) => {
    const { profile } = await readProfile(new Blob([fixture(file)]), { seed: 0 })
    const weights = lineWeights(profile)
    const oracle = entry.oracle?.[weights.type]
    expect(weights.total).toBe(oracle?.total)
    for (const { name, flat } of oracle?.top_flat ?? []) {
      const sum = weights.lines.filter(({ func }) => func === name).reduce((all, line) => all + line.flat, 0)
      expect([name, sum]).toEqual([name, flat])
    }
    expect(weights.lines.reduce((all, line) => all + line.flat, 0)).toBe(weights.total)
  },
)
