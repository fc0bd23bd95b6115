/** Everything that there is about one program, of any kind. No file is one: a request names the kind. */
import type { DocumentKind } from './kind.ts'

export const investigationKind: DocumentKind = {
  id: 'investigation',
  read: async (request, onProgress, options) =>
    (await import('../story.ts')).openInvestigation(request, onProgress, options),
}
