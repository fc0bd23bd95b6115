/** The report commands, run as a person or a script runs them. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fixturePath } from '../testing/fixtures.ts'
import { type ReportCommand, runReport } from './pprof-commands.ts'

const cpu = fixturePath('go1.27/map/cpu.pb.gz')
const heap = fixturePath('go1.27/map/heap.pb.gz')
let out = ''
let err = ''

beforeEach(() => {
  out = ''
  err = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text, done) => {
    out += typeof text === 'string' ? text : Buffer.from(text).toString('latin1')
    if (typeof done === 'function') (done as () => void)()
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += text
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
})

async function json(command: ReportCommand, ...args: string[]) {
  expect(await runReport(command, [...args, '--json'])).toBe(0)
  return JSON.parse(out)
}

describe('top', () => {
  it('prints what pprof prints', async () => {
    expect(await runReport('top', ['-nodecount=1', cpu])).toBe(0)
    expect(out).toContain(
      'Showing nodes accounting for 620ms, 9.02% of 6870ms total\nDropped 291 nodes (cum <= 34.35ms)\n',
    )
    expect(out).toContain('     620ms  9.02%  9.02%      620ms  9.02%  internal/runtime/syscall/linux.Syscall6\n')
  })

  it('takes one dash or two, = or a space', async () => {
    const one = await json('top', '-focus=json', '-sample_index=samples', cpu)
    out = ''
    expect(await json('top', '--focus', 'json', '--sample_index', 'samples', cpu)).toEqual(one)
    expect(one).toMatchObject({ sampleType: 'samples', unit: 'count', total: 687 })
  })

  it('names file and line where rows have them', async () => {
    const { rows } = await json('top', '-lines', cpu)
    expect(rows[0]).toEqual({
      name: expect.any(String),
      file: expect.stringMatching(/\.(go|s)$/),
      line: expect.any(Number),
      flat: expect.any(Number),
      cum: expect.any(Number),
    })
  })

  it('merges several files', async () => {
    const { total } = await json('top', cpu, cpu)
    expect(total).toBe(2 * 6_870_000_000)
  })
})

describe('peek, tags, folded, traces, tree', () => {
  it('say who calls whom', async () => {
    const { rows } = await json('peek', '^runtime\\.mallocgc$', cpu)
    expect(rows).toHaveLength(1)
    expect(rows[0].callers[0]).toEqual({ name: expect.any(String), value: expect.any(Number) })
  })

  it('sum up labels', async () => {
    const { keys } = await json('tags', heap)
    expect(keys[0]).toMatchObject({ key: 'bytes', unit: 'bytes' })
    const sum = keys[0].values.reduce((total: number, v: { total: number }) => total + v.total, 0)
    expect(sum).toBe(keys[0].total)
  })

  it('print text', async () => {
    for (const command of ['folded', 'traces', 'tree', 'tags'] as const) {
      out = ''
      expect(await runReport(command, [heap])).toBe(0)
      expect(out.length).toBeGreaterThan(1000)
    }
  })
})

describe('list', () => {
  const old = fixturePath('go1.22/map/cpu.pb.gz')

  it('gives lines by number where there is no source', async () => {
    const { rows } = await json('list', '^main\\.decodeMap$', '-source_path', tmpdir(), old)
    expect(rows).toEqual([
      {
        name: 'main.decodeMap',
        file: 'example.com/ingest/decode.go',
        flat: 0,
        cum: 2_500_000_000,
        lines: [
          { line: 48, flat: 0, cum: 10_000_000 },
          { line: 49, flat: 0, cum: 2_490_000_000 },
        ],
      },
    ])
  })

  it('prints the source as pprof does where it is found', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hotzone-'))
    writeFileSync(join(folder, 'decode.go'), Array.from({ length: 400 }, (_, i) => `text ${i + 1}\n`).join(''))
    const paths = ['-source_path', folder, '-trim_path=example.com/ingest']
    expect(await runReport('list', ['-list=^main\\.decodeMap$', ...paths, old])).toBe(0)
    expect(out).toMatch(
      /^Total: 6\.66s\nROUTINE =+ main\.decodeMap in decode\.go\n {9}0 {6}2\.50s \(flat, cum\) 37\.54% of Total\n/,
    )
    expect(out).toContain('of Total\n         .          .     47:text 47\n')
    expect(out).toContain('         .       10ms     48:text 48\n         .      2.49s     49:text 49\n')
    expect(out).toMatch(/ 54:text 54\n$/)
  })

  it('finds sources below a folder of the same name, and in folders above', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'hotzone-')), 'ingest')
    mkdirSync(join(folder, 'cmd'), { recursive: true })
    writeFileSync(join(folder, 'decode.go'), 'package main\n'.repeat(60))
    for (const path of [folder, join(folder, 'cmd')]) {
      out = ''
      const trim = path === folder ? [] : ['-trim_path=example.com/ingest/']
      const { rows } = await json('list', 'main\\.decodeMap', `-source_path=${path}`, ...trim, old)
      expect(rows[0].lines[0]).toEqual({ line: 47, flat: 0, cum: 0, text: 'package main' })
    }
  })
})

describe('means and quotients', () => {
  it('print what pprof prints', async () => {
    const mutex = fixturePath('go1.22/map/mutex.pb.gz')
    expect((await json('top', '-mean', '-sample_index=delay', mutex)).sampleType).toBe('mean_delay')
    out = ''
    expect(await runReport('top', ['-divide_by=3', fixturePath('go1.22/map/cpu.pb.gz')])).toBe(0)
    expect(out).toContain('Showing nodes accounting for 1813.33ms, 81.68% of 2220ms total')
  })

  it('take per cent of the base', async () => {
    const [base, file] = ['heap-0', 'heap-3'].map((name) => fixturePath(`go1.22/map/${name}.pb.gz`))
    const { total } = await json('top', file)
    out = ''
    const whole = (await json('top', base)).total
    out = ''
    expect((await json('top', `-diff_base=${base}`, file)).total).toBe(whole)
    out = ''
    expect((await json('top', `-base=${base}`, file)).total).not.toBe(total)
  })

  it('leave nothing when a profile is compared with itself', async () => {
    expect(await json('top', `-base=${cpu}`, cpu)).toMatchObject({ total: 0, rows: [] })
  })
})

describe('proto', () => {
  it('writes the filtered profile', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'hotzone-')), 'out.pb.gz')
    expect(await runReport('proto', ['-focus=json', '-output', file, cpu])).toBe(0)
    expect(readFileSync(file)[0]).toBe(0x1f)
    const filtered = await json('top', '-focus=json', '-relative_percentages', cpu)
    out = ''
    expect((await json('top', file)).total).toBe(filtered.total)
  })
})

describe('what a file says of itself', () => {
  it('leaves out the frames that it asks to, and says so; -all_frames does not', async () => {
    const file = fixturePath('cases/drop-frames.pb.gz')
    const names = (rows: { name: string }[]) => rows.map((row) => row.name)
    expect(names((await json('top', file)).rows)).toEqual(['app::load', 'app::save', 'main'])
    expect(err).toContain('2 samples are shown without them')
    out = ''
    err = ''
    expect(names((await json('top', '-all_frames', file)).rows)).toContain('operator new')
    expect(err).toBe('')
  })

  it('goes into the head of a report', async () => {
    expect(await runReport('top', [fixturePath('cases/export-roundtrip.pb.gz')])).toBe(0)
    expect(out).toContain(
      'File: app\nBuild ID: abcd\nhello\nsecond\nType: cpu\nDoc: https://example.com/doc\nTime: 2020-09-13T12:26:40Z\n',
    )
  })

  it('names sample types that not all merged files have', async () => {
    const files = ['merge-go', 'merge-only-cpu'].map((name) => fixturePath(`cases/${name}.pb.gz`))
    expect(await json('top', ...files)).toMatchObject({ sampleType: 'cpu', total: 110 })
    expect(err).toContain('The sample type samples is not in all files, and left out.')
  })
})

describe('mistakes', () => {
  it.each<[number, RegExp, ReportCommand, string[]]>([
    [1, /There is no file nowhere/, 'top', ['nowhere']],
    [2, /wants a FILE/, 'top', []],
    [2, /no option -wat/, 'top', ['-wat', cpu]],
    [2, /missing closing \)/, 'top', ['-focus=(', cpu]],
    [2, /sample_index is one of samples, cpu/, 'top', ['-sample_index=heap', cpu]],
    [1, /Nothing matches/, 'peek', ['nobody', cpu]],
    [1, /Nothing matches/, 'list', ['nobody', cpu]],
    [2, /wants a REGEXP/, 'list', [cpu]],
    [2, /exclude each other/, 'top', [`-base=${cpu}`, `-diff_base=${cpu}`, cpu]],
    [2, /wants a -base/, 'top', ['-normalize', cpu]],
    [2, /other than 0/, 'top', ['-divide_by=0', cpu]],
    [1, /cannot be merged/, 'top', [`-base=${heap}`, cpu]],
    [1, /cannot be merged/, 'top', [cpu, heap]],
    [1, /is no profile/, 'top', [fixturePath('malformed/elf-magic.bin')]],
  ])('exit with %i and say %s', async (code, message, command, args) => {
    expect(await runReport(command, args)).toBe(code)
    expect(err).toMatch(message)
    expect(out).toBe('')
  })
})
