/** What every document says of itself, whatever its kind, and how its id follows from what it was made of. */

/** Most profiles, or texts, that one document is made of. */
export const MOST_SOURCES = 20
/** Most files of an investigation, which holds none of them whole. */
export const MOST_FILES = 50

export interface DocumentHead {
  /** See documentId. */
  id: string
  kind: string
  /** For people: the name of its file, or of its files. */
  name: string
  /** What ran, as far as the document tells; '' = unknown. */
  program: string
  /** When it was captured, in nanoseconds since 1970; 0 = unknown. */
  time: number
}

/** What a link need not say: a document of one file, whatever it turns out to be, and profiles added up. */
const PROFILE = 'profile'
/** Kind of profiles that are compared. */
export const COMPARISON = 'comparison'
/** Kind of everything that there is about one program. */
export const INVESTIGATION = 'investigation'

/** How many files a document of a kind is made of at most; null = what they are. */
export const mostSources = (kind: string | null): number => (kind === INVESTIGATION ? MOST_FILES : MOST_SOURCES)

/** As ContentHash writes it. */
const SOURCE_ID = '[A-Za-z0-9_-]{43}'

const DOCUMENT_ID = new RegExp(`^(?:([a-z][a-z0-9-]{0,30})~)?(${SOURCE_ID}(?:\\.${SOURCE_ID}){0,${MOST_FILES - 1}})$`)

/**
 * Id of a document: that of its source, or those of its sources joined by dots, behind the kind of what they were made
 * into; an investigation of one file is not that file. It says all that is needed to make the document again from kept sources.
 */
export function documentId(kind: string, sources: readonly string[]): string {
  const ids = sources.join('.')
  const isFile = sources.length === 1 && kind !== INVESTIGATION
  return isFile || kind === PROFILE ? ids : `${kind}~${ids}`
}

/** kind: null where the files decide. Null for a text that is no id. */
export function parseDocumentId(id: string): { kind: string | null; sources: string[] } | null {
  const [, kind, ids] = DOCUMENT_ID.exec(id) ?? []
  if (ids === undefined) return null
  const sources = ids.split('.')
  if (sources.length > mostSources(kind ?? null)) return null
  return { kind: kind ?? (sources.length > 1 ? PROFILE : null), sources }
}
