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
  /** In the menu of a frame: what can be done to the stacks that hold its function. */
  menu: {
    heading: 'Filter',
    focus: 'Keep only stacks with it',
    ignore: 'Drop stacks with it',
    hide: 'Hide this function',
    showFrom: 'Show from here',
    transformHeading: 'Change the stacks',
    subtree: 'Only what runs below it here',
    subtreeInverted: 'Only what leads here',
    merge: 'Merge into callers',
    drop: 'Drop samples through it',
    collapsePackage: (name: string) => `Collapse package ${name}`,
    collapseRecursion: 'Collapse recursion',
    collapseDirectRecursion: 'Collapse direct recursion',
  },
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
  menu: {
    heading: '筛选',
    focus: '只保留含有它的调用栈',
    ignore: '去掉含有它的调用栈',
    hide: '隐藏此函数',
    showFrom: '从此处开始显示',
    transformHeading: '改变调用栈',
    subtree: '只看此处以下',
    subtreeInverted: '只看通向此处的路径',
    merge: '并入调用者',
    drop: '去掉经过它的样本',
    collapsePackage: (name) => `折叠包 ${name}`,
    collapseRecursion: '折叠递归',
    collapseDirectRecursion: '折叠直接递归',
  },
}

export const messages: Messages<FlameMessages> = { en, zh }
