/** Rows of the top table and the view of one function, against what `go tool pprof` prints. */
import { describe, expect, it } from 'vitest'
import { Strings } from '../core/model/strings.ts'
import { fixture, fixtureIndex } from '../testing/fixtures.ts'
import { Engine } from './engine.ts'

const files = fixtureIndex().files.filter((f) => f.oracle && /^go1\.2[27]\//.test(f.file))

async function open(file: string) {
  const engine = new Engine()
  const info = await engine.open({ name: file, source: new Blob([fixture(file)]) }, () => undefined)
  return { engine, info, names: new Strings(info.names), files: new Strings(info.files) }
}

describe.each(files)('$file', (entry) => {
  it('sorts, sums up and filters', async () => {
    const { engine, info, names, files } = await open(entry.file)
    for (const [name, oracle] of Object.entries(entry.oracle ?? {})) {
      const sampleType = info.sampleTypes.findIndex((t) => t.type === name)
      const ask = (by: 'flat' | 'cum', text = '') =>
        engine.top({ sampleType, sort: { by, sampleType, desc: true }, text, dropNegative: false })
      const flat = ask('flat')
      const cum = ask('cum')
      expect(flat.row.length).toBe(oracle.functions_in_report)
      for (const [i, line] of oracle.top_flat.entries()) expect(flat.flat[sampleType]?.[i]).toBe(line.flat)
      for (const [i, line] of oracle.top_cum.entries()) expect(cum.cum[sampleType]?.[i]).toBe(line.cum)
      const self = flat.flat[sampleType]?.reduce((sum, v) => sum + v, 0) ?? 0
      expect(flat.running.at(-1) ?? 0).toBe(self)
      const first = engine.top({
        sampleType,
        sort: { by: 'cum', sampleType, desc: true },
        text: '',
        dropNegative: false,
        most: 3,
      })
      expect([...first.row]).toEqual([...cum.row.slice(0, 3)])
      expect([...(first.cum[sampleType] ?? [])]).toEqual([...(cum.cum[sampleType] ?? []).slice(0, 3)])
      expect(first.all).toBe(cum.all)
      const some = ask('flat', 'RUNTIME')
      expect(some.all).toBe(flat.row.length)
      for (const [i, row] of some.row.entries()) {
        const file = some.file[i] ?? -1
        expect(`${names.get(row)} ${file < 0 ? '' : files.get(file)}`.toLowerCase()).toContain('runtime')
      }
    }
    for (const peek of entry.peek ?? []) {
      const sampleType = info.sampleTypes.findIndex((t) => t.type === peek.sample_type)
      const answer = engine.sandwich({ sampleType, order: 'size', name: peek.function })
      expect(answer?.peek.cum).toBe(peek.self.cum)
      expect(answer?.callers.total[0]).toBe(peek.self.cum)
      expect(answer?.callees.total[0]).toBe(peek.self.cum)
      const sorted = (list: readonly { name: string; value: number }[]) =>
        list.map((c) => `${c.name} ${c.value}`).sort()
      const named = (list: readonly { row: number; value: number }[]) =>
        sorted(list.map((c) => ({ name: names.get(c.row), value: c.value })))
      expect(named(answer?.peek.callers ?? [])).toEqual(sorted(peek.callers))
      expect(named(answer?.peek.callees ?? [])).toEqual(sorted(peek.callees))
    }
    expect(engine.sandwich({ sampleType: 0, order: 'size', name: 'no.such' })).toBeNull()
  })
})
