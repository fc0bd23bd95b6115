/** A document of everything about one program: reads its files one after the other, keeps what the story is told from. */
import { isBenchmarkText } from '../core/benchmark/detect.ts'
import { BENCHMARK } from '../core/benchmark/document.ts'
import { areOneProgram, ownFunctions, type ProgramSigns } from '../core/compare/same-program.ts'
import { COMPARISON, documentId, INVESTIGATION, MOST_SOURCES } from '../core/documents/document.ts'
import { headOf } from '../core/documents/head.ts'
import { MAX_RAW_BYTES, type ReadOptions } from '../core/formats/index.ts'
import { unpack } from '../core/formats/unpack.ts'
import type { ProfileKind } from '../core/model/kind.ts'
import { Strings } from '../core/model/strings.ts'
import { chartsOf } from '../core/story/charts.ts'
import type { InvestigationInfo, StoryAnswer, StoryRequest } from '../core/story/document.ts'
import type { AfterFact, Facts, Line, LineFact, ProfileFact, SeriesFact, StoryFile } from '../core/story/facts.ts'
import { tellStory } from '../core/story/story.ts'
import { isExecutionTrace } from '../core/trace/head.ts'
import { Engine } from './engine.ts'
import { EngineFailure } from './failure.ts'
import { isEvidenceText } from './kinds/evidence.ts'
import type { HeldDocument } from './kinds/kind.ts'
import { knownError } from './known-error.ts'
import type { EngineError, OpenRequest, ProfileInfo, Progress } from './protocol.ts'
import { crashesOf, escapesOf, memoryOf, type ReadText } from './story-evidence.ts'
import type { ReadTrace } from './story-traces.ts'

type Source = OpenRequest['sources'][number]

type Options = Partial<ReadOptions>

/** Lines and causes of one profile that the story may need. */
const MOST_LINES = 8
const MOST_CAUSES = 12
const MOST_GROWERS = 6

/** What the story asks of profiles of a kind. */
const ASKED: Partial<Record<ProfileKind, readonly string[]>> = {
  heap: ['inuse_space', 'alloc_space'],
  allocs: ['alloc_space', 'inuse_space'],
  cpu: ['cpu'],
  mutex: ['delay'],
  block: ['delay'],
  goroutine: ['goroutine'],
}

/** A profile that was read: what it says of itself, and its file. */
interface ReadProfile {
  row: number
  source: Source
  info: ProfileInfo
  signs: ProgramSigns
  /** Holds it; null = it was let go, since a later one of its kind was read. */
  engine: Engine | null
}

export interface Investigation {
  facts: Facts
  failed: { name: string; error: EngineError }[]
  sourceIds: string[]
}

/** Reads what there is. A file that cannot be read is named, as long as there is one that can. Throws EngineFailure. */
export async function investigate(
  sources: readonly Source[],
  onProgress: (progress: Progress) => void,
  options?: Options,
): Promise<Investigation> {
  const files: StoryFile[] = []
  const failed: Investigation['failed'] = []
  const profiles: ReadProfile[] = []
  const texts: ReadText[] = []
  const traces: (ReadTrace & { row: number })[] = []
  const totalBytes = sources.reduce((sum, { file }) => sum + file.size, 0)
  let bytes = 0
  for (const [row, source] of sources.entries()) {
    const unread: StoryFile = { name: source.name, id: '', kinds: [], time: null, isOther: false }
    try {
      files.push(await readOne(row, source))
    } catch (thrown) {
      const error = knownError(thrown)
      if (!error) throw thrown
      failed.push({ name: source.name, error })
      files.push(unread)
    }
    bytes += source.file.size
    onProgress({ stage: 'decode', share: totalBytes > 0 ? bytes / totalBytes : 1, bytes, totalBytes })
  }

  async function readOne(row: number, source: Source): Promise<StoryFile> {
    const { name } = source
    const head = await headOf(source.file)
    const text = { unpack, maxRawBytes: MAX_RAW_BYTES, ...options }
    if (isBenchmarkText(head)) {
      const { readBenchmarks } = await import('./benchmarks.ts')
      const { opened } = await readBenchmarks({ sources: [source], kind: BENCHMARK }, () => undefined, text)
      return { name, id: opened.head.id, kinds: [BENCHMARK], time: null, isOther: false }
    }
    if (await isEvidenceText(head)) {
      const { readEvidence } = await import('./evidence.ts')
      const read = await readEvidence([source], () => undefined, text)
      texts.push({ row, parts: read.parts })
      return { name, id: read.sourceIds[0] ?? '', kinds: [...read.parts.keys()], time: null, isOther: false }
    }
    if (isExecutionTrace(head)) {
      const { readTrace } = await import('./story-traces.ts')
      const read = await readTrace(source, options)
      traces.push({ row, ...read })
      return { name, id: read.id, kinds: ['trace'], time: read.time, isOther: false }
    }
    const engine = new Engine()
    const info = await engine.open({ name, source: source.file }, () => undefined, options)
    const signs = { buildId: info.buildId, own: ownFunctions(namesOf(info), info.own) }
    const one: ReadProfile = { row, source, info, signs, engine }
    // Of each kind the latest one is asked most likely: of the others there is no need to hold more than the file.
    for (const known of profiles) {
      if (known.info.kind !== info.kind) continue
      if (known.info.timeNs > info.timeNs) one.engine = null
      else known.engine = null
    }
    profiles.push(one)
    return { name, id: info.id, kinds: [info.kind], time: timeOf(info), isOther: false }
  }

  const [only] = failed
  if (only && failed.length === sources.length) throw new EngineFailure(only.error)
  const mine = oneProgram(profiles)
  for (const { row } of profiles) {
    const file = files[row]
    if (file && !mine.some((one) => one.row === row)) files[row] = { ...file, isOther: true }
  }
  const isOther = ({ own }: ReadTrace) =>
    mine.length > 0 && mine.every(({ signs }) => areOneProgram(signs, { buildId: '', own }) === false)
  for (const one of traces) files[one.row] = { ...(files[one.row] as StoryFile), isOther: isOther(one) }
  const { before, changes, series } = await erasOf(mine, options)
  const told: ProfileFact[] = []
  // One after the other: each may be large.
  for (const one of latestOfEach(before)) told.push(...(await factsOf(one, options)))
  const facts: Facts = {
    files,
    program: mine.map(({ info }) => info.program).find((program) => program !== '') ?? '',
    profiles: told,
    series: series.map(({ fact }) => fact),
    after: changes,
    ...memoryOf(texts, changes.length > 0 ? latestTime(before) : Number.POSITIVE_INFINITY),
    ...(await crashesOf(texts)),
    traces: traces.filter((one) => !isOther(one)).map(({ row, fact }) => ({ file: row, ...fact })),
    ...(await escapesOf(texts, weighingOf(before))),
  }
  return { facts, failed, sourceIds: files.map(({ id }) => id) }
}

/** Whether a file is read as a profile: neither evidence nor benchmarks. Traces are, by whoever asks for one. */
export async function isProfileFile({ file }: { file: Blob }): Promise<boolean> {
  const head = await headOf(file)
  return !isBenchmarkText(head) && !(await isEvidenceText(head))
}

export async function openInvestigation(
  { sources }: OpenRequest,
  onProgress: (progress: Progress) => void,
  options?: Options,
): Promise<HeldDocument> {
  const { facts, failed, sourceIds } = await investigate(sources, onProgress, options)
  const story = tellStory(facts)
  const unplaced = facts.curves.flatMap(({ isPlaced, file }) => (isPlaced ? [] : (facts.files[file]?.name ?? [])))
  const tell = ({ began }: StoryRequest): StoryAnswer => ({ story, charts: chartsOf(facts, began), unplaced })
  const read = sourceIds.filter((id) => id !== '')
  // The view says what is wrong with each: one notice for each of many files would cover the page.
  const info: InvestigationInfo = { files: facts.files, unread: failed }
  return {
    opened: {
      head: {
        id: documentId(INVESTIGATION, read),
        kind: INVESTIGATION,
        name: facts.program || sources.map(({ name }) => name).join(' + '),
        program: facts.program,
        time: 0,
      },
      sourceIds,
      info,
      first: null,
    },
    answer(request) {
      // The page's side of the question is the view's request (ui/views/story).
      if (request.call === 'ask' && request.args.question === 'story') return tell(request.args.args as StoryRequest)
      throw new EngineFailure({ code: 'internal', message: `An investigation has no ${request.call}.`, facts: {} })
    },
  }
}

function* namesOf({ names }: ProfileInfo): Iterable<string> {
  const all = new Strings(names)
  for (let i = 0; i < all.length; i++) yield all.get(i)
}

/** Milliseconds since 1970 of the last of them. */
const latestTime = (profiles: readonly ReadProfile[]) => Math.max(...profiles.map(({ info }) => info.timeNs / 1e6))

const timeOf = ({ timeNs }: ProfileInfo) => (timeNs > 0 ? timeNs / 1e6 : null)

/** Differences of two snapshots (?seconds=), which stand for no time. CPU profiles have a duration of their own. */
const isDifference = ({ kind, durationNs }: ProfileInfo) => kind !== 'cpu' && durationNs > 0

/** The profiles of the program that most of them are of. */
function oneProgram(profiles: readonly ReadProfile[]): ReadProfile[] {
  const programs: ReadProfile[][] = []
  for (const one of profiles) {
    const known = programs.find((group) => group.some(({ signs }) => areOneProgram(signs, one.signs)))
    if (known) known.push(one)
    else programs.push([one])
  }
  const largest = programs.reduce<ReadProfile[]>((a, b) => (b.length > a.length ? b : a), [])
  // What tells no program at all is not left out.
  const nameless = profiles.filter(({ signs }) => signs.buildId === '' && signs.own.size === 0)
  return profiles.filter((one) => largest.includes(one) || nameless.includes(one))
}

const byTime = (a: ReadProfile, b: ReadProfile) => a.info.timeNs - b.info.timeNs || a.row - b.row

/** The profile by whose allocated bytes escapes are weighed. */
function weighingOf(profiles: readonly ReadProfile[]) {
  const latest = latestOfEach(profiles)
  const found = latest.find(({ info }) => info.kind === 'allocs') ?? latest.find(({ info }) => info.kind === 'heap')
  return found ? { row: found.row, id: found.info.id, name: found.source.name, file: found.source.file } : null
}

/** Of each kind that is asked the latest one. Differences of two snapshots stand in where there is nothing else: some databases keep only these. */
function latestOfEach(profiles: readonly ReadProfile[]): ReadProfile[] {
  const latest = new Map<ProfileKind, ReadProfile>()
  for (const one of [...profiles].sort(byTime)) {
    const known = latest.get(one.info.kind)
    if (!known || isDifference(known.info) || !isDifference(one.info)) latest.set(one.info.kind, one)
  }
  return [...latest.values()].filter(({ info }) => ASKED[info.kind])
}

async function factsOf({ row, source, info, engine: held }: ReadProfile, options?: Options): Promise<ProfileFact[]> {
  const engine = held ?? new Engine()
  if (!held) await engine.open({ name: source.name, source: source.file }, () => undefined, options)
  const names = new Strings(info.names)
  const files = new Strings(info.files)
  const lineAt = (func: number, file: number, line: number): Line => ({
    func: names.get(func),
    file: file >= 0 ? files.get(file) : '',
    line,
  })
  const facts: ProfileFact[] = []
  for (const wanted of ASKED[info.kind] ?? []) {
    const sampleType = info.sampleTypes.findIndex(({ type }) => type === wanted)
    const type = info.sampleTypes[sampleType]
    if (!type || type.total === 0) continue
    const share = (value: number) => value / type.total
    const { zones, gcTax } = engine.zones({ sampleType })
    const { lines } = await engine.ownLines({ sampleType, row: '' })
    facts.push({
      file: row,
      kind: info.kind,
      sampleType: wanted,
      unit: type.unit,
      total: type.total,
      samples: type.samples,
      causes: zones
        .filter(({ state }) => state === 'found')
        .sort((a, b) => b.value - a.value)
        .slice(0, MOST_CAUSES)
        .map(({ id, role, value, share: part, confidence, blame: [blame] }) => ({
          zone: id,
          role,
          value,
          share: part,
          confidence,
          blame: blame
            ? { ...lineAt(blame.func, blame.file, blame.line), value: blame.value, share: share(blame.value) }
            : null,
        })),
      lines: lines
        .filter(({ isOwn }) => isOwn)
        .slice(0, MOST_LINES)
        .map(({ func, file, line, values }): LineFact => {
          const value = values[sampleType] ?? 0
          return { ...lineAt(func, file, line), value, share: share(value) }
        }),
      gc: gcTax && { share: gcTax.share, assist: gcTax.value > 0 ? gcTax.assist / gcTax.value : 0 },
    })
  }
  return facts
}

/** An engine that holds a comparison, and the row of a sample type in it; null where they cannot be compared by that. */
async function compare(profiles: readonly ReadProfile[], wanted: string, options?: Options) {
  const engine = new Engine()
  const sources = profiles.map(({ source }) => source)
  try {
    const { sampleTypes } = await engine.openComparison(sources, () => undefined, options)
    const sampleType = sampleTypes.findIndex(({ type }) => type === wanted)
    const type = sampleTypes[sampleType]
    return type ? { engine, sampleType, type } : null
  } catch (thrown) {
    if (knownError(thrown)?.code === 'cannot-compare') return null
    throw thrown
  }
}

/** Kinds that are followed over time, and by which sample type. */
const FOLLOWED: readonly [ProfileKind, string][] = [
  ['heap', 'inuse_space'],
  ['goroutine', 'goroutine'],
]

interface Series {
  fact: SeriesFact
  /** In time order, each with its run of the process. */
  runs: { one: ReadProfile; run: number }[]
}

async function seriesOf(profiles: readonly ReadProfile[], options?: Options): Promise<Series[]> {
  const all: Series[] = []
  for (const [kind, wanted] of FOLLOWED) {
    // What says no time, beside others that do, may be one of them once more as text.
    const snapshots = profiles.filter(({ info }) => info.kind === kind && !isDifference(info) && info.timeNs > 0)
    const taken = snapshots.sort(byTime).slice(-MOST_SOURCES)
    if (taken.length < 2) continue
    const compared = await compare(taken, wanted, options)
    if (!compared) continue
    const { engine, sampleType, type } = compared
    const { points, total, growers, runs } = await engine.series({ sampleType, limit: '' })
    const measured = points.flatMap(({ leftOut, ...point }) => {
      const one = taken[point.source]
      return one && leftOut === null ? [{ one, ...point }] : []
    })
    all.push({
      fact: {
        kind,
        sampleType: wanted,
        unit: type.unit,
        points: measured.map(({ one, time, totals }) => ({ file: one.row, time, total: totals[sampleType] ?? 0 })),
        total,
        growers: growers.slice(0, MOST_GROWERS),
        runs,
        comparison: documentId(
          COMPARISON,
          taken.map((one) => one.info.id),
        ),
      },
      runs: measured.map(({ one, run }) => ({ one, run })),
    })
  }
  return all
}

interface Eras {
  /** What the story is about: all, or what there was before the change. */
  before: readonly ReadProfile[]
  changes: AfterFact[]
  /** Of what was before. */
  series: readonly Series[]
}

/**
 * Where profiles of a later build lie beside those of the one before, the story is about the one before, and ends with the
 * other. A later run of one build counts as a change only where causes came or went: it may have been started with other
 * settings, or just started again.
 */
async function erasOf(profiles: readonly ReadProfile[], options?: Options): Promise<Eras> {
  const built = profiles.filter(({ info }) => info.buildId !== '' && info.timeNs > 0).sort(byTime)
  const last = built.at(-1)?.info.buildId
  const previous = built.findLast(({ info }) => info.buildId !== last)?.info.buildId
  if (previous !== undefined) {
    const before = profiles.filter(({ info }) => info.buildId === previous || info.buildId === '')
    const after = profiles.filter(({ info }) => info.buildId === last)
    const changes = await changesBetween(before, after, true, options)
    if (changes.length > 0) return { before, changes, series: await seriesOf(before, options) }
  }
  const series = await seriesOf(profiles, options)
  const heap = series.find(({ fact }) => fact.kind === 'heap')
  const lastRun = heap?.runs.at(-1)?.run ?? 0
  const end = heap?.runs.findLast(({ run }) => run < lastRun)?.one.info.timeNs
  if (end === undefined) return { before: profiles, changes: [], series }
  const before = profiles.filter(({ info }) => info.timeNs <= end)
  const after = profiles.filter(({ info }) => info.timeNs > end)
  const changes = await changesBetween(before, after, false, options)
  const isOther = changes.some(({ findings }) =>
    findings.some(
      ({ change, ...shares }) => /gone|new/.test(change) && Math.max(shares.before, shares.after) > CHANGED,
    ),
  )
  return isOther
    ? { before, changes, series: await seriesOf(before, options) }
    : { before: profiles, changes: [], series }
}

/** Of a total: a cause that came or went tells that something was changed. */
const CHANGED = 0.1

/** What is compared with what was before. */
const COMPARED: readonly [ProfileKind, string][] = [
  ['cpu', 'cpu'],
  ['heap', 'inuse_space'],
]

/** The latest profile of each kind after the change, beside the latest one before it. */
async function changesBetween(
  before: readonly ReadProfile[],
  after: readonly ReadProfile[],
  isBuild: boolean,
  options?: Options,
): Promise<AfterFact[]> {
  const all: AfterFact[] = []
  for (const [kind, wanted] of COMPARED) {
    const latest = (list: readonly ReadProfile[]) =>
      list
        .filter(({ info }) => info.kind === kind && info.timeNs > 0 && !isDifference(info))
        .sort(byTime)
        .at(-1)
    const [base, current] = [latest(before), latest(after)]
    if (!current || !base) continue
    const compared = await compare([base, current], wanted, options)
    const found = await compared?.engine.comparedFindings({ sampleType: compared.sampleType })
    if (!compared || !found) continue
    const { type } = compared
    const { total, findings } = found
    all.push({
      kind,
      sampleType: wanted,
      unit: type.unit,
      base: base.row,
      current: current.row,
      comparison: documentId(COMPARISON, [base.info.id, current.info.id]),
      isBuild,
      before: total.base,
      after: total.current,
      noise: total.noise,
      findings: findings.map(({ id, change, base: then, current: now }) => ({
        zone: id,
        change,
        before: then.isFound ? then.share : 0,
        after: now.isFound ? now.share : 0,
      })),
    })
  }
  return all
}
