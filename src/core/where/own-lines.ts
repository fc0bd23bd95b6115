/**
 * The lines of the own code that samples are due to: of all samples, or of those of a row of "Where it goes". In profiles
 * that count waiting they are told apart by what is waited for and by where the goroutine began.
 */
import type { Profile } from '../model/profile.ts'
import type { CallPath } from '../query/call-tree.ts'
import { pathToFrame } from '../query/path-rows.ts'
import type { UserCode } from '../zones/user-code.ts'
import type { Partition } from './partition.ts'

export interface OwnLine {
  /** Function (symbol); the leaf, or of waiting the first function of the goroutine, where no own code is on the stack. */
  func: number
  isOwn: boolean
  /** Row of the profile's files, -1 = unknown. */
  file: number
  line: number
  /** To its heaviest box. */
  path: CallPath
  /** By sample type, signed. */
  values: number[]
  /** Of waiting: id of the activity, and the function (symbol) that the goroutine began with; else null. */
  wait: { activity: string; entry: number } | null
  /** Value of the shown sample type in the earlier snapshot; null without one. */
  before: number | null
}

export interface OwnLines {
  /** Heaviest first by the shown sample type, at most MOST_LINES. */
  lines: OwnLine[]
  /** How many there are in all. */
  count: number
}

const MOST_LINES = 40

export interface OwnLinesInput {
  profile: Profile
  partition: Partition
  user: UserCode
  /** Row of sampleTypes by which lines are sorted. */
  sampleType: number
  /** Lines are told apart by what they wait for. */
  byWait: boolean
  /** Which stack rows count; null = all. */
  holds: ((stackRow: number) => boolean) | null
  /** Row of the profile's files. */
  fileRow: (func: number) => number
}

/** A line on its way into the answer. */
interface Found {
  row: number
  frame: number
  isOwn: boolean
  wait: OwnLine['wait']
  values: Float64Array
  heaviest: number
}

export function ownLines(input: OwnLinesInput): OwnLines {
  const { profile, sampleType, fileRow } = input
  const { frames, functions } = profile
  const found = sumLines(input).filter(({ values }) => values[sampleType] !== 0)
  found.sort((a, b) => Math.abs(b.values[sampleType]) - Math.abs(a.values[sampleType]))
  const lines = found.slice(0, MOST_LINES).map(({ row, frame, isOwn, wait, values }): OwnLine => {
    const func = frames.func[frame]
    return {
      func: functions.symbol[func],
      isOwn,
      file: fileRow(func),
      line: frames.line[frame],
      path: pathToFrame(profile, row, frame),
      values: [...values],
      wait,
      before: null,
    }
  })
  return { lines, count: found.length }
}

/** Every line of a profile by the text that names it in another one, with its value of a sample type. */
export function lineValues(input: OwnLinesInput): Map<string, number> {
  const sums = new Map<string, number>()
  const { frames } = input.profile
  for (const { frame, values } of sumLines(input)) {
    const name = lineName(input.profile, frames.func[frame], frames.line[frame])
    sums.set(name, (sums.get(name) ?? 0) + values[input.sampleType])
  }
  return sums
}

/** The same in every profile of a program. */
export function lineName({ functions, strings }: Profile, func: number, line: number): string {
  return `${strings.get(functions.name[func])} ${line}`
}

function sumLines({ profile, partition, user, sampleType, byWait, holds }: OwnLinesInput): Found[] {
  const { samples, stacks, locations, frames, functions } = profile
  const { frameStart } = locations
  const types = samples.value.length
  const lines: Found[] = []
  const byPlace = new Map<string, number>()
  /** By stack row that samples end in: its line, -1 = not asked, -2 = it does not count. */
  const lineOf = new Int32Array(stacks.length).fill(-1)
  const find = (row: number): number => {
    if (holds && !holds(row)) return -2
    const own = row > 0 ? user.nearest(row, frameStart[stacks.location[row] + 1]) : { frame: -1, row: 0 }
    const place = own.frame >= 0 ? own : byWait ? firstFrame(profile, row) : lastFrame(profile, row)
    if (place.frame < 0) return -2
    const activity = byWait ? partition.activities[partition.activityOf(row)] : ''
    const entry = byWait ? functions.symbol[frames.func[firstFrame(profile, row).frame]] : -1
    const key = `${functions.symbol[frames.func[place.frame]]} ${frames.line[place.frame]} ${entry} ${activity}`
    let at = byPlace.get(key)
    if (at === undefined) {
      at = lines.length
      byPlace.set(key, at)
      const wait = byWait ? { activity, entry } : null
      lines.push({ ...place, isOwn: own.frame >= 0, wait, values: new Float64Array(types), heaviest: 0 })
    }
    return at
  }
  for (let s = 0; s < samples.length; s++) {
    const row = samples.stack[s]
    if (row < 0) continue
    if (lineOf[row] === -1) lineOf[row] = find(row)
    const line = lines[lineOf[row]]
    if (!line) continue
    for (let t = 0; t < types; t++) line.values[t] += samples.value[t][s]
    const weight = Math.abs(samples.value[sampleType][s])
    if (weight <= line.heaviest) continue
    line.heaviest = weight
    const own = user.nearest(row, frameStart[stacks.location[row] + 1])
    if (own.frame >= 0) Object.assign(line, own)
  }
  return lines
}

function firstFrame({ stacks, locations }: Profile, row: number): { row: number; frame: number } {
  let first = row
  while (first > 0 && stacks.parent[first] > 0) first = stacks.parent[first]
  return first > 0 ? { row: first, frame: locations.frameStart[stacks.location[first]] } : { row: 0, frame: -1 }
}

function lastFrame({ stacks, locations }: Profile, row: number): { row: number; frame: number } {
  return row > 0 ? { row, frame: locations.frameStart[stacks.location[row] + 1] - 1 } : { row: 0, frame: -1 }
}
