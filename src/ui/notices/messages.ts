/** What notices say. They come with the first one: most readers never see any. */
import { noteWords } from '../../core/formats/note-words.ts'
import type { Note } from '../../core/model/profile.ts'
import type { Messages } from '../words/message-types.ts'
import { errors as errorsEn } from './errors-en.ts'
import { errors as errorsZh } from './errors-zh.ts'

const en = {
  label: 'Notices',
  notOpened: (name: string) => `${name} did not open.`,
  stays: (name: string) => `${name} stays open.`,
  crashed: (name: string) => `${name} had to be closed.`,
  crashedWhy: 'Its reader stopped twice, probably for lack of memory. Open the file again, or a smaller one.',
  zoomLost: (name: string) => `This profile has no ${name} at that place.`,
  zoomLostUnnamed: 'This profile has no such place.',
  deepest: 'Showing the deepest frame that exists.',
  typeLost: (name: string) => `This profile has no sample type “${name}”; showing its default.`,
  otherProfile: (name: string) => `${name} is not the profile the link was made from.`,
  otherProfileWhy: 'The same view is shown as far as it exists here.',
  sourceChanged: (name: string) => `${name} has changed since the link was made.`,
  newerLink: 'This link was made by a newer version. The profile opens; parts of the view may be missing.',
  unreadableLink: (key: string) => `A part of the link (“${key}”) could not be read and was left out.`,
  notKept: (name: string) => `${name} could not be kept in this browser. A link to it will ask for the file again.`,
  forgotten: (name: string) => `${name} is no longer kept in this browser.`,
  forgottenWhy: 'Open the file again.',
  newVersion: 'A new version of Hotzone is ready.',
  newVersionWhy: 'Reload when it suits you. Profiles that this browser keeps open again.',
  reload: 'Reload',
  /** names: '' where the link does not say them. */
  moreFiles: (names: string) => `The link also needs ${names === '' ? 'its other files' : names}.`,
  moreFilesWhy: 'Open what is missing too; what the files make together is shown once all are here.',
  otherFile: (name: string) => `${name} is none of the files that the link was made from.`,
  /** What to know about a profile that did open; `n` is how much of it that concerns, `detail` a text of the file. */
  note: (code: Note['code'], n: number, detail: string): string => noteWords[code](n, detail),
  errors: errorsEn,
}

const grouped = (n: number) => n.toLocaleString('zh-CN')

const profileNotes: Record<Note['code'], (n: number, detail: string) => string> = {
  'sum-beyond-2^53': () => '有一个总和超过 2^53，末尾几位经过舍入。',
  'has-negative-values': () => '其中有负值，像两份 profile 的差。方块的宽度是绝对值之和，总量为负的方块是空心的。',
  'no-function-names': () =>
    '其中没有函数名，只有地址。请用程序文件符号化，再打开结果：go tool pprof -symbolize=local -proto 程序 文件 > named.pb.gz',
  'no-function-names-jemalloc': () =>
    '其中没有函数名，只有地址。请用程序文件符号化，再打开结果：jeprof --collapsed 程序 文件 > named.folded',
  'empty-stacks': (n) => `${grouped(n)} 个样本没有调用栈，只计入“全部”。`,
  'lines-beyond': (n) => `有 ${grouped(n)} 个行号大得不可能是源文件的行，已略去。`,
  'types-left-out': (n, names) => `有 ${grouped(n)} 个样本类型不是每个文件都有，已略去：${names}。`,
  'programs-differ': (_, programs) =>
    `这些 profile 似乎来自不同程序${programs === '' ? '' : `（${programs}）`}：共有的函数很少。只在其中一份出现的，计为新增或消失。`,
  'periods-differ': (_, periods) => `它们的采样频率不同（${periods}）：样本数和事件数不能比较，时间和字节可以。`,
  'frames-dropped': (n, pattern) =>
    `文件要求略去匹配“${pattern}”的帧（drop_frames）；${grouped(n)} 个样本显示时不含这些帧，计入调用者。`,
  'drop-frames-unusable': (_, pattern) =>
    `文件要求按“${pattern}”略去帧（drop_frames），但它不是正则表达式；全部帧照常显示。`,
  'limit-samples': (n) => `样本太多，无法全部显示；略去了 ${grouped(n)} 个。`,
  'lines-left-out': (n, first) => `${grouped(n)} 行不含调用栈，已略去${n === 1 ? '' : '；第一行'}：“${first}”。`,
  'names-left-out': (n) =>
    `文本中有 ${grouped(n)} 个地址没有名称（Go 会略去运行时的函数），显示为 <unknown>。不带 debug=1 获取的 profile 含有这些名称。`,
  'trace-cut': (n) =>
    `这个 trace 缺少结尾：文件在一个 generation 中间结束，略去了其中 ${grouped(n)} 字节。请在程序结束前停止 trace，或重新复制文件。`,
  'trace-damaged': (n) => `这个 trace 已损坏：略去了损坏处之后的 ${grouped(n)} 字节，显示的是损坏之前的部分。`,
  'trace-too-large': (n) =>
    `这个 trace 太长，无法一次显示：略去了最后 ${grouped(n)} 字节。“hotzone trace FILE -from=TIME -to=TIME” 可读取其中任意一段时间，-pprof 可把它写成 profile。`,
  'names-left-mangled': (n) => `有 ${grouped(n)} 个名称还原（demangle）耗时过长，按二进制文件中的原样显示。`,
  'counts-missing': (n) => `这是两个 profile 的比较，其中 ${grouped(n)} 行只有一个计数，另一个按 0 计。`,
  'names-unescaped': (n) => `${grouped(n)} 个名称含有 %3B 之类的转义，已还原为所代表的字符。`,
  'counts-in-names': (n) => `${grouped(n)} 行末尾有两个数字：最后一个作为计数，另一个算作名称的一部分。`,
  'frames-unclosed': (n) => `${grouped(n)} 个帧到记录结束时仍未关闭，计到记录结束为止。`,
  'frames-unopened': (n) => `${grouped(n)} 个帧只有结束、没有开始；记录开始之前的部分不计。`,
}

const zh: typeof en = {
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
  forgotten: (name) => `${name} 已不再保存在本浏览器中。`,
  forgottenWhy: '请重新打开文件。',
  newVersion: 'Hotzone 的新版本已就绪。',
  newVersionWhy: '可在方便时重新加载，本浏览器保存的 profile 会再次打开。',
  reload: '重新加载',
  moreFiles: (names) => `此链接还需要${names === '' ? '其他文件' : ` ${names}`}。`,
  moreFilesWhy: '请把缺少的也打开；文件到齐后显示它们合成的结果。',
  otherFile: (name) => `${name} 不是生成链接时的任何一个文件。`,
  note: (code, n, detail) => profileNotes[code](n, detail),
  errors: errorsZh,
}

export type NoticeMessages = typeof en

export const messages: Messages<typeof en> = { en, zh }
