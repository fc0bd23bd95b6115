import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { encodeProfile } from '../core/export/pprof.ts'
import { fixturePath } from '../testing/fixtures.ts'
import { foldedProfile } from '../testing/folded.ts'
import { run } from './cli.ts'
import { series } from './series.ts'

const heaps = [0, 1, 2, 3].map((i) => fixturePath(`go1.27/map/heap-${i}.pb.gz`))

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
  const code = await run(['series', ...args])
  vi.restoreAllMocks()
  return { code, text, said }
}

describe('series', () => {
  it('prints points and growers as JSON of a fixed shape', async () => {
    // Whatever the order on the command line.
    const { code, text } = await asked(...[2, 0, 3, 1].map((i) => heaps[i] as string), '--json')
    expect(code).toBe(0)
    const answer = JSON.parse(text)
    expect(answer).toMatchObject({ sampleType: 'inuse_space', unit: 'bytes', runs: 1, limit: null })
    // Totals of `pprof -top -unit=B`.
    expect(answer.points.map(({ file, time, total }: Record<string, unknown>) => ({ file, time, total }))).toEqual([
      { file: 'heap-0.pb.gz', time: '2026-11-22T07:09:58.199Z', total: 45567027 },
      { file: 'heap-1.pb.gz', time: '2026-11-22T07:09:59.620Z', total: 106027874 },
      { file: 'heap-2.pb.gz', time: '2026-11-22T07:10:01.029Z', total: 106027874 },
      { file: 'heap-3.pb.gz', time: '2026-11-22T07:10:02.441Z', total: 170674650 },
    ])
    const [first] = answer.growers
    expect(first).toMatchObject({ name: 'main.decodeMap', grew: 2, of: 2, certain: true })
    expect(first.path.slice(0, 2)).toEqual(['net/http.(*conn).serve', 'net/http.serverHandler.ServeHTTP'])
    expect(first.path).toContain('main.decodeMap')
    // The slope of three points is the median of three: 0 to 3 s, 0 to 1 and 1 to 3.
    const minutes = (2441010564 + 60e9 - 58199753253 + 0) / 60e9
    expect(first.slopePerMinute).toBeCloseTo((first.last - first.first) / minutes, -6)
    expect(first.share).toBeCloseTo((first.last - first.first) / (170674650 - 45567027), 12)
  })

  it('prints Markdown that says what grew first, and how long until a limit', async () => {
    const { code, text } = await asked(...heaps, '--limit', '2GiB')
    expect(code).toBe(0)
    expect(text).toContain('| `heap-2.pb.gz` | 2026-11-22 07:10:01 | 101.12MB | the same as the one before, left out |')
    expect(text).toContain('Total 43.46MB → 162.77MB (+119.31MB)')
    expect(text).toMatch(
      /^1\. \*\*`main\.decodeMap`\*\* `decode\.go:49`: .*grew in 2 of 2, 87\.9% of the growth.*alone would fill 2GB in 1 min$/m,
    )
    for (const limit of ['2147483648', '2G', '2gb', '2048 MiB']) {
      expect((await asked(...heaps, '--limit', limit)).text).toBe(text)
    }
  })

  it('takes a sample type', async () => {
    const { text } = await asked(...heaps, '--type', 'alloc_objects', '--json')
    expect(JSON.parse(text).sampleType).toBe('alloc_objects')
    const { code, said } = await asked(...heaps, '--type', 'cpu')
    expect(code).toBe(2)
    expect(said).toContain('no sample type "cpu"; they have alloc_objects, alloc_space, inuse_objects, inuse_space.')
  })

  it('names a file that is damaged or missing, works without it, and exits with 1', async () => {
    const damaged = fixturePath('malformed/truncated-gzip.pb.gz')
    const { code, text, said } = await asked(...heaps, damaged, 'not-there.pb.gz', '--json')
    expect(code).toBe(1)
    expect(said).toMatch(/^hotzone: truncated-gzip\.pb\.gz is no profile: .* It is left out\.$/m)
    expect(said).toContain('not-there.pb.gz cannot be read (ENOENT). It is left out.')
    expect(JSON.parse(text).points).toHaveLength(4)
    const few = await asked(heaps[0] as string, heaps[1] as string, damaged)
    expect(few.code).toBe(2)
    expect(few.said).toContain('A series has 3 profiles at least; 2 can be read.')
  })

  it('says that a difference of two snapshots is left out', async () => {
    const { text } = await asked(...heaps, fixturePath('go1.27/map/heap-delta.pb.gz'))
    expect(text).toMatch(/\| `heap-delta\.pb\.gz` \|.*\| a difference of two snapshots, left out \|/)
    expect(text).toContain('1 profile is the difference of two snapshots (of a duration, ?seconds=), and left out.')
  })

  it('is of one kind, of 3 to 20 files, with options it knows', async () => {
    const cpu = fixturePath('go1.27/map/cpu.pb.gz')
    const [a, b] = heaps as [string, string]
    const sentences: [string[], string][] = [
      [[...heaps, cpu], 'A series is of one kind of profile: heap-0.pb.gz is of kind heap, cpu.pb.gz of kind cpu.'],
      [[a, b], 'A series has 3 to 20 profiles, not 2.'],
      [Array.from({ length: 21 }, () => a), 'A series has 3 to 20 profiles, not 21.'],
      [[...heaps, '--limit', '2 weeks'], '--limit takes an amount of inuse_space such as 2GiB, not "2 weeks".'],
      [[...heaps, '--own', 'a//b'], '--own takes import paths with commas between, not "a//b".'],
    ]
    for (const [args, sentence] of sentences) {
      const { code, said, text } = await asked(...args)
      expect({ code, text }).toEqual({ code: 2, text: '' })
      expect(said).toContain(sentence)
    }
  })

  it('says that files seem to be of different programs', async () => {
    const other = fixturePath('bench/mem-Map-1.27.pb.gz')
    const { said } = await asked(...heaps, other)
    expect(said).toContain('seem to be of different programs')
    expect((await asked(...heaps)).said).toBe('')
  })

  it('reads goroutine profiles, and lets no name of a file become markup', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hotzone-'))
    try {
      const files = [10, 30, 50].map((waiting, i) => {
        const profile = foldedProfile('goroutine', [`main.main;main.a|\`b*c ${waiting}`, 'main.main;main.idle 20'])
        const path = join(folder, `goroutine-${i}.pb`)
        writeFileSync(
          path,
          encodeProfile({ ...profile, meta: { ...profile.meta, timeNs: BigInt(i + 1) * 60_000_000_000n } }),
        )
        return path
      })
      const { text } = await asked(...files)
      expect(text).toContain('1. **`main.a··b*c`** `:1`: 10 → 50, +20/min, grew in 2 of 2, 100% of the growth')
      const answer = JSON.parse((await asked(...files, '--json')).text)
      expect(answer.growers).toMatchObject([
        { path: ['main.main', 'main.a|`b*c'], slopePerMinute: 20, grew: 2, of: 2, share: 1, certain: true },
      ])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('has help', async () => {
    const { code, text } = await asked('--help')
    expect(code).toBe(0)
    expect(text).toContain('Usage: hotzone series FILE...')
    expect(await series([], () => true)).toBe(2)
  })
})
