import type { ForeignFormat } from '../../core/formats/foreign-words.ts'
import { formatValue } from '../../core/model/units.ts'
import type { BadPattern } from '../../core/query/filter-check.ts'
import type { ErrorCode } from '../../state/store.ts'
import { badPattern } from '../words/patterns-zh.ts'
import type { errors as english } from './errors-en.ts'

type Facts = Record<string, string | number>

const at = (facts: Facts, key: string) =>
  typeof facts[key] === 'number' ? facts[key].toLocaleString('zh-CN') : String(facts[key] ?? '')
const known = (facts: Facts, key: string) => facts[key] !== undefined && facts[key] !== ''
const size = (facts: Facts, key: string) => formatValue(Number(facts[key] ?? 0), 'bytes')

const again = '请重新记录或导出。'
const damaged = '请重新采集或下载。'
const cutOff = '可能是写入或下载时被截断。'

function fetched(facts: Facts): string {
  const host = at(facts, 'host')
  switch (facts.reason) {
    case 'status':
      return Number(facts.status) === 404
        ? `${host} 的这个地址上没有文件（404）。请检查地址。`
        : `${host} 返回状态 ${at(facts, 'status')}。请检查地址，或下载文件后拖到这里。`
    case 'cross-origin':
      return `无法连接 ${host}，或者它不允许其他网站读取该文件（CORS）。请下载文件后拖到这里。`
    case 'network':
      return `无法连接 ${host}。请检查网络后再试。`
    case 'sealed-key':
      return '链接中的密钥不对，链接可能被截断了。请对方重新发送完整的链接。'
    case 'sealed-insecure':
      return '此链接经过加密，浏览器只在安全的地址上解密。请用 https 打开。'
    case 'not-stored':
      return '此处已不再保存它：已被删除，或保存期已过。请向对方索取文件。'
    case 'large':
      return `${host} 发来的内容超出本页能读取的大小。请下载采集时间更短的 profile。`
    default:
      return '这不是网址。'
  }
}

const sentences: Record<ErrorCode, (facts: Facts) => string> = {
  'empty-file': () => '文件是空的。请确认采集已经结束，再重新打开。',
  'gzip-truncated': (f) =>
    known(f, 'bytes')
      ? `压缩数据在第 ${at(f, 'bytes')} 字节之后中途结束，可能是写入或下载时被截断。${damaged}`
      : `压缩数据在中途结束，可能是下载时被截断。${damaged}`,
  'gzip-corrupt': (f) =>
    known(f, 'link')
      ? '链接里的 profile 已损坏，可能是链接被截断。请索取新的链接。'
      : `压缩数据已损坏：校验和或结构不对。${damaged}`,
  'gzip-trailing': () => `压缩的 profile 之后还有别的内容，文件可能是两个拼在一起，或已损坏。${damaged}`,
  'gzip-empty': () => '文件经过压缩，但里面是空的。请确认采集已经结束。',
  'too-large': (f) =>
    known(f, 'limit')
      ? `解压后超过 ${size(f, 'limit')}，这是此处的上限。请缩短采集时间，或用 go tool pprof 裁剪。`
      : '超出本页能读取的大小。请缩短采集时间。',
  'cannot-compare': (f) =>
    known(f, 'with')
      ? `只剩 ${at(f, 'with')} 可比较：另一个是同一份 profile，或者不是 profile。请另选。`
      : `这些 profile 测量的内容没有共同之处（${f.types}），无法比较。请选择同类 profile。`,
  'cannot-merge': () => '这些 profile 测量的内容不同，不能相加。请选择同一程序的同类 profile。',
  'too-many-files': (f) =>
    `${at(f, 'files')} 个文件太多，一个文档最多由 ${at(f, 'most')} 个文件组成。请关闭或去掉一些。`,
  html: () => '这是网页，不是 profile：可能是以 profile 的名字保存的错误页或登录页。请确认已登录，再重新下载。',
  text: (f) =>
    `这是文本，不是 pprof profile${known(f, 'start') ? `，开头是“${at(f, 'start')}”` : ''}。请打开 pprof 接口返回的 .pb.gz 文件。`,
  json: () => '这是 JSON，不是 pprof profile。请打开 pprof 接口返回的 .pb.gz 文件。',
  zip: () => '这个 zip 或 tar 压缩包已损坏，或打包方式无法读取。请解压后打开其中的文件。',
  'empty-archive': () => '这个压缩包或文件夹里没有文件。',
  elf: () => '这是程序，不是 profile。请打开程序写出的 profile，例如 cpu.pb.gz。',
  'old-trace': () =>
    '这是 Go 1.21 或更早版本的执行 trace，这里无法读取其格式。请用 Go 1.22 或更新版本重新采集，或用 go tool trace 打开。',
  'damaged-trace': () =>
    '无法读取这个执行 trace：它已损坏，或在写完第一秒之前就被截断。请重新采集，并在程序结束前停止 trace。',
  'go-debug-text': () => '这是 pprof 的文本页面（debug=1 或 2）。请去掉 debug 参数重新获取 profile 本身。',
  foreign: (f) => foreign[f.format as ForeignFormat],
  'not-pprof': () => '这不是 pprof profile。请打开由 Go 的 runtime/pprof 或 net/http/pprof 写出的文件。',
  truncated: () => `profile 在中途结束。${cutOff}${damaged}`,
  'bad-varint': (f) => `profile 已损坏：第 ${at(f, 'offset')} 字节处的数字过长。${damaged}`,
  'bad-reference': (f) => `profile 自相矛盾：引用了${reference(f)}，而其中并没有。${damaged}`,
  'bad-values': (f) =>
    known(f, 'weights')
      ? `profile 自相矛盾：有 ${at(f, 'samples')} 个样本，却有 ${at(f, 'weights')} 个权重。${again}`
      : `profile 自相矛盾：有样本的值与样本类型不是一一对应。${damaged}`,
  'bad-events': (f) =>
    f.reason === 'time'
      ? `profile 自相矛盾：第 ${at(f, 'event')} 个事件早于前一个。${again}`
      : `profile 自相矛盾：第 ${at(f, 'event')} 个事件结束了“${at(f, 'frame')}”，而它调用的“${at(f, 'inside')}”还在运行。${again}`,
  'bad-id': (f) =>
    `profile 自相矛盾：${known(f, 'what') ? at(f, 'what') : '表中一行'}的 id 是 ${at(f, 'id')}，为零或重复。${damaged}`,
  'bad-strings': () => `profile 的名称表缺失或已损坏。${damaged}`,
  concatenated: () =>
    '这个文件里前后放着两个 profile，无法分开。请把它们各存为一个文件；go tool pprof -proto a.pb.gz b.pb.gz 可以合并成一个。',
  'no-evidence': (f) =>
    `这段文本里没有能识别的内容${known(f, 'start') ? `；它以“${at(f, 'start')}”开头` : ''}。已查找 go build -gcflags=-m、GODEBUG=gctrace=1、runtime.MemStats、goroutine 转储和崩溃的输出。性能剖析文件是 pprof 接口发送的 .pb.gz 文件。`,
  'no-benchmarks': (f) =>
    Number(f.unread) > 0
      ? `没有一行能作为基准测试结果读出：有 ${at(f, 'unread')} 行损坏，第一处在第 ${at(f, 'line')} 行。请重新运行 go test -bench 并保存全部输出。`
      : '这份 go test 输出里没有基准测试结果。请运行 go test -bench . 并保存它的输出。',
  'no-sample-types': () => `profile 没有说明统计的是什么。${damaged}`,
  'bad-pattern': (f) => badPattern(f as unknown as BadPattern),
  fetch: fetched,
  cancelled: () => '已取消打开。',
  crashed: () => '读取程序停止了，可能是内存不足。请换小一些的 profile，或关闭其他标签页。',
  internal: () => '读取时 Hotzone 内部出错。原因见详情，请反馈给我们。',
}

const bySpeedscope = '请用 npx speedscope 文件 打开，在那里导出，再打开保存的 JSON。'
const unpacked = (tool: string) => `这是 ${tool} 压缩文件。请用 ${tool} -d 文件 解压后打开。`

/** 其他工具的文件：是什么，怎样转换。 */
const foreign: Record<ForeignFormat, string> = {
  'perf-data': '这是 perf 的记录。请在记录它的机器上运行 perf script -i perf.data > perf.txt，再打开 perf.txt。',
  jfr: '这是 Java Flight Recorder 文件。请用 async-profiler 的 jfrconv 转换后打开：jfrconv recording.jfr profile.pb.gz',
  nettrace:
    '这是 .NET 的 trace。请用 dotnet-trace convert trace.nettrace --format Speedscope 转换，再打开得到的 .speedscope.json。',
  otlp: '这是 OpenTelemetry 的 profile（OTLP）。请向收集它的服务索取 pprof，例如 Pyroscope：profilecli query profile --query=… --output=pprof=profile.pb.gz',
  cpuprofile: `这是 V8（Node.js、Chrome）的 CPU profile。${bySpeedscope}`,
  heapprofile: `这是 V8（Node.js、Chrome）的堆 profile。${bySpeedscope}`,
  heapsnapshot:
    '这是 V8（Node.js、Chrome）的堆快照：里面是对象，不是调用栈。请用 Chrome 开发者工具的 Memory 面板打开。',
  'chrome-trace': `这是 Chrome 格式的 trace。${bySpeedscope}`,
  firefox: `这是 Firefox Profiler 的 profile。${bySpeedscope}`,
  callgrind: `这是 Callgrind 的输出。${bySpeedscope}`,
  'pprof-report':
    '这是 pprof 打印的报告，不是 profile。请打开生成报告的文件，或用 go tool pprof -proto 文件 > profile.pb.gz 写出一个。',
  svg: '这是图片（SVG），不是 profile。请打开生成它的文件。',
  zstd: unpacked('zstd'),
  xz: unpacked('xz'),
  bzip2: unpacked('bzip2'),
  lz4: unpacked('lz4'),
}

const rows: Readonly<Record<string, string>> = { location: '位置', function: '函数', mapping: '映射', string: '字符串' }

function reference(facts: Facts): string {
  const row = Object.keys(rows).find((what) => known(facts, what))
  if (row) return `${rows[row]} ${at(facts, row)}`
  return known(facts, 'what') ? ` ${at(facts, 'what')} ` : '某一行'
}

export const errors: typeof english = {
  sentence: (code, facts) => sentences[code](facts),
}
