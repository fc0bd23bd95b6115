/** Places of the nodes and ways of the edges of a call graph, callers above. The layout library is loaded when first asked for. */
import { shortName } from '../core/model/go-name.ts'
import type { GraphAnswer, GraphPlaces } from './protocol.ts'

const NODE_HEIGHT = 42
/** Average width of a letter, and room beside the name. */
const LETTER = 6.4
const PADDING = 22
const NARROWEST = 96
/** Of names, which are cut; numbers are not. */
const WIDEST = 300

/** The numbers below names are values in `unit` and shares of `whole`. */
export async function placeGraph(
  graph: GraphAnswer,
  nameOf: (row: number) => string,
  { unit, whole }: { unit: string; whole: number },
): Promise<GraphPlaces> {
  const [{ default: dagre }, { formatShare, formatValue }] = await Promise.all([
    import('@dagrejs/dagre'),
    import('../core/model/units.ts'),
  ])
  const show = (v: number) => `${formatValue(v, unit)} (${formatShare(whole > 0 ? v / whole : 0)})`
  const g = new dagre.graphlib.Graph({ multigraph: false })
  g.setGraph({ rankdir: 'TB', nodesep: 12, ranksep: 46, edgesep: 6, marginx: 16, marginy: 16 })
  for (const [i, row] of graph.row.entries()) {
    const room = (letters: number) => letters * LETTER + PADDING
    const name = Math.min(WIDEST, room(Math.max(shortName(nameOf(row)).length, 27)))
    const width = Math.max(NARROWEST, name, room(`${show(graph.flat[i])} of ${show(graph.cum[i])}`.length))
    g.setNode(String(row), { width, height: NODE_HEIGHT })
  }
  for (let e = 0; e < graph.caller.length; e++) {
    // Heavy calls are drawn straight and short.
    const weight = 1 + Math.round((20 * Math.abs(graph.value[e])) / (Math.abs(graph.value[0]) || 1))
    g.setEdge(String(graph.caller[e]), String(graph.callee[e]), { weight })
  }
  dagre.layout(g)
  const { width = 0, height = 0 } = g.graph()
  const node = new Float64Array(graph.row.length * 4)
  for (const [i, row] of graph.row.entries()) {
    const at = g.node(String(row))
    node.set([at.x - at.width / 2, at.y - at.height / 2, at.width, at.height], i * 4)
  }
  const start = new Int32Array(graph.caller.length + 1)
  const points: number[] = []
  for (let e = 0; e < graph.caller.length; e++) {
    const edge = g.edge(String(graph.caller[e]), String(graph.callee[e]))
    for (const { x, y } of edge?.points ?? []) points.push(x, y)
    start[e + 1] = points.length
  }
  return { width, height, node, start, points: Float64Array.from(points) }
}
