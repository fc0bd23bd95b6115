/** Going from view to view, and what the table views remember. */

import { pathOf } from '../core/layout/camera.ts'
import { change } from './actions.ts'
import { goToSoon } from './graph-port.ts'
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

/** Goes to the heaviest box of a function in the flame graph; searches for it where the boxes are too small. */
export function showInGraph(name: string): void {
  const { tree } = get().answers
  const row = tree ? rowOf(tree.profile, name) : -1
  let best = -1
  if (tree && row >= 0) {
    const { func, width, length } = tree.value
    for (let r = 1; r < length; r++) if (func[r] === row && (best < 0 || width[r] > width[best])) best = r
  }
  if (tree && best >= 0) {
    change({ page: FLAME, func: name }, 'push')
    goToSoon(pathOf(tree.value, tree.profile.info.hash, best), tree.value.key[best])
  } else change({ page: FLAME, func: name, search: name }, 'push')
}
