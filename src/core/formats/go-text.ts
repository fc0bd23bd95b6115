/**
 * What /debug/pprof/… prints with debug=1: heap, goroutine, threadcreate, mutex, block. Symbols stand in the # lines
 * below each record. Numbers become what the binary form would hold: heap values are scaled up from the sampling rate
 * (runtime/pprof/protomem.go) and cycles become nanoseconds.
 */
import { type BuiltLabel, ProfileBuilder } from '../model/builder.ts'
import type { Profile, ValueType } from '../model/profile.ts'
import { FormatError } from './format-error.ts'
import { GO_COUNT, GO_HEAP } from './text-patterns.ts'

export function read(text: string, seed: number): Profile {
  const lines = text.split(/\r?\n/)
  const first = lines[0] as string
  const heap = GO_HEAP.exec(first)
  if (heap) return readHeap(lines, Number(heap[1]) / 2, seed)
  const count = GO_COUNT.exec(first)
  return count ? readCounts(lines, count[1] as string, seed) : readContention(lines, seed)
}

interface RecordAt {
  stack: number[]
  labels: BuiltLabel[]
}

/** A record's stack from the # lines that follow it. */
function symbols(builder: ProfileBuilder, lines: readonly string[], at: number): RecordAt {
  const record: RecordAt = { stack: [], labels: [] }
  for (let i = at + 1; lines[i]?.startsWith('#'); i++) {
    const line = lines[i] as string
    const frame = /^#\t(0x[0-9a-f]+)\t(.+?)\+0x[0-9a-f]+\s+(\S.*):(\d+)\s*$/.exec(line)
    if (frame) {
      const func = builder.func(frame[2] as string, frame[3] as string)
      record.stack.push(builder.location([{ func, line: Number(frame[4]) }], -1, BigInt(frame[1] as string)))
      continue
    }
    const labels = /^# labels: (\{.*\})\s*$/.exec(line)
    if (labels) record.labels.push(...readLabels(labels[1] as string))
  }
  return record
}

function readLabels(text: string): BuiltLabel[] {
  try {
    const pairs = Object.entries(JSON.parse(text) as Record<string, unknown>)
    return pairs.map(([key, value]) => ({ key, str: String(value), num: 0, unit: '' }))
  } catch {
    throw new FormatError('text', 'A line of labels cannot be read.', { start: text.slice(0, 80) })
  }
}

function readHeap(lines: readonly string[], rate: number, seed: number): Profile {
  const builder = new ProfileBuilder(
    [
      { type: 'alloc_objects', unit: 'count' },
      { type: 'alloc_space', unit: 'bytes' },
      { type: 'inuse_objects', unit: 'count' },
      { type: 'inuse_space', unit: 'bytes' },
    ],
    seed,
  )
  lines.forEach((line, i) => {
    const found = /^(-?\d+): (-?\d+) \[(-?\d+): (-?\d+)\] @/.exec(line)
    if (!found) return
    const [inUse, inUseBytes, alloc, allocBytes] = found.slice(1).map(Number) as [number, number, number, number]
    const { stack } = symbols(builder, lines, i)
    const size = inUse !== 0 ? Math.trunc(inUseBytes / inUse) : alloc !== 0 ? Math.trunc(allocBytes / alloc) : 0
    const values = [...unsampled(alloc, allocBytes, rate), ...unsampled(inUse, inUseBytes, rate)]
    builder.sample(stack, values, size === 0 ? [] : [{ key: 'bytes', str: '', num: size, unit: '' }])
  })
  return builder.finish({ period: rate, periodType: { type: 'space', unit: 'bytes' } })
}

/** Objects and bytes from those that the sampler, one in `rate` bytes, happened to see. */
function unsampled(count: number, bytes: number, rate: number): [number, number] {
  if (count === 0 || bytes === 0) return [0, 0]
  if (rate <= 1) return [count, bytes]
  const factor = 1 / (1 - Math.exp(-(bytes / count) / rate))
  return [Math.trunc(count * factor), Math.trunc(bytes * factor)]
}

function readCounts(lines: readonly string[], type: string, seed: number): Profile {
  const counted: ValueType = { type, unit: 'count' }
  const builder = new ProfileBuilder([counted], seed)
  lines.forEach((line, i) => {
    const found = /^(\d+) @/.exec(line)
    if (!found) return
    const { stack, labels } = symbols(builder, lines, i)
    builder.sample(stack, [Number(found[1])], labels)
  })
  return builder.finish({ period: 1, periodType: counted })
}

function readContention(lines: readonly string[], seed: number): Profile {
  const builder = new ProfileBuilder(
    [
      { type: 'contentions', unit: 'count' },
      { type: 'delay', unit: 'nanoseconds' },
    ],
    seed,
  )
  const setting = (name: string) =>
    Number(
      lines
        .slice(0, 8)
        .find((line) => line.startsWith(`${name}=`))
        ?.slice(name.length + 1) ?? 0,
    )
  const cyclesPerNs = setting('cycles/second') / 1e9
  const period = setting('sampling period') || 1
  lines.forEach((line, i) => {
    const found = /^(\d+) (\d+) @/.exec(line)
    if (!found) return
    const cycles = Number(found[1]) * period
    const delay = cyclesPerNs > 0 ? Math.trunc(cycles / cyclesPerNs) : cycles
    builder.sample(symbols(builder, lines, i).stack, [Number(found[2]) * period, delay])
  })
  return builder.finish({ period, periodType: { type: 'contentions', unit: 'count' } })
}
