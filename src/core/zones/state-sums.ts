/** Samples summed by the state their stack leaves the rules in: every later question is asked of a few thousand sums. */
import type { Profile } from '../model/profile.ts'
import type { Weights } from '../query/weights.ts'
import type { StateRules } from './automaton.ts'
import type { Sampling } from './sampling.ts'
import type { RuleScan } from './scan.ts'

/** Of the samples that carry a rule. */
export interface Held {
  value: number
  samples: number
  /** Squared standard error of the value, and bytes or nanoseconds (Sampling). */
  variance: number
  amount: number
}

export class StateSums {
  private readonly values: Float64Array
  private readonly samples: Int32Array
  private readonly variances: Float64Array
  private readonly amounts: Float64Array
  private readonly byRule: (Held | undefined)[] = []
  private readonly flagsOf: Uint8Array[] = []

  constructor(
    profile: Profile,
    { sampleType }: Weights,
    private readonly scan: RuleScan,
    { variance, amounts }: Sampling,
  ) {
    const { stack, value, length } = profile.samples
    const column = value[sampleType]
    this.values = new Float64Array(scan.automaton.size)
    this.samples = new Int32Array(scan.automaton.size)
    this.variances = new Float64Array(scan.automaton.size)
    this.amounts = new Float64Array(scan.automaton.size)
    const carries = Uint8Array.from(this.values, (_, state) => Number(scan.automaton.rules(state).holds.length > 0))
    for (let s = 0; s < length; s++) {
      if (column[s] === 0 || stack[s] < 0) continue
      const state = scan.state[stack[s]]
      this.values[state] += column[s]
      this.samples[state]++
      // Nobody asks how sure the weight of what carries no rule is.
      if (carries[state] === 0) continue
      if (variance) this.variances[state] += variance(s)
      if (amounts) this.amounts[state] += amounts[s]
    }
    for (let state = 0; state < this.values.length; state++) {
      if (this.samples[state] === 0) continue
      for (const rule of scan.automaton.rules(state).holds) {
        this.byRule[rule] ??= { value: 0, samples: 0, variance: 0, amount: 0 }
        const sum = this.byRule[rule]
        sum.value += this.values[state]
        sum.samples += this.samples[state]
        sum.variance += this.variances[state]
        sum.amount += this.amounts[state]
      }
    }
  }

  /** Weight of the samples that carry a rule, each once. */
  holding(rule: number): Held {
    return this.byRule[rule] ?? { value: 0, samples: 0, variance: 0, amount: 0 }
  }

  holds(state: number, rule: number): boolean {
    let flags = this.flagsOf[rule]
    if (!flags) {
      flags = new Uint8Array(this.values.length)
      for (let s = 0; s < flags.length; s++) flags[s] = Number(this.scan.automaton.rules(s).holds.includes(rule))
      this.flagsOf[rule] = flags
    }
    return flags[state] === 1
  }

  /** Weight of the samples whose stack holds a name of the list. */
  seen(atom: number): number {
    let sum = 0
    for (let s = 0; s < this.values.length; s++) {
      if (this.samples[s] > 0 && this.scan.automaton.hasSeen(s, atom)) sum += this.values[s]
    }
    return sum
  }

  /** Weight of the samples whose rules the test accepts. */
  value(test: (rules: StateRules) => boolean): number {
    let sum = 0
    for (let s = 0; s < this.values.length; s++) {
      if (this.samples[s] > 0 && test(this.scan.automaton.rules(s))) sum += this.values[s]
    }
    return sum
  }
}
