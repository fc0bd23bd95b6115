/** Every number that `go tool pprof` prints for the combinations of options in scripts/goldens.mjs. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { Strings } from '../core/model/strings.ts'
import { parseCommandLine } from '../core/query/command-line.ts'
import { everything } from '../core/query/report.ts'
import { fixture, fixturePath } from '../testing/fixtures.ts'
import { Engine } from './engine.ts'
import type { ProfileInfo } from './protocol.ts'

interface Golden {
  file: string
  sampleType: string
  options: string[]
  total: number
  /** "name\tflat\tcum", and "caller\tcallee\tweight\tinlined". */
  nodes: string[]
  edges: string[]
}

/** By file and sample type: options, total, and a digest of the nodes and edges as the script writes them. */
type Digests = Record<string, Record<string, [options: string, total: number, digest: string][]>>

const { answers, digests } = JSON.parse(
  brotliDecompressSync(readFileSync(fixturePath('goldens.json.br'))).toString('utf8'),
) as { answers: Golden[]; digests: Digests }
const files = [...new Set(answers.map((golden) => golden.file))]
let numbers = 0
let crossed = 0

async function open(file: string): Promise<{ engine: Engine; info: ProfileInfo }> {
  const engine = new Engine()
  const info = await engine.open({ name: file, source: new Blob([fixture(file)]) }, () => undefined)
  return { engine, info }
}

/** Nodes and edges as the script keeps them. */
function reported(engine: Engine, sampleType: number, options: readonly string[]) {
  const { query } = parseCommandLine(options)
  const names = new Strings(engine.query({ query }).names)
  const report = engine.graph({ sampleType, query, options: everything })
  const name = (k: number) => names.get(k)
  const nodes = Array.from(report.row, (k, i) => `${name(k)}\t${report.flat[i]}\t${report.cum[i]}`).sort()
  const edges = Array.from(
    report.caller,
    (k, i) => `${name(k)}\t${name(report.callee[i])}\t${report.value[i]}\t${report.inlined[i]}`,
  ).sort()
  numbers += 1 + nodes.length * 2 + edges.length
  return { nodes, edges }
}

describe.each(files)('%s', (file) => {
  const goldens = answers.filter((golden) => golden.file === file)
  it('has the nodes and edges of pprof', async () => {
    const { engine, info } = await open(file)
    for (const golden of goldens) {
      const sampleType = info.sampleTypes.findIndex((t) => t.type === golden.sampleType)
      const { nodes, edges } = reported(engine, sampleType, golden.options)
      const label = `${golden.sampleType} ${golden.options.join(' ')}`
      expect({ label, total: info.sampleTypes[sampleType].total }).toEqual({ label, total: golden.total })
      expect({ label, nodes }).toEqual({ label, nodes: golden.nodes })
      expect({ label, edges }).toEqual({ label, edges: golden.edges })
    }
  })

  it('has them for every two options together', async () => {
    const { engine, info } = await open(file)
    for (const [type, list] of Object.entries(digests[file])) {
      const sampleType = info.sampleTypes.findIndex((t) => t.type === type)
      for (const [options, total, digest] of list) {
        const { nodes, edges } = reported(engine, sampleType, options.split(' '))
        const said = createHash('sha256')
          .update(`${nodes.join('\n')}\0${edges.join('\n')}`)
          .digest('base64')
        const label = `${type} ${options}`
        expect({ label, total: info.sampleTypes[sampleType].total }).toEqual({ label, total })
        expect({ label, digest: said.slice(0, 12) }).toEqual({ label, digest })
        crossed++
      }
    }
  })
})

afterAll(() => {
  console.warn(`${numbers} numbers of ${answers.length + crossed} reports agree with pprof.`)
})
