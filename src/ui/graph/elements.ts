/** The elements of the page that the graph is made of. */
export interface Elements {
  /** Everything below. */
  root: HTMLElement
  /** The part of it in which boxes are drawn. */
  host: HTMLElement
  graph: HTMLCanvasElement
  marks: HTMLCanvasElement
  scroller: HTMLElement
  /** Place of the axis, beside `host`. */
  axis: HTMLElement
  tree: HTMLElement
}
