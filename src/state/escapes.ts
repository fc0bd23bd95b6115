/** Compiler output that is open beside profiles: which profile its escapes are weighed by, and which output tells of a profile. */
import { partOf } from '../core/evidence/document.ts'
import type { EscapeInfo, WeighedBy } from '../core/evidence/escapes/document.ts'
import { isOwnPackage, packageOf } from '../core/model/go-name.ts'
import { isProfile, type OpenDocument, type OpenedProfile, profilesOf } from './store.ts'

/** Functions of a profile that are looked at to see whose it is. */
const LOOKED_AT = 5000

/** Whether the packages that were compiled are those of the profile's program. */
function fits({ packages }: EscapeInfo, { info, names }: OpenedProfile): boolean {
  if (packages.length === 0 || packages.some((path) => isOwnPackage(path, info.own))) return true
  const compiled = new Set(packages)
  for (let f = 0; f < Math.min(names.length, LOOKED_AT); f++) if (compiled.has(packageOf(names.get(f)))) return true
  return false
}

const isHeap = ({ info }: OpenedProfile) => info.kind === 'heap' || info.kind === 'allocs'

/** Heap profiles of the session that fit, those of one file: what was opened last comes first. */
export function weighing(document: OpenDocument, documents: readonly OpenDocument[]): OpenedProfile[] {
  const info = partOf(document, 'escapes')
  if (!info) return []
  const fitting = profilesOf({ documents }).filter((one) => isHeap(one) && one.sources.length === 1 && fits(info, one))
  return fitting.reverse()
}

export function weighedBy({ id, name, sources }: OpenedProfile): WeighedBy | null {
  const [source] = sources
  return source ? { id, name, file: source.file } : null
}

/** The compiler output that tells of this profile; null = none is open. */
export function escapesFor(profile: OpenDocument, documents: readonly OpenDocument[]): OpenDocument | null {
  if (!isProfile(profile) || profile.sources.length !== 1) return null
  const found = documents.filter((document) => {
    const info = partOf(document, 'escapes')
    return info !== undefined && document.id !== profile.id && fits(info, profile)
  })
  return found.at(-1) ?? null
}
