/** Why a regular expression cannot be used. */
import type { BadPattern } from '../../core/query/filter-check.ts'
import type { PatternProblem } from '../../core/query/pattern.ts'

const patternProblems: Record<PatternProblem, string> = {
  'class-range': 'there is no such class or range',
  escape: 'this escape is not known',
  'group-name': 'the name of a group is wrong',
  'group-twice': 'two groups have one name',
  perl: 'RE2, which Go uses, does not have this',
  'nested-repeat': 'a repetition cannot be repeated',
  'repeat-count': 'more than 1,000 repetitions in all',
  'open-class': 'a [ is not closed',
  'open-group': 'a ( is not closed',
  'nothing-to-repeat': 'there is nothing to repeat',
  backslash: 'it ends in a backslash',
  'closing-group': 'there is a ) without a (',
  deep: 'it nests too deeply',
  large: 'it is too large',
  other: 'it cannot be read',
}

/** Why it cannot be used, and the part that is wrong. */
export const badPattern = ({ problem, part }: BadPattern) =>
  problem === 'no-row'
    ? 'Not a row of “Where it goes”, such as activity:json-decode'
    : `Not a regular expression: ${patternProblems[problem]}${part === '' ? '' : ` (${part})`}`
