/** What the flame graph's view says around the graph. */
import type { Messages } from '../../words/message-types.ts'

const en = {
  showTable: 'Show table',
  rootOf: (total: string, type: string) => `All · ${total} · ${type}`,
  rootOfLeaves: (total: string, type: string) => `All, by leaf · ${total} · ${type}`,
  part: (kept: string, total: string) => `${kept} of ${total}`,
  signed: (net: string, gross: string) => `net ${net}, gross ${gross}`,
  noSamples: 'This profile holds no samples: nothing was recorded while it ran.',
  allZero: (type: string) => `Every value of “${type}” is zero. Another sample type may hold something.`,
}

export type FlameMessages = typeof en

const zh: FlameMessages = {
  showTable: '显示表格',
  rootOf: (total, type) => `全部 · ${total} · ${type}`,
  rootOfLeaves: (total, type) => `全部，从叶子起 · ${total} · ${type}`,
  part: (kept, total) => `${kept}，共 ${total}`,
  signed: (net, gross) => `净 ${net}，绝对值合计 ${gross}`,
  noSamples: '这份 profile 没有样本：采集期间没有记录到任何内容。',
  allZero: (type) => `“${type}”的值全部为零。换一种样本类型可能会有内容。`,
}

export const messages: Messages<FlameMessages> = { en, zh }
