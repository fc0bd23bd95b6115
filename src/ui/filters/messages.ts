/** What the filter bar, the options of the view, and where the total went say. */
import type { BoxWidth, FilterKind, Granularity, Transform } from '../../core/query/query-spec.ts'
import type { Preset } from '../../core/view/presets.ts'
import { grouped } from '../words/grouped.ts'
import type { Messages } from '../words/message-types.ts'

const kinds: Record<FilterKind, { name: string; what: string; example: string }> = {
  focus: { name: 'Focus', what: 'Keep only stacks that hold a match', example: 'encoding/json' },
  ignore: { name: 'Ignore', what: 'Drop stacks that hold a match', example: 'runtime\\.gcBgMarkWorker' },
  hide: {
    name: 'Hide',
    what: 'Leave matching frames out; what they cost counts for the caller',
    example: '^runtime\\.',
  },
  show: { name: 'Show', what: 'Leave all other frames out', example: '^main\\.' },
  showFrom: { name: 'Show from', what: 'Begin each stack at its first match', example: 'ServeHTTP$' },
  tagFocus: { name: 'Tag focus', what: 'Keep samples whose label matches', example: 'request=/api or 1kb:10kb' },
  tagIgnore: { name: 'Tag ignore', what: 'Drop samples whose label matches', example: 'bytes=:64' },
  tagShow: { name: 'Tag show', what: 'Keep only labels with a matching key', example: '^request$' },
  tagHide: { name: 'Tag hide', what: 'Leave out labels with a matching key', example: '^bytes$' },
  pruneFrom: { name: 'Prune from', what: 'Cut each stack off below its match', example: '^runtime\\.mallocgc' },
  where: {
    name: 'Where',
    what: 'Keep only samples of a row of “Where it goes”',
    example: 'activity:json-decode',
  },
}

const transforms: Record<Transform['kind'], string> = {
  subtree: 'Only below',
  merge: 'Merge into callers',
  drop: 'Drop',
  collapseRecursion: 'Collapse recursion',
  collapseDirectRecursion: 'Collapse direct recursion',
  chain: 'Fold a chain of',
  collapsePackage: 'Collapse package',
}

const granularities: Record<Granularity, string> = {
  functions: 'Functions',
  filefunctions: 'Functions by file',
  files: 'Files',
  lines: 'Lines',
  addresses: 'Addresses',
  packages: 'Packages',
}

const presets: Record<Preset['id'], string> = {
  runtime: 'Hide runtime internals',
  standard: 'Hide the standard library',
  own: 'Only my code',
  wrappers: 'Hide generated wrappers',
}

const en = {
  filters: {
    label: 'Filters',
    list: 'Filters and transforms',
    kinds,
    transforms,
    granularities,
    presets,
    add: 'Add filter',
    adding: 'Add a filter',
    editing: (filter: string) => `Edit ${filter}`,
    kind: 'Kind of filter',
    pattern: 'Pattern',
    done: 'Apply',
    cancel: 'Cancel',
    edit: (filter: string) => `Edit filter: ${filter}`,
    on: (filter: string) => `Filter on: ${filter}`,
    remove: (filter: string) => `Remove filter: ${filter}`,
    earlier: (filter: string) => `Move earlier: ${filter}`,
    later: (filter: string) => `Move later: ${filter}`,
    /** `why`: a sentence. */
    leftOut: (why: string) => `Left out. ${why}`,
    kept: (kept: string, total: string) => `${kept} of ${total} kept`,
    clear: 'Clear',
    clearWhy: 'Remove all filters and transforms',
    undo: 'Undo',
    redo: 'Redo',
    presetsTitle: 'Presets',
    nothing: 'The filters leave nothing to show.',
    failed: 'The view could not be made; the graph still shows the one before.',
    frames: (n: number) => (n === 1 ? '1 frame' : `${grouped.en(n)} frames`),
  },
  options: {
    button: 'View options',
    granularity: 'A box stands for',
    by: (what: string) => `By ${what.toLowerCase()}`,
    frames: 'Frames',
    noInlines: 'Inlined calls',
    generics: 'Merge instances of generics',
    closures: 'Merge closures into their function',
    columns: 'Columns of lines',
    columnsChip: 'With columns',
    dropNegative: 'Leave out what became less (table, call graph)',
    dropNegativeChip: 'Without what became less',
    width: 'Width of boxes',
    widths: { larger: 'The larger of base and current', current: 'Current', base: 'Base' } satisfies Record<
      BoxWidth,
      string
    >,
    fileNames: 'File names',
    trim: 'Cut off from paths (-trim_path)',
    fileCalled: 'A file is called',
    timeChip: (from: string, to: string) => `Time ${from} to ${to}`,
    trimChip: (start: string) => `File names without ${start}`,
    noInlinesChip: 'Without inlined calls',
    repairChip: 'Cut stacks repaired',
    genericsChip: 'Generics merged',
    closuresChip: 'Closures merged',
    tagRoot: (keys: string) => `Labels at the root: ${keys}`,
    tagLeaf: (keys: string) => `Labels at the leaves: ${keys}`,
    removeChip: (what: string) => `Remove option: ${what}`,
  },
  account: {
    button: 'Where the total went',
    title: (type: string) => `Where the total went · ${type}`,
    boxes: 'In boxes on screen',
    small: 'In boxes too small to draw',
    filtered: (by: string) => `Filtered out by ${by}`,
    total: 'Total',
    cut: (samples: number, value: string, share: string) =>
      `${grouped.en(samples)} ${samples === 1 ? 'sample' : 'samples'} (${value}, ${share}) of what is shown reached the depth at which Go cuts stacks, so their outermost callers are missing.`,
    repaired: (samples: number, value: string, share: string) =>
      `${grouped.en(samples)} cut ${samples === 1 ? 'sample' : 'samples'} (${value}, ${share}) got the missing callers from complete stacks that go on in the same way.`,
    unrepaired: (samples: number, value: string, share: string) =>
      samples === 0
        ? 'None is left without its callers.'
        : `${grouped.en(samples)} (${value}, ${share}) could not be repaired: their callers are unknown or ambiguous.`,
    repair: 'Repair cut stacks by overlap',
    uncut: 'No stack reached the depth at which Go cuts stacks.',
    waiting: 'Adding up…',
    failed: 'This could not be added up.',
  },
}

export type FilterMessages = typeof en

const zh: FilterMessages = {
  filters: {
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
      where: { name: '用在哪里', what: '只保留“用在哪里”中某一行的样本', example: 'activity:json-decode' },
    },
    transforms: {
      subtree: '只看其下',
      merge: '并入调用者',
      drop: '去掉',
      collapseRecursion: '折叠递归',
      collapseDirectRecursion: '折叠直接递归',
      chain: '折叠一串',
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
    /** `why`: a sentence. */
    leftOut: (why) => `未生效。${why}`,
    kept: (kept, total) => `保留 ${kept}，共 ${total}`,
    clear: '清除',
    clearWhy: '移除所有筛选与变换',
    undo: '撤销',
    redo: '重做',
    presetsTitle: '预设',
    nothing: '筛选之后没有可显示的内容。',
    failed: '视图没有算出来，图上仍是上一次的结果。',
    frames: (n) => `${grouped.zh(n)} 个帧`,
  },
  options: {
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
    width: '方块宽度',
    widths: { larger: '基准与当前中较大的', current: '当前', base: '基准' },
    fileNames: '文件名',
    trim: '从路径开头去掉（-trim_path）',
    fileCalled: '文件显示为',
    timeChip: (from, to) => `时间 ${from} 至 ${to}`,
    trimChip: (start) => `文件名去掉 ${start}`,
    noInlinesChip: '不含内联调用',
    repairChip: '已修复截断的调用栈',
    genericsChip: '泛型已合并',
    closuresChip: '闭包已合并',
    tagRoot: (keys) => `根部标签：${keys}`,
    tagLeaf: (keys) => `叶部标签：${keys}`,
    removeChip: (what) => `移除选项：${what}`,
  },
  account: {
    button: '总量去向',
    title: (type) => `总量去向 · ${type}`,
    boxes: '画出的方块',
    small: '太小而未画出的方块',
    filtered: (by) => `被筛掉：${by}`,
    total: '总计',
    cut: (samples, value, share) =>
      `所示内容中有 ${grouped.zh(samples)} 个样本（${value}，${share}）达到 Go 截断调用栈的深度，缺少最外层的调用者。`,
    repaired: (samples, value, share) =>
      `${grouped.zh(samples)} 个被截断的样本（${value}，${share}）已补回缺失的调用者，取自走向相同的完整调用栈。`,
    unrepaired: (samples, value, share) =>
      samples === 0
        ? '没有样本仍缺少调用者。'
        : `${grouped.zh(samples)} 个（${value}，${share}）无法修复：调用者未知或不唯一。`,
    repair: '按重叠部分修复截断的调用栈',
    uncut: '没有调用栈达到 Go 的截断深度。',
    waiting: '正在加总…',
    failed: '无法加总。',
  },
}

export const messages: Messages<FilterMessages> = { en, zh }
