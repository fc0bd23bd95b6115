/**
 * Linux `perf script`: a line per sample, its stack below it leaf first, then an empty line. Which columns the line has
 * was up to who ran it. Each event is counted apart: cycles and page faults have no sum.
 */
import { type BuiltFrame, ProfileBuilder } from '../model/builder.ts'
import { namelessIn } from '../model/nameless.ts'
import type { Profile, ValueType } from '../model/profile.ts'
import { eachLine, UnreadLines } from './text-lines.ts'
import { isPerfComment, type PerfFrame, type PerfHead, perfFrame, perfHead } from './text-patterns.ts'

export function read(text: string, seed: number): Profile {
  const events = new Events()
  walk(text, { head: (head) => events.add(head), below: () => undefined, other: () => undefined })
  const builder = new ProfileBuilder(events.types, seed)
  const stack = new Stack(builder)
  const unread = new UnreadLines()
  let sample: PerfHead | null = null
  const end = () => {
    if (sample) {
      builder.sample(stack.take(), events.valuesOf(sample), [{ key: 'comm', str: sample.comm, num: 0, unit: '' }])
    }
    sample = null
  }
  walk(text, {
    head: (head) => {
      end()
      sample = head
      // Taken without stacks: the frame that was running stands on the same line.
      if (head.rest !== '') stack.push(head.rest)
    },
    below: (line) => {
      if (!stack.push(line)) unread.add(line)
    },
    other: (line) => unread.add(line),
  })
  end()
  return builder.finish({ notes: unread.notes() }, events.defaultType)
}

interface Visitor {
  head(head: PerfHead): void
  /** A line of the stack of the last head. */
  below(line: string): void
  /** A line that belongs to no sample. */
  other(line: string): void
}

/** Within a stack no line is taken for a head, whatever a function is called: an empty line ends it. */
function walk(text: string, visitor: Visitor): void {
  let place: 'between' | 'after head' | 'in stack' = 'between'
  eachLine(text, (line) => {
    if (isPerfComment(line)) return
    if (line.trim() === '') {
      place = 'between'
      return
    }
    const head = place === 'in stack' ? null : perfHead(line)
    if (head) {
      visitor.head(head)
      place = 'after head'
    } else if (place === 'between') visitor.other(line)
    else {
      visitor.below(line)
      place = 'in stack'
    }
  })
}

/** What was counted: a sample type for the samples of each event, and one for their periods where perf printed them. */
class Events {
  private readonly found = new Map<string, { periods: boolean; column: number }>()
  private built: ValueType[] | null = null

  add({ event, period }: PerfHead): void {
    const known = this.found.get(event)
    if (!known) this.found.set(event, { periods: period !== undefined, column: 0 })
    else known.periods ||= period !== undefined
  }

  get types(): ValueType[] {
    this.built ??= this.build()
    return this.built
  }

  /** The events' own order is that of perf: the first one is what the recording was about. */
  get defaultType(): number {
    const [first] = this.found.values()
    return first?.periods ? 1 : 0
  }

  valuesOf({ event, period }: PerfHead): number[] {
    const values = this.types.map(() => 0)
    const { column, periods } = this.found.get(event) as { column: number; periods: boolean }
    values[column] = 1
    if (periods) values[column + 1] = period ?? 1
    return values
  }

  private build(): ValueType[] {
    const types: ValueType[] = []
    const several = this.found.size > 1
    for (const [event, known] of this.found) {
      const name = this.shortName(event)
      known.column = types.length
      types.push({ type: !several ? 'samples' : known.periods ? `${name}_samples` : name, unit: 'count' })
      // The period of a clock is time, that of a counter counts.
      if (known.periods) types.push({ type: name, unit: /clock/.test(event) ? 'nanoseconds' : 'count' })
    }
    return types.length > 0 ? types : [{ type: 'samples', unit: 'count' }]
  }

  /** Without the modifiers that say how perf took it, unless another event is called the same then. */
  private shortName(event: string): string {
    const name = withoutModifiers(event)
    const same = [...this.found.keys()].filter((other) => withoutModifiers(other) === name)
    return same.length > 1 ? event : name
  }
}

/** "cycles:ppp" is cycles; "sched:sched_switch" is the name of a tracepoint. */
const withoutModifiers = (event: string) => event.replace(/:[ukhpPHGSDIWeb]*$/, '')

/** Collects the frames of one sample, leaf first. */
class Stack {
  private rows: number[] = []
  /** Inlined calls, innermost first, that the next frame is to hold. */
  private inlined: BuiltFrame[] = []
  /** The frame read last, for the source line that may follow it. */
  private last: { frame: PerfFrame; around: readonly BuiltFrame[] } | null = null
  /** By line: the same frames come again and again. */
  private readonly known = new Map<string, { frame: PerfFrame; row: number }>()

  constructor(private readonly builder: ProfileBuilder) {}

  /** False for a line that is neither a frame nor the source line of one. */
  push(line: string): boolean {
    const known = this.inlined.length === 0 ? this.known.get(line) : undefined
    if (known) {
      this.rows.push(known.row)
      this.last = { frame: known.frame, around: [] }
      return true
    }
    const frame = perfFrame(line)
    if (!frame) return this.sourceLine(line)
    const around = this.inlined
    this.last = { frame, around }
    if (frame.binary === 'inlined') {
      around.push(this.frame(frame.name))
      return true
    }
    this.inlined = []
    const row = this.location(frame, around)
    this.rows.push(row)
    if (around.length === 0) this.known.set(line, { frame, row })
    return true
  }

  /** The stack's locations; the next one begins. */
  take(): number[] {
    const { rows, inlined } = this
    if (inlined.length > 0) rows.push(this.builder.location(inlined.reverse()))
    this.rows = []
    this.inlined = []
    this.last = null
    return rows
  }

  /** "  file.c:12" below a frame, and "  libc.so[27b25]" where perf knows no source. */
  private sourceLine(text: string): boolean {
    const found = /^\s*(\S.*):(\d+)\s*$/.exec(text)
    const { last } = this
    if (!last || (!found && !/^\s*\S+\[[0-9a-f]+\]\s*$/.test(text))) return false
    this.last = null
    if (!found) return true
    const [, file, line] = found
    if (last.frame.binary !== 'inlined') {
      this.rows[this.rows.length - 1] = this.location(last.frame, last.around, file, Number(line))
    } else this.inlined[this.inlined.length - 1] = this.frame(last.frame.name, file, Number(line))
    return true
  }

  private location({ name, binary }: PerfFrame, inlined: readonly BuiltFrame[], file = '', line = 0): number {
    // Runtimes that write /tmp/perf-PID.map put the methods that they inlined into one name, callers first.
    const names = /\/perf-\d+\.map$/.test(binary) ? name.split('->') : [name]
    const own = names.map((n) => this.frame(n === '' || n === '[unknown]' ? nameless(binary) : n, file, line))
    return this.builder.location([...own, ...inlined.toReversed()])
  }

  private frame(name: string, file = '', line = 0): BuiltFrame {
    return { func: this.builder.func(name, file), line }
  }
}

/** "[libc.so.6]", "[unknown]": perf puts what is no file into brackets itself. */
const nameless = (binary: string) => (/^\[.*\]$/.test(binary) ? binary : namelessIn(binary))
