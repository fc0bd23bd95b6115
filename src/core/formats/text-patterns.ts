/** Lines by which texts are known, and read. */

/** "heap profile: 3995: 5657912 [7680: 27086736] @ heap/131072" of Go, "@ heap_v2/524288" of gperftools. */
export const RECORDED_HEAP =
  /^heap profile: *(\d+): *(\d+) *\[ *(\d+): *(\d+) *\] *@ *(heapz?_v2|heapprofile|heap|growthz?|fragmentationz?)\/?(\d*)\s*$/
/** "goroutine profile: total 7" */
export const GO_COUNT = /^(\S+) profile: total \d+\s*$/
/** "goroutine 9 [select, 2 minutes]:" wherever in a line: logs put something in front. */
export const GOROUTINE = /\bgoroutine \d+ (?:gp=\S+ m=\S+ (?:mp=\S+ )?)?\[[^\]\n]+\].*:\s*(?:$|\\n|")/m
/** "--- mutex:" of Go, "--- contentionz 1 ---" of gperftools and of Java. */
export const CONTENTION = /^--- (mutex:|contention:|contentionz )/

/** "heap_v2/524288" */
export const JEMALLOC = /^heap_v2\/(\d+)\s*$/
/** "--- threadz 1 ---", or at once the first thread: "--- Thread 7f794ab90940 (name: main/14748) stack: ---" */
export const THREADS = /^--- (threadz \d+ ---|Thread [0-9a-f]+ \(name: .*\/\d+\) stack: ---)/
export const THREAD = /^--- Thread [0-9a-f]+ \(name: .*\/\d+\) stack: ---/

export const isMemoryMapHeading = (line: string) => /--- Memory map: ---|MAPPED_LIBRARIES:/.test(line)

/** "main;work;malloc 30": a stack and its count. */
export const FOLDED_LINE = /^(.*\S)\s+(-?\d+(?:\.\d+)?)\s*$/
/** "# a note", but not "#<Class:Cache>;get 5", which is a stack of Ruby. */
export const isFoldedComment = (line: string) => /^\s*#(?:[\s!#]|[^;]*$)/.test(line)

export const isPerfComment = (line: string) => line.startsWith('#')

/** A sample of `perf script`: who, where, when, how much, of what. */
export interface PerfHead {
  comm: string
  /** As perf was asked for it: "cycles:ppp", "sched:sched_switch". */
  event: string
  /** Undefined when the line does not say. */
  period: number | undefined
  /** What follows the event: the fields of a tracepoint, or the only frame of a sample taken without stacks. */
  rest: string
  /** The line says when. */
  timed: boolean
}

const EVENT = String.raw`(?:(\d+)\s+)?([A-Za-z][^\s:\[\]]*(?::[^\s:]*)*):(?:\s+(.*))?$`
/** Up to the time: "swapper     0/0   [001] d..1  12.345678: ". The name of a thread may hold spaces and numbers. */
const BEFORE_TIME = /^(\S.*?|:)\s+-?\d+(?:\/-?\d+)?(?:\s+\[\d+\])?(?:\s+[^\s\d[]\S*)?\s+\d+\.\d+:\s+/
const AFTER_TIME = new RegExp(`^${EVENT}`)
/** "java 19983 cycles:", "java 19983/19990 [001]  250000 cpu-clock:" */
const WITHOUT_TIME = new RegExp(String.raw`^(\S.*?)\s+-?\d+(?:\/-?\d+)?\s+(?:\[\d+\]\s+)?${EVENT}`)

/** Without stacks perf sets the names of threads to the right. */
export function perfHead(indented: string): PerfHead | null {
  const line = indented.trimStart()
  const before = BEFORE_TIME.exec(line)
  if (before) {
    const after = AFTER_TIME.exec(line.slice(before[0].length))
    if (after) return headOf(before[1], true, after)
  }
  const found = WITHOUT_TIME.exec(line)
  return found && headOf(found[1], false, found.slice(1))
}

const headOf = (comm: string, timed: boolean, [, period, event, rest]: (string | undefined)[]): PerfHead => ({
  comm,
  timed,
  event: event as string,
  period: period === undefined ? undefined : Number(period),
  rest: rest?.trim() ?? '',
})

/** A frame below it: address, name, binary. */
export interface PerfFrame {
  /** Empty when the line has none. */
  name: string
  /** "/usr/lib/libc.so.6", "[kernel.kallsyms]", "inlined" */
  binary: string
}

/** "	ffffffff8104f45a native_write_msr+0xa ([kernel.kallsyms])" */
export function perfFrame(line: string): PerfFrame | null {
  const found = /^\s*(?:0x)?[0-9a-f]+\s+(.*\S)\s*$/.exec(line)
  if (!found) return null
  const text = found[1]
  if (!text.endsWith(')')) return null
  const open = lastGroup(text)
  if (open < 0 || (open > 0 && text[open - 1] !== ' ')) return null
  const name = text.slice(0, open).trimEnd()
  return { name: name.replace(/\+0x[0-9a-f]+$/, ''), binary: text.slice(open + 1, -1) }
}

/** Where the parentheses begin that close at the end of the text: names and paths may hold others. */
function lastGroup(text: string): number {
  let depth = 0
  for (let i = text.length - 1; i >= 0; i--) {
    if (text[i] === ')') depth++
    else if (text[i] === '(' && --depth === 0) return i
  }
  return text.lastIndexOf('(')
}
