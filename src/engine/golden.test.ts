/** Every number that `go tool pprof` prints for the combinations of options in scripts/goldens.mjs. */
import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { Strings } from '../core/model/strings.ts'
import { everything } from '../core/query/report.ts'
import { optionsToQuery } from '../core/view/pprof-options.ts'
import { fixture, fixturePath } from '../testing/fixtures.ts'
import { Engine } from './engine.ts'

interface Golden {
  file: string
  sampleType: string
  options: string[]
  total: number
  /** "name\tflat\tcum", and "caller\tcallee\tweight\tinlined". */
  nodes: string[]
  edges: string[]
}

const { answers } = JSON.parse(brotliDecompressSync(readFileSync(fixturePath('goldens.json.br'))).toString('utf8')) as {
  answers: Golden[]
}
const files = [...new Set(answers.map((golden) => golden.file))]
let numbers = 0

describe.each(files)('%s', (file) => {
  const goldens = answers.filter((golden) => golden.file === file)
  it('has the nodes and edges of pprof', async () => {
    const engine = new Engine()
    const info = await engine.open({ name: file, source: new Blob([fixture(file)]) }, () => undefined)
    for (const golden of goldens) {
      const sampleType = info.sampleTypes.findIndex((t) => t.type === golden.sampleType)
      const query = optionsToQuery(golden.options)
      const names = new Strings(engine.query({ query }).names)
      const report = engine.graph({ sampleType, query, options: everything })
      const name = (k: number) => names.get(k)
      const nodes = Array.from(report.row, (k, i) => `${name(k)}\t${report.flat[i]}\t${report.cum[i]}`).sort()
      const edges = Array.from(
        report.caller,
        (k, i) => `${name(k)}\t${name(report.callee[i])}\t${report.value[i]}\t${report.inlined[i]}`,
      ).sort()
      const label = `${golden.sampleType} ${golden.options.join(' ')}`
      expect({ label, total: info.sampleTypes[sampleType].total }).toEqual({ label, total: golden.total })
      expect({ label, nodes }).toEqual({ label, nodes: golden.nodes })
      expect({ label, edges }).toEqual({ label, edges: golden.edges })
      numbers += 1 + nodes.length * 2 + edges.length
    }
  })
})

afterAll(() => {
  console.warn(`${numbers} numbers of ${answers.length} reports agree with pprof.`)
})
