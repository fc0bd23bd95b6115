/** What the page is told of a profile that was opened. */
import { documentId } from '../core/documents/document.ts'
import type { ReadResult } from '../core/formats/index.ts'
import { goVersion, type ProfileKind } from '../core/model/kind.ts'
import type { Note, Profile } from '../core/model/profile.ts'
import { type FileList, pack } from './packed-names.ts'
import type { ProfileInfo, SampleTypeInfo } from './protocol.ts'

interface Read {
  profile: Profile
  kind: ProfileKind
  /** As ownPaths() finds them. */
  own: readonly string[]
  files: FileList
}

/** base: what 100% is of a sample type (Weights.base). */
export function profileInfo(
  { profile, kind, own, files }: Read,
  {
    reads,
    name,
    fileBytes,
  }: { reads: readonly Pick<ReadResult, 'id' | 'rawBytes'>[]; name: string; fileBytes: number },
  base: (sampleType: number) => number,
): ProfileInfo {
  const notes: Note[] = [...profile.meta.notes]
  const sampleTypes = sampleTypeInfos(profile, base)
  for (const { exact, type } of sampleTypes) if (!exact) notes.push({ code: 'sum-beyond-2^53', detail: type })
  if (!profile.sources && profile.samples.value.some((column) => column.some((v) => v < 0))) {
    notes.push({ code: 'has-negative-values' })
  }
  const used = new Uint8Array(profile.stacks.length)
  let stacks = 0
  let empty = 0
  for (const row of profile.samples.stack) {
    if (row === 0) empty++
    if (used[row] === 0) stacks++
    used[row] = 1
  }
  // The runtime says no stack of much of what it does: in traces that is the rule.
  if (empty > 0 && kind !== 'trace') notes.push({ code: 'empty-stacks', count: empty })
  return {
    id: documentId(
      profile.sources ? 'comparison' : 'profile',
      reads.map(({ id }) => id),
    ),
    name,
    kind,
    goVersion: goVersion(files.names()),
    fileBytes,
    rawBytes: reads.reduce((sum, { rawBytes }) => sum + rawBytes, 0),
    sampleTypes,
    defaultSampleType: profile.defaultSampleType,
    samples: profile.samples.length,
    stacks,
    functions: profile.functions.length,
    locations: profile.locations.length,
    maxDepth: maxDepth(profile),
    hasColumns: profile.frames.column !== undefined,
    hasLabels: (profile.samples.labels?.key.length ?? 0) > 0,
    program: profile.meta.mappings[0]?.file.replace(/^.*[/\\]/, '') ?? '',
    buildId: profile.meta.mappings[0]?.buildId ?? '',
    timeNs: Number(profile.meta.timeNs),
    durationNs: Number(profile.meta.durationNs),
    period: Number(profile.meta.period),
    periodType: profile.meta.periodType,
    comments: profile.meta.comments,
    docUrl: profile.meta.docUrl,
    notes,
    own: [...own],
    sides: null,
    moved: null,
    names: pack(profile.strings, profile.functions.name),
    files: files.packed(),
    hash: profile.functions.hash.slice(),
  }
}

export function sampleTypeInfos(profile: Profile, base: (sampleType: number) => number): SampleTypeInfo[] {
  return profile.sampleTypes.map((type, i) => {
    const { absolute, net, samples, negative, exact } = columnTotals(profile.samples.value[i])
    const total = negative ? base(i) : absolute
    // What cancels out in equal samples is not there any more.
    return { ...type, total, net, gross: profile.samples.alike ? total : absolute, samples, exact }
  })
}

function columnTotals(column: Float64Array) {
  let absolute = 0
  let net = 0
  let samples = 0
  let negative = false
  for (let s = 0; s < column.length; s++) {
    const v = column[s]
    if (v !== 0) samples++
    net += v
    if (v < 0) {
      negative = true
      absolute -= v
    } else absolute += v
  }
  return { absolute, net, samples, negative, exact: absolute <= Number.MAX_SAFE_INTEGER }
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
