/** What the list of all open documents says. Loaded with it. */
import type { Messages } from '../words/message-types.ts'

const en = {
  documents: (n: number) => `${n} open documents`,
  which: (at: number, n: number) => `${at}/${n} open documents`,
  find: 'Find a document',
  none: 'No open document is called so.',
  noProgram: 'Program unknown',
  close: 'Close',
  closeChosen: (n: number) => (n === 1 ? 'Close 1 document' : `Close ${n} documents`),
  choose: (name: string) => `Choose ${name}`,
  chooseAll: 'Choose all',
  chooseNone: 'Choose none',
}

const zh: typeof en = {
  documents: (n) => `${n} 个打开的文档`,
  which: (at, n) => `${at}/${n} 个打开的文档`,
  find: '查找文档',
  none: '没有这样名称的文档。',
  noProgram: '程序未知',
  close: '关闭',
  closeChosen: (n) => `关闭 ${n} 个文档`,
  choose: (name) => `选择 ${name}`,
  chooseAll: '全选',
  chooseNone: '全不选',
}

export const messages: Messages<typeof en> = { en, zh }
