/** What the report of a trace says, in each language. */
import type { Language } from '../../zones/words/languages.ts'

export interface TraceWords {
  title: string
  /** Of the whole trace. */
  facts(facts: { go: string; events: string; goroutines: string; duration: string; processors: number }): string
  missing(says: string, bytes: string): string
  heldUp: string
  heldUpHead: readonly string[]
  assist: string
  noneHeldUp: string
  latency: string
  latencyHead: readonly string[]
  idle(wall: string, processor: string, longest: string, at: string): string
  noIdle: string
  blocks: string
  blocksHead: readonly string[]
  noBlocks: string
  neverEnded: string
  neverEndedHead: readonly string[]
  noneNeverEnded: string
  collector: string
  collectorSays(facts: {
    cycles: number
    share: string
    workers: string
    assists: string
    mark: string
    paused: string
  }): string
  pausesHead: readonly string[]
  states: string
  statesHead: readonly string[]
  more(count: number): string
  unknown: string
}

const en: TraceWords = {
  title: 'What held things up',
  facts: ({ go, events, goroutines, duration, processors }) =>
    `${duration} of a Go program on ${processors === 1 ? '1 processor' : `${processors} processors`}: ${goroutines} goroutines, ${events} events (format of ${go}).`,
  missing: (says, bytes) => `Not all of the trace was read: ${says} ${bytes} were left out.`,
  heldUp: 'Held up by the collector',
  heldUpHead: ['By', 'Goroutines of', 'Times', 'Sum', 'p50', 'p99', 'Worst', 'Worst: goroutine, at'],
  assist: 'GC mark assist',
  noneHeldUp: 'No pause met a goroutine that could run, and none had to help the collector.',
  latency: 'Able to run, not running',
  latencyHead: [
    'Goroutines of',
    'Times',
    'Sum',
    'p50',
    'p99',
    'Worst',
    'All processors busy',
    'A processor idle',
    'World stopped',
  ],
  idle: (wall, processor, longest, at) =>
    `A processor had nothing to do while a goroutine could run for ${wall} (${processor} of processor time); the longest was ${longest}, at ${at}.`,
  noIdle: 'No processor was idle while a goroutine could run.',
  blocks: 'Longest blocks, by place',
  blocksHead: ['Place', 'Reason', 'Goroutines of', 'Times', 'Sum', 'p99', 'Worst', 'Still open'],
  noBlocks: 'No goroutine of the program blocked.',
  neverEnded: 'Created and not ended',
  neverEndedHead: ['Created at', 'Goroutines of', 'Count', 'Most are at', 'Oldest'],
  noneNeverEnded: 'Every goroutine that was created in the trace ended in it.',
  collector: 'The collector',
  collectorSays: ({ cycles, share, workers, assists, mark, paused }) =>
    `${cycles === 1 ? '1 collection' : `${cycles} collections`}: ${share} of all processor time (${workers} of its workers, ${assists} of goroutines that helped). It marked for ${mark}; the world was stopped for ${paused}.`,
  pausesHead: ['World stopped for', 'Times', 'Sum', 'Longest'],
  states: 'Where the time of goroutines went',
  statesHead: ['State', 'Reason', 'Times', 'Sum'],
  more: (count) => `${count} more rows are in the JSON (--json --answers).`,
  unknown: '(unknown)',
}

const zh: TraceWords = {
  title: '什么耽误了程序',
  facts: ({ go, events, goroutines, duration, processors }) =>
    `一个 Go 程序的 ${duration}，${processors} 个处理器：${goroutines} 个 goroutine，${events} 个事件（${go} 的格式）。`,
  missing: (says, bytes) => `没有读完整个 trace：${says} 略去了 ${bytes}。`,
  heldUp: '被回收器耽误',
  heldUpHead: ['原因', 'goroutine 的函数', '次数', '合计', 'p50', 'p99', '最长', '最长的：goroutine，时刻'],
  assist: 'GC 标记协助',
  noneHeldUp: '没有停顿碰到可以运行的 goroutine，也没有 goroutine 需要协助回收。',
  latency: '可以运行而没有运行',
  latencyHead: ['goroutine 的函数', '次数', '合计', 'p50', 'p99', '最长', '处理器全忙', '有处理器空闲', '世界停止'],
  idle: (wall, processor, longest, at) =>
    `有 goroutine 可以运行时，有处理器空闲了 ${wall}（处理器时间 ${processor}）；最长一次 ${longest}，在 ${at}。`,
  noIdle: '有 goroutine 可以运行时没有处理器空闲。',
  blocks: '最长的阻塞，按位置',
  blocksHead: ['位置', '原因', 'goroutine 的函数', '次数', '合计', 'p99', '最长', '仍未结束'],
  noBlocks: '程序的 goroutine 都没有阻塞。',
  neverEnded: '创建后没有结束',
  neverEndedHead: ['创建位置', 'goroutine 的函数', '数量', '多数正在', '最早的'],
  noneNeverEnded: '在 trace 中创建的 goroutine 都在其中结束了。',
  collector: '回收器',
  collectorSays: ({ cycles, share, workers, assists, mark, paused }) =>
    `回收 ${cycles} 次：占全部处理器时间的 ${share}（工作者 ${workers}，协助的 goroutine ${assists}）。标记 ${mark}；世界停止 ${paused}。`,
  pausesHead: ['世界停止的原因', '次数', '合计', '最长'],
  states: 'goroutine 的时间用在哪里',
  statesHead: ['状态', '原因', '次数', '合计'],
  more: (count) => `另外 ${count} 行在 JSON 中（--json --answers）。`,
  unknown: '（未知）',
}

export const traceWords: Readonly<Record<Language, TraceWords>> = { en, zh }
