/** Execution traces of Go: profiles of what goroutines waited for, and a timeline. Their code comes with the first one. */
import { isExecutionTrace } from '../../core/trace/head.ts'
import type { DocumentKind } from './kind.ts'
import { profileKind } from './profile.ts'

export const traceKind: DocumentKind = {
  id: 'trace',
  detect: isExecutionTrace,
  async read(request, onProgress, options) {
    // Several are added up, as profiles of one kind are.
    if (request.sources.length > 1) return profileKind.read(request, onProgress, options)
    return (await import('../trace.ts')).openTrace(request, onProgress, options)
  },
}
