/** What reads one kind of evidence out of texts, line by line. */
import type { Profile } from '../model/profile.ts'
import type { EvidenceParts, PartId } from './document.ts'

/** Reads one file. */
export interface EvidenceReader<Table> {
  /**
   * Takes a line, without its line break and without colours; true = it belongs to this kind of evidence, even where it
   * tells nothing. number: from 1.
   */
  line(text: string, number: number): boolean
  /** Null where the file holds nothing of the kind. */
  end(): Table | null
}

/** What one file holds. */
export interface FileTable<Table> {
  /** Of the file. */
  name: string
  table: Table
}

/** What the files of a document hold of one kind. */
export interface EvidencePart<P extends PartId = PartId> {
  /** For the page, small. */
  info: EvidenceParts[P]
  /** What it tells as a profile, where it holds stacks: the document answers questions about profiles too. */
  profile?(): Profile
  /** Answers a question of a view, perhaps later. Throws Error for one that it does not know. */
  answer(question: string, args: unknown): unknown
}

/** Code of one kind, loaded when a text is read. */
export interface EvidenceCode<P extends PartId, Table> {
  newReader(): EvidenceReader<Table>
  /** files: one at least, in the order of the sources. */
  join(files: readonly FileTable<Table>[]): EvidencePart<P>
}

/** A row of the list in kinds.ts. */
export interface EvidenceKind<P extends PartId = PartId> {
  part: P
  /** Told by the first kilobytes of a file. */
  mark: RegExp
  load(): Promise<EvidenceCode<P, unknown>>
}
