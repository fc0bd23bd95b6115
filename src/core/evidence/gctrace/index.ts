/** GODEBUG=gctrace=1: the collections of a program, found in any log. */
import type { EvidenceCode, EvidencePart, FileTable } from '../reader.ts'
import { chartOf } from './chart.ts'
import { type Cycles, joinCycles, pickCycles } from './cycles.ts'
import type { GcInfo, GcSums } from './document.ts'
import type { CyclesRequest } from './orders.ts'
import { GcReader, type GcTable } from './parse.ts'
import { gcFindings } from './rules.ts'
import { mainRun, runsOf } from './runs.ts'
import { type GcTextRequest, gcText } from './text.ts'

/** Restarts are counted all, and told of so many. */
const MOST_RUNS = 200

export const gctrace: EvidenceCode<'gctrace', GcTable> = {
  newReader: () => new GcReader(),
  join(files: readonly FileTable<GcTable>[]): EvidencePart<'gctrace'> {
    const cycles = joinCycles(files.map(({ table }) => table.cycles))
    const began = files.flatMap(({ table }) => table.began)
    const sum = (of: 'scavLines' | 'pacerLines' | 'broken') => files.reduce((all, { table }) => all + table[of], 0)
    const runs = runsOf(cycles, began)
    const main = mainRun(runs)
    const run = runs[main]
    const info: GcInfo = {
      ...sumsOf(cycles),
      runs: runs.slice(0, MOST_RUNS),
      runCount: runs.length,
      main,
      findings: run ? gcFindings({ cycles, runs, run }) : [],
      scavLines: sum('scavLines'),
      pacerLines: sum('pacerLines'),
      broken: sum('broken'),
    }
    return {
      info,
      answer(question, args) {
        if (question === 'cycles') return pickCycles(cycles, args as CyclesRequest)
        if (question === 'chart') return run ? chartOf(cycles, run) : null
        if (question === 'live') return Array.from(cycles.live)
        if (question === 'text') return gcText(info, cycles, args as GcTextRequest)
        throw new Error(`A GC log does not know ${question}.`)
      },
    }
  },
}

/** The runtime writes whole microseconds at the finest. */
const exact = (milliseconds: number) => Math.round(milliseconds * 1000) / 1000

function sumsOf(cycles: Cycles): GcSums {
  const sums = {
    forced: 0,
    overruns: 0,
    maxSweepTerm: 0,
    maxMark: 0,
    maxMarkTerm: 0,
    assist: 0,
    background: 0,
    idle: 0,
  }
  for (let i = 0; i < cycles.length; i++) {
    sums.forced += cycles.forced[i]
    if (cycles.end[i] > cycles.goal[i]) sums.overruns++
    sums.maxSweepTerm = Math.max(sums.maxSweepTerm, cycles.sweepTerm[i])
    sums.maxMark = Math.max(sums.maxMark, cycles.mark[i])
    sums.maxMarkTerm = Math.max(sums.maxMarkTerm, cycles.markTerm[i])
    sums.assist += cycles.assist[i]
    sums.background += cycles.background[i]
    sums.idle += cycles.idle[i]
  }
  const { assist, background, idle } = sums
  return { cycles: cycles.length, ...sums, assist: exact(assist), background: exact(background), idle: exact(idle) }
}
