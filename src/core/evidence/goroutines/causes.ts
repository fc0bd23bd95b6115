/**
 * What programs die of, as rows: the message by which it is told, whose fault it is, and messages that hit and miss. What
 * is said of it is in words.ts. The first row that knows a message has it.
 */

/** Where to look for who is at fault. */
export type Fault =
  /** The goroutine that is printed first. */
  | 'first'
  /** Those that wait. */
  | 'waiting'
  /** Those that run a test. */
  | 'tests'
  /** Nobody: the dump was asked for. */
  | 'nobody'

interface Row {
  id: string
  /** Of the message without "panic: " or "fatal error: "; its groups are handed to the words. */
  message: RegExp
  fault: Fault
  hits: readonly string[]
  misses: readonly string[]
}

const rows = [
  {
    id: 'nil-map',
    message: /^assignment to entry in nil map$/,
    fault: 'first',
    hits: ['assignment to entry in nil map'],
    misses: ['assignment to entry in nil map failed in our code'],
  },
  {
    id: 'nil-pointer',
    message: /^(?:runtime error: )?invalid memory address or nil pointer dereference$/,
    fault: 'first',
    hits: ['runtime error: invalid memory address or nil pointer dereference'],
    misses: ['nil pointer'],
  },
  {
    id: 'index',
    message: /^(?:runtime error: )?index out of range(?: \[(-?\d+)\](?: with (?:length|capacity) (\d+))?)?$/,
    fault: 'first',
    hits: ['runtime error: index out of range [3] with length 3', 'runtime error: index out of range [-1]'],
    misses: ['index out of range: page 7'],
  },
  {
    id: 'slice-bounds',
    message: /^(?:runtime error: )?slice bounds out of range(?: (\[.*?\])(?: with (?:length|capacity) (\d+))?)?$/,
    fault: 'first',
    hits: [
      'runtime error: slice bounds out of range [7:3]',
      'runtime error: slice bounds out of range [:5] with capacity 3',
    ],
    misses: ['bounds out of range'],
  },
  {
    id: 'divide',
    message: /^(?:runtime error: )?integer divide by zero$/,
    fault: 'first',
    hits: ['runtime error: integer divide by zero'],
    misses: ['divide by zero'],
  },
  {
    id: 'conversion',
    message:
      /^interface conversion: (?:interface(?: \{\}| \S+)? is (.+), not (.+)|(.+) is not .+: missing method (.+))$/,
    fault: 'first',
    hits: [
      'interface conversion: interface {} is float64, not string',
      'interface conversion: main.T is not io.Reader: missing method Read',
      'interface conversion: interface is nil, not fmt.Stringer',
    ],
    misses: ['conversion: interface'],
  },
  {
    id: 'map-race',
    message: /^concurrent map (?:read and map write|iteration and map write|writes)$/,
    fault: 'first',
    hits: ['concurrent map writes', 'concurrent map read and map write', 'concurrent map iteration and map write'],
    misses: ['concurrent map writes are bad'],
  },
  {
    id: 'deadlock',
    message: /^(?:all goroutines are asleep|no goroutines \(main called runtime\.Goexit\)) - deadlock!$/,
    fault: 'waiting',
    hits: ['all goroutines are asleep - deadlock!', 'no goroutines (main called runtime.Goexit) - deadlock!'],
    misses: ['deadlock!'],
  },
  {
    id: 'stack-overflow',
    message: /^stack overflow$/,
    fault: 'first',
    hits: ['stack overflow'],
    misses: ['stack overflow.com is down'],
  },
  {
    id: 'out-of-memory',
    message: /^(?:runtime: )?(?:out of memory|cannot allocate memory|cannot map pages in arena address space)/,
    fault: 'first',
    hits: ['runtime: out of memory', 'out of memory', 'out of memory (stackalloc)'],
    misses: ['we are out of memory'],
  },
  {
    id: 'closed-channel',
    message: /^(send on closed channel|close of closed channel|close of nil channel)$/,
    fault: 'first',
    hits: ['send on closed channel', 'close of closed channel', 'close of nil channel'],
    misses: ['channel closed'],
  },
  {
    id: 'unlock',
    message: /^sync: (?:R?Unlock|unlock) of unlocked (?:RW)?[Mm]utex$/,
    fault: 'first',
    hits: ['sync: unlock of unlocked mutex', 'sync: RUnlock of unlocked RWMutex', 'sync: Unlock of unlocked RWMutex'],
    misses: ['sync: something else'],
  },
  {
    id: 'wait-group',
    message:
      /^sync: (?:negative WaitGroup counter|WaitGroup (?:is reused before previous Wait has returned|misuse:.*))$/,
    fault: 'first',
    hits: ['sync: negative WaitGroup counter', 'sync: WaitGroup is reused before previous Wait has returned'],
    misses: ['sync: unlock of unlocked mutex'],
  },
  {
    id: 'length',
    message:
      /^(?:runtime error: )?(?:makeslice: (?:len|cap) out of range|makechan: size out of range|growslice: len out of range)$/,
    fault: 'first',
    hits: ['runtime error: makeslice: len out of range', 'makechan: size out of range'],
    misses: ['len out of range'],
  },
  {
    id: 'unhashable',
    message: /^(?:runtime error: )?(?:hash of unhashable type|comparing uncomparable type) (.+)$/,
    fault: 'first',
    hits: ['runtime error: hash of unhashable type []uint8', 'runtime error: comparing uncomparable type main.T'],
    misses: ['unhashable type'],
  },
  {
    id: 'test-timeout',
    message: /^test timed out after (\S+)$/,
    fault: 'tests',
    hits: ['test timed out after 10m0s'],
    misses: ['timed out after 10m0s'],
  },
  {
    id: 'threads',
    message: /^(?:thread exhaustion|thread limit reached)$/,
    fault: 'nobody',
    hits: ['thread exhaustion'],
    misses: ['threads'],
  },
  {
    id: 'corrupted',
    message:
      /^(?:unexpected signal during runtime execution|found bad pointer in Go heap.*|sweep increased allocation count|fault|checkptr: .*|unsafe pointer conversion|invalid pointer found on stack|bad sweepgen in refill|unknown pc)$/,
    fault: 'first',
    hits: ['unexpected signal during runtime execution', 'checkptr: misaligned pointer conversion', 'fault'],
    misses: ['default'],
  },
  {
    id: 'asked',
    message: /^SIG(?:QUIT|ABRT|TERM|TRAP): .*$/,
    fault: 'nobody',
    hits: ['SIGQUIT: quit', 'SIGABRT: abort'],
    misses: ['SIGSEGV: segmentation violation'],
  },
  {
    id: 'signal',
    message: /^SIG[A-Z]+: .*$/,
    fault: 'first',
    hits: ['SIGSEGV: segmentation violation'],
    misses: ['signal: killed'],
  },
] as const satisfies readonly Row[]

/** Of panics and fatal errors that no row knows: the program or the runtime says itself what is wrong. */
export type CauseId = (typeof rows)[number]['id'] | 'panic' | 'fatal'

export const causes: readonly (Row & { id: (typeof rows)[number]['id'] })[] = rows

export interface Cause {
  id: CauseId
  fault: Fault
  /** What the program said, without what Go puts in front. */
  said: string
  /** Groups of the row's pattern; undefined = not said. */
  groups: readonly (string | undefined)[]
}

const FRONT = /^\s*(?:(?:\S.*)?http: panic serving \S+: |panic: |fatal error: )/
/** A panic that was caught and raised again says so behind its message; values of other types than error stand in brackets. */
const BEHIND = /(?: \[recovered(?:, repanicked)?\])+$/

/** message: a line as Dump.messages has it. */
export function causeOf(message: string): Cause {
  const said = message.replace(FRONT, '').replace(BEHIND, '')
  for (const { id, message: pattern, fault } of causes) {
    const found = pattern.exec(said)
    if (found) return { id, fault, said, groups: found.slice(1) }
  }
  return { id: /^\s*fatal error: |^runtime: /.test(message) ? 'fatal' : 'panic', fault: 'first', said, groups: [] }
}

/** The message of a dump that says what happened: the last panic, unless it only hands on the one before. */
export function decisive(messages: readonly string[]): string | undefined {
  const told = messages.filter((message) => !message.startsWith('runtime: '))
  return told.at(-1) ?? messages.at(-1)
}
