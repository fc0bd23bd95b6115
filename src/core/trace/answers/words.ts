/** What the report of a trace says, in each language. */
import type { Language } from '../../zones/words/languages.ts'
import type { Resource } from './waits.ts'

export interface TraceWords {
  title: string
  /** Of the whole trace. */
  facts(facts: { go: string; events: string; goroutines: string; duration: string; processors: number }): string
  /** Where only a part of the time was asked about. */
  within(from: string, duration: string): string
  missing(says: string, bytes: string): string
  heldUp: string
  heldUpHead: readonly string[]
  assist: string
  noneHeldUp: string
  latency: string
  latencyHead: readonly string[]
  causesHead: readonly string[]
  idle(wall: string, processor: string, longest: string, at: string): string
  noIdle: string
  contended: string
  contendedHead: readonly string[]
  resources: Readonly<Record<Resource, string>>
  /** Who ended the waits, the first of them. */
  wokenBy(function_: string, place: string, share: string): string
  noneContended: string
  syscalls: string
  syscallsHead: readonly string[]
  annotated: string
  annotatedHead: readonly string[]
  annotations: Readonly<Record<'task' | 'region', string>>
  blocks: string
  blocksHead: readonly string[]
  noBlocks: string
  neverEnded: string
  neverEndedHead: readonly string[]
  noneNeverEnded: string
  storms: string
  stormsHead: readonly string[]
  collector: string
  collectorSays(facts: {
    cycles: number
    share: string
    processor: string
    workers: string
    idle: string
    assists: string
    sweep: string
    stopped: string
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
  within: (from, duration) => `Only ${duration} of it, from ${from} on. Times are cut to that.`,
  missing: (says, bytes) => `Not all of the trace was read: ${says} ${bytes} were left out.`,
  heldUp: 'Held up by pauses and by the collector',
  heldUpHead: [
    'By',
    'Place',
    'Goroutines of',
    'Goroutines',
    'Times',
    'Sum',
    'p50',
    'p99',
    'Worst',
    'Worst: goroutine, at',
  ],
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
  causesHead: [
    'Goroutines of',
    'Created',
    'Woken by a goroutine',
    'By network, timer or runtime',
    'Stopped for others',
    'Back from a system call',
    'Before the trace',
    'Sum',
    'Ran',
  ],
  idle: (wall, processor, longest, at) =>
    `A processor had nothing to do while a goroutine could run for ${wall} (${processor} of processor time); the longest was ${longest}, at ${at}.`,
  noIdle: 'No processor was idle while a goroutine could run.',
  contended: 'What several goroutines waited for at once',
  contendedHead: ['Place', 'For', 'Goroutines', 'At once', 'Times', 'Sum', 'p50', 'p99', 'Worst', 'Mostly ended by'],
  resources: {
    lock: 'a lock',
    'wait group': 'a wait group',
    condition: 'a condition',
    send: 'to send on a channel',
    receive: 'to receive from a channel',
    select: 'one of several channels',
    runtime: 'the runtime',
    other: 'something else',
  },
  wokenBy: (name, place, share) => `${name}, at ${place} (${share} of the sum)`,
  noneContended: 'No two goroutines waited at one place at once.',
  syscalls: 'System calls',
  syscallsHead: ['Place', 'Goroutines of', 'Times', 'Sum', 'p50', 'p99', 'Worst', 'Lost the processor'],
  annotated: 'Tasks and regions',
  annotatedHead: [
    'Name',
    'Kind',
    'Times',
    'Sum',
    'p50',
    'p99',
    'Worst',
    'Ran',
    'Waited for a processor',
    'System calls',
    'Blocked',
    'GC assist',
    'Still open',
  ],
  annotations: { task: 'task', region: 'region' },
  blocks: 'Longest blocks, by place',
  blocksHead: ['Place', 'Reason', 'Goroutines of', 'Times', 'Sum', 'p50', 'p99', 'Worst', 'Still open'],
  noBlocks: 'No goroutine of the program blocked.',
  neverEnded: 'Created and not ended',
  neverEndedHead: ['Created at', 'Goroutines of', 'Count', 'Most are', 'At', 'Oldest'],
  noneNeverEnded: 'Every goroutine that was created in the trace ended in it.',
  storms: 'Many goroutines created at once',
  stormsHead: ['Created at', 'Goroutines of', 'Within 10 ms', 'From', 'All', 'Alive at once'],
  collector: 'The collector',
  collectorSays: ({ cycles, share, processor, workers, idle, assists, sweep, stopped, mark, paused }) =>
    `${cycles === 1 ? '1 collection' : `${cycles} collections`}: ${share} of ${processor} of processor time: ${workers} of its workers (${idle} of it on processors that had nothing else to do), ${assists} of goroutines that helped, ${sweep} of sweeping, ${stopped} while it stopped the world. It marked for ${mark}; the world was stopped for ${paused}, for whatever reason.`,
  pausesHead: ['World stopped for', 'By', 'Times', 'Sum', 'p50', 'p99', 'Longest', 'Longest at'],
  states: 'Where the time of goroutines went',
  statesHead: ['State', 'Reason', 'Times', 'Sum'],
  more: (count) => `${count} more rows are in the JSON (--json --answers).`,
  unknown: '(unknown)',
}

const zh: TraceWords = {
  title: '什么耽误了程序',
  facts: ({ go, events, goroutines, duration, processors }) =>
    `一个 Go 程序的 ${duration}，${processors} 个处理器：${goroutines} 个 goroutine，${events} 个事件（${go} 的格式）。`,
  within: (from, duration) => `只看其中从 ${from} 起的 ${duration}。时间只算到这一段的边界。`,
  missing: (says, bytes) => `没有读完整个 trace：${says} 略去了 ${bytes}。`,
  heldUp: '被停顿和回收器耽误',
  heldUpHead: [
    '原因',
    '位置',
    'goroutine 的函数',
    'goroutine 数',
    '次数',
    '合计',
    'p50',
    'p99',
    '最长',
    '最长的：goroutine，时刻',
  ],
  assist: 'GC 标记协助',
  noneHeldUp: '没有停顿碰到可以运行的 goroutine，也没有 goroutine 需要协助回收。',
  latency: '可以运行而没有运行',
  latencyHead: ['goroutine 的函数', '次数', '合计', 'p50', 'p99', '最长', '处理器全忙', '有处理器空闲', '世界停止'],
  causesHead: [
    'goroutine 的函数',
    '刚创建',
    '被 goroutine 唤醒',
    '被网络、定时器或运行时唤醒',
    '让出处理器',
    '系统调用返回',
    'trace 之前',
    '合计',
    '运行了',
  ],
  idle: (wall, processor, longest, at) =>
    `有 goroutine 可以运行时，有处理器空闲了 ${wall}（处理器时间 ${processor}）；最长一次 ${longest}，在 ${at}。`,
  noIdle: '有 goroutine 可以运行时没有处理器空闲。',
  contended: '几个 goroutine 同时在等的',
  contendedHead: ['位置', '等待', 'goroutine 数', '同时', '次数', '合计', 'p50', 'p99', '最长', '多由谁结束'],
  resources: {
    lock: '锁',
    'wait group': 'WaitGroup',
    condition: '条件变量',
    send: '向 channel 发送',
    receive: '从 channel 接收',
    select: '几个 channel 之一',
    runtime: '运行时',
    other: '其他',
  },
  wokenBy: (name, place, share) => `${name}，在 ${place}（合计的 ${share}）`,
  noneContended: '没有两个 goroutine 同时在一个位置等待。',
  syscalls: '系统调用',
  syscallsHead: ['位置', 'goroutine 的函数', '次数', '合计', 'p50', 'p99', '最长', '失去处理器'],
  annotated: '任务和区域',
  annotatedHead: [
    '名称',
    '种类',
    '次数',
    '合计',
    'p50',
    'p99',
    '最长',
    '运行',
    '等处理器',
    '系统调用',
    '阻塞',
    'GC 协助',
    '仍未结束',
  ],
  annotations: { task: '任务', region: '区域' },
  blocks: '最长的阻塞，按位置',
  blocksHead: ['位置', '原因', 'goroutine 的函数', '次数', '合计', 'p50', 'p99', '最长', '仍未结束'],
  noBlocks: '程序的 goroutine 都没有阻塞。',
  neverEnded: '创建后没有结束',
  neverEndedHead: ['创建位置', 'goroutine 的函数', '数量', '多数正在', '在哪里', '最早的'],
  noneNeverEnded: '在 trace 中创建的 goroutine 都在其中结束了。',
  storms: '短时间内大量创建的 goroutine',
  stormsHead: ['创建位置', 'goroutine 的函数', '10 ms 之内', '从', '全部', '同时存在'],
  collector: '回收器',
  collectorSays: ({ cycles, share, processor, workers, idle, assists, sweep, stopped, mark, paused }) =>
    `回收 ${cycles} 次：占处理器时间 ${processor} 的 ${share}：工作者 ${workers}（其中 ${idle} 在没有别的事可做的处理器上），协助的 goroutine ${assists}，清扫 ${sweep}，为回收停止世界 ${stopped}。标记 ${mark}；世界因各种原因停止 ${paused}。`,
  pausesHead: ['世界停止的原因', '由谁', '次数', '合计', 'p50', 'p99', '最长', '最长的时刻'],
  states: 'goroutine 的时间用在哪里',
  statesHead: ['状态', '原因', '次数', '合计'],
  more: (count) => `另外 ${count} 行在 JSON 中（--json --answers）。`,
  unknown: '（未知）',
}

export const traceWords: Readonly<Record<Language, TraceWords>> = { en, zh }
