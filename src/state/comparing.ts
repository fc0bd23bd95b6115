/** Which open profiles can be compared, and in which order. */
import { COMPARISON, documentId } from '../core/documents/document.ts'
import type { EngineError } from '../engine/protocol.ts'
import type { GivenSource } from './documents.ts'
import type { SameProgram } from './same-program.ts'
import { isProfile, type OpenDocument, type OpenedProfile, type Source, type Store } from './store.ts'

/** A file of a comparison, and when it was captured: nanoseconds since 1970, 0 = not known. */
export interface CapturedSource {
  source: Source
  timeNs: number
}

/** The files that a document brings into a comparison. None where it is made of several that are added up, or is no profile. */
export function sidesOf(document: OpenDocument): CapturedSource[] {
  if (!isProfile(document)) return []
  const { sides, timeNs } = document.info
  if (sides) return document.sources.map((source, i) => ({ source, timeNs: sides[i]?.timeNs ?? 0 }))
  const [source, ...others] = document.sources
  return source && others.length === 0 ? [{ source, timeNs }] : []
}

/** Each once, the earliest first; those that say no time stay where they are. */
export function byCapture(all: readonly CapturedSource[]): Source[] {
  const each = all.filter(({ source }, i) => all.findIndex((other) => other.source.id === source.id) === i)
  const timed = each.filter(({ timeNs }) => timeNs > 0).sort((a, b) => a.timeNs - b.timeNs)
  return each.map((side) => ((side.timeNs > 0 && timed.shift()) || side).source)
}

/** The open profiles of one program and kind with this one, in the order of opening; itself alone where there is no other. */
export function alike(
  profile: OpenedProfile,
  profiles: readonly OpenedProfile[],
  sameProgram: SameProgram,
): OpenedProfile[] {
  if (sidesOf(profile).length !== 1) return [profile]
  const isAlike = (other: OpenedProfile) =>
    other === profile ||
    (other.info.kind === profile.info.kind && sidesOf(other).length === 1 && sameProgram(other, profile))
  return profiles.filter(isAlike)
}

interface Needs {
  store: Store
  makeOne(sources: readonly GivenSource[], kind: string): Promise<OpenDocument | null>
  failed(name: string, error: EngineError): void
  switchDocument(id: string): void
}

/** The comparison of the files of documents: the one that is open, or a new one. */
export async function comparisonOf(
  all: readonly OpenDocument[],
  { store, makeOne, failed, switchDocument }: Needs,
): Promise<OpenDocument | null> {
  const sources = byCapture(all.flatMap(sidesOf))
  const [only, second] = sources
  if (!second) {
    const message = `fewer than two profiles: ${all.map(({ name }) => name).join(', ')}`
    failed(all.at(-1)?.name ?? '', { code: 'cannot-compare', message, facts: { with: only?.name ?? '' } })
    return null
  }
  const id = documentId(
    COMPARISON,
    sources.map((source) => source.id),
  )
  const open = store.getState().documents.find((document) => document.id === id)
  if (!open) return makeOne(sources, COMPARISON)
  switchDocument(id)
  return open
}
