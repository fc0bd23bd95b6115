/** What the compiler says of values that leave the stack (`go build -gcflags=-m`, and `-m -m` with its reasons). */

export interface Place {
  file: string
  line: number
  /** 0 = not said. */
  column: number
}

/** `from EXPR (WHY) at PLACE` */
export interface Step {
  expression: string
  why: string
  place: Place
}

/** `flow: TO ← FROM`: what is stored where, and by which steps. */
export interface Flow {
  to: string
  /** With & or * in front: its address, or what it points to. */
  from: string
  steps: Step[]
}

export type EscapeKind =
  /** An expression is allocated on the heap. */
  | 'escapes'
  /** A variable is. */
  | 'moved'
  /** Neither: it stays on the stack. */
  | 'stays'
  /** About the caller: what a parameter is given is kept. */
  | 'leaks'

export interface Escape extends Place {
  kind: EscapeKind
  /** As the compiler writes it: "make([]byte, n)", "x", "func literal". */
  what: string
  /** Import path of its package, '' = not said. */
  package: string
  /** Empty where the compiler was not asked for reasons. */
  chain: readonly Flow[]
  /** How often it is said: instances of generic functions, and packages that were compiled twice. */
  times: number
}

export interface EscapeCounts {
  moved_to_heap: number
  escapes: number
  does_not_escape: number
  leaking_param: number
  leaking_param_content: number
  /** Without those of instances of generic functions whose names hold a space. */
  explanations: number
}

export interface EscapeTable {
  counts: EscapeCounts
  /** Of all lines that were read, by the compiler or of its headers. */
  lines: number
  flows: number
  steps: number
  packages: readonly string[]
  /** In the order of the text, each place and expression once. */
  rows: readonly Escape[]
  /** Chains that the compiler cut since assignments go round. */
  truncated: number
}
