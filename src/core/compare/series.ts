/**
 * Three snapshots of one program and more, in the order of their times: what grows, how fast, and how certain that is.
 * Works on a united profile (unite.ts), whatever a query left of it.
 */
import { IntColumn } from '../model/columns.ts'
import type { ProfileKind } from '../model/kind.ts'
import type { Profile } from '../model/profile.ts'
import type { SampleTypeRow } from '../model/rows.ts'
import { isText } from '../query/labels.ts'
import { isSampled, rawSamples } from '../query/sampling.ts'
import { OwnLineTable } from '../zones/own-line-table.ts'
import { UserCode } from '../zones/user-code.ts'
import { deepestGrowing } from './growing-paths.ts'
import { type Growth, growthOf, type Span } from './growth.ts'
import { ListTable } from './intern.ts'
import { type KeyPaths, keyPaths } from './key-paths.ts'
import { capturesOf, isCounter, measuredPoints, pointsOf, type SeriesPoint } from './series-points.ts'
import { type Charges, ofKey, type SourceSums, sumBySource, sumRows } from './source-sums.ts'
import { trendOf } from './trend.ts'
import { sourceCount } from './unite.ts'

export interface SeriesOptions {
  sampleType: SampleTypeRow
  kind: ProfileKind
  /** Import paths of the user's own code. */
  own: readonly string[]
  /** A total that must not be reached, in the unit of the sample type: a memory limit, say. */
  limit?: number
}

/** Of values at the points of SeriesAnswer.measured. */
export interface SeriesTrend {
  first: number
  last: number
  /** In the unit of the sample type; null where files say no times. */
  slopePerMinute: number | null
  slopePerStep: number
  /** Steps that grew, of all. */
  grew: number
  of: number
  /** Kendall's tau, and the part of all orders of the values that rise as much: trend.ts. */
  tau: number
  chance: number
  /** Minutes after the last point when the total reaches the limit if only this goes on growing; null = no limit, no times, or never. */
  minutesToLimit: number | null
}

export interface Grower extends SeriesTrend {
  /** A function, a line ("main.load decode.go:49") or a value of a label ("route=/orders"). */
  name: string
  /** Of the growth of the total; null where that does not grow. */
  share: number | null
  /** Grown by less than once in twenty times by chance: growth.ts. */
  certain: boolean
  /** By row of SeriesAnswer.points. */
  values: number[]
  /** Samples that have a value at the last point that is measured. */
  samples: number
  /** In-use memory: what stayed of what was allocated meanwhile in the same place, 0 to 1; null where nobody counts it. */
  kept: number | null
  /** The user's line that it is charged to. */
  line: OwnLine | null
}

export interface PathGrower extends Grower {
  /** Function names, root first. `name` is the function of `line`, or the last of the path. */
  path: string[]
}

export interface OwnLine {
  func: string
  file: string
  line: number
}

export interface ChangingPart {
  /** A function. */
  name: string
  /** What ends in it, by row of points. */
  flat: number[]
}

export interface SeriesAnswer {
  sampleType: SampleTypeRow
  /** In time order; where fewer than three files say a time, in the order of the sources. */
  points: SeriesPoint[]
  /** Runs of the process: 1 where it was never started anew. */
  runs: number
  /** Rows of points that growth is measured at: those of the last run that has three. Empty where none has. */
  measured: number[]
  /** False: files do not say when they were taken, and slopes are per step. */
  timed: boolean
  /** How many points there are of each leftOut. */
  sameInstant: number
  noTime: number
  differences: number
  /** What is measured is of durations that differ, of which values depend: CPU time, differences of snapshots. */
  durationsDiffer: boolean
  /** Of the total; null where nothing is measured. grows: certainly. */
  total: (SeriesTrend & { grows: boolean }) | null
  /**
   * Steepest first, MOST_GROWERS of each at most. Paths: the deepest ones that explain what grows; below the user's own code they
   * end where it spreads. Functions and lines: every sample is charged to the user's line nearest to its leaf, without one to
   * its leaf function, so that no growth is told twice. Labels: those with texts.
   */
  growers: PathGrower[]
  functions: Grower[]
  lines: Grower[]
  labels: Grower[]
  /** How many more there are of each. */
  more: { growers: number; functions: number; lines: number; labels: number }
  /** The functions that change most, by the size of the change, and all others; they add up to the total at every point. */
  parts: ChangingPart[]
  rest: number[]
}

export const MOST_GROWERS = 50
const MOST_PARTS = 8
/** Captures of 30 s take some hundredths of a second more or less. */
const SAME_DURATION = 1.05
const MS_PER_MINUTE = 60_000
/**
 * What is listed has grown by a fifth of what it was, or is a tenth of all growth; and it is a hundredth of all growth and a
 * thousandth of the total.
 */
const LEAST_GROWTH = 0.2
const LEAST_PART = 0.1
const LEAST_SHARE = 0.01
const LEAST_OF_TOTAL = 0.001
/** Of what a path grew by: the line that is blamed for it must have grown by as much. */
const BLAMED = 0.5

/**
 * profile: united, with the values of its sources as they were measured (a query may have filtered it; sides of a comparison are another
 * thing). The answer is plain data of names and numbers, whose size does not grow with the profile. Values are in the unit of the sample type.
 */
export function followSeries(profile: Profile, options: SeriesOptions): SeriesAnswer {
  const { sampleType, kind } = options
  const points = pointsOf(profile, kind)
  const captures = capturesOf(profile)
  const measured = measuredPoints(points)
  const lengths = measured.map((row) => Number(captures[points[row].source].durationNs))
  const count = (why: SeriesPoint['leftOut']) => points.filter(({ leftOut }) => leftOut === why).length
  const timed = points.every(({ time, leftOut }) => time !== null || leftOut !== null)
  const series = new Series(profile, options, points, measured, timed)
  return {
    sampleType,
    points,
    runs: points.reduce((most, { run }) => Math.max(most, run + 1), 0),
    measured,
    timed,
    sameInstant: count('same-instant'),
    differences: count('difference'),
    noTime: timed ? count('no-time') : captures.filter(({ timeNs }) => timeNs <= 0n).length,
    durationsDiffer: Math.min(...lengths) > 0 && Math.max(...lengths) > SAME_DURATION * Math.min(...lengths),
    ...series.answer(),
  }
}

/** What one set of keys holds at all points. */
interface Sums {
  value: SourceSums
  samples: SourceSums
  variance: SourceSums
  /** Of what was allocated, where the values are what is in use. */
  allocated: SourceSums | null
}

class Series {
  private readonly span: Span
  private readonly place: Int32Array
  private readonly variance: Float64Array
  /** 1 for each sample that has a value. */
  private readonly counts: Float64Array
  private readonly allocated: Float64Array | null
  private readonly totals: number[]
  /** By stack row, of the samples that end in it. */
  private readonly rows: Sums
  private readonly total: Growth | null
  private readonly grown: number

  constructor(
    private readonly profile: Profile,
    private readonly options: SeriesOptions,
    points: readonly SeriesPoint[],
    private readonly measured: readonly number[],
    private readonly timed: boolean,
  ) {
    const { samples, sampleTypes } = profile
    const { kind, sampleType } = options
    const { type } = sampleTypes[sampleType]
    const start = points[measured[0]]?.time ?? 0
    this.span = {
      x: measured.map((row, i) => (timed ? ((points[row].time ?? 0) - start) / MS_PER_MINUTE : i)),
      cumulative: isCounter(type) && capturesOf(profile).every(({ durationNs }) => durationNs === 0n),
      errorsKnown: true,
    }
    const errors = rawSamples(profile, kind, sampleType)
    this.span.errorsKnown = errors !== null || !(isSampled(kind) || kind === 'mutex' || kind === 'block')
    this.variance = errors?.variance ?? new Float64Array(samples.length)
    this.counts = samples.value[sampleType].map((v) => Number(v !== 0))
    const inuse = /^inuse_(.*)$/.exec(type)?.[1]
    const counterpart = inuse === undefined ? -1 : sampleTypes.findIndex((t) => t.type === `alloc_${inuse}`)
    this.allocated = samples.value[counterpart] ?? null
    this.place = new Int32Array(sourceCount(profile))
    points.forEach(({ source }, row) => {
      this.place[source] = row
    })
    this.totals = points.map(({ totals }) => totals[sampleType])
    this.rows = this.sums({ key: samples.stack, keys: profile.stacks.length })
    const everything = this.sumsOfRows(new Int32Array(profile.stacks.length), 1)
    const of = (sums: SourceSums) => this.at(ofKey(sums, 0))
    this.total = measured.length > 0 ? growthOf(this.span, of(everything.value), of(everything.variance)) : null
    this.grown = this.total ? this.total.last - this.total.first : 0
  }

  answer() {
    const { measured, span } = this
    const { parts, rest } = this.parts()
    if (measured.length === 0) {
      const none = { growers: [], functions: [], lines: [], labels: [] }
      return { total: null, ...none, more: { growers: 0, functions: 0, lines: 0, labels: 0 }, parts, rest }
    }
    const values = this.at(this.totals)
    const trend = trendOf(span.x, values)
    const total = {
      ...this.trend({ ...trend, first: values[0], last: values[values.length - 1] }),
      grows: this.total?.certain ?? false,
    }
    const user = new UserCode(this.profile, this.options.own)
    const lines = new OwnLineTable(this.profile, user)
    const all = {
      growers: this.paths(lines, user),
      functions: this.functions(lines),
      lines: this.lines(lines),
      labels: this.labels(),
    }
    const most = <T extends Grower>(list: T[]): T[] => {
      list.sort((a, b) => b.slopePerStep - a.slopePerStep)
      return list.slice(0, MOST_GROWERS)
    }
    const more = (list: readonly Grower[]) => Math.max(0, list.length - MOST_GROWERS)
    return {
      total,
      growers: most(all.growers),
      functions: most(all.functions),
      lines: most(all.lines),
      labels: most(all.labels),
      more: {
        growers: more(all.growers),
        functions: more(all.functions),
        lines: more(all.lines),
        labels: more(all.labels),
      },
      parts,
      rest,
    }
  }

  private sums(charges: Charges): Sums {
    const { samples } = this.profile
    const of = (column: Float64Array) => sumBySource(samples, charges, column, this.place)
    return {
      value: of(samples.value[this.options.sampleType]),
      samples: of(this.counts),
      variance: of(this.variance),
      allocated: this.allocated && of(this.allocated),
    }
  }

  /** key: by stack row. */
  private sumsOfRows(key: Int32Array, keys: number): Sums {
    const { value, samples, variance, allocated } = this.rows
    const of = (sums: SourceSums) => sumRows(sums, key, keys)
    return { value: of(value), samples: of(samples), variance: of(variance), allocated: allocated && of(allocated) }
  }

  /** What each stack row is charged to; the empty stack to nothing. */
  private chargedTo(key: (row: number) => number): Int32Array {
    const charged = new Int32Array(this.profile.stacks.length)
    charged[0] = -1
    for (let row = 1; row < charged.length; row++) charged[row] = key(row)
    return charged
  }

  private leaf(row: number): number {
    const { stacks, locations } = this.profile
    return locations.frameStart[stacks.location[row] + 1] - 1
  }

  private symbolOf(frame: number): number {
    const { frames, functions } = this.profile
    return functions.symbol[frames.func[frame]]
  }

  /** The numbers of the points that are measured. */
  private at(numbers: ArrayLike<number>): Float64Array {
    const { measured } = this
    const out = new Float64Array(measured.length)
    for (let i = 0; i < out.length; i++) out[i] = numbers[measured[i]]
    return out
  }

  private judge(values: Float64Array, variance: Float64Array): Growth | null {
    const before = values[this.measured[0]]
    const total = this.totals[this.measured[this.measured.length - 1]]
    const large = Math.min(
      LEAST_GROWTH * Math.abs(before),
      this.total ? LEAST_PART * this.grown : Number.POSITIVE_INFINITY,
    )
    const least = Math.max(large, LEAST_SHARE * this.grown, LEAST_OF_TOTAL * Math.abs(total))
    // Most keys end here.
    if (values[this.measured[this.measured.length - 1]] - before < least) return null
    return growthOf(this.span, this.at(values), this.at(variance))
  }

  private trend({ slope, first, last, grew, of, tau, chance }: Omit<Growth, 'certain'>): SeriesTrend {
    const { x } = this.span
    const { limit } = this.options
    const total = this.totals[this.measured[this.measured.length - 1]]
    const reaches = limit !== undefined && this.timed && (slope > 0 || total >= limit)
    return {
      first,
      last,
      slopePerMinute: this.timed ? slope : null,
      slopePerStep: (slope * (x[x.length - 1] - x[0])) / of,
      grew,
      of,
      tau,
      chance,
      minutesToLimit: reaches ? Math.max(0, (limit - total) / slope) : null,
    }
  }

  private grower(sums: Sums, key: number, growth: Growth, name: string, line: OwnLine | null): Grower {
    const grown = growth.last - growth.first
    const allocated = sums.allocated && this.at(ofKey(sums.allocated, key))
    const made = allocated ? allocated[allocated.length - 1] - allocated[0] : 0
    return {
      name,
      ...this.trend(growth),
      share: this.total ? grown / this.grown : null,
      certain: growth.certain,
      values: [...ofKey(sums.value, key)],
      samples: ofKey(sums.samples, key)[this.measured[this.measured.length - 1]],
      kept: made > 0 ? grown / made : null,
      line,
    }
  }

  /** Of each key that grows. */
  private growersOf(sums: Sums, keys: number, name: (key: number) => string, line: (key: number) => OwnLine | null) {
    const found: Grower[] = []
    for (let key = 0; key < keys; key++) {
      const growth = this.judge(ofKey(sums.value, key), ofKey(sums.variance, key))
      if (growth) found.push(this.grower(sums, key, growth, name(key), line(key)))
    }
    return found
  }

  private readonly nameOf = (func: number) => this.profile.strings.get(this.profile.functions.name[func])

  private ownLine(frame: number): OwnLine {
    const { frames, functions, strings } = this.profile
    const func = frames.func[frame]
    return { func: this.nameOf(func), file: strings.get(functions.file[func]), line: frames.line[frame] }
  }

  private functions(lines: OwnLineTable): Grower[] {
    const { length } = this.profile.functions
    const key = this.chargedTo((row) => {
      const line = lines.of(row)
      return this.symbolOf(line >= 0 ? lines.frame[line] : this.leaf(row))
    })
    return this.growersOf(this.sumsOfRows(key, length), length, this.nameOf, () => null)
  }

  private lines(lines: OwnLineTable): Grower[] {
    const key = this.chargedTo((row) => lines.of(row))
    const line = (key: number) => this.ownLine(lines.frame[key])
    const name = (key: number) => {
      const { func, file, line: at } = line(key)
      return `${func} ${file.slice(file.lastIndexOf('/') + 1)}:${at}`
    }
    return this.growersOf(this.sumsOfRows(key, lines.length), lines.length, name, line)
  }

  /** A sample is charged to each text that it bears. */
  private labels(): Grower[] {
    const { samples, strings } = this.profile
    const { labels } = samples
    if (!labels) return []
    const sample = new IntColumn()
    const key = new IntColumn()
    const pairs = new ListTable()
    const pair = new Int32Array(2)
    for (let s = 0; s < samples.length; s++) {
      for (let l = labels.start[s]; l < labels.start[s + 1]; l++) {
        if (!isText(labels, l)) continue
        pair[0] = labels.key[l]
        pair[1] = labels.str[l]
        sample.push(s)
        key.push(pairs.row(pair))
      }
    }
    const keys = pairs.length
    const name = (row: number) => Array.from(pairs.list(row), (text) => strings.get(text)).join('=')
    return this.growersOf(this.sums({ key: key.finish(), keys, sample: sample.finish() }), keys, name, () => null)
  }

  private paths(lines: OwnLineTable, user: UserCode): PathGrower[] {
    const { frames, functions } = this.profile
    const paths = keyPaths(
      this.profile,
      frames.func.map((func) => functions.symbol[func]),
    )
    const sums = this.sumsOfRows(paths.of, paths.length)
    for (const each of [sums.value, sums.samples, sums.variance, sums.allocated]) if (each) addToCallers(each, paths)
    const isOwn = (path: number) => path > 0 && user.is(paths.key[path])
    const listed = deepestGrowing(paths, isOwn, sums, (values, variance) => this.judge(values, variance))
    const lineOf = this.blamed(listed, paths, lines)
    return [...listed].map(([path, growth]) => {
      const names: string[] = []
      for (let p = path; p > 0; p = paths.parent[p]) names.push(this.nameOf(paths.key[p]))
      names.reverse()
      const line = lineOf.get(path) ?? null
      return { path: names, ...this.grower(sums, path, growth, line?.func ?? names.at(-1) ?? '', line) }
    })
  }

  /** Of each path the user's line that most of its growth is charged to. */
  private blamed(listed: ReadonlyMap<number, Growth>, paths: KeyPaths, lines: OwnLineTable): Map<number, OwnLine> {
    const listedAbove = new Int32Array(paths.length).fill(-1)
    for (let p = 0; p < paths.length; p++) {
      listedAbove[p] = listed.has(p) ? p : p > 0 ? listedAbove[paths.parent[p]] : -1
    }
    const [first, last] = [this.measured[0], this.measured[this.measured.length - 1]]
    const grown = new Map<number, Map<number, number>>()
    for (let row = 1; row < paths.of.length; row++) {
      const path = listedAbove[paths.of[row]]
      const line = path >= 0 ? lines.of(row) : -1
      if (line < 0) continue
      const values = ofKey(this.rows.value, row)
      const ofPath = grown.get(path) ?? new Map<number, number>()
      grown.set(path, ofPath.set(line, (ofPath.get(line) ?? 0) + values[last] - values[first]))
    }
    const blamed = new Map<number, OwnLine>()
    for (const [path, ofPath] of grown) {
      const { first, last } = listed.get(path) as Growth
      const [line, most] = [...ofPath].reduce((a, b) => (b[1] > a[1] ? b : a))
      if (most >= BLAMED * (last - first)) blamed.set(path, this.ownLine(lines.frame[line]))
    }
    return blamed
  }

  private parts(): { parts: ChangingPart[]; rest: number[] } {
    const { functions } = this.profile
    const key = this.chargedTo((row) => this.symbolOf(this.leaf(row)))
    const flat = sumRows(this.rows.value, key, functions.length)
    const changes: { func: number; change: number }[] = []
    for (let func = 0; func < functions.length; func++) {
      const values = ofKey(flat, func)
      const change =
        values.reduce((most, v) => Math.max(most, v), values[0]) -
        values.reduce((least, v) => Math.min(least, v), values[0])
      if (change > 0) changes.push({ func, change })
    }
    changes.sort((a, b) => b.change - a.change)
    const parts = changes
      .slice(0, MOST_PARTS)
      .map(({ func }) => ({ name: this.nameOf(func), flat: [...ofKey(flat, func)] }))
    const rest = this.totals.map((total, row) => parts.reduce((left, part) => left - part.flat[row], total))
    return { parts, rest }
  }
}

/** From the values that end in a path to those that pass through it. */
function addToCallers({ places, sums }: SourceSums, { parent, length }: KeyPaths): void {
  for (let path = length - 1; path > 0; path--) {
    for (let p = 0; p < places; p++) sums[parent[path] * places + p] += sums[path * places + p]
  }
}
