/** Finds what GODEBUG=gctrace=1 writes in the lines of any log. */
import type { EvidenceReader } from '../reader.ts'
import { stampOf } from '../stamp.ts'
import { type Cycle, CycleColumns, type Cycles } from './cycles.ts'

export interface GcTable {
  cycles: Cycles
  /** Lines of scavtrace=1 and gcpacertrace=1. */
  scavLines: number
  pacerLines: number
  /** Lines that begin as a cycle does and break off or go on otherwise. */
  broken: number
  /** By run: milliseconds since 1970 at which the process began, from the times that its log writes; null = the log has none. */
  began: (number | null)[]
}

const NUMBER = '(\\d+(?:\\.\\d+)?)'
/** Logs that are JSON write > as Go's encoding/json does. */
const ARROW = '-(?:>|\\\\u003[eE])'
/** Every version since 1.5; stacks and globals are written since 1.18, the check for leaks since 1.26. */
const CYCLE = new RegExp(
  `gc (\\d+) @${NUMBER}s (\\d+)%( \\(checking for goroutine leaks\\))?: ` +
    `${NUMBER}\\+${NUMBER}\\+${NUMBER} ms clock, ${NUMBER}\\+${NUMBER}/${NUMBER}/${NUMBER}\\+${NUMBER} ms cpu, ` +
    `(\\d+)${ARROW}(\\d+)${ARROW}(\\d+) MB, (\\d+) MB goal, (?:(\\d+) MB stacks, (\\d+) MB globals, )?(\\d+) P( \\(forced\\))?`,
  'g',
)
const BEGUN = /\bgc \d+ @\d+\.\d+s \d+%/
const SCAV = /scav (?:\d{1,9} )?\d{1,15} KiB work.{1,120}, \d{1,3}% util/
/** gcpacertrace=1, and the line of several numbers that some versions write besides. */
const PACER = /pacer: (?:assist ratio=|sweep done at heap size |H_m_prev=|-?\d+% CPU \()/

/** What cycles are asked for by quickly: every line has it. */
const SIGNS = [' ms clock, ', 'gc ', 'scav ', 'pacer: '] as const

export class GcReader implements EvidenceReader<GcTable> {
  private readonly columns = new CycleColumns()
  private readonly runs = new Runs()
  private readonly began: (number | null)[] = []
  private scavLines = 0
  private pacerLines = 0
  private broken = 0
  private count = 0

  line(text: string, number: number): boolean {
    if (!SIGNS.some((sign) => text.includes(sign))) return false
    let taken = false
    if (text.includes(SIGNS[0])) {
      CYCLE.lastIndex = 0
      for (let match = CYCLE.exec(text); match; match = CYCLE.exec(text)) {
        this.take(match, number, text)
        taken = true
      }
    }
    if (taken) return true
    if (SCAV.test(text)) this.scavLines++
    else if (PACER.test(text)) this.pacerLines++
    else if (BEGUN.test(text)) this.broken++
    else return false
    return true
  }

  end(): GcTable | null {
    const { scavLines, pacerLines, broken, began } = this
    if (this.count === 0) return null
    return { cycles: this.columns.finish(), scavLines, pacerLines, broken, began }
  }

  private take(match: RegExpExecArray, line: number, text: string): void {
    const at = (group: number) => Number(match[group] ?? 0)
    const [number, seconds] = [at(1), at(2)]
    const run = this.runs.of(number, seconds)
    const cycle: Cycle = {
      number,
      seconds,
      gcPercent: at(3),
      leakCheck: match[4] === undefined ? 0 : 1,
      sweepTerm: at(5),
      mark: at(6),
      markTerm: at(7),
      cpuSweepTerm: at(8),
      assist: at(9),
      background: at(10),
      idle: at(11),
      cpuMarkTerm: at(12),
      start: at(13),
      end: at(14),
      live: at(15),
      goal: at(16),
      stacks: at(17),
      globals: at(18),
      procs: at(19),
      forced: match[20] === undefined ? 0 : 1,
      run,
      line,
    }
    this.columns.push(cycle)
    this.count++
    this.began[run] ??= beganAt(
      text.slice(0, match.index),
      seconds + (cycle.sweepTerm + cycle.mark + cycle.markTerm) / 1e3,
    )
  }
}

/** When the process began, told by the time before a line that it wrote `seconds` later. */
function beganAt(before: string, seconds: number): number | null {
  const time = before === '' ? null : stampOf(before)
  return time === null ? null : Math.round(time - seconds * 1000)
}

interface Run {
  id: number
  number: number
  seconds: number
  /** How many cycles were seen before its last one. */
  seen: number
}

/** Cycles of others after which a run has probably ended. */
const ENDED = 8
/** Runs that a line may still belong to: logs of as many processes may be mixed. */
const MOST_OPEN = 64

/** Tells processes apart by how they count: a cycle goes on in the run whose last one it follows. */
class Runs {
  private readonly open: Run[] = []
  private count = 0
  private seen = 0

  of(number: number, seconds: number): number {
    this.seen++
    const run = this.find(number, seconds) ?? this.begin()
    run.number = number
    run.seconds = seconds
    run.seen = this.seen
    return run.id
  }

  private find(number: number, seconds: number): Run | undefined {
    if (number === 1) return undefined
    // The one that wrote last comes first.
    const later = this.open
      .filter((run) => run.number < number && run.seconds <= seconds)
      .sort((a, b) => b.seen - a.seen)
    const next = later.filter((run) => run.number === number - 1)
    return (
      next.find((run) => this.seen - run.seen <= ENDED) ?? next[0] ?? later.find((run) => this.seen - run.seen <= ENDED)
    )
  }

  private begin(): Run {
    const run = { id: this.count++, number: 0, seconds: 0, seen: 0 }
    this.open.push(run)
    if (this.open.length > MOST_OPEN) {
      const oldest = this.open.reduce((a, b) => (a.seen <= b.seen ? a : b))
      this.open.splice(this.open.indexOf(oldest), 1)
    }
    return run
  }
}
