/** A lane of a timeline, and how it is written in links. */

/** What a group gathers: goroutines by the function that they began with; tasks, and goroutines in regions, by name. */
export type GroupKind = 'goroutines' | 'tasks' | 'regions'

const FIXED = ['collections', 'pauses', 'assists', 'sweeps', 'heap', 'running'] as const

export type Lane =
  /** Collections, stopped worlds, goroutines that help the collector, sweeping on any processor, the heap and its goal; all that runs. */
  | { kind: (typeof FIXED)[number] }
  /** What runs on a processor; row: of Timeline.processors. */
  | { kind: 'processor'; row: number }
  /** All members of a group together. */
  | { kind: 'group'; of: GroupKind; group: number }
  /** One of them; member: index into Groups.member. */
  | { kind: 'member'; of: GroupKind; group: number; member: number }

/** The same text for the same lane. */
export function laneKey(lane: Lane): string {
  if (lane.kind === 'processor') return `p${lane.row}`
  if (lane.kind === 'group') return `${lane.of}${lane.group}`
  if (lane.kind === 'member') return `${lane.of}${lane.group}/${lane.member}`
  return lane.kind
}

/** The lane of a text that laneKey() made; null for any other text. */
export function parseLaneKey(key: string): Lane | null {
  const [, row] = /^p(\d{1,6})$/.exec(key) ?? []
  if (row !== undefined) return { kind: 'processor', row: Number(row) }
  const [, of, group, member] = /^(goroutines|tasks|regions)(\d{1,9})(?:\/(\d{1,9}))?$/.exec(key) ?? []
  if (group !== undefined) {
    const place = { of: of as GroupKind, group: Number(group) }
    return member === undefined ? { kind: 'group', ...place } : { kind: 'member', ...place, member: Number(member) }
  }
  const fixed = FIXED.find((kind) => kind === key)
  return fixed ? { kind: fixed } : null
}

/** Which table of the trace a lane shows one row after the other of; null: it shows how many there are at once, or sizes. */
export function tableOf(lane: Lane): 'interval' | 'range' | null {
  if (lane.kind === 'processor') return 'interval'
  if (lane.kind === 'member') return lane.of === 'goroutines' ? 'interval' : 'range'
  return lane.kind === 'collections' || lane.kind === 'pauses' || lane.kind === 'sweeps' ? 'range' : null
}
