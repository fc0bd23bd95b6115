/** What the list of keys and gestures says. */
import type { Messages } from '../words/message-types.ts'

interface Row {
  /** What is pressed, or the gesture in words. */
  keys: readonly string[]
  what: string
}

interface HelpMessages {
  title: string
  groups: readonly { title: string; rows: readonly Row[] }[]
}

const en: HelpMessages = {
  title: 'Keyboard',
  groups: [
    {
      title: 'Move in the graph',
      rows: [
        { keys: ['↑', '↓', '←', '→'], what: 'Go to caller, callee, sibling' },
        { keys: ['Enter'], what: 'Zoom to the frame' },
        { keys: ['Backspace'], what: 'Zoom out one step' },
        { keys: ['Esc', '0', 'Home'], what: 'Back to the whole graph' },
        { keys: ['+', '−'], what: 'Zoom in and out' },
        { keys: ['W'], what: 'Zoom in' },
        { keys: ['A', 'D'], what: 'Move left and right' },
        { keys: ['Shift', 'F10'], what: 'Menu of the frame' },
      ],
    },
    {
      title: 'Mouse, trackpad, touch',
      rows: [
        { keys: ['Wheel', 'Two fingers'], what: 'Move up, down and sideways' },
        { keys: ['Ctrl', 'Wheel'], what: 'Zoom at the pointer; on a Mac with ⌘' },
        { keys: ['Pinch'], what: 'Zoom between the fingers' },
        { keys: ['Shift', 'Wheel'], what: 'Move sideways' },
        { keys: ['Drag'], what: 'Move the graph' },
        { keys: ['Click'], what: 'Zoom to the frame; on a caller above, out to it' },
        { keys: ['Right click', 'Long press'], what: 'Menu of the frame' },
        { keys: ['Overview'], what: 'Drag its window or the window’s edges; click to go there' },
      ],
    },
    {
      title: 'Find',
      rows: [
        { keys: ['/'], what: 'Search' },
        { keys: ['Ctrl', 'F'], what: 'Search' },
        { keys: ['Enter'], what: 'Next match, in the search box' },
        { keys: ['Shift', 'Enter'], what: 'Previous match' },
        { keys: ['z'], what: 'Next place of the finding' },
        { keys: ['Shift', 'Z'], what: 'Previous place' },
      ],
    },
    {
      title: 'Selected function',
      rows: [
        { keys: ['c'], what: 'Callers and callees' },
        { keys: ['l'], what: 'Source' },
        { keys: ['p'], what: 'Pin or unpin' },
        { keys: ['Shift', 'F'], what: 'Keep only stacks with it' },
        { keys: ['Shift', 'H'], what: 'Hide it' },
      ],
    },
    {
      title: 'Page',
      rows: [
        { keys: ['o'], what: 'Open a file' },
        { keys: ['1', '…', '9'], what: 'Go to a view' },
        { keys: ['f'], what: 'Add a filter' },
        { keys: ['Ctrl', 'Z'], what: 'Undo a filter; with Shift, redo' },
        { keys: ['s'], what: 'Share' },
        { keys: ['e'], what: 'Export' },
        { keys: ['b'], what: 'Show or hide the inspector' },
        { keys: ['[', ']'], what: 'Previous or next document' },
        { keys: ['Ctrl', 'K'], what: 'Go to anything: functions, views, filters, documents, actions' },
        { keys: ['i'], what: 'Root on top or at the bottom' },
        { keys: ['t'], what: 'Light or dark' },
        { keys: ['?'], what: 'This list' },
      ],
    },
  ],
}

const zh: HelpMessages = {
  title: '快捷键',
  groups: [
    {
      title: '在图中移动',
      rows: [
        { keys: ['↑', '↓', '←', '→'], what: '移到调用者、被调用者、同级' },
        { keys: ['Enter'], what: '放大到该帧' },
        { keys: ['Backspace'], what: '缩小一步' },
        { keys: ['Esc', '0', 'Home'], what: '回到整张图' },
        { keys: ['+', '−'], what: '放大、缩小' },
        { keys: ['W'], what: '放大' },
        { keys: ['A', 'D'], what: '左移、右移' },
        { keys: ['Shift', 'F10'], what: '该帧的菜单' },
      ],
    },
    {
      title: '鼠标、触控板、触摸',
      rows: [
        { keys: ['滚轮', '双指滑动'], what: '上下左右移动' },
        { keys: ['Ctrl', '滚轮'], what: '在指针处缩放；Mac 上用 ⌘' },
        { keys: ['双指捏合'], what: '在两指之间缩放' },
        { keys: ['Shift', '滚轮'], what: '左右移动' },
        { keys: ['拖动'], what: '移动图' },
        { keys: ['单击'], what: '放大到该帧；单击上方的调用者则缩小到它' },
        { keys: ['右键', '长按'], what: '该帧的菜单' },
        { keys: ['缩略图'], what: '拖动窗口或其边缘；单击即到该处' },
      ],
    },
    {
      title: '查找',
      rows: [
        { keys: ['/'], what: '搜索' },
        { keys: ['Ctrl', 'F'], what: '搜索' },
        { keys: ['Enter'], what: '在搜索框中：下一个匹配' },
        { keys: ['Shift', 'Enter'], what: '上一个匹配' },
        { keys: ['z'], what: '该发现的下一处' },
        { keys: ['Shift', 'Z'], what: '上一处' },
      ],
    },
    {
      title: '选中的函数',
      rows: [
        { keys: ['c'], what: '调用者与被调用者' },
        { keys: ['l'], what: '源码' },
        { keys: ['p'], what: '固定或取消固定' },
        { keys: ['Shift', 'F'], what: '只保留含有它的调用栈' },
        { keys: ['Shift', 'H'], what: '隐藏它' },
      ],
    },
    {
      title: '页面',
      rows: [
        { keys: ['o'], what: '打开文件' },
        { keys: ['1', '…', '9'], what: '切换视图' },
        { keys: ['f'], what: '添加筛选' },
        { keys: ['Ctrl', 'Z'], what: '撤销筛选；加 Shift 为重做' },
        { keys: ['s'], what: '分享' },
        { keys: ['e'], what: '导出' },
        { keys: ['b'], what: '显示或隐藏检查器' },
        { keys: ['[', ']'], what: '上一个或下一个文档' },
        { keys: ['Ctrl', 'K'], what: '跳转到任何内容：函数、视图、筛选、文档、操作' },
        { keys: ['i'], what: '根在上或根在下' },
        { keys: ['t'], what: '浅色或深色' },
        { keys: ['?'], what: '本列表' },
      ],
    },
  ],
}

export const messages: Messages<HelpMessages> = { en, zh }
