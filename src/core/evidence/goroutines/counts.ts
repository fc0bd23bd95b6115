/** What a dump counts. */
import type { DumpTable } from './dump.ts'

export interface DumpCounts {
  goroutines: number
  /** The one that is printed first, null = none. */
  first_goroutine: number | null
  states: Record<string, number>
  created_by: Record<string, number>
  message_lines: string[]
  /** Frames left out, by goroutine in which some are. */
  elided: number[]
}

export function dumpCounts(tables: readonly DumpTable[]): DumpCounts {
  const states = new Map<string, number>()
  const createdBy = new Map<string, number>()
  const goroutines = tables.flatMap((table) => table.goroutines.map((goroutine) => ({ goroutine, table })))
  for (const { goroutine, table } of goroutines) {
    add(states, goroutine.state)
    if (goroutine.createdBy >= 0) add(createdBy, table.frames[goroutine.createdBy].func)
  }
  return {
    goroutines: goroutines.length,
    first_goroutine: goroutines[0]?.goroutine.id ?? null,
    states: byCount(states),
    created_by: byCount(createdBy),
    message_lines: tables.flatMap(({ dumps }) => dumps.flatMap(({ messages }) => messages)),
    elided: goroutines.flatMap(({ goroutine }) => (goroutine.elided === 0 ? [] : [goroutine.elided])),
  }
}

const add = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1)

const byCount = (counts: Map<string, number>) =>
  Object.fromEntries([...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)))
