/** Sums and labels of what runs through functions, against filters that keep the same samples. */
import { expect, test } from 'vitest'
import { patternFor } from '../core/layout/key-name.ts'
import { Strings } from '../core/model/strings.ts'
import { plainQuery, type QuerySpec } from '../core/query/query-spec.ts'
import { fixture } from '../testing/fixtures.ts'
import { Engine } from './engine.ts'

async function opened(file: string) {
  const engine = new Engine()
  const { names } = await engine.open({ name: file, source: new Blob([fixture(file)]) }, () => undefined)
  const strings = new Strings(names)
  return { engine, name: (row: number) => strings.get(row), functions: strings.length }
}

const focused = (patterns: readonly string[]): QuerySpec => ({
  ...plainQuery,
  filters: [{ kind: 'focus', text: patterns.map((text) => `(${text})`).join('|'), on: true }],
})

test.each(['go1.27/map/heap.pb.gz', 'go1.27/map/cpu.pb.gz', 'goroutines/labels-go1.27/cpu.pb.gz'])(
  '%s: any two functions together are what a filter for both keeps, and so are the labels of one',
  async (file) => {
    const { engine, name, functions } = await opened(file)
    const sampleType = 0
    let looked = 0
    for (let row = 0; row < functions; row += Math.ceil(functions / 14)) {
      const names = [name(row), name((row * 13 + 5) % functions)]
      const patterns = names.map((one) => patternFor(one, plainQuery))
      const query = focused(patterns)
      const kept = engine.tree({ sampleType, order: 'size', path: [], minShare: 0, from: 0, to: 1, query }).total[0]
      expect(engine.together({ sampleType, names }).total, names.join()).toBe(kept)
      const one = focused(patterns.slice(0, 1))
      expect(engine.tags({ sampleType, through: names[0] ?? '' })).toEqual(engine.tags({ sampleType, query: one }))
      looked++
    }
    expect(looked).toBeGreaterThan(5)
    expect(engine.together({ sampleType, names: ['main.nothing'] }).total).toBe(0)
  },
  60_000,
)
