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
  { reads, name, fileBytes }: { reads: readonly ReadResult[]; name: string; fileBytes: number },
  base: (sampleType: number) => number,
): ProfileInfo {
  const notes: Note[] = [...profile.meta.notes]
  const sampleTypes = profile.sampleTypes.map((type, i): SampleTypeInfo => {
    const totals = columnTotals(profile.samples.value[i])
    if (!totals.exact) notes.push({ code: 'sum-beyond-2^53', detail: type.type })
    if (totals.negative && !notes.some((n) => n.code === 'has-negative-values')) {
      notes.push({ code: 'has-negative-values' })
    }
    const total = totals.negative ? base(i) : totals.absolute
    return { ...type, total, net: totals.net, gross: totals.absolute, samples: totals.samples, exact: totals.exact }
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
    id: documentId(
      'profile',
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
    timeNs: Number(profile.meta.timeNs),
    durationNs: Number(profile.meta.durationNs),
    period: Number(profile.meta.period),
    periodType: profile.meta.periodType,
    comments: profile.meta.comments,
    docUrl: profile.meta.docUrl,
    notes,
    own: [...own],
    names: pack(profile.strings, profile.functions.name),
    files: files.packed(),
    hash: profile.functions.hash.slice(),
  }
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
