/** What the call graph says. */
import { grouped } from '../../words/grouped.ts'
import type { Messages } from '../../words/message-types.ts'

const en = {
  name: 'Call graph',
  hint: 'Press a function to select it, and once more for its callers and callees.',
  larger: 'Larger',
  smaller: 'Smaller',
  fit: 'Fit',
  nodes: (shown: number, all: number) =>
    shown === all ? `${grouped.en(all)} functions` : `${grouped.en(shown)} of ${grouped.en(all)} functions`,
  trimmed: (nodes: string, edges: string) => `left out: functions under ${nodes}, calls under ${edges}`,
  selfOf: (self: string, total: string) => `${self} of ${total}`,
  call: (from: string, to: string, value: string) => `${from} → ${to}: ${value}`,
  nothing: 'There is nothing to draw.',
}

const zh: typeof en = {
  name: '调用图',
  hint: '点按一个函数即可选中，再点一次查看其调用者与被调用者。',
  larger: '放大',
  smaller: '缩小',
  fit: '适合窗口',
  nodes: (shown, all) =>
    shown === all ? `${grouped.zh(all)} 个函数` : `${grouped.zh(all)} 个函数中的 ${grouped.zh(shown)} 个`,
  trimmed: (nodes, edges) => `略去：低于 ${nodes} 的函数，低于 ${edges} 的调用`,
  selfOf: (self, total) => `${self}，共 ${total}`,
  call: (from, to, value) => `${from} → ${to}：${value}`,
  nothing: '没有可画的内容。',
}

export const messages: Messages<typeof en> = { en, zh }
