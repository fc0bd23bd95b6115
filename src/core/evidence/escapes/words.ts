/** What is said of escapes. */
import type { Language } from '../../zones/words/languages.ts'
import type { EscapeKind, Flow, Step } from './table.ts'
import type { Why, WhyId } from './why.ts'

export interface EscapeWords {
  /** What follows "escapes because it is". */
  why(why: Why): string
  /** Of a filter. */
  whys: Record<WhyId, string>
  todo: Record<WhyId, string>
  kinds: Record<EscapeKind, string>
  flow(flow: Flow): string
  step(step: Step): string
  head: {
    what: string
    why: string
    place: string
    kind: string
    bytes: string
    share: string
    escapes: string
    chain: string
    unexplained: string
    withoutWeight(count: number): string
    counts(heap: number, stays: number, leaks: number): string
    noReasons: string
    weighedBy(name: string, type: string): string
    notFound(count: number): string
  }
  /** Beside what shows a profile. place: '' = it is plain. */
  here(what: string, why: string, place: string): string
  more(count: number): string
  beside: string
  /** A line that allocates without an escape. */
  line: {
    call(callee: string): string
    runtime: string
  }
}

const WHYS_EN: Record<WhyId, string> = {
  size: 'size not known',
  large: 'too large for the stack',
  closure: 'captured by a closure that escapes',
  goroutine: 'run by a go or defer statement',
  interface: 'stored in an interface',
  returned: 'returned to the caller',
  sent: 'sent on a channel',
  map: 'stored in a map',
  appended: 'appended to a slice that escapes',
  passed: 'passed to a function that may keep it',
  part: 'part of a value that escapes',
  stored: 'stored where it outlives the call',
  unsaid: 'reason not said',
}

/** From the words of the compiler to those of people; what is not here is said as the compiler says it. */
const STEPS_EN: Record<string, string> = {
  spill: 'made',
  return: 'returned',
  assign: 'assigned',
  'assign-pair': 'assigned',
  'address-of': 'its address taken',
  'call parameter': 'passed as an argument',
  'interface-converted': 'put into an interface',
  'captured by a closure': 'captured by a closure',
  reference: 'captured by reference',
  'struct literal element': 'put into a struct',
  'slice-literal-element': 'put into a slice',
  'array literal element': 'put into an array',
  'map literal value': 'put into a map',
  'map literal key': 'put into a map as a key',
  'key of map put': 'used as a key of a map',
  'dot of pointer': 'a field read through a pointer',
  dot: 'a field of it',
  indirection: 'what it points to',
  'range-deref': 'ranged over',
  range: 'ranged over',
  send: 'sent on a channel',
  'non-constant size': 'of a size that is not known when compiling',
  'too large for stack': 'too large for the stack',
  'appendee slice': 'appended to',
  'copied slice': 'copied',
}

const STEPS_ZH: Record<string, string> = {
  spill: '创建',
  return: '返回',
  assign: '赋值',
  'assign-pair': '赋值',
  'address-of': '取地址',
  'call parameter': '作为参数传入',
  'interface-converted': '放进接口',
  'captured by a closure': '被闭包捕获',
  reference: '按引用捕获',
  'struct literal element': '放进结构体',
  'slice-literal-element': '放进切片',
  'array literal element': '放进数组',
  'map literal value': '放进 map',
  'map literal key': '作为 map 的键',
  'key of map put': '作为 map 的键',
  'dot of pointer': '经指针读字段',
  dot: '它的字段',
  indirection: '它指向的值',
  'range-deref': '遍历',
  range: '遍历',
  send: '发送到通道',
  'non-constant size': '编译时大小未知',
  'too large for stack': '对栈来说太大',
  'appendee slice': '被追加',
  'copied slice': '被复制',
}

const target = (to: string, words: { heap: string; result: string; temp: string }) =>
  to === '{heap}' ? words.heap : to === '{temp}' ? words.temp : /^~r\d+$/.test(to) ? words.result : storage(to)

const storage = (text: string) => text.replace(/\{storage for (.*)\}/, '$1').replace(/^[&*]+(?=.)/, '')

const en: EscapeWords = {
  why: ({ id, other }) =>
    other === ''
      ? WHYS_EN[id]
      : id === 'passed'
        ? `passed to ${other}, which may keep it`
        : id === 'part'
          ? `part of ${other}, which escapes`
          : `${WHYS_EN[id]} for ${other}`,
  whys: WHYS_EN,
  todo: {
    size: 'Use a constant size where there is a small limit, or take the buffer from the caller or a pool.',
    large: 'Keep it between calls, or make it smaller: what passes 64 KiB (variables 128 KiB) is always on the heap.',
    closure: 'Pass the value as an argument instead of capturing it.',
    goroutine: 'Nothing to gain: what a goroutine runs has to outlive the call that starts it.',
    interface: 'Use a concrete type or a generic function on hot paths; do not log there.',
    returned: 'Return a value instead of a pointer, or let the caller hand in what is to be filled.',
    sent: 'Send values instead of pointers, or reuse what comes back.',
    map: 'Use values instead of pointers, and a typed map or a struct instead of map[string]interface{}.',
    appended: 'Give the slice its capacity when it is made.',
    passed:
      'The compiler cannot see that it is not kept: interface methods, function values and code it does not know.',
    part: 'See why the whole escapes.',
    stored: 'Store a value instead of a pointer, or keep it shorter.',
    unsaid: "Build with -gcflags='-m -m' to see the reasons.",
  },
  kinds: {
    escapes: 'Escapes',
    moved: 'Variable moved to the heap',
    stays: 'Stays on the stack',
    leaks: 'Parameter is kept',
  },
  flow: ({ to, from }) =>
    `${storage(from)} → ${target(to, { heap: 'the heap', result: 'the result', temp: 'a temporary' })}`,
  step: ({ why, expression }) => `${STEPS_EN[why] ?? why}: ${expression}`,
  head: {
    what: 'What',
    why: 'Why',
    place: 'Line',
    kind: 'Kind',
    bytes: 'Bytes of the line',
    share: 'Share',
    escapes: 'Escapes',
    chain: 'Chain of reasons',
    unexplained: 'Lines that allocate without an escape',
    withoutWeight: (count) => `${count} without weight in the profile`,
    counts: (heap, stays, leaks) => `${heap} on the heap, ${stays} stay on the stack, ${leaks} parameters are kept`,
    noReasons: "The text has no reasons: build with -gcflags='-m -m' for them.",
    weighedBy: (name, type) => `Weighed by ${type} of ${name}`,
    notFound: (count) => `${count} files of the text are not in the profile`,
  },
  here: (what, why, place) => `${what} escapes${place === '' ? '' : ` at ${place}`}: ${why}`,
  more: (count) => `${count} more`,
  beside: 'Escapes of this function',
  line: {
    call: (callee) => `calls ${callee}, which allocates`,
    runtime: 'allocated by the runtime itself: a map that grows, a string, a slice, a goroutine',
  },
}

const WHYS_ZH: Record<WhyId, string> = {
  size: '大小未知',
  large: '对栈来说太大',
  closure: '被逃逸的闭包捕获',
  goroutine: '由 go 或 defer 语句运行',
  interface: '存入接口',
  returned: '返回给调用者',
  sent: '发送到通道',
  map: '存入 map',
  appended: '追加到逃逸的切片',
  passed: '传给可能保留它的函数',
  part: '是逃逸值的一部分',
  stored: '存放处比本次调用活得更久',
  unsaid: '未说明原因',
}

const zh: EscapeWords = {
  why: ({ id, other }) =>
    other === ''
      ? WHYS_ZH[id]
      : id === 'passed'
        ? `传给可能保留它的 ${other}`
        : id === 'part'
          ? `是逃逸的 ${other} 的一部分`
          : `为 ${other} ${WHYS_ZH[id]}`,
  whys: WHYS_ZH,
  todo: {
    size: '有小的上限时用常量大小，或由调用者、池提供缓冲区。',
    large: '在多次调用之间保留它，或把它变小：超过 64 KiB（变量 128 KiB）总在堆上。',
    closure: '作为参数传入，而不是捕获。',
    goroutine: '没有可改进的：goroutine 运行的东西必须比启动它的调用活得更久。',
    interface: '在热路径上用具体类型或泛型函数，不要在那里打日志。',
    returned: '返回值而不是指针，或由调用者传入要填充的对象。',
    sent: '发送值而不是指针，或复用返回来的对象。',
    map: '用值代替指针，用有类型的 map 或结构体代替 map[string]interface{}。',
    appended: '创建切片时给足容量。',
    passed: '编译器看不出它不会被保留：接口方法、函数值和它不了解的代码。',
    part: '看整体为什么逃逸。',
    stored: '存值而不是指针，或缩短保存时间。',
    unsaid: "用 -gcflags='-m -m' 编译可看到原因。",
  },
  kinds: { escapes: '逃逸', moved: '变量移到堆上', stays: '留在栈上', leaks: '参数被保留' },
  flow: ({ to, from }) => `${storage(from)} → ${target(to, { heap: '堆', result: '返回值', temp: '临时值' })}`,
  step: ({ why, expression }) => `${STEPS_ZH[why] ?? why}：${expression}`,
  head: {
    what: '什么',
    why: '为什么',
    place: '行',
    kind: '种类',
    bytes: '该行的字节数',
    share: '占比',
    escapes: '逃逸',
    chain: '原因链',
    unexplained: '没有逃逸却在分配的行',
    withoutWeight: (count) => `${count} 个在 profile 里没有重量`,
    counts: (heap, stays, leaks) => `${heap} 个在堆上，${stays} 个留在栈上，${leaks} 个参数被保留`,
    noReasons: "文本里没有原因：用 -gcflags='-m -m' 编译即可得到。",
    weighedBy: (name, type) => `按 ${name} 的 ${type} 计重`,
    notFound: (count) => `文本中有 ${count} 个文件不在 profile 里`,
  },
  here: (what, why, place) => `${what}${place === '' ? '' : ` 在 ${place}`} 逃逸：${why}`,
  more: (count) => `还有 ${count} 个`,
  beside: '这个函数里的逃逸',
  line: {
    call: (callee) => `调用了会分配的 ${callee}`,
    runtime: '由运行时自己分配：增长的 map、字符串、切片、goroutine',
  },
}

export const escapeWords: Record<Language, EscapeWords> = { en, zh }
