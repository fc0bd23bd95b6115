/** What the call graph says. */
import { grouped } from '../../words/grouped.ts'
import type { Messages } from '../../words/message-types.ts'

const en = {
  name: 'Call graph',
  hint: 'Press a function to select it, once more for its callers and callees. Arrow keys walk along calls.',
  larger: 'Larger',
  smaller: 'Smaller',
  fit: 'Fit',
  start: 'Heaviest path',
  count: 'Functions',
  countWhy: 'How many functions are drawn at most. pprof draws 80.',
  nodes: (shown: number, all: number) =>
    shown === all ? `${grouped.en(all)} functions` : `${grouped.en(shown)} of ${grouped.en(all)} functions`,
  trimmed: (nodes: string, edges: string) => `left out: functions under ${nodes}, calls under ${edges}`,
  ofTotal: (total: string) => `of ${total}`,
  inlined: '(inlined)',
  node: (name: string, self: string, total: string, callers: number, callees: number) =>
    `${name}, self ${self}, total ${total}, ${callers === 1 ? '1 caller' : `${callers} callers`} and ${callees === 1 ? '1 callee' : `${callees} callees`} shown`,
  zone: (number: number) => `hot zone ${number}`,
  call: (from: string, to: string, value: string) => `${from} → ${to}: ${value}`,
  around: (from: string, to: string, value: string) => `${from} → ${to}, over functions that are left out: ${value}`,
  addCallers: (count: number, shown: number, name: string) =>
    shown < count
      ? `Add the ${shown} heaviest of ${grouped.en(count)} more callers of ${name}`
      : `Add ${count === 1 ? '1 more caller' : `${count} more callers`} of ${name}`,
  addCallees: (count: number, shown: number, name: string) =>
    shown < count
      ? `Add the ${shown} heaviest of ${grouped.en(count)} more callees of ${name}`
      : `Add ${count === 1 ? '1 more callee' : `${count} more callees`} of ${name}`,
  added: (count: number) => (count === 1 ? 'Remove the added one' : `Remove the ${grouped.en(count)} added`),
  full: (most: number) => `No more than ${most} functions can be added.`,
  map: 'Overview of the call graph',
  nothing: 'There is nothing to draw.',
  laying: (count: number) => `Laying out ${grouped.en(count)} functions…`,
  cancel: 'Cancel',
  late: (count: number) => `Laying out ${grouped.en(count)} functions took too long and was given up.`,
  cancelled: (count: number) => `The layout of ${grouped.en(count)} functions was cancelled.`,
  failed:
    'The graph could not be laid out: Graphviz did not load, or refused the graph. The table has the same numbers.',
  fewer: (count: number) => `Draw ${count} functions`,
  again: 'Try again',
}

const zh: typeof en = {
  name: '调用图',
  hint: '点按一个函数即可选中，再点一次查看其调用者与被调用者。方向键沿调用移动。',
  larger: '放大',
  smaller: '缩小',
  fit: '适合窗口',
  start: '最重路径',
  count: '函数数',
  countWhy: '最多画多少个函数。pprof 画 80 个。',
  nodes: (shown, all) =>
    shown === all ? `${grouped.zh(all)} 个函数` : `${grouped.zh(all)} 个函数中的 ${grouped.zh(shown)} 个`,
  trimmed: (nodes, edges) => `略去：低于 ${nodes} 的函数，低于 ${edges} 的调用`,
  ofTotal: (total) => `共 ${total}`,
  inlined: '（内联）',
  node: (name, self, total, callers, callees) =>
    `${name}，自身 ${self}，总计 ${total}，图中有 ${callers} 个调用者、${callees} 个被调用者`,
  zone: (number) => `热区 ${number}`,
  call: (from, to, value) => `${from} → ${to}：${value}`,
  around: (from, to, value) => `${from} → ${to}，中间略去了若干函数：${value}`,
  addCallers: (count, shown, name) =>
    shown < count
      ? `添加 ${name} 另外 ${grouped.zh(count)} 个调用者中最重的 ${shown} 个`
      : `添加 ${name} 另外 ${count} 个调用者`,
  addCallees: (count, shown, name) =>
    shown < count
      ? `添加 ${name} 另外 ${grouped.zh(count)} 个被调用者中最重的 ${shown} 个`
      : `添加 ${name} 另外 ${count} 个被调用者`,
  added: (count) => `移除添加的 ${grouped.zh(count)} 个`,
  full: (most) => `最多可添加 ${most} 个函数。`,
  map: '调用图总览',
  nothing: '没有可画的内容。',
  laying: (count) => `正在为 ${grouped.zh(count)} 个函数布局…`,
  cancel: '取消',
  late: (count) => `为 ${grouped.zh(count)} 个函数布局用时过长，已放弃。`,
  cancelled: (count) => `已取消 ${grouped.zh(count)} 个函数的布局。`,
  failed: '无法为调用图布局：Graphviz 未能加载，或不接受此图。表格中有同样的数字。',
  fewer: (count) => `画 ${count} 个函数`,
  again: '重试',
}

export const messages: Messages<typeof en> = { en, zh }
