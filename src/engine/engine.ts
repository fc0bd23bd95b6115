/**
 * One decoded profile and the answers about it. Knows no postMessage: tests and Node call it as it is.
 * Stages are cached (weights per sample type, zones per sample type); answers are made anew, since they
 * are handed over with their memory.
 */

import type { BoxSides } from '../core/compare/box-sides.ts'
import type { ChangesTable } from '../core/compare/changes.ts'
import type { ComparedFindings } from '../core/compare/findings.ts'
import type { PairedSum } from '../core/compare/paired-sums.ts'
import type { FindingsLegend } from '../core/export/exporter.ts'
import type { ReadOptions } from '../core/formats/index.ts'
import { type ProfileKind, profileKind } from '../core/model/kind.ts'
import { nameHash } from '../core/model/name-hash.ts'
import { ownPaths } from '../core/model/own-paths.ts'
import type { Profile } from '../core/model/profile.ts'
import type { CallTree, TreeRequest } from '../core/query/call-tree.ts'
import { cleanPath } from '../core/query/file-names.ts'
import { type BadPattern, filterProblem, patternsOf, runnable } from '../core/query/filter-check.ts'
import type { MergeInput } from '../core/query/merge.ts'
import { expressionOf, type KeyMatch, matchKeys, parseSearch } from '../core/query/name-match.ts'
import { sumKeys } from '../core/query/occurrences.ts'
import { PatternError, preparePatterns } from '../core/query/pattern.ts'
import { isRowFilter, plainQuery, type QuerySpec, queryKey } from '../core/query/query-spec.ts'
import { type Queried, QueryRunner } from '../core/query/run.ts'
import { findPlaces, matchedTotal, matchLocations } from '../core/query/search.ts'
import type { Tag } from '../core/query/tags.ts'
import { topTable } from '../core/query/top.ts'
import { buildTree, noZoneHeads } from '../core/query/tree.ts'
import { isRowColumn, stackColumns, type TreeColumns } from '../core/query/tree-columns.ts'
import type { ShapeFinding } from '../core/shape/shape.ts'
import type { OwnLines } from '../core/where/own-lines.ts'
import { Partitions, preparePartitions } from '../core/where/partitions.ts'
import type { Where } from '../core/where/where.ts'
import { UserCode } from '../core/zones/user-code.ts'
import type { ZoneReport } from '../core/zones/zone.ts'
import type { Comparison } from './comparison.ts'
import { EngineFailure } from './failure.ts'
import type { Findings } from './findings.ts'
import { FileList, pack } from './packed-names.ts'
import { profileInfo, sampleTypeInfos } from './profile-info.ts'
import type {
  AroundRequest,
  Asked,
  BoxRequest,
  ChangesCall,
  EngineCalls,
  EngineError,
  ExportAnswer,
  ExportRequest,
  FunctionTotals,
  GraphAnswer,
  GraphRequest,
  LinesAnswer,
  LinesRequest,
  MatchPlaces,
  PairedAnswer,
  PeekAnswer,
  PeekRequest,
  ProfileInfo,
  Progress,
  QueryInfo,
  RowsAnswer,
  SampleTypeInfo,
  SandwichAnswer,
  SandwichRequest,
  SearchRequest,
  SearchResult,
  SeriesReply,
  ToEngine,
  TogetherRequest,
  TopAnswer,
  TopRequest,
} from './protocol.ts'
import { merged, readAll, readFile, readSome, shown } from './reading.ts'
import { fileLines, graphOf, labelsOf, peekAt, placesOf, rowsOf, totalThrough } from './views.ts'

/** Up to this many stack rows a tree is built whole, whatever its boxes' size: it is a few thousand boxes. */
const WHOLE_TREE_STACKS = 40_000
const MAX_MATCHES = 2000
/** Boxes of trees that are shown without zooming further: under a pixel on a 4k screen. */
const SANDWICH_SHARE = 1 / 4096
/** Boxes a search walks through before it stops counting. */
const SEARCH_VISITS = 400_000

interface Loaded {
  profile: Profile
  kind: ProfileKind
  /** As ownPaths() finds them. */
  own: readonly string[]
  files: FileList
  runner: QueryRunner
  /** Of a comparison, without sides: all its profiles as they were measured. Made when a series is asked for. */
  measured: { profile: Profile; runner: QueryRunner } | null
  partitions: Partitions
  /** Null until somebody asks for more than a tree: see prepare. */
  findings: Findings | null
  /** A snapshot of the same program that was taken before. */
  earlier: Profile | null
  /** What answers about a comparison need; null for a profile of its own. */
  comparison: Comparison | null
  /** What was searched last. */
  lastMatch: { text: string; query: string; match: Uint8Array } | null
}

export interface ProfileRequest {
  name: string
  source: Blob | readonly Blob[]
}

/** Of a trace, see QueryRunner. */
type During = (time: string) => Profile | null

/** The rules are many, and nobody needs them before a file has been read. */
const loadFindings = () => import('./findings.ts')

export class Engine {
  private loaded: Loaded | null = null

  /** Reads a profile; only one per engine. Several files are added up, as pprof does. Throws EngineFailure. */
  async open(
    { name, source }: ProfileRequest,
    onProgress: (p: Progress) => void,
    options?: Partial<ReadOptions>,
  ): Promise<ProfileInfo> {
    const info = await this.read({ name, source }, onProgress, options)
    await this.prepareFindings()
    return info
  }

  /** As open, for whoever awaits prepare before each question but a tree without findings: that does not wait for the rules. */
  async read(
    { name, source }: ProfileRequest,
    onProgress: (p: Progress) => void,
    options?: Partial<ReadOptions>,
  ): Promise<ProfileInfo> {
    const sources = Array.isArray(source) ? source : [source]
    const reads = await readAll(sources, onProgress, options)
    const bytes = sources.reduce((sum, { size }) => sum + size, 0)
    onProgress({ stage: 'index', share: 0, bytes, totalBytes: bytes })
    const profile = await shown(await merged(reads.map(({ profile }) => profile)))
    const info = this.holdRead(profile, { reads, name, fileBytes: bytes })
    onProgress({ stage: 'index', share: 1, bytes, totalBytes: bytes })
    return info
  }

  /** Takes a profile that was read, or made of something else that was. during: see QueryRunner. */
  async hold(
    profile: Profile,
    read: Parameters<typeof profileInfo>[1],
    during: During | null = null,
  ): Promise<ProfileInfo> {
    const info = this.holdRead(profile, read, during)
    await this.prepareFindings()
    return info
  }

  /** Takes a profile that is there already: one that was merged, or made by a test. */
  async adopt(profile: Profile, comparison: Comparison | null = null): Promise<void> {
    this.take(profile, comparison)
    await this.prepareFindings()
  }

  private holdRead(
    profile: Profile,
    read: Parameters<typeof profileInfo>[1],
    during: During | null = null,
  ): ProfileInfo {
    this.take(profile, null, during)
    // The first tree needs them; here the time counts as opening.
    void this.run().links
    return profileInfo(this.need(), read, (sampleType) => this.whole(sampleType))
  }

  private take(profile: Profile, comparison: Comparison | null, during: During | null = null): void {
    const read = { profile, kind: profileKind(profile), own: ownPaths(profile), files: new FileList(profile) }
    const partitions = new Partitions(profile)
    const runner = new QueryRunner(profile, partitions, comparison?.apply ?? null, during)
    const rest = { measured: null, findings: null, earlier: null, comparison, lastMatch: null }
    this.loaded = { ...read, partitions, runner, ...rest }
  }

  /**
   * Reads two to twenty profiles, in their order, as one whose queries say which are compared. onUnread is told the row of
   * each that is left out since it cannot be read. Throws EngineFailure.
   */
  async openComparison(
    given: readonly { name: string; file: Blob }[],
    onProgress: (p: Progress) => void,
    options?: Partial<ReadOptions>,
    onUnread: (row: number, error: EngineError) => void = () => undefined,
  ): Promise<ProfileInfo> {
    const unread = new Set<number>()
    const [{ Comparison }, reads] = await Promise.all([
      import('./comparison.ts'),
      readSome(
        given.map(({ file }) => file),
        onProgress,
        (row, error) => {
          unread.add(row)
          onUnread(row, error)
        },
        options,
      ),
    ])
    const files = given.filter((_, row) => !unread.has(row))
    const profiles: Profile[] = []
    for (const { profile } of reads) profiles.push(await shown(profile))
    const comparison = new Comparison(files, reads, profiles)
    await this.adopt(comparison.profile, comparison)
    const { runner } = this.need()
    const sided = runner.run().profile
    const read = { ...this.need(), profile: sided }
    const fileBytes = files.reduce((sum, { file }) => sum + file.size, 0)
    const name = comparison.names().join(' → ')
    const info = profileInfo(read, { reads, name, fileBytes }, (sampleType) => this.whole(sampleType))
    return comparison.infoOf(info)
  }

  /** Loads what the patterns of a request need: to be awaited before the request is made. */
  async prepare({ call, args }: ToEngine): Promise<void> {
    await this.prepareFindings()
    const { query = plainQuery } = args as Asked
    const sought = call === 'search' || call === 'matches' ? expressionOf(args.text) : null
    const active = query.filters.filter((f) => f.on)
    const patterns = active.flatMap(patternsOf)
    await preparePatterns(sought === null ? patterns : [...patterns, sought])
    const byRow = call === 'columns' && args.columns.some(isRowColumn)
    if (byRow || active.some(isRowFilter)) await preparePartitions()
  }

  /** Loads the rules, which answers about findings need. */
  async prepareFindings(): Promise<void> {
    const loaded = this.need()
    if (loaded.findings) return
    const { Findings } = await loadFindings()
    loaded.findings ??= new Findings(loaded)
  }

  /** Why a filter cannot be used, null when it can. */
  async checkFilter(filter: EngineCalls['checkFilter']['args']): Promise<BadPattern | null> {
    await preparePatterns(patternsOf(filter))
    return filterProblem(filter)
  }

  /** What a query leaves and how its rows are named. Filters that cannot be used are left out, of all answers. */
  query({ query }: { query: QuerySpec }): QueryInfo {
    const { profile, runner } = this.need()
    const { result } = this.run(query)
    const { keys } = result
    const timed = runner.timed(query.time)
    return {
      key: queryKey(query),
      names: pack(keys.strings, keys.name),
      hash: keys.hash.slice(),
      func: keys.func.map((f) => (f < profile.functions.length ? f : -1)),
      accounts: runner.accounts(runnable(query)),
      sampleTypes: this.sidedTypes(query),
      durationNs: timed === profile ? null : Number(timed.meta.durationNs),
      bad: query.filters.flatMap(({ kind, text, on }) => {
        const bad = on ? filterProblem({ kind, text }) : null
        return bad ? [{ kind, text, ...bad }] : []
      }),
    }
  }

  /** Sample types as a query of a comparison scales them, or of the time of a trace; null for a whole profile of its own. */
  private sidedTypes(query: QuerySpec): SampleTypeInfo[] | null {
    const { runner, profile } = this.need()
    const timed = runner.timed(query.time)
    if (timed !== profile) return sampleTypeInfos(timed, (sampleType) => this.whole(sampleType, query))
    const sided = runner.sided(query)
    return sided && sampleTypeInfos(sided.profile, (sampleType) => sided.whole[sampleType] ?? 0)
  }

  /**
   * Large profiles do not wait for their zones: the tree then has no findings until zones() was asked. waits: whether small
   * ones do.
   */
  tree(request: TreeRequest & Asked, waits = true): CallTree {
    const queried = this.run(request.query)
    const small = isSmall(queried)
    const boxes = { ...request, minShare: small ? 0 : request.minShare }
    return this.treeOf(queried, this.mergeInput(queried, request), boxes, waits && small)
  }

  /** waits: for findings that are not known yet. */
  private treeOf(queried: Queried, input: MergeInput, request: TreeRequest & Asked, waits: boolean): CallTree {
    const { findings, files } = this.need()
    // What is found is found in the current profile.
    const asked = { ...request, query: runnable(this.currentOnly(request.query)) }
    const heads = findings?.heads((query) => this.run(query), asked, waits) ?? null
    const boxes = this.boxSides(queried, request.sampleType)
    const made = buildTree(input, request, heads, files.row, boxes ? [boxes.base, boxes.variance] : [])
    const { columns, ...tree } = made
    const [base, variance] = columns
    return { ...tree, sides: boxes && base && variance ? { base, variance, factors: boxes.factors } : null }
  }

  /**
   * The query of the current profile of a comparison, as measured and by the names that it has itself, which rules know;
   * any other query as it is.
   */
  private currentOnly(query: QuerySpec = plainQuery): QuerySpec {
    const sided = this.need().runner.sided(query)
    return sided ? { ...query, sides: String(sided.pair.current), scale: 'measured', matchMoved: false } : query
  }

  private boxSides(queried: Queried, sampleType: number): BoxSides | null {
    const { comparison, runner, profile, kind } = this.need()
    const sided = comparison && runner.sided(queried.spec)
    return sided && sided.pair.base !== null ? comparison.boxSides(queried, sided, profile, kind, sampleType) : null
  }

  /** More numbers for the rows of the tree that answers the same request. */
  columns({ columns: names, ...request }: EngineCalls['columns']['args']): TreeColumns {
    const { kind, partitions, own } = this.need()
    const queried = this.run(request.query)
    const partition = () => partitions.of(queried.profile, request.own ?? own)
    const known = stackColumns(queried.profile, kind, request.sampleType, names, partition)
    const { pathHash, columns } = buildTree(
      this.mergeInput(queried, request),
      { ...request, minShare: isSmall(queried) ? 0 : request.minShare },
      noZoneHeads,
      () => -1,
      known.filter((column) => column !== null),
    )
    return { pathHash, columns: known.map((column) => (column === null ? null : (columns.shift() ?? null))) }
  }

  zones({ sampleType, own, query }: { sampleType: number } & Asked): ZoneReport {
    // What is found is found in the current profile.
    const current = this.currentOnly(query)
    const queried = this.run(current)
    const whole = this.whole(sampleType, current)
    const scale = whole > 0 ? queried.weights(sampleType).base / whole : 1
    return { sampleType, ...this.findings().report(queried, sampleType, own, scale) }
  }

  /** What became of the findings of the base. */
  async comparedFindings({
    sampleType,
    own: asked,
    query = plainQuery,
  }: { sampleType: number } & Asked): Promise<ComparedFindings | null> {
    // Few readers compare.
    const { compareFindings } = await import('../core/compare/findings.ts')
    const { own, runner, files } = this.need()
    const sided = runner.sided(query)
    if (!sided || sided.pair.base === null) return null
    const alone = (side: number) =>
      this.zones({ sampleType, query: { ...query, sides: String(side) }, ...(asked ? { own: asked } : {}) })
    // The comparison comes last, since it is what is asked about next.
    const [base, current] = [alone(sided.pair.base), alone(sided.pair.current)]
    const queried = this.run(query)
    const sides = this.boxSides(queried, sampleType)
    if (!sides) return null
    const user = new UserCode(queried.profile, asked ?? own)
    const scale = sided.scales[sampleType]
    return compareFindings({ queried, sampleType, scale, sides, base, current, user, fileRow: files.row })
  }

  /** Shares are of the whole profile; values add up to what the query leaves. */
  async where({ sampleType, own: asked, query }: { sampleType: number } & Asked): Promise<Where> {
    // The rows are many: they come when somebody asks.
    const [{ whereItGoes }] = await Promise.all([import('../core/where/where.ts'), preparePartitions()])
    const { own, partitions } = this.need()
    const queried = this.run(query)
    const partition = partitions.of(queried.profile, asked ?? own)
    return whereItGoes(partition, queried.weights(sampleType), this.whole(sampleType, query))
  }

  /** What the shape tells, whatever functions are called. Functions are told apart, whatever the query's rows stand for. */
  async shape({ sampleType, own: asked, query }: { sampleType: number } & Asked): Promise<ShapeFinding[]> {
    const { findShapes } = await import('../core/shape/index.ts')
    const { own, kind, files, profile: whole } = this.need()
    const queried = this.run(query)
    return findShapes({
      profile: queried.profile,
      links: queried.links,
      kind,
      weights: queried.weights(sampleType),
      base: this.whole(sampleType, query),
      user: new UserCode(queried.profile, asked ?? own),
      functions: whole.functions.length,
      fileRow: files.row,
    })
  }

  /** The lines of the own code that samples are due to. */
  async ownLines({ sampleType, row, own: asked, query }: EngineCalls['ownLines']['args']): Promise<OwnLines> {
    const [{ ownLinesOf }] = await Promise.all([import('./where.ts'), preparePartitions()])
    const { own, partitions, kind, files, earlier } = this.need()
    const queried = this.run(query)
    const answer = { partitions, queried, kind, own: asked ?? own, sampleType, row, fileRow: files.row, earlier }
    return ownLinesOf(answer)
  }

  /**
   * Takes an earlier goroutine or heap profile of the same program, or forgets it: what is asked from now on knows what
   * grew. Throws EngineFailure.
   */
  async compare({ earlier }: { earlier: Blob | null }): Promise<void> {
    const profile = earlier && (await this.readOther(earlier))
    const loaded = this.need()
    loaded.earlier = profile
    if (loaded.kind !== 'goroutine') return
    // Few readers compare: what unites profiles comes when one does.
    const { StackGrowth } = await import('../core/compare/stack-growth.ts')
    this.findings().compareWith(profile && new StackGrowth(loaded.profile, profile))
  }

  /** What this and another profile of the same program say of this one's functions. Throws EngineFailure. */
  async paired({ other }: { other: Blob }): Promise<PairedAnswer> {
    const { pairedSums } = await import('../core/compare/paired-sums.ts')
    const profile = await this.readOther(other)
    const guest = new Engine()
    await guest.adopt(profile)
    const cpu = [this, guest].find((engine) => engine.need().kind === 'cpu')
    const own = this.need().profile
    const ownSums = own.sampleTypes.map((type, sampleType): PairedSum => {
      return { ...type, total: this.whole(sampleType), cum: this.functions({ sampleType }).cum }
    })
    return { sums: [...ownSums, ...pairedSums(own, profile)], allocationWork: cpu?.allocationWork() ?? 0 }
  }

  /** What grows over the profiles of a comparison, all of them as they were measured, whichever are its sides. */
  async series({ sampleType, limit: typed, own: asked, query }: EngineCalls['series']['args']): Promise<SeriesReply> {
    // Few readers follow a series: its code comes when one does.
    const [{ followSeries }, { parseLimit }] = await Promise.all([
      import('../core/compare/series.ts'),
      import('../core/compare/series-limit.ts'),
    ])
    const loaded = this.need()
    const { profile, partitions, comparison, kind, own } = loaded
    if (comparison) {
      const named = comparison.named(profile, query?.matchMoved ?? true)
      if (loaded.measured?.profile.functions !== named.functions) {
        loaded.measured = { profile: named, runner: new QueryRunner(named, partitions) }
      }
    }
    const { profile: left } = (loaded.measured?.runner ?? loaded.runner).run(query && runnable(query))
    const types = profile.sampleTypes
    const limit = parseLimit(typed, types[sampleType].unit)
    const options = { sampleType, kind, own: asked ?? own, ...(limit === null ? {} : { limit }) }
    return { ...followSeries(left, options), types: [...types], limit }
  }

  private async readOther(file: Blob): Promise<Profile> {
    return shown((await readFile(file, () => undefined)).profile)
  }

  /** CPU time of allocating and of marking in the background, in the unit of the sample type `cpu`. */
  private allocationWork(): number {
    const sampleType = this.need().profile.sampleTypes.findIndex(({ type }) => type === 'cpu')
    const { zones, gcTax } = this.zones({ sampleType })
    return (zones.find(({ id }) => id === 'malloc')?.value ?? 0) + (gcTax?.background ?? 0)
  }

  functions({ sampleType, query }: { sampleType: number } & Asked): FunctionTotals {
    const queried = this.run(query)
    const { profile, keys, frameKey } = queried.result
    const sums = sumKeys(profile, queried.occurrences, queried.weights(sampleType), frameKey, keys.length)
    return { sampleType, ...sums }
  }

  rows({ query }: Asked): RowsAnswer {
    return rowsOf(this.run(query))
  }

  peek(request: PeekRequest): PeekAnswer {
    return peekAt(this.run(request.query), request)
  }

  around(request: AroundRequest): CallTree {
    const queried = this.run(request.query)
    const input: MergeInput = {
      ...this.mergeInput(queried, request),
      inverted: request.side === 'callers',
      start: placesOf(queried, request.row),
    }
    return this.treeOf(queried, input, request, false)
  }

  /** One call for the whole view of a function, since its parts belong together; null when nothing bears the name. */
  sandwich({ name, ...request }: SandwichRequest): SandwichAnswer | null {
    const { keys } = this.run(request.query).result
    let row = -1
    for (let k = 0; k < keys.length && row < 0; k++) if (keys.strings.get(keys.name[k]) === name) row = k
    if (row < 0) return null
    const side = (side: 'callers' | 'callees') =>
      this.around({ ...request, row, side, path: [], minShare: SANDWICH_SHARE, from: 0, to: 1 })
    return { peek: this.peek({ ...request, row }), callers: side('callers'), callees: side('callees') }
  }

  together(request: TogetherRequest): { total: number } {
    return { total: totalThrough(this.run(request.query), request) }
  }

  top({ sampleType, sort, query, ...rows }: TopRequest): TopAnswer {
    const { func, ...table } = topTable(this.run(query), sampleType, sort, rows)
    const { row } = this.need().files
    return { ...table, file: func.map((f) => (f < 0 ? -1 : row(f))) }
  }

  /** What changed from base to current. */
  changes({ sampleType, query, ...request }: ChangesCall): ChangesTable | null {
    const queried = this.run(query)
    const sides = this.boxSides(queried, sampleType)
    const each = () => this.eachSource(sampleType, query, 3).map((alone) => this.run(alone))
    return this.need().comparison?.changes(queried, sampleType, sides, request, each) ?? null
  }

  /** The trees of every profile of a comparison, in the order of their sources. */
  sourceTrees({ query, ...request }: EngineCalls['sourceTrees']['args']): CallTree[] {
    return this.eachSource(request.sampleType, query, 2).map((alone) => this.tree({ ...request, query: alone }))
  }

  /** The query of every source alone, on the scale that the comparison has; none where there are fewer than `least`. */
  private eachSource(sampleType: number, query: QuerySpec = plainQuery, least: number): QuerySpec[] {
    const { runner, profile } = this.need()
    const sided = runner.sided(query)
    const count = profile.sources?.length ?? 1
    if (!sided || count < least) return []
    const scale = sided.scales[sampleType] ?? 'measured'
    return Array.from({ length: count }, (_, source) => ({ ...query, sides: String(source), scale }))
  }

  /** The query's profile, or a picture of it, as a file. */
  async export({ exporter, name, findings, stripped = false, ...request }: ExportRequest): Promise<ExportAnswer> {
    // Few readers export: the encoders come when one does.
    const { exporters } = await import('../core/export/index.ts')
    const queried = this.run(exporter === 'pprof' ? this.inWholeNumbers(request.query) : request.query)
    const tree = () => this.tree({ ...request, path: [], minShare: SANDWICH_SHARE, from: 0, to: 1 })
    const { sampleType } = request
    const findingsLegend = this.findingsLegend(request, findings)
    const { bytes, escaped = 0 } = exporters[exporter]({ queried, sampleType, name, stripped, tree, findingsLegend })
    return { bytes, escaped }
  }

  /** Profiles hold whole numbers: per second and per operation there would be nothing left of small ones. */
  private inWholeNumbers(query: QuerySpec = plainQuery): QuerySpec {
    const scales = this.need().runner.sided(query)?.scales ?? []
    return scales.some((scale) => scale === 'second' || scale === 'operation') ? { ...query, scale: 'measured' } : query
  }

  private findingsLegend(
    asked: { sampleType: number } & Asked,
    findings: ExportRequest['findings'],
  ): FindingsLegend | null {
    if (!findings) return null
    const { strings, functions } = this.run(asked.query).profile
    const files = this.need().files.names()
    const report = this.zones(asked)
    return { ...findings, report, func: (f) => strings.get(functions.name[f]), file: (row) => files[row] ?? '' }
  }

  lines(request: LinesRequest): LinesAnswer {
    const queried = this.run(request.query)
    const file = request.file || fileOf(queried.profile, request.func ?? '')
    return fileLines(queried, { ...request, file })
  }

  tags(request: BoxRequest): Tag[] {
    return labelsOf(this.run(request.query), request)
  }

  symbols({ name }: { name: string }): string[] {
    const { functions, strings } = this.need().profile
    const { systemName } = functions
    if (!systemName) return []
    const hash = nameHash(name)
    const found = new Set<string>()
    for (let f = functions.hash.indexOf(hash); f >= 0; f = functions.hash.indexOf(hash, f + 1)) {
      if (strings.get(functions.name[f]) === name) found.add(strings.get(systemName[f]))
    }
    found.delete(name)
    found.delete('')
    return [...found].sort()
  }

  graph(request: GraphRequest): GraphAnswer {
    return graphOf(this.run(request.query), request)
  }

  /** Throws EngineFailure 'bad-pattern'. */
  search(request: SearchRequest): SearchResult {
    const queried = this.run(request.query)
    const { profile, frameKey } = queried.result
    const weights = queried.weights(request.sampleType)
    const { match, names, ...found } = this.matchText(queried, request.text)
    const { total } = matchedTotal(profile, weights, matchLocations(profile, frameKey, match))
    const whole = this.whole(request.sampleType, request.query)
    this.need().lastMatch = { ...searchOf(request), match: match.slice() }
    return {
      text: request.text,
      sampleType: request.sampleType,
      match,
      functions: names,
      ...found,
      total,
      share: whole > 0 ? total / whole : 0,
    }
  }

  /** Where the text that was searched last matches. Throws EngineFailure 'cancelled' when another was searched since. */
  matches(request: SearchRequest): MatchPlaces {
    const { lastMatch } = this.need()
    const { text, query } = searchOf(request)
    if (lastMatch?.text !== text || lastMatch.query !== query) {
      throw new EngineFailure({ code: 'cancelled', message: 'Another text was searched since.', facts: {} })
    }
    const queried = this.run(request.query)
    const { profile, frameKey } = queried.result
    const hits = matchLocations(profile, frameKey, lastMatch.match)
    const found = findPlaces(this.mergeInput(queried, request), lastMatch.match, hits, {
      maxPlaces: MAX_MATCHES,
      visits: SEARCH_VISITS,
    })
    return {
      text: request.text,
      sampleType: request.sampleType,
      frames: found.count,
      framesCapped: found.capped,
      places: found.places,
    }
  }

  /** What 100% is: the total of a sample type before any filter, in a comparison that of the base, in a time of a trace its own. */
  private whole(sampleType: number, query: QuerySpec = plainQuery): number {
    const { runner } = this.need()
    const before = { ...plainQuery, time: query.time }
    return runner.sided(query)?.whole[sampleType] ?? runner.run(before).weights(sampleType).base
  }

  private matchText({ profile, result }: Queried, text: string): KeyMatch {
    try {
      const pattern = parseSearch(text)
      if (pattern) return matchKeys(profile, result.keys, pattern)
      return { match: new Uint8Array(result.keys.length), names: 0, byFile: 0, byReading: false }
    } catch (error) {
      if (!(error instanceof PatternError)) throw error
      const { message, problem, part } = error
      throw new EngineFailure({ code: 'bad-pattern', message, facts: { problem, part } })
    }
  }

  private run(query: QuerySpec = plainQuery): Queried {
    return this.need().runner.run(runnable(query))
  }

  private mergeInput(
    queried: Queried,
    { sampleType, order, query }: { sampleType: number; order: 'size' | 'name' } & Asked,
  ): Omit<MergeInput, 'mark'> {
    const { profile, keys, frameKey } = queried.result
    const { links } = queried
    const widths = this.boxSides(queried, sampleType)?.widths
    return {
      profile,
      links,
      keys,
      frameKey,
      order,
      weights: queried.weights(sampleType),
      inverted: query?.inverted ?? false,
      ...(widths ? { widths } : {}),
    }
  }

  private findings(): Findings {
    const { findings } = this.need()
    if (!findings) throw new EngineFailure({ code: 'internal', message: 'The rules are not loaded.', facts: {} })
    return findings
  }

  private need(): Loaded {
    if (!this.loaded) throw new EngineFailure({ code: 'internal', message: 'No profile is open.', facts: {} })
    return this.loaded
  }
}

const isSmall = (queried: Queried) => queried.profile.stacks.length <= WHOLE_TREE_STACKS
const searchOf = ({ text, query }: SearchRequest) => ({ text, query: queryKey(query ?? plainQuery) })
/** File of the first function of a name that has one; '' when none has. */
function fileOf({ functions, strings }: Profile, name: string): string {
  for (let f = 0; f < functions.length; f++) {
    if (functions.file[f] !== 0 && strings.get(functions.name[f]) === name)
      return cleanPath(strings.get(functions.file[f]))
  }
  return ''
}
