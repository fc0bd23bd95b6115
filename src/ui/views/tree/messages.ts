/** What the call tree says. */
import { grouped } from '../../words/grouped.ts'
import type { Messages } from '../../words/message-types.ts'

const en = {
  name: 'Call tree',
  totalHere: 'Total here',
  selfHere: 'Self here',
  /** Of callers below callees. */
  selfByCaller: 'Self, by caller',
  depth: (n: number) => `${grouped.en(n)} calls deep`,
  heaviest: 'Open the heaviest path',
  close: 'Close all',
  rows: (n: number) => (n === 1 ? '1 row' : `${grouped.en(n)} rows`),
  /** 0 = not counted yet. */
  merged: (n: number) =>
    n === 0 ? 'Counting…' : n === 1 ? '1 function too small to list' : `${grouped.en(n)} functions too small to list`,
}

const zh: typeof en = {
  name: '调用树',
  totalHere: '此处总计',
  selfHere: '此处自身',
  selfByCaller: '自身，按调用者',
  depth: (n) => `第 ${grouped.zh(n)} 层调用`,
  heaviest: '展开最重的路径',
  close: '全部收起',
  rows: (n) => `${grouped.zh(n)} 行`,
  merged: (n) => (n === 0 ? '正在统计…' : `${grouped.zh(n)} 个函数太小，未列出`),
}

export const messages: Messages<typeof en> = { en, zh }
