import type { ChartId } from '../../../core/story/charts.ts'
import type { Messages } from '../../words/message-types.ts'

const en = {
  name: 'Story',
  copy: 'Copy as Markdown',
  copied: 'Copied',
  copyFailed: 'The browser does not let this page copy.',
  copyCommand: 'Copy the command',
  charts: {
    heap: 'Memory in use, by heap profiles',
    goroutines: 'Goroutines',
    live: 'Live after each collection',
    system: 'Memory held from the system',
  } as Record<ChartId, string>,
  chart: (name: string, from: string, to: string, points: number) => `${name}: ${from} → ${to}, ${points} points`,
  began: (names: string, count: number) =>
    `${names} ${count === 1 ? 'says' : 'say'} no time of day. To see it on the axis, say when the process began (UTC):`,
  placedBy: (file: string) => `placed by the collections of ${file}`,
  time: 'Time of each capture',
  files: (n: number) => `What it is told from: ${n} ${n === 1 ? 'file' : 'files'}`,
  file: 'File',
  kind: 'What it is',
  captured: 'Captured',
  other: 'of another program, left out',
  unread: 'could not be read',
  gone: 'The files of this place are neither open nor kept in this browser.',
  by: (first: string, last: string, n: number) =>
    n === 1 ? first : n === 2 ? `${first}, ${last}` : `${first} … ${last}, ${n} files`,
  evidence: {
    escapes: 'Escape analysis',
    gctrace: 'GC log',
    memstats: 'Memory statistics',
    goroutines: 'Goroutine dump',
    benchmark: 'Benchmarks',
  } as Record<string, string>,
}

export type StoryMessages = typeof en

const zh: StoryMessages = {
  name: '排查结论',
  copy: '复制为 Markdown',
  copied: '已复制',
  copyFailed: '浏览器不允许本页面复制。',
  copyCommand: '复制命令',
  charts: {
    heap: '占用中的内存（堆 profile）',
    goroutines: 'goroutine 数',
    live: '每次回收后的存活堆',
    system: '向系统占用的内存',
  },
  chart: (name, from, to, points) => `${name}：${from} → ${to}，${points} 个点`,
  began: (names) => `${names} 没有写明时间。要把它放到时间轴上，请填写进程启动的时间（UTC）：`,
  placedBy: (file) => `时间按 ${file} 中的回收次数对齐`,
  time: '每个文件的采集时间',
  files: (n) => `依据的文件：${n} 个`,
  file: '文件',
  kind: '内容',
  captured: '采集时间',
  other: '属于另一个程序，未使用',
  unread: '无法读取',
  gone: '这个位置的文件既没有打开，也没有保存在本浏览器中。',
  by: (first, last, n) => (n === 1 ? first : n === 2 ? `${first}、${last}` : `${first} … ${last}，共 ${n} 个文件`),
  evidence: {
    escapes: '逃逸分析',
    gctrace: 'GC 日志',
    memstats: '内存统计',
    goroutines: 'goroutine 转储',
    benchmark: '基准测试',
  },
}

export const messages: Messages<StoryMessages> = { en, zh }
