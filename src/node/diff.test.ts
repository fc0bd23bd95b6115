/** `hotzone diff`: its numbers are those of `pprof -diff_base` (scripts/goldens.mjs), and it says what is wrong. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { encodeProfile } from '../core/export/pprof.ts'
import { build } from '../testing/builds.ts'
import { fixturePath } from '../testing/fixtures.ts'
import { foldedProfile } from '../testing/folded.ts'
import { run } from './cli.ts'
import type { JsonDiff } from './diff.ts'

interface Golden {
  file: string
  sampleType: string
  options: string[]
  total: number
  /** "name\tflat\tcum". */
  nodes: string[]
}

const goldens = (
  JSON.parse(brotliDecompressSync(readFileSync(fixturePath('goldens.json.br'))).toString('utf8')) as {
    comparisons: Golden[]
  }
).comparisons.filter(({ options }) => options[0]?.startsWith('-diff_base='))

afterEach(() => {
  vi.restoreAllMocks()
})

/** What the command prints and says. */
async function asked(...args: string[]) {
  let text = ''
  let said = ''
  vi.spyOn(process.stderr, 'write').mockImplementation((part) => {
    said += part
    return true
  })
  vi.spyOn(process.stdout, 'write').mockImplementation((part) => {
    text += part
    return true
  })
  const code = await run(['diff', ...args])
  vi.restoreAllMocks()
  return { code, text, said }
}

const json = async (...args: string[]) => JSON.parse((await asked(...args, '--json')).text) as JsonDiff

const heaps = [0, 3].map((i) => fixturePath(`go1.27/map/heap-${i}.pb.gz`))
const cpus = ['map', 'struct'].map((name) => fixturePath(`go1.27/${name}/cpu.pb.gz`))

describe.each(goldens)('diff of $file, $sampleType $options', ({ file, sampleType, options, total, nodes }) => {
  it('has the differences of pprof', async () => {
    const [first = '', ...others] = options
    const base = fixturePath(first.replace('-diff_base=', ''))
    const scale = others.includes('-normalize') ? [] : ['--scale=measured']
    const answer = await json(base, fixturePath(file), '--type', sampleType, ...scale, ...others)
    const rows = answer.rows.filter(({ delta }) => delta.flat !== 0 || delta.cum !== 0)
    expect(rows.map(({ name, delta }) => `${name}\t${delta.flat}\t${delta.cum}`).sort()).toEqual(nodes)
    for (const { base: before, current, delta } of answer.rows) {
      expect([current.flat - before.flat, current.cum - before.cum]).toEqual([delta.flat, delta.cum])
    }
    // pprof takes its per cent of all of the base, whatever filters leave.
    if (others.every((option) => option === '-normalize')) expect(answer.base.total).toBe(total)
    // Differences of self add up to the difference of the totals, under filters too.
    const sum = answer.rows.reduce((all, { delta }) => all + delta.flat, 0)
    expect(sum).toBe(answer.current.total - answer.base.total)
  })
})

describe('diff', () => {
  it('prints JSON of a fixed shape, the largest difference first', async () => {
    const answer = await json(...heaps)
    expect(answer).toMatchObject({
      sampleType: 'inuse_space',
      unit: 'bytes',
      scale: 'measured',
      // Of `pprof -top -unit=B` of each.
      base: { total: 45567027 },
      current: { total: 170674650 },
      noise: false,
    })
    expect(Object.keys(answer.rows[0] ?? {})).toEqual(['name', 'base', 'current', 'delta', 'noise'])
    const sizes = answer.rows.map(({ delta }) => Math.abs(delta.flat))
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
    expect(answer.mover).toMatchObject({ function: 'main.decodeMap', line: 49 })
    const byTotal = await json(...heaps, '-cum', '-n', '3')
    expect(byTotal.rows).toHaveLength(3)
    const largest = Math.max(...answer.rows.map(({ delta }) => Math.abs(delta.cum)))
    expect(Math.abs(byTotal.rows[0]?.delta.cum ?? 0)).toBe(largest)
  })

  it('of a profile with itself says that nothing changed', async () => {
    const [file = ''] = heaps
    const answer = await json(file, file)
    expect(answer.rows.length).toBeGreaterThan(20)
    for (const { delta, noise } of answer.rows)
      expect({ delta, noise }).toEqual({ delta: { flat: 0, cum: 0 }, noise: true })
    expect(answer.findings.every(({ change }) => change === 'same')).toBe(true)
    expect(answer.mover).toBeNull()
    const { text } = await asked(file, file)
    expect(text).toContain('Both profiles have the same everywhere.')
  })

  it('matches functions of another major version of their module, says so, and does not where exact names are asked for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hotzone-moved-'))
    try {
      const files = ['', '/v2'].map((version) => {
        const path = join(folder, `build${version.slice(1)}.pb.gz`)
        const count = version === '' ? 100 : 300
        writeFileSync(
          path,
          encodeProfile(build(`build ${version}`, `main.main;example.com/x${version}/pkg.F ${count}`)),
        )
        return path
      })
      const [old, now] = ['example.com/x/pkg.F', 'example.com/x/v2/pkg.F']
      const answer = await json(...files)
      expect(answer.moved).toEqual([{ name: now, was: [old] }])
      const row = answer.rows.find(({ name }) => name === now)
      expect([row?.base.flat, row?.current.flat]).toEqual([100, 300])
      expect(answer.rows.some(({ name }) => name === old)).toBe(false)
      expect((await asked(...files)).text).toContain(`- \`${now}\` was \`${old}\``)
      const exact = await json(...files, '--exact-names')
      expect(exact.moved).toEqual([])
      expect(exact.rows.map(({ name, delta }) => [name, delta.flat])).toEqual([
        [now, 300],
        [old, -100],
        ['main.main', 0],
      ])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('says that filters leave nothing, which is not the same on both sides', async () => {
    const [one = '', other = ''] = heaps
    expect((await asked(one, other, '-focus', 'no such function')).said).toBe(
      'hotzone: the filters leave no samples.\n',
    )
    expect((await asked(one, other, '-focus', 'main')).said).toBe('')
    expect((await asked(one, one, '-focus', 'main')).said).toBe('')
  })

  it('compares CPU per second where durations differ, else as is asked', async () => {
    const answer = await json(...cpus)
    expect(answer).toMatchObject({ sampleType: 'cpu', unit: 'nanoseconds/s', scale: 'second' })
    const measured = await json(...cpus, '--scale', 'measured')
    expect(measured.unit).toBe('nanoseconds')
    const share = await json(...cpus, '--scale', 'share')
    expect(Math.abs(share.current.total - share.base.total) / share.base.total).toBeLessThan(1e-6)
    const operations = await json(...cpus, '--ops', '1000,2000')
    expect(operations).toMatchObject({ unit: 'nanoseconds/op', scale: 'operation' })
    expect(operations.base.total).toBeCloseTo(measured.base.total / 1000, 3)
    expect(operations.current.total).toBeCloseTo(measured.current.total / 2000, 3)
  })

  it('says the verdict first, then changes, what is new and gone, and findings', async () => {
    const { code, text } = await asked(...cpus)
    expect(code).toBe(0)
    const lines = text.split('\n')
    expect(lines.find((line) => line.startsWith('**'))).toMatch(
      /^\*\*cpu 978 ms\/s → 722 ms\/s \(-26\.2%\), more than chance\. Most of it: `main\.decodeMap` `decode\.go:49`/,
    )
    const heads = lines.filter((line) => line.startsWith('## '))
    expect(heads).toEqual(['## Changes by self', '## New', '## Gone', '## Findings'])
    expect(text).toContain('**JSON decoded into interface{}** (`json-any`): 50.7% → gone')
    expect(text).toContain('**JSON decoded into structs** (`json-struct`): new, 35.7%')
    expect(text).toMatch(/GC tax: 18\.6% → 11\.4%/)
  })

  it('folds instances of generic functions and closures where that is asked', async () => {
    const before = foldedProfile('cpu', ['main.main;main.Sum[int] 5', 'main.main;main.run.func1 4'])
    const after = foldedProfile('cpu', ['main.main;main.Sum[go.shape.int] 7', 'main.main;main.run.func2 4'])
    await inFolder({ before, after }, async (path) => {
      const apart = await json(path('before'), path('after'))
      expect(apart.rows.map(({ name }) => name)).toContain('main.run.func1')
      const folded = await json(path('before'), path('after'), '--merge-generics', '--merge-closures')
      const of = (name: string) => folded.rows.find((row) => row.name === name)?.delta.flat
      expect(of('main.run')).toBe(0)
      expect(of('main.Sum[...]')).toBe(2)
    })
  })

  it('says what is wrong, with the exit code that tells whose fault it is', async () => {
    const [heap = ''] = heaps
    const [cpu = ''] = cpus
    const broken = fixturePath('malformed/truncated-gzip.pb.gz')
    const cases: [string[], number, RegExp][] = [
      [['nowhere.pb.gz', heap], 1, /There is no file nowhere\.pb\.gz\./],
      [[heap, broken], 1, /truncated-gzip\.pb\.gz is no profile: ./],
      [[cpu, heap], 1, /have no sample type in common/],
      [[heap], 2, /takes two profiles, BASE and CURRENT, not 1/],
      [[heap, heap, heap], 2, /not 3/],
      [[heap, heap, '--type', 'cpu'], 2, /no sample type "cpu" in common; they have alloc_objects/],
      [[heap, heap, '--scale', 'log'], 2, /--scale is one of measured, second, share, operation/],
      [[heap, heap, '--scale', 'operation'], 2, /wants --ops/],
      [[heap, heap, '--ops', '10'], 2, /--ops takes/],
      [[heap, heap, '-focus', '('], 2, /-focus: "\(" is no regular expression/],
      [[heap, heap, '-diff_base', heap], 2, /its base as its first FILE/],
      [[heap, heap, '--nonsense'], 2, /no option -nonsense|is no option/],
    ]
    for (const [args, code, sentence] of cases) {
      const answer = await asked(...args)
      expect({ args, code: answer.code }).toEqual({ args, code })
      expect(answer.said).toMatch(sentence)
      expect(answer.text).toBe('')
    }
    expect((await asked('--help')).code).toBe(0)
    expect((await asked()).code).toBe(2)
  })

  it('says that programs are different, and compares them all the same', async () => {
    const before = foldedProfile('cpu', ['main.read;main.parse 5', 'main.read;main.sort 4'])
    const after = foldedProfile('cpu', ['main.listen;main.answer 5', 'main.listen;main.hang 9'])
    await inFolder({ before, after }, async (path) => {
      const { code, said } = await asked(path('before'), path('after'))
      expect(code).toBe(0)
      expect(said).toMatch(/different programs/)
    })
  })
})

/** Profiles as files. */
async function inFolder(
  profiles: Record<string, ReturnType<typeof foldedProfile>>,
  test: (path: (name: string) => string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'diff-'))
  try {
    for (const [name, profile] of Object.entries(profiles)) writeFileSync(join(folder, name), encodeProfile(profile))
    await test((name) => join(folder, name))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
