import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { fixture, fixturePath } from '../testing/fixtures.ts'
import { normalForm } from '../testing/normal-form.ts'
import { trace } from './trace.ts'

const folder = mkdtempSync(join(tmpdir(), 'hotzone-trace-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function printed(...args: string[]) {
  let text = ''
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  try {
    const code = await trace(args, (part) => {
      text += part
      return true
    })
    return { code, text, said: said.mock.calls.join('') }
  } finally {
    said.mockRestore()
  }
}

/** Values by stack: functions, files, lines and addresses. */
function stacks(packed: Uint8Array): Map<string, bigint[]> {
  const bytes = packed[0] === 0x1f ? gunzipSync(packed) : packed
  const { samples, locations, sampleTypes, periodType } = normalForm(bytes)
  expect([...sampleTypes, periodType]).toEqual(['contentions/count', 'delay/nanoseconds', 'trace/count'])
  const lines = new Map(
    locations.map(({ id, address, lines }) => [id, `${address} ${lines.map((line) => line.join(' ')).join(', ')}`]),
  )
  const found = new Map(
    samples.map(({ locations, values }) => [locations.map((id) => lines.get(id)).join('\n'), values]),
  )
  expect(found.size).toBe(samples.length)
  return found
}

async function profileOf(file: string, which: string, ...more: string[]) {
  const out = join(folder, 'x.pb.gz')
  expect(await printed(file, `-pprof=${which}`, `-output=${out}`, ...more)).toEqual({ code: 0, text: '', said: '' })
  return stacks(readFileSync(out))
}

const kinds = ['net', 'sync', 'syscall', 'sched'] as const

describe('-pprof', () => {
  for (const [file, oracle] of [
    ['executions/go1.22.out.gz', 'go1.22/map/trace'],
    ['go1.27/map/trace.out', 'go1.27/map/trace'],
    ['executions/go1.23.out.gz', 'executions/go1.23'],
    ['executions/go1.25-flight.out.gz', 'executions/go1.25-flight'],
    ['executions/go1.27-long.out.gz', 'executions/go1.27-long'],
    ['executions/go1.27-flight.out.gz', 'executions/go1.27-flight'],
  ] as const) {
    it.each(kinds)(`of ${file} writes the profile that go tool trace makes, %s`, async (which) => {
      const wanted = stacks(fixture(`${oracle}-${which}.pb.gz`))
      expect(await profileOf(fixturePath(file), which)).toEqual(wanted)
      expect(wanted.size).toBeGreaterThan(3)
    })
  }

  it.each(kinds)('-region counts what its page of regions counts, %s', async (which) => {
    const wanted = stacks(fixture(`executions/go1.27-long-round-trip-${which}.pb.gz`))
    expect(await profileOf(fixturePath('executions/go1.27-long.out.gz'), which, '-region=round trip')).toEqual(wanted)
  })

  it('-from and -to split the whole', async () => {
    const file = fixturePath('executions/go1.27-long.out.gz')
    const total = (found: Map<string, bigint[]>) => [...found.values()].reduce((sum, [, ns = 0n]) => sum + ns, 0n)
    for (const which of kinds) {
      const parts = await Promise.all([profileOf(file, which, '-to=30ms')]).then(async ([first]) => [
        first,
        await profileOf(file, which, '-from=30ms', '-to=1.1s'),
        await profileOf(file, which, '-from=1.1s'),
      ])
      expect(parts.map(total).reduce((a, b) => a + b)).toBe(total(await profileOf(file, which)))
      expect(parts.every((part) => total(part) < total(stacks(fixture(`executions/go1.27-long-${which}.pb.gz`))))).toBe(
        true,
      )
    }
  })

  it('prints the profile where no file is named', async () => {
    let bytes: Uint8Array | string = ''
    await trace([fixturePath('go1.27/map/trace.out'), '-pprof', 'net'], (part) => {
      bytes = part
      return true
    })
    expect(stacks(bytes as unknown as Uint8Array)).toEqual(stacks(fixture('go1.27/map/trace-net.pb.gz')))
  })

  it('takes no other names', async () => {
    const file = fixturePath('go1.27/map/trace.out')
    await expect(trace([file, '-pprof=cpu'])).rejects.toThrow('-pprof takes net, sync, syscall, sched, not "cpu".')
    await expect(trace([file, '-pprof=net', '-output=x', '-region=nowhere'])).rejects.toThrow(
      'The trace has no region "nowhere".',
    )
    await expect(trace([file, '-pprof=net', '-output=x', '-from=soon'])).rejects.toThrow(
      '-from takes a time such as 250ms, not "soon".',
    )
    expect(existsSync('x')).toBe(false)
  })
})

describe('--json', () => {
  it('gives the sums of a trace', async () => {
    const { code, text } = await printed(fixturePath('executions/go1.22.out.gz'), '--json')
    expect(code).toBe(0)
    expect(JSON.parse(text)).toEqual({
      goVersion: 'go1.22',
      events: 15_096,
      goroutines: 382,
      durationNs: 259_440_449,
      stw: [
        { kind: 'read mem stats', count: 3, totalNs: 13_412_288, maxNs: 6_883_520 },
        { kind: 'start trace', count: 1, totalNs: 2_784_768, maxNs: 2_784_768 },
      ],
      gcCycles: 1,
    })
  })

  it('says what is missing of a trace that was cut, before or after it was compressed', async () => {
    const bytes = gunzipSync(fixture('executions/go1.27-long.out.gz'))
    const cut = join(folder, 'cut.out')
    writeFileSync(cut, bytes.subarray(0, bytes.length - 9))
    const { code, text, said } = await printed(cut, '--json')
    expect(code).toBe(1)
    expect(JSON.parse(text)).toMatchObject({ goroutines: 22, missing: { why: 'cut' } })
    expect(said).toMatch(/^hotzone: .*cut\.out: The file ends within a generation\. [\d.]+ KiB of it are left out\.\n$/)
    const packed = join(folder, 'cut.out.gz')
    writeFileSync(packed, gzipSync(bytes).subarray(0, -900))
    expect(JSON.parse((await printed(packed, '--json')).text)).toMatchObject({
      goroutines: 22,
      missing: { why: 'cut' },
    })
    expect((await printed(cut)).text).toContain('Not all of the trace was read: The file ends within a generation.')
  })

  it('has the answers where they are asked for', async () => {
    const { text } = await printed(fixturePath('executions/go1.27-long.out.gz'), '-json', '--answers')
    const { answers } = JSON.parse(text)
    expect(answers.neverEnded[0]).toMatchObject({
      function: 'main.leak',
      place: 'main.work (main.go:99)',
      count: 5,
      state: 'chan receive',
    })
    expect(answers.collector).toMatchObject({ cycles: 3, processors: 2 })
    expect(answers.blocks[0]).toMatchObject({
      reason: 'chan receive',
      place: 'main.leak (main.go:74)',
      count: 5,
      open: 5,
    })
  })
})

describe('the report', () => {
  it('says what held things up, in both languages', async () => {
    const file = fixturePath('executions/go1.27-long.out.gz')
    const { code, text } = await printed(file)
    expect(code).toBe(0)
    expect(text).toMatch(
      /^# What held things up\n\n1\.17 s of a Go program on 2 processors: 24 goroutines, 2,731 events \(format of go1\.26\)\./,
    )
    expect(text).toMatch(/^\| GC sweep termination \| {2}\| main\.leak \| 5 \| 5 \| 15\.7 ms \| 3\.14 ms \|/m)
    expect(text).toMatch(
      /^\| main\.work \(main\.go:99\) \| main\.leak \| 5 \| chan receive \| main\.leak \(main\.go:74\) \| 1\.17 s \|$/m,
    )
    const longer = (await printed(fixturePath('executions/go1.22.out.gz'))).text
    expect(longer).toMatch(/^\d+ more rows are in the JSON \(--json --answers\)\.$/m)
    const chinese = (await printed(file, '--lang', 'zh')).text
    expect(chinese).toMatch(/^# 什么耽误了程序/)
    expect(chinese).toMatch(
      /^\| main\.work \(main\.go:99\) \| main\.leak \| 5 \| chan receive \| main\.leak \(main\.go:74\) \| 1\.17 s \|$/m,
    )
    // The numbers are the same.
    expect(chinese.match(/[\d.]+ (s|ms|µs)\b/g)?.length).toBe(text.match(/[\d.]+ (s|ms|µs)\b/g)?.length)
  })

  it('can be of a part of the time', async () => {
    const file = fixturePath('executions/go1.27-long.out.gz')
    const { text } = await printed(file, '-from=10ms', '-to=60ms')
    expect(text).toContain('Only 50 ms of it, from 10 ms on. Times are cut to that.')
    const { answers } = JSON.parse((await printed(file, '--json', '--answers', '-from=10ms', '-to=60ms')).text)
    expect(answers).toMatchObject({ fromNs: 10e6, durationNs: 50e6 })
    await expect(trace([file, '-region=round trip'])).rejects.toThrow('-region goes with -pprof.')
  })

  it('of a file that is no trace, or an old one, is a sentence', async () => {
    await expect(trace([fixturePath('executions/go1.19.out')])).rejects.toThrow(/format of Go 1\.19/)
    await expect(trace([fixturePath('go1.27/map/cpu.pb.gz')])).rejects.toThrow('This is no Go execution trace.')
    await expect(trace([join(folder, 'nowhere')])).rejects.toThrow(/There is no file .*nowhere\./)
    expect((await printed()).code).toBe(2)
    expect((await printed('--help')).text).toContain('Usage: hotzone trace FILE')
  })
})
