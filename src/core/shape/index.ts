/** All shapes of a profile, heaviest first; how few functions make half of it comes last. */
import { Facts, type ShapeInput } from './facts.ts'
import { shapes } from './rules.ts'
import type { ShapeFinding } from './shape.ts'

export function findShapes(input: ShapeInput): ShapeFinding[] {
  // What became more and what became less have no shape together.
  if (input.base <= 0 || input.weights.hasNegative) return []
  const facts = new Facts(input)
  const last = ({ id }: ShapeFinding) => Number(id === 'concentration')
  return shapes
    .flatMap((shape) => shape.find(facts))
    .sort((a, b) => last(a) - last(b) || Math.abs(b.value) - Math.abs(a.value))
}
