/** What can be read off answers: whether they belong together, and what failed. */
import { findPath } from '../core/layout/tree-path.ts'
import { queryKey } from '../core/query/query-spec.ts'
import { samePath } from '../core/view/zoom-path.ts'
import { EngineFailure } from '../engine/client.ts'
import type { EngineError } from '../engine/protocol.ts'
import type { Answer, AppState } from './store.ts'

/** Whether two answers are about the same stacks under the same names, so that their rows can stand side by side. */
export function matching(a: Answer<unknown>, b: Answer<unknown>): boolean {
  return (
    a.profile.client === b.profile.client &&
    a.sampleType === b.sampleType &&
    (a.profile.query === b.profile.query || queryKey(a.profile.query) === queryKey(b.profile.query))
  )
}

/** The same, and the trees go the same way. */
export function matchingTrees(a: Answer<unknown>, b: Answer<unknown>): boolean {
  return matching(a, b) && a.profile.query.inverted === b.profile.query.inverted
}

/** The engine's reason; anything else that was thrown counts as an internal error. */
export function reasonOf(thrown: unknown): EngineError {
  if (thrown instanceof EngineFailure) return thrown.error
  return { code: 'internal', message: thrown instanceof Error ? thrown.message : String(thrown), facts: {} }
}

/** How many steps of the zoom exist in the trees at hand; null while a finer tree may still find more. */
export function zoomFound(s: AppState): number | null {
  const { tree, detail } = s.answers
  const { zoom } = s.view
  if (!tree || tree.state === 'stale' || tree.profile.id !== s.current) return null
  const { hash } = tree.profile.info
  const found = findPath(tree.value, hash, zoom).found
  if (found === zoom.length || tree.value.complete) return found
  if (!detail || !matchingTrees(detail, tree)) return null
  const finer = findPath(detail.value, hash, zoom).found
  if (finer === zoom.length) return finer
  return detail.state === 'current' && samePath(detail.args.path, zoom) ? Math.max(found, finer) : null
}
