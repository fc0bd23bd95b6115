import type { FindingChange } from '../../compare/findings.ts'
import type { ProfileKind } from '../../model/kind.ts'
import type { PartOf } from '../sentences.ts'
import type { Say, StoryWords } from './words.ts'

const of = (kind: ProfileKind, sampleType: string): string => {
  if (sampleType === 'inuse_space') return '占用中的内存'
  if (sampleType === 'alloc_space') return '分配的字节'
  if (kind === 'cpu') return 'CPU 时间'
  if (kind === 'goroutine') return 'goroutine'
  return kind === 'mutex' ? '等锁时间' : '阻塞时间'
}

const listed = (parts: readonly PartOf[], say: Say) =>
  parts.map(({ kind, sampleType, share }) => `${of(kind, sampleType)}的 ${say.share(share)}`).join('、')

const measured: Partial<Record<ProfileKind, string>> = { cpu: 'CPU 时间', goroutine: 'goroutine 数' }

const totals = (kind: ProfileKind, sampleType: string) =>
  sampleType === 'inuse_space'
    ? '占用中的内存'
    : sampleType === 'alloc_space'
      ? '分配量'
      : (measured[kind] ?? sampleType)

const became: Record<FindingChange, string> = {
  gone: '已消失',
  new: '新出现',
  grown: '变多',
  smaller: '变少',
  same: '不变',
}

export const zh: StoryWords = {
  title: (program) => (program === '' ? '排查结论' : `${program} 的排查结论`),
  steps: {
    signals: '现象',
    place: '位置',
    cause: '原因',
    remedy: '怎么办',
    missing: '还缺什么',
    after: '修改之后',
  },
  confidence: { certain: '确定', likely: '很可能', hint: '线索' },
  by: (files) => `依据 ${files.join('、')}`,
  nothing: '这些文件还说明不了什么。',
  rules: {
    crash: ({ verdict }, say) => say.crash(verdict),
    race: ({ race }, say) => say.race(race),
    'crash-why': ({ cause }, say) => say.dump.causes[cause].why,
    'crash-zone': ({ zone, line }, say) => say.dump.zone(say.zone(zone), say.dump.at(line)),
    'escape-remedy': ({ why, line }, say) => `${say.line(line)}：${say.escapes.todo[why]}`,
    'crash-remedy': ({ cause }, say) => say.dump.causes[cause].todo,
    'memory-grows': ({ from, to, perMinute, grew, of: steps }, say) =>
      `占用中的内存在增长：${say.amount(from)} → ${say.amount(to)}，${steps} 步中有 ${grew} 步上升${perMinute ? `，每分钟 ${say.amount(perMinute)}` : ''}。`,
    'memory-flat': ({ from, to, snapshots }, say) =>
      `${snapshots} 个快照里占用中的内存没有增长：${say.amount(from)} → ${say.amount(to)}。`,
    'memory-two': ({ from, to }, say) =>
      `两个快照之间，占用中的内存从 ${say.amount(from)} 变为 ${say.amount(to)}：两个快照看不出趋势。`,
    'memory-restarted': ({ runs }) => `快照之间进程重新启动过：它们来自 ${runs} 次运行，增长只在同一次运行内计算。`,
    'gc-cpu': ({ share, assist }, say) =>
      `垃圾回收占 CPU 时间的 ${say.share(share)}${assist > 0.01 ? `，其中 ${say.share(assist)} 是 goroutine 在分配时被迫协助回收` : ''}。`,
    'memory-says': ({ finding }, say) => say.memory(finding),
    'kinds-disagree': ({ course }) =>
      `这里有矛盾：堆快照在上升，而回收之后的存活堆${course === 'burst' ? '升高后又回落' : '保持不变'}。它们可能来自不同时间；同一次运行、同一时间的采集才能确定。`,
    'goroutines-grow': ({ from, to, grew, of: steps }, say) =>
      `goroutine 越积越多：${say.count(from)} → ${say.count(to)}，${steps} 步中有 ${grew} 步上升。`,
    'goroutines-many': ({ count }, say) => `同时存在 ${say.count(count)} 个 goroutine。`,
    'trace-paused': ({ kind, place, goroutines, total, worst }, say) =>
      `世界因 ${say.code(kind)} 停止${place === '' ? '' : `（由 ${say.at(place)}）`}，期间有 ${say.count(goroutines)} 个 goroutine 可以运行：耽误合计 ${say.amount(total)}，最长 ${say.amount(worst)}。`,
    'trace-assists': ({ place, goroutines, total, worst }, say) =>
      `${say.count(goroutines)} 个 goroutine 必须先协助回收${place === '' ? '才能得到内存' : `，${say.at(place)} 才能得到内存`}：合计 ${say.amount(total)}，最长 ${say.amount(worst)}。`,
    'trace-latency': ({ func, count, share, total, p99, busyShare }, say) =>
      `${say.code(func)} 的 goroutine 可以运行而没有运行，占它们运行或可以运行的时间的 ${say.share(share)}：${say.count(count)} 次等待，合计 ${say.amount(total)}，p99 ${say.amount(p99)}${busyShare >= 0.5 ? `；其中 ${say.share(busyShare)} 的时间处理器全忙` : ''}。`,
    'trace-gc': ({ share, of: base, cycles, assists }, say) =>
      `在 trace 中，垃圾回收占处理器时间 ${say.amount(base)} 的 ${say.share(share)}，共 ${say.count(cycles)} 次；其中 ${say.amount(assists)} 是 goroutine 被迫协助。`,
    'trace-alive': ({ func, place, count, state, at, oldest }, say) =>
      `${say.code(func)} 的 ${say.count(count)} 个 goroutine${place === '' ? '' : `（由 ${say.at(place)} 启动）`}到 trace 结束时还没有结束，最早的已有 ${say.amount(oldest)}：多数处于阻塞（${say.code(state)}${at === '' ? '' : `，${say.at(at)}`}）。`,
    'trace-contended': ({ resource, place, goroutines, most, count, total, by }, say) =>
      `${say.count(goroutines)} 个 goroutine 在 ${say.at(place)} ${resource === 'lock' ? '等锁' : '等待向 channel 发送'}，最多 ${say.count(most)} 个同时：${say.count(count)} 次等待，合计 ${say.amount(total)}${by ? `；其中 ${say.share(by.share)} 的时间${resource === 'lock' ? '最后持有锁的是' : '接收的是'} ${say.code(by.func)}（${say.at(by.place)}）` : ''}。`,
    'path-grows': ({ name, line, by, perMinute, share, grew, of: steps, kept }, say) =>
      [
        `${line ? say.line(line) : say.code(name)} 占用的内存比开始时多 ${say.amount(by)}`,
        share === null ? '' : `（占增长的 ${say.share(share)}）`,
        `：${steps} 步中有 ${grew} 步上升`,
        perMinute ? `，每分钟 ${say.amount(perMinute)}` : '',
        kept === null ? '' : `；期间分配的有 ${say.share(kept)} 留了下来`,
        '。',
      ].join(''),
    'one-place': ({ func, parts }, say) => `都指向 ${say.code(func)}：${listed(parts, say)}。`,
    'memory-held': ({ line, value, share }, say) =>
      `${say.line(line)} 产生了占用中内存的 ${say.amount(value)}（${say.share(share)}）。`,
    'memory-allocated': ({ line, value, share }, say) =>
      `${say.line(line)} 分配了 ${say.amount(value)}（占全部字节的 ${say.share(share)}）。`,
    'cpu-spent': ({ line, value, share }, say) =>
      `${say.line(line)} 引起了 ${say.amount(value)} 的 CPU 时间（${say.share(share)}）。`,
    'waits-at': ({ line, value, share, kind }, say) =>
      `${say.line(line)} ${kind === 'mutex' ? '让别人等锁' : '被阻塞'} ${say.amount(value)}（${say.share(share)}）。`,
    zone: ({ zone, parts, line }, say) =>
      `${say.zone(zone)}：${listed(parts, say)}${line ? `，位于 ${say.line(line)}` : ''}。`,
    escape: ({ what, line, why, share, sampleType, alone }, say) =>
      `${say.line(line)} 的 ${say.code(what)} 逃逸到堆上：${say.escapes.why(why)}。${alone ? '它' : '它和同一行的其他逃逸'}占${of('heap', sampleType)}的 ${say.share(share)}。`,
    'escapes-weightless': () => '编译器指出的逃逸都不在分配多的行上：内存是在这些行调用的函数内部分配的。',
    'no-cause': () => '没有占比大的已知热区：时间和内存花在程序自己的工作上。',
    remedy: ({ zone, remedy }, say) => {
      const found = say.remedy(zone, remedy)
      return found ? `${found.do}${found.when === '' ? '' : `（${found.when}）`}` : ''
    },
    'memory-remedy': ({ finding, remedy }, say) => say.memoryRemedy(finding, remedy),
    'bound-it': ({ line, name }, say) =>
      `找出是谁留着 ${line ? say.line(line) : say.code(name)} 产生的东西：给那个 map、slice 或缓存设上限，或者从中删除。如果它本来就会填满，更多快照会显示它停止增长。`,
    'need-snapshots': ({ have }) => `判断内存是否增长需要同一次运行的三个以上堆快照，现在有 ${have} 个：`,
    'need-later-snapshots': () => '少量快照也可能碰巧上升：几分钟后再取一个就能确定：',
    'need-cpu': () => '要知道回收和这些原因花了多少时间，需要 CPU profile：',
    'need-heap': () => '要知道分配了什么、留下了什么，需要堆 profile：',
    'need-escapes': () => '要知道这些行为什么在堆上分配，需要编译器的说明：',
    'need-gc-log': () => '要知道回收多频繁、每次多久，需要它的日志：',
    'need-goroutines': () => '要知道谁在等谁，需要 goroutine 的栈：',
    'after-total': ({ kind, sampleType, before, after, isBuild, noise }, say) => {
      const change = before.value > 0 ? (after.value - before.value) / before.value : 0
      const what = `${totals(kind, sampleType)}：${say.amount(before)} → ${say.amount(after)}`
      const era = isBuild ? '较新的构建' : '同一构建的后一次运行'
      return noise
        ? `${era}：${what}，不超过偶然波动。`
        : `${era}：${what}（${change > 0 ? '+' : ''}${say.share(change)}）。`
    },
    'after-finding': ({ zone, change, before, after, kind, sampleType }, say) =>
      `${say.zone(zone)}：${of(kind, sampleType)}的 ${say.share(before)} → ${change === 'gone' ? became.gone : `${say.share(after)}（${became[change]}）`}。`,
  },
}
