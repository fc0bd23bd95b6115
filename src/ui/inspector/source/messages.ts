/** What the view of source lines says. */
import { grouped } from '../../words/grouped.ts'
import type { Messages } from '../../words/message-types.ts'

const en = {
  none: 'Nothing here holds a function.',
  noFile: (name: string) => `The profile does not say in which file ${name} is, or the filters leave nothing of it.`,
  lines: 'Lines',
  line: 'Line',
  noLine: '–',
  source: 'Source',
  selfHere: (value: string, share: string) => `self ${value} · ${share} in this file`,
  addFile: 'Add file…',
  addFolder: 'Add folder…',
  give: 'Only lines that cost something are listed. Drop the source file or its folder here to read them in place; it stays in this browser.',
  nothing: 'No line of this file costs anything.',
  paths: 'Paths',
  folder: 'Folder on this machine (-source_path)',
  trimmed: 'This file is looked for as',
  given: (n: number) =>
    n === 0
      ? 'No source files were given for this profile.'
      : `${grouped.en(n)} source ${n === 1 ? 'file' : 'files'} given for this profile; those it names stay in this browser.`,
  forget: 'Forget source files',
  links: 'Links of lines',
  noLinks: 'No links',
  linkTo: { vscode: 'VS Code', idea: 'IntelliJ IDEA', github: 'GitHub', gitlab: 'GitLab' } as Record<string, string>,
  own: 'Own template',
  ownTemplate: 'Template with {path}, {line}, {repo}, {ref}, {file}',
  ownStart: 'https://{repo}/src/{ref}/{file}#L{line}',
}

const zh: typeof en = {
  none: '这里没有任何函数。',
  noFile: (name) => `profile 没有说明 ${name} 在哪个文件，或筛选后没有剩下它。`,
  lines: '各行',
  line: '行',
  noLine: '–',
  source: '源码',
  selfHere: (value, share) => `自身 ${value} · 占此文件 ${share}`,
  addFile: '添加文件…',
  addFolder: '添加文件夹…',
  give: '这里只列出有开销的行。把源文件或其文件夹拖到这里即可对照阅读；它只留在本浏览器。',
  nothing: '此文件没有任何一行有开销。',
  paths: '路径',
  folder: '本机上的文件夹（-source_path）',
  trimmed: '将按此路径查找：',
  given: (n) =>
    n === 0
      ? '尚未为此 profile 提供源文件。'
      : `已为此 profile 提供 ${grouped.zh(n)} 个源文件；其中用到的保存在本浏览器内。`,
  forget: '清除源文件',
  links: '行链接',
  noLinks: '无链接',
  linkTo: { vscode: 'VS Code', idea: 'IntelliJ IDEA', github: 'GitHub', gitlab: 'GitLab' },
  own: '自定义模板',
  ownTemplate: '模板，可用 {path}、{line}、{repo}、{ref}、{file}',
  ownStart: 'https://{repo}/src/{ref}/{file}#L{line}',
}

export const messages: Messages<typeof en> = { en, zh }
