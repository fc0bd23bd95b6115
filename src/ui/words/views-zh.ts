/** 各个表格视图的文字。 */
import type { Words } from './en.ts'

const grouped = (n: number) => n.toLocaleString('zh-CN')

export const views: Words['views'] = {
  label: '视图',
  flame: '火焰图',
  function: '函数',
  top: '排行',
  tree: '调用树',
  labels: '标签',
  source: '源码',
  graph: '调用图',
  waiting: '正在统计',
  showInGraph: '在火焰图中显示',
  callersAndCallees: '调用者与被调用者',
  copied: '已复制',

  table: {
    name: '函数排行',
    function: '函数',
    zone: '热区',
    self: '自身（flat）',
    running: '累加',
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
    rows: (shown, all) =>
      shown === all ? `${grouped(all)} 个函数` : `${grouped(all)} 个函数中的 ${grouped(shown)} 个`,
    copiedRows: (rows, all) =>
      rows === all ? `已复制 ${grouped(rows)} 行` : `已复制 ${grouped(all)} 行中的前 ${grouped(rows)} 行`,
    copyFailed: '浏览器不允许复制。',
    none: '没有函数包含这段文字。',
    empty: '这种样本类型没有数据。',
    inZone: (number) => `热区 ${number}`,
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
}
