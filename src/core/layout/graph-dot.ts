/** A call graph in Graphviz's language, and the places that Graphviz gives back. Sizes and places are CSS px. */

export interface DotNode {
  width: number
  height: number
}

export interface DotEdge {
  /** Indices of nodes. */
  from: number
  to: number
  /** Share of everything, 0 to 1: heavy calls are drawn short and straight. */
  share: number
  /** Of its line. */
  thickness: number
  /** Of what is written on it. */
  width: number
  height: number
}

export interface GraphPlaces {
  width: number
  height: number
  /** x and y of each node's middle. */
  node: Float64Array
  edges: readonly EdgePlace[]
}

export interface EdgePlace {
  /** x and y in turn of a Bézier curve: where it begins, then three points for each piece. */
  curve: readonly number[]
  /** Where its arrow ends. */
  tip: readonly [number, number]
  /** The middle of what is written on it. */
  label: readonly [number, number]
}

const POINTS_PER_INCH = 72

/** One CSS px is one of Graphviz's points. The order of edges is a hint to Graphviz: heaviest first. */
export function graphDot(nodes: readonly DotNode[], edges: readonly DotEdge[]): string {
  const inches = (px: number) => (px / POINTS_PER_INCH).toFixed(4)
  const lines = [
    'digraph{',
    'graph[nodesep=0.14 ranksep=0.16 pad=0]',
    'node[shape=box fixedsize=true label=""]',
    'edge[arrowsize=0.7]',
  ]
  nodes.forEach(({ width, height }, i) => {
    lines.push(`${i}[width=${inches(width)} height=${inches(height)}]`)
  })
  for (const [e, { from, to, share, thickness, width, height }] of edges.entries()) {
    // A table of a fixed size stands for the text, whose letters Graphviz could only guess.
    const label = `<<TABLE BORDER="0" CELLPADDING="0" CELLSPACING="0" FIXEDSIZE="TRUE" WIDTH="${Math.ceil(width)}" HEIGHT="${Math.ceil(height)}"><TR><TD></TD></TR></TABLE>>`
    const weight = 1 + Math.floor(100 * share)
    lines.push(`${from}->${to}[id=${e} weight=${weight} penwidth=${thickness.toFixed(2)} label=${label}]`)
  }
  lines.push('}')
  return lines.join('\n')
}

interface Json {
  bb: string
  objects?: { name: string; pos: string }[]
  edges?: { id: string; pos: string; lp?: string }[]
}

/** Reads Graphviz's answer in its format "json0" to a graph of `nodes` nodes and `edges` edges. */
export function readPlaces(text: string, nodes: number, edges: number): GraphPlaces {
  const json = JSON.parse(text) as Json
  const [left = 0, bottom = 0, right = 0, top = 0] = json.bb.split(',').map(Number)
  // Graphviz counts from the bottom.
  const point = (pair: string): [number, number] => {
    const [x = 0, y = 0] = pair.split(',').map(Number)
    return [x - left, top - y]
  }
  const node = new Float64Array(nodes * 2)
  for (const { name, pos } of json.objects ?? []) node.set(point(pos), Number(name) * 2)
  const places: EdgePlace[] = []
  for (const { id, pos, lp } of json.edges ?? []) {
    const parts = pos.split(' ')
    const end = parts.find((part) => part.startsWith('e,'))
    const curve = parts.filter((part) => !/^[es],/.test(part)).flatMap(point)
    const tip = end ? point(end.slice(2)) : ([curve.at(-2) ?? 0, curve.at(-1) ?? 0] as const)
    const middle = 2 * Math.floor(curve.length / 4)
    places[Number(id)] = { curve, tip, label: lp ? point(lp) : [curve[middle] ?? 0, curve[middle + 1] ?? 0] }
  }
  // Graphviz writes them in an order of its own.
  if (Object.keys(places).length !== edges) throw new Error('Graphviz answered with another number of edges.')
  return { width: right - left, height: top - bottom, node, edges: places }
}
