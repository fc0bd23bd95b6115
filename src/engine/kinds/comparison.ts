/** Two to twenty profiles that are compared. No file is one: a request names the kind. */
import { Engine } from '../engine.ts'
import type { DocumentKind } from './kind.ts'
import { heldProfile } from './profile.ts'

export const comparisonKind: DocumentKind = {
  id: 'comparison',
  async read({ sources, first }, onProgress, options) {
    const engine = new Engine()
    const info = await engine.openComparison(sources, onProgress, options)
    return heldProfile(engine, comparisonKind.id, info, first, onProgress)
  },
}
