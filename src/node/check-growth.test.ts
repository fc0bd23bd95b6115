import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { encodeProfile } from '../core/export/pprof.ts'
import type { Profile } from '../core/model/profile.ts'
import { fixturePath } from '../testing/fixtures.ts'
import { largeProfile } from '../testing/folded.ts'
import type { JsonGrowth } from './check-growth.ts'
import { run } from './cli.ts'

const heap0 = fixturePath('go1.27/map/heap-0.pb.gz')
const heap3 = fixturePath('go1.27/map/heap-3.pb.gz')
const map = fixturePath('go1.27/map/cpu.pb.gz')
const struct = fixturePath('go1.27/struct/cpu.pb.gz')

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'growth-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A profile as a file. seconds: what it was measured for. */
function made(name: string, lines: string[], seconds: number): string {
  const profile = largeProfile('cpu', lines)
  const timed: Profile = { ...profile, meta: { ...profile.meta, durationNs: BigInt(seconds) * 10n ** 9n } }
  const path = join(folder, name)
  writeFileSync(path, encodeProfile(timed))
  return path
}

async function asked(base: string, current: string, ...args: string[]) {
  let text = ''
  let said = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((part) => {
    text += part
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((part) => {
    said += part
    return true
  })
  const code = await run(['check', '--base', base, current, ...args])
  vi.restoreAllMocks()
  return { code, text, said }
}

describe('check --base --max-growth', () => {
  it('fails when the total grew by more than it may', async () => {
    // Totals of `pprof -top -unit=B`: 45567027 and 170674650.
    const answer = await asked(heap0, heap3, '--max-growth', 'total=10%')
    expect(answer).toMatchObject({ code: 1 })
    expect(answer.text).toBe('FAIL total: +274.6%, 43.5 MiB → 162.8 MiB (at most +10.0%)\n')
    expect(await asked(heap0, heap3, '--max-growth', 'total=100000000')).toMatchObject({ code: 1 })
  })

  it('passes what grew by less, and what became less', async () => {
    const within = await asked(heap0, heap3, '--max-growth', 'total=300%', '--max-growth', 'total=200000000')
    expect(within).toMatchObject({ code: 0 })
    expect(within.text).toMatch(/^ok {3}total: \+274\.6%.*\nok {3}total: .*at most \+190\.7 MiB\)\n$/)
    const better = await asked(heap3, heap0, '--max-growth', 'total=0%')
    expect(better).toMatchObject({ code: 0 })
    expect(better.text).toMatch(/^ok {3}total: -73\.3%/)
  })

  it('is silent within noise, and says so where it is asked', async () => {
    const base = made('a', ['main.main;main.load 50', 'main.main;main.rest 50'], 10)
    const current = made('b', ['main.main;main.load 60', 'main.main;main.rest 50'], 10)
    const limits = ['--max-growth', 'total=1%', '--max-growth', 'func:main.load=10%']
    expect(await asked(base, current, ...limits)).toEqual({ code: 0, text: '', said: '' })
    const { text } = await asked(base, current, ...limits, '--verbose')
    expect(text).toMatch(/^ok {3}total: \+10\.0%.*, within noise\nok {3}func:main\.load: \+20\.0%.*, within noise\n$/)
    const json = JSON.parse((await asked(base, current, ...limits, '--json')).text) as JsonGrowth
    expect(json).toMatchObject({ sampleType: 'cpu', scale: 'measured' })
    expect(json.limits[1]).toEqual({
      name: 'func:main.load',
      base: 50e7,
      current: 60e7,
      growth: 0.2,
      most: 0.1,
      isShare: true,
      noise: true,
      passed: false,
    })
    const more = made('c', ['main.main;main.load 500', 'main.main;main.rest 50'], 10)
    expect(await asked(base, more, ...limits)).toMatchObject({ code: 1 })
  })

  it('compares per second where durations differ, else as is asked', async () => {
    const short = made('short', ['main.main;main.load 500'], 10)
    const long = made('long', ['main.main;main.load 1000'], 20)
    expect(await asked(short, long, '--max-growth', 'total=5%')).toMatchObject({ code: 0 })
    const measured = await asked(short, long, '--max-growth', 'total=5%', '--scale', 'measured')
    expect(measured).toMatchObject({ code: 1 })
    const fewer = await asked(short, long, '--max-growth', 'total=5%', '--ops', '1000,1500')
    expect(fewer).toMatchObject({ code: 1 })
    expect(fewer.text).toContain('/op →')
    expect(await asked(short, long, '--max-growth', 'total=5%', '--ops', '1000,2000')).toMatchObject({ code: 0 })
  })

  it('takes what is called a function for one: those of C have no dot in their name', async () => {
    const base = made('c', ['main.main;x_cgo_init 50', 'main.main;main.rest 50'], 10)
    const current = made('d', ['main.main;main.rest 100'], 10)
    const limit = ['--max-growth', 'func:x_cgo_init=10%', '--max-growth', 'func:x_cgo_free=10%', '--json']
    const answer = await asked(base, current, ...limit)
    expect(answer).toMatchObject({ code: 0, said: '' })
    expect((JSON.parse(answer.text) as JsonGrowth).limits).toMatchObject([
      { name: 'func:x_cgo_init', base: 50e7, current: 0 },
      { name: 'func:x_cgo_free', base: 0, current: 0 },
    ])
    const unknown = await asked(base, current, '--max-growth', 'x_cgo_free=10%')
    expect(unknown).toMatchObject({ code: 2 })
    expect(unknown.said).toContain('There is no rule "x_cgo_free"')
  })

  it('knows functions, rules, the tax and rows of "Where it goes"', async () => {
    const names = [
      'func:main.decodeMap',
      'main.decodeMap',
      'json-any',
      'gc-tax',
      'activity:json-decode',
      'owner-caused:own',
    ]
    const limits = [...names, 'package:encoding/json/v2'].flatMap((name) => ['--max-growth', `${name}=0%`])
    expect(await asked(map, struct, ...limits)).toMatchObject({ code: 0 })
    const back = await asked(struct, map, ...limits, '--json')
    expect(back.code).toBe(1)
    const { limits: rows, unit } = JSON.parse(back.text) as JsonGrowth
    expect(unit).toBe('nanoseconds/s')
    const of = (name: string) => rows.find((row) => row.name === name)
    expect(of('json-any')).toMatchObject({ base: 0, growth: null, noise: false, passed: true })
    expect(of('gc-tax')).toMatchObject({ noise: false, passed: true })
    expect(of('main.decodeMap')).toEqual({ ...of('func:main.decodeMap'), name: 'main.decodeMap' })
    expect(of('func:main.decodeMap')?.base).toBe(0)
    expect(of('owner-caused:own')?.growth).toBeCloseTo(
      (of('owner-caused:own')?.current ?? 0) / (of('owner-caused:own')?.base ?? 1) - 1,
      9,
    )
  })

  it('knows packages of others', async () => {
    const base = made('v1', ['main.main;main.load 100', 'main.main;example.com/lib.F 400'], 10)
    const current = made('v2', ['main.main;main.load 100', 'main.main;example.com/lib.F 900'], 10)
    const { code, text } = await asked(base, current, '--max-growth', 'package:example.com/lib=20%')
    expect({ code, text }).toMatchObject({
      code: 1,
      text: expect.stringMatching(/^FAIL package:example\.com\/lib: \+125\.0%/),
    })
  })

  it('says what cannot be checked', async () => {
    const cases: [string[], RegExp][] = [
      [['--max-growth', 'total'], /--max-growth takes NAME=10%/],
      [['--max-growth', 'no-rule=1%'], /no rule "no-rule"/],
      [['--max-growth', 'gc-tax=1%'], /gc-tax cannot be seen in a heap profile/],
      [['--max-growth', 'activity:nothing=1%'], /no activity "nothing"/],
      [['--max-growth', 'total=1%', '--type', 'cpu'], /no sample type "cpu" in common/],
      [['--max-growth', 'total=1%', '--scale', 'operation'], /wants --ops/],
      [['--max', 'total=1%'], /belong together/],
    ]
    for (const [args, sentence] of cases) {
      const { code, said, text } = await asked(heap0, heap3, ...args)
      expect({ args, code, text }).toEqual({ args, code: 2, text: '' })
      expect(said).toMatch(sentence)
    }
    expect(await asked(join(folder, 'missing'), heap3, '--max-growth', 'total=1%')).toMatchObject({
      code: 2,
      said: expect.stringMatching(/There is no file/),
    })
  })

  it('holds limits on what is and on what grew at once', async () => {
    const { code, text } = await asked(heap0, heap3, '--max-growth', 'total=400%', '--max', 'json-any=10%')
    expect(code).toBe(1)
    expect(text).toMatch(/^ok {3}total: .*\nFAIL json-any: /)
  })
})
