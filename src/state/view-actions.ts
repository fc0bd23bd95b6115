/** Going from view to view, and what the table views remember. */

import { pathOf } from '../core/layout/camera.ts'
import type { CallPath } from '../core/query/call-tree.ts'
import { change } from './actions.ts'
import { goToSoon, graph } from './graph-port.ts'
import { rowOf } from './rows.ts'
import { get } from './store.ts'

/** The page that is shown first. */
const FLAME = ''

/** The function that all views mark. */
export function selectFunction(func: string): void {
  if (func !== get().view.func) change({ func }, 'replace')
}

/** Callers and callees of a function. */
export function openFunction(name: string): void {
  const { page, func } = get().view
  if (page !== 'function' || func !== name) change({ page: 'function', func: name }, 'push')
}

export function setSort(sort: string): void {
  if (sort !== get().view.sort) change({ sort }, 'replace')
}

export function setRowsFilter(rows: string): void {
  if (rows !== get().view.rows) change({ rows }, 'replace')
}

export function toggleColumn(type: string): void {
  const { columns } = get().view
  const next = columns.includes(type) ? columns.filter((c) => c !== type) : [...columns, type]
  change({ columns: next }, 'replace')
}

export function toggleBeside(): void {
  change({ beside: !get().view.beside }, 'push')
}

/** The heaviest box of a function in the tree at hand; null where its boxes are too small to be in it. */
function heaviestBox(name: string): { path: CallPath; key: number } | null {
  const { tree } = get().answers
  const row = tree ? rowOf(tree.profile, name) : -1
  if (!tree || row < 0) return null
  const { func, width, key, length } = tree.value
  let best = -1
  for (let r = 1; r < length; r++) if (func[r] === row && (best < 0 || width[r] > width[best])) best = r
  return best < 0 ? null : { path: pathOf(tree.value, tree.profile.info.hash, best), key: key[best] }
}

/** Goes to the heaviest box of a function in the flame graph; searches for it where the boxes are too small. */
export function showInGraph(name: string): void {
  const box = heaviestBox(name)
  change({ page: FLAME, func: name, ...(box ? {} : { search: name }) }, 'push')
  if (box) goToSoon(box.path, box.key)
}

/** The same for a graph that is on screen beside a table. */
export function pointAt(name: string): void {
  selectFunction(name)
  const box = heaviestBox(name)
  if (box) graph()?.goTo(box.path, box.key)
}
