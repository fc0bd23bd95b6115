/** What the tables of benchmarks say, besides the words of figures (core/benchmark/words.ts). */
import { grouped } from '../../words/grouped.ts'
import type { Messages } from '../../words/message-types.ts'

const en = {
  name: 'Benchmarks',
  benchmark: 'Benchmark',
  base: 'Base',
  isBase: 'base',
  baseOf: (file: string) => `base: ${file}`,
  order: 'Order',
  orders: { file: 'As in the file', name: 'By name', change: 'By change' },
  filter: 'Filter benchmarks',
  none: 'No benchmark holds this text.',
  compare: 'Compare',
  compareWith: (name: string) => `With ${name}`,
  chooseFiles: 'Choose files',
  copy: 'Copy',
  copyTsv: 'Copy as TSV',
  copyMarkdown: 'Copy as Markdown',
  copied: 'Copied',
  copyFailed: 'The browser did not allow copying.',
  what: (benchmarks: number, files: number) =>
    `${grouped.en(benchmarks)} ${benchmarks === 1 ? 'benchmark' : 'benchmarks'} in ${grouped.en(files)} ${files === 1 ? 'file' : 'files'}`,
  apart: 'Told apart by',
  apartWhy:
    'Results that differ in one of these stand in tables of their own and are not compared, as in benchstat. Switch off what does not matter.',
  otherKeys: (keys: number) => `all ${grouped.en(keys)} that go test does not write`,
  legend:
    'Median ± 95 % confidence interval. Change: of the medians, with the p of the Mann-Whitney U test and the number of runs; ~ where chance may be the reason (p > 0.05).',
  legendAlone: 'Median ± 95 % confidence interval, and the number of runs n. A second file beside it is compared.',
  notes: 'Notes',
  more: (shown: number, all: number) =>
    `${grouped.en(shown)} of ${grouped.en(all)} rows are shown. What is copied has them all.`,
  showMore: 'Show more',
  profileOf: (name: string, profile: string) => `Profile of ${name}: ${profile}`,
  profilesOf: (profiles: number, name: string) => `${profiles} profiles of ${name}`,
  unread: (file: string, lines: number) =>
    `${file}: ${lines === 1 ? '1 line looks like a result and cannot be read. It is' : `${grouped.en(lines)} lines look like results and cannot be read. They are`} left out.`,
  atLine: (line: number, message: string) => `Line ${line}: ${message}`,
  moreLines: (lines: number) => `and ${grouped.en(lines)} more`,
  notNumbers: (file: string, values: number) =>
    `${file}: ${grouped.en(values)} ${values === 1 ? 'value is not a number (NaN) and is' : 'values are not numbers (NaN) and are'} left out.`,
  keysLeftOut: (file: string, lines: number) =>
    `${file}: ${grouped.en(lines)} lines look like further keys of the configuration and are left out; they are probably a log.`,
  failures: (file: string, tests: number) =>
    `${file}: ${grouped.en(tests)} ${tests === 1 ? 'benchmark or test' : 'benchmarks or tests'} failed; what they had not measured is not here.`,
}

const zh: typeof en = {
  name: '基准测试',
  benchmark: '基准测试',
  base: '基准',
  isBase: '基准',
  baseOf: (file) => `基准：${file}`,
  order: '顺序',
  orders: { file: '按文件', name: '按名称', change: '按变化' },
  filter: '筛选基准测试',
  none: '没有基准测试包含这段文字。',
  compare: '比较',
  compareWith: (name) => `与 ${name}`,
  chooseFiles: '选择文件',
  copy: '复制',
  copyTsv: '复制为 TSV',
  copyMarkdown: '复制为 Markdown',
  copied: '已复制',
  copyFailed: '浏览器不允许复制。',
  what: (benchmarks, files) => `${grouped.zh(files)} 个文件中的 ${grouped.zh(benchmarks)} 个基准测试`,
  apart: '区分依据',
  apartWhy: '与 benchstat 一样，其中任何一项不同的结果会分在不同的表里，不作比较。不重要的可以关掉。',
  otherKeys: (keys) => `go test 不写的全部 ${grouped.zh(keys)} 项`,
  legend:
    '中位数 ± 95% 置信区间。变化：中位数之间的变化，附 Mann-Whitney U 检验的 p 值和运行次数；可能出于偶然时（p > 0.05）写作 ~。',
  legendAlone: '中位数 ± 95% 置信区间，以及运行次数 n。再放入一个文件就能比较。',
  notes: '说明',
  more: (shown, all) => `共 ${grouped.zh(all)} 行，显示了 ${grouped.zh(shown)} 行。复制的内容包含全部。`,
  showMore: '显示更多',
  profileOf: (name, profile) => `${name} 的 profile：${profile}`,
  profilesOf: (profiles, name) => `${name} 的 ${profiles} 份 profile`,
  unread: (file, lines) => `${file}：有 ${grouped.zh(lines)} 行看起来是结果但无法读出，已略去。`,
  atLine: (line, message) => `第 ${line} 行：${message}`,
  moreLines: (lines) => `还有 ${grouped.zh(lines)} 行`,
  notNumbers: (file, values) => `${file}：有 ${grouped.zh(values)} 个值不是数字（NaN），已略去。`,
  keysLeftOut: (file, lines) => `${file}：有 ${grouped.zh(lines)} 行看起来是更多的配置项，已略去；它们多半是日志。`,
  failures: (file, tests) => `${file}：有 ${grouped.zh(tests)} 个基准测试或测试失败，它们没有测出的结果不在这里。`,
}

export type BenchmarkMessages = typeof en

export const messages: Messages<typeof en> = { en, zh }
