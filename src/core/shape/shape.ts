/** What the shape of a profile tells, whatever its functions are called: each shape is a row of rules.ts. */
import type { CallPath } from '../query/call-tree.ts'
import type { Confidence } from '../zones/zone.ts'

export type ShapeId =
  | 'spread-function'
  | 'spread-package'
  | 'one-line'
  | 'one-caller'
  | 'churn'
  | 'kept'
  | 'tiny-objects'
  | 'huge-objects'
  | 'doubling'
  | 'wrappers'
  | 'recursion'
  | 'concentration'

/** What a shape is about. */
export type ShapeSubject =
  | { kind: 'all' }
  /** Function (symbol). */
  | { kind: 'function'; func: number }
  | { kind: 'package'; path: string }
  /** A line of the own code; of what it causes, where `leaf` is a function (symbol). path: to its heaviest box. */
  | { kind: 'line'; func: number; file: number; line: number; path: CallPath; leaf: number }
  /** Frames that each call the next one: the first and last function (symbol), the path to the last, and their number. */
  | { kind: 'chain'; first: number; last: number; path: CallPath; frames: number }

/** Numbers that the sentence of a shape is made of; see words.ts for which have which. Shares are 0 to 1. */
export type ShapeFact =
  | 'places'
  | 'largest'
  | 'ofLeaf'
  | 'inUse'
  | 'size'
  | 'objects'
  | 'steps'
  | 'smallestSize'
  | 'largestSize'
  | 'frames'
  | 'depth'
  | 'functions'
  | 'allFunctions'

export interface ShapeFinding {
  id: ShapeId
  confidence: Confidence
  /** In the unit of the sample type, and of the whole profile. */
  value: number
  share: number
  subject: ShapeSubject
  facts: Partial<Record<ShapeFact, number>>
}

/** Path to the first box of a chain. */
export const startOfChain = ({ path, frames }: { path: CallPath; frames: number }): CallPath =>
  path.slice(0, path.length - frames + 1)
