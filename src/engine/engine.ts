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
import type { CallTree, TreeRequest } from '../core/query/call-tree.ts'
import { outermostCalls, sumFunctions } from '../core/query/functions.ts'
import type { MergeInput } from '../core/query/merge.ts'
import { matchFunctions, parsePattern } from '../core/query/name-match.ts'
import { findPlaces, matchedTotal, matchLocations } from '../core/query/search.ts'
import { buildTree } from '../core/query/tree.ts'
import { linkStacks, type StackLinks, type Weights, weigh } from '../core/query/weights.ts'
import { answerRows } from '../core/zones/answers.ts'
import { rules } from '../core/zones/index.ts'
import { findZones, type ZoneResult } from '../core/zones/match.ts'
import { RuleScan } from '../core/zones/scan.ts'
import { UserCode } from '../core/zones/user-code.ts'
import type { ZoneReport } from '../core/zones/zone.ts'
import { badPattern } from './bad-pattern.ts'
import { EngineFailure } from './failure.ts'
import type {
  FunctionTotals,
  MatchPlaces,
  OpenRequest,
  ProfileInfo,
  Progress,
  SampleTypeInfo,
  SearchRequest,
  SearchResult,
} from './protocol.ts'

/** Up to this many stack rows a tree is built whole, whatever its boxes' size: it is a few thousand boxes. */
const WHOLE_TREE_STACKS = 40_000
const MAX_MATCHES = 2000
/** Boxes a search walks through before it stops counting. */
const SEARCH_VISITS = 400_000

interface Loaded {
  profile: Profile
  kind: ProfileKind
  module: string
  links: StackLinks
  /** Symbol of each frame. */
  frameKey: Int32Array
  files: FileList
  weights: Map<number, Weights>
  /** Made when zones are first asked for. */
  scan: RuleScan | null
  user: UserCode
  outermost: Uint8Array | null
  lastMatch: { text: string; match: Uint8Array } | null
  zones: Map<number, ZoneResult>
}

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
    const links = linkStacks(profile.stacks)
    const frameKey = new Int32Array(profile.frames.length)
    for (let f = 0; f < frameKey.length; f++) frameKey[f] = profile.functions.symbol[profile.frames.func[f]]
    const kind = profileKind(profile)
    const module = mainModule(profile)
    this.loaded = {
      profile,
      kind,
      module,
      links,
      frameKey,
      files: new FileList(profile),
      weights: new Map(),
      scan: null,
      user: new UserCode(profile, module),
      outermost: null,
      lastMatch: null,
      zones: new Map(),
    }
    const info = this.info(read, request.name, source.size)
    onProgress({ stage: 'index', share: 1, bytes: source.size, totalBytes: source.size })
    return info
  }

  /** Large profiles do not wait for their zones: the tree is then not `lit` until zones() was asked. */
  tree(request: TreeRequest): CallTree {
    const loaded = this.need()
    const small = loaded.profile.stacks.length <= WHOLE_TREE_STACKS
    const minShare = small ? 0 : request.minShare
    const zones = small ? this.zonesOf(request.sampleType) : loaded.zones.get(request.sampleType)
    return buildTree(
      this.mergeInput(request.sampleType, request.order),
      { ...request, minShare },
      zones?.heads ?? null,
      loaded.files.row,
    )
  }

  /** `module` names another module as the user's own than the one guessed; it stays until another is named. */
  zones({ sampleType, module }: { sampleType: number; module?: string }): ZoneReport {
    const loaded = this.need()
    if (module !== undefined && module !== loaded.user.module) {
      loaded.user = new UserCode(loaded.profile, module)
      loaded.zones.clear()
    }
    const { heads: _, ...report } = this.zonesOf(sampleType)
    return { sampleType, ...report }
  }

  functions({ sampleType }: { sampleType: number }): FunctionTotals {
    const loaded = this.need()
    const { profile, frameKey } = loaded
    loaded.outermost ??= outermostCalls(profile, frameKey)
    return { sampleType, ...sumFunctions(profile, this.weightsOf(sampleType), frameKey, loaded.outermost) }
  }

  /** Throws EngineFailure 'bad-pattern'. `match` given: the functions were matched elsewhere. */
  search(request: SearchRequest, given?: Uint8Array<ArrayBuffer>): SearchResult {
    const loaded = this.need()
    const { profile } = loaded
    const weights = this.weightsOf(request.sampleType)
    const match = given ?? this.matchText(request.text)
    let functions = 0
    for (let f = 0; f < match.length; f++) if (match[f] === 1 && profile.functions.symbol[f] === f) functions++
    const hits = matchLocations(profile, match)
    const { total } = matchedTotal(profile, weights, hits)
    loaded.lastMatch = { text: request.text, match: match.slice() }
    return {
      text: request.text,
      sampleType: request.sampleType,
      match,
      functions,
      total,
      share: weights.base > 0 ? total / weights.base : 0,
    }
  }

  /** Where the text that was searched last matches. Throws EngineFailure 'cancelled' when another was searched since. */
  matches(request: SearchRequest): MatchPlaces {
    const { profile, lastMatch } = this.need()
    if (lastMatch?.text !== request.text) {
      throw new EngineFailure({ code: 'cancelled', message: 'Another text was searched since.', facts: {} })
    }
    const { match } = lastMatch
    const input = this.mergeInput(request.sampleType, request.order)
    const found = findPlaces(input, match, matchLocations(profile, match), {
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

  private matchText(text: string): Uint8Array<ArrayBuffer> {
    const { profile } = this.need()
    try {
      const pattern = parsePattern(text)
      return pattern ? matchFunctions(profile, pattern).match : new Uint8Array(profile.functions.length)
    } catch (error) {
      throw new EngineFailure({ code: 'bad-pattern', message: badPattern(error), facts: {} })
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
      const total = totals.negative ? this.weightsOf(i).base : totals.absolute
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

  private mergeInput(sampleType: number, order: 'size' | 'name'): Omit<MergeInput, 'mark'> {
    const { profile, links, frameKey } = this.need()
    return { profile, links, frameKey, order, weights: this.weightsOf(sampleType) }
  }

  private weightsOf(sampleType: number): Weights {
    const { profile, weights } = this.need()
    let w = weights.get(sampleType)
    if (!w) {
      // One sample type at a time is looked at; the others' columns would be as large as the profile.
      weights.clear()
      w = weigh(profile, sampleType)
      weights.set(sampleType, w)
    }
    return w
  }

  private zonesOf(sampleType: number): ZoneResult {
    const loaded = this.need()
    const { profile, kind, user, zones, files } = loaded
    let result = zones.get(sampleType)
    if (!result) {
      loaded.scan ??= new RuleScan(profile, kind, [...rules, ...answerRows])
      const { scan } = loaded
      const merge = this.mergeInput(sampleType, 'size')
      result = findZones({ profile, kind, merge, scan, user, fileRow: files.row }, rules)
      zones.set(sampleType, result)
    }
    return result
  }

  private need(): Loaded {
    if (!this.loaded) throw new EngineFailure({ code: 'internal', message: 'No profile is open.', facts: {} })
    return this.loaded
  }
}

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
