/** Everything the page says about one box or one run of merged boxes. */

import { type BoxDifference, differenceOf } from '../compare/box-difference.ts'
import { packageOf } from '../model/go-name.ts'
import type { TreeRow } from '../model/rows.ts'
import type { Strings } from '../model/strings.ts'
import { type CallPath, type CallTree, REST } from '../query/call-tree.ts'
import { pathOf } from './tree-path.ts'

export interface BoxDetails {
  kind: 'root' | 'box' | 'run'
  /** Function row (CallTree.func), -1 for the root and for runs. */
  func: number
  /** Full name; '' for the root and for runs. */
  name: string
  packagePath: string
  file: string
  line: number
  inlined: boolean
  /** In the sample type's unit. A run's self is 0: it is not one function. */
  self: number
  total: number
  /** Of a comparison: both sides of the total, which is their difference; null of runs and of other profiles. */
  sides: BoxDifference | null
  /** Sum of absolute values: larger than |total| where values of both signs lie below. */
  gross: number
  /**
   * total as shares (0..1) of the whole, of the zoomed box and of the caller; null where these hold values of both
   * signs, since a part may then be more than the whole.
   */
  ofTotal: number
  ofZoom: number | null
  ofParent: number | null
  /** Steps from the root; a run's are its caller's. */
  path: CallPath
  /** CallTree.pathHash of the box; of a run that of its first box. */
  pathHash: number
  /** Function names from the root to this box, outermost first; a run ends with its caller. */
  stack: string[]
  /** How many boxes: 1, or those of the run. */
  count: number
  /** Extent in width units, for zooming to a run. */
  start: number
  end: number
}

export interface DetailsSource {
  names: Strings
  files: Strings
  /** ProfileInfo.hash */
  hash: Int32Array
  /** What 100% is: the sum of absolute values. */
  whole: number
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}

/** Of a comparison: sums of what was scaled miss the whole by what doubles round. */
function scaledShare(part: number, whole: number): number {
  return Math.abs(Math.abs(part) - whole) <= 1e-12 * whole ? Math.sign(part) : share(part, whole)
}

/** Share of a row's total; null where it holds values of both signs. */
function shareOfRow(part: number, tree: CallTree, row: TreeRow): number | null {
  return Math.abs(tree.total[row]) === tree.width[row] ? share(part, tree.total[row]) : null
}

function stackOf(tree: CallTree, names: Strings, row: TreeRow): string[] {
  const stack: string[] = []
  for (let r = row; r > 0; r = tree.parent[r]) if (tree.func[r] >= 0) stack.push(names.get(tree.func[r]))
  return stack.reverse()
}

/** Details of one row. `zoom` is the row of the zoomed box. */
export function boxDetails(tree: CallTree, row: TreeRow, zoom: number, source: DetailsSource): BoxDetails {
  if (tree.func[row] === REST) return runDetails(tree, row, tree.subtreeEnd[row], zoom, source)
  const func = tree.func[row]
  const parent = tree.parent[row]
  const name = func >= 0 ? source.names.get(func) : ''
  const total = tree.total[row]
  return {
    kind: func >= 0 ? 'box' : 'root',
    func: Math.max(-1, func),
    name,
    packagePath: packageOf(name),
    file: source.files.get(tree.file[row]),
    line: tree.line[row],
    inlined: tree.inlined[row] === 1,
    self: tree.self[row],
    total,
    sides: differenceOf(tree, row),
    gross: tree.sides ? Math.abs(total) : tree.width[row],
    ofTotal: (tree.sides ? scaledShare : share)(total, source.whole),
    ofZoom: shareOfRow(total, tree, zoom),
    ofParent: parent < 0 ? 1 : shareOfRow(total, tree, parent),
    path: pathOf(tree, source.hash, row),
    pathHash: tree.pathHash[row],
    stack: stackOf(tree, source.names, row),
    count: 1,
    start: tree.x[row],
    end: tree.x[row] + tree.width[row],
  }
}

/** Details of the siblings in rows [row, next) taken together. */
export function runDetails(
  tree: CallTree,
  row: TreeRow,
  next: number,
  zoom: number,
  source: DetailsSource,
): BoxDetails {
  const parent = tree.parent[row]
  let count = 0
  let total = 0
  let end = tree.x[row]
  for (let r = row; r < next; r = tree.subtreeEnd[r]) {
    count += tree.func[r] === REST ? tree.merged[r] : 1
    total += tree.total[r]
    end = tree.x[r] + tree.width[r]
  }
  if (count === 1 && tree.func[row] !== REST) return boxDetails(tree, row, zoom, source)
  return {
    kind: 'run',
    func: -1,
    name: '',
    packagePath: '',
    file: '',
    line: 0,
    inlined: false,
    self: 0,
    total,
    sides: null,
    gross: tree.sides ? Math.abs(total) : end - tree.x[row],
    ofTotal: share(total, source.whole),
    ofZoom: shareOfRow(total, tree, zoom),
    ofParent: shareOfRow(total, tree, parent),
    path: pathOf(tree, source.hash, parent),
    pathHash: tree.pathHash[row],
    stack: stackOf(tree, source.names, parent),
    count,
    start: tree.x[row],
    end,
  }
}
