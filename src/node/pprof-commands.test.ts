/** The report commands, run as a person or a script runs them. */
import { mkdtempSync, readFileSync } from 'node:fs'
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

describe('mistakes', () => {
  it.each<[number, RegExp, ReportCommand, string[]]>([
    [1, /There is no file nowhere/, 'top', ['nowhere']],
    [2, /wants a FILE/, 'top', []],
    [2, /no option -wat/, 'top', ['-wat', cpu]],
    [2, /not closed/, 'top', ['-focus=(', cpu]],
    [2, /sample_index is one of samples, cpu/, 'top', ['-sample_index=heap', cpu]],
    [1, /Nothing matches/, 'peek', ['nobody', cpu]],
    [1, /cannot be merged/, 'top', [cpu, heap]],
    [1, /is no profile/, 'top', [fixturePath('malformed/elf-magic.bin')]],
  ])('exit with %i and say %s', async (code, message, command, args) => {
    expect(await runReport(command, args)).toBe(code)
    expect(err).toMatch(message)
    expect(out).toBe('')
  })
})
