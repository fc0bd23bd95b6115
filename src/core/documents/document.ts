/** What every document says of itself, whatever its kind. */
export interface DocumentHead {
  /** Follows from its kind and its sources: see documentId. */
  id: string
  kind: string
  /** For people: the name of its file, or of its files. */
  name: string
  /** What ran, as far as the document tells; '' = unknown. */
  program: string
  /** When it was captured, in nanoseconds since 1970; 0 = unknown. */
  time: number
}
