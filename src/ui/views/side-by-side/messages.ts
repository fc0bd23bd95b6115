import type { Messages } from '../../words/message-types.ts'

const en = {
  picture: (name: string) => `Flame graph of ${name}`,
  base: 'base',
  current: 'current',
  zoomed: (name: string) => `All pictures show ${name}`,
  gone: 'Nothing of what the others show is here.',
  whole: 'Show all again',
  hint: 'Click a frame: all pictures go there. Widths are shares of each profile.',
}

export type SideBySideMessages = typeof en

const zh: SideBySideMessages = {
  picture: (name) => `${name} 的火焰图`,
  base: '基准',
  current: '当前',
  zoomed: (name) => `所有图都显示 ${name}`,
  gone: '这里没有其他图所显示的内容。',
  whole: '重新显示全部',
  hint: '点击一个帧：所有图都会跳到那里。宽度是各自 profile 中的占比。',
}

export const messages: Messages<SideBySideMessages> = { en, zh }
