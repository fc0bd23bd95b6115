/** Compiler output that is open beside profiles: which profile its escapes are weighed by, and which output tells of a profile. */
import { partOf } from '../core/evidence/document.ts'
import type { EscapeInfo, WeighedBy } from '../core/evidence/escapes/document.ts'
import { isProfile, type OpenDocument, type OpenedProfile, profilesOf } from './store.ts'

/** Functions of a profile that are looked at to see whose it is. */
const LOOKED_AT = 5000

const known = new WeakMap<EscapeInfo, WeakMap<OpenedProfile, boolean>>()

/** Whether the packages that were compiled are those of the profile's program. */
function fits(info: EscapeInfo, profile: OpenedProfile): boolean {
  const profiles = known.get(info) ?? new WeakMap<OpenedProfile, boolean>()
  known.set(info, profiles)
  const found = profiles.get(profile) ?? isOfProgram(info, profile)
  profiles.set(profile, found)
  return found
}

function isOfProgram({ packages }: EscapeInfo, { info, names }: OpenedProfile): boolean {
  if (packages.length === 0) return true
  const below = (path: string) => info.own.some((own) => path === own || path.startsWith(`${own}/`))
  if (packages.some(below)) return true
  for (let f = 0; f < Math.min(names.length, LOOKED_AT); f++) {
    const name = names.get(f)
    if (packages.some((path) => name.startsWith(`${path}.`))) return true
  }
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

/** The compiler output that tells of a profile that is open; null = there is none. */
export function escapesFor(profile: string, documents: readonly OpenDocument[]): OpenDocument | null {
  const one = documents.find(({ id }) => id === profile)
  if (!one || !isProfile(one) || one.sources.length !== 1) return null
  const found = documents.filter((document) => {
    const info = partOf(document, 'escapes')
    return info !== undefined && document !== one && fits(info, one)
  })
  return found.at(-1) ?? null
}
