/** What is said of figures, in the words of benchstat in English. */
import type { Language } from '../zones/words/languages.ts'
import type { Remark, Verdict } from './table.ts'
import type { Better } from './units.ts'

export interface BenchmarkWords {
  geomean: string
  /** Head of what compares a column with the base. */
  versus: string
  better: Record<Better, string>
  verdict: Record<Verdict, string>
  remark(remark: Remark): string
}

const en: BenchmarkWords = {
  geomean: 'geomean',
  versus: 'vs base',
  better: { lower: 'lower is better', higher: 'higher is better', unknown: '' },
  verdict: { better: 'better', worse: 'worse', less: 'less', more: 'more', same: 'same' },
  remark(remark) {
    switch (remark.code) {
      case 'few-for-interval':
        return `need >= ${remark.runs} samples for confidence interval at level 0.95`
      case 'few-for-difference':
        return `need >= ${remark.runs} samples to detect a difference at alpha level 0.05`
      case 'all-equal':
        return 'all samples are equal'
      case 'not-exact':
        return `exact distribution expected, but values range from ${remark.lo} to ${remark.hi}`
      case 'other-benchmarks':
        return 'benchmark set differs from baseline; geomeans may not be comparable'
      case 'no-mean':
        return 'summaries must be >0 to compute geomean'
      case 'no-mean-ratio':
        return 'ratios must be >0 to compute geomean'
    }
  },
}

const zh: BenchmarkWords = {
  geomean: '几何平均',
  versus: '与基准相比',
  better: { lower: '越低越好', higher: '越高越好', unknown: '' },
  verdict: { better: '更好', worse: '更差', less: '变小', more: '变大', same: '相同' },
  remark(remark) {
    switch (remark.code) {
      case 'few-for-interval':
        return `至少需要 ${remark.runs} 次运行才有 95% 置信区间`
      case 'few-for-difference':
        return `至少需要 ${remark.runs} 次运行才能在显著性水平 0.05 下看出差异`
      case 'all-equal':
        return '所有取值都相同'
      case 'not-exact':
        return `应为精确值，但取值从 ${remark.lo} 到 ${remark.hi} 不等`
      case 'other-benchmarks':
        return '基准测试与基准列不完全相同，几何平均可能不可比'
      case 'no-mean':
        return '所有值都大于 0 才能计算几何平均'
      case 'no-mean-ratio':
        return '所有比值都大于 0 才能计算几何平均'
    }
  },
}

export const benchmarkWords: Readonly<Record<Language, BenchmarkWords>> = { en, zh }
