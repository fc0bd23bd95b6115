/** What the view of one function says. */
import type { Messages } from '../../words/message-types.ts'

const en = {
  pick: 'Choose a function to see who calls it and whom it calls.',
  pickHow: 'Double-click a row of the top table, or choose “Callers and callees” from the menu of a frame.',
  gone: (name: string) => `This profile has no ${name}, or the filters leave nothing of it.`,
  callers: 'Callers',
  callees: 'Callees',
  ofFunction: '% of function',
  value: 'Value',
  root: 'Called by nothing: it is the root',
  leaf: 'Calls nothing that was measured',
  self: 'In the function itself',
  inlined: 'inlined',
  callersGraph: 'Callers, the nearest first',
  calleesGraph: 'Callees',
  rootLabel: (name: string, total: string) => `${name} · ${total}`,
}

const zh: typeof en = {
  pick: '选择一个函数，看谁调用它、它调用谁。',
  pickHow: '双击排行中的一行，或在帧的菜单中选择“调用者与被调用者”。',
  gone: (name) => `这份 profile 中没有 ${name}，或筛选后没有剩下它。`,
  callers: '调用者',
  callees: '被调用者',
  ofFunction: '占该函数',
  value: '数值',
  root: '没有调用者：它是根',
  leaf: '没有测到被调用者',
  self: '函数自身',
  inlined: '已内联',
  callersGraph: '调用者，最近的在前',
  calleesGraph: '被调用者',
  rootLabel: (name, total) => `${name} · ${total}`,
}

export const messages: Messages<typeof en> = { en, zh }
