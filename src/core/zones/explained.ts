/** How much of a profile its findings explain together. */
import type { TreeInput } from './places.ts'
import type { RuleScan } from './scan.ts'
import type { StateSums } from './state-sums.ts'

/** A rule, and whether the samples that end in a row are its own; null: the state of the stack tells. */
interface Cause {
  rule: number
  isHeld: ((row: number) => boolean) | null
}

/** Weight of the samples that carry one of the rules, each once. Zones that meet are made of others and add nothing. */
export function explain(
  { merge, scan }: { merge: TreeInput; scan: RuleScan },
  sums: StateSums,
  causes: readonly Cause[],
): number {
  const { profile, weights } = merge
  const apart = causes.filter(({ rule }) => !scan.rules[rule].meet)
  if (apart.every(({ isHeld }) => isHeld === null)) {
    const rules = new Set(apart.map(({ rule }) => rule))
    return sums.value(({ holds }) => holds.some((rule) => rules.has(rule)))
  }
  let sum = 0
  for (let row = 1; row < profile.stacks.length; row++) {
    if (weights.self[row] === 0) continue
    const carries = apart.some(({ rule, isHeld }) => (isHeld ? isHeld(row) : sums.holds(scan.state[row], rule)))
    if (carries) sum += weights.self[row]
  }
  return sum
}
