/** Lines of a text → its goroutines, by the grammar of runtime/traceback.go and runtime/race. */
import { LogLines } from '../log-lines.ts'
import type { EvidenceReader } from '../reader.ts'
import { type Dump, type DumpTable, DumpTables, type Race, type RaceAccess, type TestFailure } from './dump.ts'

/** "goroutine 9 gp=0xc000007a40 m=nil [select, 2 minutes, locked to thread] {route: /orders}:" */
const HEADER = /^goroutine (\d+)(?: gp=\S+ m=(?:nil|\d+)(?: mp=\S+)?)? \[([^\]]*)\](?: \{(.*)\})?:$/
const ELIDED = /^\.\.\.(?:(\d+)|additional) frames elided\.\.\.$/
const CREATED = /^created by (\S+?)(?: in goroutine (\d+))?$/
/** "	main.go:12 +0x1d fp=0xc000 sp=0xc000 pc=0x48": some logs take tabs away. */
const PLACE = /^\s*(\S.*):(\d+)(?: \+0x[0-9a-f]+)?(?: fp=\S+ sp=\S+(?: pc=\S+)?)?$/
const OTHER_THREAD = /^\s*goroutine running on other thread; stack unavailable$/

const NESTED_PANIC = /^\s+panic: /
const SERVED_PANIC = /^(?:\S.*)?http: panic serving \S+: /
const MESSAGE = /^(?:panic|fatal error|runtime): |^SIG[A-Z]+: |^(?:\S.*)?http: panic serving \S+: /
const DETAIL = /^(?:\[signal |PC=0x|\[originating from |signal arrived during )/
const RUNTIME_STACK = /^runtime stack:$/
/** What stands after the last goroutine: registers, what `go run` and `go test` say. */
const TAIL = /^(?:[a-z][a-z0-9]{1,6}\s+0x[0-9a-f]+|exit status \d+|-----)$/
const TEST_LINE =
  /^(?:FAIL|PASS|ok|\?)(?:\t|$)|^\s*=== (?:RUN|PAUSE|CONT|NAME)\b|^\s*--- (?:PASS|SKIP): |race detected during execution of test$|^Found \d+ data race\(s\)$/
const FAILURE = /^(\s*)--- FAIL: (\S+) \(([\d.]+)s\)$/

const RACE = /^WARNING: DATA RACE$/
const RACE_RULE = /^={18}$/
const ACCESS = /^(Previous )?(?:atomic )?(read|write) at (0x[0-9a-f]+) by (?:main goroutine|goroutine (\d+)).*:$/i
const RACE_CREATED = /^Goroutine (\d+) \([a-z ]+\) created at:$/

/** What texts begin with, by which the prefix of logs is learned. */
const BEGINS =
  /goroutine \d+ (?:gp=.*)?\[[^\]]*\].*:$|(?:panic|fatal error): |SIGQUIT: quit|http: panic serving |WARNING: DATA RACE$|--- FAIL: |runtime: (?:goroutine stack|out of memory|program) /

/** Whether a line of a long log may be worth the patterns above: these words are looked for in one pass. */
const MAY_BEGIN =
  /goroutine \d|panic: |fatal error: |SIG[A-Z]+: |panic serving |DATA RACE|={18}|data race|runtime: |--- (?:FAIL|PASS|SKIP)|=== |(?:FAIL|PASS|ok|\?)\s*\t|^(?:FAIL|PASS)$/
/** As many lines of something else may stand between two of one dump. */
const MOST_BETWEEN = 1000

/** Function names of Go have no spaces but inside of brackets, and tracebacks print "[...]" there. */
const CALL = /^\s*((?:[^\s()]|\(\*?[^\s()]*\))+)\((.*)\)$/

const LOCKS = /^(?:internal\/)?sync\.\(\*(?:Mutex|RWMutex|WaitGroup|Cond)\)\.\w+$|^runtime\.(?:chansend|chanrecv)\d?$/

/** Lines after a message within which its goroutines begin. */
const HEAD_LINES = 60
/** Goroutines whose arguments are kept: the first of a text, among which those at fault are. */
const WITH_ARGUMENTS = 2000
const MOST_LINES_OF_TEST = 40

export function newDumpReader(): EvidenceReader<DumpTable> {
  const tables = new DumpTables()
  const log = new LogLines(BEGINS)
  const streams = new Map<number, StreamReader>()
  /** Lines since one belonged to a dump. */
  let idle = Number.POSITIVE_INFINITY
  return {
    line(text, number) {
      if (idle > MOST_BETWEEN && !MAY_BEGIN.test(text)) return false
      let taken = false
      log.read(text, (line, stream) => {
        let reader = streams.get(stream)
        if (!reader) {
          reader = new StreamReader(tables)
          streams.set(stream, reader)
        }
        if (reader.line(line, number)) taken = true
      })
      idle = taken ? 0 : idle + 1
      return taken
    },
    end() {
      for (const reader of streams.values()) reader.end()
      const { frames, stacks, goroutines, dumps, races, failures } = tables
      // Programs whose lines are mixed are read side by side.
      if (streams.size > 1) dumps.sort((a, b) => a.line - b.line)
      return dumps.length + races.length + failures.length === 0
        ? null
        : { frames, stacks, goroutines, dumps, races, failures }
    },
  }
}

interface OpenGoroutine {
  id: number
  state: string
  minutes: number
  labels: readonly (readonly [string, string])[]
  frames: number[]
  createdBy: number
  creator: number
  elided: number
  waitsFor: string
  passed: Set<string>
}

/** Reads the lines that one program wrote. */
class StreamReader {
  private place: 'elsewhere' | 'messages' | 'goroutine' | 'runtime stack' | 'race' = 'elsewhere'
  private dump: Dump | null = null
  /** Of the dump: two goroutines of one number are of two dumps. */
  private ids = new Set<number>()
  private goroutine: OpenGoroutine | null = null
  private race: Race | null = null
  /** Frames are collected here until their stack ends. */
  private frames: number[] = []
  /** Where a stack of a race report goes. */
  private sinks: ((stack: number) => void)[] = []
  private call: { name: string; args: string } | null = null
  private created: { name: string; creator: number } | null = null
  private failure: { of: TestFailure; indent: number } | null = null
  /** Lines since the last message. */
  private waited = 0
  /** After "-----" the same goroutines are shown again, by thread. */
  private threads = false

  constructor(private readonly tables: DumpTables) {}

  /** Whether the line belongs to what is read here. */
  line(text: string, number: number): boolean {
    if (text.trim() === '') {
      if (this.place === 'race') this.endStack()
      return false
    }
    const header = HEADER.exec(text)
    if (header) return this.header(header, number)
    if (this.place === 'race' && this.raceLine(text)) return true
    if (MESSAGE.test(text)) return this.message(text, number)
    if (RACE.test(text)) return this.beginRace(number)
    const failed = FAILURE.exec(text)
    if (failed) return this.fail(failed)
    if (this.place === 'messages' && this.detail(text)) return true
    if (this.dump && RUNTIME_STACK.test(text)) {
      this.endGoroutine()
      this.place = 'runtime stack'
      return true
    }
    if (this.place === 'goroutine' || this.place === 'runtime stack') {
      if (this.frameLine(text)) return true
    }
    if (TEST_LINE.test(text) || RACE_RULE.test(text)) {
      this.failure = null
      return true
    }
    if (this.failure && this.failureLine(text)) return true
    if (this.dump && TAIL.test(text)) {
      if (text === '-----') this.threads = true
      return true
    }
    if (this.place === 'messages' && ++this.waited > HEAD_LINES) this.dropMessages()
    return false
  }

  end(): void {
    this.endGoroutine()
    this.endRace()
  }

  private header([, id, status, labels]: RegExpExecArray, number: number): boolean {
    this.endGoroutine()
    this.endRace()
    const goroutine = Number(id)
    if (!this.dump || (this.ids.has(goroutine) && !this.threads && goroutine !== 0)) this.beginDump(number)
    this.ids.add(goroutine)
    const { state, minutes } = readStatus(status)
    this.goroutine = {
      id: goroutine,
      state,
      minutes,
      labels: labels === undefined ? [] : readLabels(labels),
      frames: [],
      createdBy: -1,
      creator: -1,
      elided: 0,
      waitsFor: '',
      passed: new Set(),
    }
    this.place = 'goroutine'
    this.failure = null
    return true
  }

  private message(text: string, number: number): boolean {
    if (this.threads && this.dump && text.startsWith('SIG')) return true
    this.endGoroutine()
    this.endRace()
    if (this.place !== 'messages' || !this.dump || SERVED_PANIC.test(text)) this.beginDump(number)
    // Go's log puts the time in front.
    this.dump?.messages.push(text.replace(/^.*(?=http: panic serving )/, ''))
    this.place = 'messages'
    this.waited = 0
    this.failure = null
    return true
  }

  private detail(text: string): boolean {
    if (NESTED_PANIC.test(text)) this.dump?.messages.push(`\t${text.trimStart()}`)
    else if (/^\t|^ {4}/.test(text) || DETAIL.test(text)) this.dump?.details.push(text)
    else return false
    return true
  }

  private beginDump(line: number): void {
    const at = this.tables.goroutines.length
    this.dump = { messages: [], details: [], first: at, end: at, runtimeStack: -1, line }
    this.tables.dumps.push(this.dump)
    this.ids = new Set()
    this.threads = false
  }

  /** What looked like a message is followed by no goroutine: a line of some log. */
  private dropMessages(): void {
    if (this.dump && !/^(panic|fatal error): /.test(this.dump.messages.at(-1) ?? '')) {
      this.tables.dumps = this.tables.dumps.filter((dump) => dump !== this.dump)
    }
    this.dump = null
    this.place = 'elsewhere'
  }

  private frameLine(text: string): boolean {
    const created = CREATED.exec(text)
    if (created) {
      this.call = null
      this.created = { name: created[1], creator: created[2] === undefined ? -1 : Number(created[2]) }
      return true
    }
    if (this.call || this.created) {
      const place = PLACE.exec(text)
      if (place) {
        this.framePlace(place[1], Number(place[2]))
        return true
      }
    }
    const elided = ELIDED.exec(text)
    if (elided && this.goroutine) {
      this.goroutine.elided = elided[1] === undefined ? -1 : Number(elided[1])
      return true
    }
    if (OTHER_THREAD.test(text)) return true
    const call = CALL.exec(text)
    // Every function but panic lies in a package.
    if (!call || !(call[1].includes('.') || call[1] === 'panic')) return false
    this.call = { name: call[1], args: call[2] }
    return true
  }

  private framePlace(file: string, line: number): void {
    const { goroutine, call, created } = this
    if (created) {
      if (goroutine) {
        goroutine.createdBy = this.tables.frame(created.name, file, line)
        goroutine.creator = created.creator
        // Nothing of the goroutine follows.
        this.endGoroutine()
      }
    } else if (call) {
      this.frames.push(this.tables.frame(call.name, file, line))
      if (goroutine) noteArguments(goroutine, call, this.tables.goroutines.length < WITH_ARGUMENTS)
    }
    this.call = null
    this.created = null
  }

  private endGoroutine(): void {
    const { goroutine, dump, tables, frames } = this
    if (goroutine && dump) {
      const { id, state, minutes, labels, createdBy, creator, elided, waitsFor } = goroutine
      const passed = [...goroutine.passed]
      const stack = tables.stack(frames)
      tables.goroutines.push({ id, state, minutes, labels, stack, createdBy, creator, elided, waitsFor, passed })
      dump.end = tables.goroutines.length
    } else if (this.place === 'runtime stack' && dump) dump.runtimeStack = tables.stack(frames)
    this.goroutine = null
    this.frames = []
    this.call = null
    this.created = null
  }

  private beginRace(line: number): boolean {
    this.endGoroutine()
    this.endRace()
    this.race = { address: '', accesses: [], line }
    this.place = 'race'
    return true
  }

  private raceLine(text: string): boolean {
    if (!this.race) return false
    if (RACE_RULE.test(text)) {
      this.endRace()
      return true
    }
    const access = ACCESS.exec(text)
    const created = RACE_CREATED.exec(text)
    if (access) {
      this.endStack()
      const what = access[2].toLowerCase() === 'read' ? 'read' : 'write'
      const goroutine = Number(access[4] ?? 0)
      const one: RaceAccess = { what, previous: access[1] !== undefined, goroutine, stack: -1, createdAt: -1 }
      this.race.address = access[3]
      this.race.accesses.push(one)
      this.sinks = [(stack) => (one.stack = stack)]
      return true
    }
    if (created) {
      this.endStack()
      const of = this.race.accesses.filter(({ goroutine }) => goroutine === Number(created[1]))
      this.sinks = of.map((one) => (stack) => {
        one.createdAt = stack
      })
      return true
    }
    return this.frameLine(text)
  }

  /** Of a race report. */
  private endStack(): void {
    if (this.frames.length > 0) for (const sink of this.sinks) sink(this.tables.stack(this.frames))
    this.frames = []
    this.sinks = []
    this.call = null
  }

  private endRace(): void {
    if (!this.race) return
    this.endStack()
    if (this.race.accesses.length > 0) this.tables.races.push(this.race)
    this.race = null
    this.place = 'elsewhere'
  }

  private fail([, indent, test, seconds]: RegExpExecArray): boolean {
    const of = { test, seconds: Number(seconds), lines: [] }
    this.tables.failures.push(of)
    this.failure = { of, indent: indent.length }
    return true
  }

  /** Lines of other programs may stand between. */
  private failureLine(text: string): boolean {
    const { of, indent } = this.failure as { of: TestFailure; indent: number }
    if (text.length - text.trimStart().length <= indent) return false
    if (of.lines.length < MOST_LINES_OF_TEST) of.lines.push(text.trim())
    return true
  }
}

/** "select (no cases) (leaked), 5 minutes, locked to thread" */
function readStatus(status: string): { state: string; minutes: number } {
  let minutes = 0
  const parts = status.split(', ').filter((part) => {
    const waited = /^(\d+) minutes$/.exec(part)
    if (waited) minutes = Number(waited[1])
    return !waited
  })
  return { state: parts.join(', '), minutes }
}

/** `route: /orders, "odd key": "a, b"` */
export function readLabels(text: string): [string, string][] {
  const labels: [string, string][] = []
  const pair = /("(?:[^"\\]|\\.)*"|[^:]*?): ("(?:[^"\\]|\\.)*"|.*?)(?:, |$)/y
  while (pair.lastIndex < text.length) {
    const found = pair.exec(text)
    if (!found || found[0] === '') break
    labels.push([unquoted(found[1]), unquoted(found[2])])
  }
  return labels
}

function unquoted(text: string): string {
  if (!text.startsWith('"')) return text
  try {
    return String(JSON.parse(text))
  } catch {
    return text.slice(1, -1)
  }
}

/** A word with a question mark may be stale. */
function noteArguments(goroutine: OpenGoroutine, { name, args }: { name: string; args: string }, keep: boolean): void {
  if (goroutine.waitsFor === '' && LOCKS.test(name)) goroutine.waitsFor = /^0x[0-9a-f]{5,}(?=,|$)/.exec(args)?.[0] ?? ''
  if (keep && goroutine.passed.size < 64) {
    for (const [word] of args.matchAll(/0x[0-9a-f]{5,}(?!\?)\b/g)) goroutine.passed.add(word)
  }
}
