/**
 * Texts of records "VALUES @ ADDRESSES": what /debug/pprof/… prints with debug=1 (heap, goroutine, threadcreate, mutex,
 * block), and the heap, growth and contention pages of gperftools (tcmalloc), from which Go has the format. Go adds
 * names in # lines below each record; gperftools adds a memory map at the end. Numbers become what the binary form would
 * hold: heap values are scaled up from the sampling rate and cycles become nanoseconds, as google/pprof does it
 * (profile/legacy_profile.go) and the Go runtime (runtime/pprof/protomem.go).
 */
import type { BuiltLabel, BuiltMeta } from '../model/builder.ts'
import type { Profile, ValueType } from '../model/profile.ts'
import { AddressStacks, callBefore, type NamedLine, type Step } from './address-stacks.ts'
import { FormatError } from './format-error.ts'
import { eachLine, UnreadLines } from './text-lines.ts'
import { GO_COUNT, isMemoryMapHeading, RECORDED_HEAP } from './text-patterns.ts'
import { unsampled } from './unsampled.ts'

/** What the first line says of the records. */
interface Kind {
  types: readonly ValueType[]
  /** What stands before the "@" of a record; null when it is none. */
  record(text: string): { values: number[]; labels?: BuiltLabel[] } | null
  /** A line "NAME = VALUE" before the first record; false when it means nothing here. */
  setting?(name: string, value: string): boolean
  meta(): BuiltMeta
  /** Go's binary form leaves out functions of the runtime at the end of stacks. */
  hidesRuntime?: boolean
}

/** Throws FormatError when there is nothing but comments. */
export function read(text: string, seed: number): Profile {
  const reader = new RecordReader()
  eachLine(text, (line) => reader.line(line))
  return reader.finish(seed)
}

class RecordReader {
  private kind: Kind | null = null
  private place: 'records' | 'other section' | 'memory map' = 'records'
  /** counters: where calls return to, as the text has them. */
  private record: { counters: bigint[]; values: number[]; labels: BuiltLabel[] } | null = null
  /** The # lines below the record, those of one address together. */
  private named: { address: bigint; lines: NamedLine[] }[] = []
  private readonly stacks = new AddressStacks()
  private readonly memoryMap: string[] = []
  private readonly unread = new UnreadLines()

  line(line: string): void {
    if (!this.kind) this.heading(line)
    else if (this.place === 'memory map') this.memoryMap.push(line)
    else if (isMemoryMapHeading(line)) this.place = 'memory map'
    else if (this.place === 'other section' || line.trim() === '') return
    else if (line.startsWith('#')) this.comment(line)
    else if (line.startsWith('---')) this.place = 'other section'
    else this.recordLine(line)
  }

  finish(seed: number): Profile {
    this.end()
    const { kind, memoryMap } = this
    if (!kind) throw new FormatError('text', 'There is no heading in this text.', {})
    const notes = this.unread.notes()
    const about = { types: kind.types, memoryMap, partlyNamed: 'names-left-out', notes } as const
    return this.stacks.finish({ ...kind.meta(), ...about }, seed)
  }

  private heading(line: string): void {
    if (/^\s*(#|$)/.test(line)) return
    const heap = RECORDED_HEAP.exec(line)
    const count = GO_COUNT.exec(line)
    this.kind = heap ? heapOf(heap) : count ? countsOf(count[1]) : contention()
  }

  private recordLine(line: string): void {
    const { kind } = this
    const at = line.indexOf('@')
    const record = at < 0 ? null : kind?.record(line.slice(0, at))
    if (record) {
      this.end()
      const counters = line.slice(at).match(/0x[0-9a-f]+/g) ?? []
      this.record = { counters: counters.map(BigInt), labels: [], ...record }
      return
    }
    const setting = this.record ? null : /^\s*([^=]*?)\s*=\s*(.*?)\s*$/.exec(line)
    if (!setting || !kind?.setting?.(setting[1], setting[2])) this.unread.add(line)
  }

  /** "#	0x48bc44	runtime.gopark+0xa4	runtime/proc.go:351", "# labels: {"key":"value"}", or of no interest. */
  private comment(line: string): void {
    const symbol = /^#\t(0x[0-9a-f]+)(?:\t(.+?)\+0x[0-9a-f]+\s+(\S.*):(\d+))?\s*$/.exec(line)
    if (symbol) {
      const address = BigInt(symbol[1])
      const last = this.named[this.named.length - 1]
      const here = last?.address === address ? last : { address, lines: [] }
      if (here !== last) this.named.push(here)
      if (symbol[2] !== undefined) {
        here.lines.push({ name: symbol[2], file: symbol[3] as string, line: Number(symbol[4]) })
      }
      return
    }
    const labels = /^# labels: (.*)$/.exec(line)
    if (labels && !this.addLabels(labels[1])) this.unread.add(line)
  }

  private addLabels(text: string): boolean {
    try {
      const pairs = Object.entries(JSON.parse(text) as Record<string, unknown>)
      this.record?.labels.push(...pairs.map(([key, value]) => ({ key, str: String(value), num: 0, unit: '' })))
      return this.record !== null
    } catch {
      return false
    }
  }

  private end(): void {
    if (this.record) this.stacks.add(this.steps(), this.record.values, this.record.labels)
    for (const { address, lines } of this.named) if (lines.length > 0) this.stacks.name(address, lines)
    this.record = null
    this.named = []
  }

  /** The record's calls, with the names below it. Go prints none for functions of the runtime at the end of a stack. */
  private steps(): Step[] {
    const { counters } = this.record as { counters: bigint[] }
    const steps: Step[] = []
    let next = 0
    let listed = -1
    for (const { address, lines } of this.named) {
      const at = counters.findIndex((pc, i) => i >= next && (pc === address || pc - 1n === address))
      if (at >= 0) for (; next < at; next++) steps.push(callBefore(counters[next]))
      if (at < 0 && lines.length === 0) continue
      if (listed < 0) listed = steps.length
      steps.push(lines.length > 0 ? { address, lines } : callBefore(counters[at]))
      if (at >= 0) next = at + 1
    }
    const rest = counters.slice(next)
    // Below what is listed lies runtime.goexit, which Go names nowhere and leaves out of the binary form.
    const goexit = listed >= 0 && rest[0] !== 0n && rest.filter((pc) => pc !== 0n).length === 1
    steps.push(...rest.slice(goexit ? 1 : 0).map(callBefore))
    return this.kind?.hidesRuntime && listed > 0 ? steps.slice(listed) : steps
  }
}

/** "heap profile: 3995: 5657912 [7680: 27086736] @ heap/131072" */
function heapOf([, objects, bytes, allocObjects, allocBytes, name, rate]: RegExpExecArray): Kind {
  const go = name === 'heap' && rate !== ''
  const differs = (alloc: string, live: string) => alloc !== live && alloc !== '0'
  const allocated = go || differs(allocObjects, objects) || differs(allocBytes, bytes)
  // Go doubles the rate for the tools of its first days.
  const period = name === 'heap' ? Math.trunc(Number(rate) / 2) : /_v2$/.test(name) ? Number(rate) : 1
  const sampled = name === 'heap' || /_v2$/.test(name)
  const live = allocated ? ['inuse_objects', 'inuse_space'] : ['objects', 'space']
  const names = allocated ? ['alloc_objects', 'alloc_space', ...live] : live
  const estimate = (count: number, size: number) => (sampled ? unsampled(count, size, period) : [count, size])
  return {
    types: names.map((type, i) => ({ type, unit: i % 2 === 0 ? 'count' : 'bytes' })),
    hidesRuntime: true,
    meta: () => ({ period, periodType: { type: 'space', unit: 'bytes' } }),
    record(text) {
      const found = /^\s*(-?\d+): *(-?\d+) *\[ *(-?\d+): *(-?\d+) *\]\s*$/.exec(text)
      if (!found) return null
      const [count, size, allocCount, allocSize] = found.slice(1).map(Number) as [number, number, number, number]
      // Bytes without an object are damage.
      if ((count === 0 && size !== 0) || (allocated && allocCount === 0 && allocSize !== 0)) return null
      const each =
        count !== 0 ? Math.trunc(size / count) : allocCount !== 0 && allocated ? Math.trunc(allocSize / allocCount) : 0
      return {
        values: [...(allocated ? estimate(allocCount, allocSize) : []), ...estimate(count, size)],
        labels: each === 0 ? [] : [{ key: 'bytes', str: '', num: each, unit: '' }],
      }
    },
  }
}

/** "goroutine profile: total 7" */
function countsOf(type: string): Kind {
  const counted: ValueType = { type, unit: 'count' }
  return {
    types: [counted],
    meta: () => ({ period: 1, periodType: counted }),
    record(text) {
      const found = /^\s*(\d+)\s*$/.exec(text)
      return found && { values: [Number(found[1])] }
    },
  }
}

/** "--- mutex:" of Go, "--- contentionz 1 ---" of gperftools: how long was waited, in cycles, and how often. */
function contention(): Kind {
  let period = 1
  let cyclesPerSecond = 0
  let durationNs = 0
  return {
    types: [
      { type: 'contentions', unit: 'count' },
      { type: 'delay', unit: 'nanoseconds' },
    ],
    meta: () => ({ period, periodType: { type: 'contentions', unit: 'count' }, durationNs }),
    setting(name, text) {
      const value = Number(text)
      if (!Number.isFinite(value)) return false
      if (name === 'cycles/second') cyclesPerSecond = value
      else if (name === 'sampling period') period = value
      else if (name === 'ms since reset') durationNs = value * 1e6
      else return name === 'discarded samples'
      return true
    },
    record(text) {
      const found = /^\s*(\d+)\s+(\d+)\s*$/.exec(text)
      if (!found) return null
      const [cycles, times] = [Number(found[1]), Number(found[2])]
      if (period <= 0) return { values: [times, cycles] }
      const perNs = cyclesPerSecond / 1e9
      return { values: [times * period, perNs > 0 ? Math.trunc((cycles * period) / perNs) : cycles] }
    },
  }
}
