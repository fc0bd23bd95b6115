/** Kinds of documents, for tests that add one. */
export { kinds } from '../../engine/kinds/index.ts'
export type { DocumentKind } from '../../engine/kinds/kind.ts'
