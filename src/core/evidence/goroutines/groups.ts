/** Goroutines by stack: a row for each stack and line that started them. */
import type { DumpFrame, DumpTable, Goroutine } from './dump.ts'

export interface GroupRequest {
  /** Plain text that a function, file, state, label or creator holds; '' = all. */
  text: string
  most: number
}

export interface GoroutineGroup {
  count: number
  states: readonly { state: string; count: number }[]
  /** Minutes, 0 = less than one or not said. */
  longest: number
  createdBy: DumpFrame | null
  /** The innermost call first. */
  frames: readonly DumpFrame[]
  elided: number
  /** Of goroutines, at most MOST_IDS. */
  ids: readonly number[]
  labels: readonly (readonly [key: string, value: string])[]
}

export interface GoroutineGroups {
  /** Largest first. */
  rows: readonly GoroutineGroup[]
  /** In all and in `rows`, groups and goroutines. */
  groups: number
  matching: number
  goroutines: number
  matchingGoroutines: number
}

const MOST_IDS = 20

interface Group extends Omit<GoroutineGroup, 'states' | 'ids' | 'labels'> {
  states: Map<string, number>
  ids: number[]
  labels: Map<string, readonly [string, string]>
}

export function groupGoroutines(tables: readonly DumpTable[], { text, most }: GroupRequest): GoroutineGroups {
  const groups: Group[] = []
  for (const table of tables) addGroups(groups, table)
  const wanted = text.trim().toLowerCase()
  const found = wanted === '' ? groups : groups.filter((group) => searched(group).includes(wanted))
  found.sort((a, b) => b.count - a.count || b.longest - a.longest)
  const sum = (all: readonly Group[]) => all.reduce((total, { count }) => total + count, 0)
  return {
    rows: found.slice(0, most).map((group) => ({
      ...group,
      states: [...group.states]
        .map(([state, count]) => ({ state, count }))
        .sort((a, b) => b.count - a.count || (a.state < b.state ? -1 : 1)),
      labels: [...group.labels.values()],
    })),
    groups: groups.length,
    matching: found.length,
    goroutines: sum(groups),
    matchingGoroutines: sum(found),
  }
}

function addGroups(groups: Group[], table: DumpTable): void {
  const known = new Map<string, Group>()
  for (const goroutine of table.goroutines) {
    const key = `${goroutine.stack} ${goroutine.createdBy}`
    let group = known.get(key)
    if (!group) {
      group = newGroup(table, goroutine)
      known.set(key, group)
      groups.push(group)
    }
    group.count++
    group.states.set(goroutine.state, (group.states.get(goroutine.state) ?? 0) + 1)
    group.longest = Math.max(group.longest, goroutine.minutes)
    if (group.ids.length < MOST_IDS) group.ids.push(goroutine.id)
    for (const label of goroutine.labels) if (group.labels.size < MOST_IDS) group.labels.set(label.join('\0'), label)
  }
}

function newGroup({ frames, stacks }: DumpTable, { createdBy, stack, elided }: Goroutine): Group {
  return {
    count: 0,
    states: new Map(),
    longest: 0,
    createdBy: createdBy < 0 ? null : frames[createdBy],
    frames: stacks[stack].map((row) => frames[row]),
    elided,
    ids: [],
    labels: new Map(),
  }
}

function searched({ frames, createdBy, states, labels }: Group): string {
  const places = createdBy ? [...frames, createdBy] : frames
  return [
    ...places.map(({ func, file, line }) => `${func} ${file}:${line}`),
    ...states.keys(),
    ...[...labels.values()].map((label) => label.join('=')),
  ]
    .join('\n')
    .toLowerCase()
}
