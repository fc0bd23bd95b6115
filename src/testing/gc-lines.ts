/** Cycles as GODEBUG=gctrace=1 writes them. */
import type { Cycle } from '../core/evidence/gctrace/cycles.ts'

/** A small program in which nothing happens. */
const QUIET = {
  gcPercent: 1,
  sweepTerm: 0.05,
  mark: 2,
  markTerm: 0.02,
  cpuSweepTerm: 0.1,
  assist: 0,
  background: 1,
  idle: 0,
  cpuMarkTerm: 0.04,
  start: 20,
  end: 20,
  live: 10,
  goal: 21,
  stacks: 0,
  globals: 0,
  procs: 2,
  forced: 0,
}

/** What is not said is as in a quiet program: i: from 0, one cycle in a second. */
export function gcLine(cycle: Partial<Cycle>, i: number): string {
  const c = { number: i + 1, seconds: i + 1, ...QUIET, ...cycle }
  return (
    `gc ${c.number} @${c.seconds.toFixed(3)}s ${c.gcPercent}%: ${c.sweepTerm}+${c.mark}+${c.markTerm} ms clock, ` +
    `${c.cpuSweepTerm}+${c.assist}/${c.background}/${c.idle}+${c.cpuMarkTerm} ms cpu, ` +
    `${c.start}->${c.end}->${c.live} MB, ${c.goal} MB goal, ${c.stacks} MB stacks, ${c.globals} MB globals, ${c.procs} P` +
    (c.forced ? ' (forced)' : '')
  )
}
