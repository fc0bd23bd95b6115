/** What is said where a profile cannot be had; the command line says it in English. */
import type { Language } from '../zones/words/languages.ts'
import type { SourceErrorCode, SourceErrorFacts, SourceProblem } from './source-error.ts'

type Sentences = Record<SourceErrorCode, (facts: SourceErrorFacts) => string>

const en: Sentences = {
  unreachable: ({ host, said = '' }) =>
    `Nothing answers at ${host}${said === '' ? '' : ` (${said})`}. Is the service running, and is that its port?`,
  'unknown-host': ({ host }) => `There is no host of the name ${host}.`,
  cut: ({ host }) => `${host} ended the connection before its answer was whole. The service may have stopped.`,
  timeout: ({ host, seconds = 0 }) =>
    `${host} did not answer in full within ${seconds} s. A longer -timeout waits longer.`,
  'too-large': ({ host }) => `${host} sends more than 512 MB, which is no profile of one program.`,
  tls: ({ host, said = '' }) =>
    `No secure connection to ${host}: ${said}. -tls_ca names a file with who vouches for it; https+insecure:// skips the check.`,
  'not-http': ({ host }) => `What answers at ${host} does not speak HTTP. Is that the port of its debug server?`,
  'no-pprof': ({ host }) =>
    `${host} answers 404: the program does not import net/http/pprof, or serves it at another address.`,
  'no-such-profile': ({ host }) => `${host} has no profile of that name in its version of Go.`,
  'cpu-busy': ({ host }) =>
    `A CPU profile is running at ${host} already: a program records one at a time. Try again when that has ended.`,
  'trace-busy': ({ host }) =>
    `An execution trace is running at ${host} already: a program records one at a time. Try again when that has ended.`,
  'write-timeout': ({ host }) =>
    `The HTTP server at ${host} ends answers before that many seconds are over (its WriteTimeout). Ask for fewer seconds.`,
  unauthorized: ({ host }) => `${host} wants a user and a password, or other ones than those given.`,
  status: ({ host, status = 0, said = '' }) => `${host} answers ${status}${said === '' ? '.' : `: ${said}`}`,
  redirect: ({ host, said = '' }) =>
    `${host} sends on to ${said === '' ? 'an address that cannot be read' : said}, which is not followed: only redirects of the host itself are, five times. Name the address that is meant.`,
  'web-page': ({ host }) => `${host} answers with a web page, not with a profile.`,
  empty: ({ host }) => `${host} answers with nothing at all.`,
  'not-a-profile': ({ host, said = '' }) => `What ${host} answers is no profile: ${said}`,
  'cannot-save': ({ said = '' }) => `The capture cannot be saved: ${said}`,
  'no-samples': ({ host }) => `${host} has no samples of that in this range.`,
  'bad-answer': ({ host, said = '' }) => `${host} answers what cannot be read: ${said}`,
  proxy: ({ host, status = 0, said = '' }) =>
    `The proxy of the environment (${host}) ${status > 0 ? `answers ${status}` : 'cannot be used'}${said === '' ? '.' : `: ${said}.`} NO_PROXY names hosts that are asked without it.`,
}

const zh: Sentences = {
  unreachable: ({ host, said = '' }) => `${host} 没有应答${said === '' ? '' : `（${said}）`}。服务在运行吗？端口对吗？`,
  'unknown-host': ({ host }) => `没有名为 ${host} 的主机。`,
  cut: ({ host }) => `${host} 在应答完成之前断开了连接，服务可能已停止。`,
  timeout: ({ host, seconds = 0 }) => `${host} 未能在 ${seconds} 秒内给出完整应答。用 -timeout 可以等得更久。`,
  'too-large': ({ host }) => `${host} 发来的数据超过 512 MB，这不是一个程序的 profile。`,
  tls: ({ host, said = '' }) =>
    `无法与 ${host} 建立安全连接：${said}。用 -tls_ca 可以指定签发者的证书文件；用 https+insecure:// 可以不检查证书。`,
  'not-http': ({ host }) => `${host} 应答的不是 HTTP。这是它的调试端口吗？`,
  'no-pprof': ({ host }) => `${host} 应答 404：程序没有引入 net/http/pprof，或者用了别的地址。`,
  'no-such-profile': ({ host }) => `${host} 的 Go 版本没有这种 profile。`,
  'cpu-busy': ({ host }) => `${host} 正在采集另一个 CPU profile：一个程序同时只能采集一个。请等它结束后再试。`,
  'trace-busy': ({ host }) => `${host} 正在记录另一个执行跟踪：一个程序同时只能记录一个。请等它结束后再试。`,
  'write-timeout': ({ host }) => `${host} 的 HTTP 服务器等不到那么多秒就会结束应答（WriteTimeout）。请减少秒数。`,
  unauthorized: ({ host }) => `${host} 需要用户名和密码，或者给出的不正确。`,
  status: ({ host, status = 0, said = '' }) => `${host} 应答 ${status}${said === '' ? '。' : `：${said}`}`,
  redirect: ({ host, said = '' }) =>
    `${host} 转到了${said === '' ? '一个无法读取的地址' : ` ${said}`}，不会跟随：只在同一主机上跟随，最多五次。请直接给出要用的地址。`,
  'web-page': ({ host }) => `${host} 应答的是网页，不是 profile。`,
  empty: ({ host }) => `${host} 的应答是空的。`,
  'not-a-profile': ({ host, said = '' }) => `${host} 的应答不是 profile：${said}`,
  'cannot-save': ({ said = '' }) => `无法保存采集结果：${said}`,
  'no-samples': ({ host }) => `${host} 在这段时间内没有这类样本。`,
  'bad-answer': ({ host, said = '' }) => `${host} 的应答无法读取：${said}`,
  proxy: ({ host, status = 0, said = '' }) =>
    `环境变量指定的代理（${host}）${status > 0 ? `应答 ${status}` : '无法使用'}${said === '' ? '' : `：${said}`}。NO_PROXY 可以列出不经过代理的主机。`,
}

const sentences: Record<Language, Sentences> = { en, zh }

export const sayProblem = ({ code, facts }: SourceProblem, language: Language): string =>
  sentences[language][code](facts)
