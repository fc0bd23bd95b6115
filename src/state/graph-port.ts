/** What actions may ask of the graph on screen; the page registers it while it is shown. */
import type { CallPath } from '../core/query/call-tree.ts'

export interface GraphPort {
  focusGraph(): void
  /** Brings a box into view, selects it, and says whether it was found. */
  goTo(path: CallPath, key: number): boolean
}

let port: GraphPort | null = null

export function setGraph(graph: GraphPort | null): void {
  port = graph
}

export function graph(): GraphPort | null {
  return port
}
