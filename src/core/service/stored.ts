/** What the page and a server that stores profiles say to each other. */

/** Path of the store, relative to the page; behind it comes the id of what is stored. */
export const STORE_PATH = 'store/'

/** As ContentHash writes it: the name of the content that is stored. */
export const STORED_ID = /^[A-Za-z0-9_-]{43}$/

/** Sealed bytes begin so; then come 12 bytes of initialisation vector and what AES-GCM makes. */
export const SEAL_MARK = 'HZSEAL1\n'

/** An investigation begins so: see StoredInvestigation. */
export const INVESTIGATION_MARK = '{"hotzone":"investigation"'

/** Headers of the store. */
export const DELETE_TOKEN_HEADER = 'X-Hotzone-Delete-Token'
/** The name of the file, percent-encoded. */
export const NAME_HEADER = 'X-Hotzone-Name'
/** Seconds that the store keeps it, as asked for. */
export const KEEP_HEADER = 'X-Hotzone-Keep-Seconds'
/** When it ends, in seconds since 1970. */
export const EXPIRES_HEADER = 'X-Hotzone-Expires'

export interface StoreOffer {
  /** Largest upload, in bytes as they are sent. */
  mostBytes: number
  /** Longest time that something is kept; 0 = for good. */
  mostSeconds: number
  /** The server shows a title and a picture to programs that look at links. */
  previews: boolean
}

export interface StoredAnswer {
  id: string
  /** Shown once: whoever has it can delete. */
  deleteToken: string
  /** Seconds since 1970; null = never. */
  expires: number | null
}

/** Files in their order, for one document. */
export interface StoredInvestigation {
  hotzone: 'investigation'
  version: 1
  /** Kind of the document, see documentId; '' where the files decide. */
  kind: string
  /** id: of the content; stored: what the store knows it by, where that is another one (sealed). */
  files: readonly { id: string; name: string; stored?: string }[]
  /** The view: the link's fragment, without #. */
  view: string
}

/** Reads one. Null for what is none. */
export function parseInvestigation(text: string): StoredInvestigation | null {
  if (!text.startsWith(INVESTIGATION_MARK)) return null
  let value: StoredInvestigation
  try {
    value = JSON.parse(text) as StoredInvestigation
  } catch {
    return null
  }
  const { version, kind, files, view } = value
  const isId = (id: unknown) => typeof id === 'string' && STORED_ID.test(id)
  const isRight =
    version === 1 &&
    typeof kind === 'string' &&
    /^[a-z-]{0,30}$/.test(kind) &&
    typeof view === 'string' &&
    view.length <= 20_000 &&
    Array.isArray(files) &&
    files.length > 0 &&
    files.length <= 50 &&
    files.every((file) => isId(file?.id) && typeof file.name === 'string' && file.name.length <= 255) &&
    files.every(({ stored }) => stored === undefined || isId(stored))
  return isRight ? { hotzone: 'investigation', version: 1, kind, files, view } : null
}

export type StoreErrorCode =
  | 'address'
  | 'foreign'
  | 'too-large'
  | 'unpacks-too-far'
  | 'no-profile'
  | 'wrong-hash'
  | 'damaged'
  | 'parts-missing'
  | 'full'
  | 'slow'
  | 'cut-off'
  | 'store-failed'
  | 'not-here'
  | 'wrong-token'

/** Body of an answer that refuses. */
export interface StoreError {
  error: StoreErrorCode
  /** For programs that have no words of their own. */
  message: string
}
