/** What the dialog says that makes a link to the view. */
import { grouped } from '../words/grouped.ts'
import type { Messages } from '../words/message-types.ts'

const en = {
  title: 'Share this view',
  link: 'Link',
  copy: 'Copy link',
  copied: 'Link copied',
  copyFailed: 'The browser did not allow copying. Select the link and copy it.',
  carries: (parts: string) => `Opens at the same view: ${parts}.`,
  part: {
    root: 'whole graph',
    zoom: (name: string) => `zoomed to ${name}`,
    search: (text: string) => `search “${text}”`,
    zonesOn: 'findings marked',
    zonesOff: (n: number) => (n === 1 ? 'one finding off' : `${n} findings off`),
    filters: (n: number) => `${grouped.en(n)} ${n === 1 ? 'filter' : 'filters'}`,
    flipped: 'root at the bottom',
    byName: 'siblings by name',
  },
  profile: 'The profile itself',
  linkOnly: 'Link only',
  linkOnlyWhy: 'Nothing leaves this browser. The reader opens the same file; a fingerprint checks that it matches.',
  linkSealedWhy:
    'It leads to what is stored sealed and carries the key. Without the part after # it tells nothing of the profile.',
  embed: 'Put the profile into the link',
  embedWhy: (chars: string) =>
    `Nothing else is needed to open it, and no server sees it. The link gets ${chars} characters long; some chat programs cut long links.`,
  embedLarge: (limit: string) => `Too large for a link: it is more than ${limit} when compressed.`,
  embedWait: 'Compressing…',
  reads: 'Anyone with this link can read function names, file paths and values.',
  footer: 'The part after # is never sent to a server.',
  length: (chars: string) => `${chars} characters`,
  here: 'This link leads to this computer: nobody else can open it.',
  hereWhy: (name: string) =>
    `Send the page below as a file, which opens in every browser, or ${name} itself: it opens in the reader’s own Hotzone.`,
  hereNoPage: 'Send the files themselves: they open in the reader’s own Hotzone.',
  hereInside: 'With the profile inside, it opens on every computer where Hotzone answers at this same address.',
  savePage: 'Save as one HTML page',
  saving: 'Writing…',
  saved: (name: string) => `${name} is saved.`,
  saveFailed: 'The page could not be made.',
}

const zh: typeof en = {
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
    zonesOn: '发现已标出',
    zonesOff: (n) => `${n} 项发现未标出`,
    filters: (n) => `${grouped.zh(n)} 个筛选`,
    flipped: '根在下',
    byName: '同级按名称',
  },
  profile: 'profile 本身',
  linkOnly: '只有链接',
  linkOnlyWhy: '数据不离开本浏览器；对方打开同一文件，用指纹核对是否一致。',
  linkSealedWhy: '链接指向加密保存的内容，并带有密钥。去掉 # 之后的部分，它不会透露性能数据的任何信息。',
  embed: '把 profile 放进链接',
  embedWhy: (chars) => `对方不需要别的文件，也没有服务器会看到它。链接长 ${chars} 个字符；有些聊天软件会截断长链接。`,
  embedLarge: (limit) => `太大，放不进链接：压缩后超过 ${limit}。`,
  embedWait: '正在压缩…',
  reads: '拿到链接的人都能看到函数名、文件路径和数值。',
  footer: '# 之后的部分不会发送给服务器。',
  length: (chars) => `${chars} 个字符`,
  here: '此链接指向本机，其他人打不开。',
  hereWhy: (name) =>
    `可以把下面的网页作为文件发送，任何浏览器都能打开；也可以发送 ${name} 本身，对方用自己的 Hotzone 打开。`,
  hereNoPage: '请直接发送这些文件，对方用自己的 Hotzone 打开。',
  hereInside: '链接内含 profile 时，在同一地址运行 Hotzone 的任何电脑都能打开。',
  savePage: '存为一个 HTML 网页',
  saving: '正在写入…',
  saved: (name) => `已保存 ${name}。`,
  saveFailed: '无法生成网页。',
}

export type ShareMessages = typeof en

export const messages: Messages<ShareMessages> = { en, zh }
