/** Two to twenty profiles that are compared. No file is one: a request names the kind. */
import { Engine } from '../engine.ts'
import type { EngineError } from '../protocol.ts'
import type { DocumentKind } from './kind.ts'
import { heldProfile } from './profile.ts'

export const comparisonKind: DocumentKind = {
  id: 'comparison',
  async read({ sources, first }, onProgress, options) {
    const engine = new Engine()
    const failed: { row: number; name: string; error: EngineError }[] = []
    const info = await engine.openComparison(sources, onProgress, options, (row, error) =>
      failed.push({ row, name: sources[row]?.name ?? '', error }),
    )
    const held = heldProfile(engine, comparisonKind.id, info, first, onProgress)
    const ids = [...held.opened.sourceIds]
    const sourceIds = sources.map((_, row) => (failed.some((file) => file.row === row) ? '' : (ids.shift() ?? '')))
    return {
      ...held,
      opened: { ...held.opened, sourceIds, failed: failed.map(({ name, error }) => ({ name, error })) },
    }
  },
}
