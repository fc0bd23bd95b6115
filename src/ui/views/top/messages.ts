/** What the table of functions says. */
import { grouped } from '../../words/grouped.ts'
import type { Messages } from '../../words/message-types.ts'

const en = {
  name: 'Top functions',
  zone: 'Finding',
  running: 'Cumulative self',
  runningWhy: 'Self of this row and all above it, of the total',
  mean: (type: string) => `Mean size, ${type}`,
  meanWhy: 'Self bytes divided by self objects',
  selfOf: (type: string) => `${type}, self`,
  totalOf: (type: string) => `${type}, total`,
  filter: 'Filter functions',
  filterShort: 'Filter',
  columns: 'Columns',
  copy: 'Copy',
  copyTsv: 'Copy as TSV',
  copyMarkdown: 'Copy as Markdown',
  rows: (shown: number, all: number, functions: boolean) => {
    const what = functions ? 'functions' : 'rows'
    return shown === all ? `${grouped.en(all)} ${what}` : `${grouped.en(shown)} of ${grouped.en(all)} ${what}`
  },
  copiedRows: (rows: number, all: number) =>
    rows === all
      ? `${grouped.en(rows)} rows copied`
      : `The first ${grouped.en(rows)} of ${grouped.en(all)} rows copied`,
  copyFailed: 'The browser did not allow copying.',
  none: 'No function holds this text.',
  empty: 'This sample type holds nothing.',
  inZone: (number: number) => `finding ${number}`,
}

const zh: typeof en = {
  name: '函数排行',
  zone: '发现',
  running: '累计自身',
  runningWhy: '本行及以上各行自身值之和占总量的比例',
  mean: (type) => `平均大小，${type}`,
  meanWhy: '自身字节数除以自身对象数',
  selfOf: (type) => `${type}，自身`,
  totalOf: (type) => `${type}，总计`,
  filter: '筛选函数',
  filterShort: '筛选',
  columns: '列',
  copy: '复制',
  copyTsv: '复制为 TSV',
  copyMarkdown: '复制为 Markdown',
  rows: (shown, all, functions) => {
    const what = functions ? '个函数' : '行'
    return shown === all
      ? `${grouped.zh(all)} ${what}`
      : `${grouped.zh(all)} ${what}中的 ${grouped.zh(shown)} ${functions ? '个' : '行'}`
  },
  copiedRows: (rows, all) =>
    rows === all ? `已复制 ${grouped.zh(rows)} 行` : `已复制 ${grouped.zh(all)} 行中的前 ${grouped.zh(rows)} 行`,
  copyFailed: '浏览器不允许复制。',
  none: '没有函数包含这段文字。',
  empty: '这种样本类型没有数据。',
  inZone: (number) => `发现 ${number}`,
}

export type TopMessages = typeof en

export const messages: Messages<typeof en> = { en, zh }
