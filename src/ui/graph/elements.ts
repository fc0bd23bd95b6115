/** The elements of the page that the graph is made of. */
export interface Elements {
  host: HTMLElement
  graph: HTMLCanvasElement
  marks: HTMLCanvasElement
  scroller: HTMLElement
  tree: HTMLElement
}
