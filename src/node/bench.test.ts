import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { fixturePath } from '../testing/fixtures.ts'
import { bench } from './bench.ts'

async function printed(...args: string[]) {
  let text = ''
  const code = await bench(args, (part) => {
    text += part
    return true
  })
  return { code, text }
}

const folder = mkdtempSync(join(tmpdir(), 'bench-'))
afterAll(() => rmSync(folder, { recursive: true }))
function made(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const old = fixturePath('bench/bench-1.22.txt')
const now = fixturePath('bench/bench-1.27.txt')

describe('bench', () => {
  it('prints the tables as Markdown', async () => {
    const { code, text } = await printed(old, now)
    expect(code).toBe(0)
    expect(text.split('\n').slice(0, 13)).toEqual([
      '- goos: linux',
      '- goarch: amd64',
      '- pkg: example.com/ingest',
      '- cpu: AMD EPYC',
      '',
      `| sec/op (lower is better) | ${old} | ${now} | vs base |`,
      '| --- | ---: | ---: | ---: |',
      '| DecodeMap-2 | 116.6µ ± ∞ ¹ | 169.7µ ± ∞ ¹ | ~ (p=0.333 n=2) ² |',
      '| DecodeStruct-2 | 170.68µ ± ∞ ¹ | 93.74µ ± ∞ ¹ | ~ (p=0.333 n=2) ² |',
      '| DecodeRawMessage-2 | 83.13µ ± ∞ ¹ | 61.47µ ± ∞ ¹ | ~ (p=0.333 n=2) ² |',
      '| DecodeGeneric-2 | 276.8µ ± ∞ ¹ | 113.9µ ± ∞ ¹ | ~ (p=0.333 n=2) ² |',
      '| DecodeTyped-2 | 180.8µ ± ∞ ¹ | 474.1µ ± ∞ ¹ | ~ (p=0.333 n=2) ² |',
      '| geomean | 152.6µ | 139.5µ | -8.60% |',
    ])
    expect(text).toContain('¹ need >= 6 samples for confidence interval at level 0.95')
    // The configuration is said once, and the units follow.
    expect(text.match(/goos/g)).toHaveLength(1)
    expect(text.match(/^\| (\S+) \(lower/gm)).toHaveLength(3)
  })

  it('prints the same as JSON, against the base that is named', async () => {
    const { text } = await printed(old, now, '--json', '--base', now)
    const { tables, ...rest } = JSON.parse(text)
    expect(rest).toMatchObject({
      confidence: 0.95,
      alpha: 0.05,
      files: [{ file: old, results: 10, benchmarks: 5 }, {}],
    })
    expect(tables).toHaveLength(3)
    expect(tables[0]).toMatchObject({ config: { goos: 'linux' }, unit: 'sec/op', better: 'lower', columns: [now, old] })
    expect(tables[0].rows[0]).toMatchObject({
      name: 'DecodeMap-2',
      cells: [
        { lo: null, n: 2, change: null },
        { text: '116.6µ', change: { delta: '~', test: 'p=0.333 n=2', verdict: null } },
      ],
    })
  })

  it('says better and worse, escapes names, and ignores keys', async () => {
    const text = (cpu: string, value: number) =>
      `cpu: ${cpu}\n${[0, 1, 2, 3, 4, 5].map((i) => `BenchmarkA|b<i>\\c 1 ${value + i} ns/op ${value + i} MB/s\n`).join('')}`
    const [a, b] = [made('a.txt', text('x', 10)), made('b.txt', text('y', 100))]
    expect((await printed(a, b)).text).not.toContain('vs base')
    const { text: compared } = await printed(a, b, '--ignore', 'cpu')
    expect(compared).toContain('| A\\|b\\<i>\\\\c | 12.50n ± 20% | 102.50n ± 2% | +720.00% worse (p=0.002 n=6) |')
    expect(compared).toContain('+720.00% better')
  })

  it('says what it cannot read, and reads the rest', async () => {
    const none = made('none.txt', 'PASS\n')
    expect((await printed(old, none)).code).toBe(1)
    await expect(printed(none)).rejects.toThrow('There is no benchmark result in it.')
    await expect(printed(join(folder, 'absent.txt'))).rejects.toThrow(/no such file/)
    await expect(printed(old, '--base', now)).rejects.toThrow('--base names one of the files')
    expect((await printed()).code).toBe(2)
  })
})
