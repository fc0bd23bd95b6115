/** What the view of goroutines says, besides the words of causes (core/evidence/goroutines/words.ts). */
import { grouped } from '../../words/grouped.ts'
import type { Messages } from '../../words/message-types.ts'

const en = {
  name: 'Goroutines',
  filter: 'Filter goroutines',
  none: 'No goroutine holds this text.',
  copy: 'Copy',
  copyTsv: 'Copy as TSV',
  copyMarkdown: 'Copy as Markdown',
  copied: 'Copied',
  copyFailed: 'The browser did not allow copying.',
  what: (shown: number, all: number) =>
    shown === all ? `${grouped.en(all)} goroutines` : `${grouped.en(shown)} of ${grouped.en(all)} goroutines`,
  stack: (name: string) => `Stack of ${name}`,
  noStack: 'no stack was printed',
  inGraph: 'Show in the flame graph',
  more: (shown: number, all: number) => `${grouped.en(shown)} of ${grouped.en(all)} stacks are shown.`,
  showMore: 'Show more',
  times: (count: number) => `reported ${grouped.en(count)} times`,
  moreCrashes: (count: number) => `${grouped.en(count)} more messages are in the text.`,
  access: (what: string, goroutine: number) =>
    goroutine === 0 ? `${what} by the main goroutine` : `${what} by goroutine ${goroutine}`,
  started: 'The goroutine was started at',
  labels: 'Labels',
}

type GoroutineMessages = typeof en

const zh: GoroutineMessages = {
  name: 'goroutine 列表',
  filter: '筛选 goroutine',
  none: '没有 goroutine 含有这段文字。',
  copy: '复制',
  copyTsv: '复制为 TSV',
  copyMarkdown: '复制为 Markdown',
  copied: '已复制',
  copyFailed: '浏览器不允许复制。',
  what: (shown, all) =>
    shown === all ? `${grouped.zh(all)} 个 goroutine` : `${grouped.zh(all)} 个 goroutine 中的 ${grouped.zh(shown)} 个`,
  stack: (name) => `${name} 的栈`,
  noStack: '没有打印栈',
  inGraph: '在火焰图中显示',
  more: (shown, all) => `显示 ${grouped.zh(all)} 个栈中的 ${grouped.zh(shown)} 个。`,
  showMore: '显示更多',
  times: (count) => `报告了 ${grouped.zh(count)} 次`,
  moreCrashes: (count) => `文本里还有 ${grouped.zh(count)} 条消息。`,
  access: (what, goroutine) => (goroutine === 0 ? `主 goroutine：${what}` : `goroutine ${goroutine}：${what}`),
  started: '这个 goroutine 启动于',
  labels: '标签',
}

export const messages: Messages<GoroutineMessages> = { en, zh }
