/** What the inspector is about: the selected function, and before anything is selected the one to look at first. */

import { findPath } from '../core/layout/tree-path.ts'
import type { CallTree } from '../core/query/call-tree.ts'
import { selectedPlace } from '../core/view/view-state.ts'
import { rankZones } from '../core/zones/rank.ts'
import type { FunctionTotals } from '../engine/protocol.ts'
import { matchingTrees } from './answer.ts'
import { rowOf } from './rows.ts'
import { type AppState, currentProfile, type TreeAnswer } from './store.ts'

/** Row of the largest self, by answer: it holds a number for every function. */
const heaviest = new WeakMap<FunctionTotals, number>()

function heaviestRow(totals: FunctionTotals): number {
  const known = heaviest.get(totals)
  if (known !== undefined) return known
  let best = -1
  let most = 0
  for (const [row, self] of totals.flat.entries()) {
    if (Math.abs(self) > most) {
      best = row
      most = Math.abs(self)
    }
  }
  heaviest.set(totals, best)
  return best
}

/** Full name of the selected function; of the own function that the first finding blames, else of the one with the largest self, where none is selected; '' = not known yet. */
export function inspectedFunction(s: Pick<AppState, 'view' | 'answers' | 'documents' | 'current'>): string {
  const { view, answers } = s
  if (view.func !== '') return view.func
  const profile = currentProfile(s)
  const { functions, zones } = answers
  if (!profile || !functions || functions.profile.id !== profile.id) return ''
  const blamed = zones?.profile.id === profile.id ? rankZones(zones.value.zones)[0]?.blame[0] : undefined
  const name = blamed ? profile.names.get(blamed.func) : ''
  // Findings name functions; rows may be lines, or functions merged into others.
  if (rowOf(functions.profile, name) >= 0) return name
  const row = heaviestRow(functions.value)
  return row < 0 ? '' : functions.profile.names.get(row)
}

/** The row of the selected box in the trees at hand; null where no box is selected, or none of them has it. */
export function selectedBox(
  s: Pick<AppState, 'view' | 'answers'>,
): { answer: TreeAnswer; tree: CallTree; row: number } | null {
  const path = selectedPlace(s.view)
  const { tree, detail } = s.answers
  if (path.length === 0 || !tree || tree.profile.query.inverted) return null
  for (const answer of [tree, detail]) {
    if (!answer || !matchingTrees(answer, tree)) continue
    const { found, row } = findPath(answer.value, tree.profile.info.hash, path)
    if (found === path.length) return { answer, tree: answer.value, row }
  }
  return null
}
