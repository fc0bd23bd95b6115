/** Ways through a call graph: the heaviest one, and where the arrow keys lead. Nodes are indices. */

export interface GraphEdges {
  nodes: number
  /** Ends of each edge, heaviest edge first. */
  from: Int32Array
  to: Int32Array
}

/** What a node calls, or who calls it: heaviest first. */
export function neighbours({ from, to }: GraphEdges, at: number, side: 'callers' | 'callees'): number[] {
  const [near, far] = side === 'callers' ? [to, from] : [from, to]
  const found: number[] = []
  for (let e = 0; e < near.length; e++) if (near[e] === at) found.push(far[e])
  return found
}

/** From the heaviest node that nobody calls along the heaviest calls, to a node that was met before or calls nothing. */
export function heaviestWay(graph: GraphEdges, cum: ArrayLike<number>): number[] {
  if (graph.nodes === 0) return []
  const called = new Uint8Array(graph.nodes)
  for (const node of graph.to) called[node] = 1
  // In a graph of circles alone, every node is called.
  const all = called.every((c) => c === 1)
  let at = -1
  for (let i = 0; i < graph.nodes; i++) {
    if ((all || called[i] === 0) && (at < 0 || Math.abs(cum[i] ?? 0) > Math.abs(cum[at] ?? 0))) at = i
  }
  const way: number[] = []
  for (let next: number | undefined = at; next !== undefined && !way.includes(next); ) {
    way.push(next)
    next = neighbours(graph, next, 'callees')[0]
  }
  return way
}

export type Step = 'ArrowDown' | 'ArrowUp' | 'ArrowLeft' | 'ArrowRight'

/**
 * Down and up follow calls: back along the one that was come by, else along the heaviest. Left and right go to the other
 * callees of a caller (to the other nodes without one), in the order in which they stand on the page. `x`: of each node.
 * cameFrom: the node before this one, -1 = none. Returns `at` where there is nowhere to go.
 */
export function stepAlong(graph: GraphEdges, x: ArrayLike<number>, at: number, cameFrom: number, step: Step): number {
  const callers = neighbours(graph, at, 'callers')
  if (step === 'ArrowDown' || step === 'ArrowUp') {
    const along = step === 'ArrowUp' ? callers : neighbours(graph, at, 'callees')
    return along.includes(cameFrom) ? cameFrom : (along[0] ?? at)
  }
  const caller = callers.includes(cameFrom) ? cameFrom : callers[0]
  const row =
    caller !== undefined
      ? neighbours(graph, caller, 'callees')
      : Array.from({ length: graph.nodes }, (_, i) => i).filter((i) => neighbours(graph, i, 'callers').length === 0)
  row.sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0) || a - b)
  const place = row.indexOf(at) + (step === 'ArrowRight' ? 1 : -1)
  return row[place] ?? at
}
