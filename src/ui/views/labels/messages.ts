/** What the view of labels says. */
import { grouped } from '../../words/grouped.ts'
import type { Messages } from '../../words/message-types.ts'

const en = {
  hint: 'Keep or drop a value to see the profile with or without its samples.',
  ofAll: 'Labels of all samples',
  within: (name: string) => `Labels of the samples in ${name}`,
  all: 'All samples',
  none: 'The samples of this profile bear no labels.',
  key: (key: string) => `Label ${key}`,
  values: (n: number) => (n === 1 ? '1 value' : `${grouped.en(n)} values`),
  labelled: (share: string) => `on ${share} of the total`,
  /** Of a comparison. */
  differs: (value: string, share: string, ofBase: boolean) =>
    `difference ${value}, ${share} of ${ofBase ? 'the base' : 'the sum of absolute values'}`,
  asRoot: 'Group at the root',
  asRootAt: (n: number) => `Group at the root, level ${n}`,
  asLeaf: 'Group at the leaves',
  outer: (key: string) => `Move ${key} one level out`,
  value: 'Value',
  actions: 'Actions',
  emptyValue: '(empty)',
  keep: 'Keep',
  drop: 'Drop',
  keepValue: (value: string) => `Keep only ${value}`,
  dropValue: (value: string) => `Drop ${value}`,
  more: (n: number) => `Show ${grouped.en(n)} more`,
  notListed: (n: number) => `${grouped.en(n)} lighter ones are not listed`,
  histogram: (key: string) => `Histogram of ${key}`,
  range: (from: string, to: string) => `${from} to ${to}`,
  keepRange: (range: string, total: string, share: string) => `${range}: ${total}, ${share}. Keep only these`,
}

const zh: typeof en = {
  hint: '保留或去掉一个值，查看有无这些样本时的 profile。',
  ofAll: '全部样本的标签',
  within: (name) => `${name} 中样本的标签`,
  all: '全部样本',
  none: '这份 profile 的样本没有标签。',
  key: (key) => `标签 ${key}`,
  values: (n) => `${grouped.zh(n)} 个值`,
  labelled: (share) => `总量的 ${share} 带有此标签`,
  differs: (value, share, ofBase) => `差异 ${value}，占${ofBase ? '基准' : '绝对值之和'}的 ${share}`,
  asRoot: '在根部分组',
  asRootAt: (n) => `在根部分组，第 ${n} 层`,
  asLeaf: '在叶子处分组',
  outer: (key) => `把 ${key} 外移一层`,
  value: '值',
  actions: '操作',
  emptyValue: '（空）',
  keep: '保留',
  drop: '去掉',
  keepValue: (value) => `只保留 ${value}`,
  dropValue: (value) => `去掉 ${value}`,
  more: (n) => `再显示 ${grouped.zh(n)} 个`,
  notListed: (n) => `另有 ${grouped.zh(n)} 个较轻的未列出`,
  histogram: (key) => `${key} 的分布`,
  range: (from, to) => `${from} 到 ${to}`,
  keepRange: (range, total, share) => `${range}：${total}，${share}。只保留这些`,
}

export const messages: Messages<typeof en> = { en, zh }
