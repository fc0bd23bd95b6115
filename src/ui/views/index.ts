/** All views, in the order of their tabs. The first one that fits is open when the address names none. */
import { annotationsView } from './annotations/index.ts'
import { benchmarksView } from './benchmarks/index.ts'
import { changesView } from './changes/index.ts'
import { escapesView } from './escapes/index.ts'
import { bottomUpView, flameView } from './flame/index.ts'
import { gcView } from './gc/index.ts'
import { goroutinesView } from './goroutines/index.ts'
import { graphView } from './graph/index.ts'
import { labelsView } from './labels/index.ts'
import { memoryView } from './memory/index.ts'
import { overTimeView } from './over-time/index.ts'
import { sideBySideView } from './side-by-side/index.ts'
import { storyView } from './story/index.ts'
import { timelineView } from './timeline/index.ts'
import { topView } from './top/index.ts'
import { bottomUpTableView, treeView } from './tree/index.ts'
import type { ViewDefinition } from './view-definition.ts'

export const views: readonly ViewDefinition[] = [
  storyView,
  timelineView,
  goroutinesView,
  escapesView,
  flameView,
  bottomUpView,
  changesView,
  overTimeView,
  sideBySideView,
  topView,
  bottomUpTableView,
  treeView,
  graphView,
  labelsView,
  annotationsView,
  benchmarksView,
  gcView,
  memoryView,
]
