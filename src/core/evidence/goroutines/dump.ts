/**
 * What Go prints of goroutines: dumps (debug=2, SIGQUIT), panics and fatal errors with what stands before them, reports
 * of the race detector, and failures of tests. Frames and stacks that are equal are kept once.
 */

export interface DumpFrame {
  func: string
  file: string
  /** 0 = not said. */
  line: number
}

export interface Goroutine {
  id: number
  /** As its header says, but for how long it has waited: "chan send", "select (no cases) (leaked), locked to thread". */
  state: string
  /** Waiting for so long, 0 = less than one. */
  minutes: number
  labels: readonly (readonly [key: string, value: string])[]
  /** Row of `stacks`. */
  stack: number
  /** Row of `frames`: where the go statement is; -1 = not said. */
  createdBy: number
  /** Goroutine that ran it, -1 = not said (before Go 1.21). */
  creator: number
  /** Frames in the middle of the stack that are not printed, -1 = so many that nobody counted. */
  elided: number
  /** Address of the lock, channel or group that it waits for; '' where the frames do not say. */
  waitsFor: string
  /** Addresses that its functions were passed; of the first goroutines of a text only. */
  passed: readonly string[]
}

/** One dump: goroutines that are printed together, and the messages in front of them. */
export interface Dump {
  /** As written: "panic: first", "\tpanic: second", "fatal error: stack overflow". */
  messages: string[]
  /** What follows a message: more lines of it, the signal, the tests that were running. */
  details: string[]
  /** Rows of `goroutines`, [first, end). */
  first: number
  end: number
  /** Row of `stacks`: what the runtime was doing, -1 = not said. */
  runtimeStack: number
  /** Line of the text in which it begins. */
  line: number
}

/** Reads or writes memory without being kept apart from the other one of its report. */
export interface RaceAccess {
  what: 'read' | 'write'
  previous: boolean
  /** 0 = the main goroutine, which such reports do not number. */
  goroutine: number
  /** Rows of `stacks`; -1 = not said. */
  stack: number
  createdAt: number
}

export interface Race {
  address: string
  accesses: RaceAccess[]
  line: number
}

export interface TestFailure {
  test: string
  seconds: number
  /** What it printed. */
  lines: string[]
}

/** All of one text. */
export interface DumpTable {
  frames: readonly DumpFrame[]
  /** Rows of `frames`, the innermost call first. */
  stacks: readonly (readonly number[])[]
  goroutines: readonly Goroutine[]
  dumps: readonly Dump[]
  races: readonly Race[]
  failures: readonly TestFailure[]
}

export class DumpTables {
  readonly frames: DumpFrame[] = []
  readonly stacks: number[][] = []
  readonly goroutines: Goroutine[] = []
  dumps: Dump[] = []
  readonly races: Race[] = []
  readonly failures: TestFailure[] = []
  private readonly frameRow = new Map<string, number>()
  private readonly stackRow = new Map<string, number>()

  frame(func: string, file: string, line: number): number {
    return rowOf(this.frameRow, `${func}\0${file}\0${line}`, () => this.frames.push({ func, file, line }))
  }

  stack(frames: readonly number[]): number {
    return rowOf(this.stackRow, frames.join(), () => this.stacks.push([...frames]))
  }
}

/** push: returns the new length. */
function rowOf(rows: Map<string, number>, key: string, push: () => number): number {
  let row = rows.get(key)
  if (row === undefined) {
    row = push() - 1
    rows.set(key, row)
  }
  return row
}
