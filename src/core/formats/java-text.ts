/**
 * Heap and contention pages of Java servers ("--- heapz 1 ---", "--- contentionz 1 ---" with "format = java"): records
 * of numbers, then what each number is called. Read as google/pprof does (profile/legacy_java_profile.go).
 */
import type { BuiltLabel, BuiltMeta } from '../model/builder.ts'
import type { Profile, ValueType } from '../model/profile.ts'
import { AddressStacks } from './address-stacks.ts'
import { JavaNames } from './java-names.ts'
import { eachLine, UnreadLines } from './text-lines.ts'
import { unsampled } from './unsampled.ts'

/** The sampling rate of Java's heap pages, which do not say it. */
const HEAP_RATE = 524_288

export function read(text: string, seed: number): Profile {
  const reader = new JavaText()
  eachLine(text, (line) => reader.line(line))
  return reader.finish(seed)
}

class JavaText {
  private heap = false
  private started = false
  private unit = ''
  private period = 0
  private durationNs = 0
  private readonly stacks = new AddressStacks()
  private readonly names = new JavaNames(this.stacks)
  private readonly unread = new UnreadLines()

  line(line: string): void {
    if (!this.started) {
      this.heap = line.includes('heapz')
      this.started = true
      return
    }
    if (line.trim() === '') return
    const record = /^\s*(\d+)\s+(\d+)\s+@((?:\s+0x[0-9a-f]+)*)\s*$/.exec(line)
    const [amount, count] = record ? [Number(record[1]), Number(record[2])] : [0, 0]
    // Bytes without an object are damage.
    if (record && this.heap && count === 0) this.unread.add(line)
    else if (record) this.record(amount, count, record[3].match(/0x[0-9a-f]+/g) ?? [])
    else if (!this.names.line(line) && !this.setting(line)) this.unread.add(line)
  }

  finish(seed: number): Profile {
    const { heap, unit, period, durationNs } = this
    const types: ValueType[] = heap
      ? [
          { type: 'inuse_objects', unit: 'count' },
          { type: 'inuse_space', unit },
        ]
      : [
          { type: 'contentions', unit: 'count' },
          { type: 'delay', unit },
        ]
    const meta: BuiltMeta = !heap && period > 0 ? { period, periodType: { type: 'contentions', unit: 'count' } } : {}
    return this.stacks.finish({ types, durationNs, ...meta, numbered: true, notes: this.unread.notes() }, seed)
  }

  private setting(line: string): boolean {
    const found = /^\s*([\w ]+?)\s*=\s*([\w ]+?)\s*$/.exec(line)
    if (!found || this.stacks.length > 0) return false
    const [, name, value] = found
    if (name === 'resolution') this.unit = value
    else if (name === 'sampling period' && /^\d+$/.test(value)) this.period = Number(value)
    else if (name === 'ms since reset' && /^\d+$/.test(value)) this.durationNs = Number(value) * 1e6
    else return name === 'format' && value === 'java'
    return true
  }

  /** The larger unit comes first here: bytes before objects, time before how often. */
  private record(amount: number, count: number, numbers: readonly string[]): void {
    const steps = numbers.map((number) => ({ address: BigInt(number) }))
    const times = this.period === 0 ? 1 : this.period
    const values = this.heap ? unsampled(count, amount, HEAP_RATE) : [count * times, amount * times]
    const each = this.heap ? Math.trunc(amount / count) : 0
    const labels: BuiltLabel[] = each > 0 ? [{ key: 'bytes', str: '', num: each, unit: '' }] : []
    this.stacks.add(steps, values, labels)
  }
}
