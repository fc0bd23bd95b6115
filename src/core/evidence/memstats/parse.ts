/**
 * Finds statistics of memory in texts: answers of /debug/vars, JSON lines, the end of heap?debug=1, dumps of runtime/metrics,
 * and what the Prometheus client of Go answers. Objects may go over many lines, and lines of a log may stand around them.
 */
import { unwrapped } from '../log-lines.ts'
import type { EvidenceReader } from '../reader.ts'
import { stampOf } from '../stamp.ts'
import { type Found, knownNames, ReadColumns, type Reads, readOf } from './reads.ts'

export interface MemTable {
  reads: Reads
  /** Objects that begin as statistics do and break off. */
  broken: number
}

const SIGN = /HeapAlloc|\/(?:memory|gc|sched|cpu)\/|go_(?:memstats|gc|goroutines)/
/*
 * A line may be a million characters of anything: what may repeat in these patterns is bounded or cannot be matched in two
 * ways, so that none of them takes more than a pass over it.
 */

/** A field of an object that goes over many lines. */
const FIELD = /^\s*"([A-Za-z]+)" ?: ?(-?[\d.]+(?:[eE][+-]?\d+)?|"[^"]*") ?,?$/
/** Between the fields of such an object: lists of pauses, and the counts of each size of objects, which have Mallocs of their own. */
const LIST = /^\s*"(?:PauseNs|PauseEnd|BySize)" ?: ?\[$/
const LIST_END = /^\s*\],?$/
const MEMSTATS = /^\s*"memstats" ?: ?\{$/
const TAIL = /^# runtime\.MemStats\s*$/
const TAIL_FIELD = /^# ([A-Za-z]+) = (.*)$/
/** Of these the tail says what is in use and what it takes. */
const TAIL_PAIRS: Readonly<Record<string, readonly [string, string]>> = {
  Stack: ['StackInuse', 'StackSys'],
  MSpan: ['MSpanInuse', 'MSpanSys'],
  MCache: ['MCacheInuse', 'MCacheSys'],
}
/** "name": value, name value, name: value, name=value. */
const METRIC = /"?(\/[a-z][a-z0-9/-]{1,60}:[a-z-]{1,20})"?(?: ?[:=] ?|[ \t]{1,80})(-?\d[\d.]*(?:[eE][+-]?\d+)?)/g
const NAMED_METRIC =
  /"(?:name|Name)" ?: ?"(\/[^"]{1,80})"[^{}]{0,200}?"(?:value|Value)" ?: ?(-?[\d.]+(?:[eE][+-]?\d+)?)/g
const EXPOSED = /^(go_\w+)(?:\{[^}]*\})? (-?[\d.]+(?:e[+-]?\d+)?|NaN|\+Inf)(?: (\d{13}))?$/
const EXPOSED_HELP = /^# (?:HELP|TYPE) (?:go_(?:memstats|gc|goroutines))/

/** Under which reads keep when they were made. */
const TIMES = ['Time', 'time', 'ts', 'timestamp', 'Timestamp', '@timestamp']

/** How deep in an object statistics may lie: {"debug":{"vars":{"memstats":{…}}}}. */
const DEEPEST = 4

export class MemReader implements EvidenceReader<MemTable> {
  private readonly columns = new ReadColumns()
  private broken = 0
  /** Of the read whose lines are being found; null = none is. */
  private open: Found | null = null
  private inList = false
  private inTail = false

  line(text: string): boolean {
    if (this.inList) {
      if (LIST_END.test(text)) this.inList = false
      return true
    }
    if (this.inTail && this.tailField(text)) return true
    this.inTail = false
    if (TAIL.test(text)) {
      this.close()
      this.open = new Map()
      this.inTail = true
      return true
    }
    if (SIGN.test(text)) return this.object(text) || this.field(text) || this.metrics(text) || this.exposed(text)
    return this.open !== null || MEMSTATS.test(text) ? this.field(text) : FIELD.test(text) && this.field(text)
  }

  end(): MemTable | null {
    this.close()
    return this.columns.length > 0 ? { reads: this.columns.finish(), broken: this.broken } : null
  }

  /** Whole objects in one line. */
  private object(text: string): boolean {
    if (!text.includes('{')) return false
    // The line itself may be an object that has them, or a log may carry the line that was written as text.
    const taken =
      this.objects(text, text.slice(0, text.indexOf('{'))) ||
      (unwrapped(text) ?? []).filter((inner) => this.objects(inner, text)).length > 0
    if (!taken && text.includes('"HeapAlloc"')) {
      this.broken++
      return true
    }
    return taken
  }

  /** before: where the time stands if they have none of their own. */
  private objects(text: string, before: string): boolean {
    const found = objectsIn(text).flatMap((json) => statisticsIn(parsed(json), null, 0))
    for (const { object, time } of found) this.take(foundIn(object), time ?? stampOf(before))
    return found.length > 0
  }

  /** A line of an object that goes over many. */
  private field(text: string): boolean {
    if (MEMSTATS.test(text)) {
      this.close()
      this.open = new Map()
      return true
    }
    if (LIST.test(text)) {
      this.inList = this.open !== null
      return this.inList
    }
    const [, name = '', value = ''] = FIELD.exec(text) ?? []
    if (TIMES.includes(name) && this.open) {
      this.setTime(timeOf(value.startsWith('"') ? value.slice(1, -1) : Number(value)))
      return true
    }
    if (value.startsWith('"')) return false
    const isKnown = knownNames.has(name)
    if (isKnown) this.add(name, Number(value))
    // What MemStats has besides.
    return isKnown || (this.open !== null && value !== '')
  }

  private tailField(text: string): boolean {
    const [, name = '', value = ''] = TAIL_FIELD.exec(text) ?? []
    if (name === '') return false
    const pair = TAIL_PAIRS[name]
    if (pair) for (const [i, part] of value.split(' / ').entries()) this.add(pair[i] ?? '', Number(part))
    else if (knownNames.has(name)) this.add(name, Number(value))
    return true
  }

  private metrics(text: string): boolean {
    let taken = false
    for (const pattern of [METRIC, NAMED_METRIC]) {
      for (const [, name = '', value] of text.matchAll(pattern)) {
        if (!knownNames.has(name)) continue
        this.add(name, Number(value), text)
        taken = true
      }
    }
    return taken
  }

  private exposed(text: string): boolean {
    if (EXPOSED_HELP.test(text)) return true
    const [, name = '', value, time] = EXPOSED.exec(text) ?? []
    if (!knownNames.has(name)) return false
    this.add(name, Number(value))
    if (time !== undefined) this.setTime(Number(time))
    return true
  }

  /** A name that the read has already begins the next one. */
  private add(name: string, value: number, line?: string): void {
    if (!Number.isFinite(value)) return
    if (this.open?.has(name)) this.close()
    this.open ??= new Map()
    this.open.set(name, value)
    if (line !== undefined && !this.open.has('Time')) this.setTime(stampOf(line))
  }

  private setTime(time: number | null): void {
    if (time !== null) this.open?.set('Time', time)
  }

  private close(): void {
    if (this.open) this.take(this.open, null)
    this.open = null
  }

  private take(found: Found, time: number | null): void {
    if (time !== null) found.set('Time', time)
    const read = readOf(found)
    if (read) this.columns.push(read)
  }
}

/** The objects of a text that are whole, one after the other. */
function objectsIn(text: string): string[] {
  const objects: string[] = []
  let from = -1
  let depth = 0
  for (let i = text.indexOf('{'); i >= 0 && i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === 0x22 && depth > 0) {
      // To the end of a string.
      for (i++; i < text.length && text.charCodeAt(i) !== 0x22; i++) if (text.charCodeAt(i) === 0x5c) i++
    } else if (c === 0x7b) {
      if (depth++ === 0) from = i
    } else if (c === 0x7d && depth > 0 && --depth === 0) objects.push(text.slice(from, i + 1))
  }
  return objects
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

interface Statistics {
  object: Record<string, unknown>
  time: number | null
}

/** MemStats and dumps of metrics in an object. time: what lies around it says. */
function statisticsIn(value: unknown, time: number | null, depth: number): Statistics[] {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return []
  if (Array.isArray(value)) return value.flatMap((part) => statisticsIn(part, time, depth + 1))
  const object = value as Record<string, unknown>
  const own = TIMES.map((key) => timeOf(object[key])).find((at) => at !== null) ?? time
  if (isStatistics(object)) return [{ object, time: own }]
  return Object.values(object).flatMap((part) => statisticsIn(part, own, depth + 1))
}

const isStatistics = (object: Record<string, unknown>): boolean =>
  (typeof object.HeapAlloc === 'number' && Object.keys(object).filter((key) => knownNames.has(key)).length >= 3) ||
  Object.keys(object).some((key) => key.startsWith('/') && knownNames.has(key))

function foundIn(object: Record<string, unknown>): Found {
  const found: Found = new Map()
  for (const [name, value] of Object.entries(object)) {
    const number = typeof value === 'number' ? value : numberOf(value)
    if (name !== 'Time' && knownNames.has(name) && Number.isFinite(number)) found.set(name, number)
  }
  return found
}

/** {"value": 12} and "12", as some dumps write numbers. */
function numberOf(value: unknown): number {
  if (typeof value === 'string' && value !== '') return Number(value)
  const inner = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  return Number(inner.value ?? inner.Value ?? Number.NaN)
}

/** Milliseconds since 1970, of RFC 3339 or of seconds, milliseconds, microseconds or nanoseconds since then. */
function timeOf(value: unknown): number | null {
  if (typeof value === 'string') {
    const time = stampOf(value)
    return time === null && /^\d{10}/.test(value) ? timeOf(Number(value)) : time
  }
  if (typeof value !== 'number' || !(value >= 1e8)) return null
  // From 1973 on each of them has its own range.
  const step = [1e17, 1e14, 1e11].findIndex((least) => value >= least)
  return value / ([1e6, 1e3, 1][step] ?? 1e-3)
}
