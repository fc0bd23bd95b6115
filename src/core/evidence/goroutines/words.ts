/** What is said of dumps and crashes. */
import { shortName } from '../../model/go-name.ts'
import type { Language } from '../../zones/words/languages.ts'
import { placeText } from '../place.ts'
import type { CauseId } from './causes.ts'
import type { DumpFrame, Race } from './dump.ts'
import type { Verdict } from './verdict.ts'

interface CauseWords {
  /** What happened. at: "main.go:12 in main.put", '' = the stack does not say. */
  says(verdict: Verdict, at: string): string
  why: string
  todo: string
}

export interface DumpWords {
  causes: Record<CauseId, CauseWords>
  at(place: DumpFrame): string
  /** More sentences about a verdict. */
  ring(verdict: Verdict): string
  waitsAt(count: number): string
  together(verdict: Verdict): string
  cycle(frames: readonly DumpFrame[]): string
  tests(names: readonly string[]): string
  race(race: Pick<Race, 'address'>, first: string, second: string): string
  access: Record<'read' | 'write', string>
  failed(tests: readonly string[]): string
  plain(goroutines: number): string
  /** The line that makes the map, or whatever a rule of hot zones knows of a stack at fault. */
  zone(title: string, at: string): string
  goroutine(id: number): string
  state(text: string, minutes: number): string
  minutes(count: number): string
  elided(count: number): string
  createdBy(at: string, creator: number): string
  head: {
    fault: string
    goroutines: string
    count: string
    states: string
    longest: string
    createdBy: string
    stack: string
    races: string
    failures: string
    why: string
    todo: string
    runtimeStack: string
    waiting: string
    notSaid: string
    total(count: number): string
    more(count: number): string
  }
}

const ids = (list: readonly { id: number }[]) => list.map(({ id }) => id)

const en: DumpWords = {
  at: (place) => `${placeText(place)} in ${shortName(place.func)}`,
  causes: {
    'nil-map': {
      says: (_, at) => `Assignment to an entry of a nil map${at && ` at ${at}`}.`,
      why: 'The map was declared and never made. Reading a nil map works, writing to it panics.',
      todo: 'Make the map before the first write: in the constructor of the value that holds it, or with make() where it is declared.',
    },
    'nil-pointer': {
      says: (_, at) => `A nil pointer was followed${at && ` at ${at}`}.`,
      why: 'A pointer, an interface or a function on this line is nil. An address near 0 in the signal tells the field that was read.',
      todo: 'Find out which value of the line may be nil: often a result used before its error was checked.',
    },
    index: {
      says: ({ groups: [index, length] }, at) =>
        index === undefined
          ? `An index is out of range${at && ` at ${at}`}.`
          : `Index ${index} is out of range${length === undefined ? '' : ` of length ${length}`}${at && ` at ${at}`}.`,
      why: 'The slice, array or string is shorter than this line expects.',
      todo: 'Check the length before the access, or range over what is there.',
    },
    'slice-bounds': {
      says: ({ groups: [bounds] }, at) => `The bounds ${bounds ?? ''} of a slice are out of range${at && ` at ${at}`}.`,
      why: 'One end lies beyond the capacity, or behind the other end.',
      todo: 'Check both ends against the length before slicing.',
    },
    divide: {
      says: (_, at) => `An integer was divided by zero${at && ` at ${at}`}.`,
      why: 'The divisor of this line is 0.',
      todo: 'Decide what the result is for 0 and test for it.',
    },
    conversion: {
      says: ({ groups: [is, wanted, type, missing] }, at) =>
        missing === undefined
          ? `A value is ${is ?? 'another type'}, not ${wanted ?? 'what was asserted'}${at && `: asserted at ${at}`}.`
          : `${type ?? 'The type'} has no method ${missing}${at && `: asserted at ${at}`}.`,
      why: 'A type assertion without ", ok" panics when the dynamic type is another one. Numbers that encoding/json puts into interface{} are float64.',
      todo: 'Use the form v, ok := x.(T), or decode into a struct that has the type.',
    },
    'map-race': {
      says: ({ said }, at) => `Goroutines use one map at the same time (${said})${at && `: one of them at ${at}`}.`,
      why: 'Maps are not safe for concurrent use. The runtime notices by chance and ends the program; it cannot be recovered.',
      todo: 'Guard the map with a mutex, give each goroutine its own, or use sync.Map. go test -race shows both sides.',
    },
    deadlock: {
      says: ({ waitingCount }) =>
        waitingCount === 0
          ? 'No goroutine is left, and main has ended with runtime.Goexit.'
          : `All goroutines are asleep: ${waitingCount === 1 ? 'the only one waits' : `these ${waitingCount} wait`}, and nobody is left to wake ${waitingCount === 1 ? 'it' : 'them'}.`,
      why: 'Every goroutine waits for a channel, a lock or a group that only another one could serve.',
      todo: 'Look at what each one waits for: a channel nobody sends on or closes, a lock that its holder asks for again, a Done that is not called.',
    },
    'stack-overflow': {
      says: (_, at) => `The stack grew beyond its limit: calls come again without an end${at && `, at ${at}`}.`,
      why: 'A goroutine may use 1 GB of stack. Only recursion without an end gets there.',
      todo: 'Find why the recursion does not stop: a cycle in the data, a condition that is never met, a method that calls itself (String, MarshalJSON, Error).',
    },
    'out-of-memory': {
      says: (_, at) => `The system gave no more memory${at && `; the program asked for it at ${at}`}.`,
      why: 'The line that asks last is not always the one that holds the memory.',
      todo: 'Take a heap profile before it dies and look at what is in use; set GOMEMLIMIT below the limit of the container.',
    },
    'closed-channel': {
      says: ({ said }, at) => `${said.replace(/^s/, 'S').replace(/^c/, 'C')}${at && ` at ${at}`}.`,
      why: 'A channel was closed while somebody still uses it, or twice.',
      todo: 'Let only the sender close, and only when nobody sends any more: wait for all senders first.',
    },
    unlock: {
      says: (_, at) => `A lock was unlocked that is not locked${at && ` at ${at}`}.`,
      why: 'Unlock was called twice, or on a copy of the mutex.',
      todo: 'Unlock by defer directly after Lock; do not copy values that hold a mutex (go vet tells).',
    },
    'wait-group': {
      says: ({ said }, at) => `A WaitGroup is used wrongly (${said.replace(/^sync: /, '')})${at && ` at ${at}`}.`,
      why: 'Done was called more often than Add counted, or Add runs while Wait returns.',
      todo: 'Call Add before the go statement and Done once, by defer; or use wg.Go (Go 1.25).',
    },
    length: {
      says: (_, at) => `Something was made with an impossible length${at && ` at ${at}`}.`,
      why: 'The length is negative or larger than memory. Lengths that were read from a file or a message are often the reason.',
      todo: 'Check the length before it is used.',
    },
    unhashable: {
      says: ({ groups: [type] }, at) =>
        `A value of type ${type ?? '?'} was compared or used as a key${at && ` at ${at}`}.`,
      why: 'Slices, maps and functions cannot be compared. In an interface the compiler cannot see it.',
      todo: 'Use a key of a type that can be compared: a string, an array, a struct of such.',
    },
    'test-timeout': {
      says: ({ groups: [limit] }, at) =>
        `The tests did not end within ${limit ?? 'their time'}${at && `: one of them stands at ${at}`}.`,
      why: 'After the time of -timeout all goroutines are printed and the run ends.',
      todo: 'See what the goroutine of the test waits for; give waits in tests an end of their own (context.WithTimeout).',
    },
    threads: {
      says: () => 'The program started more threads than it may have.',
      why: 'Each goroutine in a blocking system call or in C needs a thread of its own.',
      todo: 'Limit how many goroutines do so at once (files, DNS by cgo, C calls).',
    },
    corrupted: {
      says: ({ said }, at) => `Memory is damaged or was misused (${said})${at && `, noticed at ${at}`}.`,
      why: "Code outside of Go's checks did it: cgo, unsafe, assembly or a data race.",
      todo: 'Run with -race and -d=checkptr, and look at unsafe and C code.',
    },
    asked: {
      says: ({ said }) => `The program was asked to print its goroutines (${said}).`,
      why: 'It did not fail by itself.',
      todo: 'Look at what many goroutines have in common, and at those that have waited longest.',
    },
    signal: {
      says: ({ said }, at) => `The system ended the program (${said})${at && ` at ${at}`}.`,
      why: 'A signal arrived outside of Go code, as in a C library.',
      todo: 'Look at the frames of C at the top of the stack.',
    },
    panic: {
      says: ({ said }, at) => `The program gave up by itself${at && ` at ${at}`}: ${said}`,
      why: 'panic() was called with this message.',
      todo: "Read the message: it is the program's own. Return an error where the caller can go on.",
    },
    fatal: {
      says: ({ said }, at) => `The runtime ended the program${at && ` at ${at}`}: ${said}`,
      why: 'A fatal error cannot be recovered.',
      todo: 'Look for the message in the source of the runtime.',
    },
  },
  ring: ({ ring, waiting }) =>
    ring.length === 0
      ? ''
      : `Goroutines ${listEn(ring)} wait for each other: ${ring
          .map((id) => waiting.find((one) => one.id === id))
          .map((one) => `${one?.id} for ${one?.address}, which ${one?.handedTo} was handed`)
          .join('; ')}.`,
  waitsAt: (count) => (count === 1 ? 'The goroutine that waits' : `The ${count} goroutines that wait`),
  together: ({ together }) =>
    together.length === 0
      ? 'No other goroutine is seen at it any more.'
      : `At the same place or in code of maps: ${together.length === 1 ? 'goroutine' : 'goroutines'} ${listEn(ids(together))}.`,
  cycle: (frames) => `${frames.map((frame) => en.at(frame)).join(' ← ')}, again and again.`,
  tests: (names) => `Running: ${names.join(', ')}.`,
  race: ({ address }, first, second) =>
    `Two goroutines use ${address} at the same time, at least one writes: ${first}; ${second}.`,
  access: { read: 'read', write: 'write' },
  failed: (tests) => `${tests.length === 1 ? 'A test' : `${tests.length} tests`} failed: ${tests.join(', ')}.`,
  plain: (count) => `${count === 1 ? 'One goroutine' : `${count} goroutines`}, printed on request: nothing failed.`,
  zone: (title, at) => `${title}: ${at}.`,
  goroutine: (id) => `Goroutine ${id}`,
  state: (text, minutes) => (minutes > 0 ? `${text}, ${en.minutes(minutes)}` : text),
  minutes: (count) => `${count} min`,
  elided: (count) => (count < 0 ? '… frames left out …' : `… ${count} frames left out …`),
  createdBy: (at, creator) => `created at ${at}${creator >= 0 ? ` by goroutine ${creator}` : ''}`,
  head: {
    fault: 'At fault',
    goroutines: 'Goroutines',
    count: 'Count',
    states: 'States',
    longest: 'Longest wait',
    createdBy: 'Created by',
    stack: 'Stack',
    races: 'Data races',
    failures: 'Failed tests',
    why: 'Why',
    todo: 'What to do',
    runtimeStack: 'What the runtime was doing',
    waiting: 'Who waits for what',
    notSaid: 'not said',
    total: (count) => `${count} ${count === 1 ? 'goroutine' : 'goroutines'}`,
    more: (count) => `${count} more`,
  },
}

const listEn = (all: readonly (number | string)[]) =>
  all.length < 2 ? all.join() : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`

const zh: DumpWords = {
  at: (place) => `${placeText(place)}（${shortName(place.func)}）`,
  causes: {
    'nil-map': {
      says: (_, at) => `向 nil map 写入了元素${at && `：${at}`}。`,
      why: '这个 map 只声明、没有创建。nil map 可以读，一写就 panic。',
      todo: '在第一次写入之前创建它：在持有它的值的构造函数里，或在声明处用 make()。',
    },
    'nil-pointer': {
      says: (_, at) => `解引用了 nil 指针${at && `：${at}`}。`,
      why: '这一行里有指针、接口或函数是 nil。信号里接近 0 的地址说明读的是哪个字段。',
      todo: '查明这一行里哪个值可能为 nil：常见的是还没检查错误就用了结果。',
    },
    index: {
      says: ({ groups: [index, length] }, at) =>
        index === undefined
          ? `下标越界${at && `：${at}`}。`
          : `下标 ${index} 越界${length === undefined ? '' : `，长度为 ${length}`}${at && `：${at}`}。`,
      why: '切片、数组或字符串比这一行预期的短。',
      todo: '访问前检查长度，或用 range 遍历。',
    },
    'slice-bounds': {
      says: ({ groups: [bounds] }, at) => `切片边界 ${bounds ?? ''} 越界${at && `：${at}`}。`,
      why: '有一端超出容量，或者起点在终点之后。',
      todo: '切片前检查两端与长度的关系。',
    },
    divide: {
      says: (_, at) => `整数除以零${at && `：${at}`}。`,
      why: '这一行的除数是 0。',
      todo: '想好除数为 0 时的结果，并加以判断。',
    },
    conversion: {
      says: ({ groups: [is, wanted, type, missing] }, at) =>
        missing === undefined
          ? `值的类型是 ${is ?? '另一种'}，不是 ${wanted ?? '断言的类型'}${at && `，断言在 ${at}`}。`
          : `${type ?? '该类型'} 没有方法 ${missing}${at && `，断言在 ${at}`}。`,
      why: '不带 “, ok” 的类型断言在动态类型不符时会 panic。encoding/json 放进 interface{} 的数字是 float64。',
      todo: '改用 v, ok := x.(T)，或者解码到有明确类型的结构体。',
    },
    'map-race': {
      says: ({ said }, at) => `多个 goroutine 同时使用同一个 map（${said}）${at && `，其中一个在 ${at}`}。`,
      why: 'map 不能并发使用。运行时偶然发现后会终止程序，无法 recover。',
      todo: '用互斥锁保护这个 map，或每个 goroutine 各用一个，或用 sync.Map。go test -race 会指出双方。',
    },
    deadlock: {
      says: ({ waitingCount }) =>
        waitingCount === 0
          ? '没有 goroutine 了，main 以 runtime.Goexit 结束。'
          : `所有 goroutine 都在睡眠：这 ${waitingCount} 个都在等待，没有谁能唤醒它们。`,
      why: '每个 goroutine 等待的通道、锁或 WaitGroup 都只能由别的 goroutine 满足。',
      todo: '看每个 goroutine 在等什么：没人发送也没人关闭的通道、持有者再次请求的锁、没有调用的 Done。',
    },
    'stack-overflow': {
      says: (_, at) => `栈超出上限：调用无休止地重复${at && `，在 ${at}`}。`,
      why: '一个 goroutine 最多可用 1 GB 的栈，只有没有尽头的递归才会用完。',
      todo: '查明递归为什么不停：数据里有环、条件永远不满足、方法调用自己（String、MarshalJSON、Error）。',
    },
    'out-of-memory': {
      says: (_, at) => `系统不再给内存${at && `；程序在 ${at} 申请`}。`,
      why: '最后申请的那一行不一定是占着内存的那一行。',
      todo: '在它崩溃前抓一份堆 profile，看什么在占用；把 GOMEMLIMIT 设到容器上限以下。',
    },
    'closed-channel': {
      says: ({ said }, at) => `${CHANNEL_ZH[said] ?? said}${at && `：${at}`}。`,
      why: '通道在还有人使用时被关闭，或被关闭了两次。',
      todo: '只由发送方关闭，并且要等所有发送都结束之后。',
    },
    unlock: {
      says: (_, at) => `对没有上锁的锁解锁${at && `：${at}`}。`,
      why: 'Unlock 调用了两次，或者用在了互斥锁的副本上。',
      todo: '在 Lock 之后立即用 defer 解锁；不要复制含有互斥锁的值（go vet 会提示）。',
    },
    'wait-group': {
      says: ({ said }, at) => `WaitGroup 使用不当（${said.replace(/^sync: /, '')}）${at && `：${at}`}。`,
      why: 'Done 的次数多于 Add 的计数，或者 Add 与 Wait 的返回同时发生。',
      todo: '在 go 语句之前调用 Add，用 defer 只调用一次 Done；或者用 wg.Go（Go 1.25）。',
    },
    length: {
      says: (_, at) => `用不可能的长度创建${at && `：${at}`}。`,
      why: '长度为负，或比内存还大。常见原因是长度来自文件或消息。',
      todo: '使用前检查长度。',
    },
    unhashable: {
      says: ({ groups: [type] }, at) => `类型 ${type ?? '?'} 的值被比较或用作键${at && `：${at}`}。`,
      why: '切片、map 和函数不能比较。放在接口里时编译器看不出来。',
      todo: '用可比较的类型作键：字符串、数组，或由它们组成的结构体。',
    },
    'test-timeout': {
      says: ({ groups: [limit] }, at) => `测试没有在 ${limit ?? '规定时间'} 内结束${at && `：其中一个停在 ${at}`}。`,
      why: '到了 -timeout 的时间，会打印所有 goroutine 并结束运行。',
      todo: '看测试的 goroutine 在等什么；给测试里的等待加上期限（context.WithTimeout）。',
    },
    threads: {
      says: () => '程序启动的线程超过了上限。',
      why: '每个阻塞在系统调用或 C 里的 goroutine 都要占一个线程。',
      todo: '限制同时这样做的 goroutine 数量（文件、cgo 的 DNS、C 调用）。',
    },
    corrupted: {
      says: ({ said }, at) => `内存被破坏或误用（${said}）${at && `，发现于 ${at}`}。`,
      why: '是 Go 检查不到的代码造成的：cgo、unsafe、汇编，或数据竞争。',
      todo: '用 -race 和 -d=checkptr 运行，检查 unsafe 与 C 代码。',
    },
    asked: {
      says: ({ said }) => `程序按要求打印了 goroutine（${said}）。`,
      why: '它并没有自己出错。',
      todo: '看许多 goroutine 的共同之处，以及等得最久的那些。',
    },
    signal: {
      says: ({ said }, at) => `系统终止了程序（${said}）${at && `：${at}`}。`,
      why: '信号发生在 Go 代码之外，例如 C 库里。',
      todo: '看栈顶的 C 帧。',
    },
    panic: {
      says: ({ said }, at) => `程序自己放弃了${at && `，在 ${at}`}：${said}`,
      why: '程序以这条消息调用了 panic()。',
      todo: '读这条消息：它是程序自己写的。调用者能继续的地方，应返回错误。',
    },
    fatal: {
      says: ({ said }, at) => `运行时终止了程序${at && `，在 ${at}`}：${said}`,
      why: 'fatal error 无法 recover。',
      todo: '在运行时源码里查这条消息。',
    },
  },
  ring: ({ ring, waiting }) =>
    ring.length === 0
      ? ''
      : `goroutine ${ring.join('、')} 互相等待：${ring
          .map((id) => waiting.find((one) => one.id === id))
          .map((one) => `${one?.id} 等 ${one?.address}，它交给了 ${one?.handedTo}`)
          .join('；')}。`,
  waitsAt: (count) => `等待中的 ${count} 个 goroutine`,
  together: ({ together }) =>
    together.length === 0
      ? '已看不到别的 goroutine 在用它。'
      : `在同一处或在 map 代码里的：goroutine ${ids(together).join('、')}。`,
  cycle: (frames) => `${frames.map((frame) => zh.at(frame)).join(' ← ')}，一再重复。`,
  tests: (names) => `正在运行：${names.join('、')}。`,
  race: ({ address }, first, second) => `两个 goroutine 同时使用 ${address}，至少一个在写：${first}；${second}。`,
  access: { read: '读', write: '写' },
  failed: (tests) => `${tests.length} 个测试失败：${tests.join('、')}。`,
  plain: (count) => `${count} 个 goroutine，应要求打印：没有出错。`,
  zone: (title, at) => `${title}：${at}。`,
  goroutine: (id) => `goroutine ${id}`,
  state: (text, minutes) => (minutes > 0 ? `${text}，${zh.minutes(minutes)}` : text),
  minutes: (count) => `${count} 分钟`,
  elided: (count) => (count < 0 ? '… 省略了一些帧 …' : `… 省略 ${count} 帧 …`),
  createdBy: (at, creator) => `创建于 ${at}${creator >= 0 ? `，由 goroutine ${creator}` : ''}`,
  head: {
    fault: '出错者',
    goroutines: 'Goroutine',
    count: '数量',
    states: '状态',
    longest: '最长等待',
    createdBy: '创建处',
    stack: '栈',
    races: '数据竞争',
    failures: '失败的测试',
    why: '为什么',
    todo: '怎么办',
    runtimeStack: '运行时当时在做什么',
    waiting: '谁在等什么',
    notSaid: '未说明',
    total: (count) => `${count} 个 goroutine`,
    more: (count) => `还有 ${count} 个`,
  },
}

const CHANNEL_ZH: Record<string, string> = {
  'send on closed channel': '向已关闭的通道发送',
  'close of closed channel': '重复关闭通道',
  'close of nil channel': '关闭了 nil 通道',
}

export const dumpWords: Record<Language, DumpWords> = { en, zh }
