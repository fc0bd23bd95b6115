import { gzipSync } from 'node:zlib'
import { describe, expect, it, test } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { open, verdict } from '../../testing/opened.ts'
import { type ForeignFormat, foreignWords } from './foreign-words.ts'

const bytes = (...parts: (string | number[])[]) =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part)))))

const files: [ForeignFormat, Uint8Array<ArrayBuffer> | string][] = [
  ['perf-data', bytes('PERFILE2', [0x68, 0, 0, 0, 0, 0, 0, 0, 0x90])],
  ['perf-data', bytes('2ELIFREP', [0, 0, 0, 0, 0, 0, 0, 0x68])],
  ['jfr', bytes('FLR', [0, 0, 2, 0, 1, 0, 0, 0, 0, 0])],
  ['nettrace', bytes('Nettrace', [0x14, 0, 0, 0], '!FastSerialization.1')],
  // ProfilesData { resource_profiles { resource { attributes … } } }, and one without a resource.
  ['otlp', bytes([0x0a, 0x8e, 0x01, 0x0a, 0x24, 0x0a, 0x12, 0x0a, 0x0c], 'service.name', [0x12, 0x02, 0x0a, 0x00])],
  ['otlp', bytes([0x0a, 0x10, 0x12, 0x0e, 0x12, 0x0c, 0x0a, 0x04, 8, 1, 16, 2, 0x12, 0x04, 8, 1, 16, 2])],
  ['otlp', '{"resourceProfiles":[{"resource":{"attributes":[]},"scopeProfiles":[]}],"dictionary":{}}'],
  [
    'cpuprofile',
    '{"nodes":[{"id":1,"callFrame":{"functionName":"(root)","scriptId":"0","url":"","lineNumber":-1},"hitCount":0}],"startTime":1,"endTime":2,"samples":[1],"timeDeltas":[0]}',
  ],
  ['cpuprofile', '{"typeId":"CPU","head":{"functionName":"(root)","hitCount":0,"callUID":1,"children":[]}}'],
  ['heapprofile', '{"head":{"callFrame":{"functionName":"(root)"},"selfSize":0,"id":1,"children":[]},"samples":[]}'],
  ['heapsnapshot', '{"snapshot":{"meta":{"node_fields":["type","name"]}}}'],
  ['chrome-trace', '{"traceEvents":[{"ph":"X","name":"a","ts":1,"dur":2}]}'],
  ['chrome-trace', '[{"name":"a","ph":"B","ts":1,"pid":1,"tid":1}]'],
  ['firefox', '{"meta":{"interval":1,"processType":0,"product":"Firefox"},"libs":[],"threads":[]}'],
  ['callgrind', '# callgrind format\nevents: Instructions\n'],
  ['pprof-report', 'File: app\nType: cpu\nShowing nodes accounting for 10ms, 100% of 10ms total\n'],
  ['pprof-report', 'PeriodType: cpu nanoseconds\nPeriod: 10000000\nSamples:\n'],
  ['svg', '<?xml version="1.0" standalone="no"?>\n<svg version="1.1" xmlns="http://www.w3.org/2000/svg">'],
  ['zstd', bytes([0x28, 0xb5, 0x2f, 0xfd, 0])],
  ['xz', bytes([0xfd], '7zXZ', [0, 0, 4])],
  ['bzip2', 'BZh91AY&SY'],
  ['lz4', bytes([0x04, 0x22, 0x4d, 0x18, 0x64])],
]

describe('files of other tools', () => {
  test.each(files)('are named: %s', async (format, file) => {
    expect(await verdict(file)).toEqual(['foreign', { format }])
    expect(await verdict(new Uint8Array(gzipSync(file)))).toEqual(['foreign', { format }])
    await expect(open(file)).rejects.toThrow(foreignWords[format])
  })

  it('are not mistaken for by profiles that open', async () => {
    for (const file of [
      'go1.27/map/cpu.pb.gz',
      'odd/kitchen-sink.pb.gz',
      'odd/empty-cpu.pb.gz',
      'odd/uncompressed.pb',
    ]) {
      expect((await verdict(fixture(file)))[0]).toBe('opens')
    }
    expect((await verdict('{"a": 1}'))[0]).toBe('json')
    // Messages in messages that hold numbers where OTLP has attributes.
    expect((await verdict(bytes([0x0a, 0x0a, 0x0a, 0x04, 0x56, 0x57, 0x58, 0x59, 0x10, 0x01])))[0]).not.toBe('foreign')
    expect((await verdict('<!doctype html><p><svg></svg>'))[0]).toBe('html')
  })
})
