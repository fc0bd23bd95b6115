/** What a document of evidence says of its escapes, and what its views may ask. */
import type { Language } from '../../zones/words/languages.ts'
import type { TextForm } from '../memory/text.ts'
import type { Escape, EscapeCounts, EscapeKind } from './table.ts'
import type { Why, WhyId } from './why.ts'

/** EvidenceParts.escapes. */
export interface EscapeInfo extends EscapeCounts {
  packages: readonly string[]
  /** The compiler was asked for reasons (-m -m). */
  reasons: boolean
}

/** A profile whose bytes escapes are ranked by. id: of its document. */
export interface WeighedBy {
  id: string
  name: string
  file: Blob
}

/** Question "table". */
export interface EscapeRequest {
  /** Left out = those on the heap. */
  kinds?: readonly EscapeKind[]
  /** '' = all. */
  why: WhyId | ''
  /** Plain text that the expression, the place, the package or the chain holds. */
  text: string
  most: number
  /** "FROM=TO": what stands in the profile's paths for a beginning of the text's; '' = it is guessed. */
  mapping: string
  profile: WeighedBy | null
}

export interface EscapeRow extends Escape {
  why: Why
  /** What the profile charges to the line itself (flat), and its share of the total; null = no profile, or not its matter. */
  bytes: number | null
  share: number | null
  /** Escapes of the line, which share its bytes. */
  onLine: number
  /** Function and file of the profile in which the line lies; '' = it is not there. */
  func: string
  profileFile: string
}

/** A line of the profile that allocates, of which the compiler says nothing. */
export interface UnexplainedLine {
  func: string
  file: string
  line: number
  flat: number
  cum: number
  share: number
  /** Function that allocates for it; '' = the line does so itself, in the runtime. */
  callee: string
}

export interface EscapeAnswer {
  /** Heaviest first, then in the order of the text. */
  rows: readonly EscapeRow[]
  /** In all, and of those that the filters leave how many, and how many of them without weight. */
  all: number
  matching: number
  weightless: number
  weighed: { name: string; type: string; unit: string; total: number } | null
  unexplained: readonly UnexplainedLine[]
  /** Files of the text that the profile does not have. */
  missing: readonly string[]
  /** "FROM=TO" by which files were matched, as it was guessed; '' = paths are equal. */
  mapping: string
  whys: readonly { id: WhyId; count: number }[]
}

/** Question "text". */
export interface EscapeTextRequest extends Omit<EscapeRequest, 'most'> {
  form: TextForm
  language: Language
  /** With what lines say besides, above and below the table. */
  says: boolean
}
