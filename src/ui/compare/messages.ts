/** What is said of profiles that are compared. */
import type { SpanUnit } from '../../core/model/span.ts'
import type { PercentOf, Scale } from '../../core/query/options.ts'
import { grouped } from '../words/grouped.ts'
import type { Messages } from '../words/message-types.ts'

const en = {
  /** The button beside the open profiles. n: how many it compares. */
  offer: 'Compare',
  offerWhy: (n: number, base: string, current: string) =>
    n === 2
      ? `Compare ${base} with ${current}`
      : `Compare ${n} profiles of this program: ${base} with ${current} first, any others by choice`,
  group: 'Compare',
  base: 'Base',
  current: 'Current',
  none: 'None: the current one alone',
  swap: 'Swap base and current',
  alone: (name: string) => `${name} alone`,
  join: ', ',
  later: (span: string) => `${span} later`,
  earlier: (span: string) => `${span} earlier`,
  sameTime: 'captured at the same time',
  oneBuild: (build: string) => `both of build ${build}`,
  builds: (base: string, current: string) => `builds ${base} → ${current}`,
  programs: (base: string, current: string) => `programs ${base} → ${current}`,
  spanUnits: { d: 'd', h: 'h', min: 'min', s: 's' } satisfies Record<SpanUnit, string>,
  scale: 'Scale',
  scales: {
    measured: 'As measured',
    second: 'Per second',
    share: 'Share of total',
    operation: 'Per operation',
  } satisfies Record<Scale, string>,
  /** What it does. */
  scaleWhy: {
    measured: 'The values as they stand in both profiles',
    second: 'Values divided by how long each profile was captured',
    share: 'Both profiles brought to the total of the base, as pprof -normalize does',
    operation: 'Values divided by the operations of each profile',
  } satisfies Record<Scale, string>,
  /** Why it cannot be chosen. */
  impossible: {
    second: 'Not both profiles say how long they were captured',
    share: 'The total of one of them is nothing',
  },
  /** Beside the total. */
  scaled: {
    measured: 'as measured',
    second: 'per second',
    share: 'brought to one total',
    operation: 'per operation',
  } satisfies Record<Scale, string>,
  matchMoved: (n: number) => (n === 1 ? 'Match 1 moved name' : `Match ${grouped.en(n)} moved names`),
  matchMovedWhy:
    'Functions of a module of another major version, and methods of a type that was renamed, are one with what they were',
  percentOf: 'Per cent',
  percentsOf: { base: 'of the base', difference: 'of what is left' } satisfies Record<PercentOf, string>,
  percentOfWhy: 'Of the base as pprof -diff_base has it, or of the absolute values of what is left, as -base',
  operationsOfBase: 'Operations of base',
  operationsOfCurrent: 'Operations of current',
  operationsMissing: 'As measured until both are known',
  /** Counts that a benchmark text has for one of the profiles. */
  fromText: 'From text',
  fromTextOf: (side: string) => `${side}, from text`,
  benchmarkRuns: (name: string, count: string) => `${name}: ${count} operations`,
  benchmarkFile: (file: string, runs: number) => (runs === 1 ? `${file}, 1 run` : `${file}, ${runs} runs`),
  /** A heading. */
  fromTextWhy: 'At least: the text leaves out the runs by which go test finds how many fill the time',
  dialog: {
    title: (name: string) => `Compare ${name} with…`,
    open: 'Open here',
    kept: 'Kept in this browser',
    nothing: 'No other profile is open or kept here.',
    choose: 'Choose file…',
    file: 'Profile to compare with',
    why: 'The one that was captured first is the base; swap them or choose others once they are compared.',
  },
}

export type CompareMessages = typeof en

const zh: CompareMessages = {
  offer: '比较',
  offerWhy: (n, base, current) =>
    n === 2 ? `比较 ${base} 与 ${current}` : `比较此程序的 ${n} 份 profile：先比较 ${base} 与 ${current}，也可另选`,
  group: '比较',
  base: '基准',
  current: '当前',
  none: '无：只看当前一份',
  swap: '交换基准与当前',
  alone: (name) => `只看 ${name}`,
  join: '，',
  later: (span) => `晚 ${span}`,
  earlier: (span) => `早 ${span}`,
  sameTime: '采集时间相同',
  oneBuild: (build) => `都来自构建 ${build}`,
  builds: (base, current) => `构建 ${base} → ${current}`,
  programs: (base, current) => `程序 ${base} → ${current}`,
  spanUnits: { d: '天', h: '小时', min: '分', s: '秒' },
  scale: '尺度',
  scales: { measured: '实测值', second: '每秒', share: '占总量比例', operation: '每次操作' },
  scaleWhy: {
    measured: '两份 profile 中的原值',
    second: '各自除以采集时长',
    share: '两份都换算到基准的总量，同 pprof -normalize',
    operation: '各自除以操作次数',
  },
  impossible: { second: '并非两份 profile 都记有采集时长', share: '其中一份的总量为零' },
  scaled: { measured: '按实测值', second: '按每秒', share: '已换算到同一总量', operation: '按每次操作' },
  matchMoved: (n) => `匹配 ${grouped.zh(n)} 个改名的函数`,
  matchMovedWhy: '模块主版本变了的函数，以及类型改名的方法，与原来的视为同一个',
  percentOf: '百分比',
  percentsOf: { base: '占基准', difference: '占剩余' },
  percentOfWhy: '占基准的比例，同 pprof -diff_base；或占剩余部分绝对值之和的比例，同 -base',
  operationsOfBase: '基准的操作次数',
  operationsOfCurrent: '当前的操作次数',
  operationsMissing: '两者都填写之前按实测值',
  fromText: '取自文本',
  fromTextOf: (side) => `${side}，取自文本`,
  benchmarkRuns: (name, count) => `${name}：${count} 次操作`,
  benchmarkFile: (file, runs) => `${file}，运行 ${runs} 次`,
  fromTextWhy: '至少这么多：go test 试探运行次数的那几轮不在文本里',
  dialog: {
    title: (name) => `把 ${name} 与其他比较…`,
    open: '已打开',
    kept: '保存在本浏览器',
    nothing: '没有其他已打开或已保存的 profile。',
    choose: '选择文件…',
    file: '用来比较的 profile',
    why: '采集较早的作为基准；比较之后可以交换或另选。',
  },
}

export const messages: Messages<CompareMessages> = { en, zh }
