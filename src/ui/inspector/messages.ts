/** What the panel beside a profile says, but for what its tabs hold. */
import type { Messages } from '../words/message-types.ts'

const en = {
  label: 'Inspector',
  tabs: { findings: 'Findings', function: 'Function', source: 'Source' },
  collapse: 'Collapse the inspector',
  expand: 'Open the inspector',
  resize: 'Width of the inspector',
  tall: 'Fill the screen with the inspector',
  widen: 'Wider',
  narrow: 'Narrower',
}

const zh: typeof en = {
  label: '检查器',
  tabs: { findings: '发现', function: '函数', source: '源码' },
  collapse: '收起检查器',
  expand: '打开检查器',
  resize: '检查器宽度',
  tall: '让检查器占满屏幕',
  widen: '加宽',
  narrow: '变窄',
}

export const messages: Messages<typeof en> = { en, zh }
