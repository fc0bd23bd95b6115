/** What the view of escapes says, besides the words of reasons (core/evidence/escapes/words.ts). */
import { grouped } from '../../words/grouped.ts'
import type { Messages } from '../../words/message-types.ts'

const en = {
  name: 'Escapes',
  filter: 'Filter escapes',
  anyWhy: 'Any reason',
  heap: 'On the heap',
  by: 'Weighed by',
  mapping: 'Paths: FROM=TO',
  mappingWhy: 'What stands in the profile for the beginning of a path of the text',
  guessed: (mapping: string) => `Paths matched as ${mapping}`,
  openHeap: 'Open a heap or allocs profile of the same build to rank escapes by their bytes.',
  none: 'No escape fits the filters.',
  copy: 'Copy',
  copyTsv: 'Copy as TSV',
  copyMarkdown: 'Copy as Markdown',
  copied: 'Copied',
  copyFailed: 'The browser did not allow copying.',
  what: (shown: number, all: number) =>
    shown === all ? `${grouped.en(all)} escapes` : `${grouped.en(shown)} of ${grouped.en(all)} escapes`,
  chainOf: (what: string) => `Chain of ${what}`,
  weightless: (count: number) => `${grouped.en(count)} escapes without weight in the profile are folded away.`,
  rest: (shown: number, all: number) => `${grouped.en(shown)} of ${grouped.en(all)} rows are shown.`,
  showAll: 'Show them',
  shared: (count: number) => `the line has ${grouped.en(count)} escapes`,
  times: (count: number) => `said ${grouped.en(count)} times`,
  toSource: 'Show in the source of the profile',
  toDo: 'What to do',
  unexplainedName: 'Lines that allocate without an escape',
}

type EscapeMessages = typeof en

const zh: EscapeMessages = {
  name: '逃逸',
  filter: '筛选逃逸',
  anyWhy: '任何原因',
  heap: '在堆上的',
  by: '计重依据',
  mapping: '路径：FROM=TO',
  mappingWhy: '文本路径的开头在 profile 里写作什么',
  guessed: (mapping) => `路径按 ${mapping} 对应`,
  openHeap: '打开同一次构建的 heap 或 allocs profile，即可按字节数排列逃逸。',
  none: '没有符合筛选的逃逸。',
  copy: '复制',
  copyTsv: '复制为 TSV',
  copyMarkdown: '复制为 Markdown',
  copied: '已复制',
  copyFailed: '浏览器不允许复制。',
  what: (shown, all) =>
    shown === all ? `${grouped.zh(all)} 个逃逸` : `${grouped.zh(all)} 个逃逸中的 ${grouped.zh(shown)} 个`,
  chainOf: (what) => `${what} 的原因链`,
  weightless: (count) => `${grouped.zh(count)} 个在 profile 里没有重量的逃逸已折叠。`,
  rest: (shown, all) => `显示 ${grouped.zh(all)} 行中的 ${grouped.zh(shown)} 行。`,
  showAll: '显示',
  shared: (count) => `该行有 ${grouped.zh(count)} 个逃逸`,
  times: (count) => `出现 ${grouped.zh(count)} 次`,
  toSource: '在 profile 的源码中显示',
  toDo: '怎么办',
  unexplainedName: '没有逃逸却在分配的行',
}

export const messages: Messages<EscapeMessages> = { en, zh }
