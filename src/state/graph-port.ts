/** What actions may ask of the graph on screen; the page registers it while it is shown. */
import type { CallPath } from '../core/query/call-tree.ts'

export interface GraphPort {
  focusGraph(): void
  /** Brings a box into view, selects it, and says whether it was found. */
  goTo(path: CallPath, pathHash: number): boolean
}

export function createGraphPort(painted: () => Promise<void>) {
  let port: GraphPort | null = null
  let wanted: { path: CallPath; pathHash: number } | null = null

  function setGraph(graph: GraphPort | null): void {
    port = graph
    if (!graph || !wanted) return
    const { path, pathHash: key } = wanted
    wanted = null
    // Once it is laid out.
    void painted().then(() => graph.goTo(path, key))
  }

  /** Goes to a box as soon as there is a graph, which another view may hide now. */
  function goToSoon(path: CallPath, pathHash: number): void {
    wanted = { path, pathHash: pathHash }
    setGraph(port)
  }

  return { setGraph, goToSoon, graph: () => port }
}

export type GraphAccess = ReturnType<typeof createGraphPort>
