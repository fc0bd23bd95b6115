/** Profiles that are compared: united, and what answers about them need besides. Comes when somebody compares. */
import { type BoxSides, boxSides } from '../core/compare/box-sides.ts'
import {
  type ChangeSums,
  type ChangesRequest,
  type ChangesTable,
  changeSums,
  changesTable,
} from '../core/compare/changes.ts'
import { type MovedNames, movedNames } from '../core/compare/moved-names.ts'
import { isSameProgram } from '../core/compare/same-program.ts'
import { unite } from '../core/compare/unite.ts'
import type { ReadResult } from '../core/formats/index.ts'
import type { ProfileKind } from '../core/model/kind.ts'
import { scaledLabel } from '../core/model/measure.ts'
import type { Note, Profile, ProfileMeta, ValueType } from '../core/model/profile.ts'
import type { Queried } from '../core/query/run.ts'
import { applySides, type Sided, type SidesSpec } from '../core/query/sides.ts'
import { EngineFailure } from './failure.ts'
import type { ProfileInfo, SideInfo } from './protocol.ts'

export class Comparison {
  private readonly known = new WeakMap<Queried, { sampleType: number; sides: BoxSides }>()
  private readonly sums = new WeakMap<Queried, { sampleType: number; sums: ChangeSums }>()

  /** All of them united, as they were measured. */
  readonly profile: Profile
  private readonly sides: SideInfo[]
  private readonly moved: MovedNames | null
  readonly apply = (profile: Profile, spec: SidesSpec) => applySides(this.named(profile, spec.matchMoved), spec)

  /** `profiles`: of the reads, without the frames that are not shown. Throws EngineFailure. */
  constructor(files: readonly { name: string }[], reads: readonly ReadResult[], profiles: readonly Profile[]) {
    const united = ofCommonTypes(unite(profiles).profile, profiles)
    const notes = [...united.meta.notes, ...differences(profiles)]
    this.profile = { ...united, meta: { ...united.meta, notes } }
    this.moved = movedNames(united)
    this.sides = toldApart(files.map(({ name }) => name)).map((name, i) =>
      sideInfo(name, reads[i] as ReadResult, this.profile, i),
    )
  }

  /** Of its files, told apart. */
  names(): string[] {
    return this.sides.map(({ name }) => name)
  }

  infoOf(info: ProfileInfo): ProfileInfo {
    return { ...info, sides: this.sides, moved: this.moved?.was ?? null }
  }

  /** The same with the names that functions have after they moved, where that is asked for and there are any. */
  named(profile: Profile, matchMoved: boolean): Profile {
    return matchMoved && this.moved ? { ...profile, functions: this.moved.functions } : profile
  }

  /** One sample type is kept at a time, as with weights. */
  boxSides(queried: Queried, sided: Sided, whole: Profile, kind: ProfileKind, sampleType: number): BoxSides {
    const known = this.known.get(queried)
    if (known?.sampleType === sampleType) return known.sides
    const sides = boxSides(queried, sided, whole, kind, sampleType)
    this.known.set(queried, { sampleType, sides })
    return sides
  }

  /** each: see changeSums. */
  changes(
    queried: Queried,
    sampleType: number,
    sides: BoxSides | null,
    request: ChangesRequest,
    each: () => Queried[],
  ): ChangesTable | null {
    if (!sides) return null
    let known = this.sums.get(queried)
    if (known?.sampleType !== sampleType) {
      known = { sampleType, sums: changeSums(queried, sampleType, sides, each()) }
      this.sums.set(queried, known)
    }
    return changesTable(queried, known.sums, request)
  }
}

/** What a reader should know who compares them. */
function differences(profiles: readonly Profile[]): Note[] {
  const notes: Note[] = []
  const last = profiles.at(-1) as Profile
  const strangers = profiles.filter((profile) => isSameProgram(profile, last) === false)
  if (strangers.length > 0) {
    const programs = [...strangers, last].map(({ meta }) => programOf(meta)).filter((program) => program !== '')
    notes.push({ code: 'programs-differ', count: strangers.length, detail: [...new Set(programs)].join(', ') })
  }
  const periods = profiles.flatMap(({ meta: { period, periodType } }) =>
    period > 0n && periodType ? [`${periodType.type} ${scaledLabel(Number(period), periodType.unit, 'auto')}`] : [],
  )
  const distinct = [...new Set(periods)]
  if (distinct.length > 1) notes.push({ code: 'periods-differ', count: distinct.length, detail: distinct.join(', ') })
  return notes
}

/** Files of one name as "heap (1).pb.gz" and "heap (2).pb.gz", in their order. */
function toldApart(names: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return names.map((name) => {
    if (names.indexOf(name) === names.lastIndexOf(name)) return name
    const number = (seen.get(name) ?? 0) + 1
    seen.set(name, number)
    const end = name.search(/(\.(pb|pprof|prof))?(\.gz)?$/i)
    return `${name.slice(0, end)} (${number})${name.slice(end)}`
  })
}

const programOf = ({ mappings }: Pick<ProfileMeta, 'mappings'>): string =>
  mappings[0]?.file.replace(/^.*[/\\]/, '') ?? ''

/** Only what all of them count can be compared. Throws EngineFailure when there is no such thing. */
function ofCommonTypes(united: Profile, profiles: readonly Profile[]): Profile {
  const isCommon = united.sampleTypes.map(({ type }) =>
    profiles.every(({ sampleTypes }) => sampleTypes.some((t) => t.type === type)),
  )
  if (isCommon.every(Boolean)) return united
  const kept = <T>(list: readonly T[]) => list.filter((_, t) => isCommon[t])
  const sampleTypes = kept(united.sampleTypes)
  if (sampleTypes.length === 0) {
    const counted = profiles.map((profile) => profile.sampleTypes.map(({ type }) => type).join(', '))
    const message = `Profiles of ${[...new Set(counted)].join(' and of ')} have no sample type in common.`
    throw new EngineFailure({ code: 'cannot-compare', message, facts: { types: [...new Set(counted)].join(' / ') } })
  }
  const wanted = united.sampleTypes[united.defaultSampleType]
  const row = sampleTypes.indexOf(wanted as ValueType)
  const lost = united.sampleTypes.filter((_, t) => !isCommon[t]).map(({ type }) => type)
  const { wide } = united.samples
  return {
    ...united,
    sampleTypes,
    defaultSampleType: row < 0 ? sampleTypes.length - 1 : row,
    samples: { ...united.samples, value: kept(united.samples.value), ...(wide ? { wide: kept(wide) } : {}) },
    meta: {
      ...united.meta,
      notes: [...united.meta.notes, { code: 'types-left-out', count: lost.length, detail: lost.join(', ') }],
    },
  }
}

function sideInfo(name: string, { id, profile }: ReadResult, united: Profile, at: number): SideInfo {
  const { samples } = united
  const totals = united.sampleTypes.map(() => 0)
  let count = 0
  for (let s = 0; s < samples.length; s++) {
    if (samples.source?.[s] !== at) continue
    count++
    for (let t = 0; t < totals.length; t++) totals[t] += samples.value[t][s]
  }
  const { mappings, timeNs, durationNs } = profile.meta
  return {
    name,
    id,
    program: programOf({ mappings }),
    buildId: mappings[0]?.buildId ?? '',
    timeNs: Number(timeNs),
    durationNs: Number(durationNs),
    samples: count,
    totals,
  }
}
