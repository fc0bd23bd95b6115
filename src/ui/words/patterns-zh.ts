/** 正则表达式不能用的原因。 */
import type { BadPattern } from '../../core/query/filter-check.ts'
import type { PatternProblem } from '../../core/query/pattern.ts'

const patternProblems: Record<PatternProblem, string> = {
  'class-range': '没有这样的字符类或范围',
  escape: '不认识这个转义',
  'group-name': '分组的名称有误',
  'group-twice': '两个分组同名',
  perl: 'Go 所用的 RE2 不支持这种写法',
  'nested-repeat': '重复不能再重复',
  'repeat-count': '重复次数（含嵌套）超过 1,000 次',
  'open-class': '[ 没有闭合',
  'open-group': '( 没有闭合',
  'nothing-to-repeat': '前面没有可重复的内容',
  backslash: '以反斜杠结尾',
  'closing-group': ') 之前没有 (',
  deep: '嵌套过深',
  large: '表达式过大',
  other: '无法读取',
}

export const badPattern = ({ problem, part }: BadPattern) =>
  problem === 'no-row'
    ? '不是“用在哪里”中的行，例如 activity:json-decode'
    : `不是正则表达式：${patternProblems[problem]}${part === '' ? '' : `（${part}）`}`
