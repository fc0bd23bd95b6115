/** What the table of tasks, regions and logs says. */
import type { Messages } from '../../words/message-types.ts'

const en = {
  name: 'Tasks, regions and logs',
  what: (tasks: number, regions: number, logs: string) =>
    `${tasks} ${tasks === 1 ? 'name' : 'names'} of tasks, ${regions} of regions, ${logs} ${logs === '1' ? 'log' : 'logs'}`,
  table: 'Tasks and regions',
  heads: {
    name: 'Name',
    kind: 'Kind',
    count: 'Times',
    total: 'Sum',
    worst: 'Worst',
    running: 'Ran',
    runnable: 'Runnable',
    blocked: 'Blocked',
    syscall: 'Syscalls',
    assist: 'GC assist',
    place: 'Place',
  },
  kinds: { task: 'Task', region: 'Region' },
  choose: 'Select a row to see how its time is spread, and what it was spent on.',
  latency: (name: string) => `How long ${name} took`,
  bucket: (from: string, to: string) => `${from} to ${to}`,
  spent: 'What it was spent on',
  parts: {
    running: 'Running',
    runnable: 'Waiting for a processor',
    syscall: 'In system calls',
    assist: 'Helping the collector',
    ended: 'After its goroutine had ended',
  },
  blocked: (reason: string) => `Blocked: ${reason || 'no reason is given'}`,
  showWorst: 'Show the longest on the timeline',
  logs: 'Logs',
  logHeads: { at: 'At', goroutine: 'Goroutine', task: 'Task', category: 'Category', message: 'Message' },
  moreLogs: (shown: string, all: string) =>
    `The first ${shown} of ${all} are shown; choose a shorter time to see others.`,
  none: 'In this time there are none.',
}

const zh: typeof en = {
  name: '任务、区域和日志',
  what: (tasks, regions, logs) => `任务名 ${tasks} 个，区域名 ${regions} 个，日志 ${logs} 条`,
  table: '任务和区域',
  heads: {
    name: '名称',
    kind: '种类',
    count: '次数',
    total: '合计',
    worst: '最长',
    running: '运行',
    runnable: '可运行',
    blocked: '阻塞',
    syscall: '系统调用',
    assist: 'GC 协助',
    place: '位置',
  },
  kinds: { task: '任务', region: '区域' },
  choose: '选择一行，查看其时间的分布和用途。',
  latency: (name) => `${name} 的用时`,
  bucket: (from, to) => `${from} 至 ${to}`,
  spent: '时间用在哪里',
  parts: {
    running: '运行',
    runnable: '等待处理器',
    syscall: '系统调用',
    assist: '协助回收',
    ended: '在其 goroutine 结束之后',
  },
  blocked: (reason) => `阻塞：${reason || '没有给出原因'}`,
  showWorst: '在时间线上显示最长的一次',
  logs: '日志',
  logHeads: { at: '时刻', goroutine: '所在 goroutine', task: '任务', category: '类别', message: '内容' },
  moreLogs: (shown, all) => `只显示 ${all} 条中的前 ${shown} 条；选取更短的时间可查看其他条目。`,
  none: '这段时间内没有。',
}

export const messages: Messages<typeof en> = { en, zh }
