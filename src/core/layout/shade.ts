/** What boxes can be coloured by, and the scales of that. What a tree's rows get is row-shade.ts. */
import { DIFFERENCE_LIMITS } from '../compare/difference-limits.ts'

/** What boxes can be coloured by besides their package. */
export type ColorBy =
  | { by: 'package' }
  /** Of a comparison: by how much of the whole the box became more or less. */
  | { by: 'difference' }
  /**
   * In use now ÷ allocated since the program started. It falls with the age of the program, and tells neither what is
   * kept for long nor what is freed soon: that takes a second snapshot.
   */
  | { by: 'in-use' }
  /** Space ÷ objects. */
  | { by: 'object-size' }
  /** The box's share of another sample type against its share of this one. */
  | { by: 'type'; type: string }

export type ScaleKind = 'diverging' | 'sequential'

export interface Scale {
  kind: ScaleKind
  /** Where one step ends and the next begins; STEPS - 1 of them. */
  limits: readonly number[]
}

/** Colours of a scale. */
export const STEPS = 7

export const scales: Record<Exclude<ColorBy['by'], 'package'>, Scale> = {
  difference: { kind: 'diverging', limits: DIFFERENCE_LIMITS },
  'in-use': { kind: 'sequential', limits: [0.02, 0.1, 0.25, 0.5, 0.75, 0.9] },
  'object-size': { kind: 'sequential', limits: [32, 128, 512, 2048, 8192, 32_768] },
  type: { kind: 'diverging', limits: [0.25, 0.5, 0.8, 1.25, 2, 4] },
}

/**
 * "in-use" ("retained" in links up to 0.1), "object-size" or "type:<name>"; '' is by difference where profiles are
 * compared; whatever else is by package.
 */
export function parseColorBy(text: string, compares: boolean): ColorBy {
  if (text === '' && compares) return { by: 'difference' }
  if (text === 'in-use' || text === 'retained') return { by: 'in-use' }
  if (text === 'object-size') return { by: text }
  return text.startsWith('type:') ? { by: 'type', type: text.slice(5) } : { by: 'package' }
}
