/** Goroutine dumps, crashes, reports of races and failures of tests. */
import { ownPaths } from '../../model/own-paths.ts'
import type { EvidenceCode, FileTable } from '../reader.ts'
import { dumpCounts } from './counts.ts'
import type { DumpSummary, FileSummary, RaceText } from './document.ts'
import type { DumpTable } from './dump.ts'
import { type GroupRequest, groupGoroutines } from './groups.ts'
import { newDumpReader } from './parse.ts'
import { dumpProfile } from './profile.ts'
import type { DumpTextRequest } from './text.ts'
import { StackReader, type Verdict, verdictOf } from './verdict.ts'

/** A log may hold as many crashes as a program was started again. */
const MOST_VERDICTS = 20
const MOST_RACES = 50

const tablesOf = (files: readonly FileTable<DumpTable>[]) => files.map(({ table }) => table)

export const goroutines: EvidenceCode<'goroutines', DumpTable> = {
  newReader: newDumpReader,
  join(files) {
    const tables = tablesOf(files)
    const sum = (count: (table: DumpTable) => number) => tables.reduce((total, table) => total + count(table), 0)
    return {
      info: {
        goroutines: sum(({ goroutines }) => goroutines.length),
        crashes: sum(({ dumps }) => dumps.filter(({ messages }) => messages.length > 0).length),
        races: sum(({ races }) => races.length),
        failures: sum(({ failures }) => failures.length),
      },
      profile: () => dumpProfile(tables),
      answer(question, args) {
        switch (question) {
          case 'summary':
            return summary(files)
          case 'groups':
            return groupGoroutines(tables, args as GroupRequest)
          case 'text':
            return textOf(files, args as DumpTextRequest)
          default:
            throw new Error(`Goroutines have no ${question}.`)
        }
      },
    }
  },
}

/** Rows that are printed and copied. */
const MOST_ROWS = 100_000

async function textOf(files: readonly FileTable<DumpTable>[], { text, ...request }: DumpTextRequest): Promise<string> {
  const { dumpText } = await import('./text.ts')
  return dumpText(await summary(files), groupGoroutines(tablesOf(files), { text, most: MOST_ROWS }), request)
}

async function summary(files: readonly FileTable<DumpTable>[]): Promise<DumpSummary> {
  const own = ownPaths(dumpProfile(tablesOf(files)))
  const { hotStacks } = await import('./hot-stacks.ts')
  return {
    counts: dumpCounts(tablesOf(files)),
    files: files.map(({ name, table }): FileSummary => {
      const verdicts: Verdict[] = []
      let verdictCount = 0
      for (const dump of table.dumps) {
        if (dump.messages.length === 0) continue
        const verdict = verdictCount++ < MOST_VERDICTS ? verdictOf(table, dump, { own }) : null
        if (verdict) verdicts.push(verdict)
      }
      return {
        name,
        verdicts: verdicts.map((verdict) => ({ ...verdict, hot: hotStacks(table, verdict.stacks, own) })),
        verdictCount,
        races: racesOf(table, own).slice(0, MOST_RACES),
        raceCount: table.races.length,
        failures: table.failures,
      }
    }),
  }
}

/** Races of the same two places are one, as they come again and again. */
function racesOf(table: DumpTable, own: readonly string[]): RaceText[] {
  const reader = new StackReader(table, own)
  const known = new Map<string, RaceText>()
  for (const { address, accesses } of table.races) {
    const texts = accesses.map(({ what, goroutine, stack, createdAt }) => {
      const frames = stack < 0 ? [] : reader.frames(stack)
      const created = createdAt < 0 ? [] : reader.frames(createdAt)
      return { what, goroutine, place: reader.nearest(frames) ?? frames.at(-1) ?? null, frames, createdAt: created }
    })
    const key = accesses
      .map(({ what, stack }) => `${what} ${stack}`)
      .sort()
      .join()
    const twin = known.get(key)
    if (twin) twin.times++
    else known.set(key, { address, times: 1, accesses: texts })
  }
  return [...known.values()]
}
