/** The views of a profile, in the order of their tabs. The first one fits every profile, and is open when the address names none. */
import type { ProfileInfo } from '../../state/store.ts'
import { bottomUpView, flameView } from './flame/index.ts'
import { functionView } from './function/index.ts'
import { graphView } from './graph/index.ts'
import { labelsView } from './labels/index.ts'
import { sourceView } from './source/index.ts'
import { topView } from './top/index.ts'
import { treeView } from './tree/index.ts'
import type { ViewDefinition } from './view-definition.ts'

export const views: readonly [ViewDefinition, ...ViewDefinition[]] = [
  flameView,
  bottomUpView,
  functionView,
  topView,
  treeView,
  graphView,
  labelsView,
  sourceView,
]

/** The view that an address names, the first one when that does not fit the profile. */
export function viewOf(page: string, info: ProfileInfo): ViewDefinition {
  return views.find((view) => view.id === page && view.accepts(info)) ?? views[0]
}

/** What ViewState.page holds for a view. */
export function pageOf(view: ViewDefinition): string {
  return view === views[0] ? '' : view.id
}
