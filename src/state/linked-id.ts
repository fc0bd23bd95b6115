/** How links name documents with files that came sealed. */
import type { OpenDocument } from './store.ts'

type Named = Pick<OpenDocument, 'id' | 'sources'>

/** The id with the names of what is stored in the place of sealed files' ids, which are hashes of their contents. */
export const linkedId = ({ id, sources }: Named): string =>
  sources.reduce((text, source) => (source.sealed ? text.replaceAll(source.id, source.sealed.stored) : text), id)

/** One key for each file, '' for one that is not sealed, with dots between. */
export const linkedKeys = ({ sources }: Named): string => sources.map(({ sealed }) => sealed?.key ?? '').join('.')
