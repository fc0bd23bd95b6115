/** 筛选栏、视图选项和总量去向的文字。 */
import type { BadPattern } from '../../core/query/filter-check.ts'
import type { PatternProblem } from '../../core/query/pattern.ts'
import type { Words } from './en.ts'

const grouped = (n: number) => n.toLocaleString('zh-CN')

const patternProblems: Record<PatternProblem, string> = {
  'class-range': '没有这样的字符类或范围',
  escape: '不认识这个转义',
  'group-name': '分组的名称有误',
  'group-twice': '两个分组同名',
  perl: 'Go 所用的 RE2 不支持这种写法',
  'nested-repeat': '重复不能再重复',
  'repeat-count': '重复次数（含嵌套）超过 1,000 次',
  'open-class': '[ 没有闭合',
  'open-group': '( 没有闭合',
  'nothing-to-repeat': '前面没有可重复的内容',
  backslash: '以反斜杠结尾',
  'closing-group': ') 之前没有 (',
  deep: '嵌套过深',
  large: '表达式过大',
  other: '无法读取',
}

export const badPattern = ({ problem, part }: BadPattern) =>
  `不是正则表达式：${patternProblems[problem]}${part === '' ? '' : `（${part}）`}`

export const filters: Words['filters'] = {
  label: '筛选',
  list: '筛选与变换',
  kinds: {
    focus: { name: '聚焦', what: '只保留含有匹配帧的调用栈', example: 'encoding/json' },
    ignore: { name: '忽略', what: '去掉含有匹配帧的调用栈', example: 'runtime\\.gcBgMarkWorker' },
    hide: { name: '隐藏', what: '略去匹配的帧，其开销计入调用者', example: '^runtime\\.' },
    show: { name: '只显示', what: '略去其他所有帧', example: '^main\\.' },
    showFrom: { name: '从此显示', what: '每条调用栈从第一个匹配处开始', example: 'ServeHTTP$' },
    tagFocus: { name: '标签聚焦', what: '保留标签匹配的样本', example: 'request=/api 或 1kb:10kb' },
    tagIgnore: { name: '标签忽略', what: '去掉标签匹配的样本', example: 'bytes=:64（字节）' },
    tagShow: { name: '标签显示', what: '只保留键匹配的标签', example: '^request$（键）' },
    tagHide: { name: '标签隐藏', what: '去掉键匹配的标签', example: '^bytes$（键）' },
    pruneFrom: { name: '截断', what: '在匹配处以下截断调用栈', example: '^runtime\\.mallocgc' },
  },
  transforms: {
    subtree: '只看其下',
    merge: '并入调用者',
    drop: '去掉',
    collapseRecursion: '折叠递归',
    collapseDirectRecursion: '折叠直接递归',
    collapsePackage: '折叠包',
  },
  granularities: {
    functions: '函数',
    filefunctions: '按文件区分的函数',
    files: '文件',
    lines: '行',
    addresses: '地址',
    packages: '包',
  },
  presets: {
    runtime: '隐藏运行时内部',
    standard: '隐藏标准库',
    own: '只看我的代码',
    wrappers: '隐藏生成的包装函数',
  },
  add: '添加筛选',
  adding: '添加一个筛选',
  editing: (filter) => `编辑${filter}`,
  kind: '筛选种类',
  pattern: '模式',
  done: '应用',
  cancel: '取消',
  edit: (filter) => `编辑筛选：${filter}`,
  on: (filter) => `启用筛选：${filter}`,
  remove: (filter) => `移除筛选：${filter}`,
  earlier: (filter) => `前移：${filter}`,
  later: (filter) => `后移：${filter}`,
  problem: (bad) => badPattern(bad),
  problemOff: (bad) => `未生效。${badPattern(bad)}`,
  kept: (kept, total) => `保留 ${kept}，共 ${total}`,
  clear: '清除',
  clearWhy: '移除所有筛选与变换',
  undo: '撤销',
  redo: '重做',
  presetsTitle: '预设',
  nothing: '筛选之后没有可显示的内容。',
  failed: '视图没有算出来，图上仍是上一次的结果。',
  frames: (n) => `${grouped(n)} 个帧`,
}

export const options: Words['options'] = {
  button: '视图选项',
  granularity: '一个方块代表',
  by: (what) => `按${what}`,
  frames: '帧',
  noInlines: '内联调用',
  generics: '合并泛型实例',
  closures: '闭包并入所在函数',
  columns: '行号带列号',
  columnsChip: '带列号',
  dropNegative: '略去减少的部分（表格、调用图）',
  dropNegativeChip: '不含减少的部分',
  fileNames: '文件名',
  trim: '从路径开头去掉（-trim_path）',
  fileCalled: '文件显示为',
  trimChip: (start) => `文件名去掉 ${start}`,
  noInlinesChip: '不含内联调用',
  repairChip: '已修复截断的调用栈',
  genericsChip: '泛型已合并',
  closuresChip: '闭包已合并',
  tagRoot: (keys) => `根部标签：${keys}`,
  tagLeaf: (keys) => `叶部标签：${keys}`,
  removeChip: (what) => `移除选项：${what}`,
}

export const account: Words['account'] = {
  button: '总量去向',
  title: (type) => `总量去向 · ${type}`,
  boxes: '画出的方块',
  small: '太小而未画出的方块',
  filtered: (by) => `被筛掉：${by}`,
  total: '总计',
  cut: (samples, value, share) =>
    `所示内容中有 ${grouped(samples)} 个样本（${value}，${share}）达到 Go 截断调用栈的深度，缺少最外层的调用者。`,
  repaired: (samples, value, share) =>
    `${grouped(samples)} 个被截断的样本（${value}，${share}）已补回缺失的调用者，取自走向相同的完整调用栈。`,
  unrepaired: (samples, value, share) =>
    samples === 0
      ? '没有样本仍缺少调用者。'
      : `${grouped(samples)} 个（${value}，${share}）无法修复：调用者未知或不唯一。`,
  repair: '按重叠部分修复截断的调用栈',
  uncut: '没有调用栈达到 Go 的截断深度。',
  waiting: '正在加总…',
  failed: '无法加总。',
}

export const contextFilters: Words['context']['filter'] = {
  heading: '筛选',
  focus: '只保留含有它的调用栈',
  ignore: '去掉含有它的调用栈',
  hide: '隐藏此函数',
  showFrom: '从此处开始显示',
  transformHeading: '改变调用栈',
  subtree: '只看此处以下',
  subtreeInverted: '只看通向此处的路径',
  merge: '并入调用者',
  drop: '去掉经过它的样本',
  collapsePackage: (name) => `折叠包 ${name}`,
  collapseRecursion: '折叠递归',
  collapseDirectRecursion: '折叠直接递归',
}

export const searchFilters: Words['search']['filter'] = {
  button: '用此搜索筛选',
  focus: '只保留含有匹配帧的调用栈',
  ignore: '去掉含有匹配帧的调用栈',
  hide: '隐藏匹配的帧',
}
