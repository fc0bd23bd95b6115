import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fixturePath } from '../testing/fixtures.ts'
import { goroutineSeries, leaked } from '../testing/goroutine-series.ts'
import { check } from './check.ts'
import { run } from './cli.ts'
import { report } from './report.ts'

async function printed(command: typeof report | typeof check, ...args: string[]) {
  let text = ''
  const code = await command(args, (part) => {
    text += part
    return true
  })
  return { code, text }
}

const heap = fixturePath('go1.22/map/heap.pb.gz')
const cpu = fixturePath('go1.27/map/cpu.pb.gz')

describe('report', () => {
  it('prints findings with blamed lines as JSON of a fixed shape', async () => {
    const { code, text } = await printed(report, heap, '--json')
    expect(code).toBe(0)
    const answer = JSON.parse(text)
    expect(Object.keys(answer)).toEqual([
      'file',
      'sampleType',
      'unit',
      'total',
      'where',
      'findings',
      'shape',
      'cannotShow',
    ])
    const [first] = answer.findings
    expect(Object.keys(first)).toEqual(['id', 'value', 'share', 'samples', 'confidence', 'blame'])
    expect(first).toMatchObject({ id: 'json-any', confidence: 'certain' })
    expect(first.share).toBeCloseTo(first.value / answer.total, 12)
    expect(first.blame[0]).toEqual({
      function: expect.stringMatching(/^main\./),
      file: expect.stringContaining('.go'),
      line: expect.any(Number),
      value: expect.any(Number),
    })
    expect(answer.cannotShow.length).toBeGreaterThan(2)
  })

  it('says where the total goes, in readings whose rows add up to it', async () => {
    const { total, where } = JSON.parse((await printed(report, heap, '--json')).text)
    expect(Object.keys(where)).toEqual(['coverage', 'activity', 'owner', 'package'])
    const sum = (rows: Record<string, number>[], key: string) => rows.reduce((all, row) => all + row[key], 0)
    expect(sum(where.activity, 'value')).toBe(total)
    expect(sum(where.activity, 'share')).toBeCloseTo(1, 12)
    for (const rows of [where.owner, where.package]) {
      expect(sum(rows, 'value')).toBe(total)
      expect(sum(rows, 'caused')).toBe(total)
    }
    expect(where.activity[0]).toMatchObject({ id: 'json-decode', name: 'JSON decoding' })
    expect(where.owner.find((row: { id: string }) => row.id === 'own').name).toBe('Own code')
    expect(where.coverage).toBeGreaterThan(0.9)
    const own = JSON.parse((await printed(report, heap, '--json', '--own', 'encoding/json')).text).where
    expect(own.activity[0]).toMatchObject({ id: 'code:encoding/json', name: 'Code of encoding/json' })
  })

  it.each([
    ['en', '## Where it goes', 'JSON decoding'],
    ['zh', '## 用在哪里', '解码 JSON'],
  ])('puts where the total goes above the findings in %s', async (lang, title, activity) => {
    const { text } = await printed(report, heap, '--lang', lang)
    expect(text.indexOf(title)).toBeGreaterThan(0)
    expect(text.indexOf(title)).toBeLessThan(text.indexOf('json-any'))
    expect(text).toMatch(new RegExp(`\\| ${activity} \\| \\d+\\.\\d\\dMB \\| \\d+\\.\\d% \\|`))
  })

  it('charges the code that --own names', async () => {
    const blamed = async (...args: string[]) => {
      const { text } = await printed(report, heap, '--json', ...args)
      return JSON.parse(text).findings[0].blame[0].function
    }
    expect(await blamed()).toMatch(/^main\./)
    expect(await blamed('--own', 'encoding/json')).toMatch(/^encoding\/json\./)
    await expect(blamed('--own', 'no path!')).rejects.toThrow('--own takes import paths')
  })

  it.each([
    ['en', 'JSON decoded into interface{}', 'GC tax'],
    ['zh', '把 JSON 解码为 interface{}', 'GC 税'],
  ])('prints Markdown under 200 lines in %s', async (lang, title, tax) => {
    const { text } = await printed(report, cpu, '--lang', lang)
    expect(text.split('\n').length).toBeLessThan(200)
    expect(text).toContain(title)
    expect(text).toContain(tax)
    // Chinese has marks of its own, outside code and numbers.
    if (lang === 'zh') expect(text.replace(/`[^`]*`/g, '')).not.toMatch(/[\u4e00-\u9fff][.,:;] /)
    expect(text).not.toContain('undefined')
    expect(text).not.toContain('NaN')
  })

  it('lets no name from a file become markup', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hotzone-'))
    try {
      const file = join(folder, 'heap.txt')
      const stacks = [
        ['encoding/json.(*decodeState).objectInterface /go/decode.go:1', 'main.load /app/<img src=x>|`b*.go:12'],
        ['example.com/__x__.F /x.go:1'],
      ]
      const lines = stacks.flatMap((stack, s) => [
        `200: 209715200 [200: 209715200] @ ${stack.map((_, i) => `0x${s}${i + 1}`).join(' ')}`,
        ...stack.map((frame, i) => `#\t0x${s}${i + 1}\t${frame.replace(' ', '+0x1\t')}`),
      ])
      writeFileSync(file, ['heap profile: 400: 419430400 [400: 419430400] @ heap/1048576', ...lines, ''].join('\n'))
      const { text } = await printed(report, file)
      expect(text).toContain('img src')
      expect(text).toContain('Code of example.com/\\_\\_x\\_\\_')
      expect(text.replace(/`[^`\n]*`/g, '')).not.toMatch(/[<>`]|b\*/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('reads three heap profiles or more as a series, and names what grew', async () => {
    const series = [0, 1, 2, 3].map((n) => fixturePath(`go1.27/map/heap-${n}.pb.gz`))
    const { text } = await printed(report, ...series, '--json')
    const answers = JSON.parse(text)
    expect(answers).toHaveLength(4)
    const grown = answers[3].findings.find((f: { id: string }) => f.id === 'retention')
    expect(grown.blame[0].function).toMatch(/^main\./)
    expect(answers[0].findings.some((f: { id: string }) => f.id === 'retention')).toBe(false)
  })

  it.each([
    ['en', `${leaked.after - leaked.before} goroutines more stand here than in \`goroutine-1.pb\``],
    ['zh', `停在这里的 goroutine 比 \`goroutine-1.pb\` 中多 ${leaked.after - leaked.before} 个`],
  ])('compares two goroutine profiles of one run in %s', async (lang, sentence) => {
    const folder = mkdtempSync(join(tmpdir(), 'hotzone-'))
    try {
      const series = goroutineSeries(folder)
      const { text } = await printed(report, ...series, '--lang', lang)
      expect(text).toContain(sentence)
      const [before, after] = JSON.parse((await printed(report, ...series, '--json')).text)
      const leak = (answer: { findings: { id: string }[] }) => answer.findings.find((f) => f.id === 'goroutine-leak')
      expect(leak(before)).toBeUndefined()
      expect(leak(after)).toMatchObject({ value: leaked.after, confidence: 'certain', growth: 300 })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('says what is wrong in a sentence', async () => {
    await expect(printed(report, heap, '--type', 'nothing')).rejects.toThrow('has no sample type "nothing"; it has')
    expect(await run(['report', '/no/such/file'])).toBe(2)
  })
})

describe('check', () => {
  it('fails when a finding or a function passes its limit', async () => {
    expect(await printed(check, heap, '--max', 'json-any=10%')).toMatchObject({ code: 1 })
    expect(await printed(check, heap, '--max', 'json-any=99%', '--max', 'main.main=100%')).toMatchObject({ code: 0 })
    expect(await printed(check, heap, '--max', 'encoding/json.Unmarshal=1%')).toMatchObject({ code: 1 })
    // Values in pprof's spelling, as every command prints them.
    expect((await printed(check, heap, '--max', 'main.main=1')).text).toMatch(/ \d+\.\d\dMB \(at most 1B\)/)
    expect((await printed(report, heap)).text).toMatch(/\| \d+\.\d\dMB \|/)
    expect((await printed(check, cpu, '--max', 'gc-tax=1%')).text).toMatch(/^FAIL gc-tax: /)
  })

  it('keeps limits of activities', async () => {
    expect(await printed(check, heap, '--max', 'activity:json-decode=20%')).toMatchObject({ code: 1 })
    expect(await printed(check, heap, '--max', 'activity:protobuf-decode=20%')).toMatchObject({ code: 0 })
    expect(await printed(check, cpu, '--max', 'activity:gc=1%')).toMatchObject({ code: 1 })
    const unknown = printed(check, heap, '--max', 'activity:protobuf-decod=20%')
    await expect(unknown).rejects.toThrow('There is no activity "protobuf-decod". Activities: protobuf-decode, ')
    await expect(printed(check, heap, '--max', 'activity:gc=1%')).rejects.toThrow('cannot be seen in a heap profile')
  })

  it('keeps limits of owners and packages', async () => {
    expect(await printed(check, heap, '--max', 'owner:std=20%')).toMatchObject({ code: 1 })
    expect(await printed(check, heap, '--max', 'package:encoding/json=1%')).toMatchObject({ code: 1 })
    expect(await printed(check, heap, '--max', 'package:github.com/a/b=1%')).toMatchObject({ code: 0 })
    expect(await printed(check, heap, '--max', 'owner:github.com/a/b=1%')).toMatchObject({ code: 0 })
    expect(await printed(check, heap, '--max', 'owner:github.com/a/b@v1.2.3=1%')).toMatchObject({ code: 0 })
    expect(await printed(check, heap, '--max', 'owner-caused:own=50%')).toMatchObject({ code: 1 })
    expect(await printed(check, heap, '--max', 'activity:native=1%')).toMatchObject({ code: 0 })
    await expect(printed(check, heap, '--max', 'owner:stdlib=1%')).rejects.toThrow('There is no owner "stdlib"')
    await expect(printed(check, heap, '--max', 'package:jsn=1%')).rejects.toThrow('no import path')
    await expect(printed(check, heap, '--max', 'owner:runtime=1%')).rejects.toThrow('cannot be seen in a heap profile')
  })

  it('never takes what it cannot see for kept', async () => {
    await expect(printed(check, heap, '--max', 'gc-assist=1%')).rejects.toThrow('cannot be seen in a heap profile')
    await expect(printed(check, heap, '--max', 'jsonany=1%')).rejects.toThrow('There is no rule "jsonany"')
    for (const name of ['activity:', 'where:std', 'Owner:std']) {
      await expect(printed(check, heap, '--max', `${name}=1%`)).rejects.toThrow(
        `"${name}" is no row of "Where it goes"`,
      )
    }
    await expect(printed(check, heap, '--max', 'json-any')).rejects.toThrow('--max takes')
  })
})
