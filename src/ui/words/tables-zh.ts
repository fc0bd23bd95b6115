/** 各个表格视图的文字。 */
import type { Words } from './en.ts'

const grouped = (n: number) => n.toLocaleString('zh-CN')

export const tables: Words['tables'] = {
  function: '函数',
  top: '排行',
  waiting: '正在统计',
  showInGraph: '在火焰图中显示',
  callersAndCallees: '调用者与被调用者',
  copied: '已复制',
  beside: '并排表格',

  table: {
    name: '函数排行',
    function: '函数',
    zone: '发现',
    self: '自身（flat）',
    running: '累计自身',
    runningWhy: '本行及以上各行自身值之和占总量的比例',
    total: '总计（cum）',
    place: '位置',
    mean: (type) => `平均大小，${type}`,
    meanWhy: '自身字节数除以自身对象数',
    selfOf: (type) => `${type}，自身`,
    totalOf: (type) => `${type}，总计`,
    filter: '筛选函数',
    filterShort: '筛选',
    columns: '列',
    copy: '复制',
    copyTsv: '复制为 TSV',
    copyMarkdown: '复制为 Markdown',
    rows: (shown, all, functions) => {
      const what = functions ? '个函数' : '行'
      return shown === all
        ? `${grouped(all)} ${what}`
        : `${grouped(all)} ${what}中的 ${grouped(shown)} ${functions ? '个' : '行'}`
    },
    copiedRows: (rows, all) =>
      rows === all ? `已复制 ${grouped(rows)} 行` : `已复制 ${grouped(all)} 行中的前 ${grouped(rows)} 行`,
    copyFailed: '浏览器不允许复制。',
    none: '没有函数包含这段文字。',
    empty: '这种样本类型没有数据。',
    inZone: (number) => `发现 ${number}`,
    menu: (name) => `${name} 的操作`,
    details: '选中的函数',
    hint: '选择一行。按回车键查看其调用者与被调用者。',
  },

  peek: {
    pick: '选择一个函数，看谁调用它、它调用谁。',
    pickHow: '双击排行中的一行，或在帧的菜单中选择“调用者与被调用者”。',
    pickTop: '打开函数排行',
    gone: (name) => `这里没有 ${name}：这份 profile 不包含它。`,
    callers: '调用者',
    callees: '被调用者',
    ofFunction: '占该函数',
    value: '数值',
    root: '没有调用者：它是根',
    leaf: '没有测到被调用者',
    self: '函数自身',
    inlined: '已内联',
    callersGraph: '调用者，最近的在前',
    calleesGraph: '被调用者',
    rootLabel: (name, total) => `${name} · ${total}`,
  },

  labels: {
    title: '标签',
    ofAll: '全部样本的标签',
    within: (name) => `${name} 中样本的标签`,
    all: '全部样本',
    none: '这份 profile 的样本没有标签。',
    key: (key) => `标签 ${key}`,
    values: (n) => `${grouped(n)} 个值`,
    labelled: (share) => `总量的 ${share} 带有此标签`,
    asRoot: '在根部分组',
    asRootAt: (n) => `在根部分组，第 ${n} 层`,
    asLeaf: '在叶子处分组',
    outer: (key) => `把 ${key} 外移一层`,
    value: '值',
    actions: '操作',
    emptyValue: '（空）',
    keep: '保留',
    drop: '去掉',
    keepValue: (value) => `只保留 ${value}`,
    dropValue: (value) => `去掉 ${value}`,
    more: (n) => `再显示 ${grouped(n)} 个`,
    notListed: (n) => `另有 ${grouped(n)} 个较轻的未列出`,
    histogram: (key) => `${key} 的分布`,
    range: (from, to) => `${from} 到 ${to}`,
    keepRange: (range, total, share) => `${range}：${total}，${share}。只保留这些`,
  },

  source: {
    title: '源码',
    pick: '选择一个函数，查看其文件的各行。',
    noFile: (name) => `profile 没有说明 ${name} 在哪个文件，或筛选后没有剩下它。`,
    lines: '各行',
    line: '行',
    noLine: '–',
    source: '源码',
    selfHere: (value, share) => `自身 ${value} · 占此文件 ${share}`,
    addFile: '添加文件…',
    addFolder: '添加文件夹…',
    give: '这里只列出有数值的行。把源文件或其文件夹拖到这里即可对照阅读；它只留在本浏览器。',
    nothing: '此文件没有任何一行有数值。',
    paths: '路径',
    trim: '从路径开头去掉（-trim_path）',
    folder: '本机上的文件夹（-source_path）',
    trimmed: '将按此路径查找：',
    given: (n) =>
      n === 0
        ? '尚未为此 profile 提供源文件。'
        : `已为此 profile 提供 ${grouped(n)} 个源文件；其中用到的保存在本浏览器内。`,
    forget: '清除源文件',
    links: '行链接',
    noLinks: '无链接',
    linkTo: { vscode: 'VS Code', idea: 'IntelliJ IDEA', github: 'GitHub', gitlab: 'GitLab' },
    own: '自定义模板',
    ownTemplate: '模板，可用 {path}、{line}、{repo}、{ref}、{file}',
    ownStart: 'https://{repo}/src/{ref}/{file}#L{line}',
  },

  graph: {
    title: '调用图',
    name: '调用图',
    larger: '放大',
    smaller: '缩小',
    fit: '适合窗口',
    nodes: (shown, all) =>
      shown === all ? `${grouped(all)} 个函数` : `${grouped(all)} 个函数中的 ${grouped(shown)} 个`,
    trimmed: (nodes, edges) => `略去：低于 ${nodes} 的函数，低于 ${edges} 的调用`,
    selfOf: (self, total) => `${self}，共 ${total}`,
    call: (from, to, value) => `${from} → ${to}：${value}`,
    nothing: '没有可画的内容。',
  },

  tree: {
    title: '调用树',
    name: '调用树',
    heaviest: '展开最重的路径',
    close: '全部收起',
    rows: (n) => `${grouped(n)} 行`,
    merged: (n) => `${grouped(n)} 个函数太小，未列出`,
  },
}
