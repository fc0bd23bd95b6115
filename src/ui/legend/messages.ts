/** What colours, patterns and edges of the graph mean. */
import type { Family } from '../../core/model/go-name.ts'
import type { ZoneFamily } from '../../core/zones/zone.ts'
import type { Messages } from '../words/message-types.ts'

interface LegendMessages {
  packages: string
  packagesWhy: string
  families: Record<Family, string>
  findings: string
  findingsWhy: string
  zones: Record<ZoneFamily, string>
  marks: string
  below: string
  inlined: string
  few: string
  merged: string
  above: string
  cut: string
  match: string
  selected: string
  others: string
  gone: string
}

const en: LegendMessages = {
  packages: 'Whose code it is',
  packagesWhy: 'One hue for each package. Lightness tells functions of one package apart and means nothing.',
  families: {
    user: 'Your code',
    dep: 'Modules you depend on',
    std: 'Standard library',
    runtime: 'Go runtime',
    native: 'C, kernel, unknown',
  },
  findings: 'Findings',
  findingsWhy: 'Warm colours with a pattern are places of a finding; its number is that of the list.',
  zones: {
    reflect: 'Reflection that allocates',
    map: 'Maps with string keys',
    json: 'Encoding and decoding',
    meet: 'Where two findings meet',
    gc: 'Garbage collector',
    alloc: 'Allocating, growing, copying',
    wait: 'Locks, channels, scheduler',
  },
  marks: 'Edges, dashes, fading',
  below: 'Called from a place of a finding',
  inlined: 'Inlined call: dashes at the left',
  few: 'Faded: rests on 1 to 3 samples',
  merged: 'Frames too small to draw, and how many',
  above: 'Caller of the zoomed frame',
  cut: 'Goes on beyond the edge of the view',
  match: 'Matches the search; others are grey',
  selected: 'Selected',
  others: 'Other places of the selected function',
  gone: 'Gone, or less than nothing: hollow',
}

const zh: LegendMessages = {
  packages: '代码属于谁',
  packagesWhy: '每个包一种色相。深浅只用来区分同一个包里的函数，没有别的含义。',
  families: {
    user: '你的代码',
    dep: '依赖的模块',
    std: '标准库',
    runtime: 'Go 运行时',
    native: 'C、内核、未知',
  },
  findings: '发现',
  findingsWhy: '带图案的暖色是某个发现所在的位置；编号与列表一致。',
  zones: {
    reflect: '反射引起的分配',
    map: '字符串键的 map',
    json: '编码与解码',
    meet: '两个发现汇合处',
    gc: '垃圾回收',
    alloc: '分配、扩容、复制',
    wait: '锁、channel、调度器',
  },
  marks: '边框、虚线、淡化',
  below: '由发现所在的位置调用',
  inlined: '内联调用：左侧虚线',
  few: '淡化：只有 1 至 3 个样本',
  merged: '太小而无法绘出的帧及其个数',
  above: '放大的帧的调用者',
  cut: '在画面之外还有',
  match: '与搜索匹配；其余为灰色',
  selected: '选中',
  others: '选中函数的其他位置',
  gone: '已消失，或小于零：空心',
}

export const messages: Messages<LegendMessages> = { en, zh }
