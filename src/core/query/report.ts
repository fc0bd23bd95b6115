/**
 * pprof's reports as data: which nodes and edges of the call graph are shown, in which order (report.newTrimmedGraph).
 * Values are raw; whoever prints them chooses the unit.
 */
import { type CallGraph, callGraph, type Edges, type GraphInput } from './call-graph.ts'
import type { KeyTable } from './key-table.ts'

export interface ReportOptions {
  /** Sort by cum instead of flat. */
  cum: boolean
  /** 0 = all. */
  nodeCount: number
  /** Shares of the total below which nodes (by cum) and edges are left out. */
  nodeFraction: number
  edgeFraction: number
  /** Without nodes that became less. */
  dropNegative: boolean
  /** For a picture: nodes are ranked by how much they say (entropy), and edges that repeat a longer way are left out. */
  visual: boolean
}

/** Of each node in the order of the report, the functions on one side of its calls that the report leaves out. */
export interface LeftOut {
  count: Int32Array<ArrayBuffer>
  /** The heaviest of those of node i are key[start[i], start[i + 1]), heaviest first. */
  start: Int32Array<ArrayBuffer>
  key: Int32Array<ArrayBuffer>
}

/** So many of them are named for each node and side. */
const NAMED_LEFT_OUT = 8

export interface Report {
  graph: CallGraph
  /** Keys, in order. */
  nodes: Int32Array<ArrayBuffer>
  /** Rows of graph.edges that are shown, per node heaviest first. */
  edges: Int32Array<ArrayBuffer>
  /** Left out: nodes and edges under the cutoff; nodes over nodeCount. */
  droppedNodes: number
  droppedEdges: number
  cutNodes: number
  nodeCutoff: number
  edgeCutoff: number
  /** Calls between all functions, those that are left out too. */
  whole: CallGraph
}

export const everything: ReportOptions = {
  cum: false,
  nodeCount: 0,
  nodeFraction: 0,
  edgeFraction: 0,
  dropNegative: false,
  visual: false,
}

/**
 * also: keys that are nodes besides those that the options choose, however light they and their calls are. What runs
 * through a call depends on which functions are nodes, so the numbers are those of a graph of all of these nodes.
 * whole: of the same input, where somebody has it already.
 */
export function makeReport(
  input: GraphInput,
  keys: KeyTable,
  options: ReportOptions,
  also: readonly number[] = [],
  whole: CallGraph = callGraph(input),
): Report {
  let graph = whole
  let nodes = present(graph, options)
  const total = nodes.reduce((sum, k) => sum + graph.sums.flat[k], 0)
  const nodeCutoff = Math.abs(Math.trunc(total * options.nodeFraction))
  const edgeCutoff = Math.abs(Math.trunc(total * options.edgeFraction))
  const all = nodes.length
  if (nodeCutoff > 0) {
    const kept = nodes.filter((k) => Math.abs(graph.sums.cum[k]) >= nodeCutoff)
    if (kept.length < nodes.length) {
      graph = callGraph(input, marked(kept, input.keys))
      nodes = present(graph, options)
    }
  }
  let droppedNodes = all - nodes.length
  const uncut = nodes.length
  sortNodes(nodes, graph, keys, options, shownEdges(graph.edges, options.nodeCount > 0 ? edgeCutoff : 0))
  if (options.nodeCount > 0 && options.nodeCount < nodes.length) {
    graph = callGraph(input, marked(nodes.slice(0, options.nodeCount), input.keys))
    nodes = present(graph, options)
    sortNodes(nodes, graph, keys, options, shownEdges(graph.edges, 0))
  }
  let cutNodes = uncut - nodes.length
  const added = marked(also, input.keys)
  for (const k of nodes) added[k] = 0
  if (also.length > 0) {
    graph = callGraph(input, marked([...nodes, ...also], input.keys))
    nodes = present(graph, options)
    sortNodes(nodes, graph, keys, options, shownEdges(graph.edges, 0))
    const light = nodes.filter((k) => added[k] === 1 && Math.abs(whole.sums.cum[k]) < nodeCutoff).length
    droppedNodes -= light
    cutNodes = all - droppedNodes - nodes.length
  }
  const isAdded = (e: number) => added[graph.edges.src[e]] === 1 || added[graph.edges.dst[e]] === 1
  // A report prints the edges of its nodes, also where the other end came to nothing; a picture has to draw both ends.
  const ofNodes = marked(nodes, input.keys)
  const ends = options.visual ? 2 : 1
  const seen = (e: number) => ofNodes[graph.edges.src[e]] + ofNodes[graph.edges.dst[e]] >= ends
  const known = shownEdges(graph.edges, 0).filter(seen)
  // pprof looks at the calls of each node that is shown; those of one that is not stay in the rows of its callers.
  let edges = known.filter(
    (e) => Math.abs(graph.edges.weight[e]) >= edgeCutoff || ofNodes[graph.edges.dst[e]] === 0 || isAdded(e),
  )
  const droppedEdges = known.length - edges.length
  if (options.visual) edges = withoutRedundant(graph.edges, nodes, edges)
  const order = edgeOrder(graph.edges, keys)
  edges.sort(order)
  return {
    graph,
    nodes: Int32Array.from(nodes),
    edges: Int32Array.from(edges),
    droppedNodes,
    droppedEdges,
    cutNodes,
    nodeCutoff,
    edgeCutoff,
    whole,
  }
}

/** The callers, or the callees, of the nodes that are no nodes themselves. A function that comes to nothing is none. */
export function leftOut(
  { whole, nodes }: Pick<Report, 'whole' | 'nodes'>,
  side: 'callers' | 'callees',
  options: Pick<ReportOptions, 'dropNegative'>,
): LeftOut {
  const { edges, sums } = whole
  const { src, dst, weight } = edges
  const [near, far] = side === 'callers' ? [dst, src] : [src, dst]
  const place = new Int32Array(whole.held.length).fill(-1)
  nodes.forEach((k, i) => {
    place[k] = i
  })
  const found: number[][] = Array.from(nodes, () => [])
  for (let e = 0; e < edges.length; e++) {
    const other = far[e]
    if (place[near[e]] < 0 || place[other] >= 0 || weight[e] === 0 || !isShown(sums, other, options)) continue
    found[place[near[e]]].push(e)
  }
  const start = new Int32Array(nodes.length + 1)
  const key: number[] = []
  found.forEach((calls, i) => {
    calls.sort((a, b) => Math.abs(weight[b]) - Math.abs(weight[a]) || far[a] - far[b])
    for (const e of calls.slice(0, NAMED_LEFT_OUT)) key.push(far[e])
    start[i + 1] = key.length
  })
  return { count: Int32Array.from(found, (calls) => calls.length), start, key: Int32Array.from(key) }
}

function present({ held, sums }: CallGraph, options: ReportOptions): number[] {
  const nodes: number[] = []
  for (let k = 0; k < held.length; k++) if (held[k] !== 0 && isShown(sums, k, options)) nodes.push(k)
  return nodes
}

/** Whether pprof has a node for it at all, however light: not where it comes to nothing. */
const isShown = ({ flat, cum }: CallGraph['sums'], k: number, { dropNegative }: Pick<ReportOptions, 'dropNegative'>) =>
  (flat[k] !== 0 || cum[k] !== 0) && !(dropNegative && becameLess(flat[k], cum[k]))

/** What pprof's -drop_negative leaves out: by its own value, and where it has none by that of all it calls. */
export const becameLess = (flat: number, cum: number) => flat < 0 || (flat === 0 && cum < 0)

function marked(list: readonly number[], length: number): Uint8Array {
  const mark = new Uint8Array(length)
  for (const k of list) mark[k] = 1
  return mark
}

function shownEdges(edges: Edges, cutoff: number): number[] {
  const rows: number[] = []
  for (let e = 0; e < edges.length; e++) if (Math.abs(edges.weight[e]) >= cutoff) rows.push(e)
  return rows
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
export const keyName = (keys: KeyTable, k: number) => keys.strings.get(keys.name[k])

function sortNodes(
  nodes: number[],
  { sums: { flat, cum }, edges }: CallGraph,
  keys: KeyTable,
  options: Pick<ReportOptions, 'cum' | 'visual'>,
  shown: readonly number[],
): void {
  const score = options.visual ? entropyScores(flat, cum, edges, shown) : options.cum ? cum : flat
  const second = options.visual || options.cum ? flat : cum
  nodes.sort(
    (a, b) =>
      Math.abs(score[b]) - Math.abs(score[a]) ||
      compare(keyName(keys, a), keyName(keys, b)) ||
      Math.abs(second[b]) - Math.abs(second[a]),
  )
}

/** How much a node says: one that only passes its callers on to its callees says little. */
function entropyScores(flat: Float64Array, cum: Float64Array, edges: Edges, shown: readonly number[]): Float64Array {
  const into: number[][] = Array.from(flat, () => [])
  const out: number[][] = Array.from(flat, () => [])
  for (const e of shown) {
    out[edges.src[e]].push(edges.weight[e])
    into[edges.dst[e]].push(edges.weight[e])
  }
  return flat.map((self, k) => {
    const callers = into[k].length === 0 ? 1 : entropy(into[k], 0)
    const callees = out[k].length === 0 ? 1 : entropy(out[k], self)
    return Math.trunc((callers + callees) * cum[k]) + self
  })
}

function entropy(weights: readonly number[], self: number): number {
  let total = self
  for (const w of weights) if (w > 0) total += w
  if (total === 0) return 0
  let score = 0
  const add = (part: number) => {
    const share = part / total
    if (share !== 0) score -= share * Math.log2(share)
  }
  for (const w of weights) add(Math.abs(w))
  if (self > 0) add(self)
  return score
}

/** Heaviest first, then by the names of caller and callee. */
function edgeOrder(edges: Edges, keys: KeyTable): (a: number, b: number) => number {
  return (a, b) =>
    Math.abs(edges.weight[b]) - Math.abs(edges.weight[a]) ||
    compare(keyName(keys, edges.src[a]), keyName(keys, edges.src[b])) ||
    compare(keyName(keys, edges.dst[a]), keyName(keys, edges.dst[b]))
}

/** Leaves out residual edges whose ends are connected by another way, the lightest first. */
function withoutRedundant(edges: Edges, nodes: readonly number[], shown: readonly number[]): number[] {
  const into = new Map<number, number[]>()
  for (const e of shown) {
    const list = into.get(edges.dst[e])
    if (list) list.push(e)
    else into.set(edges.dst[e], [e])
  }
  const gone = new Set<number>()
  const redundant = (edge: number): boolean => {
    const target = edges.src[edge]
    const seen = new Set([edges.dst[edge]])
    const queue = [edges.dst[edge]]
    for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
      for (const e of into.get(node) ?? []) {
        if (e === edge || gone.has(e) || seen.has(edges.src[e])) continue
        if (edges.src[e] === target) return true
        seen.add(edges.src[e])
        queue.push(edges.src[e])
      }
    }
    return false
  }
  for (let i = nodes.length - 1; i >= 0; i--) {
    const list = (into.get(nodes[i]) ?? []).slice()
    list.sort((a, b) => Math.abs(edges.weight[b]) - Math.abs(edges.weight[a]))
    // One that is heavier than a direct call stays, or the picture would mislead.
    for (let j = list.length - 1; j >= 0 && edges.residual[list[j]] === 1; j--)
      if (redundant(list[j])) gone.add(list[j])
  }
  return shown.filter((e) => !gone.has(e))
}
