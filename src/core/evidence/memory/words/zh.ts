import type { MemoryWords } from './words.ts'

const count = (n: number) => n.toLocaleString('zh-CN')

export const zh: MemoryWords = {
  levels: { trouble: '有问题', notice: '值得知道', fine: '正常' },
  uncertain: '值得一看，但不确定。',
  columns: {
    cycle: 'GC',
    time: '时间',
    start: '开始时',
    end: '结束时',
    live: '存活',
    goal: '目标',
    sweepTerm: '标记前停顿',
    mark: '标记',
    markTerm: '标记后停顿',
    assist: '协助 CPU',
    background: '后台 CPU',
    idle: '空闲 CPU',
    gcPercent: 'GC 占比',
    procs: 'P 数',
    remark: '备注',
    run: '进程',
    alloc: '堆已分配',
    inUse: '堆使用中',
    heapIdle: '堆空闲',
    released: '已归还',
    stacks: '栈',
    sys: '取自系统',
    next: '下次 GC 于',
    collections: 'GC 次数',
    goroutines: 'goroutine',
  },
  forced: '强制',
  leakCheck: '检查泄漏',
  says: '说明了什么',
  todo: '怎么办：',
  cycles: 'GC 周期',
  reads: '内存随时间变化',
  perMinute: (amount) => `${amount}/分钟`,
  perSecond: (n) => `每秒 ${n} 次`,
  scavLines: (n) => `另有 ${count(n)} 行 scavtrace。`,
  pacerLines: (n) => `另有 ${count(n)} 行 gcpacertrace。`,
  broken: (n) => `${count(n)} 行开头像 GC 周期但不完整。`,
  startsAt: (time) => `按日志中的时间，进程启动于 ${time}。`,
  more: (shown, all) => `共 ${count(all)} 行，显示了 ${count(shown)} 行。`,
  findings: {
    few: {
      title: '太短，无法判断',
      sentence: (s) => `只有 ${s.cycles} 次回收，看不出内存是否增长。`,
      meaning: '堆是否增长要看每次回收后还存活多少，至少需要五次。',
      remedies: ['在负载下多运行一段时间，再取一次日志。'],
    },
    steady: {
      title: '存活堆保持平稳',
      sentence: (s) => `在 ${s.span} 内，最后一次回收后存活 ${s.last}，最多 ${s.peak}。`,
      meaning: '两次回收之间分配的内容到下一次就成了垃圾，没有不断增长的留存。',
      remedies: [],
    },
    'warm-up': {
      title: '启动时上升，之后平稳',
      sentence: (s) => `存活堆在最初 ${s.span} 内从 ${s.first} 上升，此后停在 ${s.last}。`,
      meaning: '程序启动时的增长是它加载的内容：表、连接、最初的请求。这不是泄漏。',
      remedies: [],
    },
    'levels-off': {
      title: '增长后趋于平缓',
      sentence: (s) => `存活堆从 ${s.first} 升到 ${s.last}，越到后来越慢。`,
      meaning: '正在填充的缓存或池就是这样。如果它有上限，会自己停下；更长的日志能看出来。',
      remedies: [
        '在堆 profile 的使用中类型里寻找没有上限的缓存或 map。',
        '把日志取得更长，直到存活堆平稳的时间与增长的时间一样长。',
      ],
    },
    burst: {
      title: '突增后已归还',
      sentence: (s) => `存活堆在 ${s.span} 内升到 ${s.peak}，又回落到 ${s.last}。`,
      meaning: '某项工作一次占用了很多。这不是泄漏，但下一次仍需要这么多内存。',
      remedies: ['在发生时取堆 profile：当时使用中的就是那项工作。', '分块读写，或减少同时进行的数量。'],
    },
    growing: {
      title: '存活堆在增长',
      sentence: (s) => `回收后的存活内存从 ${s.first} 升到 ${s.last}，速度为 ${s.pace}。`,
      meaning: '回收归还的少于新留存的。有东西留住了不再需要的内容，或每个请求都多留一些。',
      remedies: [
        '相隔几分钟取两份堆 profile，比较使用中的内存：增长的部分就是泄漏。',
        '查看只会变长的 map、slice 和 channel，以及永不结束的 goroutine。',
      ],
    },
    limit: {
      title: '顶在上限上',
      sentence: (s) =>
        `${s.span} 内有 ${s.cycles} 次回收，目标停在 ${s.limit}，而其中几乎全部存活${s.rate === '' ? '' : `：${s.rate}`}。`,
      meaning:
        '目标不能随存活堆上升，每次回收只释放很少，下一次马上又到：处理器都用在回收上，程序变慢。内存上限（GOMEMLIMIT）或很小的 GOGC 会造成这种情况。',
      remedies: [
        '给它更多内存，或调高 GOMEMLIMIT：存活堆需要它。',
        '在堆 profile 的使用中类型里找出存活的内容，减少留存。',
        '用上限去挡泄漏，只会把泄漏变成处理器的浪费。',
      ],
    },
    overrun: {
      title: '超过了目标',
      sentence: (s) => `${s.of} 个周期中有 ${s.cycles} 个结束时超过目标十分之一以上，最多超过 ${s.worst}。`,
      meaning: '程序分配得比回收器标记得快。内存会高于 GOGC 所许诺的，分配内存的 goroutine 要帮忙标记。',
      remedies: [
        '在分配最多的地方减少分配：看堆 profile 的已分配类型。',
        '给回收器更多处理器，或用 GOGC 给它更多余地。',
      ],
    },
    assist: {
      title: 'goroutine 在替回收器干活',
      sentence: (s) => `标记期间，留给 goroutine 的处理器时间有 ${s.share} 用在协助回收上。`,
      meaning: '这是请求要等待的时间。标记期间每分配一个字节，都要承担相应的标记工作。',
      remedies: [
        '减少分配：在 CPU profile 里，gcAssistAlloc 位于付出代价的调用之下。',
        '调高 GOGC，让回收开始时有更多余地。',
      ],
    },
    'gc-share': {
      title: '回收器占用很多处理器',
      sentence: (s) => `自启动以来，回收用去了全部处理器时间的 ${s.share}。`,
      meaning: '标记时回收器使用四分之一的处理器；长期更高说明它一直在标记，或 goroutine 在协助。',
      remedies: ['减少分配，或给它更多余地：调高 GOGC，并用 GOMEMLIMIT 作上限。'],
    },
    frequent: {
      title: '回收非常频繁',
      sentence: (s) => `${s.span} 内有 ${s.cycles} 次回收：${s.rate}，存活 ${s.last}。`,
      meaning: '存活堆很小时，下一个目标很近，少量垃圾就填满了。每次回收有两次停顿。',
      remedies: ['调高 GOGC，并用 GOMEMLIMIT 作上限：小的堆有增长的余地。', '在分配最多的地方减少分配。'],
    },
    pause: {
      title: '一次长停顿',
      sentence: (s) => `第 ${s.cycle} 个周期让一切停了 ${s.pause}；这里通常是 ${s.usual}。`,
      meaning:
        '停下所需的时间取决于最后一个停下的 goroutine：有一个无法被抢占，或处理器被别人占用。这与堆的大小无关；两次停顿之间的标记不会让任何人停下。',
      remedies: ['看看当时机器或容器是否缺少处理器（被限流）。', '用 go tool trace 看是哪个 goroutine 让它等待。'],
    },
    forced: {
      title: '由命令触发的回收',
      sentence: (s) => `${s.of} 次回收中有 ${s.cycles} 次是强制的。`,
      meaning: '有人调用了 runtime.GC 或 debug.FreeOSMemory，或用 gc=1 取堆 profile。调用者要等它完成。',
      remedies: ['去掉这些调用：回收器到时会自己开始。'],
    },
    restarts: {
      title: '有多个进程',
      sentence: (s) => `这些周期来自 ${s.runs} 个进程；以下所说的是其中时间最长的一个。`,
      meaning: '每个进程的周期从一数起。如果是同一服务的日志，重启值得一问：是谁结束了它？',
      remedies: ['看每次启动之前日志里写了什么：崩溃，还是因内存被系统杀死（OOM）。'],
    },
    headroom: {
      title: '距上限的余地',
      sentence: (s) =>
        `最后占用 ${s.limit} 中的 ${s.bytes}，还剩 ${s.room}${s.until === '' ? '' : `；按现在的速度还够 ${s.until}`}。`,
      meaning:
        '占用是取自系统的减去已归还的（Sys − HeapReleased）。容器的上限还会多算一点：代码，以及不属于 Go 的部分。',
      remedies: [],
    },
    fragmentation: {
      title: '对象之间的空洞',
      sentence: (s) => `${s.bytes}（使用中堆的 ${s.share}）位于使用中的页里，却没有对象。`,
      meaning: '存放同一大小对象的页没有装满。峰值过后，少数对象可以留住很多页。',
      remedies: ['寻找夹在短命对象之间分配的长命对象，把它们放进自己的 slice。'],
    },
    kept: {
      title: '空闲而未归还',
      sentence: (s) => `${s.bytes} 是空闲的，但仍向系统占着（占所得的 ${s.share}）。`,
      meaning: '峰值之后留着备用，会慢慢归还。进程看起来比堆大；这不是泄漏。',
      remedies: ['把 GOMEMLIMIT 设在容器上限之下：空闲页会先归还。'],
    },
    stacks: {
      title: '很大一部分是栈',
      sentence: (s) => `${s.bytes}（取自系统的 ${s.share}）是 goroutine 的栈。`,
      meaning: 'goroutine 很多，或调用很深。堆 profile 完全看不到这些。',
      remedies: ['取 goroutine profile：哪些栈成千上万？'],
    },
    goroutines: {
      title: 'goroutine 越来越多',
      sentence: (s) => `${s.span} 内从 ${s.of} 个增加到 ${s.cycles} 个 goroutine。`,
      meaning: '永不结束的 goroutine 会留住它们的栈以及栈所指向的一切。',
      remedies: ['取两份 goroutine profile 并比较：数量增长的栈就是泄漏。'],
    },
    outside: {
      title: '不是 Go 申请的内存',
      sentence: (s) => `系统最多计到 ${s.bytes}，比 Go 所得的多 ${s.grown}。`,
      meaning: '代码本身、映射的文件，以及 C 代码分配的内存。MaxRSS 是启动以来的最高值。',
      remedies: ['如果它在增长，看看 cgo 和映射的文件；堆 profile 看不到它们。'],
    },
  },
}
