/**
 * QuerySpec → the profile that every view is made of. Stages in order: time of a trace, sides of a comparison, repair, label frames, filters, keys, transforms,
 * filters by rows of "Where it goes". Each stage keeps its last answers, so that changing a granularity runs no filter, and switching back runs nothing.
 */

import type { Profile, StackTable } from '../model/profile.ts'
import type { SampleTypeRow } from '../model/rows.ts'
import { type Account, account } from './accounting.ts'
import { type Cut, cutStacks } from './cut-stacks.ts'
import { applyFilters, type Filtered } from './filter.ts'
import type { Keyed } from './key-table.ts'
import { keyFrames } from './keys.ts'
import { firstOccurrences, type Occurrences } from './occurrences.ts'
import { isRowFilter, plainQuery, type QuerySpec, queryKey } from './query-spec.ts'
import { type Repaired, repairStacks } from './repair.ts'
import { applyRowFilters, type StackRows } from './row-filter.ts'
import type { Sided, SidesSpec } from './sides.ts'
import { addTagFrames } from './tag-frames.ts'
import { applyTransforms, type Transformed } from './transform.ts'
import { linkStacks, type StackLinks, type Weights, weigh } from './weights.ts'

/** Stages kept: the one shown and the one before it, to which undo goes back. */
const KEPT = 2

const NO_ROWS = { holds: () => () => false }

/** Links by their stack table: most filters leave that as it is. */
type KnownLinks = WeakMap<StackTable, StackLinks>

export class Queried {
  private firsts: Occurrences | null = null
  private weighed: Weights | null = null

  constructor(
    readonly spec: QuerySpec,
    readonly result: Transformed,
    /** Another query over the same stacks and samples, whose links and weights serve this one too. */
    private readonly same: Queried | null,
    /** The profile is the one that was opened, and nothing of it is left out. */
    readonly isWhole: boolean,
    private readonly known: KnownLinks = new WeakMap(),
  ) {}

  get profile(): Profile {
    return this.result.profile
  }

  get links(): StackLinks {
    const { stacks } = this.profile
    const links = this.known.get(stacks) ?? linkStacks(stacks)
    this.known.set(stacks, links)
    return links
  }

  /** One sample type is kept at a time: its columns are as large as the profile. */
  weights(sampleType: SampleTypeRow): Weights {
    if (this.same) return this.same.weights(sampleType)
    if (this.weighed?.sampleType !== sampleType) this.weighed = weigh(this.profile, sampleType)
    return this.weighed
  }

  /** The same without keeping it, for views that go through all sample types. */
  weightsOnce(sampleType: SampleTypeRow): Weights {
    if (this.same) return this.same.weightsOnce(sampleType)
    return this.weighed?.sampleType === sampleType ? this.weighed : weigh(this.profile, sampleType)
  }

  /** Where each key stands for the first time on a stack: what its total is made of. */
  get occurrences(): Occurrences {
    this.firsts ??= firstOccurrences(this.profile, this.links, this.result.frameKey, this.result.keys.length)
    return this.firsts
  }
}

export class QueryRunner {
  private readonly times = new Cache<Profile>()
  private readonly sides = new Cache<Sided | null>()
  private readonly tagged = new Cache<Profile>()
  private readonly filtered = new Cache<Filtered>()
  private readonly keyed = new Cache<Keyed>()
  private readonly queried = new Cache<Queried>()
  private readonly plain: Queried
  private readonly links: KnownLinks = new WeakMap()
  private known: { of: Profile; cut: Cut; repaired: Repaired | null } | null = null

  /**
   * rows: for filters by rows of "Where it goes", which keep nothing without it. compare: applySides(), for profiles
   * that were united. during: of a trace, what happened in a time, with the functions and locations of the whole in
   * the same rows; null for what is no time.
   */
  constructor(
    private readonly profile: Profile,
    private readonly rows: StackRows | null = null,
    private readonly compare: ((profile: Profile, spec: SidesSpec) => Sided | null) | null = null,
    private readonly during: ((time: string) => Profile | null) | null = null,
  ) {
    const sided = this.sided(plainQuery)?.profile ?? profile
    const result = { profile: sided, droppedBy: null, ...keyFrames(sided, plainQuery) }
    this.plain = new Queried(plainQuery, result, null, sided === profile, this.links)
  }

  /** What of the profile is compared with what; null for a profile that was not united. */
  sided({ sides, scale, operations, percentOf, matchMoved }: SidesSpec = plainQuery): Sided | null {
    const { compare } = this
    if (!compare) return null
    const asked = { sides, scale, operations, percentOf, matchMoved }
    return this.sides.get(JSON.stringify(asked), () => compare(this.profile, asked))
  }

  /** Throws FilterError. */
  run(spec: QuerySpec = plainQuery): Queried {
    const key = queryKey(spec)
    if (key === queryKey(plainQuery)) return this.plain
    return this.queried.get(key, () => this.compute(spec))
  }

  /** One account per sample type: what became of all that the profile holds. Throws FilterError. */
  accounts(spec: QuerySpec): Account[] {
    const { result } = this.run(spec)
    const timed = this.timed(spec.time)
    const repaired = spec.repair ? this.repair(timed).repaired : null
    return account(
      this.sided(spec)?.profile ?? timed,
      this.cuts(timed).cut,
      repaired,
      result,
      spec.filters.length + spec.transforms.length,
    )
  }

  /** Of one profile at a time. */
  private cuts(profile: Profile) {
    if (this.known?.of !== profile) this.known = { of: profile, cut: cutStacks(profile), repaired: null }
    return this.known
  }

  private repair(profile: Profile): Repaired {
    const cuts = this.cuts(profile)
    cuts.repaired ??= repairStacks(profile, cuts.cut)
    return cuts.repaired
  }

  /** What of a trace is looked at; the whole of what is no trace. */
  timed(time: string): Profile {
    const { during, profile } = this
    return time === '' || !during ? profile : this.times.get(time, () => during(time) ?? profile)
  }

  private compute(spec: QuerySpec): Queried {
    const { repair, tagRoot, tagLeaf, time, sides, scale, operations, percentOf, matchMoved } = spec
    const tagKey = JSON.stringify([repair, tagRoot, tagLeaf, time, sides, scale, operations, percentOf, matchMoved])
    const start = this.start(spec)
    const tagged = this.tagged.get(tagKey, () => addTagFrames(start, spec))
    const filterKey = `${tagKey}${queryKey({ ...plainQuery, filters: spec.filters, noInlines: spec.noInlines })}`
    const filtered = this.filtered.get(filterKey, () => applyFilters(tagged, spec))
    const keyKey = queryKey({ ...spec, transforms: [] })
    const keyed = this.keyed.get(keyKey, () => keyFrames(filtered.profile, spec))
    const unchanged: Transformed = { ...filtered, ...keyed }
    const transformed = applyTransforms(unchanged, spec.transforms, spec.filters.length + 1)
    const result = spec.filters.some(isRowFilter)
      ? applyRowFilters(transformed, spec.filters, this.rows?.of(transformed.profile, spec.own) ?? NO_ROWS)
      : transformed
    return new Queried(spec, result, this.sharing(result.profile), result.profile === this.profile, this.links)
  }

  /** The profile with the sides that are asked for, its cut stacks repaired where that is asked. */
  private start(spec: QuerySpec): Profile {
    const timed = this.timed(spec.time)
    const sided = this.sided(spec)?.profile ?? timed
    if (!spec.repair) return sided
    const { stacks, samples } = this.repair(timed).profile
    const stack =
      sided === timed ? samples.stack : samples.stack.map((row, s) => (sided.samples.stack[s] < 0 ? -1 : row))
    return { ...sided, stacks, samples: { ...sided.samples, stack } }
  }

  /** A query whose stacks and samples are the very same: it differs in what frames stand for. */
  private sharing(profile: Profile): Queried | null {
    const known = [this.plain, ...this.queried.values()]
    return known.find((q) => q.profile.stacks === profile.stacks && q.profile.samples === profile.samples) ?? null
  }
}

class Cache<T> {
  private readonly entries = new Map<string, T>()

  get(key: string, make: () => T): T {
    let value = this.entries.get(key)
    this.entries.delete(key)
    value ??= make()
    this.entries.set(key, value)
    if (this.entries.size > KEPT) this.entries.delete(this.entries.keys().next().value as string)
    return value
  }

  values(): Iterable<T> {
    return this.entries.values()
  }
}
