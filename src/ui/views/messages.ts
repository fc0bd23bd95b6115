/** What several views say. */
import type { Messages } from '../words/message-types.ts'

const en = {
  waiting: 'Counting…',
  widthOf: (column: string) => `Width of ${column}`,
  /** The switch of the views that share a tab. */
  show: 'Shown as',
  showInGraph: 'Show in graph',
  source: 'Source',
  callersAndCallees: 'Callers and callees',
  selected: 'Selected function',
  hint: 'Select a row. Enter shows its callers and callees.',
  /** Heads of columns. */
  function: 'Function',
  self: 'Self (flat)',
  total: 'Total (cum)',
  place: 'Place',
}

const zh: typeof en = {
  waiting: '正在统计…',
  widthOf: (column) => `“${column}”列的宽度`,
  show: '显示方式',
  showInGraph: '在火焰图中显示',
  source: '源码',
  callersAndCallees: '调用者与被调用者',
  selected: '选中的函数',
  hint: '选择一行。按回车键查看其调用者与被调用者。',
  function: '函数',
  self: '自身（flat）',
  total: '总计（cum）',
  place: '位置',
}

export type SharedMessages = typeof en

export const messages: Messages<typeof en> = { en, zh }
