/** `hotzone series FILE…`: what grows over three snapshots of one program and more, as Markdown and as JSON. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { isSameProgram } from '../core/compare/same-program.ts'
import { followSeries, type Grower, type PathGrower, type SeriesAnswer } from '../core/compare/series.ts'
import { parseLimit } from '../core/compare/series-limit.ts'
import { MOST_SOURCES, unite } from '../core/compare/unite.ts'
import { FormatError } from '../core/formats/format-error.ts'
import { readProfile } from '../core/formats/index.ts'
import { readImportPaths } from '../core/model/go-name.ts'
import { type ProfileKind, profileKind } from '../core/model/kind.ts'
import { ownPaths } from '../core/model/own-paths.ts'
import type { Profile, ValueType } from '../core/model/profile.ts'
import { UsageError } from '../core/query/command-line.ts'
import { dropFrames } from '../core/query/drop-frames.ts'
import { tellNotes } from './notes.ts'
import { seriesAsMarkdown } from './series-markdown.ts'
import { localFiles, sourceHelp, sourceOptions } from './sources.ts'

const LEAST_FILES = 3

const help = `Usage: hotzone series FILE... [--type TYPE] [--limit AMOUNT] [--own PATH,...] [--json]

Reads ${LEAST_FILES} to ${MOST_SOURCES} profiles of one program, of one kind, in the order of their times, and says what grows: how fast, in how
many of the steps, whether that is certain, and which line of your code it is charged to. Where a counter falls the process was
started anew, and slopes are of the last run. --limit (2GiB) says when that much is reached at this pace. --own names the
import paths of your own code; without it the profiles tell them. Exits with 1 when a file cannot be read, 2 when there is
no series.
${sourceHelp}`

interface Snapshot {
  /** As it is named in the answer. */
  file: string
  profile: Profile
  kind: ProfileKind
}

/** What --json prints. */
interface JsonSeries {
  sampleType: string
  unit: string
  /** time: as ISO 8601; null = the file does not say, and then slopes are null too. run: -1 = left out. */
  points: { file: string; time: string | null; total: number; run: number; leftOut: string | null }[]
  total: SeriesAnswer['total']
  growers: PathGrower[]
  functions: Grower[]
  lines: Grower[]
  labels: Grower[]
  /** How many more there are of each. */
  more: SeriesAnswer['more']
  runs: number
  /** Rows of points that slopes are of. */
  measured: number[]
  parts: SeriesAnswer['parts']
  rest: number[]
  limit: number | null
}

/** Resolves to the exit code. */
export async function series(args: readonly string[], print = (text: string) => process.stdout.write(text)) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      type: { type: 'string' },
      limit: { type: 'string' },
      own: { type: 'string' },
      ...sourceOptions,
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help || positionals.length === 0) {
    print(help)
    return values.help ? 0 : 2
  }
  if (positionals.length < LEAST_FILES || positionals.length > MOST_SOURCES) {
    throw new UsageError(`A series has ${LEAST_FILES} to ${MOST_SOURCES} profiles, not ${positionals.length}.`)
  }
  const given = values.own === undefined ? undefined : readImportPaths(values.own)
  if (given === null) throw new UsageError(`--own takes import paths with commas between, not "${values.own}".`)
  const { snapshots, unread } = await readAll(await localFiles(positionals, values))
  if (snapshots.length < LEAST_FILES) {
    throw new UsageError(`A series has ${LEAST_FILES} profiles at least; ${snapshots.length} can be read.`)
  }
  const latest = snapshots.at(-1) as Snapshot
  const own = given ?? ownPaths(latest.profile)
  checkKinds(snapshots)
  tellPrograms(snapshots)
  const { profile } = unite(snapshots.map((snapshot) => snapshot.profile))
  const sampleType = typeRow(profile, values.type)
  const valueType = profile.sampleTypes[sampleType] as ValueType
  const limit = values.limit === undefined ? undefined : limitOf(values.limit, valueType)
  const answer = followSeries(profile, {
    sampleType,
    kind: latest.kind,
    own,
    ...(limit === undefined ? {} : { limit }),
  })
  const files = snapshots.map(({ file }) => file)
  print(
    values.json
      ? `${JSON.stringify(asJson(answer, files, valueType, limit ?? null), null, 2)}\n`
      : seriesAsMarkdown(answer, files, valueType, latest.kind, limit),
  )
  return unread > 0 ? 1 : 0
}

/** What cannot be read is said, and the rest is read. */
async function readAll(paths: readonly string[]): Promise<{ snapshots: Snapshot[]; unread: number }> {
  const names = paths.map((path) => basename(path))
  const isClear = new Set(names).size === names.length
  const snapshots: Snapshot[] = []
  for (const [i, path] of paths.entries()) {
    const file = isClear ? (names[i] as string) : path
    try {
      const { profile } = await readProfile(new Blob([readFileSync(path)]), { seed: 1 })
      tellNotes(file, profile.meta.notes)
      const shown = await dropFrames(profile)
      snapshots.push({ file, profile: shown, kind: profileKind(shown) })
    } catch (error) {
      const { code: why } = error as NodeJS.ErrnoException
      if (!(error instanceof FormatError) && typeof why !== 'string') throw error
      const told = error instanceof FormatError ? `is no profile: ${error.message}` : `cannot be read (${why}).`
      process.stderr.write(`hotzone: ${file} ${told} It is left out.\n`)
    }
  }
  return { snapshots, unread: paths.length - snapshots.length }
}

/** A heap profile and an allocs profile hold the same. */
const family = (kind: ProfileKind) => (kind === 'allocs' ? 'heap' : kind)

function checkKinds(snapshots: readonly Snapshot[]): void {
  const [first, ...rest] = snapshots
  const other = rest.find(({ kind }) => family(kind) !== family(first?.kind ?? 'other'))
  if (!first || !other) return
  throw new UsageError(
    `A series is of one kind of profile: ${first.file} is of kind ${first.kind}, ${other.file} of kind ${other.kind}.`,
  )
}

function tellPrograms(snapshots: readonly Snapshot[]): void {
  const latest = snapshots.at(-1) as Snapshot
  for (const { file, profile } of snapshots) {
    if (isSameProgram(profile, latest.profile) !== false) continue
    process.stderr.write(
      `hotzone: ${file} and ${latest.file} seem to be of different programs: they share few functions. What one alone has looks like growth.\n`,
    )
  }
}

function typeRow({ sampleTypes, defaultSampleType }: Profile, wanted: string | undefined): number {
  if (wanted === undefined) return defaultSampleType
  const row = sampleTypes.findIndex(({ type }) => type === wanted)
  if (row >= 0) return row
  throw new UsageError(
    `The profiles have no sample type "${wanted}"; they have ${sampleTypes.map((t) => t.type).join(', ')}.`,
  )
}

function limitOf(text: string, { type, unit }: ValueType): number {
  const limit = parseLimit(text, unit)
  if (limit !== null) return limit
  throw new UsageError(
    `--limit takes an amount of ${type} such as ${unit === 'bytes' ? '2GiB' : '1000'}, not "${text}".`,
  )
}

function asJson(answer: SeriesAnswer, files: readonly string[], type: ValueType, limit: number | null): JsonSeries {
  const { points, total, growers, functions, lines, labels, more, runs, measured, parts, rest, sampleType } = answer
  return {
    sampleType: type.type,
    unit: type.unit,
    points: points.map(({ source, time, totals, run, leftOut }) => ({
      file: files[source] as string,
      time: time === null ? null : new Date(time).toISOString(),
      total: totals[sampleType] as number,
      run,
      leftOut,
    })),
    total,
    growers,
    functions,
    lines,
    labels,
    more,
    runs,
    measured,
    parts,
    rest,
    limit,
  }
}
