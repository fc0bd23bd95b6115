/** What the views of memory over time say besides the words of core/evidence/memory. */
import { en as enWords } from '../../../core/evidence/memory/words/en.ts'
import type { MemoryWords } from '../../../core/evidence/memory/words/words.ts'
import { zh as zhWords } from '../../../core/evidence/memory/words/zh.ts'
import { grouped } from '../../words/grouped.ts'
import type { Messages } from '../../words/message-types.ts'

export const memoryMessages: Messages<MemoryWords> = { en: enWords, zh: zhWords }

const en = {
  more: 'What it means, and what to do',
  showRow: 'Show it in the table',
  copy: 'Copy',
  copyTsv: 'Copy as TSV',
  copyMarkdown: 'Copy as Markdown',
  copied: 'Copied',
  copyFailed: 'The browser did not allow copying.',
  gcPage: 'GC log',
  memoryPage: 'Memory',
  rows: (table: string) => `${table}: rows`,
  otherLines: (lines: number, all: number) => `${grouped.en(lines)} of ${grouped.en(all)} lines are of something else.`,
  brokenReads: (objects: number) => `${grouped.en(objects)} objects break off and are left out.`,
  heap: 'Heap',
  pauses: 'Pauses',
  position: (of: string) => `${of}: step with the arrow keys`,
  order: 'Order',
  inOrder: 'As in the log',
  byColumn: (column: string) => `${column}, largest first`,
  cycles: (cycles: number, forced: number) =>
    `${grouped.en(cycles)} cycles${forced > 0 ? `, ${grouped.en(forced)} forced` : ''}`,
  run: (n: number, of: number) => `Process ${n} of ${grouped.en(of)}`,
  since: 'Time since the start of the process',
  reads: (reads: number) => `${grouped.en(reads)} ${reads === 1 ? 'read' : 'reads'}`,
  untimed: 'The reads do not say when they were made: they stand in their order.',
  limit: 'Limit',
  limitWhy: 'Memory that the process must not pass, e.g. the limit of its container.',
  badLimit: (typed: string) => `"${typed}" is no amount of memory, such as 512MiB.`,
  limitLine: (limit: string) => `Limit ${limit}`,
  taken: 'Taken from the system',
}

const zh: typeof en = {
  more: '这意味着什么，怎么办',
  showRow: '在表中显示',
  copy: '复制',
  copyTsv: '复制为 TSV',
  copyMarkdown: '复制为 Markdown',
  copied: '已复制',
  copyFailed: '浏览器不允许复制。',
  gcPage: 'GC 日志',
  memoryPage: '内存',
  rows: (table) => `${table}：行`,
  otherLines: (lines, all) => `${grouped.zh(all)} 行中有 ${grouped.zh(lines)} 行是别的内容。`,
  brokenReads: (objects) => `${grouped.zh(objects)} 个对象不完整，已略去。`,
  heap: '堆',
  pauses: '停顿',
  position: (of) => `${of}：用方向键逐个查看`,
  order: '顺序',
  inOrder: '按日志',
  byColumn: (column) => `${column}，从大到小`,
  cycles: (cycles, forced) => `${grouped.zh(cycles)} 个周期${forced > 0 ? `，其中 ${grouped.zh(forced)} 个强制` : ''}`,
  run: (n, of) => `第 ${n} 个进程，共 ${grouped.zh(of)} 个`,
  since: '进程启动以来的时间',
  reads: (reads) => `${grouped.zh(reads)} 次读取`,
  untimed: '读取没有写明时间，按先后顺序排列。',
  limit: '上限',
  limitWhy: '进程不能超过的内存，例如容器的上限。',
  badLimit: (typed) => `“${typed}”不是内存大小，例如 512MiB。`,
  limitLine: (limit) => `上限 ${limit}`,
  taken: '取自系统而占用',
}

export const messages: Messages<typeof en> = { en, zh }
