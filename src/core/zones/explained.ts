/** How much of a profile its findings explain together. */
import { type Growth, isCrowd } from './crowd.ts'
import type { TreeInput } from './places.ts'
import type { Crowd } from './rule.ts'
import type { RuleScan } from './scan.ts'
import type { StateSums } from './state-sums.ts'
import type { UserCode } from './user-code.ts'

interface ExplainInput {
  merge: TreeInput
  scan: RuleScan
  user: UserCode
  growth: Growth | null
}

/** Weight of the samples that carry one of the rules, each once. Zones that meet are made of others and add nothing. */
export function explain(
  { merge, scan, user, growth }: ExplainInput,
  sums: StateSums,
  causes: readonly number[],
): number {
  const { profile, weights } = merge
  const crowds = causes.map((rule): Crowd | undefined => {
    const { matcher } = scan.rules[rule]
    return matcher && 'crowd' in matcher ? matcher.crowd : undefined
  })
  if (crowds.every((crowd) => !crowd)) {
    const rules = new Set(causes)
    return sums.value(({ holds }) => holds.some((rule) => rules.has(rule)))
  }
  let sum = 0
  for (let row = 1; row < profile.stacks.length; row++) {
    if (weights.self[row] === 0) continue
    const carries = causes.some((rule, i) => {
      const crowd = crowds[i]
      return sums.holds(scan.state[row], rule) && (!crowd || isCrowd({ profile, merge, user, growth }, row, crowd))
    })
    if (carries) sum += weights.self[row]
  }
  return sum
}
