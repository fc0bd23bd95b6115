/** 简体中文。函数名、文件名和单位保持原样。 */
import type { Note } from '../../core/model/profile.ts'
import type { Words } from './en.ts'
import { errors } from './errors-zh.ts'
import { views } from './views-zh.ts'
import { zones } from './zones-zh.ts'

const locale = 'zh-CN'
const grouped = (n: number) => n.toLocaleString(locale)

const profileNotes: Record<Note['code'], (n: number) => string> = {
  'sum-beyond-2^53': () => '有一个总和超过 2^53，末尾几位经过舍入。',
  'has-negative-values': () => '其中有负值，像两份 profile 的差。宽度表示大小，数字保留正负号。',
  'no-function-names': () => '其中没有函数名，只有地址。请用 go tool pprof -proto 和二进制文件符号化后再看。',
  'empty-stacks': (n) => `${grouped(n)} 个样本没有调用栈，只计入“全部”。`,
  'limit-samples': (n) => `样本太多，无法全部显示；略去了 ${grouped(n)} 个。`,
  'limit-stacks': (n) => `调用栈太多，无法全部显示；略去了 ${grouped(n)} 个。`,
  'limit-bytes': () => '文件太大，无法全部读取；其余部分已略去。',
}

export const zh: Words = {
  locale,
  lang: 'zh-CN',
  app: {
    name: 'Hotzone',
    title: (file) => `${file} · Hotzone`,
    close: '关闭',
    cancel: '取消',
    dismiss: '不再显示',
    details: '详情',
    chooseAgain: '重新选择…',
    chooseFile: '选择文件…',
    choose: 'profile 文件',
  },

  graph: {
    name: '火焰图',
    all: '全部',
    rootOf: (total, type) => `全部 · ${total} · ${type}`,
    rootLabel: (total) => `全部 · ${total}`,
    callersAbove: (n) => `上方还有 ${n} 个调用者`,
    merged: (n) => `+${grouped(n)}`,
    mergedName: (n) => `${grouped(n)} 个小帧`,
    unnamed: '（无名）',
    item: (name, total, share) => `${name}，${total}，占总计 ${share}`,
    itemSelf: (self) => `自身 ${self}`,
    itemInlined: '内联',
    itemZone: (number) => `热区 ${number}`,
    waiting: '正在构建火焰图',
    nothing: '没有可画的内容。',
    noSamples: '这份 profile 没有样本：采集期间没有记录到任何内容。',
    allZero: (type) => `“${type}”的值全部为零。换一种样本类型可能会有内容。`,
  },

  count: {
    functions: (n) => `${grouped(n)} 个函数`,
    frames: (n, capped = false) => `${capped ? '超过 ' : ''}${grouped(n)} 个帧`,
    stacks: (n) => `${grouped(n)} 条调用栈`,
    samples: (n) => `${grouped(n)} 个样本`,
  },

  kinds: {
    cpu: 'CPU',
    heap: '堆',
    allocs: '分配',
    goroutine: 'goroutine',
    goroutineleak: '泄漏的 goroutine',
    threadcreate: '线程',
    mutex: '互斥锁',
    block: '阻塞',
    contention: '争用',
    trace: 'trace',
    other: 'profile',
  },

  bar: {
    profiles: '已打开的 profile',
    closeProfile: (name) => `关闭 ${name}`,
    go: (version) => `Go ${version}`,
    sampleType: '样本类型',
    share: '分享',
    menu: '菜单',
    keyboard: '快捷键',
    home: '首页',
  },

  types: {
    cpu: 'CPU 时间',
    samples: '样本数',
    alloc_space: '分配字节',
    alloc_objects: '分配对象',
    inuse_space: '在用字节',
    inuse_objects: '在用对象',
    goroutine: 'goroutine 数',
    goroutines: 'goroutine 数',
    contentions: '争用次数',
    delay: '等待时间',
    threadcreate: '线程数',
  },

  search: {
    label: '搜索帧',
    placeholder: '搜索函数、包、文件',
    short: '搜索',
    next: '下一个匹配',
    previous: '上一个匹配',
    clear: '清除搜索',
    none: '没有匹配',
    functions: () => '个函数',
    searching: '正在搜索…',
    position: (at, of) => `第 ${grouped(at)} 个，共 ${grouped(of)} 个`,
    badPattern: (reason) => `不是正则表达式：${reason}`,
    slowPattern: '这个表达式耗时过长。请写得简单一些。',
    failed: '搜索没有完成。',
  },

  crumbs: {
    label: '放大的路径',
    more: (n) => `还有 ${n} 层`,
    ofTotal: (share) => `占总计 ${share}`,
    reset: '取消放大',
  },

  measured: {
    label: '测量了什么',
    cpu: (total, duration) => `${duration} 内采样 ${total}`,
    bytesInObjects: (bytes, objects) => `${objects} 个对象，共 ${bytes}`,
    goroutines: (n) => `${n} 个 goroutine`,
    over: (total, duration) => `${duration} 内 ${total}`,
    inexact: '已舍入：总和超过 2^53',
    captured: (when) => `采集于 ${when}`,
  },

  order: {
    label: '同级顺序',
    size: '宽者在前',
    name: '按名称',
    toName: '宽者在前。改为按名称排列',
    toSize: '按名称。改为宽者在前',
    rootTop: '根在上',
    rootBottom: '根在下',
    toBottom: '根在上。改为根在下',
    toTop: '根在下。改为根在上',
  },

  details: {
    label: '帧的详情',
    hint: '指向一个帧，或用方向键移动。',
    inlined: '内联',
    self: '自身',
    total: '总计',
    shareLast: true,
    ofTotal: '占总计',
    ofZoom: '占放大处',
    ofParent: '占调用者',
    everywhere: '各处合计',
    everywhereWhy: '此函数出现的所有位置，递归只计一次',
    merged: (n) => `${grouped(n)} 个小得画不出的帧`,
  },

  zones,
  views,

  first: {
    promise: '看清 Go 程序把时间和内存花在哪里。',
    lead: '打开一份 pprof profile。Hotzone 画出火焰图，点亮热区，并指出是哪一行代码。',
    drop: '把 profile 文件拖到这里',
    release: '松开即可打开',
    paste: '也可以粘贴文件或文本：',
    reads: 'CPU、heap、allocs、goroutine、block、mutex  ·  .pb.gz 或 .pb，文件名不限',
    samples: '或者从示例开始',
    privacy: '文件只在本浏览器内读取，不会上传。',
    recent: '最近打开',
    recentNone: '打开过的 profile 会列在这里。',
    budget: (limit) => `只保存在本浏览器内，最多 ${limit}；最早的先移除。`,
    notKept: '本浏览器不允许网页保存文件，因此打开链接时需要重新提供文件。',
    forget: (name) => `从本浏览器删除 ${name}`,
    showAll: (n) => `显示全部 ${n} 份`,
    just: '刚刚',
    minutes: (n) => `${n} 分钟前`,
    hours: (n) => `${n} 小时前`,
    yesterday: '昨天',
  },

  missing: {
    title: (name) => `此链接需要 ${name}`,
    unnamed: '一份不在本浏览器中的 profile',
    lead: '链接只带视图，不带 profile。在这里打开同一个文件，缩放、搜索和热区就会恢复。',
    drop: (name) => `把 ${name} 拖到这里`,
    dropUnnamed: '把 profile 拖到这里',
    sample: (title) => `它就是示例“${title}”。`,
    openSample: '打开示例',
    fingerprint: '解压后 profile 的 SHA-256',
  },

  samples: [
    {
      file: 'cpu-maps.pb.gz',
      title: 'CPU，map',
      line: 'JSON 解码为 map[string]interface{}：字符串键的 map 写入与反射汇合。',
    },
    { file: 'heap-maps.pb.gz', title: '堆，map', line: '同一服务，按分配的字节看。看看谁在填 map。' },
    { file: 'cpu-structs.pb.gz', title: 'CPU，结构体', line: '同样的工作解码为结构体。与第一份比较。' },
    { file: 'heap-structs.pb.gz', title: '堆，结构体', line: '去掉 map 之后还在分配什么。' },
    {
      file: 'goroutine-leak.pb.gz',
      title: 'goroutine 泄漏',
      line: '少数几处调用占了大部分 goroutine。找出那个 channel。',
    },
    { file: 'mutex.pb.gz', title: '互斥锁', line: 'goroutine 在哪里互相等待，按损失的时间排列。' },
  ],

  opening: {
    title: (name) => `正在打开 ${name}`,
    waiting: (n) => `后面还有 ${n} 个`,
    step: (n, what) => `第 ${n} 步，共 4 步：${what}`,
    stages: {
      read: '正在读取',
      decode: '正在解码',
      index: '正在构建调用树',
      draw: '正在绘制',
    },
    bytes: (done, all) => `${done} / ${all}`,
    opened: (name) => `${name} 已打开`,
  },

  notices: {
    label: '通知',
    notOpened: (name) => `${name} 没有打开。`,
    stays: (name) => `${name} 仍保持打开。`,
    crashed: (name) => `${name} 已被关闭。`,
    crashedWhy: '它的读取程序停止了两次，可能是内存不足。请重新打开文件，或换小一些的。',
    zoomLost: (name) => `这份 profile 的那个位置没有 ${name}。`,
    zoomLostUnnamed: '这份 profile 没有这个位置。',
    deepest: '显示存在的最深一帧。',
    typeLost: (name) => `这份 profile 没有样本类型“${name}”，显示默认类型。`,
    otherProfile: (name) => `${name} 不是生成链接时的那份 profile。`,
    otherProfileWhy: '相同的视图中，这里存在的部分照样显示。',
    sourceChanged: (name) => `链接生成之后，${name} 已经变了。`,
    newerLink: '此链接由更新的版本生成。profile 可以打开，视图可能缺少一部分。',
    unreadableLink: (key) => `链接的一部分（“${key}”）无法读取，已略去。`,
    notKept: (name) => `${name} 无法保存在本浏览器中。打开指向它的链接时需要重新提供文件。`,
    note: (code, n) => profileNotes[code](n),
  },

  errors,

  share: {
    title: '分享此视图',
    link: '链接',
    copy: '复制链接',
    copied: '链接已复制',
    copyFailed: '浏览器不允许复制。请选中链接后复制。',
    carries: (parts) => `打开后是同一视图：${parts}。`,
    part: {
      root: '整张图',
      zoom: (name) => `放大到 ${name}`,
      search: (text) => `搜索“${text}”`,
      zonesOn: '热区点亮',
      zonesOff: (n) => `${n} 个热区未点亮`,
      flipped: '根在下',
      byName: '同级按名称',
    },
    profile: 'profile 本身',
    linkOnly: '只有链接',
    linkOnlyWhy: '数据不离开本浏览器；对方打开同一文件，用指纹核对是否一致。',
    embed: '把 profile 放进链接',
    embedWhy: (chars) => `对方不需要别的文件，也没有服务器会看到它。链接长 ${chars} 个字符；有些聊天软件会截断长链接。`,
    embedLarge: (limit) => `太大，放不进链接：压缩后超过 ${limit}。`,
    embedWait: '正在压缩…',
    reads: '拿到链接的人都能看到函数名、文件路径和数值。',
    footer: '# 之后的部分不会发送给服务器。',
    length: (chars) => `${chars} 个字符`,
  },

  help: {
    title: '快捷键',
    groups: [
      {
        title: '在图中移动',
        rows: [
          { keys: ['↑', '↓', '←', '→'], what: '移到调用者、被调用者、同级' },
          { keys: ['Enter'], what: '放大到该帧' },
          { keys: ['Backspace'], what: '缩小一步' },
          { keys: ['Esc', '0', 'Home'], what: '回到整张图' },
          { keys: ['+', '−'], what: '缩放镜头' },
          { keys: ['Shift', 'F10'], what: '该帧的菜单' },
        ],
      },
      {
        title: '查找',
        rows: [
          { keys: ['/'], what: '搜索' },
          { keys: ['Ctrl', 'F'], what: '搜索' },
          { keys: ['Enter'], what: '在搜索框中：下一个匹配' },
          { keys: ['Shift', 'Enter'], what: '上一个匹配' },
          { keys: ['z'], what: '热区的下一处' },
          { keys: ['Shift', 'Z'], what: '上一处' },
        ],
      },
      {
        title: '页面',
        rows: [
          { keys: ['o'], what: '打开文件' },
          { keys: ['s'], what: '分享' },
          { keys: ['['], what: '显示或隐藏热区' },
          { keys: ['i'], what: '把根换到另一边' },
          { keys: ['t'], what: '浅色或深色' },
          { keys: ['?'], what: '本列表' },
        ],
      },
    ],
    mouse: '鼠标：单击放大，单击上方的调用者缩小；滚轮和双指缩放，拖动平移。',
  },

  menu: {
    theme: '主题',
    language: '语言',
    themes: { system: '跟随系统', light: '浅色', dark: '深色' },
    root: '根',
    order: '同级',
    open: '打开文件…',
    closeProfile: '关闭这份 profile',
    help: '键盘快捷键',
    recents: '本浏览器中的 profile…',
  },

  context: {
    label: (name) => `${name} 的操作`,
    copyName: '复制名称',
    copyStack: '复制整条调用栈',
    searchName: '搜索此名称',
    zoom: '放大到此处',
    callers: '调用者与被调用者',
    copyPlace: '复制文件和行号',
    copied: '已复制',
  },
}
