/** Messages between the page and the worker that lays out graphs. */

export interface ToGraphviz {
  id: number
  /** A graph in Graphviz's language. */
  dot: string
}

/** json: Graphviz's "json0". */
export type FromGraphviz = { id: number } & ({ json: string } | { error: string })
