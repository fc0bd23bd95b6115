/**
 * One decoded profile and the answers about it. Knows no postMessage: tests and Node call it as it is.
 * Stages are cached (weights per sample type, zones per sample type); answers are made anew, since they
 * are handed over with their memory.
 */
import { FormatError } from '../core/formats/format-error.ts'
import { type ReadOptions, type ReadResult, readProfile } from '../core/formats/index.ts'
import { goVersion, mainModule, type ProfileKind, profileKind } from '../core/model/kind.ts'
import type { Note, Profile } from '../core/model/profile.ts'
import type { PackedStrings, Strings } from '../core/model/strings.ts'
import { account } from '../core/query/accounting.ts'
import type { CallTree, TreeRequest } from '../core/query/call-tree.ts'
import { FilterError } from '../core/query/filter.ts'
import { keyFrames } from '../core/query/keys.ts'
import type { MergeInput } from '../core/query/merge.ts'
import { countMatches, matchKeys, parsePattern } from '../core/query/name-match.ts'
import { sumKeys } from '../core/query/occurrences.ts'
import { plainQuery, type QuerySpec, queryKey } from '../core/query/query-spec.ts'
import { type Queried, QueryRunner } from '../core/query/run.ts'
import { findPlaces, matchedTotal, matchLocations } from '../core/query/search.ts'
import type { Tag } from '../core/query/tags.ts'
import { buildTree, type ZoneHeads } from '../core/query/tree.ts'
import { rules } from '../core/zones/index.ts'
import { findZones, type ZoneResult } from '../core/zones/match.ts'
import { StackMarks } from '../core/zones/stack-marks.ts'
import type { ZoneReport } from '../core/zones/zone.ts'
import { badPattern } from './bad-pattern.ts'
import { EngineFailure } from './failure.ts'
import type {
  AroundRequest,
  Asked,
  BoxRequest,
  ExportAnswer,
  ExportRequest,
  FunctionTotals,
  GraphAnswer,
  GraphRequest,
  LinesAnswer,
  LinesRequest,
  MatchPlaces,
  OpenRequest,
  PeekAnswer,
  PeekRequest,
  ProfileInfo,
  Progress,
  QueryInfo,
  RowsAnswer,
  SampleTypeInfo,
  SearchRequest,
  SearchResult,
} from './protocol.ts'
import { fileLines, graphOf, labelsOf, peekAt, placesOf, rowsOf } from './views.ts'

/** Up to this many stack rows a tree is built whole, whatever its boxes' size: it is a few thousand boxes. */
const WHOLE_TREE_STACKS = 40_000
const MAX_MATCHES = 2000
/** Boxes a search walks through before it stops counting. */
const SEARCH_VISITS = 400_000

interface Loaded {
  profile: Profile
  kind: ProfileKind
  module: string
  files: FileList
  runner: QueryRunner
  /** By query and sample type, the last few. */
  zones: Map<string, ZoneResult>
  /** What patterns matched, for all sample types of one query. */
  marks: WeakMap<Profile, StackMarks>
  lastMatch: { text: string; query: string; match: Uint8Array } | null
}

/** Zone reports kept: switching a sample type or a chip back and forth asks for the same ones. */
const KEPT_ZONES = 8

export class Engine {
  private loaded: Loaded | null = null

  /** Reads a profile; only one per engine. Throws EngineFailure. */
  async open(
    request: OpenRequest,
    onProgress: (p: Progress) => void,
    options?: Partial<ReadOptions>,
  ): Promise<ProfileInfo> {
    const source = request.source instanceof ArrayBuffer ? new Blob([request.source]) : request.source
    const read = await this.read(source, onProgress, options)
    onProgress({ stage: 'index', share: 0, bytes: source.size, totalBytes: source.size })
    const { profile } = read
    this.adopt(profile)
    // The first tree needs them; here the time counts as opening.
    void this.run().links
    const info = this.info(read, request.name, source.size)
    onProgress({ stage: 'index', share: 1, bytes: source.size, totalBytes: source.size })
    return info
  }

  /** Takes a profile that is there already: one that was merged, or made by a test. */
  adopt(profile: Profile): void {
    const kind = profileKind(profile)
    const module = mainModule(profile)
    this.loaded = {
      profile,
      kind,
      module,
      files: new FileList(profile),
      runner: new QueryRunner(profile),
      lastMatch: null,
      zones: new Map(),
      marks: new WeakMap(),
    }
  }

  /** What a query leaves and how its rows are named. Throws EngineFailure 'bad-pattern'. */
  query({ query }: { query: QuerySpec }): QueryInfo {
    const { profile } = this.need()
    const { result } = this.run(query)
    const { keys } = result
    return {
      key: queryKey(query),
      names: pack(keys.strings, keys.name),
      hash: keys.hash.slice(),
      func: keys.func.map((f) => (f < profile.functions.length ? f : -1)),
      accounts: account(profile, result, query.filters.length + query.transforms.length),
    }
  }

  /** Large profiles do not wait for their zones: the tree is then not `lit` until zones() was asked. */
  tree(request: TreeRequest & Asked): CallTree {
    const loaded = this.need()
    const queried = this.run(request.query)
    const minShare = queried.profile.stacks.length <= WHOLE_TREE_STACKS ? 0 : request.minShare
    return buildTree(
      this.mergeInput(queried, request),
      { ...request, minShare },
      this.zoneHeads(queried, request.sampleType),
      loaded.files.row,
    )
  }

  zones({ sampleType, query }: { sampleType: number } & Asked): ZoneReport {
    return { sampleType, zones: this.zonesOf(this.run(query), sampleType).zones }
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
    return buildTree(input, request, this.zoneHeads(queried, request.sampleType), this.need().files.row)
  }

  lines(request: LinesRequest): LinesAnswer {
    return fileLines(this.run(request.query), request)
  }

  tags(request: BoxRequest): Tag[] {
    return labelsOf(this.run(request.query), request)
  }

  async export(request: ExportRequest): Promise<ExportAnswer> {
    // Few readers export: the encoders come when one does.
    const { exporters } = await import('../core/export/index.ts')
    const exporter = exporters.find((e) => e.id === request.format)
    if (!exporter) {
      throw new EngineFailure({ code: 'internal', message: `There is no exporter ${request.format}.`, facts: {} })
    }
    const { sampleType, name, query } = request
    const tree = () => this.tree({ ...request.tree, query })
    const bytes = exporter.write({ queried: this.run(query), sampleType, name, tree })
    const stem = name.replace(/(\.(pb|pprof|prof|txt|json))*(\.gz)?$/, '') || 'profile'
    return { bytes, mime: exporter.mime, fileName: `${stem}.${exporter.extension}` }
  }

  graph(request: GraphRequest): GraphAnswer {
    return graphOf(this.run(request.query), request)
  }

  /** Throws EngineFailure 'bad-pattern'. `given`: the names were matched elsewhere. */
  search(request: SearchRequest, given?: Uint8Array<ArrayBuffer>): SearchResult {
    const loaded = this.need()
    const queried = this.run(request.query)
    const { profile, keys, frameKey } = queried.result
    const weights = queried.weights(request.sampleType)
    const match = given ?? this.matchText(queried, request.text)
    const { total } = matchedTotal(profile, weights, matchLocations(profile, frameKey, match))
    loaded.lastMatch = { text: request.text, query: queryKey(queried.spec), match: match.slice() }
    return {
      text: request.text,
      sampleType: request.sampleType,
      match,
      functions: countMatches(keys, match),
      total,
      share: weights.base > 0 ? total / weights.base : 0,
    }
  }

  /** Where the text that was searched last matches. Throws EngineFailure 'cancelled' when another was searched since. */
  matches(request: SearchRequest): MatchPlaces {
    const { lastMatch } = this.need()
    const queried = this.run(request.query)
    if (lastMatch?.text !== request.text || lastMatch.query !== queryKey(queried.spec)) {
      throw new EngineFailure({ code: 'cancelled', message: 'Another text was searched since.', facts: {} })
    }
    const { match } = lastMatch
    const { profile, frameKey } = queried.result
    const hits = matchLocations(profile, frameKey, match)
    const found = findPlaces(this.mergeInput(queried, request), match, hits, {
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

  private matchText({ result }: Queried, text: string): Uint8Array<ArrayBuffer> {
    try {
      const pattern = parsePattern(text)
      return pattern ? matchKeys(result.keys, pattern) : new Uint8Array(result.keys.length)
    } catch (error) {
      throw new EngineFailure({ code: 'bad-pattern', message: badPattern(error), facts: {} })
    }
  }

  private run(query?: QuerySpec): Queried {
    try {
      return this.need().runner.run(query)
    } catch (error) {
      if (!(error instanceof FilterError)) throw error
      throw new EngineFailure({ code: 'bad-pattern', message: error.message, facts: { filter: error.filter } })
    }
  }

  private async read(
    source: Blob,
    onProgress: (p: Progress) => void,
    options?: Partial<ReadOptions>,
  ): Promise<ReadResult> {
    try {
      return await readProfile(source, {
        seed: (Math.random() * 2 ** 32) | 0,
        onBytes: (bytes, totalBytes) => onProgress({ stage: 'decode', share: bytes / totalBytes, bytes, totalBytes }),
        ...options,
      })
    } catch (error) {
      if (error instanceof FormatError) {
        throw new EngineFailure({ code: error.code, message: error.message, facts: error.facts })
      }
      throw error
    }
  }

  private info(read: ReadResult, name: string, fileBytes: number): ProfileInfo {
    const { profile, kind, module, files } = this.need()
    const notes: Note[] = [...profile.meta.notes]
    const sampleTypes = profile.sampleTypes.map((type, i): SampleTypeInfo => {
      const totals = columnTotals(profile.samples.value[i])
      if (!totals.exact) notes.push({ code: 'sum-beyond-2^53', detail: type.type })
      if (totals.negative && !notes.some((n) => n.code === 'has-negative-values')) {
        notes.push({ code: 'has-negative-values' })
      }
      const total = totals.negative ? this.run().weights(i).base : totals.absolute
      return { ...type, total, samples: totals.samples, exact: totals.exact }
    })
    const used = new Uint8Array(profile.stacks.length)
    let stacks = 0
    let empty = 0
    for (const row of profile.samples.stack) {
      if (row === 0) empty++
      if (used[row] === 0) stacks++
      used[row] = 1
    }
    if (empty > 0) notes.push({ code: 'empty-stacks', count: empty })
    return {
      id: read.id,
      name,
      kind,
      goVersion: goVersion(files.names()),
      fileBytes,
      rawBytes: read.rawBytes,
      sampleTypes,
      defaultSampleType: profile.defaultSampleType,
      samples: profile.samples.length,
      stacks,
      functions: profile.functions.length,
      locations: profile.locations.length,
      maxDepth: maxDepth(profile),
      timeNs: profile.meta.timeNs,
      durationNs: profile.meta.durationNs,
      period: profile.meta.period,
      periodType: profile.meta.periodType,
      comments: profile.meta.comments,
      docUrl: profile.meta.docUrl,
      notes,
      module,
      names: pack(profile.strings, profile.functions.name),
      files: files.packed(),
      hash: profile.functions.hash.slice(),
    }
  }

  private mergeInput(
    queried: Queried,
    { sampleType, order, query }: { sampleType: number; order: 'size' | 'name' } & Asked,
  ): Omit<MergeInput, 'mark'> {
    const { profile, keys, frameKey } = queried.result
    const { links } = queried
    return {
      profile,
      links,
      keys,
      frameKey,
      order,
      weights: queried.weights(sampleType),
      inverted: query?.inverted ?? false,
    }
  }

  /** Zones are looked for among functions whatever a box stands for: rules name functions. */
  private zonesOf(queried: Queried, sampleType: number): ZoneResult {
    const { kind, module, zones, files, marks: known } = this.need()
    const id = zonesId(queried, sampleType)
    let result = zones.get(id)
    if (!result) {
      const { profile } = queried
      const keyed = keyFrames(profile, plainQuery)
      const merge = {
        profile,
        links: queried.links,
        weights: queried.weights(sampleType),
        order: 'size',
        ...keyed,
      } as const
      const marks = known.get(profile) ?? new StackMarks(profile, module)
      known.set(profile, marks)
      result = findZones({ profile, kind, merge, marks, fileRow: files.row }, rules)
      if (zones.size === KEPT_ZONES) zones.delete(zones.keys().next().value as string)
      zones.set(id, result)
    }
    return result
  }

  /**
   * Heads of zones for the boxes of a tree: by function where a box is one, or a line of one. Null when a large
   * profile's zones were not asked for yet.
   */
  private zoneHeads(queried: Queried, sampleType: number): ZoneHeads | null {
    const { keys } = queried.result
    const { granularity } = queried.spec
    if (granularity === 'files' || granularity === 'packages') return noZoneHeads(keys.length)
    const small = queried.profile.stacks.length <= WHOLE_TREE_STACKS
    const heads = small
      ? this.zonesOf(queried, sampleType).heads
      : this.need().zones.get(zonesId(queried, sampleType))?.heads
    if (!heads) return null
    if (keys.perFunction && keys.length === heads.byFunction.length) return heads
    const byFunction = Uint32Array.from({ length: keys.length }, (_, k) => heads.byFunction[keys.func[k]] ?? 0)
    return { byFunction, byKey: new Map() }
  }

  private need(): Loaded {
    if (!this.loaded) throw new EngineFailure({ code: 'internal', message: 'No profile is open.', facts: {} })
    return this.loaded
  }
}

const noZoneHeads = (keys: number): ZoneHeads => ({ byFunction: new Uint32Array(keys), byKey: new Map() })

/** Zones are those of functions, whatever the granularity. */
const zonesId = (queried: Queried, sampleType: number) =>
  `${sampleType} ${queryKey({ ...queried.spec, granularity: 'functions' })}`

/** The distinct source files of a profile, as the page lists them. */
class FileList {
  private readonly rows = new Map<number, number>()
  private readonly strings: number[] = []

  constructor(private readonly profile: Profile) {
    const { file, length } = profile.functions
    for (let f = 0; f < length; f++) {
      if (file[f] === 0 || this.rows.has(file[f])) continue
      this.rows.set(file[f], this.strings.length)
      this.strings.push(file[f])
    }
  }

  /** Row of a function's file, -1 = unknown. */
  readonly row = (func: number): number => this.rows.get(this.profile.functions.file[func]) ?? -1

  names(): string[] {
    return this.strings.map((s) => this.profile.strings.get(s))
  }

  packed(): PackedStrings {
    return pack(this.profile.strings, Int32Array.from(this.strings))
  }
}

/** Copies the named strings into a pack of their own. */
function pack(strings: Strings, rows: Int32Array): PackedStrings {
  const offset = new Uint32Array(rows.length + 1)
  const from = strings.packed.offset
  for (let i = 0; i < rows.length; i++) offset[i + 1] = offset[i] + from[rows[i] + 1] - from[rows[i]]
  const bytes = new Uint8Array(offset[rows.length])
  for (let i = 0; i < rows.length; i++) {
    bytes.set(strings.packed.bytes.subarray(from[rows[i]], from[rows[i] + 1]), offset[i])
  }
  return { bytes, offset }
}

function columnTotals(column: Float64Array) {
  let absolute = 0
  let samples = 0
  let negative = false
  for (let s = 0; s < column.length; s++) {
    const v = column[s]
    if (v !== 0) samples++
    if (v < 0) {
      negative = true
      absolute -= v
    } else absolute += v
  }
  return { absolute, samples, negative, exact: absolute <= Number.MAX_SAFE_INTEGER }
}

function maxDepth(profile: Profile): number {
  const { location, parent, length } = profile.stacks
  const { frameStart } = profile.locations
  const depth = new Int32Array(length)
  let deepest = 0
  for (let row = 1; row < length; row++) {
    depth[row] = depth[parent[row]] + frameStart[location[row] + 1] - frameStart[location[row]]
    if (depth[row] > deepest) deepest = depth[row]
  }
  return deepest
}
