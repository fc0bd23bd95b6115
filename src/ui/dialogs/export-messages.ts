/** Saving as a file. */
import type { Messages } from '../words/message-types.ts'

const en = {
  title: 'Export',
  stays: 'Files are made in this browser, of what the filters leave.',
  writing: 'Writing…',
  saved: (name: string) => `${name} is saved.`,
  escaped: (n: number) =>
    n === 1
      ? '1 name holds a character that separates names here; it is written as %3B or the like.'
      : `${n.toLocaleString('en-US')} names hold characters that separate names here; those are written as %3B or the like.`,
  failed: 'The file could not be made.',
  onlyGraph: 'Only while a flame graph is on screen.',
  onlyCallGraph: 'Only while the call graph is on screen.',
  formats: {
    pprof: { name: 'pprof', what: 'The filtered profile with all sample types, for go tool pprof and others' },
    folded: { name: 'Folded stacks', what: 'One line per stack of this sample type, for flamegraph.pl and others' },
    speedscope: { name: 'speedscope', what: 'JSON for speedscope' },
    tsv: { name: 'Table (TSV)', what: 'Self and total of every function for every sample type, raw numbers' },
    svg: { name: 'SVG', what: 'The whole graph as a picture whose text can be selected' },
    html: { name: 'HTML', what: 'One page with the graph and the top functions, to attach to a mail' },
    png: { name: 'PNG', what: 'The graph as it is on screen' },
    graph: { name: 'Call graph (SVG)', what: 'The whole call graph with the functions that are shown' },
  },
}

const zh: typeof en = {
  title: '导出',
  stays: '文件在本浏览器中生成，内容为筛选后剩下的部分。',
  writing: '正在写入…',
  saved: (name) => `已保存 ${name}。`,
  escaped: (n) => `有 ${n.toLocaleString('zh-CN')} 个名称含有用作分隔的字符，已写成 %3B 之类。`,
  failed: '无法生成文件。',
  onlyGraph: '仅在显示火焰图时可用。',
  onlyCallGraph: '仅在显示调用图时可用。',
  formats: {
    pprof: { name: 'pprof 文件', what: '筛选后的 profile，含全部样本类型，供 go tool pprof 等使用' },
    folded: { name: '折叠的调用栈', what: '当前样本类型，每条调用栈一行，供 flamegraph.pl 等使用' },
    speedscope: { name: 'speedscope 文件', what: '供 speedscope 使用的 JSON' },
    tsv: { name: '表格（TSV）', what: '每个函数在每种样本类型下的自身与总计，原始数字' },
    svg: { name: 'SVG 图', what: '整张图，文字可选中' },
    html: { name: 'HTML 页', what: '一个网页，含图和函数排行，可作邮件附件' },
    png: { name: 'PNG 图', what: '屏幕上的图' },
    graph: { name: '调用图（SVG）', what: '整张调用图，含所显示的函数' },
  },
}

export const messages: Messages<typeof en> = { en, zh }
