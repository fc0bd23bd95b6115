/** What the panel of answers says, besides the words of the report (core/trace/answers). */
import type { Messages } from '../../words/message-types.ts'

const en = {
  waiting: 'Counting…',
  ofRange: (from: string, to: string) => `Only from ${from} to ${to}. Times are cut to that.`,
  ofWhole: 'Of the whole trace. Choose a time to see only that.',
  spread: (times: string, p50: string, p99: string, worst: string) =>
    `${times} × · p50 ${p50} · p99 ${p99} · worst ${worst}`,
  stopped: (kind: string) => `World stopped: ${kind}`,
  noPauses: 'The world was not stopped.',
  noCollection: 'No collection',
  collections: (cycles: number, share: string) =>
    `${cycles} ${cycles === 1 ? 'collection' : 'collections'}, ${share} of processor time`,
  by: (place: string) => `By ${place}`,
  at: (place: string) => `At ${place}`,
  metBy: (by: string, goroutines: string) => `${by} · ${goroutines} ${goroutines === '1' ? 'goroutine' : 'goroutines'}`,
  noLatency: 'No goroutine had to wait for a processor.',
  whileBusy: (parts: readonly string[]) => parts.join(' · '),
  idle: 'Processors idle while work waited',
  idleFor: (wall: string, share: string) => `${wall}, ${share} of the time`,
  idleAt: (time: string) => `From ${time}`,
  waitedFor: (what: string, goroutines: string, most: string) =>
    `Waited for ${what} · ${goroutines} goroutines, ${most} at once`,
  endedBy: (name: string, place: string, share: string) => `${share} of it ended by ${name}, at ${place}`,
  reason: (reason: string, name: string) => `${reason} · goroutines of ${name}`,
  open: (count: string) => `${count} ${count === '1' ? 'goes' : 'go'} on when the trace ends`,
  noSyscalls: 'No system call that blocked.',
  lost: (count: string) => `${count} lost ${count === '1' ? 'its' : 'their'} processor`,
  createdAt: (place: string) => `Created at ${place}`,
  mostAre: (state: string, oldest: string) => `Most are: ${state} · the oldest for ${oldest}`,
  noStorms: 'At no place were 100 goroutines created within 10 ms.',
  storm: (at: string, total: string, alive: string) =>
    `Within 10 ms, from ${at} · ${total} in all, ${alive} alive at once`,
  more: (count: number) => `${count} more`,
  fewer: 'Fewer',
  show: 'Show the longest on the timeline',
  summary: (duration: string) => `${duration} of a Go program`,
}

const zh: typeof en = {
  waiting: '正在统计…',
  ofRange: (from, to) => `仅统计 ${from} 至 ${to}，时间按此截取。`,
  ofWhole: '针对整个 trace。选取一段时间即可只看该段。',
  spread: (times, p50, p99, worst) => `${times} 次 · p50 ${p50} · p99 ${p99} · 最长 ${worst}`,
  stopped: (kind) => `世界停止：${kind}`,
  noPauses: '世界没有暂停过。',
  noCollection: '没有垃圾回收',
  collections: (cycles, share) => `${cycles} 次回收，占处理器时间的 ${share}`,
  by: (place) => `由 ${place} 引起`,
  at: (place) => `位于 ${place}`,
  metBy: (by, goroutines) => `${by} · ${goroutines} 个 goroutine`,
  noLatency: '没有 goroutine 需要等待处理器。',
  whileBusy: (parts) => parts.join(' · '),
  idle: '有工作等待时处理器空闲',
  idleFor: (wall, share) => `${wall}，占时间的 ${share}`,
  idleAt: (time) => `始于 ${time}`,
  waitedFor: (what, goroutines, most) => `等待${what} · ${goroutines} 个 goroutine，同时最多 ${most} 个`,
  endedBy: (name, place, share) => `其中 ${share} 由 ${name} 结束，位于 ${place}`,
  reason: (reason, name) => `${reason} · ${name} 的 goroutine`,
  open: (count) => `${count} 个在 trace 结束时仍在继续`,
  noSyscalls: '没有阻塞的系统调用。',
  lost: (count) => `${count} 次失去了处理器`,
  createdAt: (place) => `创建于 ${place}`,
  mostAre: (state, oldest) => `多数处于：${state} · 最早的已有 ${oldest}`,
  noStorms: '没有任何位置在 10 毫秒内创建 100 个 goroutine。',
  storm: (at, total, alive) => `从 ${at} 起的 10 毫秒内 · 共 ${total} 个，同时存活 ${alive} 个`,
  more: (count) => `另外 ${count} 项`,
  fewer: '收起',
  show: '在时间线上显示最长的一次',
  summary: (duration) => `一个 Go 程序的 ${duration}`,
}

export const answerMessages: Messages<typeof en> = { en, zh }
export type AnswerMessages = typeof en
