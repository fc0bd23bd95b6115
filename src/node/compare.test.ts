/** -base, -diff_base, -normalize, -mean and -divide_by, with the numbers of `go tool pprof` (scripts/goldens.mjs). */
import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fixturePath } from '../testing/fixtures.ts'
import { runReport } from './pprof-commands.ts'

interface Compared {
  file: string
  sampleType: string
  options: string[]
  total: number
  /** "name\tflat\tcum", and "caller\tcallee\tweight\tinlined". */
  nodes: string[]
  edges: string[]
}

const { comparisons } = JSON.parse(
  brotliDecompressSync(readFileSync(fixturePath('goldens.json.br'))).toString('utf8'),
) as { comparisons: Compared[] }

interface Row {
  name: string
  file?: string
  line?: number
}

/** The name as pprof prints it. */
const printed = ({ name, file, line }: Row) => (file ? `${name} ${file}${line ? `:${line}` : ''}` : name)

let out = ''
beforeEach(() => {
  out = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
})

describe.each(comparisons)('$file -sample_index=$sampleType $options', ({ file, sampleType, options, ...pprof }) => {
  it('has the numbers of pprof', async () => {
    const args = options.map((option) => option.replace(/^(-(?:diff_)?base=)(.*)$/, (_, o, f) => o + fixturePath(f)))
    expect(await runReport('tree', [`-sample_index=${sampleType}`, ...args, '-json', fixturePath(file)])).toBe(0)
    const { total, rows } = JSON.parse(out)
    expect(total).toBe(pprof.total)
    const nodes = rows.map((row: Row & { flat: number; cum: number }) => `${printed(row)}\t${row.flat}\t${row.cum}`)
    expect(nodes.sort()).toEqual(pprof.nodes)
    // A node that came to nothing has no row, and stands in those of its callers and callees.
    const edges = rows.flatMap((row: Row & Record<'callers' | 'callees', (Row & { value: number })[]>) => [
      ...row.callees.map((callee) => `${printed(row)}\t${printed(callee)}\t${callee.value}`),
      ...row.callers.map((caller) => `${printed(caller)}\t${printed(row)}\t${caller.value}`),
    ])
    expect([...new Set(edges)].sort()).toEqual(pprof.edges.map((edge) => edge.replace(/\t[01]$/, '')))
  })
})
