/** The report commands, run as a person or a script runs them. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ReportCommand } from '../core/query/options.ts'
import { fixturePath } from '../testing/fixtures.ts'
import { analyse } from './analysis.ts'
import { runReport } from './pprof-commands.ts'

const cpu = fixturePath('go1.27/map/cpu.pb.gz')
const heap = fixturePath('go1.27/map/heap.pb.gz')
let out = ''
let err = ''

beforeEach(() => {
  out = ''
  err = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += typeof text === 'string' ? text : Buffer.from(text).toString('latin1')
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

it('says on stderr what to know of a file, and prints the report all the same', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'hotzone-')), 'a.folded')
  writeFileSync(file, 'main;a 3\nbroken line here\n')
  expect(await runReport('top', [file])).toBe(0)
  expect(err).toBe('hotzone: a.folded: 1 line holds no stack and was left out: “broken line here”.\n')
  expect(out).toContain('3   100%   100%          3   100%  a')
  err = ''
  await analyse(file, {})
  expect(err).toContain('hotzone: a.folded: 1 line holds no stack')
})

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

  it('say what the labels are a part of, divided like the text', async () => {
    const file = fixturePath('cases/number-labels.pb.gz')
    const { sampleType, unit, total, keys } = await json('tags', file)
    expect({ sampleType, unit, total }).toEqual({ sampleType: 'space', unit: 'bytes', total: 794_752 })
    expect(keys.find((k: { key: string }) => k.key === 'worker').total).toBe(524_416)
    out = ''
    const halves = await json('tags', '-divide_by=2', file)
    expect(halves.total).toBe(397_376)
    expect(halves.keys.find((k: { key: string }) => k.key === 'tier').values).toEqual([
      { value: 'gold', total: 32 },
      { value: 'silver', total: 32 },
    ])
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
  it('divides what it writes', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'hotzone-')), 'out.pb.gz')
    expect(await runReport('proto', ['-divide_by=1000000', '-output', file, cpu])).toBe(0)
    expect((await json('top', file)).total).toBe(6870)
  })

  it('writes the filtered profile', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'hotzone-')), 'out.pb.gz')
    expect(await runReport('proto', ['-focus=json', '-output', file, cpu])).toBe(0)
    expect(readFileSync(file)[0]).toBe(0x1f)
    const filtered = await json('top', '-focus=json', '-relative_percentages', cpu)
    out = ''
    expect((await json('top', file)).total).toBe(filtered.total)
  })
})

/** What a report says behind its head of columns. */
async function lines(command: ReportCommand, ...args: string[]): Promise<string[]> {
  expect(await runReport(command, args)).toBe(0)
  return out
    .slice(out.indexOf('cum%\n') + 5)
    .trimEnd()
    .split('\n')
}

// Everything here is as Go 1.27's pprof prints it.
describe('tags and traces', () => {
  it('take per cent of all samples, whatever a key is on', async () => {
    expect(await runReport('tags', [fixturePath('cases/number-labels.pb.gz')])).toBe(0)
    expect(out).toBe(` bytes: Total 776.06kB of 776.12kB (  100%)
        512kB (65.97%): 512kB
        256kB (32.98%): 256kB
          8kB ( 1.03%): 8kB
         64B (0.0081%): 0

 latency: Total 64B of 776.12kB (0.0081%)
          64B (0.0081%): 1.50ms

 pct: Total 64B of 776.12kB (0.0081%)
      64B (0.0081%): 50

 request: Total 776kB of 776.12kB (  100%)
          512kB (65.97%): 512kB
          256kB (32.98%): 256kB
            8kB ( 1.03%): 8kB

 tier: Total 128B of 776.12kB (0.016%)
       64B (0.0081%): gold
       64B (0.0081%): silver

 worker: Total 512.12kB of 776.12kB (65.98%)
         512.06kB (65.98%): 7
             64B (0.0081%): 8

`)
  })

  it('say nothing where there are no labels', async () => {
    expect(await runReport('tags', [fixturePath('go1.27/map/mutex.pb.gz')])).toBe(0)
    expect(out).toBe('')
  })

  it('hold samples of nothing at all, which merging forgets', async () => {
    const deep = fixturePath('odd/deep-heap-go1.22.pb.gz')
    expect(await runReport('traces', [deep])).toBe(0)
    expect(out).toContain('         0   runtime/pprof.writeHeapInternal\n             runtime/pprof.writeHeap\n')
    out = ''
    expect(await runReport('traces', [deep, deep])).toBe(0)
    expect(out).not.toContain('runtime/pprof.writeHeapInternal')
  })
})

describe('names of rows', () => {
  const columns = fixturePath('cases/columns.pb.gz')

  it('have columns if asked for', async () => {
    const [with_, without] = ['(anonymous) dist/bundle.min.js:1:88', '(anonymous) dist/bundle.min.js:1']
    expect(await lines('top', '-lines', '-showcolumns', columns)).toEqual([
      `     250us 71.43% 71.43%      250us 71.43%  ${with_}`,
      '     100us 28.57%   100%      100us 28.57%  (anonymous) dist/bundle.min.js:1:1042',
      '         0     0%   100%      350us   100%  main dist/bundle.min.js:1:7',
    ])
    for (const options of [['-lines'], ['-addresses', '-noinlines']]) {
      out = ''
      expect((await lines('top', ...options, columns))[0]).toBe(
        `     350us   100%   100%      350us   100%  ${without}`,
      )
    }
    out = ''
    expect((await lines('top', '-addresses', columns))[0]).toContain(with_)
    out = ''
    expect((await json('top', '-lines', '-showcolumns', columns)).rows[0]).toEqual({
      name: '(anonymous)',
      file: 'dist/bundle.min.js',
      line: 1,
      column: 88,
      flat: 250,
      cum: 250,
    })
  })

  it('are without what -trim_path cuts off, and without what lies above a folder of the sources', async () => {
    const cpu = fixturePath('go1.22/map/cpu.pb.gz')
    expect(await lines('top', '-nodecount=3', '-lines', '-trim_path=runtime:encoding', cpu)).toEqual([
      '     800ms 12.01% 12.01%      800ms 12.01%  runtime/internal/syscall.Syscall6 internal/syscall/asm_linux_amd64.s:36',
      '     240ms  3.60% 15.62%      240ms  3.60%  runtime.memclrNoHeapPointers memclr_amd64.s:192',
      '     200ms  3.00% 18.62%      200ms  3.00%  runtime.scanobject mgcmark.go:1474',
    ])
    out = ''
    const named = await lines('top', '-filefunctions', '-source_path=/x/ingest', '-unit=s', cpu)
    expect(named).toContain('         0     0% 81.68%      3.17s 47.60%  main.ingest main.go')
    out = ''
    expect((await json('top', '-files', '-trim_path=runtime', cpu)).rows[1].file).toBe('memclr_amd64.s')
  })

  it('of what became less are left out by -drop_negative', async () => {
    const diff = fixturePath('odd/diff-struct-minus-map-allocs.pb.gz')
    expect(await lines('top', '-nodecount=2', diff)).toEqual([
      '  -71.47MB 14.43% 14.43%   -71.47MB 14.43%  reflect.mapassign_faststr0',
      '  -66.51MB 13.43% 27.86%   -66.51MB 13.43%  reflect.unsafe_New',
    ])
    out = ''
    expect(await lines('top', '-nodecount=4', '-drop_negative', diff)).toEqual([
      '    6.80MB  1.37%  1.37%     6.80MB  1.37%  reflect.growslice',
      '    0.31MB 0.063%  1.44%   106.01MB 21.41%  main.decodeStruct',
      '    0.19MB 0.038%  1.47%     0.19MB 0.038%  runtime.StopTrace',
      '    0.13MB 0.025%  1.50%    -0.13MB 0.025%  net/http.(*Transport).tryPutIdleConn',
    ])
    expect(out).toContain('Dropped 5 nodes (cum <= 2.48MB)\nShowing top 4 nodes out of 52\n')
  })

  it('stand below the filters in force, in their order and not in full length', async () => {
    const long = `runtime|${'x'.repeat(90)}`
    const options = ['-show_from=main', '-tagfocus=bytes=:1MB', `-hide=${long}`, '-focus=main']
    expect(await runReport('top', [...options, fixturePath('go1.22/map/heap.pb.gz')])).toBe(0)
    expect(out).toContain(
      `Active filters:\n   focus=main\n   hide=${long.slice(0, 75)}…\n   show_from=main\n   tagfocus=bytes=:1MB\nShowing nodes`,
    )
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
    [2, /takes READING:ROW/, 'top', ['-where=json-decode', cpu]],
    [2, /There is no activity "jsn"/, 'top', ['-where=activity:jsn', cpu]],
    [1, /cannot be merged/, 'top', [`-base=${heap}`, cpu]],
    [1, /cannot be merged/, 'top', [cpu, heap]],
    [1, /is no profile/, 'top', [fixturePath('malformed/elf-magic.bin')]],
  ])('exit with %i and say %s', async (code, message, command, args) => {
    expect(await runReport(command, args)).toBe(code)
    expect(err).toMatch(message)
    expect(out).toBe('')
  })
})
