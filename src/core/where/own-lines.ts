/**
 * The lines of the own code that samples are due to: of all samples, or of those of a row of "Where it goes". In profiles
 * that count waiting they are told apart by what is waited for and by where the goroutine began.
 */
import type { Profile } from '../model/profile.ts'
import type { CallPath } from '../query/call-tree.ts'
import { pathToFrame } from '../query/path-rows.ts'
import { lineKey, OwnLineTable } from '../zones/own-line-table.ts'
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
  /** Of its heaviest sample. */
  row: number
  frame: number
  isOwn: boolean
  wait: OwnLine['wait']
  values: number[]
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
      values,
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
  const { samples, stacks } = profile
  const types = samples.value.length
  const places = new Places(profile, user, byWait ? partition : null)
  /** By place, with room for more; -1 = no sample. */
  let values = new Float64Array(types * 1024)
  const heaviest: number[] = []
  const weight: number[] = []
  const column = samples.value[sampleType]
  /** By stack row: 0 = not asked, 1 = it counts, 2 = it does not. */
  const counts = holds ? new Uint8Array(stacks.length) : null
  for (let s = 0; s < samples.length; s++) {
    const row = samples.stack[s]
    if (row <= 0) continue
    if (counts && holds) {
      if (counts[row] === 0) counts[row] = holds(row) ? 1 : 2
      if (counts[row] === 2) continue
    }
    const place = places.of(row)
    if ((place + 1) * types > values.length) {
      const longer = new Float64Array(Math.max((place + 1) * types, 2 * values.length))
      longer.set(values)
      values = longer
    }
    for (let t = 0; t < types; t++) values[place * types + t] += samples.value[t][s]
    const v = Math.abs(column[s])
    if (heaviest[place] !== undefined && v <= weight[place]) continue
    heaviest[place] = row
    weight[place] = v
  }
  return heaviest.flatMap((row, place) =>
    row === undefined ? [] : { ...places.at(row), values: [...values.subarray(place * types, (place + 1) * types)] },
  )
}

/** The places that samples count for, numbered: lines of the own code, where there are none the leaf or the first frame. */
class Places {
  private readonly own: OwnLineTable
  /** Numbers behind those of the own lines, by line or by line and wait. */
  private readonly others = new Map<number | string, number>()

  constructor(
    private readonly profile: Profile,
    user: UserCode,
    /** Of waiting: what tells the reason. */
    private readonly waits: Partition | null,
  ) {
    this.own = new OwnLineTable(profile, user)
  }

  of(row: number): number {
    const own = this.own.of(row)
    if (own >= 0 && !this.waits) return own
    const { frames, functions } = this.profile
    const { frame, wait } = this.at(row)
    const line = lineKey(functions.symbol[frames.func[frame]], frames.line[frame])
    const key = wait ? `${line} ${wait.entry} ${wait.activity}` : line
    let at = this.others.get(key)
    if (at === undefined) {
      at = this.own.length + this.others.size
      this.others.set(key, at)
    }
    return at
  }

  at(row: number): Omit<Found, 'values'> {
    const { waits, profile } = this
    const own = this.own.place(row)
    const first = waits ? firstFrame(profile, row) : null
    const wait = first &&
      waits && {
        activity: waits.activities[waits.activityOf(row)],
        entry: profile.functions.symbol[profile.frames.func[first.frame]],
      }
    const place = own.frame >= 0 ? own : (first ?? lastFrame(profile, row))
    return { ...place, isOwn: own.frame >= 0, wait }
  }
}

/** row: not 0, which is the empty stack. */
function firstFrame({ stacks, locations }: Profile, row: number): { row: number; frame: number } {
  let first = row
  while (stacks.parent[first] > 0) first = stacks.parent[first]
  return { row: first, frame: locations.frameStart[stacks.location[first]] }
}

function lastFrame({ stacks, locations }: Profile, row: number): { row: number; frame: number } {
  return { row, frame: locations.frameStart[stacks.location[row] + 1] - 1 }
}
